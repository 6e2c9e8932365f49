package buffer

import (
	"encoding/base64"
	"encoding/hex"
	"strings"

	"github.com/dop251/goja"

	"posthaste/script/jsvalue"
	"posthaste/script/lib/native"
)

// An encoding is one of the ways between text and bytes. The order of the constants is that
// of canonical.
type encoding int

const (
	utf8Encoding encoding = iota
	latin1Encoding
	asciiEncoding
	hexEncoding
	base64Encoding
	base64URLEncoding // Node's, not in buffer 6.0.3; newer scripts use it
	utf16Encoding
)

// encodingOf finds an encoding by any of Node's names for it, in any case. ok is false for
// unknown ones; the encoding is UTF-8 then.
func encodingOf(name string) (encoding, bool) {
	switch strings.ToLower(name) {
	case "utf8", "utf-8":
		return utf8Encoding, true
	case "hex":
		return hexEncoding, true
	case "ascii":
		return asciiEncoding, true
	case "latin1", "binary":
		return latin1Encoding, true
	case "base64":
		return base64Encoding, true
	case "base64url":
		return base64URLEncoding, true
	case "ucs2", "ucs-2", "utf16le", "utf-16le":
		return utf16Encoding, true
	}
	return utf8Encoding, false
}

// encodingName is the name that a script gave. Nothing, and what is no string, is utf8.
func encodingName(v goja.Value) string {
	if !jsvalue.IsString(v) || v.String() == "" {
		return "utf8"
	}
	return v.String()
}

// encode turns text into bytes. Invalid input is cut or skipped as Node does, never an error.
// Characters that the encoding does not have keep their lowest byte.
func encode(v goja.Value, e encoding) []byte {
	switch e {
	case latin1Encoding, asciiEncoding:
		units := native.UTF16(v)
		b := make([]byte, len(units))
		for i, u := range units {
			b[i] = byte(u)
		}
		return b
	case hexEncoding:
		return decodeHex(v.String())
	case base64Encoding, base64URLEncoding:
		return decodeBase64(v.String())
	case utf16Encoding:
		units := native.UTF16(v)
		b := make([]byte, 0, 2*len(units))
		for _, u := range units {
			b = append(b, byte(u), byte(u>>8)) // little-endian
		}
		return b
	default:
		text, _ := native.UTF8(v)
		return []byte(text)
	}
}

// decodeHex stops at the first pair that is not hexadecimal: "12zz34" is one byte. An odd
// digit at the end is dropped.
func decodeHex(s string) []byte {
	b := make([]byte, len(s)/2)
	n, _ := hex.Decode(b, []byte(s[:len(s)/2*2]))
	return b[:n]
}

// decodeBase64 reads both alphabets (RFC 4648, 4 and 5), skips what belongs to neither, and
// stops at the first "=". A single character at the end holds less than a byte and is
// dropped.
func decodeBase64(s string) []byte {
	s, _, _ = strings.Cut(s, "=")
	clean := make([]byte, 0, len(s))
	for i := range len(s) {
		switch c := s[i]; {
		case c >= 'A' && c <= 'Z', c >= 'a' && c <= 'z', c >= '0' && c <= '9', c == '+', c == '/':
			clean = append(clean, c)
		case c == '-':
			clean = append(clean, '+')
		case c == '_':
			clean = append(clean, '/')
		}
	}
	if len(clean)%4 == 1 {
		clean = clean[:len(clean)-1]
	}
	b := make([]byte, base64.RawStdEncoding.DecodedLen(len(clean)))
	n, _ := base64.RawStdEncoding.Decode(b, clean)
	return b[:n]
}

// decode is Decode in this class's runtime.
func (c *Class) decode(b []byte, e encoding) goja.Value { return Decode(c.env, b, e) }

// Decode turns bytes into a script string in the given encoding. Bytes that are no text in it
// become U+FFFD (UTF-8) or lose their top bit (ASCII). A result longer than native.MaxString
// throws, as in Node.
func Decode(env *native.Env, b []byte, e encoding) goja.Value {
	vm := env.VM
	// Two digits for each byte.
	if len(b) > native.MaxString/2 && e == hexEncoding || len(b) > native.MaxString {
		env.Throw("RangeError", "Invalid string length")
	}
	switch e {
	case latin1Encoding:
		return env.Latin1(b)
	case asciiEncoding:
		out := make([]byte, len(b))
		for i, x := range b {
			out[i] = x & 0x7f
		}
		return vm.ToValue(string(out))
	case hexEncoding:
		return vm.ToValue(hex.EncodeToString(b))
	case base64Encoding:
		return vm.ToValue(base64.StdEncoding.EncodeToString(b))
	case base64URLEncoding:
		return vm.ToValue(base64.RawURLEncoding.EncodeToString(b))
	case utf16Encoding:
		units := make([]uint16, len(b)/2)
		for i := range units {
			units[i] = uint16(b[2*i]) | uint16(b[2*i+1])<<8
		}
		return goja.StringFromUTF16(units)
	default:
		return vm.ToValue(native.DecodeUTF8(b))
	}
}
