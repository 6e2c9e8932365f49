package runner

import (
	"context"
	"io"
	"strconv"
	"sync"

	"posthaste/internal/cookie"
	"posthaste/internal/transport"
	"posthaste/internal/variable"
	"posthaste/runner/event"
	"posthaste/runner/sequence"
	"posthaste/script"
)

// aheadPerWorker bounds how many finished units wait for a slow one before them, since their
// events are held in memory.
const aheadPerWorker = 8

// workers run the units of a parallel run. One goroutine (spread) makes the units and sends
// them; the workers take them.
type workers struct {
	run     *run
	order   *sequence.Sequencer[event.Event]
	queue   chan *unit // to the workers
	running sync.WaitGroup
	halt    chan struct{} // closed when a unit ends the run
	once    sync.Once
	begin   state // what every unit starts with
	next    int   // number of the next unit

	mu     sync.Mutex
	reason string
	fatal  error
}

// A worker runs one unit after the other. They share a connection pool and the jar that goes
// with it. Each has a script realm of its own, which is built for its first script.
type worker struct {
	all     *workers
	client  *transport.Client
	jar     *cookie.Jar
	sandbox *script.Sandbox
	random  *randomness
}

// state is the variables and cookies that a unit begins with. Units get copies, so it stays
// the same.
type state struct {
	environment, globals, variables, local *variable.Scope
	cookies                                *cookie.Jar
}

