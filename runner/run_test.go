package runner_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"posthaste/collection"
	"posthaste/collection/data"
	"posthaste/internal/redact"
	"posthaste/runner"
	"posthaste/runner/event"
)

// echo answers with what it was asked: the method, the URL, the headers and the body. /status/N answers N.
func echo(t *testing.T) string {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var code int
		if _, err := fmt.Sscanf(r.URL.Path, "/status/%d", &code); err == nil {
			w.WriteHeader(code)
			return
		}
		body, err := io.ReadAll(r.Body)
		if err != nil {
			t.Error(err)
		}
		w.Header().Set("Content-Type", "application/json")
		err = json.NewEncoder(w).Encode(map[string]any{"method": r.Method, "url": r.URL.String(), "headers": r.Header, "body": string(body)})
		if err != nil {
			t.Error(err)
		}
	}))
	t.Cleanup(server.Close)
	return server.URL
}

// parse makes a collection of items in JSON; BASE stands for the server.
func parse(tb testing.TB, base, items string) *collection.Collection {
	tb.Helper()
	text := strings.ReplaceAll(`{"info":{"name":"C"},"item":[`+items+`]}`, "BASE", base)
	c, err := collection.Parse("c.json", []byte(text), collection.Options{})
	if err != nil {
		tb.Fatal(err)
	}
	return c
}

// request is an item that asks for a path and runs scripts.
func request(name, path, prerequest, test string) string {
	script := func(listen, source string) string {
		return `{"listen":"` + listen + `","script":{"exec":` + collection.Quote(source) + `}}`
	}
	return `{"name":"` + name + `","request":"BASE` + path + `","event":[` +
		script("prerequest", prerequest) + `,` + script("test", test) + `]}`
}

// run runs and returns the result with all events.
func run(t *testing.T, opt runner.Options) (*runner.Result, []event.Event) {
	t.Helper()
	var events []event.Event
	opt.Sink = func(e event.Masked) error { events = append(events, e.Event()); return nil }
	result, err := runner.Run(t.Context(), opt)
	if err != nil {
		t.Fatal(err)
	}
	return result, events
}

// order is the names of the items that were started.
func order(events []event.Event) string {
	var names []string
	for _, e := range events {
		if e, ok := e.(event.ItemStarted); ok {
			names = append(names, e.Item.Name)
		}
	}
	return strings.Join(names, " ")
}

func TestOrder(t *testing.T) {
	base := echo(t)
	abc := func(script string) string {
		return request("a", "/", "", script) + "," + request("b", "/", "", "") + "," + request("c", "/", "", "")
	}
	tests := map[string]struct {
		items string
		opt   runner.Options
		want  string
	}{
		"the collection's order":                  {abc(""), runner.Options{}, "a b c"},
		"twice with two iterations":               {abc(""), runner.Options{Iterations: 2}, "a b c a b c"},
		"a jump by name":                          {abc("pm.execution.setNextRequest('c')"), runner.Options{}, "a c"},
		"a jump to null ends the iteration":       {abc("pm.execution.setNextRequest(null)"), runner.Options{Iterations: 2}, "a a"},
		"an unknown target ends the iteration":    {abc("postman.setNextRequest('nope')"), runner.Options{Iterations: 2}, "a a"},
		"the last call wins":                      {abc("pm.setNextRequest?.('b'); pm.execution.setNextRequest('b'); pm.execution.setNextRequest('c')"), runner.Options{}, "a c"},
		"a loop ends when the script says so":     {abc("const n = (pm.variables.get('n') || 0) + 1; pm.variables.set('n', n); if (n < 3) pm.execution.setNextRequest('a')"), runner.Options{}, "a a a b c"},
		"a folder of the user's choice":           {`{"name":"f","item":[` + request("x", "/", "", "") + `]},` + abc(""), runner.Options{Folders: []string{"f"}}, "x"},
		"several names in the collection's order": {abc(""), runner.Options{Folders: []string{"c", "a"}}, "a c"},
		"a skipped request is still an item":      {request("s", "/", "pm.execution.skipRequest()", "") + "," + request("t", "/", "", ""), runner.Options{}, "s t"},
		"a failed test does not stop":             {abc("pm.test('no', () => pm.expect(1).to.equal(2))"), runner.Options{}, "a b c"},
		"bail stops after the item that failed":   {abc("pm.test('no', () => pm.expect(1).to.equal(2))"), runner.Options{Bail: runner.Bail{Failure: true}, Iterations: 2}, "a"},
		"fatal errors do not mind failed tests":   {abc("pm.test('no', () => pm.expect(1).to.equal(2))"), runner.Options{Bail: runner.Bail{Error: true}}, "a b c"},
		"fatal errors end with a broken script":   {abc("throw new Error('x')"), runner.Options{Bail: runner.Bail{Error: true}}, "a"},
		"an empty collection runs nothing":        {"", runner.Options{Iterations: 3}, ""},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			test.opt.Collection = parse(t, base, test.items)
			_, events := run(t, test.opt)
			if got := order(events); got != test.want {
				t.Errorf("ran %q, want %q", got, test.want)
			}
		})
	}
}

