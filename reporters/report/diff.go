package report

import (
	"encoding/json"
	"strconv"
	"strings"
)

// A Diff is what two values differ in, line by line: those that only the expected one has, those that only the actual one
// has, and some of those around them.
type Diff struct {
	Path  string // of the first difference, such as "list[1].name"; "" at the top
	Lines []DiffLine
}

// A DiffLine is a line of a Diff.
type DiffLine struct {
	Sign byte // '-' is only expected, '+' only actual, ' ' in both, or in the place of lines that are left out
	Text string
}

const (
	mostDiffLines = 400 // of one value that are compared
	shownDiff     = 40  // lines that are told
	around        = 2   // lines that are the same, before and behind a difference
)

// Compare tells two values apart that are objects or lists, as JSON or as scripts print them, or texts that hold JSON. It is
// false for others: they stand side by side.
func Compare(expected, actual string) (Diff, bool) {
	a, ok := structure(expected)
	if !ok {
		return Diff{}, false
	}
	b, ok := structure(actual)
	if !ok || len(a) > mostDiffLines || len(b) > mostDiffLines {
		return Diff{}, false
	}
	var d Diff
	first := true
	for _, step := range aligned(a, b) {
		if step.sign != ' ' && first {
			first = false
			d.Path = step.line.path
		}
		d.Lines = append(d.Lines, DiffLine{step.sign, step.line.text})
	}
	if first {
		return Diff{}, false
	}
	d.Lines = near(d.Lines)
	return d, true
}

// Text is the diff for a report of text.
func (d Diff) Text() string {
	var b strings.Builder
	b.WriteString("first difference")
	if d.Path != "" {
		b.WriteString(" at " + d.Path)
	}
	b.WriteString(" (- expected, + actual):\n")
	for _, l := range d.Lines {
		b.WriteString("    " + strings.TrimRight(string(rune(l.Sign))+" "+l.Text, " ") + "\n")
	}
	return b.String()
}

// A structureLine is a line of a value that was laid out.
type structureLine struct{ text, path string }

// structure lays a value out, a member a line.
func structure(text string) ([]structureLine, bool) {
	text = strings.TrimSpace(text)
	if n := len(text); n > 1 && (text[0] == '\'' || text[0] == '"') && text[n-1] == text[0] {
		text = strings.TrimSpace(unquoted(text))
	}
	if text == "" || text[0] != '{' && text[0] != '[' {
		return nil, false
	}
	l := layout{text: text}
	if !l.value("", "", 0) || strings.TrimSpace(l.text[l.at:]) != "" {
		return nil, false
	}
	return l.lines, true
}

