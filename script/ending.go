package script

import (
	"context"
	"sync"

	"posthaste/script/engine"
)

// An ending is the context of one script without a time limit: it ends when its caller's does, and when a limit has told
// the script to stop. One is made for each script, so it does without what few scripts need: the channel is made when
// somebody waits for it, and functions are called without a context of their own.
type ending struct {
	context.Context // the caller's

	mu     sync.Mutex
	err    error
	closed bool          // the script has ended: nobody is told any more
	done   chan struct{} // nil before it is asked for
	hears  []engine.Expirer
	room   [2]engine.Expirer // of hears
}

// Done is closed when the script has to end.
func (e *ending) Done() <-chan struct{} {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.done == nil {
		e.done = make(chan struct{})
		if e.err != nil {
			close(e.done)
		}
	}
	return e.done
}

// Err is why the script has to end, nil while it has not.
func (e *ending) Err() error {
	e.mu.Lock()
	err := e.err
	e.mu.Unlock()
	if err != nil {
		return err
	}
	return e.Context.Err() // it may have ended a moment ago
}

// Hear has x told when the script has to end, in a goroutine of its own; not any more when the script has ended before.
func (e *ending) Hear(x engine.Expirer) {
	e.mu.Lock()
	defer e.mu.Unlock()
	switch {
	case e.closed:
	case e.err != nil:
		go x.Expire()
	default:
		if e.hears == nil {
			e.hears = e.room[:0]
		}
		e.hears = append(e.hears, x)
	}
}

// halt ends the script before its caller's context does.
func (e *ending) halt() { e.end(context.Canceled) }

// end says that the script has to end.
func (e *ending) end(err error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.closed || e.err != nil {
		return
	}
	e.settle(err)
	for _, x := range e.hears {
		go x.Expire()
	}
}

// close says that the script has ended.
func (e *ending) close() {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.closed = true
	if e.err == nil {
		e.settle(context.Canceled)
	}
}

// settle notes the end. The mutex is held.
func (e *ending) settle(err error) {
	e.err = err
	if e.done != nil {
		close(e.done)
	}
}

// A listener tells the script that runs of the end of its caller's context. It goes on listening when the script has ended,
// since the next has the same context as a rule.
type listener struct {
	mu      sync.Mutex
	to      <-chan struct{} // of the context
	stop    func() bool     // nil where nothing is listened to
	current *ending
}

// begin makes e the script that is told.
func (l *listener) begin(e *ending) {
	done := e.Context.Done()
	l.mu.Lock()
	l.current = e
	if done != l.to {
		l.leave()
		if l.to = done; done != nil {
			ctx := e.Context
			l.stop = context.AfterFunc(ctx, func() { l.tell(done, ctx.Err()) })
		}
	}
	l.mu.Unlock()
	if err := e.Context.Err(); err != nil {
		e.end(err)
	}
}

// tell ends the script that runs, unless that listens to another context by now.
func (l *listener) tell(of <-chan struct{}, err error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.current != nil && l.to == of {
		l.current.end(err)
	}
}

// close says that the script has ended.
func (l *listener) close(e *ending) {
	e.close()
	l.mu.Lock()
	if l.current == e {
		l.current = nil
	}
	l.mu.Unlock()
}

// end listens no more.
func (l *listener) end() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.leave()
	l.to = nil
}

// leave ends what was listened to. The mutex is held.
func (l *listener) leave() {
	if l.stop != nil {
		l.stop()
		l.stop = nil
	}
}
