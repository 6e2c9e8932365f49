// Package memo remembers what texts gave that come again and again, within a bound of memory.
//
// It makes masking affordable: the same header lines and bodies come thousands of times in a run. It never grows: a text that comes takes the place of one that did not come lately.
package memo

import (
	"hash/maphash"
	"strings"
	"sync"
)

// Longest is the length in bytes of the longest text that is remembered, its name included.
const Longest = 2 << 10

// A Memo remembers values by texts, which may have names. Each text has one place of two: what comes later takes that of
// the two that was not asked for last. A text is remembered from the second time on, because many come only once. The
// zero Memo is empty and ready; it is safe for concurrent use.
type Memo[V any] struct {
	mu      sync.Mutex
	seed    maphash.Seed
	once    []uint32      // parts of the hashes of texts that came once; nil before the first
	buckets [][2]entry[V] // nil before one comes for the second time
}

type entry[V any] struct {
	hash       uint64 // 0 for none
	name, text string
	value      V
}

const (
	places = 512 // of two entries each
	slots  = 4 * 1024
)

// Get returns the value of a text.
func (m *Memo[V]) Get(name, text string) (value V, ok bool) {
	if len(name)+len(text) > Longest {
		return value, false
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.buckets == nil {
		return value, false
	}
	hash := m.hash(name, text)
	bucket := &m.buckets[hash%places]
	for i := range bucket {
		if e := &bucket[i]; e.hash == hash && e.text == text && e.name == name {
			if i > 0 {
				bucket[0], bucket[1] = bucket[1], bucket[0]
			}
			return bucket[0].value, true
		}
	}
	return value, false
}

// Put remembers the value of a text, which it copies. The value must not hold much more memory than the text.
func (m *Memo[V]) Put(name, text string, value V) {
	if len(name)+len(text) > Longest {
		return
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.once == nil {
		m.seed, m.once = maphash.MakeSeed(), make([]uint32, slots)
	}
	hash := m.hash(name, text)
	if m.buckets != nil {
		bucket := &m.buckets[hash%places]
		for i := range bucket {
			if e := &bucket[i]; e.hash == hash && e.text == text && e.name == name {
				e.value = value
				return
			}
		}
	}
	const upper = 32
	if slot := &m.once[hash%slots]; *slot != uint32(hash>>upper) { //nolint:gosec // a part of the hash
		*slot = uint32(hash >> upper) //nolint:gosec // the same
		return
	}
	if m.buckets == nil {
		m.buckets = make([][2]entry[V], places)
	}
	bucket := &m.buckets[hash%places]
	bucket[1] = entry[V]{hash, strings.Clone(name), strings.Clone(text), value}
}

// hash is never 0, which marks a free slot.
func (m *Memo[V]) hash(name, text string) uint64 {
	hash := maphash.String(m.seed, text)
	if name != "" {
		hash ^= maphash.String(m.seed, name) * 3 // so that a name and a text can change places
	}
	return max(hash, 1)
}
