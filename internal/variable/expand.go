package variable

import "strings"

const (
	passes  = 19      // newman: postman-collection's SuperString.REPLACE_LIMIT
	maxText = 8 << 20 // bytes; values that double themselves at each pass stop here
)

// Expand replaces the placeholders of text. Values may hold placeholders of their own: the text is gone
// through again while a pass replaced something, at most 19 times, so cycles end.
// Names are taken as written, blanks included (newman: "{{ x }}" is another variable than "{{x}}").
func (s *Stack) Expand(text string) string {
	if !mayHold(text, s.Angles) {
		return text
	}
	for range passes {
		next, replaced := s.pass(text)
		text = next
		if !replaced || len(text) > maxText {
			break
		}
	}
	if s.Missing != nil {
		for name := range Names(text) {
			s.Missing(name)
		}
	}
	return text
}

// mayHold is the quick way out for text without placeholders.
func mayHold(text string, angles bool) bool {
	return strings.Contains(text, "{{") || angles && strings.Contains(text, "<<")
}

// pass replaces each placeholder of text once, from left to right.
func (s *Stack) pass(text string) (string, bool) {
	var b strings.Builder
	replaced := false
	rest := text
	for rest != "" {
		start, length := s.next(rest)
		if start < 0 {
			break
		}
		token := rest[start : start+length]
		value, ok := s.text(token[2 : length-2])
		if !ok {
			value = token
		}
		replaced = replaced || ok
		b.WriteString(rest[:start])
		b.WriteString(value)
		rest = rest[start+length:]
	}
	if !replaced {
		return text, false
	}
	b.WriteString(rest)
	return b.String(), true
}

// next finds the first placeholder of text: its start and length in bytes, or -1.
func (s *Stack) next(text string) (start, length int) {
	start, length = token(text, "{{", "}}", "{}")
	if !s.Angles {
		return start, length
	}
	aStart, aLength := token(text, "<<", ">>", "<>\n")
	if aStart >= 0 && (start < 0 || aStart < start) {
		return aStart, aLength
	}
	return start, length
}

// token finds the first opening bracket pair that is followed by its closing pair with none of the
// stop characters between them: of "{{{a}}" that is the inner "{{a}}".
func token(text, opening, closing, stop string) (start, length int) {
	from := 0
	for {
		i := strings.Index(text[from:], opening)
		if i < 0 {
			return -1, 0
		}
		i += from
		body := text[i+len(opening):]
		end := strings.IndexAny(body, stop)
		if end < 0 {
			return -1, 0
		}
		if strings.HasPrefix(body[end:], closing) {
			return i, len(opening) + end + len(closing)
		}
		from = i + 1
	}
}

// Names yields the names of the {{placeholders}} that text holds, in order.
func Names(text string) func(yield func(string) bool) {
	return func(yield func(string) bool) {
		for text != "" {
			start, length := token(text, "{{", "}}", "{}")
			if start < 0 || !yield(text[start+2:start+length-2]) {
				return
			}
			text = text[start+length:]
		}
	}
}
