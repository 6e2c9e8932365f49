package script

import (
	"context"
	"iter"
	"sync"
	"time"
)

// A Driver runs scripts for code that waits for each of them, and can go on without one that never ends. Two
// goroutines take turns for that, the code's and the driver's, switching to each other directly: handing each script
// to a goroutine by a channel wakes the scheduler, which takes longer than most scripts.
type Driver struct {
	yield func(t *driven) bool
	next  func() (t *driven, ok bool)
	over  chan struct{} // closed when the code is through

	mu    sync.Mutex
	turn  int   // the loop that may go on; goes up when a script is given up
	job   int   // counts scripts
	phase phase // of the last
}

// A driven is a script that a Driver runs.
type driven struct {
	script interface {
		run() *Result
		stopped() bool // its own text does not run any more
	}
	driver *Driver
	grace  time.Duration
	job    int
	result *Result // nil while it runs, and when it was given up
}

// phase is how far a script is.
type phase int

const (
	waiting phase = iota
	begun
	ended // or given up
)

// Drive calls f and returns when f does. The scripts of sandboxes that f gives the Driver to by Sandbox.Drive run in a
// goroutine that is replaced when one of them never ends. Only f's own goroutine may run them.
func Drive(f func(*Driver)) {
	d := &Driver{over: make(chan struct{})}
	next, stop := iter.Pull(func(yield func(*driven) bool) {
		d.yield = yield
		f(d)
	})
	defer stop()
	d.next = next
	go d.loop(0)
	<-d.over
}

// loop lets the code go on, and runs the script that it comes back with, until there is no more or until the script
// was given up: then another loop has taken over.
func (d *Driver) loop(turn int) {
	mine := true
	defer func() {
		if mine {
			close(d.over) // also when a panic or runtime.Goexit of the code passes through
		}
	}()
	for {
		t, ok := d.next()
		if !ok {
			return
		}
		d.do(t)
		d.mu.Lock()
		mine = d.turn == turn
		d.mu.Unlock()
		if !mine {
			return
		}
	}
}

// run runs a script. Its result is nil when the script was given up: it had not ended a grace time after ctx did.
func (d *Driver) run(ctx context.Context, t *driven, grace time.Duration) *Result {
	d.mu.Lock()
	d.job++
	t.driver, t.grace, t.job, d.phase = d, grace, d.job, waiting
	d.mu.Unlock()
	if e, ok := ctx.(*ending); ok {
		e.Hear(t) // until the script has ended
	} else {
		stop := context.AfterFunc(ctx, t.Expire)
		defer stop()
	}
	d.yield(t)
	d.mu.Lock()
	defer d.mu.Unlock()
	return t.result
}

// Expire lets the code go on without the script, unless that ends soon.
func (t *driven) Expire() { t.driver.giveUpAfter(t.grace, t) }

// do runs a script on the loop's goroutine.
func (d *Driver) do(t *driven) {
	d.mu.Lock()
	d.phase = begun // from here on another loop can take over
	d.mu.Unlock()
	r := t.script.run()
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.job == t.job && d.phase == begun {
		t.result, d.phase = r, ended
	}
}

// giveUpAfter lets the code go on without a script, unless that has ended or stopped when the grace time is over.
func (d *Driver) giveUpAfter(grace time.Duration, t *driven) {
	time.AfterFunc(grace, func() {
		d.mu.Lock()
		defer d.mu.Unlock()
		switch {
		case d.job != t.job || d.phase == ended:
		case d.phase == waiting || t.script.stopped():
			d.giveUpAfter(grace, t)
		default:
			d.phase = ended
			d.turn++
			go d.loop(d.turn)
		}
	})
}
