package reporters

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"posthaste/runner/event"
)

// The inputs of the golden tests stand in testdata/input as the events of a run, one a line. Those that no
// recording made are made here: go test ./reporters -run TestInputs -update.

// A tape is a run told in a few words. Its clock moves only when something takes time.
type tape struct {
	events []event.Event
	now    time.Time
	item   event.Item
	step   event.Step
	steps  int
	index  int // of the next assertion
	limits []event.Threshold
}

func newTape(name string, iterations, items int) *tape {
	start := time.Date(2026, 11, 22, 5, 0, 0, 0, time.UTC)
	t := &tape{now: start}
	t.add(event.RunStarted{
		Time: start, Iterations: iterations, Items: items, Version: "1.0.0",
		Collection: event.Collection{
			ID: "6b2f7d3e-0000-4000-8000-000000000001", Name: name, File: "collections/vipps.json",
			Document: []byte(`{"item":[{"id":"f1","name":"ePayment","item":[{"id":"i1","name":"Create payment"}]},{"id":"i2","name":"Get token"}],"info":{"name":"Vipps"}}`),
		},
		Environment: event.Scope{ID: "e1", Name: "Test"}, Globals: event.Scope{ID: "g1"},
	})
	return t
}

func (t *tape) add(e event.Event) { t.events = append(t.events, e) }

func (t *tape) iteration(n int, row string, steps func()) {
	t.add(event.IterationStarted{Iteration: n, Row: row})
	t.step.Iteration = n
	t.step.Position = 0
	steps()
	t.add(event.IterationFinished{Iteration: n})
}

// request is one step. The phases tell what happens in it, in order.
func (t *tape) request(name string, path []string, phases ...func()) {
	t.begin(name, path)
	for _, phase := range phases {
		phase()
	}
	t.end(false)
}

func (t *tape) begin(name string, path []string) {
	t.steps++
	t.step.ID = fmt.Sprintf("s%d", t.steps)
	id := "i2"
	if len(path) > 0 {
		id = "i1"
	}
	t.item = event.Item{
		ID: id, Name: name, Path: path, File: "collections/vipps.json", Line: 20 * t.steps, Method: "POST",
		URL:      "{{host}}/epayment/v1/payments",
		Document: []byte(`{"id":"` + id + `","name":` + quoted(name) + `,"request":{"method":"POST"},"response":[],"event":[]}`),
	}
	t.add(event.ItemStarted{Step: t.step, Item: t.item, Time: t.now})
	t.add(event.PhaseStarted{Step: t.step, Listen: "prerequest"})
}

func (t *tape) end(skipped bool) {
	t.add(event.ItemFinished{Step: t.step, Item: t.item, Skipped: skipped, Elapsed: 150 * time.Millisecond})
	t.step.Position++
}

func quoted(s string) string {
	text, err := indented(s, "")
	if err != nil {
		panic(err)
	}
	return text
}

func (t *tape) sent(source string) event.Request {
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
	t.add(event.RequestSent{Step: t.step, Request: q, Source: source, Time: t.now})
	return q
}

// answer is a request that gets an answer.
func (t *tape) answer(source string, code int, reason, body string) func() {
	return func() {
		q := t.sent(source)
		took := time.Duration(40+10*t.steps) * time.Millisecond
		t.now = t.now.Add(took)
		t.add(event.ResponseReceived{Step: t.step, Item: t.item, Request: q, Source: source, Response: event.Response{
			ID: "r" + t.step.ID, Code: code, Reason: reason, Proto: "HTTP/1.1",
			Header:     []event.Header{{Key: "Content-Type", Value: "application/json; charset=utf-8"}, {Key: "X-Request-Id", Value: "abc"}},
			Body:       event.Body{Data: []byte(body), Size: int64(len(body))},
			HeaderSize: 80, WireSize: int64(len(body)), Remote: "127.0.0.1:8080",
			Timing: event.Timing{DNS: time.Millisecond, Connect: 2 * time.Millisecond, FirstByte: 30 * time.Millisecond, Body: 3 * time.Millisecond, Total: took},
		}})
	}
}

