package runner

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"sync"

	"posthaste/runner/event"
	"posthaste/runner/sequence"
)

// A Place is where a collection stands among those of one run. Machines that each run some of
// them give the same places, so that what they report can be put together.
type Place struct {
	Index int    // 0-based
	Of    int    // how many collections the whole run has; 0 is as many as RunSeveral is given
	Name  string // the folder that the collection is in the reports; "" is its own name
	Hash  string // of all collections of the whole run, "" when nobody asked
}

// RunSeveral runs collections one after the other, or so many at a time, as one run with one
// stream of events: those of the first options' Sink. Each has its own variables, cookies and
// script realm; its requests stand in the reports under the collection's name. The first
// timeout holds for all of them together. The results are in the order of the options, nil
// for a collection that was not begun because the run had ended.
//
// The error says that one of them has nothing to run; none is begun then.
func RunSeveral(ctx context.Context, opts []Options, workers int) ([]*Result, error) {
	// A single collection needs none of this, and its events have no folder of its name.
	if len(opts) == 1 && opts[0].Place.Of == 0 {
		result, err := Run(ctx, opts[0])
		return []*Result{result}, err
	}
	s := &several{
		opts: slices.Clone(opts), results: make([]*Result, len(opts)), first: make([]event.RunStarted, len(opts)),
		last: make([]event.RunFinished, len(opts)),
		halt: make(chan struct{}),
	}
	for i := range s.opts {
		o := &s.opts[i]
		if o.Place.Of == 0 {
			o.Place.Index, o.Place.Of = i, len(opts)
		}
		o.Place.Name = cmp.Or(o.Place.Name, o.Collection.Name)
		o.halt, o.outer = s.halt, ctx
	}
	if err := s.prepare(); err != nil {
		return nil, err
	}
	if limit := opts[0].Timeout; limit > 0 {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeoutCause(ctx, limit, errTimeout)
		defer cancel()
	}
	s.run(ctx, max(1, workers))
	return s.results, s.err
}

// several is a run of more than one collection. Its lists are by the collections' order; each
// entry is written by the goroutine of its collection only, and read when all have ended.
type several struct {
	opts    []Options
	results []*Result
	sink    func(event.Masked) error
	mask    masker // of the first collection
	order   *sequence.Sequencer[event.Masked]
	started event.RunStarted
	first   []event.RunStarted
	last    []event.RunFinished
	halt    chan struct{} // closed when a collection ends the run

	observing sync.Mutex

	mu     sync.Mutex
	err    error
	broken error // the sink's first
	reason string
	fatal  string
}

// prepare finds out that every collection has something to run, and says what will run. The
// runs that it makes are only looked at.
func (s *several) prepare() error {
	started := event.RunStarted{Iterations: 1, Collections: s.opts[0].Place.Of}
	for i, opt := range s.opts {
		r, err := newRun(opt)
		if err != nil {
			return fmt.Errorf("%s: %w", opt.Collection.File, err)
		}
		err = r.foresee()
		r.client.CloseIdle()
		if err != nil {
			return err
		}
		// The first row was read from the data and must not be lost.
		s.opts[i].Data = r.opt.Data
		e := r.started(r.opt.Now())
		if i == 0 {
			s.sink = opt.Sink
			started.Time, started.Version, started.Shard, started.Bail = e.Time, e.Version, e.Shard, e.Bail
			started.Strict, started.Compat = e.Strict, e.Compat
			s.mask = r.emit.mask
			started.Environment, started.Globals = e.Environment, e.Globals
			started.Collection.Hash = e.Collection.Hash
		}
		started.Items += e.Items
		if e.Setup != nil {
			started.Setup = append(started.Setup, make([]int, opt.Place.Index-len(started.Setup))...) // collections of other machines have none here
			started.Setup = append(started.Setup, e.Setup...)
		}
	}
	started.Collection.Name = strconv.Itoa(started.Collections) + " collections"
	s.order = sequence.New(s.pass, func(e event.Masked) int { return sequence.Size(e.Event()) })
	s.started = started
	s.observe(started, Place{})
	s.pass(event.Mask(started, s.mask))
	if setup := started.Setup; len(setup) > 0 && slices.Max(setup) == 0 && !started.Compat {
		n := setupNotice()
		s.observe(n, Place{})
		s.pass(event.Mask(n, s.mask))
	}
	return nil
}

// pass hands an event to the sink. The sequencer calls it one event at a time. The first
// error ends the run, by failed.
func (s *several) pass(e event.Masked) {
	if s.sink == nil {
		return
	}
	if err := s.sink(e); err != nil {
		s.mu.Lock()
		s.broken = cmp.Or(s.broken, err)
		s.mu.Unlock()
	}
}

