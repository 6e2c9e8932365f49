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

// begin sets when the script has to end, and what ends it before its time. release must be called when it has ended.
func (s *Sandbox) begin(l *launch) (limited context.Context, halt, release func()) {
	if l.call.Timeout == 0 {
		l.ending.Context = l.ctx
		s.listener.begin(&l.ending)
		return &l.ending, l.ending.halt, func() { s.listener.close(&l.ending) }
	}
	halting, halt := context.WithCancel(l.ctx)
	limited, cancel := context.WithTimeout(halting, l.call.Timeout)
	return limited, halt, func() { cancel(); halt() }
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
