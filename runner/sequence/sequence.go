// Package sequence puts what units that run at the same time tell into the order of a run of one after the other.
package sequence

import (
	"sync"

	"posthaste/runner/event"
)

// A Sequencer puts the events of units that run at the same time into the order of a sequential run: those of the
// first unfinished unit pass, those of later ones wait.
type Sequencer[E any] struct {
	mu      sync.Mutex
	moved   *sync.Cond // the head moved on
	pass    func(E)
	size    func(E) int // about how many bytes an event takes
	head    int         // the unit whose events pass
	waiting map[int]*waitingUnit[E]
	held    int // about how many bytes of events wait
}

// mostHeld is how many bytes of events may wait before units that are ahead wait as well: those of one slow unit
// in front of many quick ones must not fill the memory.
const mostHeld = 64 << 20

// A waitingUnit is what a later unit has emitted, and what is to happen when it was passed on.
type waitingUnit[E any] struct {
	events []E
	after  func() // nil while the unit runs
}

// New returns a Sequencer that hands events to pass, one at a time; size is about how many bytes one takes.
func New[E any](pass func(E), size func(E) int) *Sequencer[E] {
	s := &Sequencer[E]{pass: pass, size: size, waiting: map[int]*waitingUnit[E]{}}
	s.moved = sync.NewCond(&s.mu)
	return s
}

// Send hands on an event of a unit, or keeps it until it is the unit's turn.
func (s *Sequencer[E]) Send(unit int, e E) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if unit == s.head {
		s.pass(e)
		return
	}
	for s.held > mostHeld && unit != s.head {
		s.moved.Wait()
	}
	if unit == s.head {
		s.pass(e)
		return
	}
	w := s.unit(unit)
	w.events = append(w.events, e)
	s.held += s.size(e)
}

// Size is about how many bytes an event takes.
func Size(e event.Event) int {
	const plain, header = 256, 64
	switch e := e.(type) {
	case event.RequestSent:
		return plain + header*len(e.Request.Header) + len(e.Request.Body.Data)
	case event.ResponseReceived:
		return plain + header*(len(e.Request.Header)+len(e.Response.Header)) + len(e.Request.Body.Data) + len(e.Response.Body.Data)
	case event.Console:
		n := plain
		for _, text := range e.Args {
			n += len(text)
		}
		return n
	case event.Assertion:
		return 2*plain + len(e.Name) + errorSize(e.Error)
	case event.ScriptFinished:
		return plain + errorSize(e.Error)
	case event.Exception:
		return plain + errorSize(e.Error)
	case event.VariableSet:
		return plain + len(e.Value)
	}
	return plain
}

func errorSize(e *event.Error) int {
	if e == nil {
		return 0
	}
	return len(e.Message) + len(e.Expected) + len(e.Actual) + len(e.Detail) + len(e.Source) + len(e.Stack)
}

// Finish says that a unit emits nothing more. After is called when all its events have been passed on, in the
// order of the units.
func (s *Sequencer[E]) Finish(unit int, after func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.unit(unit).after = after
	for {
		w := s.waiting[s.head]
		if w == nil {
			return
		}
		for _, e := range w.events {
			s.pass(e)
			s.held -= s.size(e)
		}
		w.events = nil
		s.moved.Broadcast()
		if w.after == nil {
			return
		}
		w.after()
		delete(s.waiting, s.head)
		s.head++
		s.moved.Broadcast()
	}
}

// Wait returns when the unit is at most ahead units before the head, so that what waits stays bounded.
func (s *Sequencer[E]) Wait(unit, ahead int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for unit-s.head > ahead {
		s.moved.Wait()
	}
}

func (s *Sequencer[E]) unit(number int) *waitingUnit[E] {
	w := s.waiting[number]
	if w == nil {
		w = &waitingUnit[E]{}
		s.waiting[number] = w
	}
	return w
}
