package run_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/fstest"
	"time"

	"posthaste/collection"
	"posthaste/run"
	"posthaste/runner/event"
)

const (
	ordersFile  = "testdata/orders.postman_collection.json"
	environment = "testdata/production.postman_environment.json"
	theSecret   = "the-secret-of-the-client"
)

// parsed makes a collection of items in memory, each JSON.
func parsed(t *testing.T, items ...string) *collection.Collection {
	t.Helper()
	c, err := collection.Parse("made.json", []byte(`{"info":{"name":"Made"},"item":[`+strings.Join(items, ",")+`]}`), collection.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// What a handler sees of a request is what a server sees of it on the network.
func TestAHandlerSeesWhatAServerSees(t *testing.T) {
	items := []string{
		`{"name":"query","request":{"method":"GET","url":"http://HOST/a%2Fb/ü?x=1%202&y=a b&z"}}`,
		`{"name":"no query","request":{"method":"GET","url":"http://HOST"}}`,
		`{"name":"json","request":{"method":"PUT","url":"http://HOST/j","body":{"mode":"raw","raw":"{\"a\":1}","options":{"raw":{"language":"json"}}}}}`,
		`{"name":"form","request":{"method":"POST","url":"http://HOST/f","body":{"mode":"urlencoded","urlencoded":[{"key":"a b","value":"ü&="}]}}}`,
		`{"name":"file","request":{"method":"POST","url":"http://HOST/u","body":{"mode":"file","file":{"src":"/docs/a.txt"}}}}`,
		`{"name":"empty","request":{"method":"POST","url":"http://HOST/e"}}`,
		`{"name":"method","request":{"method":"REPORT","url":"http://HOST/r"}}`,
		`{"name":"head","request":{"method":"HEAD","url":"http://HOST/h"}}`,
		`{"name":"basic","request":{"method":"GET","url":"http://HOST/b","auth":{"type":"basic","basic":[{"key":"username","value":"u"},{"key":"password","value":"p"}]}}}`,
		`{"name":"twice","request":{"method":"GET","url":"http://HOST/t","header":[{"key":"X-A","value":"1"},{"key":"x-a","value":"2"}]}}`,
	}
	var mu sync.Mutex
	var seen []string
	h := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		r.Header.Del("Postman-Token")
		r.Header.Del("Connection")
		r.Header.Del("Content-Length")
		header, _ := json.Marshal(r.Header)
		mu.Lock()
		defer mu.Unlock()
		seen = append(seen, fmt.Sprintf("%s %s path=%s query=%s %s length=%d body=%q %v", r.Method, r.RequestURI, r.URL.Path, r.URL.RawQuery, header, r.ContentLength, body, err))
	})
	server := httptest.NewServer(h)
	defer server.Close()
	address := strings.TrimPrefix(server.URL, "http://")
	opt := run.Options{Files: fstest.MapFS{"docs/a.txt": {Data: []byte("the file")}}}
	lists := map[string][]string{}
	for name, transport := range map[string]http.RoundTripper{"server": nil, "handler": run.Handler(h), "net/http": http.DefaultTransport} {
		seen = nil
		opt.Transport = transport
		c := parsed(t, strings.Split(strings.ReplaceAll(strings.Join(items, "\x00"), "HOST", address), "\x00")...)
		result, err := run.Collection(t.Context(), c, opt)
		if err != nil || !result.Passed() {
			t.Fatalf("%s: %v %v", name, err, result.Err())
		}
		lists[name] = seen
	}
	for i, item := range items {
		for _, other := range []string{"handler", "net/http"} {
			if lists[other][i] != lists["server"][i] {
				t.Errorf("%s\nover the network %s\nby %s %s", item, lists["server"][i], other, lists[other][i])
			}
		}
	}
}

