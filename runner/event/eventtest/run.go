// Package eventtest makes the events of runs that never happened, for tests of what reads events.
package eventtest

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"posthaste/runner/event"
)

// A Run is a run told in a few words. Its clock moves only when something takes time.
type Run struct {
	Events []event.Event
	Now    time.Time
	Item   event.Item
	Step   event.Step
	Steps  int
	index  int // of the next assertion
	Limits []event.Threshold
}

// New begins a run of so many iterations of so many items.
func New(name string, iterations, items int) *Run {
	start := time.Date(2026, 11, 22, 5, 0, 0, 0, time.UTC)
	t := &Run{Now: start}
	t.Add(event.RunStarted{
		Time: start, Iterations: iterations, Items: items, Version: "1.0.0",
		Collection: event.Collection{
			ID: "6b2f7d3e-0000-4000-8000-000000000001", Name: name, File: "collections/vipps.json",
			Document: []byte(`{"item":[{"id":"f1","name":"ePayment","item":[{"id":"i1","name":"Create payment"}]},{"id":"i2","name":"Get token"}],"info":{"name":"Vipps"}}`),
		},
		Environment: event.Scope{ID: "e1", Name: "Test"}, Globals: event.Scope{ID: "g1"},
	})
	return t
}

// Add adds an event as it is.
func (t *Run) Add(e event.Event) { t.Events = append(t.Events, e) }

// Iteration adds an iteration with what steps adds between its borders.
func (t *Run) Iteration(n int, row string, steps func()) {
	t.Add(event.IterationStarted{Iteration: n, Row: row})
	t.Step.Iteration = n
	t.Step.Position = 0
	steps()
	t.Add(event.IterationFinished{Iteration: n})
}

// Request is one step. The phases tell what happens in it, in order.
func (t *Run) Request(name string, path []string, phases ...func()) {
	t.Begin(name, path)
	for _, phase := range phases {
		phase()
	}
	t.End(false)
}

// Begin opens a step.
func (t *Run) Begin(name string, path []string) {
	t.Steps++
	t.Step.ID = fmt.Sprintf("s%d", t.Steps)
	id := "i2"
	if len(path) > 0 {
		id = "i1"
	}
	t.Item = event.Item{
		ID: id, Name: name, Path: path, File: "collections/vipps.json", Line: 20 * t.Steps, Method: "POST",
		URL:      "{{host}}/epayment/v1/payments",
		Document: []byte(`{"id":"` + id + `","name":` + quoted(name) + `,"request":{"method":"POST"},"response":[],"event":[]}`),
	}
	t.Add(event.ItemStarted{Step: t.Step, Item: t.Item, Time: t.Now})
	t.Add(event.PhaseStarted{Step: t.Step, Listen: event.PhasePrerequest})
}

// End closes the step.
func (t *Run) End(skipped bool) {
	t.Add(event.ItemFinished{Step: t.Step, Item: t.Item, Skipped: skipped, Elapsed: 150 * time.Millisecond})
	t.Step.Position++
}

func quoted(s string) string {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(s); err != nil {
		panic(err)
	}
	return strings.TrimSuffix(b.String(), "\n")
}

// Sent adds a request that is on its way and returns it.
func (t *Run) Sent(source string) event.Request {
	q := event.Request{
		Method: "POST", URL: "https://apitest.vipps.no/epayment/v1/payments?ref=a-1&x",
		Header: []event.Header{
			{Key: "Content-Type", Value: "application/json"},
			{Key: "Authorization", Value: "*****"},
			{Key: "User-Agent", Value: "posthaste/1.0.0", System: true},
		},
		Body: event.Body{Data: []byte(`{"amount":100}`), Size: 14}, BodyMode: "raw",
	}
	if source == event.FromScript {
		q = event.Request{Method: "GET", URL: "https://apitest.vipps.no/status", Header: q.Header[2:]}
	}
	t.Add(event.RequestSent{Step: t.Step, Request: q, Source: source, Time: t.Now})
	return q
}

// Answer is a request that gets a response.
func (t *Run) Answer(source string, code int, reason, body string) func() {
	return func() {
		q := t.Sent(source)
		took := time.Duration(40+10*t.Steps) * time.Millisecond
		t.Now = t.Now.Add(took)
		t.Add(event.ResponseReceived{Step: t.Step, Item: t.Item, Request: q, Source: source, Response: event.Response{
			ID: "r" + t.Step.ID, Code: code, Reason: reason, Proto: "HTTP/1.1",
			Header:     []event.Header{{Key: "Content-Type", Value: "application/json; charset=utf-8"}, {Key: "X-Request-Id", Value: "abc"}},
			Body:       event.Body{Data: []byte(body), Size: int64(len(body))},
			HeaderSize: 80, WireSize: int64(len(body)), Remote: "127.0.0.1:8080",
			Timing: event.Timing{DNS: time.Millisecond, Connect: 2 * time.Millisecond, FirstByte: 30 * time.Millisecond, Body: 3 * time.Millisecond, Total: took},
		}})
	}
}

