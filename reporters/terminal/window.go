package terminal

import "strings"

// window cuts a line of a script and the caret below it to a width in columns, around the
// caret: where the terminal broke the line, the caret would point nowhere. Both begin with
// the same indent. Lines with tabs stay as they are, since their columns are not known.
func window(source, caret string, width int) (string, string) {
	line, at := []rune(source), len([]rune(caret))-1
	if len(line) <= width || strings.ContainsRune(source, '\t') {
		return source, caret
	}
	indent := len(line) - len([]rune(strings.TrimLeft(source, " ")))
	room := width - indent - 2 // for the two dots
	const least = 10
	// A window of fewer than ten characters would show nothing that helps.
	if room < least || at < indent || at >= len(line) {
		return source, caret
	}
	from := indent
	if at-from >= room-least/2 {
		from = min(at-room/2, len(line)-room)
	}
	end := min(len(line), from+room)
	left, right := "", ""
	if from > indent {
		left = "…"
	}
	if end < len(line) {
		right = "…"
	}
	shift := indent + len([]rune(left)) + at - from
	return source[:indent] + left + string(line[from:end]) + right, strings.Repeat(" ", shift) + "^"
}

// isCaret knows the line that points at a place of the line before.
func isCaret(line string) bool { return strings.TrimLeft(line, " ") == "^" }

// windowed is window for the lines of a text, where one has a caret below it. Other lines
// stay.
func windowed(text string, width int) []string {
	lines := strings.Split(strings.TrimRight(text, "\n"), "\n")
	for i := 1; i < len(lines); i++ {
		if isCaret(lines[i]) {
			lines[i-1], lines[i] = window(lines[i-1], lines[i], width)
		}
	}
	return lines
}
