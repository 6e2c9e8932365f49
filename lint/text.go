package lint

import (
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"posthaste/lint/subject"
)

// A Style is how findings are written for people. The zero Style is 80 columns of ASCII without colour.
type Style struct {
	Width   int // columns, 80 when it is less than 40
	Colour  bool
	Unicode bool
}

// WriteText writes findings for people: rule and request, what is wrong, the place with the line of the file and a
// mark under what is meant, and what to do; a blank line between them, and a line of counts at the end.
func WriteText(w io.Writer, found []subject.Finding, style Style) error {
	const narrowest = 40
	t := &textWriter{style: style}
	if t.style.Width < narrowest {
		t.style.Width = 80
	}
	for _, f := range found {
		t.finding(f)
	}
	t.counts(found)
	_, err := io.WriteString(w, t.b.String())
	return err
}

type textWriter struct {
	b     strings.Builder
	style Style
}

// finding prints what is wrong first, then where, the line itself, and what to do.
func (t *textWriter) finding(f subject.Finding) {
	head := f.Rule
	if len(f.Path) > 0 {
		head += ": " + subject.Joined(f.Path)
	}
	if f.Script != "" {
		head += " (" + f.Script + " script)"
	}
	severity := f.Severity.String()
	for i, line := range t.wrap(head, len(severity)+1) {
		if i == 0 {
			t.b.WriteString(t.paint(f.Severity, severity) + " " + line + "\n")
			continue
		}
		t.b.WriteString(strings.Repeat(" ", len(severity)+1) + line + "\n")
	}
	t.paragraph("  ", "  ", f.Text)
	t.b.WriteString("  " + Place(f) + "\n")
	t.source(f)
	if f.OpenAPI != "" {
		t.paragraph("  openapi: ", "           ", f.OpenAPI)
	}
	if f.Hint != "" {
		t.paragraph("  hint: ", "        ", f.Hint)
	}
	if len(f.Also) > 0 {
		t.paragraph("  also: ", "        ", also(f.Also))
	}
	t.b.WriteString("\n")
}

// also names some requests and counts the rest.
func also(list []string) string {
	const most = 6
	if len(list) <= most {
		return strings.Join(list, "; ")
	}
	return fmt.Sprintf("%s; and %d more", strings.Join(list[:most], "; "), len(list)-most)
}

// Place is file:line:column, as far as it is known.
func Place(f subject.Finding) string {
	switch {
	case f.Pos.Line == 0:
		return f.File
	case f.Pos.Col == 0:
		return fmt.Sprintf("%s:%d", f.File, f.Pos.Line)
	}
	return fmt.Sprintf("%s:%d:%d", f.File, f.Pos.Line, f.Pos.Col)
}

func (t *textWriter) paragraph(first, rest, text string) {
	for i, line := range t.wrap(text, len(rest)) {
		if i > 0 {
			first = rest
		}
		t.b.WriteString(first + line + "\n")
	}
}

// wrap breaks text at blanks so that it fits behind an indent. A word that is too long stands on a line of its own.
func (t *textWriter) wrap(text string, indent int) []string {
	var lines []string
	line := ""
	for _, word := range strings.Fields(text) {
		if line != "" && indent+utf8.RuneCountInString(line)+1+utf8.RuneCountInString(word) > t.style.Width {
			lines, line = append(lines, line), ""
		}
		if line != "" {
			line += " "
		}
		line += word
	}
	return append(lines, line)
}

// source writes the line of the file and a mark below what is meant. Of a long line it shows what is around it.
func (t *textWriter) source(f subject.Finding) {
	if strings.TrimSpace(f.Source) == "" || f.Mark < 1 || f.Mark > len(f.Source)+1 {
		return
	}
	end := min(f.Mark-1+f.Length, len(f.Source))
	before, marked, after := plain(f.Source[:f.Mark-1]), plain(f.Source[f.Mark-1:end]), plain(f.Source[end:])
	room := t.style.Width - len("      ")
	trimmed := strings.TrimLeft(before, " ")
	dots := "..."
	if t.style.Unicode {
		dots = "…"
	}
	if len([]rune(marked)) > room*2/3 {
		cut := []rune(marked)[:room*2/3]
		marked, after = string(cut), string([]rune(marked)[room*2/3:])+after
	}
	left := []rune(trimmed)
	if keep := room - len([]rune(marked)) - 16; len(left) > max(keep, 8) {
		left = append([]rune(dots), left[len(left)-max(keep, 8)+len([]rune(dots)):]...)
	}
	right := []rune(strings.TrimRight(after, " "))
	if space := room - len(left) - len([]rune(marked)); len(right) > space {
		right = append(right[:max(space-len([]rune(dots)), 0)], []rune(dots)...)
	}
	t.b.WriteString("      " + string(left) + marked + string(right) + "\n")
	t.b.WriteString("      " + strings.Repeat(" ", len(left)) + t.paint(f.Severity, "^"+strings.Repeat("~", max(len([]rune(marked))-1, 0))) + "\n")
}

// plain makes text that a terminal shows as it is, a column for each rune.
func plain(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\t':
			return ' '
		case r < ' ', r >= 0x7F && r < 0xA0, r == 0x2028, r == 0x2029, r >= 0x202A && r <= 0x202E, r >= 0x2066 && r <= 0x2069:
			return '?'
		}
		return r
	}, text)
}

// paint colours a word by severity: red, yellow, cyan.
func (t *textWriter) paint(s subject.Severity, text string) string {
	if !t.style.Colour {
		return text
	}
	colour := "36"
	switch s {
	case subject.Error:
		colour = "31"
	case subject.Warning:
		colour = "33"
	case subject.Info:
	}
	return "\x1b[" + colour + "m" + text + "\x1b[0m"
}

// counts prints the last line: how many of each severity, and how many --fix would remove.
func (t *textWriter) counts(found []subject.Finding) {
	if len(found) == 0 {
		t.b.WriteString("no findings\n")
		return
	}
	var parts []string
	fixes := 0
	for s := subject.Error; s >= subject.Info; s-- {
		n := 0
		for _, f := range found {
			if f.Severity == s {
				n++
			}
		}
		if n > 0 {
			parts = append(parts, plural(n, s))
		}
	}
	for _, f := range found {
		if f.Fix != nil {
			fixes++
		}
	}
	t.b.WriteString(strings.Join(parts, ", "))
	if fixes > 0 {
		fmt.Fprintf(&t.b, "; --fix fixes %d", fixes)
	}
	t.b.WriteString("\n")
}

func plural(n int, s subject.Severity) string {
	word := s.String()
	if n != 1 && s != subject.Info {
		word += "s"
	}
	return fmt.Sprintf("%d %s", n, word)
}
