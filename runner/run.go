// Package runner runs a collection and never changes it.
//
// Run flattens the collection into a plan, goes through it once an iteration, and reports everything that
// happens as one stream of events. A failed assertion is an event, not an error: Run returns an error only
// when there is nothing to run. However a run ends, its stream ends with event.RunFinished.
//
// Using it from a Go test is supported: the zero values of Options work, a Collection is all that is needed.
package runner

import (
	"bytes"
	"cmp"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"slices"
	"sync"
	"time"

	"posthaste/collection"
	"posthaste/internal/auth"
	"posthaste/internal/cookie"
	"posthaste/internal/transport"
	"posthaste/internal/variable"
	"posthaste/runner/event"
	"posthaste/script"
	"posthaste/script/quota"
)

const maxJumps = 10_000 // a loop over a page at a time rarely needs more

// The reasons why a run ends before its end, as event.RunFinished has them.
const (
	ReasonBail      = "bail"      // something failed and Options.Bail says to stop
	ReasonTimeout   = "timeout"   // Options.Timeout is over
	ReasonInterrupt = "interrupt" // the context was cancelled, or Options.Stop closed
	ReasonError     = "error"     // it could not go on; event.RunFinished's Error says why
)

// A run is the state of one Run. Units of a parallel run and nested requests have runs of
// their own, made by part. Its methods are called by one goroutine, except where a script
// sends.
type run struct {
	opt     Options
	plan    *plan
	undo    teardown
	emit    *emitter
	notices notices
	keep    *secretKeeper

	environment, globals, variables, local *variable.Scope
	row                                    *variable.Row
	stack                                  *variable.Stack
	dynamic                                *variable.Dynamic
	ids                                    *variable.Dynamic // of requests and answers
	random                                 *randomness

	sandbox *script.Sandbox
	client  *transport.Client
	jar     *cookie.Jar
	schemes map[*collection.Auth]auth.Scheme

	iterations int             // how many are to run; 0 when unknown
	steps      int             // executed so far, for their ids
	stepPrefix int             // of a unit of a parallel run; 0 elsewhere
	scripted   *host           // whose script is at work; nil between scripts
	halt       <-chan struct{} // closed when another unit has ended the run; nil elsewhere

	inner  *run   // runs the requests that scripts run; nil until one does
	depth  int    // how many scripts, one within another, had this run
	caller string // id of the step whose script had this run; "" for the run itself

	urls  urlBook         // of requests
	names []event.Name    // that the request at work was made of
	left  map[string]bool // variables that failed steps left wrong, or nil
	unit  string          // event.Step.Unit
}

// Run runs the collection. The error says that there was nothing to run, or that a strict run
// would certainly fail; everything later is in the events and in the Result, which is never
// nil when the error is. Run returns when all events were handed on.
func Run(ctx context.Context, opt Options) (*Result, error) {
	r, err := newRun(opt)
	if err != nil {
		return nil, err
	}
	defer r.client.CloseIdle()
	defer r.release()
	if err := r.foresee(); err != nil {
		return nil, err
	}
	if r.opt.outer == nil {
		r.opt.outer = ctx
	}
	ctx, cancel := r.deadline(ctx)
	defer cancel()
	// After the deadline, so that it ends with it; before the driver, which runs the scripts.
	defer r.endScripts(ctx)()

	script.Drive(func(d *script.Driver) {
		r.sandbox.Drive(d)
		r.whole(ctx)
	})
	return r.result()
}

// settled returns when Sink has dealt with all events, and its first error.
func (o *Options) settled() error {
	if o.Settle == nil {
		return nil
	}
	return o.Settle()
}

// patience is how long a script may still run after the run was told to stop: long enough for
// a loop that ends by itself, short enough for someone who pressed Ctrl-C.
const patience = 2 * time.Second

// endScripts has scripts end when they still run a while after the run was told to stop: who
// runs it ends a job for good if it does not come to its end. The function ends the watching,
// and its goroutine with it.
func (r *run) endScripts(running context.Context) (release func()) {
	ctx, cancel := context.WithCancel(context.Background())
	shared, end := context.WithCancel(running)
	stop := context.AfterFunc(ctx, end)
	r.opt.scripts, r.opt.running, r.opt.shared = ctx, running, shared
	release = func() { stop(); end(); cancel() }
	if r.opt.Stop == nil {
		return release
	}
	go func() {
		select {
		case <-r.opt.Stop:
		case <-ctx.Done():
			return
		}
		if r.opt.Waiting != nil {
			for _, name := range r.opt.atWork.list() {
				r.opt.Waiting(masker{secrets: r.opt.Secrets}.Text(name), patience)
			}
		}
		timer := time.NewTimer(patience)
		defer timer.Stop()
		select {
		case <-timer.C:
			cancel()
		case <-ctx.Done():
		}
	}()
	return release
}

