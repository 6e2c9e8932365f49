// Package find finds the secrets in what goes out and comes back: headers, cookies, URLs, bodies and plain texts. It
// reads the structure that a text has, whole or not, and judges values by the names that they stand under; in text
// without structure it goes by what stands behind a secret's name, and everywhere by the shape of values.
package find

import (
	"strings"

	"posthaste/internal/secret/decode"
	"posthaste/internal/secret/naming"
)

// A Found is called with each secret and the name under which it stood. A value may come more
// than once, also under several names. It is called while the text is searched, and must not
// call back into the search.
type Found func(name, value string)

// Largest is the size in bytes up to which texts are searched. Answers that hold a token are
// small, and a search of everything in a download would slow a run down.
const Largest = 1 << 20

// deepest is how far texts within texts are followed: JSON in a string of JSON in a form.
// Real ones have two or three levels.
const deepest = 5

// Text finds the secrets in a text of any form: JSON, whole or cut, with comments or in
// lines; forms, parts of forms, XML, HTML, GraphQL, or plain text such as a line on the
// console. It finds too much rather than too little: what is found is masked.
func Text(text string, found Found) { (*Finder)(nil).Text(text, found) }

// shortest is the length in bytes of the shortest text that is searched. Shorter values
// would, masked everywhere, make reports illegible.
const shortest = 6

// A search is one text on its way through the finders. It is passed by value: a search within
// it has its own depth.
type search struct {
	// nil remembers nothing.
	found Found
	names *naming.Memory
	depth int
}

// deeper is s for a text within the text, false where it has gone far enough and the text is
// not looked at.
func (s search) deeper() (search, bool) {
	s.depth++
	return s, s.depth < deepest
}

// body looks for secrets in a text of any kind. The cheap looks come first: most texts hold
// none. The first sign decides on the form; what then turns out to be of another is read as
// plain text.
func (s search) body(text string) {
	if len(text) > Largest || len(text) < shortest {
		return
	}
	s.shapes(text)
	if !s.hints(text) {
		return
	}
	trimmed := strings.TrimLeft(strings.TrimPrefix(text, "\ufeff"), " \t\r\n")
	if trimmed == "" {
		return
	}
	if last := len(trimmed) - 1; strings.IndexByte("'\"`", trimmed[0]) >= 0 && trimmed[last] == trimmed[0] && last > 0 {
		s.other(unquoted(trimmed[1:last])) // as consoles print a string
		return
	}
	switch trimmed[0] {
	// ) begins the guard )]}', that some servers put before JSON.
	case '{', '[', '"', '/', ')':
		if s.json(trimmed) {
			return
		}
	case '<':
		s.markup(trimmed)
		return
	}
	if strings.Contains(trimmed, "form-data;") && s.parts(trimmed) {
		return
	}
	if strings.Contains(trimmed, "=") && !strings.ContainsAny(trimmed, " \n\t<{\"") {
		s.form(trimmed)
		return
	}
	s.plain(text)
}

// hints reports whether text may hold a secret's name, also written with escapes:
// \u0070assword, %70assword, &#112;assword. It says no for most texts at little cost.
func (s search) hints(text string) bool {
	if s.names.Within(text) {
		return true
	}
	if !strings.Contains(text, `\u`) && !strings.Contains(text, `\x`) && !strings.Contains(text, "&#") && strings.IndexByte(text, '%') < 0 {
		return false
	}
	v, ok := decode.Unescape(text)
	return ok && s.names.Within(v.Text)
}

// value looks at a value that stands under name, in a place where a secret's name makes it a
// secret. A scheme in front of it (Bearer) is cut off; what is a secret within the value is
// found, too.
func (s search) value(name, value string) {
	value = strings.TrimSpace(value)
	if value == "" || strings.Contains(value, " ") && pointsElsewhere(name, value) {
		return
	}
	if scheme, rest, ok := strings.Cut(value, " "); ok && isScheme(scheme) {
		s.credentials(name, scheme, strings.TrimSpace(rest)) // the scheme is no secret
		return
	}
	s.found(name, value)
	if len(value) >= shortest {
		search{found: s.found, names: s.names, depth: 1}.within(value)
	}
}

// other looks at a value whose name says nothing: it may be a text that holds secrets. Values
// shorter than any secret are passed over.
func (s search) other(value string) {
	if len(value) < shortest {
		return
	}
	if deep, ok := s.deeper(); ok {
		if strings.Contains(value, "://") {
			deep.url(value)
		}
		deep.body(value)
	}
}

// parameter looks at a pair that is sent as a header, a cookie, a parameter of a URL or a
// field of a form. Names such as code or key make a secret only of values that look like one.
func (s search) parameter(name, value string) {
	if value == "" {
		return
	}
	if naming.Hints(name) {
		if class := s.names.Judge(name); class == naming.Secret || class == naming.Parameter && likely(value) {
			s.value(name, value)
			return
		}
	}
	s.other(value)
}

// likely reports whether the value of something that is called "code" or "key" is a secret,
// and no word and no small number. "E4711x" is one, "not_found" and "404" are not.
func likely(value string) bool {
	const shortest, long = 6, 24
	if len(value) < long && strings.Trim(value, "0123456789.-") == "" {
		return false // the code of an error, a version
	}
	return len(value) >= shortest && (mixed(value) || len(value) >= long && !strings.Contains(value, " "))
}

// mixed reports whether a value has digits, capitals within or signs: few words of a language
// do. The signs that words have (hyphen, full stop, apostrophe) do not count.
func mixed(value string) bool {
	digit, capital, small, sign := false, false, false, false
	for i := range len(value) {
		switch c := value[i]; {
		case c >= '0' && c <= '9':
			digit = true
		case c >= 'A' && c <= 'Z':
			capital = capital || i > 0
		case c >= 'a' && c <= 'z':
			small = true
		case c == '.' || c == ',' || c == ' ' || c == '-' || c == '_' || c == '\'':
		default:
			sign = true
		}
	}
	return digit || sign || capital && small
}

// prose reports whether a value is words with blanks between them, as messages have. The stop
// at the end does not count as a sign.
func prose(value string) bool {
	return strings.Contains(value, " ") && !mixed(strings.TrimRight(value, ".!?:"))
}
