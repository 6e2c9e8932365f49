package output

import (
	"fmt"
	"io"
	"runtime/debug"
	"sync"
	"time"

	"posthaste/runner/event"
	"posthaste/runner/sequence"
)

// A Queue hands the events of a run to its reports on a goroutine of its own, so that the run goes on meanwhile. The order
// stays, and what waits is bounded: a run waits for reports that are slower than itself. The zero Queue must not be used.
// It is safe for concurrent use, but what it hands events to must not use it.
type Queue struct {
	sink     func(event.Masked) error
	announce func(event.Masked)
	direct   bool

	mu      sync.Mutex
	moved   *sync.Cond // something was taken, or handed on
	waiting []queued
	size    int  // of waiting, in bytes, about
	idle    bool // the goroutine sleeps until it is called
	busy    bool // what was taken is being handed on
	begun   bool // the goroutine was started
	over    bool // it is to end
	ended   bool // it has
	hurry   int  // how many wait for all to be handed on
	err     error
	crash   *crash // of what events are handed to, until somebody has heard of it

	wake chan struct{} // has room for one
}

// A queued is an event that waits.
type queued struct {
	event.Masked
	announced bool // it is for those who watch
}

// How much may wait, and how long the goroutine rests after it has handed on what there was: to be woken for each event
// would take more than to hand it on. A single body that is larger than large is handed on at once, since it is held
// meanwhile.
const (
	mostQueued     = 512
	mostQueuedSize = 1 << 20
	large          = 256 << 10
	rest           = 2 * time.Millisecond
)

// NewQueue returns a queue before sink, and before announce, which may be nil.
func NewQueue(sink func(event.Masked) error, announce func(event.Masked)) *Queue {
	q := &Queue{sink: sink, announce: announce, wake: make(chan struct{}, 1)}
	q.moved = sync.NewCond(&q.mu)
	return q
}

// Sink takes an event and returns the first error of those that were handed on so far.
func (q *Queue) Sink(e event.Masked) error {
	if q.direct {
		return q.sink(e)
	}
	return q.put(queued{Masked: e})
}

// Direct has the queue hand each event on at once, where it comes from. It is called before the first.
func (q *Queue) Direct() { q.direct = true }

// Announcer is what takes events for those who watch, nil if nobody does.
func (q *Queue) Announcer() func(event.Masked) {
	if q.announce == nil {
		return nil
	}
	if q.direct {
		return q.announce
	}
	return func(e event.Masked) { _ = q.put(queued{e, true}) } // Sink tells the error
}

func (q *Queue) put(e queued) error {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.rethrow()
	if q.ended {
		return q.err
	}
	if !q.begun {
		q.begun, q.idle = true, true
		go q.work()
	}
	q.waiting = append(q.waiting, e)
	size := sequence.Size(e.Event())
	if e, ok := e.Event().(event.ResponseReceived); ok {
		size = max(size, int(e.Response.Body.Size)) // the rest of it is held as well
	}
	q.size += size
	if q.idle {
		q.idle = false
		q.call()
	}
	if size > large {
		q.drained()
	}
	for len(q.waiting) >= mostQueued || q.size > mostQueuedSize {
		q.hurry++
		q.call()
		q.moved.Wait()
		q.hurry--
	}
	return q.err
}

// call wakes the goroutine, if it sleeps.
func (q *Queue) call() {
	select {
	case q.wake <- struct{}{}:
	default:
	}
}

// Drain returns when all events are handed on, with the first error.
func (q *Queue) Drain() error {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.drained()
	q.rethrow()
	return q.err
}

// drained waits until all events are handed on. The caller holds the lock.
func (q *Queue) drained() {
	q.hurry++
	for q.busy || len(q.waiting) > 0 {
		q.call()
		q.moved.Wait()
	}
	q.hurry--
}

// Close hands on what waits and ends the goroutine.
func (q *Queue) Close() {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.over = true
	for q.begun && !q.ended {
		q.call()
		q.moved.Wait()
	}
	q.ended = true
	q.rethrow()
}

// work hands on what waits, in turns, until the queue is closed.
func (q *Queue) work() {
	var spare []queued
	pause := time.NewTimer(rest)
	defer pause.Stop()
	for {
		<-q.wake
		for {
			batch, end := q.take(spare)
			if end {
				return
			}
			if len(batch) == 0 {
				break
			}
			q.hand(batch)
			clear(batch)
			spare = batch[:0]
			if q.handed() {
				continue
			}
			pause.Reset(rest)
			select {
			case <-pause.C:
			case <-q.wake:
			}
		}
	}
}

// take returns what waits, and whether there is to be nothing more. What comes next is gathered in spare.
func (q *Queue) take(spare []queued) (batch []queued, end bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if len(q.waiting) == 0 {
		q.ended, q.idle = q.over, true
		q.moved.Broadcast()
		return nil, q.ended
	}
	batch, q.waiting, q.size, q.busy = q.waiting, spare, 0, true
	q.moved.Broadcast()
	return batch, false
}

// handed notes that what was taken is handed on, and reports whether somebody waits for more.
func (q *Queue) handed() bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.busy = false
	q.moved.Broadcast()
	return q.hurry > 0 || q.over
}

// hand hands events on. After a crash nobody hears of the rest.
func (q *Queue) hand(batch []queued) {
	defer func() {
		if x := recover(); x != nil {
			q.mu.Lock()
			q.crash = &crash{x, debug.Stack()}
			q.sink, q.announce = func(event.Masked) error { return nil }, func(event.Masked) {}
			q.mu.Unlock()
		}
	}()
	for i := range batch {
		if batch[i].announced {
			q.announce(batch[i].Masked)
			continue
		}
		if err := q.sink(batch[i].Masked); err != nil {
			q.mu.Lock()
			if q.err == nil {
				q.err = err
			}
			q.mu.Unlock()
		}
	}
}

// A crash is a panic that is to go on where the run is.
type crash struct {
	value any
	stack []byte
}

// Error is what is printed of it.
func (c *crash) Error() string { return fmt.Sprintf("%v\n\n%s", c.value, c.stack) }

// rethrow goes on with a panic of what events are handed to, as if it had been called at once. The caller holds the lock.
func (q *Queue) rethrow() {
	if c := q.crash; c != nil {
		q.crash = nil
		panic(c)
	}
}

// Before returns a writer that lets the reports write first what there is to say.
func (q *Queue) Before(w io.Writer) io.Writer { return afterReports{q, w} }

// An afterReports writes what has to stand behind what the reports have to say by then.
type afterReports struct {
	q *Queue
	w io.Writer
}

// Write waits for the reports and writes p. Only the error of writing p comes back.
func (a afterReports) Write(p []byte) (int, error) {
	_ = a.q.Drain() // Sink tells the error
	return a.w.Write(p)
}
