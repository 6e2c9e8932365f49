package script

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"posthaste/collection"
	"posthaste/runner/event"
	"posthaste/script/host"
)

// A recorder is a host that remembers what scripts did.
type recorder struct {
	t      testing.TB
	events []event.Event
	jar    *cookieJar
	send   func(*Request) (*Response, error)

	sendContext func(context.Context) // when set, called first

	mu       sync.Mutex
	requests []*Request
}

func newRecorder(tb testing.TB) *recorder {
	tb.Helper()
	return &recorder{t: tb, jar: &cookieJar{}}
}

func (h *recorder) Send(ctx context.Context, req *Request) (*Response, error) {
	if h.sendContext != nil {
		h.sendContext(ctx)
	}
	h.mu.Lock()
	h.requests = append(h.requests, req)
	h.mu.Unlock()
	if h.send == nil {
		return nil, errors.New("connect ECONNREFUSED 127.0.0.1:1")
	}
	return h.send(req)
}

func (h *recorder) Emit(e event.Event) { h.events = append(h.events, e) }

func (h *recorder) Jar() Jar { return h.jar }

// Expand knows plain names and one dynamic variable.
func (h *recorder) Expand(text string, scopes ...Scope) (string, error) {
	text = strings.ReplaceAll(text, "{{$guid}}", "11111111-2222-3333-4444-555555555555")
	for _, s := range scopes {
		for _, v := range s.Variables() {
			text = strings.ReplaceAll(text, "{{"+v.Key+"}}", v.Value.String())
		}
	}
	return text, nil
}

// said lists console lines.
// bare takes the quotes off a text that the console shows.
func bare(shown string) string {
	for _, quote := range []string{`'`, `"`, "`"} {
		if text, ok := strings.CutPrefix(shown, quote); ok && strings.HasSuffix(text, quote) {
			return strings.ReplaceAll(strings.TrimSuffix(text, quote), `\n`, "\n")
		}
	}
	return shown
}

func (h *recorder) said() []string {
	var lines []string
	for _, e := range h.events {
		if c, ok := e.(event.Console); ok {
			prefix := ""
			if c.Level != "log" {
				prefix = c.Level + ": "
			}
			args := make([]string, len(c.Args))
			for i, a := range c.Args {
				args[i] = bare(a)
			}
			lines = append(lines, prefix+strings.Join(args, " "))
		}
	}
	return lines
}

// asserted lists assertions as "ok name", "skip name" or "not ok name: Error: text".
func (h *recorder) asserted() []string {
	var lines []string
	for _, e := range h.events {
		a, ok := e.(event.Assertion)
		switch {
		case !ok:
		case a.Skipped:
			lines = append(lines, "skip "+a.Name)
		case a.Error != nil:
			lines = append(lines, "not ok "+a.Name+": "+a.Error.Name+": "+a.Error.Message)
		default:
			lines = append(lines, "ok "+a.Name)
		}
	}
	return lines
}

// exceptions lists errors outside the scripts' texts.
func (h *recorder) exceptions() []string {
	var lines []string
	for _, e := range h.events {
		if x, ok := e.(event.Exception); ok {
			lines = append(lines, fmt.Sprintf("%s: %s (counted %v)", x.Error.Name, x.Error.Message, x.Counted))
		}
	}
	return lines
}

// cookieJar is a jar of names and values by URL.
type cookieJar struct {
	list []Cookie
	set  []string
}

func (j *cookieJar) Cookie(url, name string) (Cookie, bool) {
	for _, c := range j.Cookies(url) {
		if c.Name == name {
			return c, true
		}
	}
	return Cookie{}, false
}

func (j *cookieJar) Cookies(url string) []Cookie {
	if url == "http://bad" {
		return nil
	}
	return j.list
}

func (j *cookieJar) SetCookie(url, line string) error {
	if url == "http://bad" {
		return errors.New("cookie not allowed here")
	}
	j.set = append(j.set, url+" "+line)
	name, value, _ := strings.Cut(line, "=")
	value, _, _ = strings.Cut(value, ";")
	j.list = append(j.list, Cookie{Name: name, Value: value})
	return nil
}

func (j *cookieJar) SetValue(url, line, value string) error {
	name, rest, _ := strings.Cut(line, "=")
	return j.SetCookie(url, name+"="+value+rest)
}

