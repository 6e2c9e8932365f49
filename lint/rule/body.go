package rule

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"posthaste/lint/subject"
)

// jsonBodies finds raw bodies that say they are JSON but are not valid. What is filled in by
// variables is taken for valid.
func jsonBodies(k *subject.Checker) {
	for _, s := range k.Steps {
		b := s.Item.Request.Body
		if b == nil || b.Disabled || b.Mode != "raw" || strings.TrimSpace(b.Raw) == "" || !k.SendsBody(s.Item) || !sendsJSON(s) || wantsRefusal(s) {
			continue
		}
		// Such a body is JSON only once it is filled in, so nothing can be said of it here.
		if _, whole := onlyVariable(b.Raw); whole || isBuilt(b.Raw) || subject.IsServerTemplate(b.Raw) {
			continue
		}
		text := filled(b.Raw)
		var fault *json.SyntaxError
		var anything any
		if err := json.Unmarshal([]byte(text), &anything); !errors.As(err, &fault) {
			continue
		}
		// Offset counts the bytes read, so the byte that is wrong stands one before.
		line := 1 + strings.Count(text[:min(max(int(fault.Offset)-1, 0), len(text))], "\n")
		source := strings.TrimSpace(strings.Split(b.Raw, "\n")[line-1])
		f := k.Finding(s.Item, "body", fmt.Sprintf("the body is sent as JSON but is not valid JSON: line %d, %s: %s", line, fault.Error(), short(source)))
		f.Put(bodyLine(k, s, line, source))
		f.Hint = "a comma too many or too few, a quote, a bracket"
		k.Report(f)
	}
}

// bodyLine is where a line of a raw body stands. In JSON the body is one text with its line
// breaks escaped. line counts from 1; source is that line without blanks around it.
func bodyLine(k *subject.Checker, s *subject.Step, line int, source string) subject.Span {
	if _, _, isJSON := k.Json(s.Item); isJSON {
		at := k.Part(s.Item, "request", "body", "raw")
		for range line - 1 {
			// The file has the two characters of the escape, not a line break.
			if i := strings.Index(at.Text(), `\n`); i >= 0 {
				at.Start += i + len(`\n`)
			}
		}
		if found := at.Find(source); found.Known() {
			return found
		}
	}
	return k.At(s.Item, []string{source}, "request", "body")
}

// short cuts a line of a body to what fits into a message, 40 characters. It counts runes, so
// no character is cut in two.
func short(text string) string {
	const longest = 40
	if r := []rune(text); len(r) > longest {
		return string(r[:longest-1]) + "…"
	}
	return text
}

// sendsJSON reports whether a body goes out as JSON: by its language, else by its Content-Type. Postman adds the
// Content-Type of the language itself, which is why the language decides alone where it is given.
func sendsJSON(s *subject.Step) bool {
	if language := s.Item.Request.Body.Language; language != "" {
		return language == "json"
	}
	for _, h := range s.Item.Request.Header {
		if !h.Disabled && strings.EqualFold(h.Key, "content-type") {
			kind, _, _ := strings.Cut(strings.ToLower(h.Value), ";")
			return strings.TrimSpace(kind) == "application/json"
		}
	}
	return false
}

// filled puts 0 in the place of every placeholder and takes out comments, which are not sent. The text keeps its
// lines. 0 is valid wherever a value may stand, inside of quotes too, so what is left to find is the fault of the
// text itself.
func filled(text string) string {
	var b strings.Builder
	quoted := false
	for i := 0; i < len(text); i++ {
		rest := text[i:]
		switch {
		case strings.HasPrefix(rest, "{{") && strings.Contains(rest, "}}") && !strings.Contains(rest[2:strings.Index(rest, "}}")], "\n"):
			b.WriteByte('0')
			i += strings.Index(rest, "}}") + 1
		case !quoted && strings.HasPrefix(rest, "<<") && subject.PlaceholderLength(rest) > 0:
			b.WriteByte('0')
			i += subject.PlaceholderLength(rest) - 1
		// An escaped quote does not end the string.
		case quoted && text[i] == '\\' && i+1 < len(text):
			b.WriteString(text[i : i+2])
			i++
		case text[i] == '"':
			quoted = !quoted
			b.WriteByte('"')
		// Postman takes comments out of a JSON body before it is sent; "//" inside of quotes is the one of a URL.
		case !quoted && strings.HasPrefix(rest, "//"):
			end := strings.IndexByte(rest, '\n')
			if end < 0 {
				return b.String()
			}
			i += end - 1
		case !quoted && strings.HasPrefix(rest, "/*") && strings.Contains(rest, "*/"):
			comment := rest[:strings.Index(rest, "*/")+2]
			// The line numbers of what follows must stay those of the file.
			b.WriteString(strings.Repeat("\n", strings.Count(comment, "\n")))
			i += len(comment) - 1
		default:
			b.WriteByte(text[i])
		}
	}
	return b.String()
}

// isBuilt reports whether a placeholder stands where no value can: it holds a member, a key,
// a comma or the rest of a list, and the body is JSON only with it. For example {"a": 1
// {{more}}}.
func isBuilt(text string) bool {
	// The text is walked once, outside of strings and comments.
	var open []byte   // the brackets around, innermost last
	last := byte('{') // the last sign that counts
	quoted := false
	for i := 0; i < len(text); i++ {
		rest := text[i:]
		switch {
		case quoted:
			switch text[i] {
			case '\\':
				i++
			case '"':
				quoted = false
			}
		case strings.HasPrefix(rest, "//"):
			end := strings.IndexByte(rest, '\n')
			if end < 0 {
				return false
			}
			i += end
		case strings.HasPrefix(rest, "{{") && strings.Contains(rest, "}}"):
			i += strings.Index(rest, "}}") + 1
			next := strings.TrimLeft(text[i+1:], " \t\r\n")
			// A value is followed by a comma, a closing bracket or a comment. Anything else is built from parts.
			if next != "" && !strings.ContainsAny(next[:1], ",]}/") || !takesValue(open, last) {
				return len(open) > 0
			}
			last = 'v'
		default:
			switch text[i] {
			case '"':
				quoted, last = true, 'v'
			case '{', '[':
				open, last = append(open, text[i]), text[i]
			case '}', ']':
				open, last = open[:max(len(open)-1, 0)], 'v'
			case ' ', '\t', '\r', '\n':
			default:
				last = text[i]
			}
		}
	}
	return false
}

// takesValue reports whether a value may come inside the brackets after a sign. Outside of all brackets the whole
// body may be one value.
func takesValue(open []byte, last byte) bool {
	switch {
	case len(open) == 0:
		return true
	case open[len(open)-1] == '{':
		return last == ':'
	}
	return last == '[' || last == ','
}
