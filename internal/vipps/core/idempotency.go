package vipps

import (
	"crypto/sha256"
	"maps"
	"slices"
	"strings"
)

// An answer is what an idempotency key has been answered with.
type answer struct {
	body  [sha256.Size]byte // of the request
	reply reply
}

// once serves a call that carries an idempotency key. The same key with the same
// body gets the first answer again; with another body it gets conflict. Keys
// count per operation and resource, so a key may be used again elsewhere. keep
// says which answers are remembered; an empty key remembers nothing.
func (s *Server) once(c *call, key string, keep func(status int) bool, conflict, do func() reply) reply {
	if key == "" {
		return do()
	}
	id := []string{c.operation, key}
	for _, name := range slices.Sorted(maps.Keys(c.params)) {
		id = append(id, c.params[name])
	}
	scope, sum := strings.Join(id, "\x00"), sha256.Sum256(c.body)
	if first, seen := s.answers[scope]; seen {
		if first.body != sum {
			return conflict()
		}
		return first.reply
	}
	rep := do()
	if keep(rep.status) {
		s.answers[scope] = answer{sum, rep}
	}
	return rep
}

func successes(status int) bool { return status < 300 }

func belowServerError(status int) bool { return status < 500 }
