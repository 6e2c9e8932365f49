// Package vary makes responses that Vipps' OpenAPI files allow besides the usual ones: other statuses, optional fields
// that are missing or that are there, a field that nobody knows yet. A seed makes the same choices each time.
package vary

import (
	"bytes"
	"encoding/json"
	"math/rand/v2"
)

// A Source makes the choices. Nil never varies anything. It is not safe for concurrent use.
type Source struct {
	rng    *rand.Rand
	fields map[string][]field // by operation
	closed map[string]bool    // operations whose files allow no further fields
}

// New returns a source that a seed determines.
func New(seed uint64) *Source {
	fields, closed := table()
	return &Source{rand.New(rand.NewPCG(seed, 0x76617279)), fields, closed}
}

// Half is true about half of the time.
func (s *Source) Half() bool { return s != nil && s.rng.IntN(2) == 0 }

// One returns one of several texts.
func (s *Source) One(of ...string) string { return of[s.rng.IntN(len(of))] }

// third is true about every third time.
func (s *Source) third() bool { return s.rng.IntN(3) == 0 }

// Fields returns the body of an operation's successful response with other fields, about half of the time: optional ones
// are left out, others are there, and an object may have one that Vipps adds some day. What is not JSON stays as it is.
func (s *Source) Fields(operation string, body []byte) []byte {
	if !s.Half() {
		return body
	}
	d := json.NewDecoder(bytes.NewReader(body))
	d.UseNumber() // a reference of 19 digits keeps every digit
	var v any
	if d.Decode(&v) != nil || d.More() {
		return body
	}
	for _, f := range s.fields[operation] {
		switch {
		case !s.third():
		case f.value == nil:
			f.remove(v)
		default:
			f.add(v)
		}
	}
	if m, ok := v.(map[string]any); ok && !s.closed[operation] && s.Half() {
		m[Unknown] = map[string]any{"by": "Vipps"}
	}
	changed, err := json.Marshal(v)
	if err != nil {
		return body
	}
	return changed
}

// Unknown is the name of the field that Vipps may add some day.
const Unknown = "addedLater"
