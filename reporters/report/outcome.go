package report

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"posthaste/runner/event"
)

// A Status is what became of something that could pass or fail.
type Status int

// What may become of it.
const (
	Passed  Status = iota
	Failed         // an assertion said no
	Errored        // something broke before or beside the assertions
	Skipped
)

// String is the status in a word.
func (v Status) String() string { return [...]string{"passed", "failed", "errored", "skipped"}[v] }

// An Outcome is one line of a test report. Every outcome of a step is in the list that outcomes makes, so that
// no report loses a failure.
type Outcome struct {
	Name    string
	Status  Status
	Error   *event.Error // nil unless failed or errored
	Script  event.Script // zero where no script is concerned
	Reason  string       // why it was skipped
	Request *Exchange    // the request it is about, nil when none was sent
	Time    time.Duration
	Follow  *Follow // what the failure followed from; nil for a cause, and where nobody asked
}

// Title is the name for people who read of a failure. Reports for tools keep one name for a request's own outcome,
// whether it passes or not.
func (o Outcome) Title() string {
	switch {
	case o.Status != Errored || o.Request == nil || o.Error != o.Request.Error:
		return o.Name
	case o.Error.Refused() && o.Request.Source != event.FromScript:
		return "not sent"
	case o.Error.Refused():
		return "not sent: " + o.Name
	case o.Name == Completed:
		return "no answer"
	case o.Request.Source == event.FromScript:
		return "no answer to " + o.Name
	}
	return o.Name
}

// Completed is the name of a request's own outcome.
const Completed = "request completed"

// Bailed is the error that a script gets under --bail because an assertion in it failed.
const Bailed = event.Bailed

// Outcomes lists what became of a step: requests without a response, assertions, scripts that threw, errors in
// timers and promises, a skipped request, and the request itself where nothing else speaks for it.
func (s *Step) Outcomes() []Outcome {
	list := slices.Grow(s.unanswered(), len(s.Assertions)+1)
	for _, a := range s.Assertions {
		o := Outcome{Name: a.Name, Script: *a.Script, Request: s.Main(), Error: a.Error}
		switch {
		case a.Error != nil:
			o.Status = Failed
		case a.Skipped:
			o.Status, o.Reason = Skipped, "skipped with pm.test.skip"
		}
		list = append(list, o)
	}
	for _, t := range s.Thrown {
		if t.Error.Name == Bailed && len(s.Assertions) > 0 {
			continue // it only repeats the assertions that failed
		}
		list = append(list, Outcome{Name: ScriptName(t.Script), Status: Errored, Error: t.Error, Script: t.Script, Request: s.Main(), Time: t.Elapsed})
	}
	for _, e := range s.Exceptions {
		name := ScriptName(e.Script) + ", in a timer or promise"
		list = append(list, Outcome{Name: name, Status: Errored, Error: e.Error, Script: e.Script, Request: s.Main()})
	}
	own := Outcome{Name: Completed, Request: s.Main()}
	switch {
	case s.Skipped:
		own.Status, own.Reason = Skipped, "a script called pm.execution.skipRequest"
	case !s.Finished && (own.Request == nil || own.Request.Source != event.FromCollection):
		own.Status, own.Reason = Skipped, "the run stopped before this request had an answer"
	case own.Request == nil && len(list) == 0:
		own.Status, own.Reason = Skipped, "nothing was sent"
	case len(s.Assertions) > 0, own.Request == nil, own.Request.Error != nil:
		return list
	default:
		own.Time = own.Request.Response.Timing.Total
	}
	return append(list, own)
}

// unanswered lists the requests that got no response.
func (s *Step) unanswered() []Outcome {
	var list []Outcome
	for i := range s.Exchanges {
		x := &s.Exchanges[i]
		if x.Error == nil {
			continue
		}
		name := Completed
		switch x.Source {
		case event.FromScript:
			name = "pm.sendRequest " + x.Request.Method + " " + x.Request.URL
		case event.FromAuth:
			name = "authentication request completed"
		}
		list = append(list, Outcome{Name: name, Status: Errored, Error: x.Error, Request: x})
	}
	return list
}

