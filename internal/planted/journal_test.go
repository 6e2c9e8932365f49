package planted_test

import (
	"bytes"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"posthaste/internal/cli"
	"posthaste/internal/cli/process"
)

// withTeardown makes each request one that may create something, so that it is in the journal before it leaves, and
// adds a teardown.
func (w *world) withTeardown() {
	for _, item := range w.items {
		if request, ok := item.(map[string]any)["request"].(map[string]any); ok && request["method"] == "GET" {
			request["method"] = "POST"
		}
	}
	w.items = append(w.items, map[string]any{"name": "undo", "request": map[string]any{"method": "POST", "url": w.base + "/undo"}})
	w.variables = append(w.variables, map[string]any{"key": "posthaste.teardown", "value": "undo"})
}

// A reader of journals stands before the server. It reads the journal of the run when the teardown comes: behind the
// run, a journal that has served is gone.
type journalReader struct {
	http.Handler
	dir string

	mu   sync.Mutex
	read []byte
}

// ServeHTTP reads at the teardown's request.
func (j *journalReader) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.URL.Path != "/undo" {
		j.Handler.ServeHTTP(w, r)
		return
	}
	files, _ := filepath.Glob(filepath.Join(j.dir, "cache", "posthaste", "teardown", "*.ndjson"))
	j.mu.Lock()
	defer j.mu.Unlock()
	for _, file := range files {
		data, _ := os.ReadFile(file)
		j.read = append(j.read, data...)
	}
}

// runForJournal gives the world to the command, which writes no report but the terminal's, and returns the journal.
func runForJournal(t *testing.T, w *world, j *journalReader, more ...string) []byte {
	t.Helper()
	j.dir = t.TempDir()
	w.files(t, j.dir)
	args := append([]string{"run", "c.json", "-e", "e.json", "-g", "g.json", "--vault", "dotenv:vault.env", "-r", "progress"}, w.args...)
	if len(w.rows) > 0 {
		args = append(args, "-d", "data.csv")
	}
	if w.envFile.Len() > 0 {
		args = append(args, "--env-file", "file.env")
	}
	var out, errs bytes.Buffer
	cli.Main(t.Context(), &process.Process{
		Args: append(args, more...), Stdin: strings.NewReader(""), Stdout: &out, Stderr: &errs, Width: 100, Dir: j.dir, Now: time.Now, Version: "test",
		Env: func(name string) (string, bool) {
			v, ok := map[string]string{"XDG_CACHE_HOME": filepath.Join(j.dir, "cache"), "LANG": "C.UTF-8"}[name]
			return v, ok
		},
	})
	if len(j.read) == 0 || !bytes.Contains(j.read, []byte(`"kind":"checkpoint"`)) {
		t.Fatalf("there is no journal: %.2000s", errs.String())
	}
	return j.read
}

// A run that is killed leaves its journal, in which stands what a teardown needs to know. No planted secret does, and
// without masking they would.
func TestNoPlantedSecretIsInTheJournal(t *testing.T) {
	if underRace {
		t.Skip("skipped: race (make test-poor plants without the race detector)")
	}
	t.Parallel()
	for _, way := range []string{"", "--parallel", "--show-secrets"} {
		secrets := map[int]string{}
		j := &journalReader{Handler: server(secrets)}
		s := httptest.NewServer(j)
		t.Cleanup(s.Close)
		w, planted := plant(s.URL, false, 0)
		maps.Copy(secrets, w.secrets)
		w.withTeardown()
		var more []string
		switch way {
		case "--parallel":
			more = []string{"--parallel", "2", "--parallel-by", "iteration"}
		case "--show-secrets":
			more = []string{way}
		}
		seen := map[int]string{}
		if err := newFinder(w.secrets).report("journal.ndjson", runForJournal(t, w, j, more...), func(n int, around string) { seen[n] = around }); err != nil {
			t.Fatal(err)
		}
		if way == "--show-secrets" {
			if len(seen) < len(planted)/2 {
				t.Errorf("unmasked, the journal has %d of %d secrets: so few show nothing", len(seen), len(planted))
			}
			continue
		}
		for n, around := range seen {
			t.Errorf("%s: secret %d, %s: %s, is in the journal: …%q…", way, n, planted[n].place.group, planted[n].place.name, around)
		}
	}
}
