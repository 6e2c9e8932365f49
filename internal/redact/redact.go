// Package redact keeps secrets out of everything that a person or a file gets to see.
//
// A Set knows the secret values of a run and every form in which they may stand in a text: as they are,
// escaped for JSON, XML and URLs, in base64. It masks by value, so no report can forget a field.
// Values are added while the run goes on; what is masked later is masked by all that is known by then.
package redact

import (
	"strings"
	"sync"
	"sync/atomic"
)

// Mask is what stands in the place of a secret.
const Mask = "******"

// Short is the length in bytes below which a secret is masked only where it is the whole value: masking
// every "abc" in a report would hide nothing and make it unreadable.
const Short = 6

// A Set holds secrets. The zero Set is empty and ready; it is safe for concurrent use.
type Set struct {
	mu    sync.Mutex
	known map[string]string // by value: the name it was first added under
	short map[string]string
	table atomic.Pointer[table] // what Text reads, without a lock
}

// Add makes value a secret, known under name in messages. Empty values, and values that are placeholders
// or plain words of protocols, are no secrets. It tells whether value was new.
func (s *Set) Add(name, value string) bool {
	value = strings.TrimSpace(value)
	if !worthy(value) {
		return false
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if _, ok := s.known[value]; ok {
		return false
	}
	if s.known == nil {
		s.known, s.short = make(map[string]string), make(map[string]string)
	}
	s.known[value] = name
	if len(value) < Short {
		s.short[value] = name
		return true
	}
	s.table.Store(s.table.Load().with(forms(value)))
	return true
}

// worthy tells whether a value can be a secret at all.
func worthy(value string) bool {
	switch strings.ToLower(value) {
	case "", "null", "true", "false", "undefined", "bearer", "basic", "0", "1":
		return false
	}
	if strings.HasPrefix(value, "<") || strings.HasPrefix(value, "{{") && strings.HasSuffix(value, "}}") {
		return false // an unfilled placeholder is for people to read
	}
	return true
}

// Text returns text with every secret replaced by Mask.
func (s *Set) Text(text string) string {
	if s == nil {
		return text
	}
	t := s.table.Load()
	if t == nil {
		return text
	}
	return t.mask(text)
}

// Value is Text for a text that is one whole value: there short secrets are masked too.
func (s *Set) Value(text string) string {
	if s == nil {
		return text
	}
	s.mu.Lock()
	_, short := s.short[text]
	s.mu.Unlock()
	if short {
		return Mask
	}
	return s.Text(text)
}

// Bytes is Text for bytes. Data without secrets comes back as it is, not copied.
func (s *Set) Bytes(data []byte) []byte {
	if s == nil {
		return data
	}
	t := s.table.Load()
	if t == nil || t.first(data, 0) < 0 {
		return data
	}
	return []byte(t.mask(string(data)))
}

// ShortNames returns the names whose values are masked only where they are a whole value.
func (s *Set) ShortNames() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	var names []string
	for _, name := range s.short {
		names = append(names, name)
	}
	return names
}

// Found returns the name of the first secret that stands in data in any of its forms, and false when
// there is none. It is how a run checks its own outputs.
func (s *Set) Found(data []byte) (name string, ok bool) {
	t := s.table.Load()
	if t == nil {
		return "", false
	}
	i := t.first(data, 0)
	if i < 0 {
		return "", false
	}
	_, origin := t.match(string(data[i:min(len(data), i+t.longest)]))
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.known[origin], true
}
