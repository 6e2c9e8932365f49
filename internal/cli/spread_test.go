package cli

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"posthaste/internal/cli/process"
)

// moments is a server that notes when it was asked.
func moments(t *testing.T) (server *httptest.Server, asked func() []time.Time) {
	t.Helper()
	var mu sync.Mutex
	var list []time.Time
	server = httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {
		mu.Lock()
		defer mu.Unlock()
		list = append(list, time.Now())
	}))
	t.Cleanup(server.Close)
	return server, func() []time.Time {
		mu.Lock()
		defer mu.Unlock()
		return list
	}
}

func TestCollectionsSideBySideShareARate(t *testing.T) {
	server, asked := moments(t)
	dir := t.TempDir()
	files := map[string]string{}
	for i := range 4 {
		files[fmt.Sprintf("%d.json", i)] = requests(2)
	}
	write(t, dir, files)
	code, _, errs := runIn(t, dir, "run", "*.json", "--env-var", "base="+server.URL, "--parallel", "4", "--parallel-by", "collection", "--rate", "10/s")
	if code != process.ExitPassed {
		t.Fatal(errs)
	}
	list := asked()
	const half = 2 // the first may be late; with a rate each it would be a seventh
	if got, least := list[len(list)-1].Sub(list[0]), 7*100*time.Millisecond/half; len(list) != 8 || got < least {
		t.Errorf("%d requests within %v, want 8 in no less than %v", len(list), got, least)
	}
}

func TestBailStopsCollectionsThatRunBesides(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasPrefix(r.URL.Path, "/bad") {
			w.WriteHeader(http.StatusTeapot)
			return
		}
		time.Sleep(2 * time.Millisecond) // time enough for the other to fail
	}))
	t.Cleanup(server.Close)
	dir := t.TempDir()
	const many = 1000
	write(t, dir, map[string]string{"a.json": strings.ReplaceAll(requests(2), "{{base}}/", "{{base}}/bad/"), "b.json": requests(many)})
	code, _, errs := runIn(t, dir, "run", "a.json", "b.json", "--env-var", "base="+server.URL, "--parallel", "2", "--parallel-by", "collection", "--bail", "-r", "junit")
	if code != process.ExitFailed {
		t.Fatalf("exit code %d: %s", code, errs)
	}
	if n := strings.Count(read(t, dir, "posthaste-report", "junit.xml"), "<testsuite "); n == 0 || n > many/2 {
		t.Errorf("%d requests of %d ran", n, many+2)
	}
}

func TestUnitsBeginWithWhatTheSetupLeft(t *testing.T) {
	server := newCensus(t)
	dir := t.TempDir()
	var folders strings.Builder
	for i := range 8 {
		fmt.Fprintf(&folders, `,{"name":"f%[1]d","item":[{"name":"r","request":"{{base}}/{{token}}/{{global}}/{{shared}}/%[1]d"}]}`, i)
	}
	write(t, dir, map[string]string{"c.json": `{"info":{"name":"c"},"variable":[{"key":"shared","value":"old"}],"item":[
		{"name":"Auth","item":[{"name":"in","item":[{"name":"token","request":"{{base}}/setup/","event":[{"listen":"test","script":{"exec":[
			"pm.environment.set('token', 't1'); pm.globals.set('global', 'g1'); pm.collectionVariables.set('shared', 's1')"]}}]}]}]}` + folders.String() + `]}`})
	for name, args := range map[string][]string{"folders": {"--parallel", "8"}, "iterations": {"--parallel", "4", "--parallel-by", "iteration", "-n", "2"}, "in turn": nil} {
		code, _, errs := runIn(t, dir, append([]string{"run", "c.json", "--env-var", "base=" + server.URL, "--setup", "Auth/**", "-r", "junit"}, args...)...)
		if code != process.ExitPassed {
			t.Fatalf("%s: exit code %d: %s", name, code, errs)
		}
		for _, path := range server.take() {
			if !strings.HasPrefix(path, "/t1/g1/s1/") {
				t.Errorf("%s: a unit asked for %s", name, path)
			}
		}
	}
}
