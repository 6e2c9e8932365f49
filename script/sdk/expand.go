package sdk

import (
	"strings"
)

// maxPasses is how often placeholders are replaced in text that keeps producing new ones.
const maxPasses = 19

// expand replaces {{name}} until nothing is left to replace, at most maxPasses times.
func (s *SDK) expand(in string, find lookup) string {
	for range maxPasses {
		out, matched := expandOnce(in, find)
		in = out
		if !matched {
			break
		}
	}
	return in
}

// expandOnce replaces what is in text now. matched tells whether there was any placeholder.
func expandOnce(in string, find lookup) (out string, matched bool) {
	var b strings.Builder
	rest := in
	for {
		start, end := nextToken(rest)
		if start < 0 {
			break
		}
		matched = true
		b.WriteString(rest[:start])
		if v, ok := find(rest[start+2 : end-2]); ok {
			b.WriteString(v)
		} else {
			b.WriteString(rest[start:end])
		}
		rest = rest[end:]
	}
	b.WriteString(rest)
	return b.String(), matched
}

// nextToken finds the first "{{", text without braces and "}}"; start is -1 when there is none.
func nextToken(in string) (start, end int) {
	for from := 0; ; {
		i := strings.Index(in[from:], "{{")
		if i < 0 {
			return -1, -1
		}
		start = from + i
		brace := strings.IndexAny(in[start+2:], "{}")
		if brace < 0 {
			return -1, -1
		}
		end = start + 2 + brace
		if strings.HasPrefix(in[end:], "}}") {
			return start, end + 2
		}
		from = start + 1
	}
}
