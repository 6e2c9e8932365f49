package script

import (
	"context"
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

// Send holds a request until its context ends, and says that it did.
func (h *sendingHost) Send(ctx context.Context, _ *Request) (*Response, error) {
	close(h.sends)
	<-ctx.Done()
	close(h.ended)
	return nil, ctx.Err()
}

type sendingHost struct {
	stuckHost
	sends, ended chan struct{}
}

// Expand holds the script once its request is on its way.
func (h *sendingHost) Expand(text string, scopes ...Scope) (string, error) {
	<-h.sends
	return h.stuckHost.Expand(text, scopes...)
}

// What a script that is given up has others do would go on for as long as the run does.
func TestTheRequestsOfAScriptThatIsGivenUpEnd(t *testing.T) {
	if underRace {
		t.Skip("skipped: race detector: a script that was given up runs beside the test")
	}
	s := newStage(t, Options{HangGrace: 10 * time.Millisecond})
	host := &sendingHost{
		stuckHost: stuckHost{recorder: s.recorder, free: make(chan struct{})}, sends: make(chan struct{}), ended: make(chan struct{}),
	}
	defer close(host.free)
	call := s.call
	call.Timeout = 10 * time.Millisecond
	call.Source = "pm.sendRequest('http://h'); pm.variables.replaceIn('{{x}}')"
	if result := s.box.Run(t.Context(), host, &call); !result.Renewed {
		t.Fatalf("result %+v, want that it is given up", result)
	}
	select {
	case <-host.ended:
	case <-time.After(20 * time.Second):
		t.Error("the request of a script that was given up goes on")
	}
}

// A script without a limit of time shares its context with what waits for it: that the run ended has to be told from that
// a limit ended the script.
func TestTheRunsEndIsToldFromALimit(t *testing.T) {
	for name, give := range map[string]string{
		"computing":               "for (;;) {}",
		"waiting":                 "await new Promise(r => setTimeout(r, 1e6))",
		"waiting for a request":   "await pm.sendRequest('http://h')",
		"awaiting without an end": "for (;;) await null",
	} {
		t.Run(name, func(t *testing.T) {
			for limit, timeout := range map[string]time.Duration{"no limit of time": 0, "a long one": time.Hour} {
				s := newStage(t, Options{})
				host := &sendingHost{stuckHost: stuckHost{recorder: s.recorder}, sends: make(chan struct{}), ended: make(chan struct{})}
				ctx, cancel := context.WithTimeoutCause(t.Context(), time.Hour, nil)
				time.AfterFunc(30*time.Millisecond, cancel)
				call := s.call
				call.Source, call.Timeout = give, timeout
				result := s.box.Run(ctx, host, &call)
				if result.Error == nil || result.Error.Message != "sandbox: the run was cancelled" || result.TimedOut {
					t.Errorf("with %s: %+v, want that the run was cancelled", limit, result.Error)
				}
			}
		})
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
