// Package screen writes text for people to a terminal.
//
// It knows width, colour and which signs a terminal can show, measures by columns rather than characters, and takes
// control characters out of texts that come from servers.
package screen

import (
	"bytes"
	"fmt"
	"io"
	"strings"

	"posthaste/reporters/report"
)

// A Colour is one of the terminal's own, so that the reader's theme decides.
type Colour string

// The colours, as codes of ANSI terminals.
const (
	Red    Colour = "31"
	Green  Colour = "32"
	Yellow Colour = "33"
	Blue   Colour = "34"
	Cyan   Colour = "36"
	Grey   Colour = "90"
	Bold   Colour = "1"
)

// A Screen writes text for people. Its rules:
//
//   - no line is longer than the width unless one word is; words are never cut
//   - what comes from a collection, a server or a script has its control characters taken out
//   - colour only where the terminal has it; without Unicode, every sign of ours becomes ASCII
//   - a progress line is gone before anything else is written
//
// It keeps the first error of its writer; after it nothing is written.
type Screen struct {
	out      io.Writer
	term     report.Terminal
	width    int
	ascii    *strings.Replacer // nil where Unicode can be shown
	progress bool              // a progress line is on the screen
	err      error
	line     []byte         // room for the line that is written
	leads    map[string]int // how many columns leads take: a reporter has a few
}

// largestLine is how many bytes of room for lines are kept: one may have megabytes.
const largestLine = 64 << 10

// New returns a screen that writes to cfg.Out.
func New(cfg report.Config) *Screen {
	s := &Screen{out: cfg.Out, term: cfg.Terminal, width: cfg.Terminal.Width}
	if s.width < 20 {
		s.width = 80
	}
	if !cfg.Terminal.Unicode {
		s.ascii = strings.NewReplacer(
			"✓  ", "ok ", "✓ ", "ok ", "✓", "ok", "✖", "x", "⚠", "!", "❏", "#", "→", ">", "↳", ">", "↻", "~", "★", "*", "↑", "^", "↓", "v", "⠄", ".",
			"│", "|", "─", "-", "┌", "+", "┐", "+", "└", "+", "┘", "+", "├", "+", "┤", "+", "┬", "+", "┴", "+", "┼", "+",
			"…", "...", "µ", "u", "·", ".", "›", ">",
		)
	}
	return s
}

// Paint colours a text that holds no line break.
func (s *Screen) Paint(c Colour, text string) string {
	if !s.term.Colour || text == "" {
		return text
	}
	return "\x1b[" + string(c) + "m" + text + "\x1b[0m"
}

// Painting is what Paint puts before and behind a text.
func (s *Screen) Painting(c Colour) (before, behind string) {
	if !s.term.Colour {
		return "", ""
	}
	return "\x1b[" + string(c) + "m", "\x1b[0m"
}

// Line writes a line as it is.
func (s *Screen) Line(text string) {
	s.line = append(s.line[:0], text...)
	s.finish()
}

// Bytes is Line for bytes, which stay the caller's.
func (s *Screen) Bytes(text []byte) {
	s.line = append(s.line[:0], text...)
	s.finish()
}

// finish writes the line that was put together.
func (s *Screen) finish() {
	if s.term.Commands {
		s.line = append(s.line[:0], report.Defused(string(s.line))...)
	}
	s.line = append(s.line, '\n')
	s.Erase()
	s.write(s.line)
	if cap(s.line) > largestLine {
		s.line = nil
	}
}

// Wrapped writes a text that may have several lines: the first after lead, which may be coloured, the others
// below its end. c colours the text; "" leaves it.
func (s *Screen) Wrapped(lead string, c Colour, text string) {
	indent := s.columns(lead)
	text = report.Plain(text)
	if fits(text, s.width-indent) {
		s.led(lead, c, strings.TrimRight(text, " "))
		return
	}
	for i, line := range Wrap(text, s.width-indent) {
		if i == 1 {
			lead = strings.Repeat(" ", indent)
		}
		s.led(lead, c, line)
	}
}

// led writes a line after lead in a colour.
func (s *Screen) led(lead string, c Colour, line string) {
	b := append(s.line[:0], lead...)
	if c != "" && s.term.Colour && line != "" {
		b = append(append(append(b, "\x1b["...), c...), 'm')
		b = append(append(b, line...), "\x1b[0m"...)
	} else {
		b = append(b, line...)
	}
	s.line = bytes.TrimRight(b, " ")
	s.finish()
}

// columns is how wide a lead is. It is worked out once for those that are met again and again.
func (s *Screen) columns(lead string) int {
	if report.IsPrintable(lead) {
		return len(lead)
	}
	n, known := s.leads[lead]
	if !known {
		n = Columns(report.Plain(lead))
		const most = 64
		if s.leads == nil || len(s.leads) >= most {
			s.leads = make(map[string]int)
		}
		s.leads[lead] = n
	}
	return n
}

// Barred writes a text with bar before each of its lines.
func (s *Screen) Barred(bar, text string) {
	for _, line := range Wrap(report.Plain(text), s.width-Columns(report.Plain(bar))) {
		s.Line(strings.TrimRight(bar+line, " "))
	}
}

// Print writes a text that may end within a line.
func (s *Screen) Print(text string) {
	s.Erase()
	s.raw(text)
}

// KeepSigns leaves signs as they are on a terminal without Unicode.
func (s *Screen) KeepSigns() { s.ascii = nil }

// Width is how many columns a line may take.
func (s *Screen) Width() int { return s.width }

// Fail keeps an error, as if writing had failed with it.
func (s *Screen) Fail(err error) {
	if s.err == nil {
		s.err = err
	}
}

// Failed reports whether writing has failed.
func (s *Screen) Failed() bool { return s.err != nil }

func (s *Screen) raw(text string) { s.write([]byte(text)) }

// write writes bytes that the caller keeps. The first error is kept: a terminal that has gone must not end the run.
func (s *Screen) write(text []byte) {
	if s.ascii != nil {
		text = []byte(s.ascii.Replace(string(text)))
	}
	if s.err == nil {
		_, s.err = s.out.Write(text)
	}
}

// Status shows a progress line in place of the one before. It is the one text that is cut.
func (s *Screen) Status(text string) {
	if !s.term.Live {
		return
	}
	text = report.OneLine(text)
	cut := []rune(text)
	for len(cut) > 0 && Columns(string(cut)) > s.width-1 {
		cut = cut[:len(cut)-1]
	}
	s.raw("\r\x1b[K" + s.Paint(Grey, string(cut)))
	s.progress = true
}

// Erase takes the progress line away.
func (s *Screen) Erase() {
	if s.progress {
		s.progress = false
		s.raw("\r\x1b[K")
	}
}

// Failure returns the first error, wrapped.
func (s *Screen) Failure() error {
	if s.err != nil {
		return fmt.Errorf("writing to the terminal: %w", s.err)
	}
	return nil
}
