package find

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"posthaste/internal/secret/naming"
)

// json reads text as JSON that need not be whole: with comments, several documents, without
// an end, with names that have no quotes as JavaScript writes them. It is false when no
// member was met: then it is something else. A proper parser would refuse a body that was
// cut, and let its secrets pass.
func (s search) json(text string) bool {
	p := &jsonReader{search: s, text: text}
	p.stack = append(p.stack, frame{})
	for p.at < len(p.text) {
		p.step()
	}
	// What is still open ends with the text, and a pair in it may be a secret.
	for len(p.stack) > 1 {
		p.close()
	}
	return p.members > 0
}

// A jsonReader is a JSON text on its way. The stack always has a frame at its bottom, for the
// text itself.
type jsonReader struct {
	search

	text  string
	at    int
	stack []frame
	// How many names with a colon were met.
	members int
}

// A frame is an object or an array that is open.
type frame struct {
	object  bool
	key     string // of the member whose value comes next
	name    string // under which the frame stands
	secret  bool   // what stands in it is secret, for its name
	message bool   // what stands in it may be texts about fields: errors, schemas

	pairName, pairValue string // of an object that is a pair
}

// top is the innermost frame. The pointer is good until the stack changes.
func (p *jsonReader) top() *frame { return &p.stack[len(p.stack)-1] }

// step reads one sign or value. The text may be JSON, JavaScript or what a console prints of
// an object, cut off anywhere, so everything is accepted and nothing is an error. Each step
// moves on by a byte at least.
func (p *jsonReader) step() {
	switch c := p.text[p.at]; {
	case c == '{' || c == '[':
		p.open(c == '{')
		p.at++
	case c == '}' || c == ']':
		p.close()
		p.at++
	case c == '"' || c == '\'' || c == '`':
		text, plain := p.quoted(c)
		p.atom(text, true, plain)
	case c == '/' && strings.HasPrefix(p.text[p.at:], "//"):
		p.skip("\n")
	case c == '/' && strings.HasPrefix(p.text[p.at:], "/*"):
		p.skip("*/")
	case c == ',' || c == ';' || c == '\n':
		// A line end keeps the name: its value may begin in the next line.
		if c != '\n' {
			p.top().key = ""
		}
		p.at++
	case c <= ' ' || c == ':' || c == ')' || c == '(':
		p.at++
	default:
		p.atom(p.bare(), false, true)
	}
}

// skip goes behind the next to, or to the end where there is none.
func (p *jsonReader) skip(to string) {
	if i := strings.Index(p.text[p.at:], to); i >= 0 {
		p.at += i + len(to)
		return
	}
	p.at = len(p.text)
}

// quoted reads a string from its first quote on, and decodes it. plain says that it has no
// escapes. A string without an end goes to the end of the text.
func (p *jsonReader) quoted(quote byte) (text string, plain bool) {
	start := p.at + 1
	plain = true
	for p.at = start; p.at < len(p.text); p.at++ {
		switch p.text[p.at] {
		case '\\':
			p.at++
			plain = false
		case quote:
			text := p.text[start:p.at]
			p.at++
			if plain {
				return text, true
			}
			return unquoted(text), false
		}
	}
	p.at = len(p.text)
	return unquoted(p.text[min(start, p.at):]), false
}

// bare reads a word without quotes. It always moves on by a byte, so that no input keeps the
// reader in its place.
func (p *jsonReader) bare() string {
	start := p.at
	for p.at < len(p.text) && strings.IndexByte("{}[],:;\"'` \t\r\n()", p.text[p.at]) < 0 {
		p.at++
	}
	if p.at == start {
		p.at++
	}
	return p.text[start:p.at]
}

// isName reports whether a colon follows, with blanks before it at most.
func (p *jsonReader) isName() bool {
	for i := p.at; i < len(p.text); i++ {
		switch c := p.text[i]; {
		case c == ':':
			return true
		case c > ' ':
			return false
		}
	}
	return false
}

// atom takes a text for a key or for a value. What stands below a secret's name is a secret
// too, unless its own name says that it is not; prose below a message is not, because error
// messages speak of passwords. plain is as quoted gives it.
func (p *jsonReader) atom(text string, quoted, plain bool) {
	f := p.top()
	if f.key == "" && p.isName() && (f.object || len(p.stack) == 1) {
		f.key = text
		p.members++
		return
	}
	name := f.key
	secret := f.secret && (name == "" || !p.innocentMember(name))
	if name == "" {
		name = f.name
	}
	f.key = ""
	p.pair(f, name, text)
	secret = secret || f.named(name) && p.names.Names(name)
	switch {
	case !quoted:
		// Numbers of fewer digits would be masked everywhere. Names in the plural (tokens:
		// 1500) count something.
		const digits = 3
		if secret && len(text) >= digits && number(text) && !strings.HasSuffix(name, "s") {
			p.found(name, text)
		}
	case secret && (!f.message || !prose(text)):
		p.value(name, text)
	case plain && !strings.ContainsAny(text, "{[<=:&?#"):
		// It is no text that holds another, and its shape has been looked at with all of the document.
	default:
		p.other(text)
	}
}

// named reports whether name is that of a member, and not of the array that the value is in:
// the array's name was judged when it began.
func (f *frame) named(name string) bool { return name != f.name || f.object }

