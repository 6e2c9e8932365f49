package source

import (
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"
)

// gjson reads broken JSON without a word, so every file is checked first. The checker keeps its own
// stack, because a file may nest deeper than goroutines should.

// maxDepth bounds how deep arrays and objects may nest. Reading costs at most depth times size; Postman's own
// files nest some 20 levels.
const maxDepth = 1000

// A Fault is where JSON breaks off, what is wrong there, and what likely caused it.
type Fault struct {
	At      int // offset in the text
	Message string
	Hint    string // "" when there is nothing to add
}

// A checker walks over JSON text once, without recursion.
type checker struct {
	s     string
	i     int
	stack []byte // '{' or '[' of what is open
	open  []int  // where it was opened
}

// CheckJSON returns nil when s[start:] is one JSON value that nests no deeper than maxDepth.
func CheckJSON(s string, start int) *Fault {
	c := &checker{s: s, i: start}
	if f := c.value(); f != nil {
		return f
	}
	for len(c.stack) > 0 {
		if f := c.next(); f != nil {
			return f
		}
	}
	c.space()
	if c.i < len(s) {
		return c.trailing()
	}
	return nil
}

func (c *checker) fail(at int, hint, format string, args ...any) *Fault {
	return &Fault{At: at, Message: fmt.Sprintf(format, args...), Hint: hint}
}

func (c *checker) space() {
	for c.i < len(c.s) {
		switch c.s[c.i] {
		case ' ', '\t', '\n', '\r':
			c.i++
		default:
			return
		}
	}
}

// value reads a scalar, or opens an array or object and reads up to its first value.
func (c *checker) value() *Fault {
	for {
		c.space()
		if c.i >= len(c.s) {
			return c.ended()
		}
		switch b := c.s[c.i]; b {
		case '{', '[':
			if len(c.stack) >= maxDepth {
				return c.fail(c.i, "no Postman file needs this; it may be damaged", "nests deeper than %d levels", maxDepth)
			}
			c.stack = append(c.stack, b)
			c.open = append(c.open, c.i)
			c.i++
			c.space()
			if c.i < len(c.s) && c.s[c.i] == b+2 { // } is two after {, as ] is after [
				c.closeTop()
				return nil
			}
			if b == '{' {
				if f := c.key(); f != nil {
					return f
				}
			}
		case '"':
			return c.str()
		default:
			return c.scalar()
		}
	}
}

// next reads what follows a value inside an array or object: a comma and a value, or the end.
func (c *checker) next() *Fault {
	end := c.i
	c.space()
	if c.i >= len(c.s) {
		return c.ended()
	}
	top := c.stack[len(c.stack)-1]
	switch b := c.s[c.i]; {
	case b == top+2:
		c.closeTop()
		return nil
	case b == ',':
		comma := c.i
		c.i++
		c.space()
		if c.i < len(c.s) && (c.s[c.i] == '}' || c.s[c.i] == ']') {
			return c.fail(comma, "remove the comma: JSON allows none before a closing bracket", "trailing comma before %q", c.s[c.i:c.i+1])
		}
		if c.i < len(c.s) && c.s[c.i] == ',' {
			return c.fail(c.i, "remove one of the commas", "two commas in a row")
		}
		if top == '{' {
			if f := c.key(); f != nil {
				return f
			}
		}
		return c.value()
	case b == '}' || b == ']':
		return c.fail(c.i, "a bracket before it was never closed, or this one is wrong",
			"found %q where %q should close what was opened", string(b), string(top+2))
	case c.comment():
		return c.fail(c.i, "remove the comment: JSON has none", "comment")
	case b == ':' && top == '[':
		return c.fail(c.i, "a list holds values only; use { } for keys and values", "found \":\" in a list")
	case strings.ContainsRune(`"{[-0123456789tfn'`, rune(b)):
		return c.fail(end, "put a comma between the two values", "missing comma")
	default:
		return c.fail(c.i, "expected a comma or a closing bracket here", "unexpected %s", c.shown())
	}
}

