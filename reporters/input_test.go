package reporters

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"posthaste/runner/event"
	"posthaste/runner/event/eventtest"
)

// The inputs of the golden tests stand in testdata/input as the events of a run, one a line. Those that no
// recording made are made here: go test ./reporters -run TestInputs -update.

// inputs are the runs.
func inputs() map[string][]event.Event {
	folder := []string{"ePayment"}
	runs := map[string][]event.Event{}
	simple := func(name string, code int, does ...func(*eventtest.Run) func(event.Script)) {
		t := eventtest.New("Vipps ePayment", 1, 2)
		t.Iteration(0, "", func() {
			t.Request("Get token", nil, t.Answer(event.FromCollection, 200, "OK", `{"token":"*****"}`))
			var steps []func(event.Script)
			for _, do := range does {
				steps = append(steps, do(t))
			}
			t.Request("Create payment", folder, t.Answer(event.FromCollection, code, "Some Reason", `{"title":"x"}`), t.Script("test", nil, steps...))
		})
		runs[name] = t.Finish("", "")
	}
	pass := func(t *eventtest.Run) func(event.Script) { return t.Pass("Status is 201") }
	fail := func(t *eventtest.Run) func(event.Script) { return t.Fail("Status is 201", eventtest.WrongStatus()) }
	simple("pass", 201, pass, pass)
	simple("fail", 401, fail, func(t *eventtest.Run) func(event.Script) { return t.Pass("has a title") }, fail)
	simple("skip", 201, func(t *eventtest.Run) func(event.Script) { return t.Skip("left for later") }, pass)
	simple("console", 201, func(t *eventtest.Run) func(event.Script) {
		return t.Log("log", "'hello'", "{ a: 1, list: [ 1, 2, 3 ] }")
	},
		func(t *eventtest.Run) func(event.Script) {
			return t.Log("warn", "'"+strings.Repeat("long words ", 12)+"'")
		},
		pass, func(t *eventtest.Run) func(event.Script) { return t.Log("error", "'two\nlines'") })
	simple("unicode", 201, func(t *eventtest.Run) func(event.Script) {
		return t.Pass("bærekraftig 支払い 💸 <b>&\"quoted\"</b>")
	},
		func(t *eventtest.Run) func(event.Script) {
			return t.Fail("]]> ends nothing", event.Error{Name: "Fehler", Message: "“æøå” ]]> & <x>"})
		})
	simple("control", 201, func(t *eventtest.Run) func(event.Script) {
		return t.Pass("bell\a, escape \x1b[31mred\x1b[0m, nul\x00, \xff")
	},
		func(t *eventtest.Run) func(event.Script) {
			return t.Fail("line\nbreaks\r\nand\ttabs", event.Error{Name: "Error", Message: "\x01\x02 and \ufffe\nsecond line"})
		})
	limits := eventtest.New("Vipps ePayment", 2, 1)
	limits.Limits = []event.Threshold{{Text: "p95<500ms", Value: "50ms"}, {Text: "ePayment/**: failed<1%", Value: "50.0%", Broken: true}}
	for i := range 2 {
		limits.Iteration(i, "", func() {
			limits.Request("Create payment", folder, limits.Answer(event.FromCollection, 201, "Created", "{}"), limits.Script("test", nil, limits.Pass("Status is 201")))
		})
	}
	runs["threshold"] = limits.Finish("", "")
	empty := eventtest.New("Nothing", 1, 0)
	empty.Iteration(0, "", func() {})
	runs["empty"] = empty.Finish("", "")
	runs["error"] = errorRun()
	runs["iterations"] = iterationsRun()
	runs["script"] = scriptRun()
	runs["fault"] = faultRun()
	runs["requests"] = requestsRun()
	for _, reason := range []string{"bail", "interrupt", "error"} {
		t := eventtest.New("Vipps ePayment", 2, 3)
		t.Add(event.IterationStarted{})
		t.Request("Create payment", folder, t.Answer(event.FromCollection, 401, "Unauthorized", "{}"), t.Script("test", nil, t.Fail("Status is 201", eventtest.WrongStatus())))
		t.Begin("Capture payment", folder)
		t.Sent(event.FromCollection)
		text := ""
		if reason == "error" {
			text = "connect ECONNREFUSED 127.0.0.1:1"
		}
		runs["cut-"+reason] = t.Finish(reason, text)
	}
	return runs
}

func hugeRun() []event.Event {
	t := eventtest.New("Vipps ePayment", 1, 1)
	t.Iteration(0, "", func() {
		t.Request("Create payment", []string{"ePayment"}, t.Answer(event.FromCollection, 201, "Created", strings.Repeat("{\"a\":\"0123456789\"}\n", 6000)),
			t.Script("test", nil, t.Fail("is small", event.Error{Name: "AssertionError", Message: "expected '" + strings.Repeat("0123456789", 8000) + "' to be short"})))
	})
	return t.Finish("", "")
}

func errorRun() []event.Event {
	t := eventtest.New("Vipps v1.2", 1, 2)
	t.Iteration(0, "", func() {
		t.Request("Get token", nil, t.Refused(event.FromCollection), t.Script("test", nil, t.Fail("Status is 201", eventtest.WrongStatus())))
		t.Request("apitest.vipps.no v1.2", []string{"ePayment", "v1.2"}, t.Refused(event.FromCollection))
	})
	t.Add(event.Notice{Level: "warn", Code: "unresolved", Text: "{{merchantSerialNumber}} has no value: sent as it is written by \"Create payment\"", Hint: "set it in the environment"})
	t.Add(event.Notice{Level: "warn", Code: "unasserted", Text: "\"Get token\" answered 401 and no test looked at it", Hint: "assert the status"})
	t.Add(event.Notice{Level: "warn", Code: "unresolved", Text: "{{other}} has no value", Hint: "set it in the environment"})
	return t.Finish("", "")
}