// observe hands an event as it happened to those who judge the whole run, one at a time. The
// run has one beginning and one end; those of its collections are left out.
func (s *several) observe(e event.Event, of Place) {
	observe := s.opts[0].Observe
	if observe == nil {
		return
	}
	switch e.(type) {
	case event.RunStarted, event.RunFinished:
		if of.Of > 0 {
			return
		}
	default:
		e = e.Relabelled(of.labels())
	}
	s.observing.Lock()
	defer s.observing.Unlock()
	observe(e)
}

// failed returns the sink's error, which each collection's own sink returns to end it.
func (s *several) failed() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.broken
}

// run runs collections side by side, at most workers at a time. Their events are put in
// order, so reports are the same whatever ended first.
func (s *several) run(ctx context.Context, workers int) {
	free := make(chan struct{}, workers)
	var running sync.WaitGroup
	for i := range s.opts {
		free <- struct{}{}
		if s.ended() {
			s.order.Finish(i, func() {}) // tells the sequencer not to wait for it
			<-free
			continue
		}
		running.Add(1)
		go func() {
			defer running.Done()
			defer func() { <-free }()
			s.one(ctx, i)
		}()
	}
	running.Wait()
	if err := s.opts[0].settled(); err != nil {
		s.mu.Lock()
		s.broken = cmp.Or(s.broken, err)
		s.mu.Unlock()
	}
	s.finish()
}

// ended reports whether collections that have not begun are left out.
func (s *several) ended() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.reason != "" || s.err != nil || s.broken != nil
}

// one runs a collection. Its events get the collection's label and go through the sequencer;
// its first and last event are kept for the whole run's.
func (s *several) one(ctx context.Context, i int) {
	opt := s.opts[i]
	if s.opts[i].Observe != nil {
		opt.Observe = func(e event.Event) { s.observe(e, opt.Place) }
	}
	opt.Sink = func(masked event.Masked) error {
		switch e := masked.Event().(type) {
		case event.RunStarted:
			s.first[i] = e
		case event.RunFinished:
			s.last[i] = e
		default:
			place := opt.Place // its name comes into an event that was masked
			place.Name = Masker(opt.Secrets).Text(place.Name)
			s.order.Send(i, masked.Relabelled(place.labels()))
		}
		return s.failed()
	}
	result, err := Run(ctx, opt)
	s.mu.Lock()
	s.results[i] = result
	if err != nil && s.err == nil {
		s.err = err
	}
	// The first collection to end early ends the others.
	if e := s.last[i]; e.Reason != "" && s.reason == "" {
		s.reason, s.fatal = e.Reason, e.Error
		close(s.halt)
	}
	s.mu.Unlock()
	s.order.Finish(i, func() {})
}

// finish closes the stream with what the collections left. Each started with the same
// environment; what one changed counts, the last one in order where several changed a
// variable.
func (s *several) finish() {
	end := event.RunFinished{Reason: s.reason, Error: s.fatal, Time: s.started.Time}
	// What the collections left is masked, and a variable is found by its key.
	end.Environment, end.Globals = s.started.Environment.Masked(s.mask), s.started.Globals.Masked(s.mask)
	for i, e := range s.last {
		if s.results[i] == nil {
			continue
		}
		end.Environment = end.Environment.With(s.first[i].Environment, e.Environment)
		end.Globals = end.Globals.With(s.first[i].Globals, e.Globals)
		if e.Time.After(end.Time) {
			end.Time = e.Time
		}
	}
	end.Elapsed = end.Time.Sub(s.started.Time)
	if s.broken != nil && end.Reason == "" {
		end.Reason, end.Error = ReasonError, s.broken.Error()
	}
	s.observe(end, Place{})
	s.pass(event.Mask(end, s.mask))
}

// step makes a step's id the collection's own: step 3 of the second collection is "2:3".
func (p Place) step(s event.Step) event.Step {
	own := strconv.Itoa(p.Index+1) + ":"
	if s.ID != "" {
		s.ID, s.Collection = own+s.ID, p.Index
	}
	if s.Caller != "" {
		s.Caller = own + s.Caller
	}
	return s
}

// item puts an item into the collection's folder. The path is copied, since it is shared by
// all events of the item.
func (p Place) item(it event.Item) event.Item {
	it.Path = append([]string{p.Name}, it.Path...)
	return it
}

// labels puts an event of a collection under the collection's name, and makes its step's id its own.
func (p Place) labels() event.Labels {
	return event.Labels{Step: p.step, Item: p.item, Collection: func(int) int { return p.Index }}
}
