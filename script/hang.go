package script

import (
	"context"
	"fmt"
	"time"

	"posthaste/runner/event"
)

// Drive has later scripts run by d, with the conditions that the Driver names; nil is a goroutine of the Sandbox's own.
func (s *Sandbox) Drive(d *Driver) { s.driver = d }

// within runs a script and returns its result, or nil when the script runs on a grace time after ctx ended. A script that
// has stopped is waited for: what it had others do is still told to reports.
func (s *Sandbox) within(ctx context.Context, l *launch) *Result {
	if s.driver != nil {
		l.driven.script = l
		return s.driver.run(ctx, &l.driven, s.grace())
	}
	ended := s.hand(l)
	select {
	case result := <-ended:
		return result
	case <-ctx.Done():
	}
	select {
	case result := <-ended:
		return result
	case <-time.After(s.grace()):
	}
	if l.stopped() {
		return <-ended
	}
	return nil
}

// hand gives a script to the goroutine that is kept for scripts: a new one would have to grow its stack again for each
// script, which takes longer than most scripts. Its result is sent to the channel.
func (s *Sandbox) hand(l *launch) <-chan *Result {
	if s.scripts == nil {
		s.scripts = make(chan func())
		go work(s.scripts)
	}
	ended := make(chan *Result, 1)
	s.scripts <- func() { ended <- l.run() }
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
	s.listener.end()
	if s.scripts != nil {
		close(s.scripts)
		s.scripts = nil
	}
}

// guardedStart turns a panic that nothing else caught into the script's error, and looks whether the realm can be used
// again.
func (s *instance) guardedStart(ctx context.Context, host Host, call *Call) (result *Result) {
	defer func() {
		if x := recover(); x != nil {
			result = &Result{
				Renewed: true,
				Error:   &event.Error{Name: "InternalError", Message: fmt.Sprintf("the script broke the sandbox: %v", x)},
			}
		}
	}()
	return s.start(ctx, host, call)
}
