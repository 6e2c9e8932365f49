package runner_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"posthaste/internal/variable"
	"posthaste/runner"
	"posthaste/runner/event"
)

// outcomes lists the assertions that were reported, with the request they belong to.
func outcomes(events []event.Event) string {
	var list []string
	for _, e := range events {
		if a, ok := e.(event.Assertion); ok {
			line := a.Item.Name + ": " + a.Name
			if a.Error != nil {
				line += " – " + a.Error.Message
			}
			list = append(list, line)
		}
	}
	return strings.Join(list, "\n")
}

func TestScriptsRunRequests(t *testing.T) {
	asks := func(code string) string { return request("asks", "/asks", code, "") }
	tests := map[string]struct{ first, second, want string }{
		"by name, and the answer is there": {
			asks("const r = await pm.execution.runRequest('asked'); pm.test(r.code + r.json().url, () => {})"),
			request("asked", "/asked", "", "pm.test('own', () => pm.response.to.have.status(200))"),
			"asks: 200/asked\nasked: own",
		},
		"by id": {
			asks("const r = await pm.execution.runRequest('4711'); pm.test(String(r.code), () => {})"),
			`{"id":"4711","name":"asked","request":"BASE/status/201"}`,
			"asks: 201",
		},
		"by the id that Postman shows": {
			asks("const r = await pm.execution.runRequest('99-4711'); pm.test(String(r.code), () => {})"),
			`{"id":"4711","name":"asked","request":"BASE/status/201"}`,
			"asks: 201",
		},
		"with variables on top": {
			asks("pm.environment.set('v', 'below'); const r = await pm.execution.runRequest('asked', {variables: {v: 'above'}}); pm.test(r.json().url + pm.variables.get('v'), () => {})"),
			request("asked", "/asked?v={{v}}", "", "pm.test(pm.variables.get('v'), () => {})"),
			"asks: /asked?v=abovebelow\nasked: above",
		},
		"with its own authentication": {
			asks("const r = await pm.execution.runRequest('asked'); pm.test(r.json().headers.Authorization[0], () => {})"),
			`{"name":"asked","request":{"url":"BASE/asked","auth":{"type":"bearer","bearer":[{"key":"token","value":"t0"}]}}}`,
			"asks: Bearer t0",
		},
		"what it sets is there afterwards": {
			asks("pm.globals.set('g', {n: 1}); await pm.execution.runRequest('asked'); pm.test(['environment', 'globals', 'collectionVariables', 'variables'].map(s => JSON.stringify(pm[s].get('g'))).join(), () => {})"),
			request("asked", "/asked", "for (const s of ['environment', 'collectionVariables', 'variables']) pm[s].set('g', s[0]); const g = pm.globals.get('g'); g.n++; pm.globals.set('g', g)", ""),
			`asks: "e",{"n":2},"c","v"`,
		},
		"one that skips itself gives null": {
			asks("pm.test(String(await pm.execution.runRequest('asked')), () => {})"),
			request("asked", "/asked", "pm.execution.skipRequest()", "pm.test('never', () => {})"),
			"asks: null",
		},
		"one without an answer rejects": {
			asks("try { await pm.execution.runRequest('asked') } catch (e) { pm.test(e.code, () => {}) }"),
			`{"name":"asked","request":"http://127.0.0.1:1/"}`,
			"asks: ECONNREFUSED",
		},
		"an unknown one rejects": {
			asks("try { await pm.execution.runRequest('nope') } catch (e) { pm.test(e.message, () => {}) }"),
			request("asked", "/asked", "", ""),
			`asks: runRequest: the collection has no request "nope"`,
		},
		"its jump is ignored": {
			asks("await pm.execution.runRequest('asked')"),
			request("asked", "/asked", "", "pm.execution.setNextRequest('asks'); pm.test('once', () => {})"),
			"asked: once",
		},
		"several at once come one after the other": {
			asks("const all = await Promise.all([1, 2, 3].map(n => pm.execution.runRequest('asked', {variables: {n}}))); pm.test(all.map(r => r.json().url).join(), () => {})"),
			request("asked", "/{{n}}", "", "pm.test('n' + pm.variables.get('n'), () => {})"),
			"asks: /1,/2,/3\nasked: n1\nasked: n2\nasked: n3",
		},
		"its failure is its own": {
			asks("await pm.execution.runRequest('asked'); pm.test('still green', () => {})"),
			request("asked", "/asked", "", "pm.test('red', () => { throw new Error('no') })"),
			"asks: still green\nasked: red – no",
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			c := parse(t, echo(t), test.first+","+test.second)
			_, events := run(t, runner.Options{Collection: c, Folders: []string{"asks"}})
			if got := outcomes(events); got != test.want {
				t.Errorf("assertions\n%s\nwant\n%s", got, test.want)
			}
		})
	}
}