func iterationsRun() []event.Event {
	t := eventtest.New("Vipps ePayment", 2, 2)
	for i, row := range []string{"NO", "SE"} {
		t.Iteration(i, row, func() {
			check := t.Pass("Status is 201")
			if i == 0 {
				check = t.Fail("Status is 201", eventtest.WrongStatus())
			}
			t.Request("Create payment", []string{"ePayment"}, t.Answer(event.FromCollection, 201, "Created", "{}"), t.Script("test", nil, check))
			t.Request("Get token", nil, t.Answer(event.FromCollection, 200, "OK", ""))
		})
	}
	return t.Finish("", "")
}

// faultRun is a strict run with a wrong client secret, twice: one 401, and what followed from it; a value that differs in
// one member; a placeholder that was known before.
func faultRun() []event.Event {
	t := eventtest.New("Vipps ePayment", 2, 4)
	if started, ok := t.Events[0].(event.RunStarted); ok {
		started.Strict = true
		t.Events[0] = started
	}
	t.Add(event.Notice{
		Level: "warn", Code: event.CodePlaceholder, Subject: "client_secret", File: "collections/vipps.json", Line: 20, Requests: "Get Access Token",
		Text: "client_secret still holds its placeholder <your secret> (in \"Get Access Token\")", Hint: "put the real value into the environment",
	})
	folder := []string{"ePayment", "v1"}
	status := event.Error{Name: "AssertionError", Message: "expected response to have status code 200 but got 401", Expected: "200", Actual: "401", HasDiff: true, Line: 1, Col: 34, Source: "pm.test('is fine', () => pm.response.to.have.status(200));"}
	without := func(phase func()) func() {
		return func() {
			phase()
			for i := len(t.Events) - 1; i >= 0; i-- {
				if sent, ok := t.Events[i].(event.RequestSent); ok {
					sent.Names = []event.Name{{Key: "base_url", Scope: "environment"}, {Key: "access_token"}}
					t.Events[i] = sent
					return
				}
			}
		}
	}
	for i, country := range []string{"NO", "SE"} {
		t.Iteration(i, country, func() {
			t.Request("Get Access Token", nil, t.Answer(event.FromCollection, 401, "Unauthorized", `{"error":"invalid_client"}`), t.Script("test", nil, t.Fail("is fine", status)),
				func() {
					t.Add(event.VariableFlow{Step: t.Step, Left: []event.LeftVariable{{Key: "access_token", State: "missing"}}})
				})
			for _, name := range []string{"Create payment", "Get payment"} {
				t.Request(name, folder, without(t.Answer(event.FromCollection, 401, "Unauthorized", `{"title":"Unauthorized"}`)), t.Script("test", nil, t.Fail("is fine", status)))
			}
			t.Request("Terms", nil, t.Answer(event.FromCollection, 200, "OK", `{"country":"NO","limits":[1,2]}`), t.Script("test", nil, t.Fail("are as they were", event.Error{
				Name: "AssertionError", Message: "expected { country: 'NO', …(1) } to deeply equal { country: 'NO', …(1) }",
				Expected: "{ country: 'NO', limits: [ 1, 3 ] }", Actual: "{ country: 'NO', limits: [ 1, 2 ] }", HasDiff: true, Line: 1, Col: 36, Source: "pm.test('are as they were', () => pm.expect(pm.response.json()).to.eql(known));",
			})))
		})
	}
	return t.Finish("", "")
}

func scriptRun() []event.Event {
	t := eventtest.New("Vipps ePayment", 1, 3)
	t.Iteration(0, "", func() {
		t.Request("Create payment", []string{"ePayment"}, t.Script("prerequest", eventtest.TypeError()), t.Answer(event.FromCollection, 201, "Created", "{}"),
			t.Script("test", nil, t.Pass("Status is 201"), func(s event.Script) {
				t.Add(event.Exception{Step: t.Step, Script: s, Error: &event.Error{Name: "Error", Message: "late", Line: 7, Col: 1}, Counted: true})
			}))
		t.Begin("Left out", nil)
		t.Script("prerequest", nil, t.Pass("before the request"))()
		t.End(true)
		t.Request("Refund", nil, t.Answer(event.FromCollection, 200, "OK", "{}"), t.Script("test", &event.Error{Name: "SyntaxError", Message: "Unexpected token ')'", Line: 1, Col: 9, Source: "if (x > )"}))
	})
	return t.Finish("", "")
}

func requestsRun() []event.Event {
	t := eventtest.New("Vipps ePayment", 1, 2)
	t.Iteration(0, "", func() {
		t.Request("Create payment", []string{"ePayment"}, t.Script("prerequest", nil, func(event.Script) { t.Refused(event.FromScript)() }),
			t.Answer(event.FromCollection, 201, "Created", "{}"),
			t.Script("test", nil, func(event.Script) { t.Answer(event.FromScript, 404, "Not Found", "no")() }, t.Pass("Status is 201")))
		t.Request("Get token", nil, t.Answer(event.FromAuth, 401, "Unauthorized", "who?"), t.Answer(event.FromCollection, 200, "OK", "{}"), t.Script("test", nil, t.Pass("Status is 200")))
	})
	return t.Finish("", "")
}

// withHuge is the inputs and a run that no golden file holds.
func withHuge() map[string][]event.Event {
	runs := inputs()
	runs["huge"] = hugeRun()
	return runs
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
