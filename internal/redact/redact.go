// Package redact keeps secrets out of everything that a person or a file gets to see.
//
// A Set knows the secret values of a run and every form in which they may stand in a text: as they are,
// escaped for JSON, XML and URLs, in base64. It masks by value, so no report can forget a field.
// Values are added while the run goes on; what is masked later is masked by all that is known by then.
package redact

import (
	"cmp"
	"strings"
	"sync"
	"sync/atomic"
)

// Mask is what stands in the place of a secret.
const Mask = "******"

// Short is the length in bytes below which a secret is masked only where it is the whole value: masking
// every "abc" in a report would hide nothing and make it unreadable.
const Short = 6

// recent is how many bytes the forms of secrets may take before those that were not met again are forgotten: a run
// that logs in a million times must not grow by a million tokens. Masked is what is met while it is in use, so what
// was forgotten would have to turn up again long after.
const recent = 4 << 20

// A Set holds secrets. The zero Set is empty and ready; it is safe for concurrent use.
type Set struct {
	mu     sync.RWMutex
	known  map[string]*memory // by value
	short  map[string]string  // names, by value
	table  table
	kept   int         // bytes that the table had after it last forgot
	limit  int         // in place of recent, for tests
	filled atomic.Bool // the table has a needle: most texts of most runs are told apart by this alone
}

// A memory is what a Set remembers of a secret.
type memory struct {
	name string
	met  bool // since the Set last forgot
}

// Add makes value a secret, known under name in messages. Empty values, and values that are placeholders
// or plain words of protocols, are no secrets. It tells whether value was new. A Set that holds many megabytes
// forgets those that were not added again for long.
func (s *Set) Add(name, value string) bool {
	value = strings.TrimSpace(value)
	if !worthy(value) {
		return false
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if old, ok := s.known[value]; ok {
		old.met = true
		return false
	}
	if s.known == nil {
		s.known, s.short = make(map[string]*memory), make(map[string]string)
	}
	s.known[value] = &memory{name: name, met: true}
	if len(value) < Short {
		s.short[value] = name
		return true
	}
	s.learn(value)
	if s.table.size-s.kept > cmp.Or(s.limit, recent) {
		s.forget()
	}
	return true
}

func (s *Set) learn(value string) {
	for _, n := range forms(value) {
		s.table.add(n)
	}
	s.filled.Store(true)
}

// forget drops the secrets that were not met since it was last called.
func (s *Set) forget() {
	s.table = table{}
	for value, one := range s.known {
		switch {
		case len(value) < Short: // they take no room in the table, and are few
		case !one.met:
			delete(s.known, value)
		default:
			one.met = false
			s.learn(value)
		}
	}
	s.kept = s.table.size
}

// worthy tells whether a value can be a secret at all.
func worthy(value string) bool {
	switch len(value) {
	case 0, 1, 4, 5, 6, 9:
		switch strings.ToLower(value) {
		case "", "null", "true", "false", "undefined", "bearer", "basic", "0", "1":
			return false
		}
	}
	if strings.HasPrefix(value, "<") || strings.HasPrefix(value, "{{") && strings.HasSuffix(value, "}}") {
		return false // an unfilled placeholder is for people to read
	}
	return true
}

// Text returns text with every secret replaced by Mask.
func (s *Set) Text(text string) string {
	if s == nil || len(text) < Short || !s.filled.Load() {
		return text
	}
	s.mu.RLock()
	defer s.mu.RUnlock()
	i := s.table.first(text, 0)
	if i < 0 {
		return text
	}
	return s.table.mask(text, i)
}

// Value is Text for a text that is one whole value: there short secrets are masked too.
func (s *Set) Value(text string) string {
	if s == nil {
		return text
	}
	if len(text) < Short {
		s.mu.RLock()
		defer s.mu.RUnlock()
		if _, short := s.short[text]; short {
			return Mask
		}
		return text
	}
	return s.Text(text)
}

// Bytes is Text for bytes. Data without secrets comes back as it is, not copied.
func (s *Set) Bytes(data []byte) []byte {
	if s == nil || len(data) < Short || !s.filled.Load() {
		return data
	}
	text := string(data)
	s.mu.RLock()
	defer s.mu.RUnlock()
	i := s.table.first(text, 0)
	if i < 0 {
		return data
	}
	return []byte(s.table.mask(text, i))
}

// ShortNames returns the names whose values are masked only where they are a whole value.
func (s *Set) ShortNames() []string {
	s.mu.RLock()
	defer s.mu.RUnlock()
	var names []string
	for _, name := range s.short {
		names = append(names, name)
	}
	return names
}

// Found returns the name of the first secret that stands in data in any of its forms, and false when
// there is none. It is how a run checks its own outputs.
func (s *Set) Found(data []byte) (name string, ok bool) {
	text := string(data)
	s.mu.RLock()
	defer s.mu.RUnlock()
	i := s.table.first(text, 0)
	if i < 0 {
		return "", false
	}
	_, origin := s.table.match(text[i:])
	return s.known[origin].name, true
}
