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
	free := make(chan struct{})
	host := &stuckHost{recorder: s.recorder, free: free}
	s.run("left = 1")
	call := s.call
	call.Timeout = 10 * time.Millisecond
	for i := range mostAbandoned {
		call.Source = "pm.variables.replaceIn('{{x}}'); pm.environment.set('late', 1); pm.test('never')"
		result := s.box.Run(t.Context(), host, &call)
		if !result.Renewed || result.Error == nil || !strings.Contains(result.Error.Message, "cannot be stopped") {
			t.Errorf("result %+v, want that it is given up", result)
		}
		if last := i == mostAbandoned-1; result.Hung != last {
			t.Errorf("after %d scripts Hung is %t", i+1, result.Hung)
		}
		if result.Hung {
			break
		}
		s.run("pm.test('next ' + typeof left)")
		wantLines(t, "assertions", s.asserted(), "ok next undefined")
		s.run("left = 2")
	}
	s.events = nil
	call.Source = "pm.test('refused')"
	if result := s.box.Run(t.Context(), host, &call); !result.Hung || !strings.Contains(result.Error.Message, "too many") {
		t.Errorf("result %+v, want that the sandbox refuses", result)
	}
	close(free)
	for deadline := time.Now().Add(10 * time.Second); s.box.opt.Abandoned.running.Load() > 0; {
		if time.Now().After(deadline) {
			t.Fatal("scripts that ended after all still count")
		}
		time.Sleep(time.Millisecond)
	}
	if s.try("pm.test('again')"); s.result.Error != nil {
		t.Errorf("once they have ended: %+v", s.result.Error)
	}
	wantLines(t, "assertions", s.asserted(), "ok again")
	if _, ok := call.Environment.Lookup("late"); ok {
		t.Error("a script that was given up has set a variable")
	}
}

func TestResetBeginsWithANewRealm(t *testing.T) {
	s := newStage(t, Options{})
	s.run("left = 1; Array.prototype.left = 2; pm.environment.set('kept', 3)")
	s.box.Reset()
	s.run("pm.test([typeof left, typeof [].left, pm.environment.get('kept')].join())")
	wantLines(t, "assertions", s.asserted(), "ok undefined,undefined,3")
}

// What a limit ends in the middle may leave the engine in a state that later scripts would notice.
func TestARealmThatCannotBeTrustedIsReplaced(t *testing.T) {
	tests := map[string]struct {
		give    string
		renewed bool
	}{
		"in the script's own text":    {"for(;;){}", false},
		"in an async function":        {"(async () => { for(;;){} })()", false},
		"in a generator":              {"(function* () { for(;;){} })().next()", false},
		"after an await":              {"await null; for(;;){}", true},
		"in endless awaits":           {"for (;;) await null", true},
		"while it waits":              {"await new Promise(r => setTimeout(r, 1e6))", false},
		"in rejections without end":   {"for (;;) Promise.reject(1)", false},
		"in a timer":                  {"setTimeout(() => { for(;;){} }, 1)", false},
		"in a callback of the engine": {"[1].map(() => { for(;;){} })", false},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			s := newStage(t, Options{HangGrace: time.Minute})
			s.run("left = 1")
			s.call.Timeout = 50 * time.Millisecond
			s.try(test.give)
			if s.result.Renewed != test.renewed {
				t.Errorf("Renewed is %t, want %t: %+v", s.result.Renewed, test.renewed, s.result.Error)
			}
			s.call.Timeout = time.Minute
			s.run("await null; await new Promise(r => setTimeout(r, 1)); pm.test('next', done => { setTimeout(done, 1) })")
			wantLines(t, "assertions", s.asserted(), "ok next")
		})
	}
}
