//go:build unix

package cli

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"posthaste/internal/cli/process"
)

// A maker is a server that makes things and takes them back. A request to /hold waits until it is released.
type maker struct {
	*httptest.Server
	mu      sync.Mutex
	open    map[string]bool
	log     []string
	arrived chan struct{} // gets a value for each request that waits
	release chan struct{} // closed when those that wait may be answered
}

func newMaker(t *testing.T) *maker {
	t.Helper()
	s := &maker{open: map[string]bool{}, arrived: make(chan struct{}, 100), release: make(chan struct{})}
	s.Server = httptest.NewServer(s)
	t.Cleanup(s.Close)
	return s
}

// ServeHTTP makes and takes back: POST /things/ID, DELETE /things/ID.
func (s *maker) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	id := filepath.Base(r.URL.Path)
	s.mu.Lock()
	s.log = append(s.log, r.Method+" "+r.URL.Path)
	switch r.Method {
	case http.MethodPost:
		s.open[id] = true
	case http.MethodDelete:
		if !s.open[id] {
			w.WriteHeader(http.StatusNotFound)
		}
		delete(s.open, id)
	}
	s.mu.Unlock()
	if strings.HasPrefix(r.URL.Path, "/hold") {
		s.arrived <- struct{}{}
		select {
		case <-s.release:
		case <-r.Context().Done():
		}
	}
	if id == "refused" {
		w.WriteHeader(http.StatusConflict)
	}
	fmt.Fprint(w, "{}")
}

func (s *maker) left() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	var list []string
	for id := range s.open {
		list = append(list, id)
	}
	slices.Sort(list)
	return list
}

func (s *maker) took(prefix string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	n := 0
	for _, line := range s.log {
		if strings.HasPrefix(line, prefix) {
			n++
		}
	}
	return n
}

// undoing is a collection that makes a thing in each iteration, does what the test wants done, and brings a teardown.
func undoing(t *testing.T, dir, middle string) {
	t.Helper()
	put(t, filepath.Join(dir, "c.json"), `{"info":{"name":"c"},"variable":[{"key":"posthaste.teardown","value":"Undo/**"}],"item":[
 {"name":"Make","item":[
  {"name":"make","request":{"method":"POST","url":"{{base}}/things/{{id}}"},"event":[{"listen":"prerequest","script":{"exec":["pm.environment.set('id', 'thing' + pm.info.iteration)"]}}]},
  `+middle+`,
  {"name":"last","request":"{{base}}/last"}]},
 {"name":"Undo","item":[{"name":"undo","request":{"method":"DELETE","url":"{{base}}/things/{{id}}"},"event":[{"listen":"test","script":{"exec":["pm.test('taken back', () => pm.response.to.have.status(200))"]}}]}]}]}`)
}

