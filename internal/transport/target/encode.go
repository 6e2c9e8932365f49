package target

import "strings"

// The sets below are bytes that a part of a URL must not hold. "%" is in none of them: what is encoded stays
// as it is, and so does a lone "%". (newman: postman-url-encoder's encode sets)

// The sets of bytes to encode are those of the WHATWG URL standard, each in terms of the one before.
func inFragment(c byte) bool {
	switch c {
	case ' ', '"', '<', '>', '`':
		return true
	}
	return c < 0x20 || c >= 0x7f
}

// newman encodes the single quote in a query, as the standard does for http and https.
func inQuery(c byte) bool {
	switch c {
	case ' ', '"', '#', '\'', '<', '>':
		return true
	}
	return c < 0x20 || c >= 0x7f
}

func inPath(c byte) bool {
	switch c {
	case '#', '?', '{', '}':
		return true
	}
	return inFragment(c)
}

func inUserinfo(c byte) bool {
	switch c {
	case '/', ':', ';', '=', '@', '[', '\\', ']', '^', '|':
		return true
	}
	return inPath(c)
}

// notComponent holds what encodeURIComponent and RFC 3986 together encode.
func notComponent(c byte) bool {
	switch {
	case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z', '0' <= c && c <= '9':
		return false
	}
	return c != '-' && c != '_' && c != '.' && c != '~'
}

// EncodeQuery encodes a query that is put together already.
func EncodeQuery(s string) string { return encode(s, inQuery) }

// EncodeComponent encodes everything but letters, digits and "-_.~".
func EncodeComponent(s string) string { return encode(s, notComponent) }

// encode writes the bytes of s that are in set as %HH.
func encode(s string, set func(byte) bool) string {
	n := 0
	for i := range len(s) {
		if set(s[i]) {
			n++
		}
	}
	if n == 0 {
		return s
	}
	const hex = "0123456789ABCDEF"
	var b strings.Builder
	b.Grow(len(s) + 2*n)
	for i := range len(s) {
		c := s[i]
		if !set(c) {
			b.WriteByte(c)
			continue
		}
		b.WriteByte('%')
		b.WriteByte(hex[c>>4])
		b.WriteByte(hex[c&15])
	}
	return b.String()
}

// Decode undoes %HH and leaves what is no escape.
func Decode(s string) string {
	if !strings.Contains(s, "%") {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] == '%' && i+2 < len(s) {
			hi, ok1 := unhex(s[i+1])
			lo, ok2 := unhex(s[i+2])
			if ok1 && ok2 {
				b.WriteByte(hi<<4 | lo)
				i += 2
				continue
			}
		}
		b.WriteByte(s[i])
	}
	return b.String()
}

func unhex(c byte) (byte, bool) {
	switch {
	case '0' <= c && c <= '9':
		return c - '0', true
	case 'a' <= c && c <= 'f':
		return c - 'a' + 10, true
	case 'A' <= c && c <= 'F':
		return c - 'A' + 10, true
	}
	return 0, false
}
