package runner

import (
	"cmp"
	"context"
	"strconv"
	"strings"
	"time"

	"posthaste/collection"
	"posthaste/internal/variable"
	"posthaste/runner/deviation"
	"posthaste/runner/event"
	"posthaste/script"
)

// A step is one execution of an item. A retry is a step of its own.
type step struct {
	run     *run
	item    *planned
	host    *host
	shown   event.Item
	flow    flow
	skipped bool
	failed  bool               // an assertion or a script failed
	request collection.Request // as the prerequest scripts leave it
	changed bool               // they have changed it
	sent    *script.Request    // as sent, for the test scripts
	answer  *script.Response   // hollow when no response came
	lost    error              // why no response came
	cookies []script.Cookie
	flows   flows
}

// tries runs one item, again while it fails and Options.Retry says so. It returns the last
// attempt, with the flow of the run.
func (r *run) tries(ctx context.Context, item *planned, iteration int) *step {
	for attempt := 0; ; attempt++ {
		s := r.newStep(item, iteration, attempt)
		again := r.attempt(ctx, s, attempt)
		s.nestedEvents(again)
		if !again {
			return s
		}
		r.pause(ctx, r.opt.Retry.wait(s, attempt, r.opt.Now()))
		if v := r.stopped(ctx); v.stop != "" {
			s.flow = v
			return s
		}
	}
}

// attempt runs one item once: prerequest scripts, request, test scripts. It reports whether
// it is to be run again. Its first event is ItemStarted and its last ItemFinished, unless the
// run ends during the delay.
func (r *run) attempt(ctx context.Context, s *step, attempt int) (again bool) {
	if r.opt.Delay > 0 {
		r.pause(ctx, r.opt.Delay)
		if s.flow = r.stopped(ctx); s.flow.stop != "" {
			return false
		}
	}
	start := r.opt.Now()
	r.notices.at(s.shown)
	r.emit.emit(event.ItemStarted{Step: s.host.step, Item: s.shown, Time: start})
	s.execute(ctx)
	if v := r.stopped(ctx); v.stop != "" && s.flow.stop == "" {
		s.flow = v
	}
	again = r.opt.Retry.wanted(s, attempt)
	s.contract()
	if e := s.variableFlow(); e != nil {
		r.emit.emit(*e)
	}
	s.checkpoint()
	r.emit.emit(event.ItemFinished{
		Step: s.host.step, Item: s.shown, Skipped: s.skipped, Retried: again, Elapsed: r.opt.Now().Sub(start),
	})
	return again
}

// contract tells, as an assertion of the step, whether its exchanges were as the contract says. Under Compat nothing is told:
// newman knows no such assertion. It does not count for Retry.
func (s *step) contract() {
	failed, ok := s.host.deviations.Outcome()
	if !ok || s.run.opt.Compat {
		return
	}
	s.run.emit.emit(event.Assertion{Step: s.host.step, Item: s.shown, Name: deviation.Name, Index: s.host.assertions, Error: failed})
	if failed != nil && s.run.opt.Bail.Failure && s.flow.stop == "" {
		s.flow = flow{stop: ReasonBail}
	}
}

// newStep begins an execution of an item. Randomness is tied to the place in the run, so a
// seed gives the same values however units are spread over workers.
func (r *run) newStep(item *planned, iteration, attempt int) *step {
	r.steps++
	r.random.turn(&r.opt, iteration, item.position)
	shown := shownItem(r.opt.Collection, item)
	h := &host{
		run: r, item: shown,
		step: event.Step{ID: r.stepID(), Iteration: iteration, Position: item.position, Attempt: attempt, Caller: r.caller, Unit: r.unit},
	}
	return &step{run: r, item: item, host: h, shown: shown, request: *item.item.Request} // the copy is shallow: scripts get clones of what they change
}

// shownItem is an item as events show it, not masked. Its lists are shared and must not be
// changed.
func shownItem(c *collection.Collection, item *planned) event.Item {
	return event.Item{
		ID: item.item.ID, Name: item.item.Name, Path: item.path, Line: item.item.Pos.Line, Setup: item.setup, Teardown: item.teardown,
		File:   cmp.Or(item.item.File, c.File),
		Method: item.item.Request.Method, URL: item.url, Document: item.document,
	}
}

