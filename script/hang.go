package script

import (
	"context"
	"fmt"
	"sync/atomic"
	"time"

	"posthaste/runner/event"
)

// hangGrace is how long a script may still run after it was told to stop. Most natives of the engine end within
// moments; what needs longer than this is given up.
const hangGrace = 5 * time.Second

// Run runs call's script to its end, events of timers and promises included, and applies what it changed. It never
// panics. When ctx or the timeout ends the script is stopped; one that does not stop, because it is in the middle of
// something that nothing can interrupt, is given up after a grace time: the Result says Hung, what the script still
// does is not heard, and the Sandbox refuses all further scripts.
func (s *Sandbox) Run(ctx context.Context, host Host, call *Call) *Result {
	if s.hung != nil && s.hung.Load() {
		return hungResult("an earlier script still runs and cannot be stopped")
	}
	if ctx.Done() == nil && call.Timeout == 0 {
		return s.start(ctx, host, call)
	}
	if s.hung == nil {
		s.hung = &atomic.Bool{}
	}
	muted := &mutedHost{Host: host, hung: s.hung}
	script := func() *Result { return s.guardedStart(ctx, muted.show(), call) }
	limited, release := stopTime(ctx, call)
	defer release()
	result := s.within(limited, script)
	if result == nil {
		s.hung.Store(true)
		result = hungResult("the script cannot be stopped: it does something that nothing can interrupt")
	}
	return result
}

// Drive has later scripts run by d, with the conditions that the Driver names; nil is a goroutine of the Sandbox's own.
func (s *Sandbox) Drive(d *Driver) { s.driver = d }

// within runs a script and returns its result, or nil when the script runs on a grace time after ctx ended.
func (s *Sandbox) within(ctx context.Context, script func() *Result) *Result {
	if s.driver != nil {
		return s.driver.run(ctx, script, s.grace())
	}
	ended := s.begin(script)
	select {
	case result := <-ended:
		return result
	case <-ctx.Done():
	}
	select {
	case result := <-ended:
		return result
	case <-time.After(s.grace()):
		return nil
	}
}

// begin runs a script in the goroutine that is kept for scripts: a new one would have to grow its stack anew for each
// script, which takes longer than most scripts. Its result is sent to the channel.
func (s *Sandbox) begin(script func() *Result) <-chan *Result {
	if s.scripts == nil {
		s.scripts = make(chan func())
		go work(s.scripts)
	}
	ended := make(chan *Result, 1)
	s.scripts <- func() { ended <- script() }
	return ended
}

// work does what comes until there is no more.
func work(jobs <-chan func()) {
	for job := range jobs {
		job()
	}
}

// Close ends the goroutine that the scripts ran in. A Sandbox may be used again after it; one that never ran a script
// needs no Close.
func (s *Sandbox) Close() {
	if s.scripts != nil {
		close(s.scripts)
		s.scripts = nil
	}
}

// guardedStart turns a panic that nothing else caught into the script's error.
func (s *Sandbox) guardedStart(ctx context.Context, host Host, call *Call) (result *Result) {
	defer func() {
		if x := recover(); x != nil {
			result = &Result{Error: &event.Error{Name: "InternalError", Message: fmt.Sprintf("the script broke the sandbox: %v", x)}}
		}
	}()
	return s.start(ctx, host, call)
}

func hungResult(text string) *Result {
	return &Result{Hung: true, TimedOut: true, Error: &event.Error{Name: "Error", Message: "sandbox: " + text}}
}

func (s *Sandbox) grace() time.Duration {
	if s.opt.HangGrace > 0 {
		return s.opt.HangGrace
	}
	return hangGrace
}

// stopTime returns the context that ends when the script should.
func stopTime(ctx context.Context, call *Call) (context.Context, context.CancelFunc) {
	if call.Timeout == 0 {
		return ctx, func() {}
	}
	return context.WithTimeout(ctx, call.Timeout)
}

// A mutedHost stops talking to the host once the script was given up.
type mutedHost struct {
	Host
	hung *atomic.Bool
}

// Emit hands an event on while the script counts.
func (m *mutedHost) Emit(e event.Event) {
	if !m.hung.Load() {
		m.Host.Emit(e)
	}
}

// show returns the host with what it can do beside.
func (m *mutedHost) show() Host {
	if runner, ok := m.Host.(RequestRunner); ok {
		return struct {
			*mutedHost
			RequestRunner
		}{m, runner}
	}
	return m
}
