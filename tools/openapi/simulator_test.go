package openapi

import (
	"bytes"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
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
func run(t *testing.T, file string, opt vipps.Options) []answer {
	t.Helper()
	opt.Now = time.Now
	server := vipps.New(opt)
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
		Sink: func(event.Masked) error { return nil },
	})
	if err != nil {
		t.Fatal(err)
	}
	return rec.answers
}

// A tally counts the answers that were held against a file.
type tally struct{ official, own, excused int }

// A judge holds answers against every file that has their operation.
type judge struct {
	t         *testing.T
	specs     []spec
	tallies   map[string]*tally
	used      map[string]bool // exceptions, by their reason
	total     tally
	unmatched map[string]int
	compared  comparison
}

func newJudge(t *testing.T) *judge {
	t.Helper()
	j := &judge{t: t, specs: load(t, filepath.Join(shared, "specs")), tallies: map[string]*tally{}, used: map[string]bool{}, unmatched: map[string]int{}}
	for _, s := range j.specs {
		j.tallies[s.name] = &tally{}
	}
	return j
}

func (c *tally) add(isOwn bool) {
	if isOwn {
		c.own++
	} else {
		c.official++
	}
}

// hold runs a collection and judges what it is answered.
func (j *judge) hold(file string, isOwn bool) {
	j.t.Helper()
	for _, a := range run(j.t, file, vipps.Options{}) {
		j.total.add(isOwn)
		found := false
		for _, s := range j.specs {
			route, params := s.operation(a.method, a.path)
			if route == nil {
				continue
			}
			found = true
			j.tallies[s.name].add(isOwn)
			why := check(route, params, a)
			j.compared.add(j.t, s, route, params, a, why)
			if why == "" {
				continue
			}
			if e := excuse(s.name, a, why); e != "" {
				j.tallies[s.name].excused++
				j.used[e] = true
				continue
			}
			j.t.Errorf("%s\n%s: %s %s\n%s\n%s", filepath.Base(file), s.name, a, route.Path, why, a.body)
		}
		if !found {
			j.unmatched[a.method+" "+placeless(a.path)]++
		}
	}
}

// TestAnswersAreAsSpecified runs every official collection, ours, and one for files that none of them reaches, and holds every answer against every file that
// has its operation. docs/vipps.md shows the count for each file; go test -v prints it.
func TestAnswersAreAsSpecified(t *testing.T) {
	if _, err := os.Stat(shared); err != nil {
		t.Skip("skipped: ../shared is not here")
	}
	j := newJudge(t)
	official, own := files(t)
	for _, file := range official {
		j.hold(file, false)
	}
	for _, file := range own {
		j.hold(file, true)
	}
	for _, e := range exceptions() {
		if !j.used[e.why] {
			t.Errorf("the exception is not needed any more: %s %s: %s", e.file, e.says, e.why)
		}
	}
	j.compared.end(t)
	t.Log("\n" + j.table())
	doc, err := os.ReadFile(filepath.Join("..", "..", "docs", "vipps.md"))
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(doc), j.table()) {
		t.Errorf("docs/vipps.md has another table than\n%s", j.table())
	}
}

// files lists the official collections, and ours with the one for files that none of them reaches.
func files(t *testing.T) (official, own []string) {
	t.Helper()
	all, err := filepath.Glob(filepath.Join(shared, "official", "*", "*.json"))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range all {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Contains(data, []byte(`"_postman_variable_scope"`)) && !bytes.Contains(data, []byte(`"values"`)) { // else an environment
			official = append(official, file)
		}
	}
	own, err = filepath.Glob(filepath.Join("..", "..", "collections", "*.postman_collection.json"))
	if err != nil || len(own) == 0 {
		t.Fatalf("found %d collections of ours, %v", len(own), err)
	}
	return official, append(own, filepath.Join("testdata", "others.postman_collection.json"))
}

// placeless leaves out of a path what is new in each run.
func placeless(path string) string {
	return regexp.MustCompile(`/(picture|payments)/[^/]+`).ReplaceAllString(path, "/$1/…")
}

// table is the count as docs/vipps.md shows it.
func (j *judge) table() string {
	var b strings.Builder
	count := func(n int) string {
		if n == 0 {
			return "none"
		}
		return fmt.Sprint(n)
	}
	b.WriteString("| file | responses to official collections | responses to our collections | responses with an exception |\n| --- | --- | --- | --- |\n")
	for _, s := range j.specs {
		c := j.tallies[s.name]
		fmt.Fprintf(&b, "| %s | %s | %s | %s |\n", s.name, count(c.official), count(c.own), count(c.excused))
	}
	var rest []string
	for path, n := range j.unmatched {
		rest = append(rest, fmt.Sprintf("| in no file: `%s` | %d | | |\n", path, n))
	}
	slices.Sort(rest)
	fmt.Fprintf(&b, "%s| all responses | %d | %d | |\n", strings.Join(rest, ""), j.total.official, j.total.own)
	return b.String()
}

// TestEveryOperationIsPlayedOrListed holds every operation of every file against the simulator's routes. What the
// simulator does not play stands in a list of docs/vipps.md, which has nothing else.
func TestEveryOperationIsPlayedOrListed(t *testing.T) {
	if _, err := os.Stat(shared); err != nil {
		t.Skip("skipped: ../shared is not here")
	}
	var missing []string
	for _, s := range load(t, filepath.Join(shared, "specs")) {
		missing = append(missing, s.notPlayed(vipps.New(vipps.Options{}))...)
	}
	slices.Sort(missing)
	list := strings.Join(slices.Compact(missing), "\n") + "\n"
	doc, err := os.ReadFile(filepath.Join("..", "..", "docs", "vipps.md"))
	if err != nil {
		t.Fatal(err)
	}
	_, rest, ok := strings.Cut(string(doc), "<!-- operations that are not played -->\n```\n")
	listed, _, _ := strings.Cut(rest, "```\n")
	if !ok || listed != list {
		t.Errorf("docs/vipps.md should list these operations, and no others, as not played:\n%s", list)
	}
}
