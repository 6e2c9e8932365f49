package cryptojs

import (
	"encoding/base64"
	"encoding/hex"
	"unicode/utf8"

	"github.com/dop251/goja"

	"posthaste/script/lib/native"
)

// encoders builds CryptoJS.enc: each member turns a WordArray into text (stringify) and back
// (parse).
func (l *library) encoders() *goja.Object {
	enc := l.env.VM.NewObject()
	l.encoder(enc, "Hex", func(w words) goja.Value {
		return l.env.VM.ToValue(hex.EncodeToString(w.significant()))
	}, l.parseHex)
	l.encoder(enc, "Latin1", func(w words) goja.Value { return l.env.Latin1(w.significant()) },
		func(v goja.Value) *goja.Object { return l.wordArray(whole(latin1(v))) })
	l.encoder(enc, "Utf8", func(w words) goja.Value {
		b := w.significant()
		// The message that scripts see after decrypting with a wrong key.
		if !utf8.Valid(b) {
			l.env.Throw("Error", "Malformed UTF-8 data")
		}
		return l.env.VM.ToValue(string(b))
	}, func(v goja.Value) *goja.Object { return l.wordArray(whole([]byte(l.utf8(v.ToString())))) })
	l.encoder(enc, "Base64", func(w words) goja.Value {
		return l.env.VM.ToValue(base64.StdEncoding.EncodeToString(w.significant()))
	}, l.parseBase64)
	l.utf16(enc, "Utf16", false)
	l.enc["Utf16BE"] = l.enc["Utf16"]
	l.set(enc, "Utf16BE", l.enc["Utf16"])
	l.utf16(enc, "Utf16LE", true)
	return enc
}

// encoder makes one member of CryptoJS.enc. It reads the property that the original reads
// first, so that a wrong argument throws the same error.
func (l *library) encoder(enc *goja.Object, name string, stringify func(words) goja.Value, parse func(goja.Value) *goja.Object) {
	o := l.env.VM.NewObject()
	l.fn(o, "stringify", 1, func(call goja.FunctionCall) goja.Value {
		l.property(call.Argument(0), "words")
		return stringify(l.read(call.Argument(0)))
	})
	l.fn(o, "parse", 1, func(call goja.FunctionCall) goja.Value {
		if name != "Utf8" { // which makes text of anything
			l.property(call.Argument(0), "length")
		}
		return parse(call.Argument(0))
	})
	l.enc[name] = o
	l.set(enc, name, o)
}

// latin1 is the lowest byte of each UTF-16 unit.
func latin1(v goja.Value) []byte {
	units := native.UTF16(v)
	b := make([]byte, len(units))
	for i, u := range units {
		b[i] = byte(u)
	}
	return b
}

// parseHex reads pairs as parseInt(pair, 16) does, so that a pair that is no number counts as
// zero. An odd last digit makes sigBytes end in .5.
func (l *library) parseHex(v goja.Value) *goja.Object {
	text := latin1(v)
	b := make([]byte, 0, len(text)/2+1)
	for i := 0; i < len(text); i += 2 {
		b = append(b, pair(text[i:min(i+2, len(text))]))
	}
	o := l.wordArray(whole(b))
	if len(text)%2 == 1 {
		l.set(o, "sigBytes", float64(len(text))/2)
	}
	return o
}

// pair reads two characters as the original's parseInt(…, 16) does: a blank first is skipped,
// and the first that is no digit ends the number.
func pair(p []byte) byte {
	if len(p) == 2 && p[0] <= ' ' {
		p = p[1:]
	}
	n := byte(0)
	for _, c := range p {
		d, ok := nibble(c)
		if !ok {
			break
		}
		n = n<<4 | d
	}
	return n
}

// nibble is the value of a hex digit.
func nibble(c byte) (byte, bool) {
	switch {
	case c >= '0' && c <= '9':
		return c - '0', true
	case c >= 'a' && c <= 'f':
		return c - 'a' + 10, true
	case c >= 'A' && c <= 'F':
		return c - 'A' + 10, true
	}
	return 0, false
}

// parseBase64 reads up to the first "=". Characters that are not in the alphabet count as
// zero bits and are not skipped, line ends included, unlike in Node.
func (l *library) parseBase64(v goja.Value) *goja.Object {
	const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
	var value [256]byte
	for i := range len(alphabet) {
		value[alphabet[i]] = byte(i)
	}
	units := native.UTF16(v)
	b := make([]byte, 0, len(units)*3/4)
	var last byte
	for i, u := range units {
		if u == '=' {
			break
		}
		var bits byte
		if u < 256 {
			bits = value[u]
		}
		// Three of four characters complete a byte.
		if shift := i % 4 * 2; shift > 0 {
			b = append(b, last<<shift|bits>>(6-shift))
		}
		last = bits
	}
	return l.wordArray(whole(b))
}

// utf16 makes the UTF-16 encoders; little is the byte order. sigBytes may end in the middle
// of a unit, which then has a zero byte.
func (l *library) utf16(enc *goja.Object, name string, little bool) {
	l.encoder(enc, name, func(w words) goja.Value {
		units := make([]uint16, 0, max(w.sig, 0)/2+1)
		for i := 0; i < w.sig; i += 2 {
			high, low := w.at(i), w.at(i+1)
			if little {
				high, low = low, high
			}
			units = append(units, uint16(high)<<8|uint16(low))
		}
		return goja.StringFromUTF16(units)
	}, func(v goja.Value) *goja.Object {
		var b []byte
		for _, u := range native.UTF16(v) {
			if little {
				u = u<<8 | u>>8
			}
			b = append(b, byte(u>>8), byte(u))
		}
		return l.wordArray(whole(b))
	})
}
