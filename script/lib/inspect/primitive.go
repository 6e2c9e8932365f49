package inspect

import (
	"fmt"
	"math"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/dop251/goja"

	"posthaste/script/lib/native"
)

// primitive prints what is no object. Strings are quoted.
func (p *printer) primitive(v goja.Value) string {
	switch {
	case v == nil || goja.IsUndefined(v):
		return "undefined"
	case goja.IsNull(v):
		return "null"
	case goja.IsBigInt(v):
		return v.String() + "n"
	case goja.IsNumber(v):
		if f := v.ToFloat(); f == 0 && math.Signbit(f) {
			return "-0"
		}
		return v.String()
	}
	if _, ok := v.(goja.String); ok {
		return p.text(v)
	}
	if symbol, ok := v.(*goja.Symbol); ok {
		return "Symbol(" + strings.TrimSuffix(strings.TrimPrefix(symbol.String(), "Symbol("), ")") + ")"
	}
	return v.String()
}

// text prints a string; a long one is broken at its line ends into parts joined by "+".
func (p *printer) text(v goja.Value) string {
	units := native.UTF16(v)
	trailer := ""
	if more := len(units) - p.opt.MaxStringLength; more > 0 {
		units = units[:p.opt.MaxStringLength]
		trailer = fmt.Sprintf("... %d more character%s", more, plural(more))
	}
	if p.opt.Compact != oneLine && len(units) > 16 && len(units) > p.opt.BreakLength-p.indent-4 {
		var lines []string
		start := 0
		for i, u := range units {
			if u == '\n' || i == len(units)-1 {
				lines = append(lines, quote(units[start:i+1]))
				start = i + 1
			}
		}
		return strings.Join(lines, " +\n"+strings.Repeat(" ", p.indent+2)) + trailer
	}
	return quote(units) + trailer
}

// plural is the ending of a noun for n things.
func plural(n int) string {
	if n == 1 {
		return ""
	}
	return "s"
}

// Quote writes text as inspect does: in single quotes, or in others when the text has single
// ones.
func Quote(v goja.Value) string { return quote(native.UTF16(v)) }

// quote chooses quotes as Node does: single ones, unless the text has them and other ones are
// free. Lone surrogates and control characters are escaped.
func quote(units []uint16) string {
	mark := uint16('\'')
	has := func(c uint16) bool {
		for _, u := range units {
			if u == c {
				return true
			}
		}
		return false
	}
	if has('\'') {
		switch {
		case !has('"'):
			mark = '"'
		case !has('`') && !strings.Contains(string(utf16.Decode(units)), "${"):
			mark = '`'
		}
	}
	var b strings.Builder
	b.WriteByte(byte(mark))
	for i := 0; i < len(units); i++ {
		u := units[i]
		switch {
		case u == mark && mark == '\'', u == '\\':
			b.WriteByte('\\')
			b.WriteByte(byte(u))
		case u < 0x20 || u >= 0x7f && u <= 0x9f:
			b.WriteString(escape(u))
		case u >= 0xd800 && u <= 0xdfff:
			if i+1 < len(units) && u <= 0xdbff && units[i+1] >= 0xdc00 && units[i+1] <= 0xdfff {
				b.WriteRune(utf16.DecodeRune(rune(u), rune(units[i+1])))
				i++
				continue
			}
			fmt.Fprintf(&b, "\\u%x", u)
		default:
			b.WriteRune(rune(u))
		}
	}
	b.WriteByte(byte(mark))
	return b.String()
}

// escape writes a control character:
// and its like, otherwise \x1B.
func escape(u uint16) string {
	switch u {
	case '\n':
		return `\n`
	case '\t':
		return `\t`
	case '\r':
		return `\r`
	case '\b':
		return `\b`
	case '\f':
		return `\f`
	case '\v':
		return `\v`
	}
	return fmt.Sprintf("\\x%02X", u)
}

// identifier says whether a property name needs no quotes. Node looks at ASCII letters only.
func identifier(name string) bool {
	for i, c := range name {
		switch {
		case c == '_' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z':
		case c >= '0' && c <= '9' && i > 0:
		default:
			return false
		}
	}
	return name != ""
}

// width is how many columns text takes on a terminal: wide characters take two, combining
// marks none (Node: getStringWidth without ICU). Only columns are computed by it.
func width(s string) int {
	n := 0
	for _, r := range s {
		switch {
		case r < utf8.RuneSelf:
			n++
		case r == 0x200b || r == 0x200d || r >= 0x300 && r <= 0x36f || r >= 0xfe00 && r <= 0xfe0f:
		case r >= 0x1100 && r <= 0x115f, r >= 0x2e80 && r <= 0xa4cf, r >= 0xac00 && r <= 0xd7a3,
			r >= 0xf900 && r <= 0xfaff, r >= 0xfe30 && r <= 0xfe6f, r >= 0xff00 && r <= 0xff60,
			r >= 0xffe0 && r <= 0xffe6, r >= 0x1f300 && r <= 0x1f64f, r >= 0x1f900 && r <= 0x1f9ff, r >= 0x20000 && r <= 0x3fffd:
			n += 2
		default:
			n++
		}
	}
	return n
}

// length is a text's length in UTF-16 units, by which Node breaks lines.
func length(s string) int {
	n := 0
	for _, r := range s {
		n++
		if r > 0xffff {
			n++
		}
	}
	return n
}