func TestNestedRequestsFollowTheirCaller(t *testing.T) {
	c := parse(t, echo(t), request("asks", "/a", "await pm.execution.runRequest('asked')", "")+","+
		request("asked", "/b", "await pm.execution.runRequest('last')", "")+","+request("last", "/c", "", ""))
	result, events := run(t, runner.Options{Collection: c, Folders: []string{"asks"}})
	var steps []string
	depth := 0
	for _, e := range events {
		switch e := e.(type) {
		case event.ItemStarted:
			depth++
			steps = append(steps, fmt.Sprintf("%s %s<%s", e.Item.Name, e.Step.ID, e.Step.Caller))
		case event.ItemFinished:
			depth--
		}
		if depth > 1 {
			t.Fatal("one step within another")
		}
	}
	if got, want := strings.Join(steps, ", "), "asks 1<, asked 1+1<1, last 1+1+1<1+1"; got != want {
		t.Errorf("steps %s, want %s", got, want)
	}
	if result.Summary.Items.Total != 3 || result.Summary.Requests.Total != 3 {
		t.Errorf("summary %+v, want 3 items and requests", result.Summary)
	}
}

func TestNestingEnds(t *testing.T) {
	c := parse(t, echo(t), request("self", "/a", "try { await pm.execution.runRequest('self') } catch (e) { pm.test(e.message, () => {}) }", ""))
	result, events := run(t, runner.Options{Collection: c})
	want := `self: runRequest: "self" would be the 11th request that is run by the script of another: at most 10 may be nested`
	if got := outcomes(events); got != want {
		t.Errorf("assertions\n%s\nwant\n%s", got, want)
	}
	if result.Summary.Requests.Total != 11 {
		t.Errorf("%d requests, want 11", result.Summary.Requests.Total)
	}
}

func TestBailHeedsNestedRequests(t *testing.T) {
	c := parse(t, echo(t), request("asks", "/a", "await pm.execution.runRequest('asked')", "")+","+
		request("asked", "/b", "", "pm.test('red', () => { throw new Error('no') })"))
	result, events := run(t, runner.Options{Collection: c, Bail: runner.Bail{Failure: true}})
	if got := order(events); got != "asks asked" || result.Summary.Reason != runner.ReasonBail {
		t.Errorf("ran %q, reason %q; want asks asked, bail", got, result.Summary.Reason)
	}
}

func TestFailuresOfARetriedStepsRequestsDoNotCount(t *testing.T) {
	c := parse(t, echo(t), request("asks", "/a",
		"globalThis_ = (typeof globalThis_ === 'undefined' ? 0 : globalThis_) + 1; await pm.execution.runRequest('asked', {variables: {n: globalThis_}})",
		"pm.test('second', () => pm.expect(globalThis_).to.equal(2))")+","+
		request("asked", "/b", "", "pm.test('even', () => pm.expect(pm.variables.get('n') % 2).to.equal(0))"))
	result, _ := run(t, runner.Options{
		Collection: c, Folders: []string{"asks"}, Retry: runner.Retry{Times: 1, On: []string{runner.OnTest}, Delay: time.Nanosecond},
	})
	if n := result.Summary.Failed(); n != 0 {
		t.Errorf("%d failures, want none", n)
	}
}

func TestUnitsOfAParallelRunMayNest(t *testing.T) {
	unit := request("asks", "/a", "await pm.execution.runRequest('asked'); pm.environment.set('k', pm.environment.get('k') + '!')", "")
	c := parse(t, echo(t), `{"name":"one","item":[`+unit+`]},{"name":"two","item":[`+unit+`]},`+request("asked", "/b", "pm.environment.set('k', 'set')", ""))
	result, _ := run(t, runner.Options{Collection: c, Parallel: runner.Parallel{Workers: 2}})
	if v, _ := variable.NewScope("", result.Environment).Lookup("k"); v.String() != "set" && v.String() != "set!" {
		t.Errorf("k is %q", v.String())
	}
	if result.Summary.Failed() != 0 || result.Summary.Requests.Total != 5 {
		t.Errorf("summary %+v, want 5 requests and no failure", result.Summary)
	}
}
