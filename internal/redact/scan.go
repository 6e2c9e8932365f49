package redact

import (
	"slices"

	"posthaste/internal/secret/decode"
)

// nested is how many encodings around each other are undone.
const nested = 4

// A span is where a secret stands in a text.
type span struct {
	from, to int
	origin   string // the secret; "" where only a fingerprint of it is left
	list     bool   // it stands there as numbers with commas between them
}

// scan returns where secrets stand in text, in order and without overlaps. The caller holds the lock.
func (s *Set) scan(text string) []span {
	spans := s.look(text, nil, nested+s.needle.deep, Short)
	if len(spans) < 2 {
		return spans
	}
	slices.SortFunc(spans, func(a, b span) int { return a.from - b.from })
	joined := spans[:1]
	for _, one := range spans[1:] {
		last := &joined[len(joined)-1]
		if one.from >= last.to {
			joined = append(joined, one)
			continue
		}
		last.to = max(last.to, one.to)
	}
	return joined
}

// look finds secrets of at least shortest bytes in text, and in what it decodes to in up to deep steps. of is the View
// that text is from, nil for a text as it stands.
func (s *Set) look(text string, of *decode.View, deep, shortest int) (spans []span) {
	s.needle.tree.all(text, func(start, length int, origin string) bool {
		if length >= shortest {
			spans = append(spans, span{from: start, to: start + length, origin: origin})
		}
		return true
	})
	spans = s.old.look(text, of == nil, spans)
	if deep == 0 || len(text) < Short {
		return spans
	}
	inner := func(v *decode.View, shortest int) {
		for _, one := range s.look(v.Text, v, deep-1, shortest) {
			one.from, one.to = v.Span(one.from, one.to)
			one.list = isList(text[one.from:one.to])
			spans = append(spans, one)
		}
	}
	if decode.Escapes(text) {
		if v, ok := decode.Unescape(text); ok {
			inner(&v, shortest)
		}
	}
	decode.Regions(text, of, s.needle.binary, func(v *decode.View) { inner(v, max(shortest, decode.Shortest)) })
	return spans
}

// isList tells whether text is decimal numbers with commas between them.
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
