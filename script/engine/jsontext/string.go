package jsontext

import (
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/dop251/goja"
)

// string reads a text as a value. Short texts, such as keys of rows, are made once and
// shared.
func (p *parser) string() goja.Value {
	s, units := p.text()
	if p.err != nil {
		return nil
	}
	if units != nil {
		return goja.StringFromUTF16(units)
	}
	if len(s) > shortText || len(p.s) < manyTexts {
		return p.vm.ToValue(s)
	}
	v, ok := p.short[s]
	if !ok {
		v = p.vm.ToValue(s)
		if p.short == nil {
			p.short = map[string]goja.Value{}
		}
		if len(p.short) < shortTexts {
			p.short[s] = v
		}
	}
	return v
}

// text reads a string. One with lone surrogates comes back as UTF-16 units beside an
// approximation. Without escapes it is a piece of the source and costs nothing.
func (p *parser) text() (string, []uint16) {
	p.i++
	start := p.i
	for p.i < len(p.s) {
		switch c := p.s[p.i]; {
		case c == '"':
			p.i++
			return p.s[start : p.i-1], nil
		case c == '\\':
			return p.escaped(start)
		case c < ' ':
			p.control()
			return "", nil
		default:
			p.i++
		}
	}
	p.fail(p.i, "")
	return "", nil
}

// control refuses a character that JSON wants escaped; a line break is told apart, since a
// quote is missing then.
func (p *parser) control() {
	if c := p.s[p.i]; c == '\n' || c == '\r' {
		p.fail(p.i+1, "")
		return
	}
	p.fail(p.i, "Unexpected control character")
}

// escaped goes on with a string that has escapes, from its first one. units are kept only
// from the first lone surrogate on, since hardly any text has one.
func (p *parser) escaped(start int) (string, []uint16) {
	var b strings.Builder
	b.WriteString(p.s[start:p.i])
	lone := false
	var units []uint16
	for p.i < len(p.s) {
		c := p.s[p.i]
		switch {
		case c == '"':
			p.i++
			if lone {
				return b.String(), units
			}
			return b.String(), nil
		case c < ' ':
			p.control()
			return "", nil
		case c == '\\':
			u, ok := p.escape()
			if !ok {
				return "", nil
			}
			r := rune(u)
			if utf16.IsSurrogate(r) {
				if low, ok := p.low(); ok && u < 0xDC00 {
					r = utf16.DecodeRune(r, rune(low))
					p.i += 6
				} else if !lone {
					lone = true
					units = utf16.Encode([]rune(b.String()))
				}
			}
			if lone {
				units = appendUnits(units, r, u)
			}
			b.WriteRune(r)
		default:
			r, n := utf8.DecodeRuneInString(p.s[p.i:])
			if lone {
				units = appendUnits(units, r, 0xFFFD)
			}
			b.WriteString(p.s[p.i : p.i+n])
			p.i += n
		}
	}
	p.fail(p.i, "")
	return "", nil
}

// appendUnits appends r, or the lone surrogate u that it stands for.
func appendUnits(units []uint16, r rune, u uint16) []uint16 {
	if utf16.IsSurrogate(r) {
		return append(units, u)
	}
	return utf16.AppendRune(units, r)
}

// low looks at the unit that \uDC00 to \uDFFF at the cursor stands for, without moving.
func (p *parser) low() (uint16, bool) {
	if !strings.HasPrefix(p.s[p.i:], `\u`) || len(p.s) < p.i+6 {
		return 0, false
	}
	n, err := strconv.ParseUint(p.s[p.i+2:p.i+6], 16, 16)
	return uint16(n), err == nil && n >= 0xDC00 && n <= 0xDFFF
}

// escape reads one escape sequence and returns its unit. False means that an error was set.
func (p *parser) escape() (uint16, bool) {
	p.i++
	if p.i >= len(p.s) {
		p.fail(p.i, "")
		return 0, false
	}
	c := p.s[p.i]
	p.i++
	switch c {
	case '"', '\\', '/':
		return uint16(c), true
	case 'b':
		return '\b', true
	case 'f':
		return '\f', true
	case 'n':
		return '\n', true
	case 'r':
		return '\r', true
	case 't':
		return '\t', true
	case 'u':
		return p.hex()
	}
	p.fail(p.i-1, "")
	return 0, false
}

// hex reads the four digits of \u, in either case.
func (p *parser) hex() (uint16, bool) {
	var u uint16
	for range 4 {
		if p.i >= len(p.s) {
			p.fail(p.i, "")
			return 0, false
		}
		c := p.s[p.i]
		switch {
		case c >= '0' && c <= '9':
			u = u<<4 | uint16(c-'0')
		case c >= 'a' && c <= 'f':
			u = u<<4 | uint16(c-'a'+10)
		case c >= 'A' && c <= 'F':
			u = u<<4 | uint16(c-'A'+10)
		default:
			p.fail(p.i, "Bad escape sequence")
			return 0, false
		}
		p.i++
	}
	return u, true
}
