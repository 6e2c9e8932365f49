package content

import (
	"strings"

	"posthaste/collection"
)

// isJSONBody reports whether comments in a raw body are to go: the body says JSON, or it says
// nothing and the Content-Type does. (Postman allows comments in JSON bodies and sends none.)
func isJSONBody(b *collection.Body, header []collection.Header) bool {
	if b.Language != "" {
		return b.Language == "json"
	}
	if !strings.Contains(b.Raw, "//") && !strings.Contains(b.Raw, "/*") { // no comment
		return false
	}
	// The first Content-Type counts.
	for _, h := range header {
		if !h.Disabled && strings.EqualFold(h.Key, "content-type") {
			return isJSONType(h.Value)
		}
	}
	return false
}

// isJSONType reports whether a Content-Type begins with application/json or
// application/…+json, in any case and with parameters behind it.
func isJSONType(value string) bool {
	kind, ok := strings.CutPrefix(strings.ToLower(value), "application/")
	if i := strings.IndexAny(kind, " \t\n\f\r"); i >= 0 {
		kind = kind[:i]
	}
	return ok && (strings.HasPrefix(kind, "json") || strings.Index(kind, "+json") > 0)
}

// StripComments removes // and /* */ comments that stand outside the strings of JSON text.
// Nothing takes their place. Text without comments is returned as it is. A comment that does
// not end takes all that follows.
func StripComments(s string) string {
	if !strings.Contains(s, "//") && !strings.Contains(s, "/*") {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	for i := 0; i < len(s); {
		switch {
		case s[i] == '"':
			n := stringLen(s[i:])
			b.WriteString(s[i : i+n])
			i += n
		case strings.HasPrefix(s[i:], "//"):
			n := strings.IndexAny(s[i:], "\r\n")
			if n < 0 {
				return b.String()
			}
			i += n
			if strings.HasPrefix(s[i:], "\r\n") { // newman: of CR LF only the LF stays
				i++
			}
		case strings.HasPrefix(s[i:], "/*"):
			n := strings.Index(s[i+2:], "*/")
			if n < 0 {
				return b.String()
			}
			i += n + 4
		default:
			b.WriteByte(s[i])
			i++
		}
	}
	return b.String()
}

// stringLen returns the length in bytes of the JSON string that s begins with, or of all of s
// where it never ends.
func stringLen(s string) int {
	for i := 1; i < len(s); i++ {
		switch s[i] {
		case '\\':
			i++
		case '"':
			return i + 1
		}
	}
	return len(s)
}
