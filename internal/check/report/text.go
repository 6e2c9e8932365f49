package report

import (
	"io"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A Style is how a text report looks.
type Style struct {
	Width   int // in columns, 0 is 80
	Colour  bool
	Unicode bool // false: ASCII only
	Verbose bool // show below each line what it rests on
}

// WriteText writes a report for people.
func WriteText(w io.Writer, r *Report, style Style) error {
	if style.Width <= 0 {
		style.Width = 80
	}
	p := &printer{style: style}
	p.head(r)
	p.table(r.Lines)
	p.b.WriteByte('\n')
	for _, text := range r.paragraphs() {
		p.paragraph(text)
	}
	if len(r.Support) > 0 && r.Outcome != AllRight {
		p.b.WriteString("\nFor support, safe to paste:\n")
		for _, f := range r.Support {
			p.b.WriteString(p.clean("  " + pad(f.Name, 15) + f.Value + "\n"))
		}
	}
	_, err := io.WriteString(w, p.b.String())
	return err
}

type printer struct {
	b     strings.Builder
	style Style
}

// head names environment, host, sales unit and file.
func (p *printer) head(r *Report) {
	left := r.API + " " + r.Environment + " (" + r.Host + ")"
	if r.Kind != "" {
		left += ", " + r.Kind
	}
	if r.Unit != "" {
		left += ", sales unit " + r.Unit
	}
	left = p.clean(left)
	if r.File == "" {
		p.b.WriteString(left + "\n")
		return
	}
	right := p.clean("file: " + r.File)
	if gap := p.style.Width - columns(left) - columns(right); gap >= 2 {
		p.b.WriteString(left + strings.Repeat(" ", gap) + right + "\n")
		return
	}
	p.b.WriteString(left + "\n" + right + "\n")
}

// table writes the lines: status, subject, text.
func (p *printer) table(lines []Line) {
	const before, gap, most = 8, 2, 40
	width := 18
	for _, l := range lines {
		width = max(width, min(columns(l.Subject), most))
	}
	for _, l := range lines {
		word, code := l.status.shown()
		p.b.WriteString("  " + p.paint(code, pad(word, before-2)))
		rest := p.clean(l.Text)
		at := before
		if l.Subject != "" {
			subject := p.clean(l.Subject)
			at = before + width + gap
			p.b.WriteString(pad(subject, width) + strings.Repeat(" ", gap))
			if columns(subject) > width {
				p.b.WriteString("\n" + strings.Repeat(" ", at))
			}
		}
		for i, row := range fold80(rest, p.style.Width-at) {
			if i > 0 {
				p.b.WriteString("\n" + strings.Repeat(" ", at))
			}
			p.b.WriteString(row)
		}
		p.b.WriteByte('\n')
		p.evidence(l)
	}
}

// evidence writes what a line rests on.
func (p *printer) evidence(l Line) {
	if !p.style.Verbose {
		return
	}
	const indent = "          "
	for _, text := range l.Evidence() {
		for i, row := range fold80(p.clean(text), p.style.Width-len(indent)-2) {
			p.b.WriteString(indent + map[bool]string{true: "- ", false: "  "}[i == 0] + row + "\n")
		}
	}
}

// shown is the word of a status and its colour.
func (s Status) shown() (word, code string) {
	switch s {
	case OK:
		return "ok", "32"
	case Fail:
		return "FAIL", "31"
	case Warn:
		return "warn", "33"
	case Unknown:
		return "?", "33"
	case Skip:
	}
	return "skip", "90"
}

func (p *printer) paint(code, text string) string {
	if !p.style.Colour {
		return text
	}
	return "\x1b[" + code + "m" + text + "\x1b[0m"
}

func (p *printer) paragraph(text string) {
	for _, row := range fold80(p.clean(text), p.style.Width) {
		p.b.WriteString(row + "\n")
	}
}

// clean leaves out what could steer a terminal, and all but ASCII where that is asked for.
func (p *printer) clean(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n':
			return r
		case !unicode.IsPrint(r), r > unicode.MaxASCII && !p.style.Unicode:
			return '?'
		}
		return r
	}, p.plain(text))
}

// plain spells common signs in ASCII.
func (p *printer) plain(text string) string {
	if p.style.Unicode {
		return text
	}
	return strings.NewReplacer(
		"…", "...", "–", "-", "—", "-", "›", ">", "’", "'", "“", `"`, "”", `"`,
		"æ", "ae", "ø", "o", "å", "aa", "Æ", "Ae", "Ø", "O", "Å", "Aa", "ä", "a", "ö", "o",
	).Replace(text)
}

func columns(text string) int { return utf8.RuneCountInString(text) }

func pad(text string, width int) string {
	return text + strings.Repeat(" ", max(0, width-columns(text)))
}

// fold80 breaks a text between words. A word that is longer than a row stands alone.
func fold80(text string, width int) []string {
	var rows []string
	row := ""
	for word := range strings.FieldsSeq(text) {
		if row != "" && columns(row)+1+columns(word) > width {
			rows = append(rows, row)
			row = ""
		}
		if row != "" {
			row += " "
		}
		row += word
	}
	return append(rows, row)
}