func (j *cookieJar) Unset(_, name string) error {
	for i, c := range j.list {
		if c.Name == name {
			j.list = append(j.list[:i], j.list[i+1:]...)
			return nil
		}
	}
	return nil
}

func (j *cookieJar) Clear(string) error {
	j.list = nil
	return nil
}

// A stage is a sandbox with a call to change and a recorder.
type stage struct {
	*recorder
	box    *Sandbox
	call   Call
	result *Result
}

func newStage(tb testing.TB, o Options) *stage {
	tb.Helper()
	return &stage{recorder: newRecorder(tb), box: New(o), call: Call{
		Listen: "test", RequestName: "Token", RequestID: "id-1", IterationCount: 1,
		Environment: &host.Memory{}, Globals: &host.Memory{}, CollectionVariables: &host.Memory{}, Local: &host.Memory{}, Data: &host.Memory{},
		EnvironmentName: "local", Location: []string{"Shop", "Auth", "Token"}, Current: "Auth",
		Request: &Request{Request: collection.Request{Method: "GET"}, ID: "id-1", Name: "Token"},
		Response: &Response{
			Received: true, Code: 200, Reason: "OK", Time: 42 * time.Millisecond,
			Header: []collection.Header{{Key: "Content-Type", Value: "application/json"}},
			Body:   []byte(`{"access_token":"abc","expires_in":3600,"list":[1,2,3],"user":{"name":"Ola"},"none":null}`),
		},
		Timeout: 10 * time.Second,
	}}
}

// run runs source and fails the test when it does not come to its end.
func (s *stage) run(source string) *stage {
	s.t.Helper()
	s.try(source)
	if s.result.Error != nil {
		s.t.Fatalf("script failed: %+v", s.result.Error)
	}
	return s
}

func (s *stage) try(source string) *stage {
	s.t.Helper()
	s.events = nil
	s.call.Source = source
	s.result = s.box.Run(s.t.Context(), s, &s.call)
	return s
}

// wantLines compares what was recorded with want, lines joined by "|".
func wantLines(t *testing.T, what string, got []string, want string) {
	t.Helper()
	if joined := strings.Join(got, "|"); joined != want {
		t.Errorf("%s %q, want %q", what, joined, want)
	}
}

func TestATypicalVippsScript(t *testing.T) {
	s := newStage(t, Options{}).run(vippsScript)
	wantLines(t, "assertions", s.asserted(), "ok Status is 200|ok Token is there|ok It lasts an hour")
	got, _ := s.call.Environment.Lookup("Authorization")
	if got.String() != "Bearer abc" {
		t.Errorf("Authorization = %q, want Bearer abc", got)
	}
}

// vippsScript is what a token request's test script usually does.
const vippsScript = `
const body = pm.response.json();
pm.test("Status is 200", function () {
    pm.expect(pm.response.code).to.equal(200);
});
pm.test("Token is there", function () {
    pm.expect(body).to.have.property("access_token");
    pm.expect(body.access_token).to.be.a("string");
});
pm.test("It lasts an hour", () => pm.expect(Number(body.expires_in)).to.be.above(3599));
pm.environment.set("Authorization", "Bearer " + body.access_token);
`