// scriptContext is the context of a script: it ends with the run's, and when scripts are
// ended. The function must be called after the script.
func (o *Options) scriptContext(ctx context.Context) (context.Context, func()) {
	if o.shared != nil && o.running == ctx { // most scripts: of a request of the run that no script asked for
		return o.shared, func() {}
	}
	ctx, cancel := context.WithCancel(ctx)
	if o.scripts == nil {
		return ctx, cancel
	}
	stop := context.AfterFunc(o.scripts, cancel)
	return ctx, func() { stop(); cancel() }
}

// whole runs everything, from the first event to the last. Whatever goes wrong between them,
// RunFinished is sent.
func (r *run) whole(ctx context.Context) {
	start := r.opt.Now()
	r.emit.emit(r.started(start))
	for _, n := range r.notices.early() {
		r.emit.emit(n)
	}
	reason, fatal := r.all(ctx)
	// What the run found is told before its end, so that reports have all notices when they
	// are written.
	for _, n := range append(r.notices.list(), outsideNotices(r.opt.Placeholders)...) {
		r.emit.emit(n)
	}
	if err := cmp.Or(r.emit.failed(), r.opt.settled()); err != nil {
		reason, fatal = ReasonError, err
	}
	end := r.opt.Now()
	finished := event.RunFinished{
		Time: end, Elapsed: end.Sub(start), Reason: reason,
		Environment: r.shown(r.environment, r.opt.Environment), Globals: r.shown(r.globals, r.opt.Globals),
	}
	if fatal != nil {
		finished.Error = fatal.Error()
	}
	r.emit.emit(finished)
}

// result reads the scopes as the last script left them.
func (r *run) result() (*Result, error) {
	var jar bytes.Buffer
	if err := r.jar.Save(&jar); err != nil {
		return nil, fmt.Errorf("saving cookies: %w", err)
	}
	return &Result{
		Summary: r.emit.summary, Environment: r.environment.Variables(), Globals: r.globals.Variables(),
		CollectionVariables: r.variables.Variables(), CookieJar: jar.Bytes(),
	}, nil
}

// newRun checks the options and makes everything that a run shares. Nothing is sent here. The
// caller closes the client's idle connections.
func newRun(opt Options) (*run, error) {
	if opt.Collection == nil {
		return nil, errNoCollection
	}
	opt = withDefaults(opt)
	p, err := newPlan(&opt)
	if err != nil {
		return nil, err
	}
	r := bareRun(&opt, p, newSecretKeeper(opt.Secrets, opt.SecretNames), newRandomness(&opt))
	r.undo.plan = teardownPlan(&opt, p)
	r.emit = &emitter{summary: event.Summary{Uncaused: true}, sink: opt.Sink, observe: opt.Observe, announce: opt.Announce, learns: opt.learner(r.keep), mask: masker{secrets: opt.Secrets, bodies: opt.Bodies, keep: r.keep}}
	r.sandbox = r.newSandbox(r.random)
	r.scopes()
	r.keep.collection(opt.Collection)
	if r.jar, err = newJar(opt); err != nil {
		return nil, err
	}
	if r.client, err = newClient(opt.Network, r, r.jar, r.random); err != nil {
		return nil, err
	}
	r.iterations = opt.Iterations
	// 0 says that the number of rows is not known, as of a stream.
	if r.iterations == 0 && opt.Data == nil {
		r.iterations = 1
	} else if n, known := rowCount(opt.Data); r.iterations == 0 && known {
		r.iterations = max(n, 1)
	}
	return r, nil
}

// bareRun is what every run is made of. It has no scopes, sandbox, client and emitter yet.
// The options are copied: a part of a run may change its own.
func bareRun(opt *Options, p *plan, keep *secretKeeper, random *randomness) *run {
	return &run{
		opt: *opt, plan: p, keep: keep, schemes: map[*collection.Auth]auth.Scheme{},
		random: random, dynamic: variable.NewDynamic(opt.Today, random.scripts), ids: variable.NewDynamic(opt.Today, random.wire),
	}
}

// part is a run of some requests of r, with schemes of its own. What the two share is safe to
// share. It has no scopes, sandbox, client and emitter yet.
func (r *run) part(p *plan, random *randomness) *run {
	c := bareRun(&r.opt, p, r.keep, random)
	c.iterations, c.halt, c.undo.plan = r.iterations, r.halt, r.undo.plan
	return c
}