// open begins an object or list. Elements of a list carry the list's name: {"tokens": ["…"]}.
// The step moves behind the bracket.
func (p *jsonReader) open(object bool) {
	f := p.top()
	name := f.key
	f.key = ""
	inner := frame{object: object, name: name, message: f.message || message(name)}
	switch {
	case name == "":
		inner.secret, inner.name = f.secret, f.name
	case p.names.Names(name) && !inner.message:
		inner.secret = true
	// The texts in the list are messages about the field; an object there may hold values.
	case p.names.Names(name): // errors: {password: [...]}
		inner.secret = !object
	}
	p.stack = append(p.stack, inner)
}

// close ends an object. {"name": "password", "value": "…"} shows only here that its value is
// a secret. A bracket too many clears the bottom frame.
func (p *jsonReader) close() {
	if len(p.stack) == 1 {
		p.stack[0] = frame{}
		return
	}
	f := p.top()
	if f.pairName != "" && f.pairValue != "" && p.names.NamesParameter(f.pairName) && (p.names.Names(f.pairName) || likely(f.pairValue)) {
		p.value(f.pairName, f.pairValue)
	}
	p.stack = p.stack[:len(p.stack)-1]
	p.top().key = ""
}

// pair notes the members of a pair such as {"name": "password", "value": "…"}. Of several
// names, that of a secret is kept.
func (s search) pair(f *frame, name, value string) {
	switch strings.ToLower(name) {
	case "name", "key", "field", "id", "param", "parameter", "attribute", "label", "property", "variable", "header", "k", "n":
		if f.pairName == "" || s.names.NamesParameter(value) {
			f.pairName = value
		}
	case "value", "val", "content", "text", "data", "v", "stringvalue", "answer", "default":
		if f.pairValue == "" {
			f.pairValue = value
		}
	}
}

// innocentMember knows members of an object that stands under a secret's name and describes
// it: token: {type, expires_in, value}.
func (s search) innocentMember(name string) bool {
	switch strings.ToLower(name) {
	case "type", "kind", "id", "name", "user", "username", "user_name", "login", "email", "url", "uri", "scope", "scopes", "created", "created_at", "updated",
		"updated_at", "expires", "expires_in", "expires_at", "expiry", "issued_at", "version", "status", "description", "label", "title", "format", "error",
		"message", "client_id", "clientid", "key_id", "keyid", "alg", "algorithm", "kid", "iss", "aud", "sub", "domain", "path", "issuer", "provider", "role":
		return true
	}
	return s.names.Judge(name) == naming.Innocent && naming.Hints(name)
}

// message reports whether what stands under name may be texts about fields and no values of
// them, as in JSON Schema, ASP.NET and problem details.
func message(name string) bool {
	switch strings.ToLower(name) {
	case "errors", "error", "fielderrors", "field_errors", "validation", "validationerrors", "violations", "messages", "properties", "schema", "definitions",
		"schemas", "details", "modelstate", "warnings", "issues":
		return true
	}
	return false
}

// number reports whether a text is a number, in any notation.
func number(text string) bool {
	_, err := strconv.ParseFloat(text, 64)
	return err == nil
}

// unquoted undoes the escapes of a JSON or JavaScript string, as far as it has any. Unknown
// ones leave the character; a backslash at the end stays.
func unquoted(text string) string {
	if strings.IndexByte(text, '\\') < 0 {
		return text
	}
	var b strings.Builder
	for i := 0; i < len(text); i++ {
		if text[i] != '\\' || i+1 == len(text) {
			b.WriteByte(text[i])
			continue
		}
		i++
		switch text[i] {
		case 'n':
			b.WriteByte('\n')
		case 'r':
			b.WriteByte('\r')
		case 't':
			b.WriteByte('\t')
		case 'b':
			b.WriteByte('\b')
		case 'f':
			b.WriteByte('\f')
		case 'u':
			r, length := unicode(text[i-1:])
			b.WriteRune(r)
			i += length - 2
		default:
			b.WriteByte(text[i])
		}
	}
	return b.String()
}

// unicode reads \uXXXX, or two that are a pair of surrogates, and returns how long they are
// in bytes. It is U+FFFD for what is malformed.
func unicode(text string) (r rune, length int) {
	const one, two = 6, 12
	for _, length := range []int{two, one} {
		if len(text) < length || length == two && !strings.HasPrefix(text[one:], `\u`) {
			continue
		}
		if s, err := strconv.Unquote(`"` + pairOf(text[:length]) + `"`); err == nil {
			if r, size := utf8.DecodeRuneInString(s); size == len(s) {
				return r, length
			}
		}
	}
	return utf8.RuneError, min(len(text), one)
}

// pairOf writes two surrogates as Go has them: \ud83d\ude00 as \U0001f600. Other text is
// returned as it is.
func pairOf(text string) string {
	const one, high, low, plane = 6, 0xd800, 0xdc00, 0x10000
	if len(text) == one {
		return text
	}
	a, errA := strconv.ParseUint(text[2:one], 16, 16)
	b, errB := strconv.ParseUint(text[one+2:], 16, 16)
	if errA != nil || errB != nil || a < high || a >= low || b < low {
		return text
	}
	return `\U` + strconv.FormatUint(1<<32|(a-high)<<10|(b-low)+plane, 16)[1:]
}
