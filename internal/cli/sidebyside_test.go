package cli

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"posthaste/internal/cli/process"
)

// A crowd is a server that counts who is there at the same time. It answers a request when so many are there
// together, or after patience when no more come.
type crowd struct {
	*httptest.Server
	size     int // that responses wait for; 0 waits for nobody
	patience time.Duration

	mu        sync.Mutex
	now, most int
	full      chan struct{} // closed when size were there together
}

func newCrowd(t *testing.T, size int) *crowd {
	t.Helper()
	c := &crowd{size: size, patience: 10 * time.Second, full: make(chan struct{})}
	c.Server = httptest.NewServer(http.HandlerFunc(c.serve))
	t.Cleanup(c.Close)
	return c
}

func (c *crowd) serve(w http.ResponseWriter, r *http.Request) {
	c.mu.Lock()
	c.now++
	c.most = max(c.most, c.now)
	if c.now == c.size {
		close(c.full)
		c.size = 0 // they have met; from here on nobody waits
	}
	waits := c.size > 0
	c.mu.Unlock()
	if waits {
		select {
		case <-c.full:
		case <-time.After(c.patience):
		}
	}
	c.mu.Lock()
	c.now--
	c.mu.Unlock()
	w.Header().Set("Content-Type", "application/json")
	w.Header()["Date"] = nil
	fmt.Fprintf(w, `{"path":%q}`, r.URL.Path)
}

// runIn runs the command in a directory and returns its exit code and what it printed.
func runIn(t *testing.T, dir string, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	var out, errs bytes.Buffer
	p := &process.Process{
		Args: args, Stdin: strings.NewReader(""), Stdout: &out, Stderr: &errs, Width: 80, Dir: dir,
		Env: verifying, Now: time.Now, Version: "test",
	}
	code = Main(t.Context(), p)
	return code, out.String(), errs.String()
}

// write puts files into a directory.
func write(t *testing.T, dir string, files map[string]string) {
	t.Helper()
	for name, text := range files {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

func read(t *testing.T, parts ...string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(parts...))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// folders is a collection of n folders with two requests each. The second sends what the first has set, every third
// folder has a failing test, and the last response of each is looked at by nobody.
func folders(name string, n int) string {
	var list []string
	for i := range n {
		list = append(list, fmt.Sprintf(`{"name":"folder %[1]d","item":[
			{"name":"first","request":"{{base}}/%[1]d/{{row}}","event":[{"listen":"test","script":{"exec":[
				"pm.variables.set('mine', '%[1]d-' + pm.info.iteration)", "pm.test('is %[1]d', () => pm.expect(%[1]d %% 3).to.not.equal(2))"]}}]},
			{"name":"second","request":"{{base}}/{{mine}}"}]}`, i))
	}
	return `{"info":{"name":"` + name + `"},"item":[` + strings.Join(list, ",") + `]}`
}

// timeless is a JUnit report without what no two runs have in common: moments, durations, the port that is chosen for
// a server, and ids that are made for the run.
func timeless(report string) string {
	for pattern, with := range map[string]string{
		`( time| timestamp)="[^"]*"`: `$1="…"`,
		`Date: [^&<\n]*`:             `Date: …`,
		`(<property name="(?:response|request)\.time" value=)"[^"]*"`: `$1"…"`,
		`127\.0\.0\.1:\d+`:                          `127.0.0.1:PORT`,
		`[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}`: `UUID`,
		`\d+(?:\.\d+)? ?[mµ]?s\b`:                   `… ms`,
	} {
		report = regexp.MustCompile(pattern).ReplaceAllString(report, with)
	}
	return report
}

// timelessJSON is a JSON report without what no two runs have in common.
func timelessJSON(t *testing.T, report string) any {
	t.Helper()
	var value any
	if err := json.Unmarshal([]byte(timeless(report)), &value); err != nil {
		t.Fatal(err)
	}
	own := []string{"id", "_postman_id", "ref", "httpRequestId", "port", "timestamp", "timings", "responseTime", "started", "completed"}
	var strip func(v any)
	strip = func(v any) {
		switch v := v.(type) {
		case map[string]any:
			for key, inner := range v {
				if slices.Contains(own, key) {
					delete(v, key)
					continue
				}
				strip(inner)
			}
		case []any:
			for _, inner := range v {
				strip(inner)
			}
		}
	}
	strip(value)
	return value
}

func TestUnitsSideBySideReportWhatTheyReportInTurn(t *testing.T) {
	const rows = "row\nno\nsv\nda\nfi\n"
	several := map[string]string{}
	for i := range 8 {
		several[fmt.Sprintf("c%d.json", i)] = folders(fmt.Sprintf("collection %d", i), 2)
	}
	tests := map[string]struct {
		files    map[string]string
		args     []string
		parallel []string
		together int // how many requests must be under way at once
	}{
		"folders":                   {map[string]string{"c.json": folders("c", 8)}, []string{"c.json"}, []string{"--parallel", "8"}, 8},
		"folders and rows":          {map[string]string{"c.json": folders("c", 3), "d.csv": rows}, []string{"c.json", "-d", "d.csv"}, []string{"--parallel", "8"}, 8},
		"iterations":                {map[string]string{"c.json": folders("c", 2), "d.csv": rows}, []string{"c.json", "-d", "d.csv"}, []string{"--parallel", "4", "--parallel-by", "iteration"}, 4},
		"collections":               {several, []string{"c*.json"}, []string{"--parallel", "8", "--parallel-by", "collection"}, 8},
		"collections, three a time": {several, []string{"c*.json"}, []string{"--parallel", "3", "--parallel-by", "collection"}, 3},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			write(t, dir, test.files)
			run := func(server *crowd, report string, more ...string) {
				args := append([]string{"run"}, test.args...)
				args = append(append(args, more...), "--env-var", "base="+server.URL, "-r", "junit,json", "--reporter-junit-export", report+".xml", "--reporter-json-export", report+".json")
				code, _, errs := runIn(t, dir, args...)
				want := process.ExitPassed
				if strings.Contains(read(t, dir, report+".xml"), "<failure") {
					want = process.ExitFailed
				}
				if code != want {
					t.Fatalf("exit code %d, want %d: %s", code, want, errs)
				}
			}
			inTurn, together := newCrowd(t, 0), newCrowd(t, test.together)
			run(inTurn, "one")
			run(together, "many", test.parallel...)
			if inTurn.most != 1 || together.most != test.together {
				t.Errorf("at most %d and %d requests were under way at once, want 1 and %d", inTurn.most, together.most, test.together)
			}
			if diff := cmp.Diff(timeless(read(t, dir, "one.xml")), timeless(read(t, dir, "many.xml"))); diff != "" {
				t.Errorf("in turn (-) and side by side (+) report differently:\n%s", diff)
			}
			if diff := cmp.Diff(timelessJSON(t, read(t, dir, "one.json")), timelessJSON(t, read(t, dir, "many.json"))); diff != "" {
				t.Errorf("in turn (-) and side by side (+) report differently:\n%s", diff)
			}
		})
	}
}
