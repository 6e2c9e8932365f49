package runner

import (
	"context"
	"fmt"
	"strconv"
	"sync"

	"posthaste/runner/event"
)

// RunSeveral runs collections one after the other, or so many at a time, as one run with one stream of events:
// those of the first options' Sink. Each has its own variables, cookies and script realm; its requests stand in
// the reports under the collection's name. The results are in the order of the options, nil for a collection
// that was not begun because the run had ended.
//
// The error says that one of them has nothing to run; none is begun then.
func RunSeveral(ctx context.Context, opts []Options, workers int) ([]*Result, error) {
	if len(opts) == 1 {
		result, err := Run(ctx, opts[0])
		return []*Result{result}, err
	}
	s := &several{opts: opts, results: make([]*Result, len(opts)), last: make([]event.RunFinished, len(opts))}
	if err := s.prepare(); err != nil {
		return nil, err
	}
	s.run(ctx, max(1, workers))
	return s.results, s.err
}

// several is a run of more than one collection.
type several struct {
	opts    []Options
	results []*Result
	sink    func(event.Event) error
	lanes   *lanes
	last    []event.RunFinished

	mu     sync.Mutex
	err    error
	broken error // the sink's first
	reason string
	fatal  string
}

// prepare finds out that every collection has something to run, and says what will run.
func (s *several) prepare() error {
	started := event.RunStarted{Iterations: 1}
	for i, opt := range s.opts {
		r, err := newRun(opt)
		if err != nil {
			return fmt.Errorf("%s: %w", opt.Collection.File, err)
		}
		e := r.started(r.opt.Now())
		r.client.CloseIdle()
		if i == 0 {
			s.sink = opt.Sink
			started.Time, started.Version, started.Shard, started.Bail = e.Time, e.Version, e.Shard, e.Bail
			started.Environment, started.Globals = r.emit.scope(e.Environment), r.emit.scope(e.Globals)
		}
		started.Items += e.Items
	}
	started.Collection = event.Collection{Name: strconv.Itoa(len(s.opts)) + " collections"}
	s.lanes = newLanes(s.pass)
	s.pass(started)
	return nil
}

// pass hands an event to the sink. The lanes call it one event at a time.
func (s *several) pass(e event.Event) {
	if s.sink == nil || s.broken != nil {
		return
	}
	s.broken = s.sink(e)
}

func (s *several) run(ctx context.Context, workers int) {
	free := make(chan struct{}, workers)
	var running sync.WaitGroup
	for i := range s.opts {
		free <- struct{}{}
		if s.ended() {
			s.lanes.finish(i, func() {})
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
	s.finish()
}

func (s *several) ended() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.reason != "" || s.err != nil
}

// one runs a collection in its lane.
func (s *several) one(ctx context.Context, i int) {
	opt := s.opts[i]
	name := opt.Collection.Name
	opt.Sink = func(e event.Event) error {
		switch e := e.(type) {
		case event.RunStarted:
		case event.RunFinished:
			s.last[i] = e
		default:
			s.lanes.send(i, placed(e, i, name))
		}
		return nil
	}
	result, err := Run(ctx, opt)
	s.mu.Lock()
	s.results[i] = result
	if err != nil && s.err == nil {
		s.err = err
	}
	if e := s.last[i]; e.Reason != "" && s.reason == "" {
		s.reason, s.fatal = e.Reason, e.Error
	}
	s.mu.Unlock()
	s.lanes.finish(i, func() {})
}

// finish closes the stream with what the last collection left.
func (s *several) finish() {
	end := event.RunFinished{Reason: s.reason, Error: s.fatal}
	for i, e := range s.last {
		if s.results[i] == nil {
			continue
		}
		end.Time, end.Environment, end.Globals = e.Time, e.Environment, e.Globals
		end.Elapsed += e.Elapsed
	}
	if s.broken != nil && end.Reason == "" {
		end.Reason, end.Error = ReasonError, s.broken.Error()
	}
	s.pass(end)
}

// placed puts an event of a collection under the collection's name, and makes its step's id its own.
func placed(e event.Event, i int, name string) event.Event {
	step := func(s event.Step) event.Step {
		if s.ID != "" {
			s.ID = strconv.Itoa(i+1) + ":" + s.ID
		}
		if s.Caller != "" {
			s.Caller = strconv.Itoa(i+1) + ":" + s.Caller
		}
		return s
	}
	item := func(it event.Item) event.Item {
		it.Path = append([]string{name}, it.Path...)
		return it
	}
	switch e := e.(type) {
	case event.ItemStarted:
		e.Step, e.Item = step(e.Step), item(e.Item)
		return e
	case event.ItemFinished:
		e.Step, e.Item = step(e.Step), item(e.Item)
		return e
	case event.PhaseStarted:
		e.Step = step(e.Step)
		return e
	case event.ScriptStarted:
		e.Step = step(e.Step)
		return e
	case event.ScriptFinished:
		e.Step = step(e.Step)
		return e
	case event.Assertion:
		e.Step, e.Item = step(e.Step), item(e.Item)
		return e
	case event.Exception:
		e.Step = step(e.Step)
		return e
	case event.Console:
		e.Step = step(e.Step)
		return e
	case event.VariableSet:
		e.Step = step(e.Step)
		return e
	case event.RequestSent:
		e.Step = step(e.Step)
		return e
	case event.ResponseReceived:
		e.Step, e.Item = step(e.Step), item(e.Item)
		return e
	case event.RequestFailed:
		e.Step, e.Item = step(e.Step), item(e.Item)
		return e
	case event.Notice:
		e.Step = step(e.Step)
		return e
	}
	return e
}
