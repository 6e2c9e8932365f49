package jsontext

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// An Error says where a text departs from JSON, in the words and the layout of Postman's
// parser (sandbox: liquid-json).
type Error struct {
	Text      string // the message with the line and the caret below it
	Line, Col int    // 1-based; columns count UTF-16 units
}

// Error returns Text.
func (e *Error) Error() string { return e.Text }

// Lines are cut so far before the error, and so long in all, in characters.
const (
	jsonBefore = 70
	jsonWidth  = 79
)

// newError words an error with line, column and the piece of text around it, as Postman's
// parser does. at is an offset in bytes, which may lie behind the end; message "" is the
// usual one for what stands there.
func newError(s string, at int, message string) *Error {
	if message == "" {
		message = "Unexpected end of input"
		if at < len(s) {
			r, _ := utf8.DecodeRuneInString(s[at:])
			message = "Unexpected token " + tokenText(r)
		}
		// A line ends with
		// , \r or both, and both together count once.
	}
	inside := min(at, len(s))
	lineStart := strings.LastIndexAny(s[:inside], "\n\r") + 1
	line := 1 + strings.Count(strings.ReplaceAll(s[:lineStart], "\r\n", "\n"), "\n") + strings.Count(strings.ReplaceAll(s[:lineStart], "\r\n", ""), "\r")
	before := []rune(s[lineStart:inside])
	col := len(before) + at - inside
	e := &Error{Line: line, Col: col + 1}

	// A few hundred bytes hold every line that is shown.
	rest := s[inside:min(len(s), inside+4*jsonWidth)]
	if i := strings.IndexAny(rest, "\n\r"); i >= 0 {
		rest = rest[:i]
	}
	if len(before) > jsonBefore-1 {
		before = before[len(before)-jsonBefore+1:]
	}
	shown := append(before[:len(before):len(before)], []rune(rest)...)
	if len(shown) > jsonWidth {
		shown = shown[:jsonWidth]
	}
	// The caret stands below the character, also behind tabs.
	var under strings.Builder
	for _, r := range before {
		if r == '\t' {
			under.WriteByte('\t')
			continue
		}
		under.WriteByte(' ')
	}
	under.WriteByte('^')
	e.Text = message + " at " + strconv.Itoa(line) + ":" + strconv.Itoa(col+1) + "\n" + string(shown) + "\n" + under.String()
	return e
}

// tokenText quotes a character: as JSON would, but with double quotes bare and single quotes
// escaped.
func tokenText(r rune) string {
	switch {
	case r == '\n':
		return `'\n'`
	case r == '\r':
		return `'\r'`
	case r == '\t':
		return `'\t'`
	case r == '\\':
		return `'\\'`
	case r == '\'':
		return `'\''`
	case r < ' ':
		return `'\u00` + strconv.FormatInt(int64(r)+0x100, 16)[1:] + `'`
	}
	return "'" + string(r) + "'"
}
