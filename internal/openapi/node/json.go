package node

import (
	"errors"
	"fmt"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// maxDepth is how deep a text may nest.
const maxDepth = 1000

// A SyntaxError says where a text is no JSON.
type SyntaxError struct {
	At      int // offset in bytes
	Message string
}

func (e *SyntaxError) Error() string { return fmt.Sprintf("%s at byte %d", e.Message, e.At) }

var errNotText = errors.New("the text is not UTF-8")

// ParseJSON reads one JSON value. Nodes have places where file is given, and are of that file then. The error is a
// *SyntaxError.
func ParseJSON(text string, file *File) (*Node, error) {
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
	if file != nil && !utf8.ValidString(text) {
		return nil, &SyntaxError{0, errNotText.Error()}
	}
	return n, nil
}

type parser struct {
	s     string
	i     int
	file  *File
	line  int // of the byte at counted
	begin int // offset at which that line begins
	done  int // how far lines are counted
	block []Node
}

func (p *parser) fail(message string) error { return &SyntaxError{p.i, message} }

// node makes one, from a block: bodies have many.
func (p *parser) node(kind Kind, text string) *Node {
	if len(p.block) == 0 {
		p.block = make([]Node, 16)
	}
	n := &p.block[0]
	p.block = p.block[1:]
	n.Kind, n.Text = kind, text
	return n
}

// place puts the place of an offset into a node.
func (p *parser) place(n *Node, at int) *Node {
	if p.file != nil {
		n.File = p.file
		n.Line, n.Col = p.lineCol(at)
	}
	return n
}

// lineCol counts lines up to an offset; offsets come in their order.
func (p *parser) lineCol(at int) (line, col int) {
	for ; p.done < at; p.done++ {
		if p.s[p.done] == '\n' {
			p.line, p.begin = p.line+1, p.done+1
		}
	}
	return p.line, at - p.begin + 1
}

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

func firstRune(s string) string {
	_, n := utf8.DecodeRuneInString(s)
	return s[:n]
}

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

// str reads a string; p.i is at its first quote.
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

// escaped reads a string that has escapes; p.i is at the first.
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

func (p *parser) escape(b *strings.Builder) error {
	p.i++
	if p.i >= len(p.s) {
		return p.fail("a string is not closed")
	}
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

// unicode reads uXXXX.
func (p *parser) unicode() (rune, bool) {
	if p.i+5 > len(p.s) || p.s[p.i] != 'u' {
		return 0, false
	}
	var r rune
	for _, c := range []byte(p.s[p.i+1 : p.i+5]) {
		i := strings.IndexByte("0123456789abcdef", c|0x20)
		if i < 0 || c < '0' {
			return 0, false
		}
		r = r<<4 | rune(i)
	}
	p.i += 5
	return r, true
}

func (p *parser) peekUnicode() (rune, bool) {
	if p.i >= len(p.s) || p.s[p.i] != '\\' {
		return 0, false
	}
	ahead := *p
	ahead.i++
	return ahead.unicode()
}
