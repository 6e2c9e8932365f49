package reporters

import (
	"fmt"
	"strings"
	"time"

	"posthaste/runner/event"
)

// What became of something that could pass or fail.
type verdict int

const (
	passed  verdict = iota
	failed          // an assertion said no
	errored         // something broke before or beside the assertions
	skipped
)

func (v verdict) String() string { return [...]string{"passed", "failed", "errored", "skipped"}[v] }

// An outcome is one line of a test report. Every outcome of a step is in the list that outcomes makes, so that
// no report loses a failure.
type outcome struct {
	Name    string
	Verdict verdict
	Error   *event.Error // nil unless failed or errored
	Script  event.Script // zero where no script is concerned
	Reason  string       // why it was skipped
	Request *exchange    // the request it is about, nil when none was sent
	Time    time.Duration
}

// title is the name for people who read of a failure. Reports for tools keep one name for a request's own outcome,
// whether it passes or not.
func (o outcome) title() string {
	switch {
	case o.Verdict != errored || o.Request == nil || o.Error != o.Request.Error:
		return o.Name
	case o.Name == completed:
		return "no answer"
	case o.Request.Source == event.FromScript:
		return "no answer to " + o.Name
	}
	return o.Name
}

// completed is the name of a request's own outcome.
const completed = "request completed"

// bailed is the error that a script gets under --bail because an assertion in it failed (newman).
const bailed = "AssertionFailure"

// outcomes lists what became of a step: requests without an answer, assertions, scripts that threw, errors in
// timers and promises, a skipped request, and the request itself where nothing else speaks for it.
func (s *step) outcomes() []outcome {
	list := s.unanswered()
	for _, a := range s.Assertions {
		o := outcome{Name: a.Name, Script: a.Script, Request: s.main(), Error: a.Error}
		switch {
		case a.Error != nil:
			o.Verdict = failed
		case a.Skipped:
			o.Verdict, o.Reason = skipped, "skipped with pm.test.skip"
		}
		list = append(list, o)
	}
	for _, t := range s.Thrown {
		if t.Error.Name == bailed && len(s.Assertions) > 0 {
			continue // it only repeats the assertions that failed
		}
		list = append(list, outcome{Name: scriptName(t.Script), Verdict: errored, Error: t.Error, Script: t.Script, Request: s.main(), Time: t.Elapsed})
	}
	for _, e := range s.Exceptions {
		name := scriptName(e.Script) + ", in a timer or promise"
		list = append(list, outcome{Name: name, Verdict: errored, Error: e.Error, Script: e.Script, Request: s.main()})
	}
	own := outcome{Name: completed, Request: s.main()}
	switch {
	case s.Skipped:
		own.Verdict, own.Reason = skipped, "a script called pm.execution.skipRequest"
	case !s.Finished && (own.Request == nil || own.Request.Source != event.FromCollection):
		own.Verdict, own.Reason = skipped, "the run stopped before this request had an answer"
	case own.Request == nil && len(list) == 0:
		own.Verdict, own.Reason = skipped, "nothing was sent"
	case len(s.Assertions) > 0, own.Request == nil, own.Request.Error != nil:
		return list
	default:
		own.Time = own.Request.Response.Timing.Total
	}
	return append(list, own)
}

// unanswered lists the requests that got no answer.
func (s *step) unanswered() []outcome {
	var list []outcome
	for i := range s.Exchanges {
		x := &s.Exchanges[i]
		if x.Error == nil {
			continue
		}
		name := completed
		switch x.Source {
		case event.FromScript:
			name = "pm.sendRequest " + x.Request.Method + " " + x.Request.URL
		case event.FromAuth:
			name = "authentication request completed"
		}
		list = append(list, outcome{Name: name, Verdict: errored, Error: x.Error, Request: x})
	}
	return list
}

// runOutcome is what a run that was cut short says of itself, nil when it came to its end, or stopped at a
// failure that speaks for it.
func runOutcome(e event.RunFinished) *outcome {
	if e.Reason == "" || e.Reason == "bail" {
		return nil
	}
	text := e.Error
	if text == "" {
		text = "the run was cut short: " + e.Reason
	}
	return &outcome{Name: "run completed", Verdict: errored, Error: &event.Error{Name: e.Reason, Code: e.Reason, Message: text}}
}

// ofRun is a step for outcomes that are the whole run's.
func (j *journal) ofRun() *step {
	return &step{Item: event.Item{Name: j.run.Collection.Name, File: j.run.Collection.File}, Started: j.run.Time, whole: true}
}

// limit is the outcome of a threshold.
func limit(t event.Threshold) outcome {
	o := outcome{Name: "threshold " + t.Text}
	if t.Broken {
		o.Verdict, o.Error = failed, &event.Error{Name: "AssertionError", Message: "it was " + t.Value}
	}
	return o
}

// scriptName tells a script from the others of a step.
func scriptName(s event.Script) string {
	if s.Level == "" || s.Level == "item" {
		return s.Listen + " script"
	}
	return fmt.Sprintf("%s script of %s %s", s.Listen, s.Level, s.Owner)
}

// path is a step's place for people: "ePayment / Create payment".
func (s *step) path() string {
	return strings.Join(append(append([]string{}, s.Item.Path...), s.Item.Name), " / ")
}

// label tells the executions of an item apart: " [iteration 2: NO]" when the run has several iterations,
// " [attempt 2]" for a retry, else "".
func (s *step) label(run event.RunStarted) string {
	label := ""
	if run.Iterations != 1 && !s.whole {
		label = fmt.Sprintf(" [iteration %d", s.Iteration+1)
		if s.Row != "" {
			label += ": " + s.Row
		}
		label += "]"
	}
	if s.Attempt > 0 && len(s.Earlier) == 0 { // else the attempts are told as one
		label += fmt.Sprintf(" [attempt %d]", s.Attempt+1)
	}
	return label
}