func (c *checker) closeTop() {
	c.stack = c.stack[:len(c.stack)-1]
	c.open = c.open[:len(c.open)-1]
	c.i++
}

// key reads a key and its colon.
func (c *checker) key() *Fault {
	c.space()
	if c.i >= len(c.s) {
		return c.ended()
	}
	if b := c.s[c.i]; b != '"' {
		switch {
		case b == '{' && c.s[c.i-1] == '{':
			return c.fail(c.i-1, "put the placeholder in double quotes", "placeholder without quotes")
		case b == '\'':
			return c.fail(c.i, "JSON wants double quotes", "key in single quotes")
		case c.comment():
			return c.fail(c.i, "remove the comment: JSON has none", "comment")
		case b == '_' || b == '$' || b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z':
			return c.fail(c.i, "put the key in double quotes", "key without quotes: %s", c.word())
		case b == ',':
			return c.fail(c.i, "remove the comma", "comma where a key is expected")
		}
		return c.fail(c.i, "a key in double quotes goes here", "unexpected %s", c.shown())
	}
	if f := c.str(); f != nil {
		return f
	}
	end := c.i
	c.space()
	switch {
	case c.i >= len(c.s):
		return c.ended()
	case c.s[c.i] == ':':
		c.i++
		return nil
	case c.s[c.i] == '=':
		return c.fail(c.i, `write ":" between key and value`, `found "=" after a key`)
	}
	return c.fail(end, `write ":" between key and value; a missing quote or comma before it can also cause this`, "missing colon after a key")
}

// str reads a string whose opening quote is at c.i.
func (c *checker) str() *Fault {
	start := c.i
	s := c.s
	for i := start + 1; i < len(s); i++ {
		b := s[i]
		switch {
		case b == '"':
			c.i = i + 1
			return nil
		case b == '\n' || b == '\r':
			return c.fail(start, `close the string with a double quote; a line break inside a string is written \n`, "string is not closed on its line")
		case b < 0x20:
			return c.fail(i, fmt.Sprintf(`write it as \u%04x`, b), "control character 0x%02x inside a string", b)
		case b == '\\':
			i++
			if i >= len(s) {
				continue
			}
			if f := c.escape(i); f != nil {
				return f
			}
			if s[i] == 'u' {
				i += 4
			}
		}
	}
	return c.fail(start, "a double quote is missing at the string's end, or the file was cut off", "string is never closed")
}

// escape checks the escape sequence whose letter is at i.
func (c *checker) escape(i int) *Fault {
	if strings.IndexByte(`"\/bfnrt`, c.s[i]) >= 0 {
		return nil
	}
	if c.s[i] != 'u' {
		r, _ := utf8.DecodeRuneInString(c.s[i:])
		return c.fail(i-1, `a backslash itself is written \\`, `unknown escape \%c inside a string`, r)
	}
	for j := i + 1; j <= i+4; j++ {
		if j >= len(c.s) || strings.IndexByte("0123456789abcdefABCDEF", c.s[j]) < 0 {
			return c.fail(i-1, `four hexadecimal digits follow \u`, `incomplete \u escape inside a string`)
		}
	}
	return nil
}

// scalar reads true, false, null or a number.
func (c *checker) scalar() *Fault {
	for _, word := range [...]string{"true", "false", "null"} {
		if strings.HasPrefix(c.s[c.i:], word) && !isWordByte(c.s, c.i+len(word)) {
			c.i += len(word)
			return nil
		}
	}
	b := c.s[c.i]
	switch {
	case b == '-' || b >= '0' && b <= '9':
		return c.number()
	case b == '\'':
		return c.fail(c.i, "JSON wants double quotes", "text in single quotes")
	case b == '`':
		return c.fail(c.i, "JSON wants double quotes", "text in backquotes")
	case c.comment():
		return c.fail(c.i, "remove the comment: JSON has none", "comment")
	case b == '}' || b == ']':
		return c.fail(c.i, "put a value before the bracket", "value is missing")
	case b == ',':
		return c.fail(c.i, "put a value before the comma or remove it", "value is missing")
	case isWordByte(c.s, c.i):
		return c.fail(c.i, "text stands in double quotes; only true, false, null and numbers do not", "unexpected word %s", c.word())
	}
	return c.fail(c.i, "", "unexpected %s", c.shown())
}

