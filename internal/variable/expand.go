package variable

import "posthaste/internal/expansion"

// Expansion returns what replaces the placeholders of texts that belong together. It is good for as long as no
// variable changes.
func (s *Stack) Expansion() *expansion.Expansion {
	return &expansion.Expansion{
		Lookup: s.text, Quiet: s.quiet, Angles: s.Angles, Lenient: s.Lenient, Missing: s.Missing, Endless: s.Endless,
	}
}

// Again is Expansion with the memory of the one before, which must no longer be in use.
func (s *Stack) Again() *expansion.Expansion {
	if s.again == nil {
		s.again = s.Expansion()
	}
	s.again.Angles, s.again.Lenient, s.again.Missing, s.again.Endless = s.Angles, s.Lenient, s.Missing, s.Endless
	s.again.Again()
	return s.again
}

// Expand replaces the placeholders of one text. The error is an *expansion.CycleError or an *expansion.SizeError, and
// the text is as it was then.
func (s *Stack) Expand(text string) (string, error) {
	e := s.Expansion()
	text = e.Expand(text)
	return text, e.Err()
}

// Names yields the names of the {{placeholders}} that text holds, in order.
func Names(text string) func(yield func(string) bool) { return expansion.Names(text) }
