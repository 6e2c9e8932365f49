package cli

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"posthaste/internal/cli/process"
)

// goroutines returns the stacks of all goroutines but the caller's, by their number.
func goroutines() map[string]string {
	const most = 4 << 20
	text := make([]byte, most)
	text = text[:runtime.Stack(text, true)]
	list := map[string]string{}
	for i, stack := range bytes.Split(text, []byte("\n\n")) {
		number, _, _ := strings.Cut(strings.TrimPrefix(string(stack), "goroutine "), " ")
		if i > 0 { // the first is the caller's
			list[number] = string(stack)
		}
	}
	return list
}

// openFiles returns what the process has open, nil where the system does not say.
func openFiles() []string {
	entries, err := os.ReadDir("/proc/self/fd")
	if err != nil {
		return nil
	}
	var list []string
	for _, entry := range entries {
		if target, err := os.Readlink(filepath.Join("/proc/self/fd", entry.Name())); err == nil && !strings.HasPrefix(target, "/proc/") {
			list = append(list, target)
		}
	}
	slices.Sort(list)
	return list
}

// leaksNothing runs f and fails the test when a goroutine, an open file or a temporary file outlives it.
func leaksNothing(t *testing.T, f func()) {
	t.Helper()
	temporary := t.TempDir()
	t.Setenv("TMPDIR", temporary)
	f() // what is started once and stays is there after this
	before, opened := goroutines(), openFiles()
	f()
	var left []string
	for wait := time.Millisecond; wait < 4*time.Second; wait *= 2 { // the server's side of a connection ends a moment after ours
		left = nil
		for number, stack := range goroutines() {
			if before[number] == "" {
				left = append(left, stack)
			}
		}
		if len(left) == 0 && len(openFiles()) <= len(opened) {
			break
		}
		time.Sleep(wait)
	}
	if len(left) > 0 {
		t.Errorf("%d goroutines are left:\n%s", len(left), strings.Join(left, "\n\n"))
	}
	if now := openFiles(); len(now) > len(opened) {
		t.Errorf("%d files are open, before there were %d:\n%s", len(now), len(opened), strings.Join(now, "\n"))
	}
	entries, err := os.ReadDir(temporary)
	if err != nil || len(entries) > 0 {
		t.Errorf("temporary files are left: %v, %v", entries, err)
	}
}

// moody answers most requests, some late, some with trouble, and some not at all.
func moody(t *testing.T) *httptest.Server {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		http.SetCookie(w, &http.Cookie{Name: "n", Value: "1"})
		switch rand.IntN(10) {
		case 0:
			w.WriteHeader(http.StatusServiceUnavailable)
		case 1:
			panic(http.ErrAbortHandler)
		case 2:
			time.Sleep(time.Millisecond)
		default:
			fmt.Fprint(w, `{"ok":true}`)
		}
	}))
	t.Cleanup(server.Close)
	return server
}

func TestNothingIsLeftBehindByRunsUnderLoad(t *testing.T) {
	const every = "cli,junit,html,json,events,har,ctrf,tap,markdown"
	var rows strings.Builder
	rows.WriteString("row\n")
	for i := range 12 {
		fmt.Fprintf(&rows, "r%d\n", i)
	}
	files := map[string]string{"d.csv": rows.String(), "c.json": folders("c", 8)}
	for i := range 6 {
		files[fmt.Sprintf("many/%d.json", i)] = folders(fmt.Sprint("collection ", i), 3)
	}
	tests := map[string][]string{
		"folders":            {"c.json", "-d", "d.csv", "--parallel", "8", "-r", every},
		"iterations":         {"c.json", "-d", "d.csv", "--parallel", "8", "--parallel-by", "iteration", "-r", every},
		"collections":        {"many/*.json", "--parallel", "4", "--parallel-by", "collection", "-r", every},
		"retries":            {"c.json", "-n", "2", "--parallel", "8", "--retry", "2", "--retry-on", "network,5xx,test", "--retry-delay", "1", "-r", every},
		"bail":               {"c.json", "-d", "d.csv", "--parallel", "8", "--bail", "-r", every},
		"bail, collections":  {"many/*.json", "--parallel", "4", "--parallel-by", "collection", "--bail", "-r", every},
		"a run that is over": {"c.json", "-d", "d.csv", "--parallel", "8", "--timeout", "30", "-r", every},
		"in turn":            {"c.json", "-n", "2", "-r", every},
		"a listener":         {"c.json", "--parallel", "4", "--listen", "127.0.0.1:0"},
		"a shard":            {"c.json", "--shard", "1/2", "--parallel", "4", "-r", "events"},
		"a wrong option":     {"c.json", "--parallel", "4", "-r", every, "--threshold", "nonsense"},
	}
	for name, args := range tests {
		t.Run(name, func(t *testing.T) {
			server := moody(t)
			dir := t.TempDir()
			write(t, dir, files)
			leaksNothing(t, func() {
				code, _, errs := runIn(t, dir, append(append([]string{"run"}, args...), "--env-var", "base="+server.URL)...)
				if want := name == "a wrong option"; (code == process.ExitUsage) != want {
					t.Errorf("exit code %d: %s", code, errs)
				}
			})
		})
	}
}