// number reads a number as JSON has it: no leading zero, no plus sign, digits on both sides of the point.
func (c *checker) number() *Fault {
	start := c.i
	i := c.i
	digits := func() bool {
		from := i
		for i < len(c.s) && c.s[i] >= '0' && c.s[i] <= '9' {
			i++
		}
		return i > from
	}
	if c.s[i] == '-' {
		i++
	}
	first := i
	ok := digits()
	ok = ok && (c.s[first] != '0' || i == first+1)
	if ok && i < len(c.s) && c.s[i] == '.' {
		i++
		ok = digits()
	}
	if ok && i < len(c.s) && (c.s[i] == 'e' || c.s[i] == 'E') {
		i++
		if i < len(c.s) && (c.s[i] == '+' || c.s[i] == '-') {
			i++
		}
		ok = digits()
	}
	if !ok || isWordByte(c.s, i) {
		return c.fail(start, "a number has no leading zeros and no letters; put other text in double quotes", "malformed number %s", c.word())
	}
	c.i = i
	return nil
}

// ended says what is missing when the text stops early.
func (c *checker) ended() *Fault {
	if len(c.stack) == 0 {
		return c.fail(len(c.s), "", "value is missing")
	}
	top := len(c.stack) - 1
	return c.fail(c.open[top], "the file may be cut off; export it again", "%q is never closed", string(c.stack[top]))
}

// trailing says what stands after the document's end.
func (c *checker) trailing() *Fault {
	switch b := c.s[c.i]; {
	case b == '}' || b == ']':
		return c.fail(c.i, "remove it, or add the bracket that should open it", "one %q too many", string(b))
	case b == '{' || b == '[':
		return c.fail(c.i, "a file holds one document; split it into two files", "second document after the end of the first")
	case c.comment():
		return c.fail(c.i, "remove the comment: JSON has none", "comment")
	case b == ',':
		return c.fail(c.i, "remove the comma", "comma after the document's end")
	}
	return c.fail(c.i, "remove it", "unexpected %s after the document's end", c.shown())
}

func (c *checker) comment() bool {
	rest := c.s[c.i:]
	return strings.HasPrefix(rest, "//") || strings.HasPrefix(rest, "/*") || strings.HasPrefix(rest, "#")
}

// shown returns the character at c.i as a message shows it.
func (c *checker) shown() string {
	r, _ := utf8.DecodeRuneInString(c.s[c.i:])
	switch r {
	case '\u00a0':
		return "no-break space"
	case '\u201c', '\u201d', '\u2018', '\u2019':
		return fmt.Sprintf("typographic quote %q", r)
	}
	return fmt.Sprintf("%q", string(r))
}

// word returns the word at c.i, shortened to what fits a message.
func (c *checker) word() string {
	end := c.i
	for end < len(c.s) && end-c.i < 24 && (isWordByte(c.s, end) || strings.IndexByte("+-.", c.s[end]) >= 0) {
		end++
	}
	return fmt.Sprintf("%q", c.s[c.i:end])
}

// isWordByte says whether a byte could go on with a word. It lets a message name the whole of `undefined` or `None`.
func isWordByte(s string, i int) bool {
	if i >= len(s) {
		return false
	}
	b := s[i]
	return b == '_' || b == '$' || b >= '0' && b <= '9' || b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z'
}

// Check returns a *ParseError when the source is not one JSON document.
func (s *Source) Check() error {
	f := CheckJSON(s.Text, s.Start)
	if f == nil {
		return nil
	}
	return s.ErrorAt(f.At, f.Hint, errors.New(f.Message))
}
