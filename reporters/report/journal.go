package report

import (
	"cmp"
	"slices"
	"time"

	"posthaste/runner/event"
)

// A Journal gathers the events of each step until the step is over, for reports that say everything about a
// request in one place. It holds only the steps that are under way, so a long run costs no memory.
type Journal struct {
	All     bool // gather console output, variables and notices too
	Run     event.RunStarted
	rows    map[int]string        // labels of the iterations under way
	Open    []*Step               // in the order in which they began
	earlier map[execution][]*Step // attempts that are tried again, until the last is over
}

// An execution is an item in an iteration, however often it is tried.
type execution struct {
	iteration, position int
	item                string // its ID: runs of several collections have positions of their own
}

func (s *Step) execution() execution { return execution{s.Iteration, s.Position, s.Item.ID} }

// A Step is what happened in one execution of an item.
type Step struct {
	event.Step

	Item       event.Item
	Row        string // label of the data row, "" without data
	Started    time.Time
	Exchanges  []Exchange
	Assertions []Assertion
	Thrown     []event.ScriptFinished // scripts that did not run to their end
	Exceptions []event.Exception      // those that count as failures
	Skipped    bool
	Earlier    []*Step  // attempts before this one
	Files      []string // kept of this step
	whole      bool     // no step but the run itself
	own        [1]*Step // itself, where a list is asked for
	Finished   bool     // false when the run was cut short in this step
	Running    event.Script
	Elapsed    time.Duration

	// of a journal that gathers all
	Console     []event.Console
	ConsoleLeft int // lines beyond journalConsole
	Variables   []event.VariableSet
	Notices     []event.Notice
}

// An Assertion is an event.Assertion without what its step says of it: a script may make a hundred thousand.
type Assertion struct {
	Name           string
	Script         *event.Script // never nil; assertions of one script share it
	Index          int           // 0-based within its script
	Skipped, Async bool
	Error          *event.Error // nil: passed
	Alike          int64        // see event.Assertion
}

// add keeps an assertion of the step.
func (s *Step) add(a event.Assertion) {
	var script *event.Script
	if n := len(s.Assertions); n > 0 && *s.Assertions[n-1].Script == a.Script {
		script = s.Assertions[n-1].Script
	} else {
		own := a.Script // alone: the address of a field would hold all of the event
		script = &own
	}
	s.Assertions = append(s.Assertions, Assertion{a.Name, script, a.Index, a.Skipped, a.Async, a.Error, a.Alike})
}

// journalConsole is how many console calls of a step are kept: a script may print for ever.
const journalConsole = 1000

// An Exchange is a request and how it ended: one of Response and Error is set.
type Exchange struct {
	Request  event.Request
	Response *event.Response
	Error    *event.Error
	Source   string
	Script   event.Script // that sent it, the zero Script for the item's own requests
}

// Add takes an event and returns the steps that it completes: one for ItemFinished, and for RunFinished
// those that were cut short.
func (j *Journal) Add(e event.Event) []*Step {
	switch e := e.(type) {
	case event.RunStarted:
		j.Run = e
	case event.IterationStarted:
		if j.rows == nil {
			j.rows = map[int]string{}
		}
		j.rows[e.Iteration] = e.Row
	case event.IterationFinished:
		delete(j.rows, e.Iteration)
	case event.ItemStarted:
		j.Open = append(j.Open, &Step{Step: e.Step, Item: e.Item, Started: e.Time, Row: j.rows[e.Step.Iteration]})
	case event.ItemFinished:
		s := j.Step(e.Step)
		j.Open = slices.DeleteFunc(j.Open, func(o *Step) bool { return o == s })
		document := s.Item.Document
		s.Item, s.Skipped, s.Elapsed, s.Finished, s.Files = e.Item, e.Skipped, e.Elapsed, true, e.Attachments
		if s.Item.Document == nil { // the events report writes an item's document once
			s.Item.Document = document
		}
		return j.attempt(s, e.Retried)
	case event.RunFinished:
		rest := append(j.abandoned(), j.Open...)
		j.Open = nil
		return rest
	default:
		j.gather(e)
	}
	return nil
}

