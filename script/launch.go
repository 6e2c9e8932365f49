package script

import (
	"context"
	"sync/atomic"

	"posthaste/runner/event"
)

// A launch is what a Sandbox needs for one script. It is one value, since making its parts one by one takes longer.
type launch struct {
	heard  heardRunner
	ending ending // ends the script where it has no time limit
	end    scriptEnd

	box       *instance
	abandoned *Abandoned
	ctx       context.Context // the caller's
	host      Host
	call      *Call
	driven    driven // where a Driver runs it
	cancel    func() // ends the script where it has a time limit
}

// run runs the script to its end.
func (l *launch) run() *Result {
	defer func() {
		if !l.end.take(scriptEnded) {
			l.abandoned.running.Add(-1)
		}
	}()
	return l.box.guardedStart(l.ctx, l.host, l.call)
}

// stopped says whether the script's own text does not run any more.
func (l *launch) stopped() bool { return l.box.stopped.Load() }

// begin returns the context that ends when the script has to. end must be called when the script has ended.
func (s *Sandbox) begin(l *launch) context.Context {
	if l.call.Timeout == 0 {
		l.ending.Context = l.ctx
		s.listener.begin(&l.ending)
		return &l.ending
	}
	limited, cancel := context.WithTimeout(l.ctx, l.call.Timeout)
	l.cancel = cancel
	return limited
}

// halt ends the script before its time.
func (l *launch) halt() {
	if l.cancel != nil {
		l.cancel()
		return
	}
	l.ending.halt()
}

// finish says that the script has ended.
func (s *Sandbox) finish(l *launch) {
	if l.cancel != nil {
		l.cancel()
		return
	}
	s.listener.close(&l.ending)
}

// A scriptEnd is how a script ended: by itself or by being given up, whichever comes first.
type scriptEnd struct{ how atomic.Int32 }

const (
	scriptEnded     = 1
	scriptAbandoned = 2
)

// take says whether the script had not ended in another way before.
func (e *scriptEnd) take(how int32) bool { return e.how.CompareAndSwap(0, how) }

func stuckResult() *Result {
	const text = "sandbox: the script cannot be stopped: it does something that nothing can interrupt"
	return &Result{Renewed: true, TimedOut: true, Error: &event.Error{Name: "Error", Message: text}}
}

func tooManyResult() *Result {
	const text = "sandbox: too many earlier scripts still run and cannot be stopped"
	return &Result{Hung: true, TimedOut: true, Error: &event.Error{Name: "Error", Message: text}}
}
