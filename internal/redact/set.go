// Package redact keeps secrets out of everything that a person or a file gets to see.
//
// A Set knows the secret values of a run and finds them in a text by value: as they are, and in whatever encodings the
// package decode can undo, nested. So no report can forget a field, and no encoding needs an entry in a list.
// Values are added while the run goes on; what is masked later is masked by all that is known by then.
package redact

import (
	"cmp"
	"hash/maphash"
	"iter"
	"strings"
	"sync"
	"sync/atomic"

	"posthaste/internal/secret/memo"
)

// Mask is what stands in the place of a secret.
const Mask = "******"

// Short is the length in bytes below which a secret is masked only where it is the whole value: masking
// every "abc" in a report would hide nothing and make it unreadable.
const Short = 6

// recent is how many bytes the met secrets may take before those that were not met again are forgotten but for a
// fingerprint: a run that logs in a million times must not grow by a million tokens.
const recent = 4 << 20

// A Set holds secrets. The zero Set is empty and ready; it is safe for concurrent use.
type Set struct {
	mu     sync.RWMutex
	known  map[string]*memory // by value
	needle needles
	kept   int // bytes that the needles had after the Set last forgot
	limit  int // in place of recent, for tests
	old    fingerprints
	told   []func(name, value string)
	before func()       // called before a secret becomes known; nil for nothing
	filled atomic.Bool  // there is something to look for: most texts of most runs are told apart by this alone
	count  atomic.Int64 // of secrets that have become known
	short  atomic.Bool  // there are values that are looked for only as a whole
	begins [256]bool    // what those begin with
	keyed  sync.Once
	key    maphash.Seed // of Alike, once keyed
	seen   memo.Memo[sight]
}

// A memory is what a Set remembers of a secret.
type memory struct {
	name   string
	pinned bool // for the run
	met    bool // since the Set last forgot
}

// Pin makes value a secret for as long as the Set lives, known under name in messages. It is for what the user
// declared: files, flags, vaults, credentials. It reports whether value was new. See Add for what can be no secret.
func (s *Set) Pin(name, value string) bool { return s.learn(name, value, true) }

// Add makes value a secret, known under name in messages. It is for what a run meets on its way: rows of data, tokens
// of responses. To add it again says that it is in use. A Set that holds some megabytes of such values keeps a
// fingerprint alone of those that were not added again for long; it finds them as words of twelve characters or more,
// and as whole values. Empty values, and values that are references to variables or plain words of protocols, are no
// secrets. It reports whether value was new.
func (s *Set) Add(name, value string) bool { return s.learn(name, value, false) }

// learn adds a secret and says whether it was new. A secret that contains a known one is also learnt as it looks with
// the known one masked, since that is how it was written before.
func (s *Set) learn(name, value string, pinned bool) bool {
	value = strings.TrimSpace(value)
	if !worthy(value) {
		return false
	}
	s.announce(value)
	s.mu.Lock()
	defer s.mu.Unlock()
	if old, ok := s.known[value]; ok {
		old.met, old.pinned = true, old.pinned || pinned
		return false
	}
	if s.known == nil {
		s.known = make(map[string]*memory)
	}
	s.known[value] = &memory{name: name, pinned: pinned, met: true}
	if len(value) < Short {
		s.begins[value[0]] = true
		s.short.Store(true)
	} else {
		before := s.needle.size
		if covered := s.look(value, nil, 0, Short, false); len(covered) > 0 {
			// What was written before has it with these masked.
			const rest = 4
			if masked := replace(value, joined(covered)); len(masked) >= len(Mask)+rest {
				s.known[masked] = &memory{name: name, pinned: pinned, met: true}
				s.needle.learn(masked)
			}
		}
		s.needle.learn(value)
		s.filled.Store(true)
		if pinned { // what is never forgotten is no reason to forget: many of them would be learnt over and over
			s.kept += s.needle.size - before
		}
	}
	for _, tell := range s.told {
		tell(name, value)
	}
	if s.needle.size-s.kept > cmp.Or(s.limit, recent) {
		s.forget()
	}
	s.count.Add(1)
	return true
}

// Before has f called before a value becomes secret, so that what was masked without it can be shown first. f may read the
// Set, and must not make anything known. It is called again when two goroutines make the same value known at once.
func (s *Set) Before(f func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.before = f
}

// announce calls what Before was given when value is no secret yet.
func (s *Set) announce(value string) {
	s.mu.RLock()
	before, known := s.before, true
	if before != nil {
		_, known = s.known[value]
	}
	s.mu.RUnlock()
	if !known {
		before()
	}
}

// Learned is how many secrets have become known so far. What was masked while it was the same needs not be masked again.
func (s *Set) Learned() int64 { return s.count.Load() }

// Alike is a number from 1 to 2^53-1, the same for the same text. It is made with a key of this Set, which is nowhere
// else, so nobody finds the text by trying.
func (s *Set) Alike(text string) int64 {
	s.keyed.Do(func() { s.key = maphash.MakeSeed() })
	return max(1, int64(maphash.String(s.key, text)>>11)) //nolint:gosec // 53 bits
}

// Tell calls f with each secret that is known and with each that becomes known, at once, while the Set is locked: f
// must not use the Set.
func (s *Set) Tell(f func(name, value string)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for value, one := range s.known {
		f(one.name, value)
	}
	s.told = append(s.told, f)
}

// forget drops the met secrets that were not met since it was last called, but for their fingerprints.
func (s *Set) forget() {
	s.needle = needles{}
	for value, one := range s.known {
		switch {
		case one.pinned || one.met:
			one.met = false
			if len(value) >= Short {
				s.needle.learn(value)
			}
		default:
			delete(s.known, value)
			s.old.add(value)
		}
	}
	s.kept = s.needle.size
}

// worthy reports whether a value can be a secret at all.
func worthy(value string) bool {
	const longestWord = 9
	if len(value) <= longestWord && plain(strings.ToLower(value)) {
		return false
	}
	reference := strings.HasPrefix(value, "{{") && strings.HasSuffix(value, "}}") && strings.Count(value, "{{") == 1
	return !reference
}

// plain reports whether a value in lower case says something that is never secret.
func plain(value string) bool {
	switch value {
	case "", "null", "nil", "none", "true", "false", "undefined", "nan", "yes", "no", "on", "off", "bearer", "basic", "digest",
		"0", "1", "-1", "{}", "[]", `""`, "''", Mask:
		return true
	}
	return false
}

// ShortNames returns the names whose values are masked only where they are a whole value.
func (s *Set) ShortNames() []string {
	s.mu.RLock()
	defer s.mu.RUnlock()
	var names []string
	for value, one := range s.known {
		if len(value) < Short {
			names = append(names, one.name)
		}
	}
	return names
}

// Known lists names and values of the secrets that are known in full.
func (s *Set) Known() iter.Seq2[string, string] {
	return func(yield func(name, value string) bool) {
		s.mu.RLock()
		defer s.mu.RUnlock()
		for value, one := range s.known {
			if !yield(one.name, value) {
				return
			}
		}
	}
}

// Keep lets the Set put fingerprints into a file when they would take more memory than they may. open makes it: a file
// that nobody else reads. The caller removes it when the Set is no longer used.
func (s *Set) Keep(open func() (File, error)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.old.open = open
}
