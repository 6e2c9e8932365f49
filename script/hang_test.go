package script

import (
	"strings"
	"testing"
	"time"
)

// A stuckHost holds a script in a place that nothing can interrupt.
type stuckHost struct {
	*recorder
	free chan struct{}
}

func (h *stuckHost) Expand(string, ...Scope) (string, error) {
	<-h.free
	return "late", nil
}

func TestAScriptThatCannotBeStoppedIsGivenUp(t *testing.T) {
	if underRace {
		// What is given up goes on beside the test, which is the point, and what the detector is there to report.
		t.Skip("skipped: race detector: a script that was given up runs beside the test")
	}
	t.Run("in a goroutine of the sandbox", func(t *testing.T) { giveUp(t, nil) })
	t.Run("by a driver, which goes on", func(t *testing.T) {
		went := false
		Drive(func(d *Driver) {
			giveUp(t, d)
			went = true
		})
		if !went {
			t.Error("the code that waited for the script did not go on")
		}
	})
}

func giveUp(t *testing.T, d *Driver) {
	t.Helper()
	s := newStage(t, Options{HangGrace: 10 * time.Millisecond})
	s.box.Drive(d)
	host := &stuckHost{recorder: s.recorder, free: make(chan struct{})}
	call := s.call
	call.Source, call.Timeout = "pm.variables.replaceIn('{{x}}'); pm.test('never')", 10*time.Millisecond
	result := s.box.Run(t.Context(), host, &call)
	if !result.Hung || result.Error == nil || !strings.Contains(result.Error.Message, "cannot be stopped") {
		t.Errorf("result %+v, want that it hangs", result)
	}
	call.Source = "pm.test('next')"
	if result = s.box.Run(t.Context(), host, &call); !result.Hung || !strings.Contains(result.Error.Message, "an earlier script") {
		t.Errorf("result %+v, want that the sandbox refuses", result)
	}
	close(host.free)
	if len(s.events) > 0 {
		t.Errorf("events %v of a script that was given up", s.events)
	}
}
