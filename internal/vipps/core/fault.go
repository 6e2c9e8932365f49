package core

import (
	"math/big"
	"strings"

	"posthaste/internal/vipps/fault"
)

// ControlPath is where the simulator's own endpoints are, which Vipps does not have.
const ControlPath = "/__sim/"

// pickFault finds what goes wrong with a request. The simulator's own paths always work.
func (s *Server) pickFault(c *Call) (fault.Fault, bool) {
	if strings.HasPrefix(c.Path, ControlPath) {
		return fault.Fault{}, false
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.faults.Pick(c.Method, c.Path, s.chance)
}

// chance is true for percent of a hundred calls.
func (s *Server) chance(percent float64) bool {
	n := new(big.Int).SetBytes(s.Bytes(4)).Uint64()
	return float64(n) < percent/100*(1<<32)
}