func TestTests(t *testing.T) {
	tests := map[string]struct{ give, want string }{
		"passing":                          {"pm.test('a', () => {})", "ok a"},
		"without a function":               {"pm.test('a')", "ok a"},
		"failing by expect":                {"pm.test('a', () => pm.expect(1).to.equal(2))", "not ok a: AssertionError: expected 1 to equal 2"},
		"throwing an Error":                {"pm.test('a', () => { null.x })", "not ok a: TypeError: Cannot read properties of null (reading 'x')"},
		"throwing no Error":                {"pm.test('a', () => { throw 'no' })", "not ok a: AssertionError: no"},
		"throwing an Error without text":   {"pm.test('a', () => { throw new Error() })", "not ok a: Error: "},
		"a name that is no string":         {"pm.test(3, () => {}); pm.test(null)", "ok 3|ok null"},
		"chained":                          {"pm.test('a').test('b')", "ok a|ok b"},
		"skipped":                          {"pm.test.skip('a', () => { throw 1 }); pm.test('b')", "skip a|ok b"},
		"done":                             {"pm.test('a', done => setTimeout(done, 1))", "ok a"},
		"done with an error":               {"pm.test('a', done => done(new Error('x')))", "not ok a: Error: x"},
		"done never called":                {"pm.test('a', done => {})", "not ok a: AssertionError: the test never finished: done was never called"},
		"done called twice":                {"pm.test('a', done => { done(); done() })", "ok a"},
		"throwing before done":             {"pm.test('a', done => { throw new Error('x') })", "not ok a: Error: x"},
		"an async function that passes":    {"pm.test('a', async () => { await 1 }); pm.test('b')", "ok b|ok a"},
		"an async function that fails":     {"pm.test('a', async () => { await 1; pm.expect(1).to.equal(2) })", "not ok a: AssertionError: expected 1 to equal 2"},
		"a promise that is never settled":  {"pm.test('a', () => new Promise(() => {}))", "not ok a: AssertionError: the test never finished: its promise was never settled"},
		"index counts all":                 {"pm.test('a'); pm.test.skip('b'); pm.test('c', () => pm.expect(pm.test.index()).to.equal(3))", "ok a|skip b|ok c"},
		"legacy tests come after the text": {"tests['x'] = true; pm.test('a'); tests.y = 0", "ok a|ok x|not ok y: AssertionError: expected 0 to be truthy"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			s := newStage(t, Options{}).run(test.give)
			wantLines(t, "assertions", s.asserted(), test.want)
			if want := strings.Count(test.want, "not ok"); s.result.Failed != want {
				t.Errorf("Failed = %d, want %d", s.result.Failed, want)
			}
		})
	}
}

func TestCompatTestsAreNotAwaited(t *testing.T) {
	s := newStage(t, Options{Compat: true}).run("pm.test('a', async () => { await 1; throw new Error('late') }); pm.test('b', done => {})")
	wantLines(t, "assertions", s.asserted(), "ok a")
	wantLines(t, "exceptions", s.exceptions(), "Error: late (counted false)")
}

func TestAssertionsCarryPlaceAndDifference(t *testing.T) {
	s := newStage(t, Options{}).run("pm.test('a', function () {\n    pm.expect({a: 1}).to.eql({a: 2});\n})")
	e := s.events[0].(event.Assertion).Error
	if e.Line != 2 || e.Source != "    pm.expect({a: 1}).to.eql({a: 2});" || !e.HasDiff {
		t.Errorf("error %+v, want line 2 with its text and a difference", e)
	}
}

func TestErrorsOfScripts(t *testing.T) {
	tests := map[string]struct {
		give, want string
		line       int
	}{
		"thrown":            {"\nthrow new TypeError('x')", "TypeError: x", 2},
		"syntax":            {"if (x) {\n  y(", "SyntaxError: Unexpected token ';'", 2},
		"no end":            {"if (x) {\n  y()\n", "SyntaxError: Unexpected end of input", 3},
		"not a function":    {"pm.nothing()", "TypeError: pm.nothing is not a function", 1},
		"JSON":              {"JSON.parse('<a>')", "JSONError: Unexpected token '<' at 1:1\n<a>\n^", 1},
		"module":            {"require('nope')", "Error: Cannot find module 'nope'", 1},
		"library":           {"require('backbone')", "Error: backbone is not part of Posthaste; copy it to DIR/npm/backbone@1.6.0, with underscore beside it, run with --packages DIR, and use pm.require('npm:backbone@1.6.0')", 1},
		"never finished":    {"await new Promise(() => {})", "Error: script never finished: it awaits a promise that nothing can settle", 0},
		"too deep":          {"(function f(){ f() })()", "RangeError: Maximum call stack size exceeded", 1},
		"unknown":           {"nope", "ReferenceError: nope is not defined", 1},
		"visualizer":        {"pm.visualizer.set(3)", "Error: Invalid template. Template must be of type string, found number", 1},
		"package":           {"pm.require('@team/x')", "Error: Cannot find package '@team/x': no folder of packages was given (--packages)", 1},
		"skip in a test":    {"pm.execution.skipRequest()", "TypeError: pm.execution.skipRequest is not a function", 1},
		"sandbox2 is clean": {`"use sandbox2"; tests.x = 1`, "ReferenceError: tests is not defined", 1},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			s := newStage(t, Options{}).try(test.give)
			if s.result.Error == nil {
				t.Fatal("no error")
			}
			if got := s.result.Error.Name + ": " + s.result.Error.Message; got != test.want {
				t.Errorf("error %q, want %q", got, test.want)
			}
			if s.result.Error.Line != test.line {
				t.Errorf("line %d, want %d", s.result.Error.Line, test.line)
			}
		})
	}
}

