package http1

// AppendLatin1 appends text in Latin-1, one byte a character. What is above U+00FF must have
// been refused before: its upper bits are dropped.
func AppendLatin1(b []byte, s string) []byte {
	if isASCII(s) {
		return append(b, s...)
	}
	for _, r := range s {
		b = append(b, byte(r))
	}
	return b
}

// fromLatin1 makes text of bytes, each of them a character up to U+00FF.
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

// isASCII reports whether a text is the same in Latin-1 and UTF-8.
func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}

// IsToken reports whether s can be a method or a header's name (RFC 9110, 5.6.2). "" cannot.
func IsToken(s string) bool {
	for i := range len(s) {
		if !isTokenByte(s[i]) {
			return false
		}
	}
	return s != ""
}

// What may stand in names and in values, by byte.
//
//nolint:gochecknoglobals // tables that nobody writes to
var inToken, inValue = bytesOf(func(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || among(c, "!#$%&'*+-.^_`|~")
}), bytesOf(func(c byte) bool { return c >= 0x20 && c != 0x7f || c == '\t' })

// bytesOf makes the table of a set of bytes.
func bytesOf(in func(byte) bool) (set [256]bool) {
	for c := range set {
		set[c] = in(byte(c))
	}
	return set
}

// isTokenByte is tchar of RFC 9110 5.6.2.
func isTokenByte(c byte) bool { return inToken[c] }