// refused is a request that gets none.
func (t *tape) refused(source string) func() {
	return func() {
		q := t.sent(source)
		t.add(event.RequestFailed{Step: t.step, Item: t.item, Request: q, Source: source, Elapsed: time.Millisecond, Error: &event.Error{
			Name: "Error", Message: "connect ECONNREFUSED 127.0.0.1:1", Code: "ECONNREFUSED",
			Detail: "nothing listens there: is the server started, and is the port right?",
		}})
	}
}

// script is one script; what it does happens between its start and its end.
func (t *tape) script(listen string, failed *event.Error, does ...func(event.Script)) func() {
	return func() {
		s := event.Script{Listen: listen, Owner: t.item.Name, Level: "item", ID: "script-" + listen}
		t.index = 0
		if listen == "test" {
			t.add(event.PhaseStarted{Step: t.step, Listen: listen})
		}
		t.add(event.ScriptStarted{Step: t.step, Script: s})
		for _, do := range does {
			do(s)
		}
		t.add(event.ScriptFinished{Step: t.step, Script: s, Error: failed, Elapsed: 2 * time.Millisecond})
	}
}

func (t *tape) pass(name string) func(event.Script) {
	return func(s event.Script) { t.assert(event.Assertion{Script: s, Name: name}) }
}

func (t *tape) skip(name string) func(event.Script) {
	return func(s event.Script) { t.assert(event.Assertion{Script: s, Name: name, Skipped: true}) }
}

func (t *tape) fail(name string, failed event.Error) func(event.Script) {
	return func(s event.Script) { t.assert(event.Assertion{Script: s, Name: name, Error: &failed}) }
}

func (t *tape) assert(a event.Assertion) {
	a.Step, a.Item, a.Index = t.step, t.item, t.index
	t.index++
	t.add(a)
}

func (t *tape) log(level string, args ...string) func(event.Script) {
	return func(s event.Script) { t.add(event.Console{Step: t.step, Script: s, Level: level, Args: args}) }
}

// finish ends the run and returns its events.
func (t *tape) finish(reason, text string) []event.Event {
	t.now = t.now.Add(20 * time.Millisecond)
	for _, limit := range t.limits {
		t.add(limit)
	}
	t.add(event.RunFinished{
		Time: t.now, Elapsed: t.now.Sub(time.Date(2026, 11, 22, 5, 0, 0, 0, time.UTC)), Reason: reason, Error: text,
		Environment: event.Scope{ID: "e1", Name: "Test", Values: []event.Variable{
			{Key: "token", Value: `"*****"`, Type: "secret"}, {Key: "old", Value: "1", Type: "any", Disabled: true},
		}},
		Globals: event.Scope{ID: "g1"},
	})
	return t.events
}

func wrongStatus() event.Error {
	return event.Error{
		Name: "AssertionError", Message: "expected 401 to equal 201", Expected: "201", Actual: "401", HasDiff: true,
		Line: 3, Col: 5, Source: "    pm.expect(pm.response.code).to.equal(201);",
	}
}

func typeError() *event.Error {
	return &event.Error{
		Name: "TypeError", Message: "Cannot read properties of undefined (reading 'token')", Line: 2, Col: 14,
		Source: "const t = json.data.token;", Stack: "TypeError: Cannot read properties of undefined (reading 'token')\n    at test:2:14",
	}
}

