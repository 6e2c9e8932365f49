package core

import (
	"slices"
	"time"
)

// The schedule holds what happens by itself as time passes: payments expire,
// charges fall due, webhooks are tried again. It is looked at before each request,
// when the clock is moved, and by a timer while there is somebody to be told.

// A task is something to do once its time has come. do gets the present, which may
// be later.
type task struct {
	at time.Time
	do func(now time.Time)
}

// The timer looks at the schedule at least and at most this often, so that it also
// notices a clock that was moved or stands still.
const (
	shortestWait = 50 * time.Millisecond
	longestWait  = time.Minute
)

// Schedule lets do be called once the time has come. Tasks of the same time run in
// the order in which they were scheduled.
func (s *Server) Schedule(at time.Time, do func(now time.Time)) {
	i, _ := slices.BinarySearchFunc(s.schedule, at, func(t task, at time.Time) int {
		if t.at.After(at) {
			return 1
		}
		return -1 // equal times stay in order
	})
	s.schedule = slices.Insert(s.schedule, i, task{at, do})
}

// runDue runs the tasks whose time has come.
func (s *Server) runDue(now time.Time) {
	for len(s.schedule) > 0 && !s.schedule[0].at.After(now) {
		next := s.schedule[0]
		s.schedule = s.schedule[1:]
		next.do(now)
	}
}

// setTimer sets the timer for the next task, when a client could be told of it.
func (s *Server) setTimer() {
	if !s.CanSend() || len(s.schedule) == 0 {
		return
	}
	wait := min(max(s.schedule[0].at.Sub(s.Now()), shortestWait), longestWait)
	if s.timer == nil {
		s.timer = time.AfterFunc(wait, s.wake)
		return
	}
	s.timer.Reset(wait)
}

// wake runs what is due and sets the timer for the next. After Close nothing runs any more.
func (s *Server) wake() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.closed {
		s.runDue(s.Now().UTC())
		s.setTimer()
	}
}

// Close stops whatever the server sends and waits until it has stopped. The server
// still answers requests, and sends nothing more. Close may be called twice.
func (s *Server) Close() {
	s.mu.Lock()
	s.closed = true
	if s.timer != nil {
		s.timer.Stop()
	}
	s.mu.Unlock()
	s.stop()
	s.inFlight.Wait()
}

// WaitForDeliveries waits until nothing is being sent. The lock is not held.
func (s *Server) WaitForDeliveries() { s.inFlight.Wait() }
