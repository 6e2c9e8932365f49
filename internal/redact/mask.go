package redact

import "strings"

// listed is Mask as the list of its bytes: a list of numbers stays one.
const listed = "42,42,42,42,42,42"

// Mask returns one whole string value with its secrets replaced: a value that is a short secret, and every secret in
// it in any encoding. What holds none comes back as it is, at the cost of a look at some of its bytes. It is safe for
// concurrent use, also with Add and Pin.
func (s *Set) Mask(value string) string {
	if s == nil {
		return value
	}
	if s.short.Load() && s.isShort(value) {
		return Mask
	}
	return s.Text(value)
}

// isShort reports whether value is, but for blanks around it, a secret that is masked only as a whole.
func (s *Set) isShort(value string) bool {
	const widest = 64
	if len(value) > widest {
		return false
	}
	value = strings.TrimSpace(value)
	if len(value) >= Short {
		return false
	}
	s.mu.RLock()
	defer s.mu.RUnlock()
	_, known := s.known[value]
	return known
}

// Text is Mask for a text that is no whole value: short secrets stay, but where they are a whole value in it, such as a
// member of JSON.
func (s *Set) Text(text string) string {
	if s == nil || len(text) < 2 || !s.filled.Load() && !s.short.Load() {
		return text
	}
	if masked, ok := s.recall(text); ok {
		return masked
	}
	s.mu.RLock()
	defer s.mu.RUnlock()
	masked := s.plain(text)
	s.remember(text, masked)
	return masked
}

// plain is Text without a memory. The caller holds the lock.
func (s *Set) plain(text string) string {
	if spans := s.scan(text); len(spans) > 0 {
		return replace(text, spans)
	}
	return text
}

// Bytes is Text for bytes. Data without secrets comes back as it is, not copied.
func (s *Set) Bytes(data []byte) []byte {
	if s == nil || len(data) < 2 || !s.filled.Load() && !s.short.Load() {
		return data
	}
	text := string(data)
	if masked := s.Text(text); masked != text {
		return []byte(masked)
	}
	return data
}

// replace puts the mask in the place of each span. Spans are sorted and do not overlap.
func replace(text string, spans []span) string {
	var b strings.Builder
	done := 0
	for _, one := range spans {
		b.WriteString(text[done:one.from])
		if one.list {
			b.WriteString(listed)
		} else {
			b.WriteString(one.quote + Mask + one.quote)
		}
		done = one.to
	}
	b.WriteString(text[done:])
	return b.String()
}