// stepID numbers the steps of a run; those of a unit of a parallel run carry the unit's
// number before theirs: "2.1" is the first of the second unit.
func (r *run) stepID() string {
	if r.caller != "" {
		return nestedID(r.caller, r.steps)
	}
	if r.stepPrefix == 0 {
		return strconv.Itoa(r.steps)
	}
	return strconv.Itoa(r.stepPrefix) + "." + strconv.Itoa(r.steps)
}

// execute runs prerequest scripts, the request and test scripts, until one of them ends the
// step or the run. A request without a response still has its test scripts run, as in newman,
// unless the run bails.
func (s *step) execute(ctx context.Context) {
	s.phase(ctx, event.PhasePrerequest, s.item.prerequest)
	if s.skipped || s.flow.stop != "" || ctx.Err() != nil {
		return
	}
	failed := s.send(ctx)
	s.lost = failed
	bail := s.run.opt.Bail
	switch {
	case failed != nil && bail.Error:
		s.flow = flow{stop: ReasonError, fatal: failed}
		return
	case failed != nil && bail.Failure:
		s.flow = flow{stop: ReasonBail}
		return
	case ctx.Err() != nil:
		return
	}
	before := s.host.assertions
	s.phase(ctx, event.PhaseTest, s.item.test)
	// Assertions of prerequest scripts do not look at the response.
	if s.answer.Code >= 400 && s.host.assertions == before {
		s.run.notices.unasserted(s.answer.Code)
	}
}

// phase runs the scripts of one event, outermost first. A failing script does not keep the
// later ones from running, unless the run bails. The event comes also where there are no
// scripts.
func (s *step) phase(ctx context.Context, listen string, scripts []collection.OwnedEvent) {
	s.run.emit.emit(event.PhaseStarted{Step: s.host.step, Listen: listen})
	for _, owned := range scripts {
		if strings.TrimSpace(owned.Script.Source) == "" {
			s.empty(listen, owned)
			continue
		}
		s.script(ctx, listen, owned)
		if s.skipped || s.flow.stop != "" || ctx.Err() != nil {
			return
		}
	}
}

// empty tells of a script without code, which there is nothing to run of (newman: it counts
// as any other, with its two events).
func (s *step) empty(listen string, owned collection.OwnedEvent) {
	h := s.host
	h.script = event.Script{Listen: listen, Owner: owned.Name, Level: owned.Level, ID: owned.Script.ID}
	s.run.emit.emit(event.ScriptStarted{Step: h.step, Script: h.script})
	s.run.emit.emit(event.ScriptFinished{Step: h.step, Script: h.script})
}

// script runs one script and tells what it did. The time limit is the script's own. Between
// begin and end, the watchers of the scopes know whose script it is.
func (s *step) script(ctx context.Context, listen string, owned collection.OwnedEvent) {
	h := s.host
	h.script = event.Script{Listen: listen, Owner: owned.Name, Level: owned.Level, ID: owned.Script.ID}
	h.failed, h.exception = nil, nil
	s.run.emit.emit(event.ScriptStarted{Step: h.step, Script: h.script})
	before := h.assertions
	start := s.run.opt.Now()
	s.run.scripted = h
	over := s.run.opt.atWork.begin(listen, s.item.item.Name)
	limited, release := s.run.opt.scriptContext(ctx)
	result := s.run.sandbox.Run(limited, h, s.call(listen, owned))
	release()
	over()
	s.run.scripted = nil
	finished := event.ScriptFinished{
		Step: h.step, Script: h.script, Error: result.Error, Next: result.Next, Elapsed: s.run.opt.Now().Sub(start),
	}
	if s.run.opt.Bail.Failure && finished.Error == nil && len(h.failed) > 0 {
		// newman: under --bail a failed assertion fails its script too
		finished.Error = &event.Error{Name: event.Bailed, Message: strings.Join(h.failed, ",")}
	}
	s.run.emit.emit(finished)
	if result.Error != nil {
		s.flows.thrown(listen)
	}
	s.failed = s.failed || result.Error != nil || len(h.failed) > 0 || h.exception != nil && !s.run.opt.Compat // newman: an error in a timer does not fail the step
	// Of a script that threw or skipped, assertions may be missing for that reason.
	if result.Error == nil && h.exception == nil && !result.Skip {
		s.run.notices.listened(owned, listen, h.assertions > before)
	}
	s.learn(result, listen)
	if result.Renewed {
		s.renewed()
	}
	s.judge(result, finished.Error)
}

