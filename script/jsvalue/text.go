package jsvalue

import (
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/dop251/goja"
)

// Messages are cut at a number of UTF-16 units, as JavaScript counts them, and a
// Cut can fall between two surrogates. Text is therefore held in Go strings whose
// lone surrogates are encoded as three bytes each (WTF-8): everything that is
// valid UTF-8 is itself, and nothing is lost on the way back to JavaScript.

// Ellipsis stands for what was cut off.
const Ellipsis = "…"

const (
	surrogateLow  = 0xDC00
	surrogateHigh = 0xD800
	surrogateEnd  = 0xE000
)

// TextOf is the text of a JavaScript string.
func TextOf(s goja.String) string {
	n := s.Length()
	if plain := s.String(); len(plain) == n {
		return plain // ASCII: one byte a unit
	}
	var b []byte
	for i := 0; i < n; i++ {
		u := rune(s.CharAt(i))
		switch {
		case u < surrogateHigh || u >= surrogateEnd:
			b = utf8.AppendRune(b, u)
		case u < surrogateLow && i+1 < n && utf16.IsSurrogate(rune(s.CharAt(i+1))) && s.CharAt(i+1) >= surrogateLow:
			b = utf8.AppendRune(b, utf16.DecodeRune(u, rune(s.CharAt(i+1))))
			i++
		default:
			b = appendSurrogate(b, u)
		}
	}
	return string(b)
}

// String is the JavaScript string of a text.
func (b *Builtins) String(text string) goja.Value {
	if utf8.ValidString(text) {
		return b.VM.ToValue(text)
	}
	return goja.StringFromUTF16(UnitsOf(text))
}

// UnitsOf gives the UTF-16 units of a text.
func UnitsOf(text string) []uint16 {
	out := make([]uint16, 0, len(text))
	for i := 0; i < len(text); {
		if s, ok := surrogateAt(text, i); ok {
			out = append(out, s)
			i += 3
			continue
		}
		r, size := utf8.DecodeRuneInString(text[i:])
		out = utf16.AppendRune(out, r)
		i += size
	}
	return out
}

// Length counts the UTF-16 units of a text.
func Length(text string) int {
	n := 0
	for i := 0; i < len(text); i++ {
		switch b := text[i]; {
		case b < 0x80:
			n++
		case b >= 0xF0:
			n += 2
		case b >= 0xC0:
			n++
		}
	}
	return n
}

// Cut keeps the first n UTF-16 units of a text, even when that halves a pair.
func Cut(text string, n int) string {
	for i := 0; i < len(text); {
		if n <= 0 {
			return text[:i]
		}
		size := 1
		switch b := text[i]; {
		case b >= 0xF0:
			size = 4
		case b >= 0xE0:
			size = 3
		case b >= 0xC0:
			size = 2
		}
		if size == 4 {
			if n == 1 {
				r, _ := utf8.DecodeRuneInString(text[i:])
				high, _ := utf16.EncodeRune(r)
				return string(appendSurrogate([]byte(text[:i]), high))
			}
			n--
		}
		n--
		i += size
	}
	return text
}

// Truncate shortens a text to n units; the last unit is then an Ellipsis.
func Truncate(text string, n int) string {
	have := Length(text)
	switch {
	case have <= 1 || have <= n:
		return text
	case n < 1:
		return Ellipsis
	}
	return Cut(text, n-1) + Ellipsis
}

// Printable replaces what UTF-8 cannot hold, for texts that leave for Go.
func Printable(text string) string { return strings.ToValidUTF8(text, "\uFFFD") }

// LessUnits orders texts as JavaScript's sort does, by UTF-16 unit.
func LessUnits(a, b string) bool {
	i := 0
	for i < len(a) && i < len(b) && a[i] == b[i] {
		i++
	}
	if i == len(a) || i == len(b) || (a[i] < 0xEE && b[i] < 0xEE) {
		return a < b
	}
	// Only characters beyond the surrogates order differently in UTF-8.
	x, y := UnitsOf(a), UnitsOf(b)
	for k := 0; k < len(x) && k < len(y); k++ {
		if x[k] != y[k] {
			return x[k] < y[k]
		}
	}
	return len(x) < len(y)
}

func appendSurrogate(b []byte, u rune) []byte {
	return append(b, 0xE0|byte(u>>12), 0x80|byte(u>>6)&0x3F, 0x80|byte(u)&0x3F)
}

// surrogateAt says whether a lone surrogate is encoded at text[i:].
func surrogateAt(text string, i int) (uint16, bool) {
	if i+2 >= len(text) || text[i] != 0xED || text[i+1] < 0xA0 {
		return 0, false
	}
	return 0xD000 | uint16(text[i+1]&0x3F)<<6 | uint16(text[i+2]&0x3F), true
}
