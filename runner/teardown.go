package runner

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"sync"
	"time"

	"posthaste/collection"
	"posthaste/internal/variable"
	"posthaste/runner/event"
	"posthaste/script"
)

// teardownLimit is how long a teardown may still take when the run has ended early: some
// requests' worth, and less than CI systems wait before they kill.
const teardownLimit = 30 * time.Second

// errTeardownLimit is the cause of a context that the limit ended.
var errTeardownLimit = errors.New("the teardown took too long")

// mostCheckpoint is how many bytes of a request's body a checkpoint holds (16 KiB): what
// names the thing that the request creates stands in few.
const mostCheckpoint = 16 << 10

// A teardown is what a run, or its part, knows of giving back what it makes. It is empty
// where Options.Teardown is nil.
type teardown struct {
	plan    *plan
	running bool // the requests that run are the teardown's

	mu      sync.Mutex
	changed []event.ScopedVariable // since the last checkpoint
}

// teardownPlan is the requests of the whole collection that Options.Teardown selects,
// positioned behind those of the plan. main only gives the first position.
func teardownPlan(opt *Options, main *plan) *plan {
	p := &plan{seen: main.seen}
	if opt.Teardown != nil {
		all := &Options{Collection: opt.Collection, Documents: opt.Documents}
		for _, item := range opt.Collection.Requests() {
			if opt.Teardown(item) {
				p.add(all, item)
			}
		}
	}
	for _, item := range p.items {
		item.teardown = true
	}
	p.index()
	return p
}

// requests are those of an iteration, with its teardown. The list is new each time.
func (r *run) requests() []*planned { return slices.Concat(r.plan.items, r.undo.plan.items) }

// begin notes the row of data of an iteration, which the next checkpoint tells. nil is no
// data.
func (u *teardown) begin(row *variable.Scope) {
	if row == nil {
		return
	}
	for _, v := range row.Variables() {
		u.note("data", v, false)
	}
}

// note keeps what became of a variable for the next checkpoint. Only the last value of a
// variable counts. It is called from scripts' goroutines too.
func (u *teardown) note(scope string, v collection.Variable, removed bool) {
	if len(u.plan.items) == 0 {
		return
	}
	u.mu.Lock()
	defer u.mu.Unlock()
	u.changed = slices.DeleteFunc(u.changed, func(c event.ScopedVariable) bool { return c.Scope == scope && c.Key == v.Key })
	c := event.ScopedVariable{Scope: scope, Key: v.Key, Unset: removed}
	if !removed {
		c.Value = v.Value.JSONText()
	}
	u.changed = append(u.changed, c)
}

// take returns what has changed since it was last called. The list is the caller's.
func (u *teardown) take() []event.ScopedVariable {
	u.mu.Lock()
	defer u.mu.Unlock()
	changed := u.changed
	u.changed = nil
	return changed
}

// tearDown runs the teardown of an iteration that has ended with the flow v, and returns how
// the run goes on.
//
// What ended the run does not end the teardown: it has a time limit of its own then. Only the
// end of the context that Run was given ends it at once.
func (r *run) tearDown(ctx context.Context, iteration int, v flow) flow {
	if len(r.undo.plan.items) == 0 {
		return v
	}
	own, cancel := teardownContext(ctx, r, v.stop != "")
	defer cancel()
	t := teardownPart(r, v.stop != "")
	defer t.releaseInner()
	if v.stop == ReasonError && v.fatal != nil { // it may be that no further script runs in this realm
		t.opt.abandoned = &script.Abandoned{}
		t.sandbox = t.newSandbox(r.random)
		defer t.sandbox.Close()
	}
	before := r.random.before
	// Values drawn in a teardown must not shift those of the iterations that follow.
	r.random.within("teardown " + r.unit)
	end := t.items(own, t.undo.plan, iteration)
	r.random.before = before
	r.undo.resume(r, t)
	done := event.TornDown{Iteration: iteration, Unit: r.unit, Cut: own.Err() != nil}
	r.emit.emit(done)
	_ = r.opt.journal(done, r.keep) // there is nothing left that an error could keep from happening
	if done.Cut {
		r.emit.emit(event.Notice{
			Level: "warn", Code: "teardown", Text: fmt.Sprintf("the teardown of iteration %d was ended before it was through", iteration+1),
			Hint: "what the iteration made may still be there",
		})
	}
	// A teardown that fails fatally ends the run, unless something else has.
	if v.stop == "" && end.stop == ReasonError && !done.Cut {
		v = flow{stop: end.stop, fatal: end.fatal}
	}
	if v.stop == "" {
		v = r.stopped(ctx)
	}
	return v
}

