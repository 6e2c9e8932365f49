package find

import (
	"net/url"
	"strings"
)

// URL finds the secrets in a URL, or in a text that holds some: user and password, parameters
// of query and fragment.
func URL(text string, found Found) { (*Finder)(nil).URL(text, found) }

// Query finds the secrets in a query or a form: pairs with & between them, percent-encoded.
func Query(text string, found Found) { (*Finder)(nil).Query(text, found) }

// Parameter finds the secret in one parameter of a query, a path or a form, whose value is
// decoded.
func Parameter(name, value string, found Found) { (*Finder)(nil).Parameter(name, value, found) }

// url looks into every URL of a text, and into a text that is a path alone. A URL ends at a
// blank, a quote or a bracket.
func (s search) url(text string) {
	for from := 0; ; {
		i := strings.Index(text[from:], "://")
		if i < 0 {
			break
		}
		from += i + len("://")
		end := from
		for end < len(text) && strings.IndexByte(" \t\r\n\"'<>`|^{}\\", text[end]) < 0 {
			end++
		}
		s.one(text[from:end])
	}
	if strings.HasPrefix(text, "/") || strings.HasPrefix(text, "?") || strings.HasPrefix(text, "#") {
		s.one(text)
	}
}

// one looks at a URL behind its ://, or at a path. Fragments may hold a token (OAuth 2.0's
// implicit grant, RFC 6749 4.2.2) and, in single-page applications, a path with a query of
// its own.
func (s search) one(text string) {
	authority := text
	if i := strings.IndexAny(text, "/?#"); i >= 0 {
		authority = text[:i]
	}
	if i := strings.LastIndexByte(authority, '@'); i >= 0 {
		s.user(authority[:i])
	}
	rest, fragment, _ := strings.Cut(text[len(authority):], "#")
	path, query, _ := strings.Cut(rest, "?")
	s.form(query)
	if i := strings.IndexByte(path, ';'); i >= 0 { // ;jsessionid=
		for part := range strings.FieldsFuncSeq(path[i+1:], func(r rune) bool { return r == ';' || r == '/' }) {
			s.form(part)
		}
	}
	if _, inner, ok := strings.Cut(fragment, "?"); ok {
		fragment = inner
	}
	s.form(fragment)
}

// user looks at what stands before @. A user without a password is a token, as with git and
// Stripe.
func (s search) user(info string) {
	name, password, has := strings.Cut(info, ":")
	what, secret := "password in the URL", password
	if !has {
		what, secret = "user in the URL", name
	}
	s.both(what, secret)
}

// both hands on a value that may be encoded, as it is and decoded: reports show both.
func (s search) both(name, value string) {
	if value == "" {
		return
	}
	s.value(name, value)
	if plain, err := url.PathUnescape(value); err == nil && plain != value {
		s.value(name, plain)
	}
}

// form reads NAME=value pairs joined by & or ;, as in bodies, queries and connection strings.
// Texts without = are passed over at once.
func (s search) form(text string) {
	if strings.IndexByte(text, '=') < 0 {
		return
	}
	for pair := range strings.FieldsFuncSeq(text, func(r rune) bool { return r == '&' || r == ';' }) {
		name, value, ok := strings.Cut(pair, "=")
		if ok {
			s.field(name, value)
		}
	}
}

// field looks at one pair of a form.
func (s search) field(name, value string) {
	s.parameter(strings.TrimSpace(unescaped(name)), unescaped(strings.TrimSpace(value)))
}

// unescaped decodes a name or a value of a form; one that is malformed stays.
func unescaped(value string) string {
	if plain, err := url.QueryUnescape(value); err == nil {
		return plain
	}
	return value
}
