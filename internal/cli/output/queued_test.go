package output

import (
	"bytes"
	"fmt"
	"io"
	"math/rand"
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
	"posthaste/internal/cli/option"
	"posthaste/internal/cli/process"
	"posthaste/internal/redact"
	"posthaste/reporters"
	"posthaste/runner"
	"posthaste/runner/event"
)

// An aRun is a run whose every report is looked at. Its clock stands still.
type aRun struct {
	seed     int64
	url      string
	dir      string
	parallel int
}

// reports makes the run and returns what all reports are, by file. The terminal's are under "".
func (a aRun) reports(t *testing.T, queued bool) map[string]string {
	t.Helper()
	var terminal bytes.Buffer
	now := func() time.Time { return time.Unix(1_700_000_000, 0) }
	p := &process.Process{
		Env: func(string) (string, bool) { return "", false }, Stdout: &terminal, Stderr: &terminal, Width: 80, Dir: a.dir, Now: now,
	}
	names := reporters.Names()
	names = slices.DeleteFunc(names, func(name string) bool { return name == "emojitrain" || name == "progress" })
	settings := Settings{Names: names, Options: option.ReporterOptions{}, Consequences: "fail"}
	secrets := &redact.Set{}
	out, err := settings.Open(p, secrets, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer out.Discard()
	q := NewQueue(func(e event.Masked) error { return out.Report(out.Again(e)) }, out.Announcer())
	defer q.Close()
	if !queued {
		q.Direct()
	}
	secrets.Before(func() { _ = q.Drain() })
	if _, err := runner.Run(t.Context(), runner.Options{
		Collection: a.collection(t), Iterations: 3, Rand: rand.New(rand.NewSource(a.seed)), Now: now, Secrets: secrets, Bodies: out.Bodies,
		Documents: out.Documents, Sink: q.Sink, Settle: q.Drain, Announce: q.Announcer(),
		Parallel: runner.Parallel{Workers: a.parallel, By: runner.ByIteration},
	}); err != nil {
		t.Fatal(err)
	}
	q.Close()
	if err := out.Finish(); err != nil {
		t.Fatal(err)
	}
	all := map[string]string{"": terminal.String()}
	files, err := filepath.Glob(filepath.Join(a.dir, "posthaste-report", "*"))
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range files {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		all[filepath.Base(path)] = string(data)
	}
	return all
}

// collection has requests that pass, fail, and show what only a later one makes a secret.
func (a aRun) collection(t *testing.T) *collection.Collection {
	t.Helper()
	item := func(name, path, test string) string {
		return fmt.Sprintf(`{"id":%[1]q,"name":%[1]q,"request":"%[2]s","event":[{"listen":"test","script":{"id":"s %[1]s","exec":%[3]s}}]}`, name, a.url+path, collection.Quote(test))
	}
	r := rand.New(rand.NewSource(a.seed))
	var items []string
	for n := range 3 + r.Intn(6) {
		secret := fmt.Sprintf("value-%d-%d", a.seed, n)
		path := "/" + secret
		if a.parallel == 0 { // else chance decides what is known when
			path += fmt.Sprintf("/value-%d-%d", a.seed, n+1)
		}
		items = append(items, item(fmt.Sprint("request ", n), path, []string{
			"pm.test('passes', () => {}); console.log(pm.response.text())",
			"pm.test('fails', () => pm.expect(pm.response.code).to.equal(201))",
			"pm.environment.set('api_token', '" + secret + "'); pm.test('" + secret + "', () => {})",
			"throw new Error(pm.response.text())",
			"for (let i = 0; i < 200; i++) console.log('line ' + i)",
		}[r.Intn(5)]))
	}
	c, err := collection.Parse("c.json", []byte(`{"info":{"_postman_id":"id","name":"C"},"item":[`+strings.Join(items, ",")+`]}`), collection.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// Fifty runs have the same reports, byte for byte, whether these are told at once or beside the run.
func TestReportsAreTheSameBesideTheRun(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header()["Date"] = nil
		_, _ = io.WriteString(w, "you asked for "+r.URL.Path) // a broken connection fails the test below
	}))
	t.Cleanup(server.Close)
	runs := int64(50)
	if testing.Short() {
		runs = 10
	}
	for seed := range runs {
		a := aRun{seed: seed, url: server.URL, dir: t.TempDir(), parallel: int(seed % 2 * 3)}
		want, got := a.reports(t, false), a.reports(t, true)
		if len(want) < 10 || len(want[""]) < 500 {
			t.Fatalf("run %d made %d reports", seed, len(want))
		}
		for name, text := range want {
			if beside, atOnce := difference(got[name], text); beside != atOnce {
				t.Errorf("run %d: report %q says beside the run\n%s\nand at once\n%s", seed, name, beside, atOnce)
			}
		}
		if t.Failed() {
			return
		}
	}
}

// random is what two runs make of their own: numbers that tell masked names apart, and, side by side, who draws which id.
var random = regexp.MustCompile(`"alike":\d+|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}`)

// difference returns the first lines in which two reports differ.
func difference(a, b string) (ofA, ofB string) {
	a, b = random.ReplaceAllString(a, "…"), random.ReplaceAllString(b, "…")
	if a == b {
		return "", ""
	}
	of, others := strings.Split(a, "\n"), strings.Split(b, "\n")
	for i := range min(len(of), len(others)) {
		if of[i] != others[i] {
			return of[i], others[i]
		}
	}
	return fmt.Sprint(len(of), " lines"), fmt.Sprint(len(others), " lines")
}
