package native

import (
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/dop251/goja"
)

// UTF16 returns the UTF-16 units of a JavaScript string value, lone surrogates
// included, which Value.String would replace.
func UTF16(v goja.Value) []uint16 {
	s, ok := v.(goja.String)
	if !ok {
		s, ok = v.ToString().(goja.String)
		if !ok {
			return utf16.Encode([]rune(v.String()))
		}
	}
	units := make([]uint16, s.Length())
	for i := range units {
		units[i] = s.CharAt(i)
	}
	return units
}

// UTF8 returns the UTF-8 form of a JavaScript string. A lone surrogate becomes
// U+FFFD; wellFormed says whether nothing was replaced.
func UTF8(v goja.Value) (text string, wellFormed bool) {
	text = v.String()
	if strings.ContainsRune(text, utf8.RuneError) || !utf8.ValidString(text) {
		return fromUnits(UTF16(v))
	}
	return text, true
}

func fromUnits(units []uint16) (text string, wellFormed bool) {
	var b strings.Builder
	wellFormed = true
	for i := 0; i < len(units); i++ {
		r := rune(units[i])
		switch {
		case r < 0xD800 || r > 0xDFFF:
		case r <= 0xDBFF && i+1 < len(units) && units[i+1] >= 0xDC00 && units[i+1] <= 0xDFFF:
			i++
			r = utf16.DecodeRune(r, rune(units[i]))
		default:
			r, wellFormed = utf8.RuneError, false
		}
		b.WriteRune(r)
	}
	return b.String(), wellFormed
}

// Latin1 makes a string value of one character a byte.
func (e *Env) Latin1(b []byte) goja.Value {
	for _, c := range b {
		if c >= utf8.RuneSelf {
			units := make([]uint16, len(b))
			for i, c := range b {
				units[i] = uint16(c)
			}
			return goja.StringFromUTF16(units)
		}
	}
	return e.VM.ToValue(string(b))
}

// DecodeUTF8 decodes as the WHATWG UTF-8 decoder does: each maximal invalid part
// becomes one U+FFFD. Go's range loop gives one for each byte, which differs.
func DecodeUTF8(b []byte) string {
	if utf8.Valid(b) {
		return string(b)
	}
	var out strings.Builder
	for len(b) > 0 {
		r, size := utf8.DecodeRune(b)
		if r == utf8.RuneError && size <= 1 {
			size = invalidRun(b)
		}
		out.WriteRune(r)
		b = b[size:]
	}
	return out.String()
}

// invalidRun is the length of the maximal part of an ill-formed sequence at the
// start of b, as Unicode 3.9 (best practice for U+FFFD) defines it; at least 1.
func invalidRun(b []byte) int {
	need, low, high := 0, byte(0x80), byte(0xBF)
	switch c := b[0]; {
	case c >= 0xC2 && c <= 0xDF:
		need = 1
	case c >= 0xE0 && c <= 0xEF:
		need = 2
		if c == 0xE0 {
			low = 0xA0
		}
		if c == 0xED {
			high = 0x9F
		}
	case c >= 0xF0 && c <= 0xF4:
		need = 3
		if c == 0xF0 {
			low = 0x90
		}
		if c == 0xF4 {
			high = 0x8F
		}
	}
	n := 1
	for n <= need && n < len(b) && b[n] >= low && b[n] <= high {
		low, high = 0x80, 0xBF
		n++
	}
	return n
}

// IncompleteUTF8 is the number of bytes at the end of b that begin a character
// which more bytes could complete.
func IncompleteUTF8(b []byte) int {
	for n := 1; n <= 3 && n <= len(b); n++ {
		tail := b[len(b)-n:]
		if utf8.RuneStart(tail[0]) {
			if tail[0] >= 0xC2 && tail[0] <= 0xF4 && !utf8.FullRune(tail) && invalidRun(tail) == n {
				return n
			}
			return 0
		}
	}
	return 0
}
