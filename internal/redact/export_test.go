package redact

// LimitForTest makes a Set forget, and put fingerprints into files, as early as the numbers say.
func LimitForTest(s *Set, bytes, prints int) { s.limit, s.old.most = bytes, prints }

// Plain is Text without a memory: what it must equal.
func Plain(s *Set, text string) string {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.plain(text)
}