// renewed says, once in a run, that what scripts have left on the global object is gone.
// Collections that keep helper functions there fail afterwards, and this is why.
func (s *step) renewed() {
	s.run.opt.renewed.Do(func() {
		s.run.emit.emit(event.Notice{
			Step: s.host.step, Level: "warn", Code: "realm",
			Text: strconv.Quote(s.item.item.Name) + ": its script could not be ended cleanly or left too much in memory, so later scripts begin without the JavaScript globals of earlier ones",
			Hint: "keep what later scripts need in variables",
		})
	})
}

// learn takes over what a script did to the run: a jump, a skip, a changed request, and what
// it did with variables.
func (s *step) learn(result *script.Result, listen string) {
	if result.Next != nil {
		s.flow.next = result.Next
	}
	if result.Skip {
		s.skipped = true
	}
	if result.Request != nil {
		s.request, s.changed = result.Request.Request, true
	}
	s.flows.learn(result)
	for _, name := range result.Undefined {
		code := 0
		if s.answer != nil {
			code = s.answer.Code
		}
		s.run.notices.undefined(name, listen, code)
	}
}

// judge decides how the run goes on after a script; a script that hangs ends the run, since
// it cannot be stopped. failed is the script's error, or under --bail that of its assertions.
// The order of the cases is their weight.
func (s *step) judge(result *script.Result, failed *event.Error) {
	bail := s.run.opt.Bail
	switch {
	case s.host.nesting.stopped().stop != "":
		s.flow = s.host.nesting.stopped()
	case result.Hung:
		s.flow.stop, s.flow.fatal = ReasonError, scriptError{result.Error}
	case result.Error != nil && bail.Error:
		s.flow.stop, s.flow.fatal = ReasonError, scriptError{result.Error}
	case s.host.exception != nil && bail.Error: // newman: a timer's error is fatal here too
		s.flow.stop, s.flow.fatal = ReasonError, scriptError{s.host.exception}
	case failed != nil && bail.Failure:
		s.flow.stop = ReasonBail
	}
}

// A scriptError is a script's error where it ends the run.
type scriptError struct{ cause *event.Error }

// Error is the script's own message.
func (e scriptError) Error() string { return e.cause.Message }

// call puts together what a script may see. The scopes are the run's own, the row of data is
// a copy: scripts may set values in it for their step only.
func (s *step) call(listen string, owned collection.OwnedEvent) *script.Call {
	r := s.run
	item := s.item.item
	call := &script.Call{
		Source: owned.Script.Source, Listen: listen,
		Name:      s.item.title + " › " + listen,
		Iteration: s.host.step.Iteration, IterationCount: max(r.opt.IterationsInAll, r.iterations, 1),
		RequestName: item.Name, RequestID: item.ID, RequestDescription: item.Request.Description,
		Location: s.item.location, Current: owned.Name,
		Environment: r.environment, Globals: r.globals, CollectionVariables: r.variables, Local: r.local,
		EnvironmentName: r.environment.Name, EnvironmentID: r.environment.ID,
		GlobalsName: r.globals.Name, GlobalsID: r.globals.ID,
		Data: &variable.Row{Scope: r.row.Clone()}, DataList: r.row.List,
		Timeout: r.scriptTimeout(),
	}
	// A prerequest script sees the request as written and may change it, a test script as
	// sent.
	if listen == event.PhaseTest {
		call.Request, call.Response, call.Cookies = s.sent, s.answer, s.cookies
	} else {
		call.Request = &script.Request{Request: s.request, ID: item.ID, Name: item.Name}
	}
	return call
}

// scriptTimeout is the smaller of the script's and the run's limit (newman: min of both). 0
// is no limit.
func (r *run) scriptTimeout() time.Duration {
	if r.opt.ScriptTimeout == 0 || r.opt.Timeout != 0 && r.opt.Timeout < r.opt.ScriptTimeout {
		return r.opt.Timeout
	}
	return r.opt.ScriptTimeout
}
