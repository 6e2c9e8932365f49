package redact

import (
	"slices"
	"strings"

	"posthaste/internal/secret/decode"
)

// nested is how many encodings around each other are undone: four that a client or a server makes, and two of our own,
// as consoles quote strings and reports hold JSON in HTML.
const nested = 6

// A span is where a secret stands in a text.
type span struct {
	from, to int
	origin   string // the secret; "" where only a fingerprint of it is left
	list     bool   // it stands there as numbers with commas between them
	quote    string // it stands there as a number: what quotes the text that comes in its place
}

// scan returns where secrets stand in text, in order and without overlaps. The caller holds the lock.
func (s *Set) scan(text string) []span {
	var spans []span
	if s.filled.Load() {
		spans = s.look(text, nil, nested+s.needle.deep, Short, false)
	}
	if s.short.Load() {
		spans = append(spans, s.wholes(text)...)
	}
	return joined(spans)
}

// joined puts spans in order, and those that overlap together.
func joined(spans []span) []span {
	if len(spans) < 2 {
		return spans
	}
	slices.SortFunc(spans, func(a, b span) int { return a.from - b.from })
	list := spans[:1]
	for _, one := range spans[1:] {
		last := &list[len(list)-1]
		if one.from >= last.to {
			list = append(list, one)
			continue
		}
		last.to = max(last.to, one.to)
	}
	return list
}

// look finds secrets of at least shortest bytes in text, and in what it decodes to in up to deep steps. of is the View
// that text is from, nil for a text as it stands; cut says that text ends where something was cut off.
func (s *Set) look(text string, of *decode.View, deep, shortest int, cut bool) (spans []span) {
	s.needle.tree.all(text, func(start, length int, origin string) bool {
		if length >= shortest {
			spans = append(spans, span{from: start, to: start + length, origin: origin})
		}
		return true
	})
	spans = s.old.look(text, of == nil, spans)
	spans = s.beginnings(text, cut, spans)
	if deep == 0 || len(text) < Short {
		return spans
	}
	inner := func(v *decode.View, shortest int, cut bool) {
		for _, one := range s.look(v.Text, v, deep-1, shortest, cut) {
			one.from, one.to = v.Span(one.from, one.to)
			one.list = isList(text[one.from:one.to])
			spans = append(spans, one)
		}
	}
	if decode.Escapes(text) {
		if v, ok := decode.Unescape(text); ok {
			inner(&v, shortest, cut)
		}
	}
	decode.Regions(text, of, s.needle.binary, func(v *decode.View) {
		_, end := v.Span(len(v.Text)-1, len(v.Text))
		inner(v, max(shortest, decode.Shortest), cutAt(text[end:]) || cut && end == len(text))
	})
	return spans
}

// isList reports whether text is decimal numbers with commas between them.
func isList(text string) bool {
	comma := false
	for i := range len(text) {
		switch c := text[i]; {
		case c == ',':
			comma = true
		case c < '0' && c != ' ' && c != '\n' || c > '9':
			return false
		}
	}
	return comma
}

// least is how many bytes of the beginning of a secret are masked where the rest was cut off.
const least = 8

// beginnings adds the beginnings of secrets that stand before an ellipsis to spans, and at the end of text where that
// is cut: what prints long values cuts them before they are masked.
func (s *Set) beginnings(text string, cut bool, spans []span) []span {
	add := func(end int) {
		end = whole(text, end)
		if n := s.needle.tree.begins(text[:end]); n >= least {
			spans = append(spans, span{from: end - n, to: end})
		}
	}
	for from := 0; ; {
		i := nextCut(text, from)
		if i < 0 {
			break
		}
		add(i)
		from = i + len("...")
	}
	if cut {
		add(len(text))
	}
	return spans
}

// whole returns where the last whole character before end ends: a cut may go through an escape.
func whole(text string, end int) int {
	const longest = 9
	for i := end - 1; i >= 0 && i >= end-longest; i-- {
		switch text[i] {
		case '%', '\\', '&':
			if decode.Partial(text[i:end]) {
				for i > 0 && text[i] == '\\' && text[i-1] == '\\' {
					i--
				}
				return i
			}
			return end
		}
	}
	return end
}

// nextCut returns where the next ellipsis begins, or -1.
func nextCut(text string, from int) int {
	i, j := strings.Index(text[from:], "…"), strings.Index(text[from:], "...")
	switch {
	case i < 0 && j < 0:
		return -1
	case j < 0 || i >= 0 && i < j:
		return from + i
	}
	return from + j
}

// cutAt reports whether rest, which is what follows something, says that more followed.
func cutAt(rest string) bool {
	rest = strings.TrimLeft(rest, " =,")
	return strings.HasPrefix(rest, "…") || strings.HasPrefix(rest, "...")
}
