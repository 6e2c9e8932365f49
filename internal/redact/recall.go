package redact

// A sight is what a text became while a certain number of secrets was known. A run shows the same texts again and again: names of
// requests, URLs, header lines, short answers. So a Set remembers what they became.
type sight struct {
	known  int64
	masked string // "" for the text itself
}

// recall returns what text became, when that is remembered and no secret has become known since.
func (s *Set) recall(text string) (masked string, ok bool) {
	one, ok := s.seen.Get("", text)
	if !ok || one.known != s.count.Load() {
		return "", false
	}
	if one.masked == "" {
		return text, true
	}
	return one.masked, true
}

// remember notes what text became. The caller holds the lock, so that no secret becomes known meanwhile.
func (s *Set) remember(text, masked string) {
	if masked == text {
		masked = ""
	}
	s.seen.Put("", text, sight{s.count.Load(), masked})
}