// Stopped says in words why a run ended before its end, "" for one that came to its end. text is RunFinished.Error.
func Stopped(reason, text string) string {
	switch {
	case text != "":
		return OneLine(text)
	case reason == "":
		return ""
	case reason == "bail":
		return "the run stopped at the first failure"
	case reason == "timeout":
		return "the time for the run was up"
	case reason == "interrupt":
		return "the run was interrupted"
	case reason == "error":
		return "an error ended the run"
	}
	return "the run stopped early: " + reason
}

// RunOutcome is what a run that was cut short says of itself, nil when it came to its end, or stopped at a
// failure that speaks for it.
func RunOutcome(e event.RunFinished) *Outcome {
	if e.Reason == "" || e.Reason == "bail" {
		return nil
	}
	text := e.Error
	if text == "" {
		text = Stopped(e.Reason, "")
	}
	return &Outcome{Name: "run completed", Status: Errored, Error: &event.Error{Name: e.Reason, Code: e.Reason, Message: text}}
}

// OfRun is a step for outcomes that are the whole run's.
func (j *Journal) OfRun() *Step {
	return &Step{Item: event.Item{Name: j.Run.Collection.Name, File: j.Run.Collection.File}, Started: j.Run.Time, whole: true}
}

// OfWhole is what an event says of the whole run, with the step that stands for that: whether a threshold was kept,
// and in a strict run a notice of a run that only looks green. It is false for any other event.
func (j *Journal) OfWhole(e event.Event) (*Step, Outcome, bool) {
	switch e := e.(type) {
	case event.Threshold:
		return j.OfRun(), ThresholdOutcome(e), true
	case event.Notice:
		if j.Run.Strict && e.Doubtful() {
			return j.OfNotice(e), noticeOutcome(e), true
		}
	}
	return nil, Outcome{}, false
}

// OfNotice is OfRun with the place of what a notice is about.
func (j *Journal) OfNotice(n event.Notice) *Step {
	s := j.OfRun()
	if n.File != "" {
		s.Item.File, s.Item.Line = n.File, n.Line
	}
	return s
}

// noticeOutcome is the outcome of a notice that fails a strict run.
func noticeOutcome(n event.Notice) Outcome {
	return Outcome{Name: n.Title(), Status: Failed, Error: &event.Error{Name: "AssertionError", Message: n.Text, Detail: n.Hint}}
}

// AssertsNothing reports whether a run passed in which nothing could have failed but its requests and scripts: no
// assertion ran, and no threshold was asked for.
func AssertsNothing(s *event.Summary) bool {
	return s.Verdict() == event.Passed && s.Requests.Total > 0 && s.Assertions.Total == s.Skipped && len(s.Thresholds) == 0
}

// ThresholdOutcome is the outcome of a threshold.
func ThresholdOutcome(t event.Threshold) Outcome {
	o := Outcome{Name: "threshold " + t.Text}
	if t.Broken {
		o.Status, o.Error = Failed, &event.Error{Name: "AssertionError", Message: "it was " + t.Value}
	}
	return o
}

// ScriptName tells a script from the others of a step.
func ScriptName(s event.Script) string {
	if s.Level == "" || s.Level == "item" {
		return s.Listen + " script"
	}
	return fmt.Sprintf("%s script of %s %s", s.Listen, s.Level, s.Owner)
}

// Path is a step's place for people: "ePayment / Create payment".
func (s *Step) Path() string {
	return strings.Join(s.Item.FullPath(), " / ")
}

// Label tells the executions of an item apart: " [iteration 2: NO]" when the run has several iterations,
// " [attempt 2]" for a retry, " [teardown]" for a request that gives back what the iteration has made, else "".
func (s *Step) Label(run event.RunStarted) string {
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
	if s.Item.Teardown {
		label += " [teardown]"
	}
	return label
}
