package http1

// AppendLatin1 appends text in Latin-1. What is above U+00FF must have been refused before.
func AppendLatin1(b []byte, s string) []byte {
	if isASCII(s) {
		return append(b, s...)
	}
	for _, r := range s {
		b = append(b, byte(r))
	}
	return b
}

func fromLatin1(s string) string {
	if isASCII(s) {
		return s
	}
	runes := make([]rune, len(s))
	for i := range len(s) {
		runes[i] = rune(s[i])
	}
	return string(runes)
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}

// IsToken reports whether s can be a method or a header's name (RFC 9110, 5.6.2).
func IsToken(s string) bool {
	for i := range len(s) {
		if !isTokenByte(s[i]) {
			return false
		}
	}
	return s != ""
}

func isTokenByte(c byte) bool {
	switch {
	case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z', '0' <= c && c <= '9':
		return true
	}
	return among(c, "!#$%&'*+-.^_`|~")
}