func TestEveryStreamBeginsAndEndsAsItShould(t *testing.T) {
	base := echo(t)
	item := request("a", "/", "", "pm.test('no', () => pm.expect(1).to.equal(2))")
	tests := map[string]struct {
		opt    runner.Options
		reason string
	}{
		"to the end":              {runner.Options{}, ""},
		"with bail":               {runner.Options{Bail: runner.Bail{Failure: true}}, runner.ReasonBail},
		"with a timeout":          {runner.Options{Timeout: time.Nanosecond}, runner.ReasonTimeout},
		"stopped before it began": {runner.Options{Stop: closed()}, runner.ReasonInterrupt},
		"jumping for ever":        {runner.Options{MaxJumps: 3, Collection: parse(t, base, request("a", "/", "", "pm.execution.setNextRequest('a')"))}, runner.ReasonError},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if test.opt.Collection == nil {
				test.opt.Collection = parse(t, base, item)
			}
			_, events := run(t, test.opt)
			if _, ok := events[0].(event.RunStarted); !ok {
				t.Errorf("the first event is %T", events[0])
			}
			last, ok := events[len(events)-1].(event.RunFinished)
			if !ok || last.Reason != test.reason {
				t.Errorf("the last event is %T with reason %q, want %q", events[len(events)-1], last.Reason, test.reason)
			}
		})
	}
}

func closed() <-chan struct{} {
	c := make(chan struct{})
	close(c)
	return c
}

func TestTheSumsAreThoseOfTheEvents(t *testing.T) {
	base := echo(t)
	result, events := run(t, runner.Options{Iterations: 2, Collection: parse(t, base,
		request("a", "/", "pm.sendRequest('BASE/x', () => {})", "pm.test('yes', () => {}); pm.test.skip('later'); throw new Error('x')"))})
	var sums event.Summary
	for _, e := range events {
		sums.Add(e)
	}
	if sums.Assertions != (event.Count{Total: 4}) || sums.Scripts != (event.Count{Total: 4, Failed: 2}) ||
		sums.Requests != (event.Count{Total: 4}) || sums.Skipped != 2 || sums.Answered != 2 {
		t.Errorf("sums are %+v", sums)
	}
	if result.Summary.Scripts != sums.Scripts || result.Summary.Requests != sums.Requests {
		t.Errorf("the result says %+v", result.Summary)
	}
}

func TestARunDoesNotChangeTheCollection(t *testing.T) {
	base := echo(t)
	c := parse(t, base, request("a", "/{{v}}", "pm.request.url = 'BASE/other'; pm.request.headers.add({key:'x',value:'y'}); pm.collectionVariables.set('v', 2)", ""))
	env := &collection.Environment{Values: []collection.Variable{{Key: "e", Value: collection.Text("1")}}}
	before, values := string(c.Document()), env.Values[0]
	run(t, runner.Options{Collection: c, Environment: env, Iterations: 2})
	if diff := cmp.Diff(before, string(c.Document())); diff != "" {
		t.Error(diff)
	}
	if env.Values[0].Value != values.Value || len(env.Values) != 1 {
		t.Errorf("the environment became %v", env.Values)
	}
}

