package redact

import "strings"

// wholes returns where short secrets stand in text as whole values: between quotes, behind the "=" of a form or a URL,
// between two tags, and as the number that is the value of a JSON member. The caller holds the lock.
func (s *Set) wholes(text string) (spans []span) {
	for i := 1; i < len(text); i++ {
		if !s.begins[text[i]] {
			continue
		}
		from, quote := i, ""
		open := text[i-1]
		switch open {
		case '"', '\'', '`', '=', '>':
		case ':', ' ':
			if quote = quoteOfName(text[:i]); quote == "" {
				continue
			}
		default:
			continue
		}
		end := from
		for end < len(text) && end-from < Short && !closes(text[end:], open) {
			end++
		}
		if end == from || end-from >= Short || end == len(text) && open != '=' {
			continue
		}
		if _, known := s.known[text[from:end]]; known {
			spans = append(spans, span{from: from, to: end, origin: text[from:end], quote: quote})
			i = end
		}
	}
	return spans
}

// quoteOfName returns the quote, with what escapes it, that ends the name of the JSON member whose colon text ends with;
// "" where none does.
func quoteOfName(text string) string {
	text, ok := strings.CutSuffix(strings.TrimSuffix(text, " "), ":")
	if !ok || !strings.HasSuffix(text, `"`) {
		return ""
	}
	return text[len(strings.TrimRight(text[:len(text)-1], `\`)):]
}

// closes reports whether rest begins with what ends a value that open has begun. The end of a quoted text within another
// has backslashes before it.
func closes(rest string, open byte) bool {
	c := rest[0]
	if bare := strings.TrimLeft(rest, `\`); bare != "" {
		c = bare[0]
	}
	switch open {
	case '"', '\'', '`':
		return c == open
	case '>':
		return c == '<'
	case '=':
		switch c {
		case '&', ';', ' ', '#', '"', '\'', '\n', '\r':
			return true
		}
		return false
	}
	return c == ',' || c == '}' || c == ' ' || c == '\n' || c == '\r'
}