// Refused is a request that gets none.
func (t *Run) Refused(source string) func() {
	return func() {
		q := t.Sent(source)
		t.Add(event.RequestFailed{Step: t.Step, Item: t.Item, Request: q, Source: source, Elapsed: time.Millisecond, Error: &event.Error{
			Name: "Error", Message: "connect ECONNREFUSED 127.0.0.1:1", Code: "ECONNREFUSED", Errno: -111, Syscall: "connect", Address: "127.0.0.1", Port: 1,
			Detail: "nothing listens there: is the server started, and is the port right?",
		}})
	}
}

// Script is one script; what it does happens between its start and its end.
func (t *Run) Script(listen string, failed *event.Error, does ...func(event.Script)) func() {
	return func() {
		s := event.Script{Listen: listen, Owner: t.Item.Name, Level: "item", ID: "script-" + listen}
		t.index = 0
		if listen == event.PhaseTest {
			t.Add(event.PhaseStarted{Step: t.Step, Listen: listen})
		}
		t.Add(event.ScriptStarted{Step: t.Step, Script: s})
		for _, do := range does {
			do(s)
		}
		t.Add(event.ScriptFinished{Step: t.Step, Script: s, Error: failed, Elapsed: 2 * time.Millisecond})
	}
}

// Pass is an assertion that passes.
func (t *Run) Pass(name string) func(event.Script) {
	return func(s event.Script) { t.assert(event.Assertion{Script: s, Name: name}) }
}

// Skip is an assertion that is skipped.
func (t *Run) Skip(name string) func(event.Script) {
	return func(s event.Script) { t.assert(event.Assertion{Script: s, Name: name, Skipped: true}) }
}

// Fail is an assertion that fails.
func (t *Run) Fail(name string, failed event.Error) func(event.Script) {
	return func(s event.Script) { t.assert(event.Assertion{Script: s, Name: name, Error: &failed}) }
}

func (t *Run) assert(a event.Assertion) {
	a.Step, a.Item, a.Index = t.Step, t.Item, t.index
	t.index++
	t.Add(a)
}

// Log is a call of a console method.
func (t *Run) Log(level string, args ...string) func(event.Script) {
	return func(s event.Script) { t.Add(event.Console{Step: t.Step, Script: s, Level: level, Args: args}) }
}

// Finish ends the run and returns its events.
func (t *Run) Finish(reason, text string) []event.Event {
	t.Now = t.Now.Add(20 * time.Millisecond)
	for _, limit := range t.Limits {
		t.Add(limit)
	}
	t.Add(event.RunFinished{
		Time: t.Now, Elapsed: t.Now.Sub(time.Date(2026, 11, 22, 5, 0, 0, 0, time.UTC)), Reason: reason, Error: text,
		Environment: event.Scope{ID: "e1", Name: "Test", Values: []event.Variable{
			{Key: "token", Value: `"*****"`, Type: "secret"}, {Key: "old", Value: "1", Type: "any", Disabled: true},
		}},
		Globals: event.Scope{ID: "g1"},
	})
	return t.Events
}

// WrongStatus is the error of an assertion about a status.
func WrongStatus() event.Error {
	return event.Error{
		Name: "AssertionError", Message: "expected 401 to equal 201", Expected: "201", Actual: "401", HasDiff: true,
		Line: 3, Col: 5, Source: "    pm.expect(pm.response.code).to.equal(201);",
	}
}

// TypeError is the error of a script that throws.
func TypeError() *event.Error {
	return &event.Error{
		Name: "TypeError", Message: "Cannot read properties of undefined (reading 'token')", Line: 2, Col: 14,
		Source: "const t = json.data.token;", Stack: "TypeError: Cannot read properties of undefined (reading 'token')\n    at test:2:14",
	}
}

// Failing is a run in which n requests fail.
func Failing(n int) []event.Event {
	t := New("Vipps ePayment", 1, n)
	t.Iteration(0, "", func() {
		for i := range n {
			t.Request(fmt.Sprintf("Request %d", i), nil, t.Answer(event.FromCollection, 401, "Unauthorized", "{}"),
				t.Script(event.PhaseTest, nil, t.Fail(strings.Repeat("long name ", 20), WrongStatus())))
		}
	})
	return t.Finish("", "")
}