func TestNoSecretLeavesARun(t *testing.T) {
	leaky := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprintf(w, `{"you sent": %q}`, r.Header.Get("client_secret"))
	})
	outs := map[string]*bytes.Buffer{}
	var opt run.Options
	for _, name := range []string{"cli", "junit", "json", "html", "events", "tap", "har", "markdown"} {
		outs[name] = &bytes.Buffer{}
		opt.Reports = append(opt.Reports, run.Report{Name: name, Out: outs[name]})
	}
	opt.Environment, opt.Transport = environment, run.Handler(leaky)
	var events bytes.Buffer
	outs["the events"] = &events
	opt.Events = func(e event.Masked) error {
		text, err := json.Marshal(e.Event())
		events.Write(text)
		return err
	}
	result, err := run.File(t.Context(), ordersFile, opt)
	if err != nil {
		t.Fatal(err)
	}
	if result.Passed() || !errors.Is(result.Err(), run.ErrFailed) || result.ExitCode() != 1 {
		t.Errorf("the run came to %v, exit %d; it has failed assertions", result.Err(), result.ExitCode())
	}
	for name, out := range outs {
		if out.Len() == 0 {
			t.Errorf("%s is empty", name)
		}
		if strings.Contains(out.String(), theSecret) {
			t.Errorf("%s has the secret", name)
		}
	}
	if text := result.Mask("it is " + theSecret); strings.Contains(text, theSecret) {
		t.Errorf("Mask leaves %q", text)
	}
}

func TestWhatCannotRunIsAnError(t *testing.T) {
	dir := t.TempDir()
	broken := filepath.Join(dir, "broken.json")
	if err := os.WriteFile(broken, []byte("{\n  \"item\": [,]\n}"), 0o600); err != nil {
		t.Fatal(err)
	}
	ok := func() run.Options { return run.Options{Transport: run.Handler(orders())} }
	for name, test := range map[string]struct {
		path string
		opt  func(*run.Options)
		want string
	}{
		"a collection that is not there":   {"no.json", func(*run.Options) {}, "reading the collection: "},
		"a collection that is broken":      {broken, func(*run.Options) {}, "broken.json:2:12"},
		"an environment that is not there": {ordersFile, func(o *run.Options) { o.Environment = "no.json" }, "reading the environment: "},
		"globals that are broken":          {ordersFile, func(o *run.Options) { o.Globals = broken }, "reading the globals: "},
		"data that is not there":           {ordersFile, func(o *run.Options) { o.Data = "no.csv" }, "reading the iteration data: "},
		"a reporter that nobody knows":     {ordersFile, func(o *run.Options) { o.Reports = []run.Report{{Name: "junt", Out: io.Discard}} }, "making the junt report: there is no such reporter"},
		"a report that goes nowhere":       {ordersFile, func(o *run.Options) { o.Reports = []run.Report{{Name: "junit"}} }, "no Out"},
		"a folder that is not in it":       {ordersFile, func(o *run.Options) { o.Folders = []string{"Autth"} }, "Autth"},
		"a host that is no glob":           {ordersFile, func(o *run.Options) { o.AllowHosts = []string{"http://a/b"} }, "reading AllowHosts: "},
		"a limit that nobody can read":     {ordersFile, func(o *run.Options) { o.Limits = []string{"at most 5"} }, "reading Limits: "},
		"a report whose option has a bad value": {ordersFile, func(o *run.Options) {
			o.Reports = []run.Report{{Name: "junit", Out: io.Discard, Options: map[string]string{"layout": "round"}}}
		}, "round"},
	} {
		t.Run(name, func(t *testing.T) {
			opt := ok()
			test.opt(&opt)
			result, err := run.File(t.Context(), test.path, opt)
			if result != nil || err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("got %v, %v; want an error with %q", result, err, test.want)
			}
		})
	}
}

