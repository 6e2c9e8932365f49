package runner

import (
	"sync"

	"posthaste/runner/event"
)

// lanes put the events of units that run at the same time into the order of a sequential run: those of the
// first unfinished unit pass, those of later ones wait.
type lanes[E any] struct {
	mu      sync.Mutex
	moved   *sync.Cond // the head moved on
	pass    func(E)
	size    func(E) int // about how many bytes an event takes
	head    int         // the unit whose events pass
	waiting map[int]*lane[E]
	held    int // about how many bytes of events wait
}

// mostHeld is how many bytes of events may wait before units that are ahead wait as well: those of one slow unit
// in front of many quick ones must not fill the memory.
const mostHeld = 64 << 20

// A lane is what a later unit has emitted, and what is to happen when it was passed on.
type lane[E any] struct {
	events []E
	after  func() // nil while the unit runs
}

func newLanes[E any](pass func(E), size func(E) int) *lanes[E] {
	l := &lanes[E]{pass: pass, size: size, waiting: map[int]*lane[E]{}}
	l.moved = sync.NewCond(&l.mu)
	return l
}

// send hands on an event of a unit, or keeps it until it is the unit's turn.
func (l *lanes[E]) send(unit int, e E) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if unit == l.head {
		l.pass(e)
		return
	}
	for l.held > mostHeld && unit != l.head {
		l.moved.Wait()
	}
	if unit == l.head {
		l.pass(e)
		return
	}
	w := l.lane(unit)
	w.events = append(w.events, e)
	l.held += l.size(e)
}

// size is about how many bytes an event takes.
func size(e event.Event) int {
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

// finish says that a unit emits nothing more. After is called when all its events have been passed on, in the
// order of the units.
func (l *lanes[E]) finish(unit int, after func()) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.lane(unit).after = after
	for {
		w := l.waiting[l.head]
		if w == nil {
			return
		}
		for _, e := range w.events {
			l.pass(e)
			l.held -= l.size(e)
		}
		w.events = nil
		l.moved.Broadcast()
		if w.after == nil {
			return
		}
		w.after()
		delete(l.waiting, l.head)
		l.head++
		l.moved.Broadcast()
	}
}

// wait returns when the unit is at most ahead units before the head, so that what waits stays bounded.
func (l *lanes[E]) wait(unit, ahead int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for unit-l.head > ahead {
		l.moved.Wait()
	}
}

func (l *lanes[E]) lane(unit int) *lane[E] {
	w := l.waiting[unit]
	if w == nil {
		w = &lane[E]{}
		l.waiting[unit] = w
	}
	return w
}
