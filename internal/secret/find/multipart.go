package find

import "strings"

// parts reads a body of several parts as it goes over the wire (RFC 7578): each with its name
// in its head. It is false for any other body. The boundary need not be known: the text may
// be a log without its header.
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
		// A line that begins with two hyphens is a boundary for our purpose.
		if j := strings.Index(body, "\n--"); j >= 0 {
			end = j
		}
		s.parameter(name, strings.TrimRight(body[:end], "\r\n"))
		read = true
		text = body[end:]
	}
}

// cutHead cuts a part at its empty line, in either way to end lines.
func cutHead(text string) (head, body string, ok bool) {
	for _, line := range []string{"\r\n\r\n", "\n\n"} {
		if head, body, ok = strings.Cut(text, line); ok {
			return head, body, true
		}
	}
	return "", "", false
}

// parameterOf is a parameter in quotes of a Content-Disposition, "" without it. name has a
// blank in front, so that filename is not taken for name.
func parameterOf(head, name string) string {
	_, rest, ok := strings.Cut(head, name+`="`)
	if !ok {
		return ""
	}
	value, _, _ := strings.Cut(rest, `"`)
	return value
}
