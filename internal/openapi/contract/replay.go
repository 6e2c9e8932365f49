package contract

import (
	"posthaste/runner/deviation"
	"posthaste/runner/event"
)

// A Replay holds the exchanges of a recording against a Contract. What the recording itself
// says stands: a step that has an assertion of a contract gets no other, and where the
// recording has the coverage of a file, that is what counts. It is used by one goroutine, in
// the order of events.
type Replay struct {
	Contract *Contract
	Sink     func(event.Masked) error // gets the recording's events, and those that are added

	// Steps that began and did not end yet, by ID.
	steps map[string]*replayed
	// Coverage of the recording is held back until the end, when it is joined with what the
	// replay found.
	recorded []event.Coverage
}

// A replayed is a step under way.
type replayed struct {
	list   deviation.List
	judged bool // by the run itself
}

// Take takes the next event and passes it on to the Sink, with what is added before it. Its
// error is the Sink's.
func (r *Replay) Take(masked event.Masked) error {
	switch e := masked.Event().(type) {
	case event.ItemStarted:
		if r.steps == nil {
			r.steps = map[string]*replayed{}
		}
		r.steps[e.Step.ID] = &replayed{}
	case event.ResponseReceived:
		if s := r.steps[e.Step.ID]; s != nil {
			s.list.Judge(r.Contract, e.Request, e.Response)
		}
	case event.Assertion:
		// The run judged itself when it was recorded. A test of the same name in a script is
		// not meant: that has a Script.
		if s := r.steps[e.Step.ID]; s != nil && e.Name == deviation.Name && e.Script == (event.Script{}) {
			s.judged = true
		}
	case event.ItemFinished:
		if err := r.finish(e); err != nil {
			return err
		}
	case event.Coverage:
		r.recorded = append(r.recorded, e)
		return nil
	case event.RunFinished:
		if err := r.cover(); err != nil {
			return err
		}
	}
	return r.Sink(masked)
}

// finish adds the outcome of a step that has none, before the end of the step is passed on.
func (r *Replay) finish(e event.ItemFinished) error {
	s := r.steps[e.Step.ID]
	delete(r.steps, e.Step.ID)
	if s == nil || s.judged {
		return nil
	}
	failed, ok := s.list.Outcome()
	if !ok {
		return nil
	}
	return r.Sink(event.Recorded(event.Assertion{Step: e.Step, Item: e.Item, Name: deviation.Name, Error: failed}))
}

// cover tells what was covered: of each file what the recording says, or else what was found.
// A recording of several shards has several coverages of a file, which are summed.
func (r *Replay) cover() error {
	var list []event.Coverage
	for _, c := range r.recorded {
		list = event.Join(list, c)
	}
	for _, c := range r.Contract.Coverage() {
		known := false
		for _, own := range r.recorded {
			known = known || own.File == c.File && own.Title == c.Title
		}
		if !known {
			list = event.Join(list, c)
		}
	}
	for _, c := range list {
		if err := r.Sink(event.Recorded(c)); err != nil {
			return err
		}
	}
	return nil
}
