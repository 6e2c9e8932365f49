package expansion

import "strings"

// A scanner finds placeholders from left to right. It remembers where the next of each kind stands, so that a text is
// searched once however many it holds.
type scanner struct {
	text          string
	from          int // where to go on
	curly, angled found
}

// found is the next placeholder of one kind; start is negative when there is no more.
type found struct {
	start, end int
	known      bool
}

// newScanner begins at the start of text. Where << >> is not looked for, the scanner takes it as searched and not
// found.
func newScanner(text string, angles bool) *scanner {
	s := &scanner{text: text}
	if !angles {
		s.angled = found{start: notFound, known: true}
	}
	return s
}

// next returns the bounds of the first placeholder from s.from on, brackets included, and whether they are angle
// brackets. The start is negative when the text has no further one. The caller moves from.
func (s *scanner) next() (start, end int, angle bool) {
	s.curly = s.curly.after(s.text, s.from, "{{", "}}", "{}")
	s.angled = s.angled.after(s.text, s.from, "<<", ">>", "<>\n")
	if s.angled.start >= 0 && (s.curly.start < 0 || s.angled.start < s.curly.start) {
		return s.angled.start, s.angled.end, true
	}
	return s.curly.start, s.curly.end, false
}

// after returns the first placeholder at or behind from: an opening pair that is followed by its closing pair with none
// of the stop characters between them. Of "{{{a}}" that is the inner "{{a}}".
func (f found) after(text string, from int, opening, closing, stop string) found {
	if f.known && (f.start < 0 || f.start >= from) {
		return f
	}
	for {
		i := strings.Index(text[from:], opening)
		if i < 0 {
			return found{start: notFound, known: true}
		}
		i += from
		body := text[i+len(opening):]
		end := strings.IndexAny(body, stop)
		if end < 0 {
			return found{start: notFound, known: true}
		}
		if strings.HasPrefix(body[end:], closing) {
			return found{start: i, end: i + len(opening) + end + len(closing), known: true}
		}
		from = i + 1
	}
}

// Next returns the bounds of the first {{placeholder}} of text, brackets included. The start is negative when there is
// none.
func Next(text string) (start, end int) {
	start, end, _ = newScanner(text, false).next()
	return start, end
}

// Names yields the names of the {{placeholders}} that text holds, in order.
func Names(text string) func(yield func(string) bool) {
	return func(yield func(string) bool) {
		scan := newScanner(text, false)
		for {
			start, end, _ := scan.next()
			if start < 0 || !yield(text[start+2:end-2]) {
				return
			}
			scan.from = end
		}
	}
}
