package runner_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"posthaste/runner"
	"posthaste/runner/event"
)

// A response of a server that is asked again: 0 hangs up.
type attempt struct {
	code  int
	after string // the header Retry-After
}

// sulking answers with each of the responses in turn, the last for ever, and counts.
func sulking(t *testing.T, answers []attempt) (base string, asked *atomic.Int32) {
	t.Helper()
	asked = &atomic.Int32{}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		a := answers[min(int(asked.Add(1))-1, len(answers)-1)]
		if a.code == 0 {
			panic(http.ErrAbortHandler)
		}
		if a.after != "" {
			w.Header().Set("Retry-After", a.after)
		}
		w.WriteHeader(a.code)
	}))
	t.Cleanup(server.Close)
	return server.URL, asked
}

func TestWhatIsTriedAgainAndAfterHowLong(t *testing.T) {
	now := time.Date(2026, 11, 22, 8, 0, 0, 0, time.UTC)
	ok, trouble, busy, silence := attempt{200, ""}, attempt{503, ""}, attempt{429, ""}, attempt{0, ""}
	date := func(d time.Duration) string { return now.Add(d).Format(http.TimeFormat) }
	const ms = time.Millisecond
	tests := map[string]struct {
		method  string
		answers []attempt
		retry   runner.Retry
		waits   []time.Duration
		flaky   bool
	}{
		"silence":                         {"GET", []attempt{silence, ok}, runner.Retry{Times: 1}, []time.Duration{0}, true},
		"too many requests":               {"GET", []attempt{busy, ok}, runner.Retry{Times: 1}, []time.Duration{0}, true},
		"trouble of the server":           {"GET", []attempt{trouble, {500, ""}, ok}, runner.Retry{Times: 5}, []time.Duration{0, 0}, true},
		"a test, when it is asked for":    {"GET", []attempt{{404, ""}, ok}, runner.Retry{Times: 1, On: []string{runner.OnTest}}, []time.Duration{0}, true},
		"no test, unless it is asked for": {"GET", []attempt{{404, ""}, ok}, runner.Retry{Times: 1}, nil, false},
		"silence alone":                   {"GET", []attempt{trouble, ok}, runner.Retry{Times: 1, On: []string{runner.OnNetwork}}, nil, false},
		"too many requests alone":         {"GET", []attempt{trouble, ok}, runner.Retry{Times: 1, On: []string{runner.On429}}, nil, false},
		"trouble alone":                   {"GET", []attempt{busy, ok}, runner.Retry{Times: 1, On: []string{runner.On5xx}}, nil, false},
		"a delay":                         {"GET", []attempt{trouble, trouble, ok}, runner.Retry{Times: 3, Delay: 200 * ms}, []time.Duration{200 * ms, 200 * ms}, true},
		"a delay that grows":              {"GET", []attempt{trouble, trouble, trouble, ok}, runner.Retry{Times: 3, Delay: 100 * ms, Backoff: 3}, []time.Duration{100 * ms, 300 * ms, 900 * ms}, true},
		"Retry-After in seconds":          {"GET", []attempt{{429, "7"}, ok}, runner.Retry{Times: 1, Delay: ms}, []time.Duration{7 * time.Second}, true},
		"Retry-After as a date":           {"GET", []attempt{{503, date(90 * time.Second)}, ok}, runner.Retry{Times: 1, Delay: ms}, []time.Duration{90 * time.Second}, true},
		"Retry-After that is past":        {"GET", []attempt{{503, date(-time.Hour)}, ok}, runner.Retry{Times: 1, Delay: ms}, []time.Duration{0}, true},
		"Retry-After that says nothing":   {"GET", []attempt{{503, "soon"}, ok}, runner.Retry{Times: 1, Delay: ms}, []time.Duration{ms}, true},
		"never well":                      {"GET", []attempt{trouble}, runner.Retry{Times: 2}, []time.Duration{0, 0}, false},
		"well at once":                    {"GET", []attempt{ok}, runner.Retry{Times: 2}, nil, false},
		"HEAD is safe":                    {"HEAD", []attempt{trouble, ok}, runner.Retry{Times: 1}, []time.Duration{0}, true},
		"OPTIONS is safe":                 {"OPTIONS", []attempt{trouble, ok}, runner.Retry{Times: 1}, []time.Duration{0}, true},
		"POST is not":                     {"POST", []attempt{trouble, ok}, runner.Retry{Times: 1}, nil, false},
		"nor PUT":                         {"PUT", []attempt{silence, ok}, runner.Retry{Times: 1}, nil, false},
		"nor PATCH":                       {"PATCH", []attempt{busy, ok}, runner.Retry{Times: 1}, nil, false},
		"nor DELETE":                      {"DELETE", []attempt{trouble, ok}, runner.Retry{Times: 1}, nil, false},
		"POST where it is said to be":     {"POST", []attempt{trouble, ok}, runner.Retry{Times: 1, Unsafe: true}, []time.Duration{0}, true},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			base, asked := sulking(t, test.answers)
			item := `{"name":"a","request":{"method":"` + test.method + `","url":"BASE/"},"event":[{"listen":"test","script":{"exec":"` + ok200 + `"}}]}`
			var waits []time.Duration
			result, events := run(t, runner.Options{
				Collection: parse(t, base, item), Retry: test.retry, Now: func() time.Time { return now },
				Sleep: func(_ context.Context, d time.Duration) { waits = append(waits, d) },
			})
			if diff := cmp.Diff(test.waits, waits); diff != "" {
				t.Errorf("it waits otherwise than it should (-want +got):\n%s", diff)
			}
			if got, want := int(asked.Load()), len(test.waits)+1; got != want {
				t.Errorf("%d tries, want %d", got, want)
			}
			if got := result.Summary.Recovered == 1; got != test.flaky || result.Summary.Items.Total != 1 {
				t.Errorf("flaky is %v, want %v, of %d items", got, test.flaky, result.Summary.Items.Total)
			}
			var retried []bool
			for _, e := range events {
				if e, ok := e.(event.ItemFinished); ok {
					retried = append(retried, e.Retried)
				}
			}
			for i, again := range retried {
				if again != (i < len(test.waits)) {
					t.Errorf("try %d says retried %v", i+1, again)
				}
			}
		})
	}
}
