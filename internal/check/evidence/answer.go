package evidence

import (
	"context"
	"mime"
	"strings"
	"time"
)

// A Field is a line of a header, or of the block for support.
type Field struct {
	Name  string `yaml:"name"`
	Value string `yaml:"value"`
}

// A Request is a call to make. Redirects are not to be followed: they would carry the values elsewhere.
type Request struct {
	Method string
	URL    string
	Header []Field
	Body   string // of a form, "" for none
}

// An Answer is what came back.
type Answer struct {
	Status int
	Header []Field
	Body   []byte
	Proto  string
	TLS    string // "TLS 1.3", "" without
	Issuer string // who signed the server's certificate
	From   string // the host that was asked in the place of the request's, "" when it was that one
}

// A Sender makes calls. Its errors say why no answer came; their text is matched by rules and shown.
type Sender interface {
	Send(ctx context.Context, r Request) (*Answer, error)
}

// An Exchange is a call and what came of it.
type Exchange struct {
	Request Request
	Path    string  // as it was asked, with values by their names
	Answer  *Answer // nil when none came
	Err     error   // why none came
	Ended   time.Time
	Elapsed time.Duration
}

// Get returns a header line's value, or "".
func (a *Answer) Get(name string) string {
	for _, f := range a.Header {
		if strings.EqualFold(f.Name, name) {
			return f.Value
		}
	}
	return ""
}

// MediaType is the answer's content type without parameters, in lower case.
func (a *Answer) MediaType() string {
	text := a.Get("Content-Type")
	kind, _, err := mime.ParseMediaType(text)
	if err != nil {
		kind, _, _ = strings.Cut(strings.ToLower(text), ";")
	}
	return strings.TrimSpace(kind)
}

// IsPage reports whether an answer is a web page, whatever it calls itself.
func (a *Answer) IsPage() bool {
	switch a.MediaType() {
	case "text/html", "application/xhtml+xml":
		return true
	}
	return strings.HasPrefix(strings.TrimLeft(string(a.Body), " \t\r\n\ufeff"), "<")
}