func put(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

const holds = `{"name":"hold","request":"{{base}}/hold"}`

func TestTheTeardownRunsHoweverTheRunEnds(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		middle  string
		options []string
		signals []os.Signal // sent while the request that holds waits; nil for a run that ends by itself
		held    int         // how many requests wait before the signals are sent
		code    int
		last    bool // the request after the middle runs
	}{
		"at its end":              {middle: `{"name":"m","request":"{{base}}/m"}`, options: []string{"-n", "3"}, last: true},
		"by folder, side by side": {middle: `{"name":"m","request":"{{base}}/m"}`, options: []string{"-n", "3", "--parallel", "3"}, last: true},
		"by iteration, side by side": {
			middle: `{"name":"m","request":"{{base}}/m"}`, options: []string{"-n", "5", "--parallel", "3", "--parallel-by", "iteration"}, last: true,
		},
		"a failure under --bail":            {middle: `{"name":"m","request":"{{base}}/refused","event":[{"listen":"test","script":{"exec":["pm.test('fails', () => pm.response.to.have.status(200))"]}}]}`, options: []string{"--bail"}, code: 1},
		"no answer under --bail folder":     {middle: `{"name":"m","request":"http://127.0.0.1:1/"}`, options: []string{"--bail=folder"}, code: 1},
		"a failure under --bail in units":   {middle: `{"name":"m","request":"http://127.0.0.1:1/"}`, options: []string{"--bail", "--parallel", "2", "--parallel-by", "iteration", "-n", "4"}, code: 1},
		"the time limit in a request":       {middle: holds, options: []string{"--timeout", "1500"}, code: 1},
		"the time limit in a script":        {middle: `{"name":"m","request":"{{base}}/m","event":[{"listen":"test","script":{"exec":["for (;;);"]}}]}`, options: []string{"--timeout", "1500"}, code: 1},
		"too many jumps":                    {middle: `{"name":"m","request":"{{base}}/m","event":[{"listen":"test","script":{"exec":["pm.execution.setNextRequest('m')"]}}]}`, options: []string{"--max-jumps", "3"}, code: 1},
		"a jump to the teardown":            {middle: `{"name":"m","request":"{{base}}/m","event":[{"listen":"test","script":{"exec":["pm.execution.setNextRequest('undo')"]}}]}`},
		"the end of the iteration":          {middle: `{"name":"m","request":"{{base}}/m","event":[{"listen":"test","script":{"exec":["pm.execution.setNextRequest(null)"]}}]}`, options: []string{"-n", "2"}},
		"a selection without it":            {middle: `{"name":"m","request":"{{base}}/m"}`, options: []string{"--folder", "make"}},
		"an exclusion":                      {middle: `{"name":"m","request":"{{base}}/m"}`, options: []string{"--exclude", "Undo/**"}, last: true},
		"a failed setup":                    {middle: `{"name":"m","request":"http://127.0.0.1:1/"}`, options: []string{"--bail", "--setup", "Make/**", "--parallel", "2"}, code: 1},
		"Ctrl-C":                            {middle: holds, options: []string{"-n", "5"}, signals: []os.Signal{os.Interrupt}, held: 1, code: 130},
		"SIGTERM":                           {middle: holds, options: []string{"-n", "5"}, signals: []os.Signal{syscall.SIGTERM}, held: 1, code: 130},
		"SIGTERM after Ctrl-C":              {middle: holds, signals: []os.Signal{os.Interrupt, syscall.SIGTERM}, held: 1, code: 130},
		"SIGTERM after SIGTERM":             {middle: holds, signals: []os.Signal{syscall.SIGTERM, syscall.SIGTERM, syscall.SIGTERM}, held: 1, code: 130},
		"Ctrl-C in units":                   {middle: holds, options: []string{"-n", "5", "--parallel", "3", "--parallel-by", "iteration"}, signals: []os.Signal{os.Interrupt}, held: 3, code: 130},
		"Ctrl-C under --rate and --timeout": {middle: holds, options: []string{"--rate", "40/m", "--timeout", "60000"}, signals: []os.Signal{os.Interrupt}, held: 1, code: 130},
		"Ctrl-C in a script without an end": {
			middle:  `{"name":"m","request":"{{base}}/m","event":[{"listen":"test","script":{"exec":["await pm.sendRequest(pm.variables.get('base') + '/hold'); for (;;);"]}}]}`,
			signals: []os.Signal{os.Interrupt}, held: 1, code: 130,
		},
		"Ctrl-C in newman's manners": {middle: holds, options: []string{"--newman-compat"}, signals: []os.Signal{os.Interrupt}, held: 1, code: 130},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			server, dir := newMaker(t), t.TempDir()
			undoing(t, dir, test.middle)
			c := start(t, dir, append([]string{"run", "c.json", "--env-var", "base=" + server.URL}, test.options...)...)
			if test.signals != nil {
				for range test.held {
					c.awaits(server.arrived, "the request that waits")
				}
				for i, s := range test.signals {
					c.signal(s)
					if i == 0 {
						c.says("interrupted: ")
					} else {
						time.Sleep(100 * time.Millisecond) // signals that come at once are one
					}
				}
				close(server.release)
			}
			if got := c.code(); got != test.code {
				t.Errorf("exit code %d, want %d:\n%s", got, test.code, &c.stdout)
			}
			if left := server.left(); len(left) > 0 {
				t.Errorf("it leaves %v", left)
			}
			if made := server.took("POST"); made == 0 || server.took("DELETE") != made {
				t.Errorf("%d were made, %d times one was taken back", made, server.took("DELETE"))
			}
			if ran := server.took("GET /last") > 0; ran != test.last {
				t.Errorf("the last request ran: %t", ran)
			}
			if !strings.Contains(c.stdout.String(), "undo (teardown)") && !slices.Contains(test.options, "--newman-compat") { // newman has no word for it
				t.Errorf("the report does not show the teardown as such:\n%s", &c.stdout)
			}
			nothingIn(t, filepath.Join(dir, "posthaste", "teardown"))
		})
	}
}

// nothingIn holds that the run has left no journal.
func nothingIn(t *testing.T, dir string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil && !os.IsNotExist(err) || len(entries) > 0 {
		t.Errorf("%s holds %v: %v", dir, entries, err)
	}
}

