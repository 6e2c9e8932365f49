package core

import (
	"time"
)

// Now is the time of the simulation. It needs no lock.
func (s *Server) Now() time.Time { return s.clock().Add(time.Duration(s.offset.Load())) }

// Advance moves the clock forward and does what becomes due. It reports false, and
// does nothing, for a step backwards or one of centuries.
func (s *Server) Advance(by time.Duration) bool {
	if by < 0 || time.Duration(s.offset.Load())+by < 0 { // the sum of 292 years turns around
		return false
	}
	s.offset.Add(int64(by))
	s.runDue(s.Now().UTC())
	return true
}

// How long Vipps gives the user and the merchant.
const (
	LandingLife   = 5 * time.Minute      // of the link to the landing page
	DecisionLife  = 10 * time.Minute     // to approve a payment or an agreement
	CaptureWithin = 180 * 24 * time.Hour // after the reservation
	RefundWithin  = 365 * 24 * time.Hour // after the last capture
)
