package redact

// LimitForTest makes a Set forget, and put fingerprints into files, as early as the numbers say.
func LimitForTest(s *Set, bytes, prints int) { s.limit, s.old.most = bytes, prints }
