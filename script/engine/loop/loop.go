// Package loop is the event loop of one script: timers, completions of work done elsewhere and promise reactions.
//
// It belongs to the goroutine of the script. Other goroutines hand their results in by Post; nothing else is safe for
// them.
package loop

import (
	"container/heap"
	"context"
	"sync"
	"time"

	"github.com/dop251/goja"

	"posthaste/script/quota"
)

// tick is the resolution of timers: a timer that is due within it runs at once. Node gives setTimeout(f, 0)
// one millisecond, and a script that yields a thousand times need not wait a second for it.
const tick = time.Millisecond

// A Loop runs what a script left for later: timers, completions of work done elsewhere, promise reactions.
// It serves one script. All methods but Post belong to the goroutine that runs the script.
type Loop struct {
	Account *quota.Account // of the script, which is told for how much it waits; may be nil

	clock   Clock
	timers  timerHeap
	live    map[int64]*timer
	lastID  int64
	seq     uint64
	pending int // completions that are still to be posted

	mu     sync.Mutex
	posted []func() error
	closed bool
	wake   chan struct{} // nil before Begin
}

type timer struct {
	id     int64
	due    time.Time
	seq    uint64
	every  time.Duration // 0: once
	fn     func() error
	index  int
	active bool
}

// New returns a loop without work.
func New(clock Clock) *Loop {
	return &Loop{clock: clock.Filled()}
}

// Next returns the loop of the next script: the same one where no other goroutine can know it.
func (l *Loop) Next() *Loop {
	if l.wake != nil {
		return New(l.clock)
	}
	*l = Loop{clock: l.clock}
	return l
}

// Begin says that one Post will come. A loop with work begun is not idle.
func (l *Loop) Begin() {
	if l.wake == nil {
		l.wake = make(chan struct{}, 1)
	}
	l.pending++
	l.Account.Wait(1)
}

// Post hands over the completion of work that Begin announced; fn runs on the loop's goroutine. Post may be
// called from any goroutine, once for each Begin. After the loop was closed it does nothing.
func (l *Loop) Post(fn func() error) {
	l.mu.Lock()
	if !l.closed {
		l.posted = append(l.posted, fn)
	}
	l.mu.Unlock()
	select {
	case l.wake <- struct{}{}:
	default:
	}
}

// SetTimer arranges for fn after d, again and again where repeat is set, and returns its id.
// Ids count from 1 in each script (newman: timers.js).
func (l *Loop) SetTimer(fn func() error, d time.Duration, repeat bool) int64 {
	if d < tick {
		d = tick
	}
	l.lastID++
	t := &timer{id: l.lastID, fn: fn, active: true}
	if repeat {
		t.every = d
	}
	l.arm(t, d)
	return t.id
}

// SetImmediate arranges for fn before any timer that is not yet due.
func (l *Loop) SetImmediate(fn func() error) int64 {
	l.lastID++
	t := &timer{id: l.lastID, fn: fn, active: true}
	l.arm(t, 0)
	return t.id
}

// arm sets a timer. Timers that are due at the same time run in the order in which they were set.
func (l *Loop) arm(t *timer, d time.Duration) {
	l.seq++
	t.seq, t.due = l.seq, l.clock.Now().Add(d)
	if l.live == nil {
		l.live = map[int64]*timer{}
	}
	l.live[t.id] = t
	heap.Push(&l.timers, t)
}

// ClearTimer forgets the timer of that id; an unknown id is no error.
func (l *Loop) ClearTimer(id int64) {
	t, ok := l.live[id]
	if !ok {
		return
	}
	delete(l.live, id)
	if t.active = false; t.index >= 0 {
		heap.Remove(&l.timers, t.index)
	}
}

// Idle says that nothing is left to wait for.
func (l *Loop) Idle() bool { return l.pending == 0 && len(l.live) == 0 }

// Close drops all timers and completions, those to come included.
func (l *Loop) Close() {
	l.mu.Lock()
	l.closed, l.posted = true, nil
	l.mu.Unlock()
	l.timers, l.live, l.pending = nil, nil, 0
}

// Turn runs what is due now, or waits for something to become due and runs that. each is called with every
// piece of work and must call it. Turn returns ctx's error when ctx ends first. The loop must not be idle.
func (l *Loop) Turn(ctx context.Context, each func(work func() error)) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if l.runPosted(each) {
		return nil
	}
	var fired <-chan time.Time
	if len(l.timers) > 0 {
		wait := l.timers[0].due.Sub(l.clock.Now())
		if wait <= tick {
			l.fire(each)
			return nil
		}
		c, stop := l.clock.After(wait)
		defer stop()
		fired = c
	}
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-l.wake:
		if err := ctx.Err(); err != nil { // what was posted may have failed for that alone
			return err
		}
		l.runPosted(each)
	case <-fired:
		l.fire(each)
	}
	return nil
}

// runPosted runs what other goroutines handed in. It takes the whole batch out first: what runs may hand in more.
func (l *Loop) runPosted(each func(func() error)) bool {
	l.mu.Lock()
	batch := l.posted
	l.posted = nil
	l.mu.Unlock()
	for _, fn := range batch {
		l.pending--
		l.Account.Wait(-1)
		each(fn)
	}
	return len(batch) > 0
}

// fire runs the timer that is due first.
func (l *Loop) fire(each func(func() error)) {
	if len(l.timers) == 0 {
		return
	}
	t := heap.Pop(&l.timers).(*timer)
	if t.every > 0 {
		l.arm(t, t.every)
	} else {
		delete(l.live, t.id)
	}
	each(t.fn)
}

// timerHeap orders timers by due time, then by the order they were set in.
type timerHeap []*timer

func (h timerHeap) Len() int { return len(h) }

func (h timerHeap) Less(i, j int) bool {
	if h[i].due.Equal(h[j].due) {
		return h[i].seq < h[j].seq
	}
	return h[i].due.Before(h[j].due)
}

func (h timerHeap) Swap(i, j int) {
	h[i], h[j] = h[j], h[i]
	h[i].index, h[j].index = i, j
}

func (h *timerHeap) Push(x any) {
	t := x.(*timer)
	t.index = len(*h)
	*h = append(*h, t)
}

func (h *timerHeap) Pop() any {
	old := *h
	t := old[len(old)-1]
	t.index = -1
	*h = old[:len(old)-1]
	return t
}

// Rejections are the promises that were rejected and that nobody has handled yet, in order.
type Rejections struct {
	list []*goja.Promise
}

// Track is the runtime's promise rejection tracker.
func (r *Rejections) Track(p *goja.Promise, op goja.PromiseRejectionOperation) {
	if op == goja.PromiseRejectionReject {
		r.list = append(r.list, p)
		return
	}
	for i, q := range r.list {
		if q == p {
			r.list = append(r.list[:i], r.list[i+1:]...)
			return
		}
	}
}

// Take returns the unhandled promises but main and forgets them.
func (r *Rejections) Take(main *goja.Promise) []*goja.Promise {
	if len(r.list) == 0 {
		return nil
	}
	var left []*goja.Promise
	for _, p := range r.list {
		if p != main {
			left = append(left, p)
		}
	}
	r.list = r.list[:0]
	return left
}
