package auth

import "strings"

// percent encodes all but the unreserved characters of RFC 3986, as OAuth 1.0 and AWS ask
// for: also "!", "'", "(", ")" and "*", which encodeURIComponent leaves. The digits are upper
// case, as both require.
func percent(s string) string {
	const hex = "0123456789ABCDEF"
	var b strings.Builder
	b.Grow(len(s))
	for i := range len(s) {
		if c := s[i]; unreserved(c) {
			b.WriteByte(c)
		} else {
			b.WriteByte('%')
			b.WriteByte(hex[c>>4])
			b.WriteByte(hex[c&15])
		}
	}
	return b.String()
}

// unreserved is RFC 3986, 2.3.
func unreserved(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || strings.IndexByte("-._~", c) >= 0
}

// unpercent undoes %HH and leaves what is no escape: "100%" stays "100%". The result may be
// invalid UTF-8.
func unpercent(s string) string {
	if !strings.Contains(s, "%") {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] == '%' && i+2 < len(s) {
			hi, lo := hexDigit(s[i+1]), hexDigit(s[i+2])
			if hi >= 0 && lo >= 0 {
				b.WriteByte(byte(hi<<4 | lo))
				i += 2
				continue
			}
		}
		b.WriteByte(s[i])
	}
	return b.String()
}

// hexDigit returns the value of a hexadecimal digit in either case, -1 for other bytes.
func hexDigit(c byte) int {
	switch {
	case '0' <= c && c <= '9':
		return int(c - '0')
	case 'a' <= c && c <= 'f':
		return int(c-'a') + 10
	case 'A' <= c && c <= 'F':
		return int(c-'A') + 10
	}
	return -1
}

// A pair is a key and a value, decoded. Bare pairs had no "=": "?a" and "?a=" sign alike but
// are not sent alike.
type pair struct {
	key, value string
	bare       bool
}

// formPairs takes a query string apart as forms are read: "+" is a space. Empty pieces are
// left out, so "a=1&&b=2" has two pairs. The order and repeated keys stay.
func formPairs(query string) []pair {
	var list []pair
	for piece := range strings.SplitSeq(query, "&") {
		if piece == "" {
			continue
		}
		key, value, ok := strings.Cut(strings.ReplaceAll(piece, "+", " "), "=")
		list = append(list, pair{unpercent(key), unpercent(value), !ok})
	}
	return list
}
