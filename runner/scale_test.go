package runner_test

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"posthaste/runner"
	"posthaste/runner/event"
)

// BenchmarkParallelWait runs 32 units of requests that are answered after 20 ms side by side, and tells how much of the ideal
// that reaches: the time that the answers of one unit take, since all others wait at the same time.
func BenchmarkParallelWait(b *testing.B) {
	const units, requests, answer = 32, 50, 20 * time.Millisecond
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		time.Sleep(answer)
		_, _ = io.WriteString(w, "{}") // a broken connection fails the run
	}))
	b.Cleanup(server.Close)
	items := make([]string, requests)
	for i := range items {
		items[i] = request(fmt.Sprint("request ", i), "/", "", "pm.test('answered', () => pm.response.to.have.status(200))")
	}
	opt := sideBySide(b, server.URL, strings.Join(items, ","), units, units)
	for b.Loop() {
		finish(b, opt)
	}
	b.ReportMetric(100*requests*answer.Seconds()*float64(b.N)/b.Elapsed().Seconds(), "%-of-ideal")
}

// BenchmarkParallelScripts runs 2 units that only compute, one after the other and side by side, and tells how many times as
// fast the latter is: 2 at best, on 2 processors that nobody else uses.
func BenchmarkParallelScripts(b *testing.B) {
	server := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))
	b.Cleanup(server.Close)
	const work = "let n = 0; for (let i = 0; i < 2000000; i++) n = (n * 31 + i) % 1000003; pm.test('computed', () => pm.expect(n).to.be.above(-1))"
	items := request("compute", "/", "", work)
	alone, together := sideBySide(b, server.URL, items, 2, 1), sideBySide(b, server.URL, items, 2, 2)
	var inTurn, atOnce time.Duration
	for b.Loop() {
		start := b.Elapsed()
		finish(b, alone)
		half := b.Elapsed()
		finish(b, together)
		inTurn, atOnce = inTurn+half-start, atOnce+b.Elapsed()-half
	}
	b.ReportMetric(inTurn.Seconds()/atOnce.Seconds(), "x-as-fast")
}

// sideBySide is a run of units, so many at a time.
func sideBySide(b *testing.B, base, items string, units, workers int) runner.Options {
	b.Helper()
	return runner.Options{
		Collection: parse(b, base, items), Iterations: units, Sink: func(event.Masked) error { return nil },
		Parallel: runner.Parallel{Workers: workers, By: runner.ByIteration},
	}
}

// finish runs, and fails when an assertion does.
func finish(b *testing.B, opt runner.Options) {
	b.Helper()
	result, err := runner.Run(b.Context(), opt)
	if err != nil || result.Summary.Failed() > 0 || result.Summary.Assertions.Total == 0 {
		b.Fatalf("the run failed: %v, %+v", err, result)
	}
}