func TestASecondCtrlCEndsTheTeardownAndSaysHowToDoItLater(t *testing.T) {
	t.Parallel()
	for name, signals := range map[string][]os.Signal{
		"Ctrl-C twice":       {os.Interrupt, os.Interrupt},
		"TERM, then Ctrl-C":  {syscall.SIGTERM, os.Interrupt},
		"TERM in the middle": {os.Interrupt, syscall.SIGTERM, os.Interrupt},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			server, dir := newMaker(t), t.TempDir()
			undoing(t, dir, holds)
			put(t, filepath.Join(dir, "my env.json"), `{"name":"e","values":[{"key":"base","value":"`+server.URL+`"}]}`)
			c := start(t, dir, "run", "c.json", "-e", "my env.json")
			c.awaits(server.arrived, "the request that waits")
			for i, s := range signals {
				c.signal(s)
				if i == 0 {
					c.says("interrupted: ")
				} else {
					time.Sleep(100 * time.Millisecond)
				}
			}
			c.says("what the run has made may still be there")
			command, err := c.stderr.ReadString('\n')
			if got := c.code(); got != process.ExitInterrupted {
				t.Errorf("exit code %d", got)
			}
			if left := server.left(); err != nil || len(left) != 1 {
				t.Fatalf("it leaves %v, so that this proves nothing: %v", left, err)
			}
			words := strings.Fields(command)
			if len(words) < 3 || strings.Join(words[:2], " ") != "posthaste teardown" || !strings.Contains(command, "-e 'my env.json'") {
				t.Fatalf("the command is %q", command)
			}
			later := start(t, dir, "teardown", words[2], "-e", "my env.json")
			if got := later.code(); got != 0 {
				t.Errorf("it ends with %d:\n%s", got, &later.stdout)
			}
			if left := server.left(); len(left) > 0 {
				t.Errorf("it leaves %v", left)
			}
		})
	}
}

// A run that is killed leaves its journal, or its recording, and that is enough.
func TestWhatAKilledRunMadeIsGivenBackLater(t *testing.T) {
	t.Parallel()
	for name, options := range map[string][]string{
		"alone":                   nil,
		"alone, with a recording": {"-r", "events", "--reporter-events-export", "r.ndjson"},
		"its third iteration":     {"-n", "5"},
		"by iteration":            {"-n", "5", "--parallel", "3", "--parallel-by", "iteration"},
		"by iteration, recorded":  {"-n", "5", "--parallel", "3", "--parallel-by", "iteration", "-r", "events", "--reporter-events-export", "r.ndjson"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			server, dir := newMaker(t), t.TempDir()
			middle, held := holds, 1
			if strings.Contains(name, "third") {
				middle = `{"name":"m","request":"{{base}}/m","event":[{"listen":"test","script":{"exec":["if (pm.info.iteration === 2) await pm.sendRequest(pm.variables.get('base') + '/hold')"]}}]}`
			}
			if strings.Contains(name, "by iteration") {
				held = 3
			}
			undoing(t, dir, middle)
			c := start(t, dir, append([]string{"run", "c.json", "--env-var", "base=" + server.URL}, options...)...)
			for range held {
				c.awaits(server.arrived, "the request that waits")
			}
			c.signal(os.Kill)
			c.code()
			if left := server.left(); len(left) != held {
				t.Fatalf("it leaves %v, want %d things, so that this proves something", left, held)
			}
			recording := filepath.Join(dir, "r.ndjson")
			if !slices.Contains(options, "events") {
				found, err := filepath.Glob(filepath.Join(dir, "posthaste", "teardown", "*.ndjson"))
				if err != nil || len(found) != 1 {
					t.Fatalf("journals: %v, %v", found, err)
				}
				recording = found[0]
			}
			before := server.took("DELETE")
			later := start(t, dir, "teardown", recording, "--env-var", "base="+server.URL)
			if got := later.code(); got != 0 {
				t.Errorf("it ends with %d:\n%s", got, &later.stdout)
			}
			if left := server.left(); len(left) > 0 {
				t.Errorf("it leaves %v:\n%s", left, &later.stdout)
			}
			if n := server.took("DELETE") - before; n != held {
				t.Errorf("%d times something was taken back, want %d", n, held)
			}
			again := start(t, dir, "teardown", recording, "--env-var", "base="+server.URL)
			if code := again.code(); strings.Contains(recording, "posthaste") != (code == process.ExitUsage) {
				t.Errorf("a second time it ends with %d", code)
			}
		})
	}
}