func TestErrorsInTimersFailTheScript(t *testing.T) {
	source := "setTimeout(() => { throw new Error('x') }, 1); Promise.reject(new Error('y'))"
	s := newStage(t, Options{}).run(source)
	wantLines(t, "exceptions", s.exceptions(), "Error: y (counted true)|Error: x (counted true)")
	s = newStage(t, Options{Compat: true}).run(source)
	wantLines(t, "exceptions", s.exceptions(), "Error: y (counted false)|Error: x (counted false)")
	s = newStage(t, Options{Compat: true}).run("setTimeout(() => console.log('still'), 1); throw new Error('z')")
	wantLines(t, "exceptions", s.exceptions(), "Error: z (counted false)")
	wantLines(t, "console", s.said(), "still")
}

func TestTimeoutIsNewmans(t *testing.T) {
	s := newStage(t, Options{})
	s.call.Timeout = 20 * time.Millisecond
	s.try("for(;;){}")
	if !s.result.TimedOut || s.result.Error.Message != "sandbox: synchronous script execution timeout" {
		t.Errorf("result %+v, want a timeout", s.result.Error)
	}
	s.call.Timeout = time.Second
	s.run("pm.test('after')")
	wantLines(t, "assertions", s.asserted(), "ok after")
}

func TestPmIsReadOnly(t *testing.T) {
	s := newStage(t, Options{}).run(`
		const env = pm.environment;
		pm.environment = 5; pm.test = 6; pm.info = 7; pm.mine = 8;
		console.log(pm.environment === env, typeof pm.test, pm.info.requestName, pm.mine, Object.keys(pm).join());
		pm = 3`)
	wantLines(t, "console", s.said(), "true function Token 8 test,mine")
	s.run("console.log(pm.mine, typeof pm.environment)")
	wantLines(t, "console", s.said(), "undefined object")
}

func TestInfoAndExecution(t *testing.T) {
	s := newStage(t, Options{})
	s.call.Iteration = 2
	s.run(`
		const i = pm.info;
		console.log(i.eventName, i.iteration, i.iterationCount, i.requestName, i.requestId);
		console.log(pm.execution.location.join(' > '), pm.execution.location.current);
		pm.execution.setNextRequest('Capture')`)
	wantLines(t, "console", s.said(), "test 2 1 Token id-1|Shop > Auth > Token Auth")
	if s.result.Next == nil || s.result.Next.Name != "Capture" {
		t.Errorf("Next = %+v, want Capture", s.result.Next)
	}
	if s.run("postman.setNextRequest(null)"); s.result.Next == nil || !s.result.Next.Null {
		t.Errorf("Next = %+v, want null", s.result.Next)
	}
}

func TestSkipRequestSilencesTheRest(t *testing.T) {
	s := newStage(t, Options{})
	s.call.Listen, s.call.Response = "prerequest", nil
	s.run("console.log('a'); setTimeout(() => console.log('never'), 1); pm.execution.skipRequest(); console.log('b'); pm.test('c')")
	if !s.result.Skip {
		t.Error("Skip is not set")
	}
	wantLines(t, "console", s.said(), "a")
	wantLines(t, "assertions", s.asserted(), "")
}

func TestConsole(t *testing.T) {
	s := newStage(t, Options{}).run("console.log('a %s', 1); console.warn({a: 1}); console.error(null); console.info(); console.debug(undefined); console.clear()")
	if len(s.events) != 6 {
		t.Fatalf("%d events, want 6", len(s.events))
	}
	shown := s.events[0].(event.Console).Args
	if want := []string{"'a %s'", "1"}; !slices.Equal(shown, want) {
		t.Errorf("arguments %q, want %q as util.inspect shows them", shown, want)
	}
	s.try("console.table([])")
	if s.result.Error == nil || s.result.Error.Message != "console.table is not a function" {
		t.Errorf("error %+v, want that table is no function", s.result.Error)
	}
}

func TestVaultIsDenied(t *testing.T) {
	s := newStage(t, Options{}).run("try { await pm.vault.get('x') } catch (e) { console.log(e.message) }")
	wantLines(t, "console", s.said(), "Vault access denied")
}