// release ends what scripts ran in, of this run and of those within it.
func (r *run) release() {
	r.sandbox.Close()
	r.releaseInner()
}

// releaseInner is for runs whose own sandbox belongs to a worker.
func (r *run) releaseInner() {
	if r.inner != nil {
		r.inner.release()
	}
}

// rowCount is false for no data, and for data of unknown length.
func rowCount(rows Rows) (int, bool) {
	if rows == nil {
		return 0, false
	}
	return rows.Count()
}

// withDefaults fills in what a caller may leave out, and what all runs of one call share.
// Randomness gets a lock when units run at the same time.
func withDefaults(opt Options) Options {
	if opt.Now == nil {
		opt.Now = time.Now //nolint:forbidigo // the one place where the system's clock comes in
	}
	if opt.Today == nil {
		opt.Today = opt.Now
	}
	if opt.Rand == nil {
		opt.Rand = rand.Reader
	}
	if opt.Sleep == nil {
		opt.Sleep = sleep
	}
	if opt.MaxJumps == 0 {
		opt.MaxJumps = maxJumps
	}
	if opt.Parallel.enabled() {
		opt.Rand = &lockedReader{r: opt.Rand}
	}
	opt.cache, opt.flowing, opt.abandoned = script.NewCache(), &flowCache{}, &script.Abandoned{}
	opt.watch, opt.renewed = &quota.Watch{}, &sync.Once{}
	opt.atWork = &atWork{}
	opt.whole = sync.OnceValue(func() *plan { return wholePlan(&opt) })
	return opt
}

// sleep waits for d or until ctx ends.
func sleep(ctx context.Context, d time.Duration) {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-ctx.Done():
	}
}

// pause waits between requests: for d, or until the run is to stop. Who waits asks stopped
// afterwards.
func (r *run) pause(ctx context.Context, d time.Duration) {
	ctx, cancel := r.untilStop(ctx)
	defer cancel()
	r.opt.Sleep(ctx, d)
}

// untilStop returns a context that ends when Options.Stop closes, too. The function must be
// called, or its goroutine stays until the run ends.
func (r *run) untilStop(ctx context.Context) (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithCancel(ctx)
	if r.opt.Stop != nil {
		go func() {
			select {
			case <-r.opt.Stop:
				cancel()
			case <-ctx.Done():
			}
		}()
	}
	return ctx, cancel
}

// errTimeout is the cause of a context that Options.Timeout ended.
var errTimeout = errors.New("the run took longer than --timeout allows")

// deadline is the run's time limit; 0 is no limit.
func (r *run) deadline(ctx context.Context) (context.Context, context.CancelFunc) {
	if r.opt.Timeout == 0 {
		return context.WithCancel(ctx)
	}
	return context.WithTimeoutCause(ctx, r.opt.Timeout, errTimeout)
}

// scopes fills the variable scopes. Variables of the collection without a key cannot be
// reached and would stand in exports of the scope.
func (r *run) scopes() {
	environment := scopeOf("environment", r.opt.Environment, r.opt.Rand)
	globals := scopeOf("globals", r.opt.Globals, r.opt.Rand)
	variables := variable.NewScope("collection", slices.DeleteFunc(slices.Clone(r.opt.Collection.Variables),
		func(v collection.Variable) bool { return v.NoKey }))
	r.adopt(environment, globals, variables, &variable.Scope{Name: "local"})
}

// adopt makes these the run's scopes and lets the secret keeper see what they hold and are
// given. The scopes are the run's from then on.
func (r *run) adopt(environment, globals, variables, local *variable.Scope) {
	r.environment, r.globals, r.variables, r.local = environment, globals, variables, local
	r.row = &variable.Row{Scope: &variable.Scope{Name: "data"}}
	for _, s := range []*variable.Scope{r.environment, r.globals, r.variables, r.local} {
		for _, v := range s.Variables() {
			r.keep.declared(v)
		}
		s.Watch = r.watcher(s)
	}
	// Narrowest first: the order in which Postman looks a name up.
	r.stack = &variable.Stack{
		Scopes:  []variable.Reader{r.local, r.row, r.environment, r.variables, r.globals},
		Dynamic: r.dynamic, Angles: !r.opt.Compat, Lenient: r.opt.Compat, Used: r.used,
		Endless: r.notices.endless,
	}
	if r.opt.Placeholders != nil {
		r.stack.Scopes = append([]variable.Reader{r.opt.Placeholders}, r.stack.Scopes...)
	}
	r.stack.Missing = r.missing
}

