package cli

import (
	"crypto/sha256"
	"encoding/binary"
	"io"
	"math/rand/v2"
	"strconv"
	"sync"
	"time"
)

// A seeded source of bytes is the same in every run with the same seed. It is no source of secrets.
type seeded struct {
	mu sync.Mutex
	r  *rand.ChaCha8
}

// newSeeded reads --seed.
func newSeeded(text string) (io.Reader, error) {
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		return nil, usage("such as --seed 42", "--seed %s is no whole number", text)
	}
	var key [8]byte
	binary.LittleEndian.PutUint64(key[:], uint64(n))
	return &seeded{r: rand.NewChaCha8(sha256.Sum256(key[:]))}, nil
}

// Read fills p.
func (s *seeded) Read(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.r.Read(p)
}

// parseNow reads --now: a moment of RFC 3339, a date, or seconds since 1970.
func parseNow(text string) (time.Time, error) {
	for _, layout := range []string{time.RFC3339Nano, "2006-01-02T15:04:05", time.DateOnly} {
		if at, err := time.Parse(layout, text); err == nil {
			return at, nil
		}
	}
	if seconds, err := strconv.ParseInt(text, 10, 64); err == nil {
		return time.Unix(seconds, 0).UTC(), nil
	}
	return time.Time{}, usage("such as --now 2026-11-22T12:00:00Z", "--now %s is no moment", text)
}
