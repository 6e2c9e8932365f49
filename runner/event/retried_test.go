package event_test

import (
	"testing"

	"posthaste/runner/event"
)

func TestAttemptsThatAreTriedAgainDoNotFailTheRun(t *testing.T) {
	first, last := event.Step{ID: "1"}, event.Step{ID: "2", Attempt: 1}
	failed := &event.Error{Message: "no"}
	var s event.Summary
	for _, e := range []event.Event{
		event.RequestFailed{Step: first, Error: failed, Source: event.FromCollection},
		event.Assertion{Step: first, Error: failed},
		event.ScriptFinished{Step: first, Script: event.Script{Listen: "test"}, Error: failed},
		event.ScriptFinished{Step: first, Script: event.Script{Listen: "prerequest"}, Error: failed},
		event.Exception{Step: first, Error: failed, Counted: true},
		event.ItemFinished{Step: first, Retried: true},
		event.ResponseReceived{Step: last, Source: event.FromCollection},
		event.Assertion{Step: last},
		event.ItemFinished{Step: last},
	} {
		s.Add(e)
	}
	if s.Failed() != 0 || s.Unanswered != 0 || s.TestScripts.Failed != 0 || s.PrerequestScripts.Failed != 0 {
		t.Errorf("after a retry that passed %d failures count, want 0: %+v", s.Failed(), s)
	}
	if s.Flaky != 5 || s.Items.Total != 1 || s.Answered != 1 {
		t.Errorf("flaky %d, items %d, answered %d, want 5, 1, 1", s.Flaky, s.Items.Total, s.Answered)
	}
	s.Add(event.Assertion{Step: event.Step{ID: "3"}, Error: failed})
	s.Add(event.ItemFinished{Step: event.Step{ID: "3"}})
	if s.Failed() != 1 {
		t.Errorf("a failure of a last attempt counts %d times, want once", s.Failed())
	}
}