// unquoted is a text without its quotes.
func unquoted(text string) string {
	var plain string
	if text[0] == '"' && json.Unmarshal([]byte(text), &plain) == nil {
		return plain
	}
	return strings.NewReplacer(`\'`, `'`, `\\`, `\`).Replace(text[1 : len(text)-1])
}

// A layout reads a value and writes its lines.
type layout struct {
	text  string
	at    int
	lines []structureLine
}

func (l *layout) space() {
	for l.at < len(l.text) && strings.IndexByte(" \t\r\n", l.text[l.at]) >= 0 {
		l.at++
	}
}

const deepestLayout = 50

// value reads one value, which stands behind a head such as its key.
func (l *layout) value(head, path string, depth int) bool {
	l.space()
	if l.at >= len(l.text) || depth > deepestLayout || len(l.lines) > mostDiffLines {
		return false
	}
	indent := strings.Repeat("  ", depth)
	open := l.text[l.at]
	if open != '{' && open != '[' {
		l.lines = append(l.lines, structureLine{indent + head + l.atom(), path})
		return true
	}
	l.at++
	l.lines = append(l.lines, structureLine{indent + head + string(open), path})
	closing := byte('}')
	if open == '[' {
		closing = ']'
	}
	for i := 0; ; i++ {
		l.space()
		if l.at >= len(l.text) {
			return false
		}
		if l.text[l.at] == closing {
			l.at++
			l.lines = append(l.lines, structureLine{indent + string(closing), path})
			return true
		}
		key, inner := "", path+"["+strconv.Itoa(i)+"]"
		if open == '{' {
			name := strings.TrimSpace(l.key())
			if name != "" {
				key, inner = name+": ", joined(path, name)
			} else {
				inner = path
			}
		}
		if !l.value(key, inner, depth+1) {
			return false
		}
		l.space()
		if l.at < len(l.text) && l.text[l.at] == ',' {
			l.at++
		}
	}
}

func joined(path, name string) string {
	name = strings.Trim(name, `"'`)
	if path == "" {
		return name
	}
	return path + "." + name
}

// key reads what stands before the colon, "" without one, as for what is left out: "…(3)".
func (l *layout) key() string {
	from := l.at
	if l.at < len(l.text) && (l.text[l.at] == '"' || l.text[l.at] == '\'') {
		l.quoted()
	}
	for l.at < len(l.text) && strings.IndexByte(":,{}[]", l.text[l.at]) < 0 {
		l.at++
	}
	if l.at < len(l.text) && l.text[l.at] == ':' {
		name := l.text[from:l.at]
		l.at++
		return name
	}
	l.at = from
	return ""
}

func (l *layout) quoted() {
	quote := l.text[l.at]
	for l.at++; l.at < len(l.text) && l.text[l.at] != quote; l.at++ {
		if l.text[l.at] == '\\' {
			l.at++
		}
	}
	l.at = min(l.at+1, len(l.text))
}

// atom reads what is no object and no list.
func (l *layout) atom() string {
	from := l.at
	for l.at < len(l.text) {
		switch l.text[l.at] {
		case '"', '\'':
			l.quoted()
			continue
		case ',', '}', ']':
			return strings.TrimSpace(l.text[from:l.at])
		}
		l.at++
	}
	return strings.TrimSpace(l.text[from:])
}

// A step is a line of one value or of both.
type alignedStep struct {
	sign byte
	line structureLine
}

// aligned finds the longest list of lines that both have in common.
func aligned(a, b []structureLine) []alignedStep {
	length := make([][]int, len(a)+1)
	for i := range length {
		length[i] = make([]int, len(b)+1)
	}
	for i := len(a) - 1; i >= 0; i-- {
		for j := len(b) - 1; j >= 0; j-- {
			if a[i] == b[j] {
				length[i][j] = length[i+1][j+1] + 1
			} else {
				length[i][j] = max(length[i+1][j], length[i][j+1])
			}
		}
	}
	var steps []alignedStep
	i, j := 0, 0
	for i < len(a) || j < len(b) {
		switch {
		case i < len(a) && j < len(b) && a[i] == b[j]:
			steps = append(steps, alignedStep{' ', a[i]})
			i++
			j++
		case i < len(a) && (j == len(b) || length[i+1][j] >= length[i][j+1]):
			steps = append(steps, alignedStep{'-', a[i]})
			i++
		default:
			steps = append(steps, alignedStep{'+', b[j]})
			j++
		}
	}
	return steps
}

// near leaves out lines that are the same and far from a difference.
func near(lines []DiffLine) []DiffLine {
	keep := make([]bool, len(lines))
	for i, l := range lines {
		if l.Sign == ' ' {
			continue
		}
		for j := max(0, i-around); j <= min(len(lines)-1, i+around); j++ {
			keep[j] = true
		}
	}
	var list []DiffLine
	for i, l := range lines {
		switch {
		case len(list) >= shownDiff:
			return append(list, DiffLine{Sign: ' ', Text: "… and more"})
		case keep[i]:
			list = append(list, l)
		case i > 0 && keep[i-1]:
			list = append(list, DiffLine{Sign: ' ', Text: "…"})
		}
	}
	return list
}
