package runner

import (
	"context"
	"io"
	"sync"

	"posthaste/collection"
	"posthaste/internal/auth"
	"posthaste/internal/cookie"
	"posthaste/internal/transport"
	"posthaste/internal/variable"
	"posthaste/runner/event"
	"posthaste/script"
)

// aheadPerWorker bounds how many finished units wait for a slow one before them.
const aheadPerWorker = 8

// A fleet runs the units of a parallel run.
type fleet struct {
	run     *run
	lanes   *lanes
	workers chan *worker
	running sync.WaitGroup
	halt    chan struct{} // closed when a unit ends the run
	once    sync.Once
	begin   state // what every unit starts with
	next    int   // number of the next unit

	mu     sync.Mutex
	reason string
	fatal  error
}

// A worker is what units that run one after the other share: a connection pool and the jar that goes with it.
type worker struct {
	client *transport.Client
	jar    *cookie.Jar
}

// state is the variables and cookies that a unit begins with.
type state struct {
	environment, globals, variables, local *variable.Scope
	cookies                                *cookie.Jar
}

// spread runs the setup, and then the units on the workers.
func (r *run) spread(ctx context.Context) (reason string, fatal error) {
	setup, groups := r.opt.Parallel.split(r.plan)
	var f *fleet
	for i := 0; ; i++ {
		more, err := r.advance(i)
		if err != nil || !more {
			return f.end(err)
		}
		first := true
		if i == 0 {
			n := r.opt.FirstIteration
			r.emit.emit(event.IterationStarted{Iteration: n, Row: rowLabel(r.row.Scope)})
			first = false
			if v := r.items(ctx, setup, n); v.stop != "" {
				r.emit.emit(event.IterationFinished{Iteration: n})
				return v.stop, v.fatal
			}
			if f, err = newFleet(r); err != nil {
				return ReasonError, err
			}
		}
		for g, p := range groups {
			u := &unit{plan: p, iteration: r.opt.FirstIteration + i, row: r.row.Scope, first: first && g == 0, last: g == len(groups)-1}
			if !f.start(ctx, u) {
				return f.end(nil)
			}
		}
	}
}

func newFleet(r *run) (*fleet, error) {
	n := max(1, r.opt.Parallel.Workers)
	f := &fleet{
		run: r, lanes: newLanes(r.emit.emit), workers: make(chan *worker, n), halt: make(chan struct{}),
		begin: state{r.environment.Clone(), r.globals.Clone(), r.variables.Clone(), r.local.Clone(), cookie.New(r.opt.Now)},
	}
	f.begin.cookies.Become(r.jar)
	for range n {
		jar := cookie.New(r.opt.Now)
		client, err := newClient(r.opt.Network, r, jar)
		if err != nil {
			return nil, err
		}
		f.workers <- &worker{client, jar}
	}
	return f, nil
}

// start runs a unit as soon as a worker is free. It is false when the run has ended.
func (f *fleet) start(ctx context.Context, u *unit) bool {
	number := f.next
	f.next++
	f.lanes.wait(number, aheadPerWorker*cap(f.workers))
	w := <-f.workers
	select {
	case <-f.halt:
		f.workers <- w
		return false
	default:
	}
	if ctx.Err() != nil {
		f.workers <- w
		f.stop(f.run.stopped(ctx))
		return false
	}
	f.running.Add(1)
	go func() {
		defer f.running.Done()
		defer func() { f.workers <- w }()
		f.execute(ctx, u, number, w)
	}()
	return true
}

func (f *fleet) execute(ctx context.Context, u *unit, number int, w *worker) {
	c := f.child(u, number, w)
	defer c.release()
	if u.first {
		c.emit.emit(event.IterationStarted{Iteration: u.iteration, Row: rowLabel(u.row)})
	}
	var v verdict
	script.Drive(func(d *script.Driver) {
		c.sandbox.Drive(d)
		v = c.items(ctx, u.plan, u.iteration)
	})
	if u.last {
		c.emit.emit(event.IterationFinished{Iteration: u.iteration})
	}
	if v.stop != "" {
		f.stop(v)
	}
	f.lanes.finish(number, func() { f.take(c) })
}

// child is the run of one unit: what it shares with the whole is safe to share.
func (f *fleet) child(u *unit, number int, w *worker) *run {
	r := f.run
	w.jar.Become(f.begin.cookies)
	c := &run{
		opt: r.opt, plan: u.plan, keep: r.keep, iterations: r.iterations, halt: f.halt,
		emit:    &emitter{sink: func(e event.Event) error { f.lanes.send(number, e); return r.emit.failed() }, bodies: r.opt.Bodies},
		dynamic: variable.NewDynamic(r.opt.Today, r.opt.Rand), sandbox: r.newSandbox(), client: w.client, jar: w.jar, stepPrefix: number + 1,
		schemes: map[*collection.Auth]auth.Scheme{},
	}
	c.adopt(f.begin.environment.Clone(), f.begin.globals.Clone(), f.begin.variables.Clone(), f.begin.local.Clone())
	c.row.Scope = u.row.Clone()
	return c
}

// take takes over what a unit has changed and found. It is called in the order of the units.
func (f *fleet) take(c *run) {
	r := f.run
	merge(r.environment, f.begin.environment, c.environment)
	merge(r.globals, f.begin.globals, c.globals)
	merge(r.variables, f.begin.variables, c.variables)
	r.trust.merge(&c.trust)
}

// merge sets in whole what a unit changed since the beginning.
func merge(whole, begin, unit *variable.Scope) {
	for _, v := range unit.Variables() {
		if v.Disabled {
			continue
		}
		if before, ok := begin.Lookup(v.Key); !ok || before != v.Value {
			whole.Set(v.Key, v.Value, v.Type)
		}
	}
	for _, v := range begin.Variables() {
		if _, ok := unit.Lookup(v.Key); !ok && !v.Disabled {
			whole.Unset(v.Key)
		}
	}
}

// stop ends the run: units that run come to the end of their request, no more are started.
func (f *fleet) stop(v verdict) {
	f.once.Do(func() {
		f.mu.Lock()
		f.reason, f.fatal = v.stop, v.fatal
		f.mu.Unlock()
		close(f.halt)
	})
}

// end waits for what still runs and says why the run ended.
func (f *fleet) end(err error) (string, error) {
	if f == nil {
		if err != nil {
			return ReasonError, err
		}
		return "", nil
	}
	f.running.Wait()
	for range cap(f.workers) {
		w := <-f.workers
		w.client.CloseIdle()
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if err != nil {
		return ReasonError, err
	}
	return f.reason, f.fatal
}

// lockedReader lets units share one source of randomness.
type lockedReader struct {
	mu sync.Mutex
	r  io.Reader
}

// Read reads from the source, one reader at a time.
func (l *lockedReader) Read(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.r.Read(p)
}

// newSandbox makes a realm. Compiled scripts are shared by all realms of a run.
func (r *run) newSandbox() *script.Sandbox {
	return script.New(script.Options{
		Now: r.opt.Today, Rand: r.opt.Rand, Compat: r.opt.Compat, Libraries: r.opt.Libraries, Cache: r.opt.cache,
		Vault: r.opt.Vault, Packages: r.opt.Packages,
	})
}