func TestHowRunsEnd(t *testing.T) {
	hangs := http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() })
	var sent atomic.Int64
	counts := http.HandlerFunc(func(http.ResponseWriter, *http.Request) { sent.Add(1) })
	one := `{"name":"one","request":{"method":"POST","url":"http://a.test/x","body":{"mode":"raw","raw":"text"}}}`
	for name, test := range map[string]struct {
		opt  run.Options
		want error
		code int
	}{
		"a handler that answers":                  {run.Options{Transport: run.Handler(counts)}, nil, 0},
		"a handler that panics":                   {run.Options{Transport: run.Handler(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic("no") }))}, run.ErrUnknown, 3},
		"a handler that hangs":                    {run.Options{Transport: run.Handler(hangs), RequestTimeout: 50 * time.Millisecond}, run.ErrUnknown, 3},
		"a host that is not allowed":              {run.Options{Transport: run.Handler(counts), AllowHosts: []string{"b.test"}}, run.ErrFailed, 1},
		"a listener of events that wants no more": {run.Options{Transport: run.Handler(counts), Events: func(event.Masked) error { return errors.New("enough") }}, run.ErrFailed, 1},
	} {
		t.Run(name, func(t *testing.T) {
			result, err := run.Collection(t.Context(), parsed(t, one), test.opt)
			if err != nil {
				t.Fatal(err)
			}
			if got := result.Err(); !errors.Is(got, test.want) || result.ExitCode() != test.code {
				t.Errorf("the run came to %v and exit code %d, want %v and %d", got, result.ExitCode(), test.want, test.code)
			}
		})
	}
	if sent.Load() != 1 {
		t.Errorf("%d requests reached the handler; the fence lets one of them", sent.Load())
	}
}

func TestACancelledRunIsInterruptedAndReported(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	stops := http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		cancel()
		<-r.Context().Done()
	})
	var out bytes.Buffer
	result, err := run.File(ctx, ordersFile, run.Options{Transport: run.Handler(stops), Reports: []run.Report{{Name: "junit", Out: &out}}})
	if err != nil {
		t.Fatal(err)
	}
	if !errors.Is(result.Err(), run.ErrInterrupted) || result.ExitCode() != 130 {
		t.Errorf("the run came to %v and exit code %d", result.Err(), result.ExitCode())
	}
	if !strings.HasSuffix(strings.TrimSpace(out.String()), "</testsuites>") {
		t.Errorf("the report is not whole: %q", out.String())
	}
}

func TestAReportThatCannotBeWrittenIsAnErrorBesideTheResult(t *testing.T) {
	var html bytes.Buffer
	result, err := run.File(t.Context(), ordersFile, run.Options{
		Environment: environment, Transport: run.Handler(orders()),
		Reports: []run.Report{{Name: "junit", Out: full{}}, {Name: "html", Out: &html}},
	})
	if err == nil || !strings.Contains(err.Error(), "writing the junit report: ") {
		t.Errorf("the error is %v", err)
	}
	if result == nil || !result.Passed() {
		t.Fatal("the run itself passed")
	}
	if !strings.Contains(html.String(), "</html>") {
		t.Error("the other report is not whole")
	}
}

// full is a device that is full.
type full struct{}

func (full) Write([]byte) (int, error) { return 0, errors.New("no space left on device") }

func TestRowsAreIterationsAndVariablesWin(t *testing.T) {
	var iterations []string
	result, err := run.File(t.Context(), ordersFile, run.Options{
		Environment: environment, Variables: map[string]string{"article": "sofa", "order": "before"},
		Data: "testdata/articles.csv", Transport: run.Handler(orders()),
		Events: func(e event.Masked) error {
			if q, ok := e.Event().(event.RequestSent); ok && strings.HasSuffix(q.Request.URL, "/orders") {
				iterations = append(iterations, string(q.Request.Body.Data))
			}
			return nil
		},
	})
	if err != nil || !result.Passed() {
		t.Fatal(err, result.Err())
	}
	if got := strings.Join(iterations, " "); got != `{"article":"chair"} {"article":"table"}` {
		t.Errorf("the orders were %s", got)
	}
	if v, known := result.Value("article"); v != "sofa" || !known {
		t.Errorf("article is %q at the end", v)
	}
	if v, _ := result.Value("order"); v != "order-1" {
		t.Errorf("order is %q at the end", v)
	}
}
