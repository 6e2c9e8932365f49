package node

import (
	"errors"
	"fmt"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// maxDepth is how deep a text may nest. The parser recurses, and a body of a million brackets
// would exhaust the stack.
const maxDepth = 1000

// A SyntaxError says where a text is no JSON. Callers with a file turn the offset into a
// line.
type SyntaxError struct {
	At      int // offset in bytes
	Message string
}

func (e *SyntaxError) Error() string { return fmt.Sprintf("%s at byte %d", e.Message, e.At) }

// errNotText is the error for a file in another encoding, such as UTF-16, which would
// otherwise fail at its first byte without an explanation.
var errNotText = errors.New("the text is not UTF-8")

// ParseJSON reads one JSON value (RFC 8259). Nodes have places where file is given, and are
// of that file then. The error is a *SyntaxError.
//
// A parser of its own: encoding/json gives neither places nor the order of keys, nor numbers
// with all their digits.
func ParseJSON(text string, file *File) (*Node, error) {
	// A byte order mark is no JSON; tools on Windows write it all the same.
	text = strings.TrimPrefix(text, "\ufeff")
	p := &parser{s: text, file: file, line: 1}
	p.space()
	n, err := p.value(0)
	if err != nil {
		return nil, err
	}
	p.space()
	if p.i < len(p.s) {
		return nil, p.fail("there is more behind the value")
	}
	// Bodies of responses (no file) may have bytes that are not UTF-8, and are judged as they
	// are.
	if file != nil && !utf8.ValidString(text) {
		return nil, &SyntaxError{0, errNotText.Error()}
	}
	return n, nil
}

// A parser reads one text from front to back.
type parser struct {
	s     string
	i     int
	file  *File
	line  int // of the byte at counted
	begin int // offset at which that line begins
	done  int // how far lines are counted
	// Nodes that were allocated and are not used yet.
	block []Node
}

// fail is an error at the current byte.
func (p *parser) fail(message string) error { return &SyntaxError{p.i, message} }

// node makes one, from a block of 16: bodies have many, and one allocation each would show in
// the time of a run.
func (p *parser) node(kind Kind, text string) *Node {
	if len(p.block) == 0 {
		p.block = make([]Node, 16)
	}
	n := &p.block[0]
	p.block = p.block[1:]
	n.Kind, n.Text = kind, text
	return n
}

// place puts the place of an offset into a node; nothing for the body of a message, where it
// would cost time and say little.
func (p *parser) place(n *Node, at int) *Node {
	if p.file != nil {
		n.File = p.file
		n.Line, n.Col = p.lineCol(at)
	}
	return n
}

// lineCol counts lines up to an offset, both from 1; columns are bytes. Offsets must come in
// ascending order, so that each line is counted once.
func (p *parser) lineCol(at int) (line, col int) {
	for ; p.done < at; p.done++ {
		if p.s[p.done] == '\n' {
			p.line, p.begin = p.line+1, p.done+1
		}
	}
	return p.line, at - p.begin + 1
}

// space skips JSON's white space (RFC 8259 2), which is less than Unicode's.
func (p *parser) space() {
	for p.i < len(p.s) {
		switch p.s[p.i] {
		case ' ', '\n', '\r', '\t':
			p.i++
		default:
			return
		}
	}
}

// value reads any value at p.i, where space was skipped already.
func (p *parser) value(depth int) (*Node, error) {
	if p.i >= len(p.s) {
		return nil, p.fail("the text ends where a value is expected")
	}
	if depth > maxDepth {
		return nil, p.fail(fmt.Sprintf("it nests deeper than %d levels", maxDepth))
	}
	at := p.i
	switch b := p.s[p.i]; {
	case b == '{':
		return p.object(at, depth)
	case b == '[':
		return p.array(at, depth)
	case b == '"':
		s, err := p.str()
		if err != nil {
			return nil, err
		}
		return p.place(p.node(String, s), at), nil
	case b == '-' || b >= '0' && b <= '9':
		return p.number(at)
	}
	kind := Bool
	for _, word := range []string{"true", "false", "null"} {
		if strings.HasPrefix(p.s[p.i:], word) {
			p.i += len(word)
			if word == "null" {
				kind = Null
			}
			return p.place(p.node(kind, word), at), nil
		}
	}
	return nil, p.fail(fmt.Sprintf("%q is no value", firstRune(p.s[p.i:])))
}

// firstRune is the first character of a text, for a message; a byte where that is no UTF-8.
func firstRune(s string) string {
	_, n := utf8.DecodeRuneInString(s)
	return s[:n]
}

// object reads an object; p.i is at its brace. Values have the place of their key, which is
// what messages about them name.
func (p *parser) object(at, depth int) (*Node, error) {
	n := p.place(p.node(Object, ""), at)
	p.i++
	for first := true; ; first = false {
		p.space()
		if p.i < len(p.s) && p.s[p.i] == '}' && first {
			p.i++
			return n, nil
		}
		if p.i >= len(p.s) || p.s[p.i] != '"' {
			return nil, p.fail("a name in quotes is expected")
		}
		keyAt := p.i
		key, err := p.str()
		if err != nil {
			return nil, err
		}
		p.space()
		if p.i >= len(p.s) || p.s[p.i] != ':' {
			return nil, p.fail("a colon is expected")
		}
		p.i++
		p.space()
		// Before the value is read: offsets must ascend.
		line, col := 0, 0
		if p.file != nil {
			line, col = p.lineCol(keyAt)
		}
		value, err := p.value(depth + 1)
		if err != nil {
			return nil, err
		}
		value.Line, value.Col = line, col
		n.set(key, value)
		p.space()
		switch {
		case p.i < len(p.s) && p.s[p.i] == ',':
			p.i++
		case p.i < len(p.s) && p.s[p.i] == '}':
			p.i++
			return n, nil
		default:
			return nil, p.fail("a comma or } is expected")
		}
	}
}

// array reads an array; p.i is at its bracket. A comma before the end is an error, as in
// JSON.
func (p *parser) array(at, depth int) (*Node, error) {
	n := p.place(p.node(Array, ""), at)
	p.i++
	p.space()
	if p.i < len(p.s) && p.s[p.i] == ']' {
		p.i++
		return n, nil
	}
	for {
		p.space()
		v, err := p.value(depth + 1)
		if err != nil {
			return nil, err
		}
		n.Items = append(n.Items, v)
		p.space()
		switch {
		case p.i < len(p.s) && p.s[p.i] == ',':
			p.i++
		case p.i < len(p.s) && p.s[p.i] == ']':
			p.i++
			return n, nil
		default:
			return nil, p.fail("a comma or ] is expected")
		}
	}
}

// number reads a number, kept as its text: no leading zero or plus, and digits on both sides
// of a point (RFC 8259 6).
func (p *parser) number(at int) (*Node, error) {
	digits := func() bool {
		from := p.i
		for p.i < len(p.s) && p.s[p.i] >= '0' && p.s[p.i] <= '9' {
			p.i++
		}
		return p.i > from
	}
	if p.s[p.i] == '-' {
		p.i++
	}
	zero := p.i
	if !digits() || p.s[zero] == '0' && p.i > zero+1 {
		return nil, p.fail("this is no number")
	}
	if p.i < len(p.s) && p.s[p.i] == '.' {
		p.i++
		if !digits() {
			return nil, p.fail("this is no number")
		}
	}
	if p.i < len(p.s) && (p.s[p.i] == 'e' || p.s[p.i] == 'E') {
		p.i++
		if p.i < len(p.s) && (p.s[p.i] == '+' || p.s[p.i] == '-') {
			p.i++
		}
		if !digits() {
			return nil, p.fail("this is no number")
		}
	}
	return p.place(p.node(Number, p.s[at:p.i]), at), nil
}

// str reads a string; p.i is at its first quote. A string without escapes, as most are, is a
// part of the text and costs no copy.
func (p *parser) str() (string, error) {
	p.i++
	from := p.i
	for p.i < len(p.s) {
		switch b := p.s[p.i]; {
		case b == '"':
			p.i++
			return p.s[from : p.i-1], nil
		case b == '\\':
			return p.escaped(from)
		case b < ' ':
			return "", p.fail("a control character stands in a string")
		default:
			p.i++
		}
	}
	return "", p.fail("a string is not closed")
}

// escaped reads a string that has escapes; from is where it begins, and p.i is at the first
// backslash.
func (p *parser) escaped(from int) (string, error) {
	var b strings.Builder
	b.WriteString(p.s[from:p.i])
	for p.i < len(p.s) {
		switch c := p.s[p.i]; {
		case c == '"':
			p.i++
			return b.String(), nil
		case c == '\\':
			if err := p.escape(&b); err != nil {
				return "", err
			}
		case c < ' ':
			return "", p.fail("a control character stands in a string")
		default:
			b.WriteByte(c)
			p.i++
		}
	}
	return "", p.fail("a string is not closed")
}

// escape reads one escape into b; p.i is at its backslash.
func (p *parser) escape(b *strings.Builder) error {
	p.i++
	if p.i >= len(p.s) {
		return p.fail("a string is not closed")
	}
	// The byte that an escape stands for is at the same index: \b is a backspace.
	const plain, meant = `"\/bfnrt`, "\"\\/\b\f\n\r\t"
	if i := strings.IndexByte(plain, p.s[p.i]); i >= 0 {
		b.WriteByte(meant[i])
		p.i++
		return nil
	}
	r, ok := p.unicode()
	if !ok {
		return p.fail("this is no escape")
	}
	// Two escapes make a character beyond the BMP: \ud83d\ude00. Half a pair becomes U+FFFD,
	// as WriteRune has no other way.
	if utf16.IsSurrogate(r) {
		if low, ok := p.peekUnicode(); ok {
			if whole := utf16.DecodeRune(r, low); whole != utf8.RuneError {
				r = whole
				p.i += 6
			}
		}
	}
	b.WriteRune(r)
	return nil
}

// unicode reads uXXXX; p.i is at the u, and stays there unless it is one.
func (p *parser) unicode() (rune, bool) {
	if p.i+5 > len(p.s) || p.s[p.i] != 'u' {
		return 0, false
	}
	var r rune
	for _, c := range []byte(p.s[p.i+1 : p.i+5]) {
		// The bit 0x20 makes letters lower case; a digit has it already. Characters below 0
		// must not become digits by it.
		i := strings.IndexByte("0123456789abcdef", c|0x20)
		if i < 0 || c < '0' {
			return 0, false
		}
		r = r<<4 | rune(i)
	}
	p.i += 5
	return r, true
}

// peekUnicode reads the next \uXXXX without moving, for the second half of a pair.
func (p *parser) peekUnicode() (rune, bool) {
	if p.i >= len(p.s) || p.s[p.i] != '\\' {
		return 0, false
	}
	ahead := *p
	ahead.i++
	return ahead.unicode()
}