// attempt keeps an attempt that is tried again for the one that ends the item.
func (j *Journal) attempt(s *Step, again bool) []*Step {
	of := s.execution()
	if again {
		if j.earlier == nil {
			j.earlier = map[execution][]*Step{}
		}
		j.earlier[of] = append(j.earlier[of], s)
		return nil
	}
	s.Earlier = j.earlier[of]
	delete(j.earlier, of)
	s.own[0] = s
	return s.own[:]
}

// abandoned lists the attempts that were to be tried again when the run was cut short; they are failures then. Those
// whose next attempt is under way stay with it.
func (j *Journal) abandoned() []*Step {
	for _, s := range j.Open {
		of := s.execution()
		s.Earlier = j.earlier[of]
		delete(j.earlier, of)
	}
	var rest []*Step
	for _, list := range j.earlier {
		last := list[len(list)-1]
		last.Earlier = list[:len(list)-1]
		rest = append(rest, last)
	}
	slices.SortFunc(rest, func(a, b *Step) int {
		return cmp.Or(cmp.Compare(a.Iteration, b.Iteration), cmp.Compare(a.Position, b.Position))
	})
	j.earlier = nil
	return rest
}

// gather puts an event into its step.
func (j *Journal) gather(e event.Event) {
	switch e := e.(type) {
	case event.ScriptStarted:
		j.Step(e.Step).Running = e.Script
	case event.ResponseReceived:
		s, response := j.Step(e.Step), e.Response // alone: the address of a field would hold all of the event
		s.Exchanges = append(s.Exchanges, Exchange{Request: e.Request, Response: &response, Source: e.Source, Script: s.Running})
	case event.RequestFailed:
		s := j.Step(e.Step)
		s.Exchanges = append(s.Exchanges, Exchange{Request: e.Request, Error: OrUnknown(e.Error), Source: e.Source, Script: s.Running})
	case event.Assertion:
		j.Step(e.Step).add(e)
	case event.ScriptFinished:
		s := j.Step(e.Step)
		s.Running = event.Script{}
		if e.Error != nil {
			s.Thrown = append(s.Thrown, e)
		}
	case event.Exception:
		if e.Counted {
			e.Error = OrUnknown(e.Error)
			s := j.Step(e.Step)
			s.Exceptions = append(s.Exceptions, e)
		}
	default:
		if j.All {
			j.gatherRest(e)
		}
	}
}

// gatherRest puts what only some reports show into its step.
func (j *Journal) gatherRest(e event.Event) {
	switch e := e.(type) {
	case event.Console:
		s := j.Step(e.Step)
		if len(s.Console) >= journalConsole {
			s.ConsoleLeft++
			return
		}
		s.Console = append(s.Console, e)
	case event.VariableSet:
		s := j.Step(e.Step)
		s.Variables = append(s.Variables, e)
	case event.Notice:
		if e.Step.ID != "" {
			s := j.Step(e.Step)
			s.Notices = append(s.Notices, e)
		}
	}
}

// Step finds the step that an event belongs to. An event of a step that never began makes one, so that
// nothing is lost.
func (j *Journal) Step(id event.Step) *Step {
	for _, s := range j.Open {
		if s.ID == id.ID {
			return s
		}
	}
	s := &Step{Step: id, Row: j.rows[id.Iteration]}
	j.Open = append(j.Open, s)
	return s
}

// OrUnknown returns e, or an error that says that no reason was given where e is nil.
func OrUnknown(e *event.Error) *event.Error {
	if e == nil {
		return &event.Error{Name: "Error", Message: "no reason was given"}
	}
	return e
}

// Main is the exchange that the item itself stands for: the last that is the collection's own, else the
// last. It is nil when nothing was sent.
func (s *Step) Main() *Exchange {
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
