package limit

import (
	"strings"
)

// normal is a path in the form in which limits compare it: what many servers take for the same path is the same. Percent
// escapes are undone, again while there are some, letters are lower case, backslashes are slashes, empty segments, ".",
// ".." and parameters behind ";" are gone, and so is a slash at the end.
func normal(path string) string {
	for range 4 {
		decoded := unescape(path)
		if decoded == path {
			break
		}
		path = decoded
	}
	path = strings.ToLower(strings.ReplaceAll(path, `\`, "/"))
	var kept []string
	for segment := range strings.SplitSeq(path, "/") {
		segment, _, _ = strings.Cut(segment, ";")
		switch segment = strings.TrimSpace(segment); segment {
		case "", ".":
		case "..":
			if len(kept) > 0 {
				kept = kept[:len(kept)-1]
			}
		default:
			kept = append(kept, segment)
		}
	}
	text := strings.Join(kept, "/")
	if !strings.HasPrefix(path, "*") && !strings.HasPrefix(path, "?") {
		text = "/" + text
	}
	return text
}

// unescape undoes %XX and leaves what is no such escape.
func unescape(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] == '%' && i+2 < len(s) {
			high, low := strings.IndexByte(digits, lower(s[i+1])), strings.IndexByte(digits, lower(s[i+2]))
			if high >= 0 && low >= 0 {
				b.WriteByte(byte(high<<4 | low))
				i += 2
				continue
			}
		}
		b.WriteByte(s[i])
	}
	return b.String()
}

const digits = "0123456789abcdef"

func lower(c byte) byte {
	if c >= 'A' && c <= 'Z' {
		return c + 'a' - 'A'
	}
	return c
}
