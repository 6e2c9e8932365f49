package vipps

import (
	"slices"
	"time"
)

// The agenda holds what happens by itself as time passes: payments expire,
// charges fall due, webhooks are tried again. It is looked at before each request,
// when the control endpoint moves the clock, and by a timer while there is
// somebody to be told.

// An appointment is something to do once a moment has come. do gets the present,
// which may be later.
type appointment struct {
	at time.Time
	do func(now time.Time)
}

// The timer looks at the agenda no oftener and no more seldom than this. A clock
// that was moved, or stands still, is thereby noticed too.
const (
	soonest = 50 * time.Millisecond
	latest  = time.Minute
)

// later adds to the agenda. The caller holds the lock.
func (s *Server) later(at time.Time, do func(now time.Time)) {
	i, _ := slices.BinarySearchFunc(s.agenda, at, func(a appointment, at time.Time) int {
		if a.at.After(at) {
			return 1
		}
		return -1 // equal moments stay in the order in which they came
	})
	s.agenda = slices.Insert(s.agenda, i, appointment{at, do})
}

// tick does what is due. The caller holds the lock.
func (s *Server) tick(now time.Time) {
	for len(s.agenda) > 0 && !s.agenda[0].at.After(now) {
		next := s.agenda[0]
		s.agenda = s.agenda[1:]
		next.do(now)
	}
}

// arm sets the timer for the next appointment, when a client could be told of it.
// The caller holds the lock.
func (s *Server) arm() {
	if s.client == nil || s.closed || len(s.agenda) == 0 {
		return
	}
	wait := min(max(s.agenda[0].at.Sub(s.now()), soonest), latest)
	if s.timer == nil {
		s.timer = time.AfterFunc(wait, s.wake)
		return
	}
	s.timer.Reset(wait)
}

func (s *Server) wake() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.closed {
		s.tick(s.now().UTC())
		s.arm()
	}
}

// Close stops whatever the server sends and waits until it has stopped. The server
// answers on, and sends nothing more. Close may be called twice.
func (s *Server) Close() {
	s.mu.Lock()
	s.closed = true
	if s.timer != nil {
		s.timer.Stop()
	}
	s.mu.Unlock()
	s.stop()
	s.flight.Wait()
}
