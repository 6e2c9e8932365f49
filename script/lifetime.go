package script

import (
	"context"
	"crypto/rand"
	"sync/atomic"
	"time"

	"posthaste/script/quota"
)

// A Sandbox runs scripts in a JavaScript realm that they share: what one leaves on the global object is there for the
// next, as in Postman. A realm whose script cannot be stopped, or whose engine a script has left in a state that cannot
// be trusted, is replaced: later scripts run in a new one. A Sandbox runs one script at a time and belongs to one
// goroutine at a time. Use New.
type Sandbox struct {
	opt     Options
	current *instance   // nil before the first script, and after Reset
	scripts chan func() // to the goroutine that scripts run in; nil before the first
	driver  *Driver     // runs them instead, or nil

	listener listener
}

// Abandoned counts the scripts that could not be stopped and still run. The sandboxes of a run share one. The zero
// Abandoned is ready; it is safe for concurrent use.
type Abandoned struct{ running atomic.Int32 }

// mostAbandoned is how many scripts that were given up may still run before no further one is begun: each of them takes
// a processor, and nobody can tell what memory.
const mostAbandoned = 4

// hangGrace is how long a script may still run after it was told to stop. Most natives of the engine end within
// moments; what needs longer than this is given up.
const hangGrace = 5 * time.Second

// New returns a sandbox whose realm no script has seen yet. The realm is built by the first Run.
func New(o Options) *Sandbox {
	if o.Rand == nil {
		o.Rand = rand.Reader
	}
	if o.Now == nil {
		o.Now = time.Now //nolint:forbidigo // the documented default
	}
	if o.Cache == nil {
		o.Cache = NewCache()
	}
	if o.Watch == nil {
		o.Watch = &quota.Watch{}
	}
	if o.Abandoned == nil {
		o.Abandoned = &Abandoned{}
	}
	return &Sandbox{opt: o}
}

// Reset makes the next script begin in a new realm, which sees nothing of what earlier ones did to theirs. It must not
// be called while a script runs.
func (s *Sandbox) Reset() { s.current = nil }

// Run runs call's script to its end, events of timers and promises included, and applies what it changed. It never
// panics. When ctx or a limit ends the script it is stopped; one that does not stop, because it is in the middle of
// something that nothing can interrupt, is given up after a grace time: what it still does is not heard, and the next
// script begins in a new realm, as Result.Renewed says. When too many such scripts still run, Result.Hung says that no
// further one will.
func (s *Sandbox) Run(ctx context.Context, host Host, call *Call) *Result {
	if s.opt.Abandoned.running.Load() >= mostAbandoned {
		return tooManyResult()
	}
	box := s.current
	if box == nil {
		box = &instance{opt: s.opt, stopped: &atomic.Bool{}}
		s.current = box
	}
	l := &launch{box: box, abandoned: s.opt.Abandoned, ctx: ctx}
	l.host = l.heard.show(host, &box.left)
	l.call = l.heard.call(call)
	limited := s.begin(l)
	defer s.finish(l)
	box.launch, box.limited = l, limited
	box.stopped.Store(false)
	result := s.within(limited, l)
	if result != nil {
		box.launch, box.limited = nil, nil // the response is not kept for them
	}
	switch {
	case result == nil && l.end.take(scriptAbandoned):
		box.giveUp()
		s.current, s.scripts = nil, nil
		result = stuckResult()
		if s.opt.Abandoned.running.Add(1) >= mostAbandoned {
			result.Hung = true
		}
	case result == nil: // it ended while it was given up, and nobody has its result
		box.giveUp()
		s.current, s.scripts = nil, nil
		result = stuckResult()
	case result.Renewed:
		s.current = nil
	}
	return result
}

func (s *Sandbox) grace() time.Duration {
	if s.opt.HangGrace > 0 {
		return s.opt.HangGrace
	}
	return hangGrace
}

// giveUp has nobody hear of what the running script still does, and ends what it has others do.
func (s *instance) giveUp() {
	s.left.Store(true)
	s.endMu.Lock()
	defer s.endMu.Unlock()
	if s.endWork != nil {
		s.endWork()
	}
}
