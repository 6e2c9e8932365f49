package cli

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"posthaste/internal/cli/process"
	"posthaste/internal/cli/run"
)

// A census answers every request and notes it.
type census struct {
	*httptest.Server
	mu   sync.Mutex
	seen []string
}

func newCensus(t *testing.T) *census {
	t.Helper()
	c := &census{}
	c.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		c.mu.Lock()
		c.seen = append(c.seen, r.URL.Path)
		c.mu.Unlock()
		w.Header()["Date"] = nil
		fmt.Fprintf(w, "%q", r.URL.Path)
	}))
	t.Cleanup(c.Close)
	return c
}

// take returns what was asked for since the last call, sorted, without the requests of a setup.
func (c *census) take() []string {
	c.mu.Lock()
	defer c.mu.Unlock()
	list := slices.DeleteFunc(c.seen, func(path string) bool { return strings.HasPrefix(path, "/setup/") })
	c.seen = nil
	slices.Sort(list)
	return list
}

// A world is what a run is given, made at random.
type world struct {
	random *rand.Rand
	files  map[string]string
	args   []string
	n      int // requests made so far, for their paths
}

// newWorld makes collections of folders and requests, some data, some iterations and a setup, or not.
func newWorld(seed uint64, collections int) *world {
	w := &world{random: rand.New(rand.NewPCG(seed, 8)), files: map[string]string{}}
	setup := w.random.IntN(2) == 0
	for i := range collections {
		var items []string
		for range w.random.IntN(5) {
			items = append(items, w.item(2))
		}
		if setup {
			at := w.random.IntN(len(items) + 1)
			items = slices.Insert(items, at, `{"name":"Auth","item":[`+w.request("/setup/")+`]}`)
		}
		name := fmt.Sprintf("c%d.json", i)
		w.files[name] = fmt.Sprintf(`{"info":{"name":"C%d"},"item":[%s]}`, w.random.IntN(2), strings.Join(items, ",")) // names may be equal
		w.args = append(w.args, name)
	}
	if setup {
		w.args = append(w.args, "--setup", "Auth/**")
	}
	if w.random.IntN(3) > 0 {
		w.data()
	}
	if w.random.IntN(3) == 0 {
		w.args = append(w.args, "-n", fmt.Sprint(1+w.random.IntN(4)))
	}
	return w
}

func (w *world) data() {
	var csv, lines strings.Builder
	csv.WriteString("row\n")
	rows := w.random.IntN(6)
	for i := range rows {
		fmt.Fprintf(&csv, "r%d\n", i)
		fmt.Fprintf(&lines, "{\"row\":\"r%d\"}\n", i)
	}
	w.files["d.csv"], w.files["d.ndjson"] = csv.String(), lines.String()
	name := "d.csv"
	if rows > 0 && w.random.IntN(2) == 0 {
		name = "d.ndjson"
	}
	w.args = append(w.args, "-d", name)
}

// item is a request, or a folder with a few items.
func (w *world) item(depth int) string {
	if depth == 0 || w.random.IntN(3) == 0 {
		return w.request("/")
	}
	var inside []string
	for range w.random.IntN(4) {
		inside = append(inside, w.item(depth-1))
	}
	return fmt.Sprintf(`{"name":"F%d","item":[%s]}`, w.random.IntN(3), strings.Join(inside, ",")) // names may be equal
}

// request asks for a path that no other request asks for. Some have a test, some of those fail.
func (w *world) request(below string) string {
	w.n++
	test := [...]string{"", "pm.test('fine', () => {})", "pm.test('broken', () => pm.expect(1).to.equal(2))", "pm.environment.set('v', 'x'); pm.test('set', () => pm.expect(pm.environment.get('v')).to.equal('x'))"}[w.random.IntN(4)]
	if below != "/" {
		test = "pm.test('ready', () => {})" // a setup that fails is told by every shard that it failed in
	}
	return fmt.Sprintf(`{"name":"R%d","request":"{{base}}%s%d/{{row}}","event":[{"listen":"test","script":{"exec":%q}}]}`, w.random.IntN(4), below, w.n, test)
}

var worlds = flag.Int("worlds", 4, "how many runs at random the shards are made of, for each way of dealing out")

// TestShardsTogetherAreTheRun makes runs at random and spreads them: the shards together ask for exactly what the
// whole run asks for, and merge makes the report of the whole run out of theirs.
func TestShardsTogetherAreTheRun(t *testing.T) {
	server := newCensus(t)
	for _, by := range []string{run.ShardByFolder, run.ShardByRow, run.ShardByCollection} {
		for seed := range uint64(*worlds) {
			t.Run(fmt.Sprintf("by %s, seed %d", by, seed), func(t *testing.T) {
				collections := 1
				if by == run.ShardByCollection || seed%3 == 0 {
					collections = 1 + int(seed%4)
				}
				spreadOne(t, server, newWorld(seed, collections), by)
			})
		}
	}
}

func spreadOne(t *testing.T, server *census, w *world, by string) {
	t.Helper()
	dir := t.TempDir()
	write(t, dir, w.files)
	run := func(command string, args ...string) {
		args = append(append([]string{command}, args...), "-r", "junit,json,events")
		if code, _, errs := runIn(t, dir, args...); code != process.ExitPassed && code != process.ExitFailed {
			t.Fatalf("%q: exit code %d: %s", args, code, errs)
		}
	}
	reports := func(name string) []string {
		return []string{"--reporter-junit-export", name + ".xml", "--reporter-json-export", name + ".json", "--reporter-events-export", name + ".ndjson"}
	}
	given := append(slices.Clone(w.args), "--env-var", "base="+server.URL)
	run("run", append(slices.Clone(given), reports("whole")...)...)
	want := server.take()
	total := 1 + w.random.IntN(5)
	if w.random.IntN(2) == 0 {
		run("report", append([]string{"whole.ndjson"}, reports("again/whole")...)...)
		run("merge", append([]string{"whole.ndjson", "--timings", "timings.json"}, reports("again/whole")...)...)
		given = append(given, "--timings", "timings.json")
	}
	for i := range total {
		part := filepath.Join("shards", fmt.Sprint(i+1))
		more := append([]string{"--shard", fmt.Sprintf("%d/%d", i+1, total), "--shard-by", by, "--run-id", "r"}, reports(part)...)
		if w.random.IntN(2) == 0 {
			more = append(more, "--parallel", "3")
		}
		run("run", append(slices.Clone(given), more...)...)
	}
	if diff := cmp.Diff(want, server.take()); diff != "" {
		t.Errorf("%d shards of %q do not ask for what the whole run asks for (-want +got):\n%s", total, w.args, diff)
	}
	run("merge", append([]string{"shards"}, reports("merged")...)...)
	if diff := cmp.Diff(timeless(read(t, dir, "whole.xml")), timeless(read(t, dir, "merged.xml"))); diff != "" {
		t.Errorf("%d shards of %q: the merged JUnit report is not that of the whole run (-want +got):\n%s", total, w.args, diff)
	}
	if diff := cmp.Diff(timelessJSON(t, read(t, dir, "whole.json")), timelessJSON(t, read(t, dir, "merged.json"))); diff != "" {
		t.Errorf("%d shards of %q: the merged JSON report is not that of the whole run (-want +got):\n%s", total, w.args, diff)
	}
}
