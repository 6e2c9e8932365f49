package core

import (
	"crypto/sha256"
	"maps"
	"slices"
	"strings"

	"posthaste/internal/vipps/response"
)

// answered is how an idempotency key was answered the first time.
type answered struct {
	body     [sha256.Size]byte // of the request
	response response.Response
}

// Once serves a call that carries an idempotency key. The same key with the same
// body gets the first response again; with another body it gets conflict. Keys
// count per operation and resource, so a key may be used again elsewhere. keep
// says which responses are remembered; an empty key remembers nothing.
func (s *Server) Once(c *Call, key string, keep func(status int) bool, conflict, do func() response.Response) response.Response {
	if key == "" {
		return do()
	}
	id := []string{c.Operation, key}
	for _, name := range slices.Sorted(maps.Keys(c.Params)) {
		id = append(id, c.Params[name])
	}
	scope, sum := strings.Join(id, "\x00"), sha256.Sum256(c.Body)
	if first, seen := s.answered[scope]; seen {
		if first.body != sum {
			return conflict()
		}
		return first.response
	}
	resp := do()
	if keep(resp.Status) {
		s.answered[scope] = answered{sum, resp}
	}
	return resp
}

// Successes lets Once remember what succeeded, so that a refused call can be
// corrected and sent again.
func Successes(status int) bool { return status < 300 }

// BelowServerError lets Once remember refusals too.
func BelowServerError(status int) bool { return status < 500 }
