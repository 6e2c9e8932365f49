package find

import (
	"net/url"
	"strings"
)

// Parts finds what is a secret by itself in a value that is one: members of JSON, lines of
// PEM, the password of a URL, what follows the scheme in an Authorization header, pairs of a
// connection string. A script may use these alone, so that they must be masked alone.
func Parts(value string, found Found) { (*Finder)(nil).Parts(value, found) }

// within looks at a value that is a secret. It does not report the value itself.
func (s search) within(value string) {
	if len(value) < shortest {
		return
	}
	//
	// written as two signs, as in a service account's JSON.
	if strings.Contains(value, pemBegin) || strings.Contains(value, `\n`) && strings.Contains(value, "KEY-----") {
		pemLines(value, s.found)
	}
	if strings.Contains(value, "://") {
		s.url(value)
	}
	if scheme, rest, ok := strings.Cut(value, " "); ok && isScheme(scheme) {
		s.credentials("credentials", scheme, strings.TrimSpace(rest))
	}
	switch {
	case value[0] == '{' || value[0] == '[':
		s.members(value)
	case strings.Contains(value, "=") && strings.Contains(value, ";"): // AccountName=…;AccountKey=…
		for pair := range strings.SplitSeq(value, ";") {
			if name, v, ok := strings.Cut(pair, "="); ok && s.names.NamesParameter(strings.TrimSpace(name)) {
				s.found(name, strings.TrimSpace(v))
			}
		}
	}
	if strings.IndexByte(value, '%') >= 0 {
		if plain, err := url.PathUnescape(value); err == nil && plain != value {
			s.found("decoded", plain)
		}
	}
}

// members finds the members of a JSON value that is a secret as a whole: all that do not
// describe it. Of a variable serviceAccount, each field is one.
func (s search) members(value string) {
	p := &jsonReader{search: s, text: value}
	p.stack = append(p.stack, frame{secret: true})
	all := &memberReader{p}
	// The bottom frame is secret, and passes that on to what is in it.
	all.read()
}

// A memberReader reads JSON in which every member is secret but those that say what the value
// is.
type memberReader struct{ *jsonReader }

// read goes through the part of an object whose beginning is missing. What is inside is taken for the secret's,
// because the name that would tell is in the missing part.
func (m *memberReader) read() {
	for m.at < len(m.text) {
		m.step()
		if f := m.top(); !f.secret && len(m.stack) > 1 && (f.name == "" || !m.innocentMember(f.name)) {
			f.secret = true
		}
	}
}
