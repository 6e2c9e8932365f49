package find

import "strings"

// parts reads a body of several parts as it goes over the wire: each with its name in its head. It is false for any other
// body.
func (s search) parts(text string) bool {
	const mark = "form-data;"
	read := false
	for {
		i := strings.Index(text, mark)
		if i < 0 {
			return read
		}
		text = text[i+len(mark):]
		head, body, ok := cutHead(text)
		if !ok {
			return read
		}
		name := parameterOf(head, " name")
		end := len(body)
		if j := strings.Index(body, "\n--"); j >= 0 {
			end = j
		}
		s.parameter(name, strings.TrimRight(body[:end], "\r\n"))
		read = true
		text = body[end:]
	}
}

// cutHead cuts a part at its empty line.
func cutHead(text string) (head, body string, ok bool) {
	for _, line := range []string{"\r\n\r\n", "\n\n"} {
		if head, body, ok = strings.Cut(text, line); ok {
			return head, body, true
		}
	}
	return "", "", false
}

func parameterOf(head, name string) string {
	_, rest, ok := strings.Cut(head, name+`="`)
	if !ok {
		return ""
	}
	value, _, _ := strings.Cut(rest, `"`)
	return value
}
