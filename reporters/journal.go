package reporters

import (
	"cmp"
	"slices"
	"time"

	"posthaste/runner/event"
)

// A journal gathers the events of each step until the step is over, for reports that say everything about a
// request in one place. It holds only the steps that are under way, so a long run costs no memory.
type journal struct {
	all     bool // gather console output, variables and notices too
	run     event.RunStarted
	rows    map[int]string        // labels of the iterations under way
	open    []*step               // in the order in which they began
	earlier map[execution][]*step // attempts that are tried again, until the last is over
}

// An execution is an item in an iteration, however often it is tried.
type execution struct {
	iteration, position int
	item                string // its ID: runs of several collections have positions of their own
}

func (s *step) execution() execution { return execution{s.Iteration, s.Position, s.Item.ID} }

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
	Earlier    []*step  // attempts before this one
	Files      []string // kept of this step
	whole      bool     // no step but the run itself
	Finished   bool     // false when the run was cut short in this step
	running    event.Script
	Elapsed    time.Duration

	// of a journal that gathers all
	Console     []event.Console
	ConsoleLeft int // lines beyond journalConsole
	Variables   []event.VariableSet
	Notices     []event.Notice
}

// journalConsole is how many console calls of a step are kept: a script may print for ever.
const journalConsole = 1000

// An exchange is a request and how it ended: one of Response and Error is set.
type exchange struct {
	Request  event.Request
	Response *event.Response
	Error    *event.Error
	Source   string
	Script   event.Script // that sent it, the zero Script for the item's own requests
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
		s.Item, s.Skipped, s.Elapsed, s.Finished, s.Files = e.Item, e.Skipped, e.Elapsed, true, e.Attachments
		if s.Item.Document == nil { // the events report writes an item's document once
			s.Item.Document = document
		}
		return j.attempt(s, e.Retried)
	case event.RunFinished:
		rest := append(j.abandoned(), j.open...)
		j.open = nil
		return rest
	default:
		j.gather(e)
	}
	return nil
}

// attempt keeps an attempt that is tried again for the one that ends the item.
func (j *journal) attempt(s *step, again bool) []*step {
	of := s.execution()
	if again {
		if j.earlier == nil {
			j.earlier = map[execution][]*step{}
		}
		j.earlier[of] = append(j.earlier[of], s)
		return nil
	}
	s.Earlier = j.earlier[of]
	delete(j.earlier, of)
	return []*step{s}
}

// abandoned lists the attempts that were to be tried again when the run was cut short; they are failures then. Those
// whose next attempt is under way stay with it.
func (j *journal) abandoned() []*step {
	for _, s := range j.open {
		of := s.execution()
		s.Earlier = j.earlier[of]
		delete(j.earlier, of)
	}
	var rest []*step
	for _, list := range j.earlier {
		last := list[len(list)-1]
		last.Earlier = list[:len(list)-1]
		rest = append(rest, last)
	}
	slices.SortFunc(rest, func(a, b *step) int {
		return cmp.Or(cmp.Compare(a.Iteration, b.Iteration), cmp.Compare(a.Position, b.Position))
	})
	j.earlier = nil
	return rest
}

// gather puts an event into its step.
func (j *journal) gather(e event.Event) {
	switch e := e.(type) {
	case event.ScriptStarted:
		j.step(e.Step).running = e.Script
	case event.ResponseReceived:
		s := j.step(e.Step)
		s.Exchanges = append(s.Exchanges, exchange{Request: e.Request, Response: &e.Response, Source: e.Source, Script: s.running})
	case event.RequestFailed:
		s := j.step(e.Step)
		s.Exchanges = append(s.Exchanges, exchange{Request: e.Request, Error: orUnknown(e.Error), Source: e.Source, Script: s.running})
	case event.Assertion:
		s := j.step(e.Step)
		s.Assertions = append(s.Assertions, e)
	case event.ScriptFinished:
		s := j.step(e.Step)
		s.running = event.Script{}
		if e.Error != nil {
			s.Thrown = append(s.Thrown, e)
		}
	case event.Exception:
		if e.Counted {
			e.Error = orUnknown(e.Error)
			s := j.step(e.Step)
			s.Exceptions = append(s.Exceptions, e)
		}
	default:
		if j.all {
			j.gatherRest(e)
		}
	}
}

// gatherRest puts what only some reports show into its step.
func (j *journal) gatherRest(e event.Event) {
	switch e := e.(type) {
	case event.Console:
		s := j.step(e.Step)
		if len(s.Console) >= journalConsole {
			s.ConsoleLeft++
			return
		}
		s.Console = append(s.Console, e)
	case event.VariableSet:
		s := j.step(e.Step)
		s.Variables = append(s.Variables, e)
	case event.Notice:
		if e.Step.ID != "" {
			s := j.step(e.Step)
			s.Notices = append(s.Notices, e)
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
