package find

import (
	"net/url"
	"strings"

	"posthaste/internal/secret/naming"
)

// Parts finds what is a secret by itself in a value that is one: members of JSON, lines of PEM, the password of a URL,
// what follows the scheme in an Authorization header, pairs of a connection string.
func Parts(value string, found Found) {
	if len(value) < shortest {
		return
	}
	s := search{found: found, depth: 1}
	if strings.Contains(value, pemBegin) || strings.Contains(value, `\n`) && strings.Contains(value, "KEY-----") {
		pemLines(value, found)
	}
	if strings.Contains(value, "://") {
		s.url(value)
	}
	if scheme, rest, ok := strings.Cut(value, " "); ok && isScheme(scheme) {
		s.credentials("credentials", scheme, strings.TrimSpace(rest))
	}
	switch {
	case value[0] == '{' || value[0] == '[':
		members(value, found)
	case strings.Contains(value, "=") && strings.Contains(value, ";"): // AccountName=…;AccountKey=…
		for pair := range strings.SplitSeq(value, ";") {
			if name, v, ok := strings.Cut(pair, "="); ok && naming.NamesParameter(strings.TrimSpace(name)) {
				found(name, strings.TrimSpace(v))
			}
		}
	}
	if strings.IndexByte(value, '%') >= 0 {
		if plain, err := url.PathUnescape(value); err == nil && plain != value {
			found("decoded", plain)
		}
	}
}

// members finds the members of a JSON value that is a secret as a whole: all that do not describe it.
func members(value string, found Found) {
	s := search{found: func(string, string) {}, depth: 1}
	p := &jsonReader{search: s, text: value}
	p.found = found
	p.stack = append(p.stack, frame{secret: true})
	all := &memberReader{p}
	all.read()
}

// A memberReader reads JSON in which every member is secret but those that say what the value is.
type memberReader struct{ *jsonReader }

func (m *memberReader) read() {
	for m.at < len(m.text) {
		m.step()
		if f := m.top(); !f.secret && len(m.stack) > 1 && (f.name == "" || !innocentMember(f.name)) {
			f.secret = true
		}
	}
}