// inputs are the runs.
func inputs() map[string][]event.Event {
	folder := []string{"ePayment"}
	runs := map[string][]event.Event{}
	simple := func(name string, code int, does ...func(*tape) func(event.Script)) {
		t := newTape("Vipps ePayment", 1, 2)
		t.iteration(0, "", func() {
			t.request("Get token", nil, t.answer(event.FromCollection, 200, "OK", `{"token":"*****"}`))
			var steps []func(event.Script)
			for _, do := range does {
				steps = append(steps, do(t))
			}
			t.request("Create payment", folder, t.answer(event.FromCollection, code, "Some Reason", `{"title":"x"}`), t.script("test", nil, steps...))
		})
		runs[name] = t.finish("", "")
	}
	pass := func(t *tape) func(event.Script) { return t.pass("Status is 201") }
	fail := func(t *tape) func(event.Script) { return t.fail("Status is 201", wrongStatus()) }
	simple("pass", 201, pass, pass)
	simple("fail", 401, fail, func(t *tape) func(event.Script) { return t.pass("has a title") }, fail)
	simple("skip", 201, func(t *tape) func(event.Script) { return t.skip("left for later") }, pass)
	simple("console", 201, func(t *tape) func(event.Script) { return t.log("log", "'hello'", "{ a: 1, list: [ 1, 2, 3 ] }") },
		func(t *tape) func(event.Script) { return t.log("warn", "'"+strings.Repeat("long words ", 12)+"'") },
		pass, func(t *tape) func(event.Script) { return t.log("error", "'two\nlines'") })
	simple("unicode", 201, func(t *tape) func(event.Script) { return t.pass("bærekraftig 支払い 💸 <b>&\"quoted\"</b>") },
		func(t *tape) func(event.Script) {
			return t.fail("]]> ends nothing", event.Error{Name: "Fehler", Message: "“æøå” ]]> & <x>"})
		})
	simple("control", 201, func(t *tape) func(event.Script) { return t.pass("bell\a, escape \x1b[31mred\x1b[0m, nul\x00, \xff") },
		func(t *tape) func(event.Script) {
			return t.fail("line\nbreaks\r\nand\ttabs", event.Error{Name: "Error", Message: "\x01\x02 and \ufffe\nsecond line"})
		})
	limits := newTape("Vipps ePayment", 2, 1)
	limits.limits = []event.Threshold{{Text: "p95<500ms", Value: "50ms"}, {Text: "ePayment/**: failed<1%", Value: "50.0%", Broken: true}}
	for i := range 2 {
		limits.iteration(i, "", func() {
			limits.request("Create payment", folder, limits.answer(event.FromCollection, 201, "Created", "{}"), limits.script("test", nil, limits.pass("Status is 201")))
		})
	}
	runs["threshold"] = limits.finish("", "")
	empty := newTape("Nothing", 1, 0)
	empty.iteration(0, "", func() {})
	runs["empty"] = empty.finish("", "")
	runs["huge"] = hugeRun()
	runs["error"] = errorRun()
	runs["iterations"] = iterationsRun()
	runs["script"] = scriptRun()
	runs["requests"] = requestsRun()
	for _, reason := range []string{"bail", "interrupt", "error"} {
		t := newTape("Vipps ePayment", 2, 3)
		t.add(event.IterationStarted{})
		t.request("Create payment", folder, t.answer(event.FromCollection, 401, "Unauthorized", "{}"), t.script("test", nil, t.fail("Status is 201", wrongStatus())))
		t.begin("Capture payment", folder)
		t.sent(event.FromCollection)
		text := ""
		if reason == "error" {
			text = "connect ECONNREFUSED 127.0.0.1:1"
		}
		runs["cut-"+reason] = t.finish(reason, text)
	}
	return runs
}

func hugeRun() []event.Event {
	t := newTape("Vipps ePayment", 1, 1)
	t.iteration(0, "", func() {
		t.request("Create payment", []string{"ePayment"}, t.answer(event.FromCollection, 201, "Created", strings.Repeat("{\"a\":\"0123456789\"}\n", 6000)),
			t.script("test", nil, t.fail("is small", event.Error{Name: "AssertionError", Message: "expected '" + strings.Repeat("0123456789", 8000) + "' to be short"})))
	})
	return t.finish("", "")
}

