package reporters

import (
	"fmt"
	"io"
	"strings"
)

// A colour is one of the terminal's own, so that the reader's theme decides.
type colour string

const (
	red    colour = "31"
	green  colour = "32"
	yellow colour = "33"
	blue   colour = "34"
	cyan   colour = "36"
	grey   colour = "90"
	bold   colour = "1"
)

// A screen writes text for people. Its rules:
//
//   - no line is longer than the width unless one word is; words are never cut
//   - what comes from a collection, a server or a script has its control characters taken out
//   - colour only where the terminal has it; without Unicode, every sign of ours becomes ASCII
//   - a progress line is gone before anything else is written
//
// It keeps the first error of its writer; after it nothing is written.
type screen struct {
	out      io.Writer
	term     Terminal
	width    int
	ascii    *strings.Replacer // nil where Unicode can be shown
	progress bool              // a progress line is on the screen
	held     *strings.Builder  // what waits for the step to end, nil when nothing does
	err      error
}

func newScreen(cfg Config) *screen {
	s := &screen{out: cfg.Out, term: cfg.Terminal, width: cfg.Terminal.Width}
	if s.width < 20 {
		s.width = 80
	}
	if !cfg.Terminal.Unicode {
		s.ascii = strings.NewReplacer(
			"✓ ", "ok", "✓", "ok", "✖", "x", "⚠", "!", "❏", "#", "→", ">", "↳", ">", "↻", "~", "★", "*", "↑", "^", "↓", "v", "⠄", ".",
			"│", "|", "─", "-", "┌", "+", "┐", "+", "└", "+", "┘", "+", "├", "+", "┤", "+", "┬", "+", "┴", "+", "┼", "+",
			"…", "...", "µ", "u", "·", ".", "›", ">",
		)
	}
	return s
}

// paint colours a text that holds no line break.
func (s *screen) paint(c colour, text string) string {
	if !s.term.Colour || text == "" {
		return text
	}
	return "\x1b[" + string(c) + "m" + text + "\x1b[0m"
}

// line writes a line as it is.
func (s *screen) line(text string) {
	if s.term.Commands {
		text = defused(text)
	}
	s.write(text + "\n")
}

// wrapped writes a text that may have several lines: the first after lead, which may be coloured, the others
// below its end. c colours the text; "" leaves it.
func (s *screen) wrapped(lead string, c colour, text string) {
	indent := strings.Repeat(" ", columns(plain(lead)))
	for i, line := range wrap(plain(text), s.width-len(indent)) {
		if i > 0 {
			lead = indent
		}
		if c != "" {
			line = s.paint(c, line)
		}
		s.line(strings.TrimRight(lead+line, " "))
	}
}

// barred writes a text with bar before each of its lines.
func (s *screen) barred(bar, text string) {
	for _, line := range wrap(plain(text), s.width-columns(plain(bar))) {
		s.line(strings.TrimRight(bar+line, " "))
	}
}

// hold keeps what is written from now on until release.
func (s *screen) hold() {
	if s.held == nil {
		s.held = &strings.Builder{}
	}
}

// release writes what was held.
func (s *screen) release() {
	if s.held == nil {
		return
	}
	text := s.held.String()
	s.held = nil
	if text != "" {
		s.write(text)
	}
}

func (s *screen) write(text string) {
	if s.held != nil {
		s.held.WriteString(text)
		return
	}
	if s.progress {
		s.progress = false
		s.raw("\r\x1b[K")
	}
	s.raw(text)
}

func (s *screen) raw(text string) {
	if s.ascii != nil {
		text = s.ascii.Replace(text)
	}
	if s.err == nil {
		_, s.err = io.WriteString(s.out, text)
	}
}

// status shows a progress line in place of the one before. It is the one text that is cut.
func (s *screen) status(text string) {
	if !s.term.Live {
		return
	}
	text = oneLine(text)
	cut := []rune(text)
	for len(cut) > 0 && columns(string(cut)) > s.width-1 {
		cut = cut[:len(cut)-1]
	}
	s.raw("\r\x1b[K" + s.paint(grey, string(cut)))
	s.progress = true
}

// erase takes the progress line away.
func (s *screen) erase() { s.write("") }

// failure returns the first error, wrapped.
func (s *screen) failure() error {
	if s.err != nil {
		return fmt.Errorf("writing to the terminal: %w", s.err)
	}
	return nil
}