// sent is the URLs of the requests that went out, without the server's part.
func sent(events []event.Event, base string) []string {
	var urls []string
	for _, e := range events {
		if e, ok := e.(event.RequestSent); ok {
			urls = append(urls, strings.TrimPrefix(e.Request.URL, base))
		}
	}
	return urls
}

func TestScopesHaveTheirPrecedence(t *testing.T) {
	base := echo(t)
	variables := func(value string) []collection.Variable {
		return []collection.Variable{{Key: "v", Value: collection.Text(value)}}
	}
	rows, err := data.Parse("d.json", strings.NewReader(`[{"v":"data"}]`), data.Options{})
	if err != nil {
		t.Fatal(err)
	}
	c := parse(t, base, request("a", "/{{v}}", "", "")+","+request("b", "/{{v}}", "pm.variables.set('v', 'local')", ""))
	c.Variables = variables("collection")
	tests := []struct {
		name string
		opt  runner.Options
		want []string
	}{
		{"globals", runner.Options{Globals: &collection.Environment{Values: variables("globals")}}, []string{"/collection", "/local"}},
		{"environment", runner.Options{Environment: &collection.Environment{Values: variables("environment")}}, []string{"/environment", "/local"}},
		{"data", runner.Options{Data: rows, Environment: &collection.Environment{Values: variables("environment")}}, []string{"/data", "/local"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			test.opt.Collection = c
			_, events := run(t, test.opt)
			if diff := cmp.Diff(test.want, sent(events, base)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestWhatAGreenRunWouldHideIsSaid(t *testing.T) {
	base := echo(t)
	env := &collection.Environment{Values: []collection.Variable{
		{Key: "key", Value: collection.Text("<copy the key here>")}, {Key: "orderId", Value: collection.Text("1")},
	}}
	_, events := run(t, runner.Options{Environment: env, Collection: parse(t, base,
		request("a", "/{{nobody}}?k={{key}}&o={{orderid}}", "", "pm.environment.set('token', pm.response.json().access_token)")+","+
			request("b", "/status/404", "", "")+","+
			request("c", "/status/500", "", "pm.test('fails as it should', () => pm.response.to.have.status(500))"))})
	var got []string
	for _, e := range events {
		if n, ok := e.(event.Notice); ok {
			got = append(got, n.Code+": "+n.Text)
		}
	}
	want := []string{
		`unresolved: {{nobody}} is not set anywhere and goes out as it is written (in "a")`,
		`placeholder: key still holds its placeholder <copy the key here> (in "a")`,
		`unresolved: {{orderid}} is not set anywhere and goes out as it is written (in "a")`,
		`undefined: token was set to undefined by the test script (HTTP 200) of "a"`,
		`unasserted: "b" answered 404 and no test looked at it`,
	}
	less := func(list []string) []string { return append([]string(nil), list...) }
	if diff := cmp.Diff(sorted(less(want)), sorted(less(got))); diff != "" {
		t.Error(diff)
	}
}

func sorted(list []string) []string {
	for i := range list {
		for j := i; j > 0 && list[j] < list[j-1]; j-- {
			list[j], list[j-1] = list[j-1], list[j]
		}
	}
	return list
}

func TestSecretsAreMaskedInEveryEvent(t *testing.T) {
	base := echo(t)
	const canary = "canary-4711-value"
	env := &collection.Environment{Values: []collection.Variable{{Key: "client_secret", Value: collection.Text(canary)}}}
	_, events := run(t, runner.Options{
		Environment: env, Secrets: &redact.Set{}, Bodies: 1 << 20, Documents: true,
		Collection: parse(t, base, request("a", "/{{client_secret}}?q={{client_secret}}",
			"pm.request.headers.add({key:'x', value: pm.environment.get('client_secret')}); console.log({s: pm.environment.get('client_secret')})",
			"pm.test(pm.environment.get('client_secret'), () => pm.expect(pm.response.text()).to.equal('x')); throw new Error(pm.environment.get('client_secret'))")),
	})
	for _, e := range events {
		text, err := json.Marshal(e)
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(string(text), canary) {
			t.Errorf("%s shows the secret: %s", e.Kind(), text)
		}
	}
}

func TestASecretThatAnAnswerBringsIsMaskedFromThenOn(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		_, _ = io.WriteString(w, `{"access_token":"canary-0815-token","n":1}`) // a broken connection fails the test below
	}))
	t.Cleanup(server.Close)
	_, events := run(t, runner.Options{
		Secrets: &redact.Set{}, Bodies: 1 << 20,
		Collection: parse(t, server.URL, request("a", "/", "", "console.log(pm.response.text())")),
	})
	seen := false
	for _, e := range events {
		if r, ok := e.(event.ResponseReceived); ok {
			seen = string(r.Response.Body.Data) == `{"access_token":"`+redact.Mask+`","n":1}`
		}
		if c, ok := e.(event.Console); ok && strings.Contains(strings.Join(c.Args, ""), "canary") {
			t.Errorf("the console shows the token: %v", c.Args)
		}
	}
	if !seen {
		t.Error("the answer's body was not masked as it should be")
	}
}

func TestASinkThatFailsEndsTheRun(t *testing.T) {
	base := echo(t)
	broken := errors.New("disk full")
	n := 0
	result, err := runner.Run(t.Context(), runner.Options{
		Iterations: 100, Collection: parse(t, base, request("a", "/", "", "")),
		Sink: func(event.Masked) error { n++; return broken },
	})
	if err != nil {
		t.Fatal(err)
	}
	if result.Summary.Reason != runner.ReasonError || result.Summary.Error != "disk full" || n < 2 {
		t.Errorf("reason %q, error %q after %d events", result.Summary.Reason, result.Summary.Error, n)
	}
}

func TestCancellingEndsTheRequestInFlight(t *testing.T) {
	arrived := make(chan struct{})
	server := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		close(arrived)
		<-r.Context().Done()
	}))
	t.Cleanup(server.Close)
	ctx, cancel := context.WithCancel(t.Context())
	go func() { <-arrived; cancel() }()
	result, err := runner.Run(ctx, runner.Options{Collection: parse(t, server.URL, request("a", "/", "", ""))})
	if err != nil {
		t.Fatal(err)
	}
	if result.Summary.Reason != runner.ReasonInterrupt {
		t.Errorf("reason %q, want %q", result.Summary.Reason, runner.ReasonInterrupt)
	}
}

func TestAnUnknownFolderNamesNearOnes(t *testing.T) {
	_, err := runner.Run(t.Context(), runner.Options{
		Collection: parse(t, "http://127.0.0.1:1", request("Get Access Token", "/", "", "")), Folders: []string{"Get Acces Token"},
	})
	unknown := (*runner.UnknownItemError)(nil)
	if !errors.As(err, &unknown) || unknown.Hint() != `did you mean "Get Access Token"?` {
		t.Errorf("err = %v", err)
	}
}

func BenchmarkRun(b *testing.B) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		_, _ = io.WriteString(w, `{"ok":true}`) // a broken connection shows in the sums
	}))
	defer server.Close()
	text := strings.ReplaceAll(`{"info":{"name":"C"},"item":[`+request("a", "/", "pm.environment.set('a', 1)",
		"pm.test('ok', () => pm.expect(pm.response.json().ok).to.be.true)")+`]}`, "BASE", server.URL)
	c, err := collection.Parse("c.json", []byte(text), collection.Options{})
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		result, err := runner.Run(b.Context(), runner.Options{Collection: c, Iterations: 100})
		if err != nil || result.Summary.Failed() > 0 {
			b.Fatalf("%v, %d failed", err, result.Summary.Failed())
		}
	}
}
