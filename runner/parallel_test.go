package runner_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"posthaste/collection"
	"posthaste/collection/data"
	"posthaste/runner"
	"posthaste/runner/event"
)

// folders is a collection of n folders with two requests each; the first sets a variable that the second sends.
func folders(n int) string {
	var list []string
	for i := range n {
		name := "f" + strconv.Itoa(i)
		list = append(list, `{"name":"`+name+`","item":[`+
			request(name+"-a", "/"+name+"?setup={{token}}", "pm.environment.set('mine', '"+name+"'); pm.environment.set('"+name+"', 'set')", "")+","+
			request(name+"-b", "/{{mine}}", "", "pm.test('"+name+"', () => pm.expect(pm.environment.get('mine')).to.equal('"+name+"'))")+`]}`)
	}
	return request("setup", "/setup", "", "pm.environment.set('token', 'from setup')") + "," + strings.Join(list, ",")
}

// shape is what a run's events say, without times and ids.
func shape(events []event.Event, base string) []string {
	var lines []string
	for _, e := range events {
		switch e := e.(type) {
		case event.IterationStarted, event.IterationFinished:
			text, _ := json.Marshal(e) // plain data always encodes
			lines = append(lines, e.Kind()+string(text))
		case event.ItemStarted:
			lines = append(lines, "item "+e.Item.Name)
		case event.RequestSent:
			lines = append(lines, "sent "+strings.TrimPrefix(e.Request.URL, base))
		case event.Assertion:
			lines = append(lines, "assertion "+e.Name)
		case event.RunFinished:
			lines = append(lines, "finished "+e.Reason)
		}
	}
	return lines
}

func isSetup(item *collection.Item) bool { return item.Name == "setup" }

func TestAParallelRunTellsWhatASequentialOneTells(t *testing.T) {
	base := echo(t)
	c := parse(t, base, folders(6))
	_, sequential := run(t, runner.Options{Collection: c})
	result, parallel := run(t, runner.Options{Collection: c, Parallel: runner.Parallel{Workers: 4, Setup: isSetup}})
	if diff := cmp.Diff(shape(sequential, base), shape(parallel, base)); diff != "" {
		t.Errorf("sequential (-) and parallel (+) differ:\n%s", diff)
	}
	left := map[string]string{}
	for _, v := range result.Environment {
		left[v.Key] = v.Value.String()
	}
	if left["token"] != "from setup" || left["f0"] != "set" || left["f5"] != "set" {
		t.Errorf("the environment was left as %v", left)
	}
}

func TestIterationsRunInParallelInTheirOrder(t *testing.T) {
	base := echo(t)
	data := func() runner.Rows {
		var rows []string
		for i := range 20 {
			rows = append(rows, `{"n":"`+strconv.Itoa(i)+`"}`)
		}
		d, err := data.Parse("d.json", strings.NewReader("["+strings.Join(rows, ",")+"]"), data.Options{})
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	c := parse(t, base, request("a", "/{{n}}", "", "pm.test('row {{n}}', () => {})"))
	_, sequential := run(t, runner.Options{Collection: c, Data: data()})
	_, parallel := run(t, runner.Options{Collection: c, Data: data(), Parallel: runner.Parallel{Workers: 8, By: runner.ByIteration}})
	if diff := cmp.Diff(shape(sequential, base), shape(parallel, base)); diff != "" {
		t.Errorf("sequential (-) and parallel (+) differ:\n%s", diff)
	}
}

// meeting is a server that answers the first n requests when all n are there, and what it counted: how many were there
// at most. It waits long for one that does not come, and then the count says so.
func meeting(t *testing.T, n int32) (base string, most func() int32) {
	t.Helper()
	var now, highest atomic.Int32
	all := make(chan struct{})
	server := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {
		here := now.Add(1)
		defer now.Add(-1)
		for seen := highest.Load(); here > seen && !highest.CompareAndSwap(seen, here); seen = highest.Load() {
		}
		select {
		case <-all:
			return
		default:
		}
		if here == n {
			close(all)
		}
		select {
		case <-all:
		case <-time.After(5 * time.Second):
		}
	}))
	t.Cleanup(server.Close)
	return server.URL, highest.Load
}