func errorRun() []event.Event {
	t := newTape("Vipps v1.2", 1, 2)
	t.iteration(0, "", func() {
		t.request("Get token", nil, t.refused(event.FromCollection), t.script("test", nil, t.fail("Status is 201", wrongStatus())))
		t.request("apitest.vipps.no v1.2", []string{"ePayment", "v1.2"}, t.refused(event.FromCollection))
	})
	t.add(event.Notice{Level: "warn", Code: "unresolved", Text: "{{merchantSerialNumber}} has no value: sent as it is written by \"Create payment\"", Hint: "set it in the environment"})
	t.add(event.Notice{Level: "warn", Code: "unasserted", Text: "\"Get token\" answered 401 and no test looked at it", Hint: "assert the status"})
	t.add(event.Notice{Level: "warn", Code: "unresolved", Text: "{{other}} has no value", Hint: "set it in the environment"})
	return t.finish("", "")
}

func iterationsRun() []event.Event {
	t := newTape("Vipps ePayment", 2, 2)
	for i, row := range []string{"NO", "SE"} {
		t.iteration(i, row, func() {
			check := t.pass("Status is 201")
			if i == 0 {
				check = t.fail("Status is 201", wrongStatus())
			}
			t.request("Create payment", []string{"ePayment"}, t.answer(event.FromCollection, 201, "Created", "{}"), t.script("test", nil, check))
			t.request("Get token", nil, t.answer(event.FromCollection, 200, "OK", ""))
		})
	}
	return t.finish("", "")
}

func scriptRun() []event.Event {
	t := newTape("Vipps ePayment", 1, 3)
	t.iteration(0, "", func() {
		t.request("Create payment", []string{"ePayment"}, t.script("prerequest", typeError()), t.answer(event.FromCollection, 201, "Created", "{}"),
			t.script("test", nil, t.pass("Status is 201"), func(s event.Script) {
				t.add(event.Exception{Step: t.step, Script: s, Error: &event.Error{Name: "Error", Message: "late", Line: 7, Col: 1}, Counted: true})
			}))
		t.begin("Left out", nil)
		t.script("prerequest", nil, t.pass("before the request"))()
		t.end(true)
		t.request("Refund", nil, t.answer(event.FromCollection, 200, "OK", "{}"), t.script("test", &event.Error{Name: "SyntaxError", Message: "Unexpected token ')'", Line: 1, Col: 9, Source: "if (x > )"}))
	})
	return t.finish("", "")
}

func requestsRun() []event.Event {
	t := newTape("Vipps ePayment", 1, 2)
	t.iteration(0, "", func() {
		t.request("Create payment", []string{"ePayment"}, t.script("prerequest", nil, func(event.Script) { t.refused(event.FromScript)() }),
			t.answer(event.FromCollection, 201, "Created", "{}"),
			t.script("test", nil, func(event.Script) { t.answer(event.FromScript, 404, "Not Found", "no")() }, t.pass("Status is 201")))
		t.request("Get token", nil, t.answer(event.FromAuth, 401, "Unauthorized", "who?"), t.answer(event.FromCollection, 200, "OK", "{}"), t.script("test", nil, t.pass("Status is 200")))
	})
	return t.finish("", "")
}

func TestInputsAreThoseOfTheTape(t *testing.T) {
	for name, events := range inputs() {
		t.Run(name, func(t *testing.T) {
			var b bytes.Buffer
			enc := event.NewEncoder(&b)
			for _, e := range events {
				if err := enc.Encode(e); err != nil {
					t.Fatalf("Encode: %v", err)
				}
			}
			path := filepath.Join("testdata", "input", name+".jsonl")
			if *update {
				if err := os.WriteFile(path, b.Bytes(), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(b.Bytes(), want) {
				t.Errorf("%s is not what the tape says: run with -update", path)
			}
		})
	}
}