// teardownContext is the context of a teardown. It ends with the one that Run was given, and
// some time after the run has ended early. The function must be called.
func teardownContext(ctx context.Context, r *run, ended bool) (context.Context, func()) {
	own, cancel := context.WithCancelCause(r.opt.outer)
	limit := r.opt.TeardownLimit
	if limit == 0 {
		limit = teardownLimit
	}
	go func() {
		// A teardown at the end of a whole iteration has no limit until the run is told to
		// stop.
		if !ended {
			select {
			case <-r.opt.Stop:
			case <-ctx.Done():
			case <-r.halt:
			case <-r.opt.halt:
			case <-own.Done():
				return
			}
		}
		timer := time.NewTimer(limit)
		defer timer.Stop()
		select {
		case <-timer.C:
			cancel(errTeardownLimit)
		case <-own.Done():
		}
	}()
	return own, func() { cancel(nil) }
}

// teardownPart is the run of a teardown, with the variables, cookies and realm of r, and
// nothing of what ends r: no stop, no bail, no pace and no timeout.
func teardownPart(r *run, ended bool) *run {
	t := r.part(r.plan, r.random)
	t.undo.running = true
	o := &t.opt
	o.Stop, o.halt, o.scripts, o.Pace, o.Timeout, o.Bail = nil, nil, nil, nil, 0, Bail{}
	if ended { // someone waits for the end
		o.Delay = 0
	}
	t.halt, t.stepPrefix, t.unit, t.steps = nil, r.stepPrefix, r.unit, r.steps
	t.sandbox, t.client, t.jar, t.emit, t.schemes, t.left = r.sandbox, r.client, r.jar, r.emit, r.schemes, r.left
	t.undo.changed = r.undo.take()
	t.adopt(r.environment, r.globals, r.variables, r.local)
	t.row.Scope = r.row.Scope
	return t
}

// resume takes over what the teardown t of r has changed. The scopes were shared, but their
// watchers told t.
func (u *teardown) resume(r, t *run) {
	r.steps, r.left = t.steps, t.left
	r.notices.merge(&t.notices)
	u.changed = t.undo.take()
	for _, s := range []*variable.Scope{r.environment, r.globals, r.variables, r.local} {
		s.Watch = r.watcher(s)
	}
}

// checkpoint tells, before a request leaves that may create something, what a teardown needs
// to know. The error says that it could not be told, so that the request must not leave.
func (u *teardown) checkpoint(r *run, x outgoing, sent event.Request, body []byte) error {
	if len(u.plan.items) == 0 || safe(sent.Method) {
		return nil
	}
	e := event.Checkpoint{Step: x.step, File: r.opt.Collection.File, Teardown: r.undo.running, Source: x.source, Method: sent.Method, URL: sent.URL, Body: event.Body{Data: body, Size: int64(len(body))}}
	if len(body) > mostCheckpoint {
		e.Body.Data, e.Body.Cut = body[:mostCheckpoint], true
	}
	if !x.script { // the script may be changing them
		e.Variables = r.undo.take()
	}
	r.emit.emit(e)
	return r.opt.journal(e, r.keep)
}

// checkpoint tells at the end of a step what its scripts left. Nothing is told where nothing
// changed.
func (s *step) checkpoint() {
	r := s.run
	if len(r.undo.plan.items) == 0 {
		return
	}
	e := event.Checkpoint{Step: s.host.step, File: r.opt.Collection.File, Teardown: r.undo.running, Variables: r.undo.take()}
	if len(e.Variables) == 0 {
		return
	}
	r.emit.emit(e)
	if err := r.opt.journal(e, r.keep); err != nil {
		r.emit.fails(err)
	}
}

// journal hands an event on at once, masked by what is known now. Other events wait for the
// end of their step; a crash would lose them.
func (o *Options) journal(e event.Event, keep *secretKeeper) error {
	if o.Journal == nil {
		return nil
	}
	m := masker{secrets: o.Secrets, bodies: mostCheckpoint, keep: keep}
	masked := event.Mask(e, m)
	if o.Place.Of > 0 {
		place := o.Place
		place.Name = m.Text(place.Name)
		masked = masked.Relabelled(place.labels())
	}
	if err := o.Journal(masked); err != nil {
		return fmt.Errorf("recording what a teardown needs to know: %w", err)
	}
	return nil
}

// learner is what learns secrets from the texts of scripts for the journal, nil if missing.
func (o *Options) learner(keep *secretKeeper) *masker {
	if o.Journal == nil {
		return nil
	}
	return &masker{secrets: o.Secrets, keep: keep}
}

// safe reports whether a method creates nothing (RFC 9110, 9.2.1). Those need no checkpoint.
func safe(method string) bool {
	switch method {
	case http.MethodGet, http.MethodHead, http.MethodOptions, http.MethodTrace:
		return true
	}
	return false
}
