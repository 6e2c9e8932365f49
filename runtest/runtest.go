// Package runtest makes a Go test of a run of a collection: a subtest for each request, named by its folders, which fails
// with what the terminal report would say.
//
//	func TestOrders(t *testing.T) {
//		runtest.File(t, "orders.postman_collection.json", run.Options{Transport: run.Handler(newOrders())})
//	}
package runtest

import (
	"strings"
	"testing"

	"posthaste/collection"
	"posthaste/reporters/report"
	"posthaste/run"
	"posthaste/runner/event"
)

// File reads a collection, as run.File does, and runs it as Collection does. What cannot be read ends the test.
func File(t *testing.T, path string, opt run.Options) *run.Result {
	t.Helper()
	r := tester{t: t, also: opt.Events}
	opt.Events = r.take
	result, err := run.File(t.Context(), path, opt)
	return r.end(result, err)
}

// Collection runs a collection. Each execution of a request is a subtest; with several iterations their number is in its
// name. All requests are sent whatever -run says, because later ones need what earlier ones left; -run decides which of
// them are judged. A threshold or a report that cannot be written fails the test itself.
//
// The result is for further checks, such as of the variables that the run left.
func Collection(t *testing.T, c *collection.Collection, opt run.Options) *run.Result {
	t.Helper()
	r := tester{t: t, also: opt.Events}
	opt.Events = r.take
	result, err := run.Collection(t.Context(), c, opt)
	return r.end(result, err)
}

// A tester turns events into subtests.
type tester struct {
	t       *testing.T
	also    func(event.Masked) error // the caller's own; nil for none
	journal report.Journal
	sums    event.Summary
	failed  bool // a subtest, or an outcome of the whole run, has failed
}

// take takes the next event. Subtests are made as their requests end.
func (r *tester) take(e event.Masked) error {
	r.sums.Add(e.Event())
	for _, step := range r.journal.Add(e.Event()) {
		name := strings.Join(step.Item.FullPath(), "/") + step.Label(r.journal.Run)
		outcomes := step.Judged(&r.sums)
		r.t.Run(name, func(t *testing.T) { r.judge(t, outcomes) })
	}
	if _, outcome, ok := r.journal.OfWhole(e.Event()); ok && outcome.Error != nil {
		r.failed = true
		r.t.Errorf("%s: %s", outcome.Title(), outcome.ExplainError())
	}
	if r.also != nil {
		return r.also(e)
	}
	return nil
}

// judge is the body of a subtest: it fails with each outcome that did, says what was skipped, and is skipped itself where
// nothing else became of the request.
func (r *tester) judge(t *testing.T, outcomes []report.Outcome) {
	t.Helper()
	skipped := 0
	for _, o := range outcomes {
		switch o.Status {
		case report.Failed, report.Errored:
			r.failed = true
			text := o.Title() + "\n" + o.Explain()
			if o.Follow != nil {
				text = o.Title() + " (" + o.Follow.Text() + ")"
			}
			t.Error(text)
		case report.Skipped:
			skipped++
			t.Log("skipped: " + o.Title() + " " + o.Reason)
		case report.Passed:
		}
	}
	if skipped > 0 && skipped == len(outcomes) {
		t.SkipNow()
	}
}

// end ends the test where nothing ran, and fails it for what no subtest has told.
func (r *tester) end(result *run.Result, err error) *run.Result {
	r.t.Helper()
	if result == nil {
		r.t.Fatal(err)
	}
	if err != nil {
		r.t.Error(err)
	} else if failed := result.Err(); failed != nil && !r.failed {
		r.t.Error(failed)
	}
	return result
}