// spread runs the setup, and then the units on the workers. The setup runs in the run itself,
// in the first iteration only, so its changes are what every unit begins with.
func (r *run) spread(ctx context.Context) (reason string, fatal error) {
	setup, groups := r.opt.Parallel.split(r.plan)
	var f *workers
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
			r.undo.begin(r.row.Scope)
			if v := r.items(ctx, setup, n); v.stop != "" {
				v = r.tearDown(ctx, n, v)
				r.emit.emit(event.IterationFinished{Iteration: n})
				return v.stop, v.fatal
			}
			if f, err = newWorkers(ctx, r); err != nil {
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

// newWorkers starts the workers. Each has a client, a cookie jar, randomness and a sandbox of
// its own; every unit begins with the variables and cookies of this moment.
func newWorkers(ctx context.Context, r *run) (*workers, error) {
	n := max(1, r.opt.Parallel.Workers)
	f := &workers{
		run: r, order: sequence.New(r.emit.emit, sequence.Size), queue: make(chan *unit), halt: make(chan struct{}),
		begin: state{r.environment.Clone(), r.globals.Clone(), r.variables.Clone(), r.local.Clone(), cookie.New(r.opt.Now)},
	}
	f.begin.cookies.Become(r.jar)
	workers := make([]*worker, n)
	for i := range workers {
		jar := cookie.New(r.opt.Now)
		d := newRandomness(&r.opt)
		client, err := newClient(r.opt.Network, r, jar, d)
		if err != nil {
			return nil, err
		}
		workers[i] = &worker{all: f, client: client, jar: jar, random: d, sandbox: r.newSandbox(d)}
	}
	f.running.Add(n)
	for _, w := range workers {
		go w.run(ctx)
	}
	return f, nil
}

// start runs a unit as soon as a worker is free. It is false when the run has ended. Before
// that it waits while too many finished units are held back.
func (f *workers) start(ctx context.Context, u *unit) bool {
	u.number = f.next
	f.next++
	f.order.Wait(u.number, aheadPerWorker*max(1, f.run.opt.Parallel.Workers))
	// Looked at alone first: select would choose at random between a halt and a free worker.
	select {
	case <-f.halt:
		return false
	default:
	}
	select {
	case <-f.halt:
		return false
	case <-ctx.Done():
		f.stop(f.run.stopped(ctx))
		return false
	case f.queue <- u:
		return true
	}
}

// run runs units until there are no more. The realm is cleared after each, so that no unit
// sees the globals of another.
func (w *worker) run(ctx context.Context) {
	f := w.all
	defer f.running.Done()
	defer w.client.CloseIdle()
	defer func() { w.sandbox.Close() }()
	script.Drive(func(d *script.Driver) {
		for u := range f.queue {
			w.sandbox.Drive(d)
			w.execute(ctx, u)
			w.sandbox.Reset()
		}
	})
}

// execute runs one unit. Its events and its changes are handed on in the order of units, not
// of workers.
func (w *worker) execute(ctx context.Context, u *unit) {
	f := w.all
	select {
	case <-f.halt: // since it was taken
		f.order.Finish(u.number, func() {})
		return
	default:
	}
	c := f.child(u, w)
	defer c.releaseInner()
	if u.first {
		c.emit.emit(event.IterationStarted{Iteration: u.iteration, Row: rowLabel(u.row)})
	}
	c.undo.begin(u.row)
	v := c.tearDown(ctx, u.iteration, c.items(ctx, u.plan, u.iteration))
	if u.last {
		c.emit.emit(event.IterationFinished{Iteration: u.iteration})
	}
	if v.stop != "" {
		f.stop(v)
	}
	f.order.Finish(u.number, func() { f.take(c) })
}

// child is the run of one unit, on a worker's connections and in its realm. Its events are
// masked by the whole run, when their turn has come.
func (f *workers) child(u *unit, w *worker) *run {
	r := f.run
	w.jar.Become(f.begin.cookies)
	c := r.part(u.plan, w.random)
	c.halt, c.stepPrefix, c.unit = f.halt, u.number+1, strconv.Itoa(u.number+1)
	c.sandbox, c.client, c.jar = w.sandbox, w.client, w.jar
	c.emit = &emitter{
		summary: event.Summary{Uncaused: true}, mask: masker{bodies: r.opt.Bodies, later: true}, learns: r.opt.learner(r.keep),
		pass: func(e event.Event) error {
			r.emit.aside(e)
			f.order.Send(u.number, e)
			return r.emit.failed()
		},
	}
	c.adopt(f.begin.environment.Clone(), f.begin.globals.Clone(), f.begin.variables.Clone(), f.begin.local.Clone())
	c.row.Scope = u.row.Clone()
	return c
}

// take takes over what a unit has changed and found. It is called in the order of the units,
// so of two units that set a variable the later one counts. Local variables end with the
// unit.
func (f *workers) take(c *run) {
	r := f.run
	merge(r.environment, f.begin.environment, c.environment)
	merge(r.globals, f.begin.globals, c.globals)
	merge(r.variables, f.begin.variables, c.variables)
	r.notices.merge(&c.notices)
}

// merge sets in whole what a unit changed since the beginning. What the unit left alone stays
// as other units made it.
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
// The first reason counts.
func (f *workers) stop(v flow) {
	f.once.Do(func() {
		f.mu.Lock()
		f.reason, f.fatal = v.stop, v.fatal
		f.mu.Unlock()
		close(f.halt)
	})
}

// end waits for what still runs and says why the run ended. A nil f had no workers yet; err
// is an error of the data.
func (f *workers) end(err error) (string, error) {
	if f == nil {
		if err != nil {
			return ReasonError, err
		}
		return "", nil
	}
	close(f.queue)
	f.running.Wait()
	f.mu.Lock()
	defer f.mu.Unlock()
	if err != nil {
		return ReasonError, err
	}
	return f.reason, f.fatal
}

// lockedReader lets units share one source of randomness. What each draws then depends on
// their speed; Options.RandomFor avoids that.
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

// newSandbox makes a realm. Compiled scripts are shared by all realms of a run, and so is the
// watch over what scripts hold.
func (r *run) newSandbox(d *randomness) *script.Sandbox {
	return script.New(script.Options{
		Now: r.opt.Today, Rand: d.scripts, Compat: r.opt.Compat, Cache: r.opt.cache,
		Vault: r.opt.Vault, Packages: r.opt.Packages, Abandoned: r.opt.abandoned, Watch: r.opt.watch,
	})
}
