package runner

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"sync"

	"posthaste/collection"
	"posthaste/internal/variable"
	"posthaste/runner/event"
	"posthaste/script"
)

// deepestNesting is how many requests may stand between a request and the script that set it
// off (newman: none has pm.execution.runRequest; postman-runtime's bound is the same). A
// request whose script runs itself ends there.
const deepestNesting = 10

// nesting is the requests that scripts of one step run by pm.execution.runRequest. They run
// one after the other, in the order of the calls, so that what they report does not depend on
// luck.
type nesting struct {
	last   chan struct{} // closed when the last that was planned is through; nil before the first
	mu     sync.Mutex    // held while one runs
	events []event.Event // reported when the step is over
	stop   flow          // the first that ends the run
}

// A nestedRequest is one of them. It works on copies of the scopes that the script sees,
// which it hands back when settled: the script goes on meanwhile, in another goroutine.
type nestedRequest struct {
	host         *host
	item         *planned
	turn         <-chan struct{} // closed when the one before is through; nil for the first
	through      chan struct{}
	begin, state state
	row          *variable.Scope
	label        string // of the item that asked and the call, see randomness
	ran          *run   // nil until it ran
	notices      notices
}

// PlanRequest finds what pm.execution.runRequest means: a request of the whole collection, by
// id, else by name. variables are local to it. It is called while the script is halted, so
// the scopes can be copied. The error is the script's to throw.
func (h *host) PlanRequest(idOrName string, variables []collection.Variable) (script.NestedRequest, error) {
	r := h.run
	if r.depth >= deepestNesting {
		return nil, fmt.Errorf("runRequest: %q would be the %dth request that is run by the script of another: at most %d may be nested",
			idOrName, r.depth+1, deepestNesting)
	}
	whole := r.opt.whole()
	i, ok := whole.find(idOrName)
	if _, id, cut := strings.Cut(idOrName, "-"); !ok && cut {
		i, ok = whole.byID[id] // Postman puts the owner's number before the id
	}
	if !ok {
		return nil, fmt.Errorf("runRequest: the collection has no request %q", idOrName)
	}
	h.calls++
	e := &nestedRequest{
		host: h, item: whole.items[i], begin: r.state(), row: r.row.Clone(), turn: h.nesting.last, through: make(chan struct{}),
		label: r.random.label + "+" + strconv.Itoa(h.calls), // the same for the same call in every run
	}
	h.nesting.last = e.through
	for _, v := range variables {
		e.begin.local.Set(v.Key, v.Value, v.Type)
	}
	e.state = e.begin.clone()
	return e, nil
}

// Run runs the request with its scripts, and keeps what it reports for the end of the step
// that asked for it. It is called from a goroutine of its own; nil without an error says that
// a script skipped the request.
func (e *nestedRequest) Run(ctx context.Context) (*script.Response, error) {
	defer close(e.through)
	if e.turn != nil {
		select {
		case <-e.turn:
		case <-ctx.Done():
		}
	}
	n := &e.host.nesting
	// Only one of a step's requests runs at a time, since they share the inner run.
	n.mu.Lock()
	defer n.mu.Unlock()
	if err := ctx.Err(); err != nil {
		return nil, fmt.Errorf("running %q: %w", e.item.item.Name, err)
	}
	c := e.host.run.nestedRun()
	c.emit = &emitter{summary: event.Summary{Uncaused: true}, mask: masker{bodies: c.opt.Bodies, later: true}, learns: c.opt.learner(c.keep), pass: func(ev event.Event) error {
		n.events = append(n.events, ev)
		return nil
	}}
	c.random.within(e.label)
	c.caller, c.unit, c.notices = e.host.step.ID, e.host.run.unit, notices{}
	c.adopt(e.state.environment, e.state.globals, e.state.variables, e.state.local)
	c.row.Scope = e.row
	s := c.tries(ctx, e.item, e.host.step.Iteration)
	e.ran, e.notices = c, c.notices
	e.host.refusals.Add(s.host.refusals.Load())
	// A jump or a skip concerns that request alone, but an end is the end of the whole run.
	if v := s.flow; (v.stop == ReasonBail || v.stop == ReasonError) && n.stop.stop == "" {
		n.stop = v
	}
	switch {
	case s.skipped:
		return nil, nil //nolint:nilnil // what the script is given for a request that was skipped
	case s.lost != nil:
		return nil, s.lost
	case s.answer == nil:
		return nil, fmt.Errorf("%q was not sent", e.item.item.Name)
	}
	return s.answer, nil
}

// Settle hands the variables that the request's scripts changed to the script that asked. The
// jump of setNextRequest is not handed on (newman: postman-runtime ignores it there). It is
// called while the script is halted.
func (e *nestedRequest) Settle() {
	if e.ran == nil {
		return
	}
	r := e.host.run
	merge(r.environment, e.begin.environment, e.state.environment)
	merge(r.globals, e.begin.globals, e.state.globals)
	merge(r.variables, e.begin.variables, e.state.variables)
	merge(r.local, e.begin.local, e.state.local)
	r.notices.merge(&e.notices)
}

// nestedRun is the run that requests of this run's scripts run in: with a realm and schemes
// of its own, since the script that asked still uses the others, and the same cookies and
// connections. It is made once, for the first of them.
func (r *run) nestedRun() *run {
	if r.inner == nil {
		c := r.part(r.opt.whole(), newRandomness(&r.opt))
		c.depth = r.depth + 1
		c.sandbox, c.client, c.jar = r.newSandbox(c.random), r.client, r.jar
		r.inner = c
	}
	return r.inner
}

// nestedEvents reports what the requests of a step's scripts did, after the step. retried
// says that the step is tried again.
func (s *step) nestedEvents(retried bool) {
	n := &s.host.nesting
	n.mu.Lock()
	defer n.mu.Unlock()
	for _, e := range n.events {
		if f, ok := e.(event.ItemFinished); ok && retried {
			f.Retried = true // what failed in it counts as little as what failed in the step
			e = f
		}
		s.run.emit.emit(e)
	}
	n.events = nil
}

// stopped is the flow of the first nested request that ends the run, the zero flow when none
// does.
func (n *nesting) stopped() flow {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.stop
}

// nestedID is the id of a step that a script's step ran: "3+1" is the first that step 3 had
// run.
func nestedID(caller string, n int) string { return caller + "+" + strconv.Itoa(n) }

// state is a copy of what scripts of the run see. The cookies are not in it: those are
// shared.
func (r *run) state() state {
	return state{
		environment: r.environment.Clone(), globals: r.globals.Clone(), variables: r.variables.Clone(), local: r.local.Clone(),
	}
}

// clone is for a second copy, to compare with the first later.
func (s state) clone() state {
	return state{
		environment: s.environment.Clone(), globals: s.globals.Clone(), variables: s.variables.Clone(), local: s.local.Clone(),
	}
}

// wholePlan is the plan of everything in a collection, whatever the run selects: a script may
// run any request of it.
func wholePlan(opt *Options) *plan {
	all := &Options{Collection: opt.Collection, Documents: opt.Documents}
	p := &plan{}
	for _, root := range all.Collection.Items {
		p.add(all, root)
	}
	p.index()
	return p
}
