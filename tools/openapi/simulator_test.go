package openapi

import (
	"bytes"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"posthaste/collection"
	"posthaste/internal/vipps"
	"posthaste/runner"
	"posthaste/runner/event"
)

const shared = "../../../shared/vipps"

// An answer is one of the simulator's.
type answer struct {
	method, path string
	status       int
	header       http.Header
	body         []byte
}

func (a answer) String() string { return fmt.Sprintf("%s %s %d", a.method, a.path, a.status) }

// recorder keeps what a handler answers.
type recorder struct {
	http.Handler
	answers []answer
}

func (r *recorder) ServeHTTP(w http.ResponseWriter, req *http.Request) {
	kept := httptest.NewRecorder()
	r.Handler.ServeHTTP(kept, req)
	for name, values := range kept.Header() {
		w.Header()[name] = values
	}
	w.WriteHeader(kept.Code)
	w.Write(kept.Body.Bytes())
	r.answers = append(r.answers, answer{req.Method, req.URL.Path, kept.Code, kept.Header(), bytes.Clone(kept.Body.Bytes())})
}

// run runs one official collection twice with one environment: the second time, what the first has set is there,
// so that files whose token comes last get past it.
func run(t *testing.T, file string) []answer {
	t.Helper()
	server := vipps.New(vipps.Options{Now: time.Now})
	rec := &recorder{Handler: server}
	sim := httptest.NewServer(rec)
	defer sim.Close()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	c, err := collection.Parse(file, data, collection.Options{})
	if err != nil {
		t.Fatal(err)
	}
	env, err := collection.ParseEnvironment("sim", vipps.Environment(sim.URL, server.Keys()), collection.Options{})
	if err != nil {
		t.Fatal(err)
	}
	_, err = runner.Run(t.Context(), runner.Options{
		Collection: c, Environment: env, Iterations: 2, Delay: 2 * time.Millisecond,
		Network: runner.Network{Map: []runner.Mapping{
			{From: "https://apitest.vipps.no", To: sim.URL},
			{From: "https://api.vipps.no", To: sim.URL},
			{From: "https://invoice-api.vipps.no", To: sim.URL},
		}},
		Sink: func(event.Event) error { return nil },
	})
	if err != nil {
		t.Fatal(err)
	}
	return rec.answers
}

// TestAnswersAreAsSpecified runs every official collection and holds every answer against every file that has its
// operation. The count for each file is logged; go test -v shows it.
func TestAnswersAreAsSpecified(t *testing.T) {
	if _, err := os.Stat(shared); err != nil {
		t.Skip("skipped: ../shared is not here")
	}
	specs := load(t, filepath.Join(shared, "specs"))
	files, err := filepath.Glob(filepath.Join(shared, "official", "*", "*.json"))
	if err != nil {
		t.Fatal(err)
	}
	counts, excused, used := map[string]int{}, map[string]int{}, map[string]bool{}
	total, unmatched := 0, map[string]int{}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if bytes.Contains(data, []byte(`"_postman_variable_scope"`)) || bytes.Contains(data, []byte(`"values"`)) {
			continue // an environment
		}
		for _, a := range run(t, file) {
			total++
			found := false
			for _, s := range specs {
				route, params := s.operation(a.method, a.path)
				if route == nil {
					continue
				}
				found = true
				counts[s.name]++
				why := check(route, params, a)
				if why == "" {
					continue
				}
				if e := excuse(s.name, a, why); e != "" {
					excused[s.name]++
					used[e] = true
					continue
				}
				t.Errorf("%s\n%s: %s %s\n%s\n%s", filepath.Base(file), s.name, a, route.Path, why, a.body)
			}
			if !found {
				unmatched[a.method+" "+a.path]++
			}
		}
	}
	report(t, specs, counts, excused, total, unmatched)
	for _, e := range exceptions() {
		if !used[e.why] {
			t.Errorf("the exception is not needed any more: %s %s: %s", e.file, e.says, e.why)
		}
	}
}

func report(t *testing.T, specs []spec, counts, excused map[string]int, total int, unmatched map[string]int) {
	t.Helper()
	var b strings.Builder
	fmt.Fprintf(&b, "%d answers\n", total)
	for _, s := range specs {
		switch n := counts[s.name]; n {
		case 0:
			fmt.Fprintf(&b, "%5s  %s (no official collection reaches it)\n", "none", s.name)
		default:
			fmt.Fprintf(&b, "%5d  %s (%d under an exception)\n", n, s.name, excused[s.name])
		}
	}
	var rest []string
	for path, n := range unmatched {
		rest = append(rest, fmt.Sprintf("%5d  %s is in no file", n, path))
	}
	slices.Sort(rest)
	t.Log(b.String() + strings.Join(rest, "\n"))
}
