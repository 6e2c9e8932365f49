package reporters

import (
	"slices"
	"time"

	"posthaste/runner/event"
)

// A journal gathers the events of each step until the step is over, for reports that say everything about a
// request in one place. It holds only the steps that are under way, so a long run costs no memory.
type journal struct {
	run  event.RunStarted
	rows map[int]string // labels of the iterations under way
	open []*step        // in the order in which they began
}

// A step is what happened in one execution of an item.
type step struct {
	event.Step

	Item       event.Item
	Row        string // label of the data row, "" without data
	Started    time.Time
	Exchanges  []exchange
	Assertions []event.Assertion
	Thrown     []event.ScriptFinished // scripts that did not run to their end
	Exceptions []event.Exception      // those that count as failures
	Skipped    bool
	Finished   bool // false when the run was cut short in this step
	Elapsed    time.Duration
}

// An exchange is a request and how it ended: one of Response and Error is set.
type exchange struct {
	Request  event.Request
	Response *event.Response
	Error    *event.Error
	Source   string
}

// add takes an event and returns the steps that it completes: one for ItemFinished, and for RunFinished
// those that were cut short.
func (j *journal) add(e event.Event) []*step {
	switch e := e.(type) {
	case event.RunStarted:
		j.run = e
	case event.IterationStarted:
		if j.rows == nil {
			j.rows = map[int]string{}
		}
		j.rows[e.Iteration] = e.Row
	case event.IterationFinished:
		delete(j.rows, e.Iteration)
	case event.ItemStarted:
		j.open = append(j.open, &step{Step: e.Step, Item: e.Item, Started: e.Time, Row: j.rows[e.Step.Iteration]})
	case event.ItemFinished:
		s := j.step(e.Step)
		j.open = slices.DeleteFunc(j.open, func(o *step) bool { return o == s })
		document := s.Item.Document
		s.Item, s.Skipped, s.Elapsed, s.Finished = e.Item, e.Skipped, e.Elapsed, true
		if s.Item.Document == nil { // the events report writes an item's document once
			s.Item.Document = document
		}
		return []*step{s}
	case event.RunFinished:
		rest := j.open
		j.open = nil
		return rest
	default:
		j.gather(e)
	}
	return nil
}

// gather puts an event into its step.
func (j *journal) gather(e event.Event) {
	switch e := e.(type) {
	case event.ResponseReceived:
		s := j.step(e.Step)
		s.Exchanges = append(s.Exchanges, exchange{Request: e.Request, Response: &e.Response, Source: e.Source})
	case event.RequestFailed:
		s := j.step(e.Step)
		s.Exchanges = append(s.Exchanges, exchange{Request: e.Request, Error: orUnknown(e.Error), Source: e.Source})
	case event.Assertion:
		s := j.step(e.Step)
		s.Assertions = append(s.Assertions, e)
	case event.ScriptFinished:
		if e.Error != nil {
			s := j.step(e.Step)
			s.Thrown = append(s.Thrown, e)
		}
	case event.Exception:
		if e.Counted {
			e.Error = orUnknown(e.Error)
			s := j.step(e.Step)
			s.Exceptions = append(s.Exceptions, e)
		}
	}
}

// step finds the step that an event belongs to. An event of a step that never began makes one, so that
// nothing is lost.
func (j *journal) step(id event.Step) *step {
	for _, s := range j.open {
		if s.ID == id.ID {
			return s
		}
	}
	s := &step{Step: id, Row: j.rows[id.Iteration]}
	j.open = append(j.open, s)
	return s
}

func orUnknown(e *event.Error) *event.Error {
	if e == nil {
		return &event.Error{Name: "Error", Message: "no reason was given"}
	}
	return e
}

// main is the exchange that the item itself stands for: the last that is the collection's own, else the
// last. It is nil when nothing was sent.
func (s *step) main() *exchange {
	for i := len(s.Exchanges) - 1; i >= 0; i-- {
		if s.Exchanges[i].Source == event.FromCollection {
			return &s.Exchanges[i]
		}
	}
	if n := len(s.Exchanges); n > 0 {
		return &s.Exchanges[n-1]
	}
	return nil
}
