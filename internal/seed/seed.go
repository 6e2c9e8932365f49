// Package seed makes the sources of a run that can be repeated: randomness from a number, and a clock that stands
// still.
package seed

import (
	"crypto/sha256"
	"encoding/binary"
	"io"
	"math/rand/v2"
	"sync"
	"time"
)

// Reader returns an endless source of bytes that a seed and a label determine. The label keeps users apart: what
// one reads does not change what another gets, so that scripts see the same numbers however many requests are
// sent between them. The source is safe for concurrent use; it is predictable and no source of keys.
func Reader(n int64, label string) io.Reader {
	var b [8]byte
	binary.LittleEndian.PutUint64(b[:], uint64(n))
	return &reader{source: rand.NewChaCha8(sha256.Sum256(append(b[:], label...)))}
}

type reader struct {
	mu     sync.Mutex
	source *rand.ChaCha8
}

// Read fills p; it never fails.
func (r *reader) Read(p []byte) (int, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.source.Read(p)
}

// Clock returns a clock that always shows t.
func Clock(t time.Time) func() time.Time { return func() time.Time { return t } }

// ParseTime reads the value of --now: a moment of RFC 3339, one without a zone or a date (UTC), or seconds since 1970.
func ParseTime(s string) (time.Time, error) {
	for _, layout := range []string{time.RFC3339Nano, "2006-01-02T15:04:05", time.DateOnly} {
		if t, err := time.Parse(layout, s); err == nil {
			return t, nil
		}
	}
	return parseSeconds(s)
}