func TestUnitsReallyRunAtTheSameTime(t *testing.T) {
	base, most := meeting(t, 8)
	_, events := run(t, runner.Options{Collection: parse(t, base, folders(8)), Parallel: runner.Parallel{Workers: 8, Setup: nothing}})
	if most() != 8 {
		t.Errorf("at most %d requests were on their way together, want 8", most())
	}
	if got, want := order(events), "setup f0-a f0-b f1-a f1-b f2-a f2-b f3-a f3-b f4-a f4-b f5-a f5-b f6-a f6-b f7-a f7-b"; got != want {
		t.Errorf("told in the order %s, want %s", got, want)
	}
}

func TestNoMoreUnitsRunThanThereAreWorkers(t *testing.T) {
	base, most := meeting(t, 3)
	run(t, runner.Options{Collection: parse(t, base, folders(12)), Parallel: runner.Parallel{Workers: 3}})
	if most() != 3 {
		t.Errorf("at most %d requests were on their way together, want 3", most())
	}
}

func nothing(*collection.Item) bool { return false }

func TestBailEndsEveryUnit(t *testing.T) {
	base := echo(t)
	var items []string
	for i := range 30 {
		items = append(items, request("r"+strconv.Itoa(i), "/", "", "pm.test('fails', () => pm.expect(1).to.equal("+strconv.Itoa(1+i%2)+"))"))
	}
	result, events := run(t, runner.Options{
		Collection: parse(t, base, strings.Join(items, ",")), Bail: runner.Bail{Failure: true}, Parallel: runner.Parallel{Workers: 3},
	})
	if result.Summary.Reason != runner.ReasonBail {
		t.Errorf("reason %q", result.Summary.Reason)
	}
	if n := len(strings.Fields(order(events))); n >= 30 {
		t.Errorf("all %d requests ran", n)
	}
}

func TestRetries(t *testing.T) {
	tests := map[string]struct {
		answers []int // of the server, one after the other; the last for ever
		retry   runner.Retry
		test    string
		tries   int
		failed  int
	}{
		"none without the option":     {[]int{500, 200}, runner.Retry{}, ok200, 1, 1},
		"a server in trouble":         {[]int{500, 503, 200}, runner.Retry{Times: 3}, ok200, 3, 0},
		"not more than was allowed":   {[]int{500}, runner.Retry{Times: 2}, ok200, 3, 1},
		"not what was not named":      {[]int{500, 200}, runner.Retry{Times: 2, On: []string{runner.On429}}, ok200, 1, 1},
		"a failed test when named":    {[]int{404, 200}, runner.Retry{Times: 2, On: []string{runner.OnTest}}, ok200, 2, 0},
		"asked to wait":               {[]int{429, 200}, runner.Retry{Times: 1}, ok200, 2, 0},
		"bail waits for the last try": {[]int{500, 200}, runner.Retry{Times: 1}, ok200, 2, 0},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			var n atomic.Int32
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
				i := int(n.Add(1)) - 1
				w.WriteHeader(test.answers[min(i, len(test.answers)-1)])
			}))
			t.Cleanup(server.Close)
			opt := runner.Options{Collection: parse(t, server.URL, request("a", "/", "", test.test)), Retry: test.retry}
			opt.Bail.Failure = strings.HasPrefix(name, "bail")
			result, _ := run(t, opt)
			if int(n.Load()) != test.tries || result.Summary.Failed() != test.failed {
				t.Errorf("%d tries and %d failures, want %d and %d", n.Load(), result.Summary.Failed(), test.tries, test.failed)
			}
		})
	}
}

const ok200 = "pm.test('ok', () => pm.response.to.have.status(200))"