// watcher learns the secrets that a scope is given, and tells what scripts change. What the
// runner sets between scripts is not an event.
func (r *run) watcher(s *variable.Scope) func(collection.Variable, bool) {
	name := "environment"
	switch s {
	case r.globals:
		name = "globals"
	case r.variables:
		name = "collection"
	case r.local:
		name = "local"
	}
	return func(v collection.Variable, removed bool) {
		if !removed {
			r.keep.met(v)
		}
		r.undo.note(name, v, removed)
		if h := r.scripted; h != nil {
			e := event.VariableSet{Step: h.step, Script: h.script, Scope: name, Key: v.Key, Unset: removed}
			if !removed {
				e.Value = v.Value.JSONText()
			}
			r.emit.emit(e)
		}
	}
}

// scopeOf makes the scope of a file. One without a name is called what it is (newman:
// lib/run/options.js). An id is drawn even when it is not used: the randomness that follows
// must not depend on the file.
func scopeOf(what string, e *collection.Environment, random io.Reader) *variable.Scope {
	if e == nil {
		return &variable.Scope{Name: what, ID: collection.NewUUID(random)}
	}
	s := variable.NewScope(cmp.Or(e.Name, what), e.Values)
	s.ID = cmp.Or(e.ID, collection.NewUUID(random))
	return s
}

// newJar makes the cookie jar of a run; what is loaded keeps its expiry, which is looked at
// by the run's clock. The error is a jar that is not tough-cookie's JSON.
func newJar(opt Options) (*cookie.Jar, error) {
	jar := cookie.New(opt.Now)
	if opt.Network.CookieJar == nil {
		return jar, nil
	}
	if err := jar.Load(bytes.NewReader(opt.Network.CookieJar)); err != nil {
		return nil, fmt.Errorf("reading the cookie jar: %w", err)
	}
	return jar, nil
}

// started is the first event. The collection's hash is there for shards only: merge refuses
// shards of another collection.
func (r *run) started(at time.Time) event.RunStarted {
	c := r.opt.Collection
	e := event.RunStarted{
		Time: at, Iterations: r.iterations, Items: len(r.plan.items) + len(r.undo.plan.items), Setup: r.opt.Parallel.setups(r.plan), Version: r.opt.Version,
		Bail: r.opt.Bail != Bail{}, Strict: r.opt.Strict, Compat: r.opt.Compat, Shard: r.opt.Shard,
		Teardown:    r.opt.TeardownGlobs,
		Collection:  event.Collection{ID: c.ID, Name: c.Name, File: c.File, Description: c.Description},
		Environment: r.shown(r.environment, r.opt.Environment),
		Globals:     r.shown(r.globals, r.opt.Globals),
	}
	if r.opt.Documents {
		e.Collection.Document = c.Document()
	}
	if r.opt.Shard.Total > 0 {
		sum := sha256.Sum256(c.Document())
		e.Collection.Hash = cmp.Or(r.opt.Place.Hash, hex.EncodeToString(sum[:]))
	}
	return e
}

// shown is a scope as events carry it, under the name that its file gives it. from may be
// nil.
func (r *run) shown(s *variable.Scope, from *collection.Environment) event.Scope {
	if from == nil {
		from = &collection.Environment{}
	}
	list := make([]event.Variable, 0, len(s.Variables()))
	for _, v := range s.Variables() {
		list = append(list, event.Variable{Key: v.Key, Value: v.Value.JSONText(), Type: v.Type, Disabled: v.Disabled})
	}
	return event.Scope{ID: s.ID, Name: from.Name, File: from.File, Values: list}
}

// drained is true for the error that ends a data file, which is an end and not a failure.
func drained(err error) bool { return errors.Is(err, io.EOF) }

// An atWork knows which scripts run. The zero atWork is empty and ready; it is safe for
// concurrent use. All runs of one call share it.
type atWork struct {
	mu      sync.Mutex
	scripts []*workingScript
}

// A workingScript is one of them. It is compared by pointer: the same script may run in
// several units.
type workingScript struct{ listen, item string }

// begin adds a script. The function removes it and must be called.
func (a *atWork) begin(listen, item string) (over func()) {
	s := &workingScript{listen, item}
	a.mu.Lock()
	a.scripts = append(a.scripts, s)
	a.mu.Unlock()
	return func() {
		a.mu.Lock()
		a.scripts = slices.DeleteFunc(a.scripts, func(other *workingScript) bool { return other == s })
		a.mu.Unlock()
	}
}

// list says what runs, in words, oldest first.
func (a *atWork) list() (names []string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	for _, s := range a.scripts {
		names = append(names, fmt.Sprintf("the %s script of %q", s.listen, s.item))
	}
	return names
}
