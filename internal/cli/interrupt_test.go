//go:build unix

package cli

import (
	"bufio"
	"bytes"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"posthaste/internal/cli/output"
	"posthaste/internal/cli/process"
	"posthaste/runner/event"
	"posthaste/runner/recording"
)

// inFlight is the request in the middle of the run of 1,000 at which the tests interrupt.
const inFlight = 300

// A held server answers requests but the one in flight, which it tells of and holds until it is released.
type held struct {
	*httptest.Server
	requests atomic.Int64
	arrived  chan struct{} // closed when the request in flight is there
	release  chan struct{} // closed when it may be answered
}

func hold(t *testing.T) *held {
	t.Helper()
	h := &held{arrived: make(chan struct{}), release: make(chan struct{})}
	h.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if h.requests.Add(1) == inFlight {
			close(h.arrived)
			select {
			case <-h.release:
			case <-r.Context().Done():
			}
		}
		w.Header().Set("Content-Type", "application/json")
		if r.URL.Path == "/fails" {
			w.WriteHeader(http.StatusServiceUnavailable)
		}
		fmt.Fprint(w, `{"ok":true}`)
	}))
	t.Cleanup(h.Close)
	return h
}

// A child is the command in a process of its own, as a shell starts it.
type child struct {
	*exec.Cmd
	t      *testing.T
	stderr *bufio.Reader
	stdout lines
}

// lines is standard output, with a line to wait for.
type lines struct {
	mu   sync.Mutex
	text bytes.Buffer
	want string        // what is waited for
	seen chan struct{} // closed when it is there
}

// Write appends to the output.
func (l *lines) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.text.Write(p)
	l.look()
	return len(p), nil
}

func (l *lines) look() {
	if l.want != "" && bytes.Contains(l.text.Bytes(), []byte(l.want)) {
		l.want = ""
		close(l.seen)
	}
}

// stall makes the reader of standard output wait until it is woken.
func (l *lines) stall() (wake func()) {
	l.mu.Lock()
	return l.mu.Unlock
}

// gone reports whether a process has ended, though nobody has waited for it.
func gone(pid int) bool {
	data, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	return err == nil && bytes.Contains(data, []byte(") Z "))
}

// String returns all of it.
func (l *lines) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}

// prints waits until the text stands in the output.
func (c *child) prints(text string) {
	l := &c.stdout
	l.mu.Lock()
	l.want, l.seen = text, make(chan struct{})
	l.look()
	l.mu.Unlock()
	c.awaits(l.seen, text)
}

// awaits waits for something that the command does, and fails the test when it never does.
func (c *child) awaits(done <-chan struct{}, what string) {
	c.t.Helper()
	select {
	case <-done:
	case <-time.After(2 * time.Minute):
		c.t.Fatalf("%s never came; the command printed:\n%s", what, &c.stdout)
	}
}

// start runs the command in dir. The test's own binary is the command under that name: see TestMain.
func start(t *testing.T, dir string, args ...string) *child {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	c := &child{Cmd: exec.CommandContext(t.Context(), self), t: t}
	c.Args, c.Dir = append([]string{"posthaste"}, args...), dir
	c.Env = append(os.Environ(), "HTTP_PROXY=", "http_proxy=", output.VerifyVariable+"=1", "NO_COLOR=1", "LANG=C.UTF-8", "XDG_CACHE_HOME="+dir, "TMPDIR="+dir, "GITHUB_ACTIONS=", "GITLAB_CI=", "TF_BUILD=")
	c.Stdout = &c.stdout
	stderr, err := c.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	c.stderr = bufio.NewReader(stderr)
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	return c
}

// signal sends a signal.
func (c *child) signal(s os.Signal) {
	c.t.Helper()
	if err := c.Process.Signal(s); err != nil {
		c.t.Fatal(err)
	}
}

// says waits until the command has said so.
func (c *child) says(text string) {
	c.t.Helper()
	for {
		line, err := c.stderr.ReadString('\n')
		if strings.Contains(line, text) {
			return
		}
		if err != nil {
			c.t.Fatalf("the command ended without %q: %v", text, err)
		}
	}
}

// code waits for the end and returns the exit code.
func (c *child) code() int {
	c.t.Helper()
	rest, err := io.ReadAll(c.stderr)
	if err != nil {
		c.t.Fatal(err)
	}
	err = c.Wait()
	if len(rest) > 0 {
		c.t.Logf("stderr: %s", rest)
	}
	if err == nil {
		return 0
	}
	return c.ProcessState.ExitCode()
}

// thousand writes a collection of ten requests, which -n 100 makes 1,000.
func thousand(t *testing.T, dir, url string) {
	t.Helper()
	var items []any
	for n := range 10 {
		items = append(items, map[string]any{
			"name": fmt.Sprintf("request %d", n), "request": map[string]any{"method": "GET", "url": url},
			"event": []any{map[string]any{"listen": "test", "script": map[string]any{"exec": []string{"pm.test('answers', () => pm.response.to.have.status(200))"}}}},
		})
	}
	data, err := json.Marshal(map[string]any{
		"info": map[string]any{"name": "Thousand", "schema": "https://schema.getpostman.com/json/collection/v2.1.0/collection.json"}, "item": items,
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "c.json"), data, 0o600); err != nil {
		t.Fatal(err)
	}
}

const everyReport = "cli,json,junit,html,events,ctrf,tap,csv,markdown,har,teamcity,github,gitlab,azure"

func TestAnInterruptEndsTheRunAfterTheRequestInFlight(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		signal os.Signal
		more   []string // options
	}{
		"Ctrl-C":                     {os.Interrupt, nil},
		"what ends a job":            {syscall.SIGTERM, nil},
		"the end of the session":     {syscall.SIGHUP, nil},
		"Ctrl-\\":                    {syscall.SIGQUIT, nil},
		"Ctrl-C in a parallel run":   {os.Interrupt, []string{"--parallel", "3", "--parallel-by", "iteration"}},
		"Ctrl-C in newman's manners": {os.Interrupt, []string{"--newman-compat"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			server, dir := hold(t), t.TempDir()
			thousand(t, dir, server.URL)
			c := start(t, dir, append(runEverything(), test.more...)...)
			c.awaits(server.arrived, "the request in flight")
			c.signal(test.signal)
			c.says("stopping after the request in flight")
			close(server.release)
			if got := c.code(); got != process.ExitInterrupted {
				t.Errorf("exit code %d, want %d", got, process.ExitInterrupted)
			}
			sent := int(server.requests.Load())
			if parallel := len(test.more) > 1; sent < inFlight || sent > inFlight && !parallel {
				t.Errorf("%d requests were sent, want no more than the %d until then", sent, inFlight)
			}
			checkReports(t, dir, sent, slices.Contains(test.more, "--newman-compat"))
			if out := c.stdout.String(); !strings.Contains(out, "##teamcity[testSuiteFinished") {
				t.Errorf("the reports on the terminal are not complete: …%s", out[max(0, len(out)-200):])
			}
		})
	}
}

func TestASecondInterruptEndsTheRunAtOnce(t *testing.T) {
	t.Parallel()
	server, dir := hold(t), t.TempDir()
	thousand(t, dir, server.URL)
	c := start(t, dir, runEverything()...)
	c.awaits(server.arrived, "the request in flight")
	c.signal(os.Interrupt)
	c.says("again to stop at once")
	c.signal(os.Interrupt) // and the request in flight never gets its response
	if got := c.code(); got != process.ExitInterrupted {
		t.Errorf("exit code %d, want %d", got, process.ExitInterrupted)
	}
	checkReports(t, dir, inFlight-1, false)
}

// every is each signal that asks the command to end.
func every() map[string]syscall.Signal {
	return map[string]syscall.Signal{"INT": syscall.SIGINT, "TERM": syscall.SIGTERM, "HUP": syscall.SIGHUP, "QUIT": syscall.SIGQUIT}
}

func TestAThirdInterruptLeavesNothingBehind(t *testing.T) {
	t.Parallel()
	for name, signal := range every() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			server, dir := hold(t), t.TempDir()
			thousand(t, dir, server.URL)
			c := start(t, dir, runEverything()...)
			c.awaits(server.arrived, "the request in flight")
			wake := c.stdout.stall() // nobody reads what the command prints, and the run comes to a halt
			close(server.release)
			for before := int64(-1); before != server.requests.Load(); time.Sleep(time.Second) {
				before = server.requests.Load()
			}
			for range 100 { // those that come at once are one
				if c.Process.Signal(signal) != nil || gone(c.Process.Pid) {
					break
				}
				time.Sleep(50 * time.Millisecond)
			}
			wake()
			if code := c.code(); code == 0 || code == process.ExitInterrupted {
				t.Errorf("exit code %d, want that the signal ended the process", code)
			}
			leavesNoTemporaryFile(t, dir)
		})
	}
}

func TestASignalWhileReportsAreWrittenLeavesNothingBehind(t *testing.T) {
	t.Parallel()
	for name, signal := range every() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			server, dir := hold(t), t.TempDir()
			close(server.release)
			thousand(t, dir, server.URL)
			c := start(t, dir, runEverything()...)
			for deadline := time.Now().Add(time.Minute); !writing(dir, ".json-*") && time.Now().Before(deadline); {
				time.Sleep(time.Millisecond)
			}
			c.signal(signal)
			if got := c.code(); got != 0 && got != process.ExitInterrupted { // the run may not have been over
				t.Errorf("exit code %d", got)
			}
			leavesNoTemporaryFile(t, dir)
			var js struct{ Run struct{ Executions []any } }
			data, err := os.ReadFile(filepath.Join(dir, "r", "json"))
			if err == nil {
				err = json.Unmarshal(data, &js)
			}
			if err != nil || len(js.Run.Executions) < 900 {
				t.Errorf("the json report has %d executions: %v", len(js.Run.Executions), err)
			}
		})
	}
}

func TestASignalWhileARecordingIsReportedLeavesNothingBehind(t *testing.T) {
	t.Parallel()
	server, recorded := hold(t), t.TempDir()
	close(server.release)
	thousand(t, recorded, server.URL)
	if code := start(t, recorded, "run", "c.json", "-n", "100", "-r", "events", "--reporter-events-export", "events").code(); code != 0 {
		t.Fatalf("the run that is recorded: exit code %d", code)
	}
	for name, signal := range every() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			fifo := filepath.Join(dir, "cut")
			if err := syscall.Mkfifo(fifo, 0o600); err != nil {
				t.Fatal(err)
			}
			c := start(t, dir, "report", "cut", "-r", "json,junit,html", "--reporter-json-export", "r/json", "--reporter-junit-export", "r/junit", "--reporter-html-export", "r/html")
			events, err := os.ReadFile(filepath.Join(recorded, "events"))
			if err != nil {
				t.Fatal(err)
			}
			w, err := os.OpenFile(fifo, os.O_WRONLY, 0)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := w.Write(events[:len(events)/2]); err != nil {
				t.Fatal(err)
			}
			c.signal(signal)
			_, _ = w.Write(events[len(events)/2:]) // the command may have gone
			_ = w.Close()
			c.code()
			leavesNoTemporaryFile(t, dir)
		})
	}
}

func TestUnderNohupTheEndOfTheSessionIsNothing(t *testing.T) {
	t.Parallel()
	server, dir := hold(t), t.TempDir()
	thousand(t, dir, server.URL)
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), "/bin/sh", "-c", `trap '' HUP; exec "$0" "$@"`, self, "run", "c.json", "-n", "100", "-r", "junit", "--reporter-junit-export", "r/junit")
	cmd.Dir, cmd.Env = dir, append(os.Environ(), asCommand+"=1", "HTTP_PROXY=", "http_proxy=", "XDG_CACHE_HOME="+dir)
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	<-server.arrived
	if err := cmd.Process.Signal(syscall.SIGHUP); err != nil {
		t.Fatal(err)
	}
	close(server.release)
	if err := cmd.Wait(); err != nil || server.requests.Load() != 1000 {
		t.Errorf("%v after %d requests, want that all 1,000 are sent", err, server.requests.Load())
	}
}

// writing reports whether a report is being written into its temporary file.
func writing(dir, pattern string) bool {
	found, _ := filepath.Glob(filepath.Join(dir, "r", pattern))
	for _, path := range found {
		if info, err := os.Stat(path); err == nil && info.Size() > 0 {
			return true
		}
	}
	return false
}

func leavesNoTemporaryFile(t *testing.T, dir string) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, _ os.DirEntry, err error) error {
		if name := filepath.Base(path); strings.HasPrefix(name, ".") || strings.HasPrefix(name, "posthaste-") {
			t.Errorf("%s is left behind", path)
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}

func TestAnInterruptEndsTheWaitBetweenRequests(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		path    string
		options []string
		shown   string // when the run waits, or is about to
	}{
		"a delay":                      {"/", []string{"--delay-request", "3600000"}, "Thousand"},
		"the delay before another try": {"/fails", []string{"--retry", "1", "--retry-delay", "3600000"}, "503"},
		"a rate":                       {"/", []string{"--rate", "1/h"}, "request 0"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			server, dir := hold(t), t.TempDir()
			thousand(t, dir, server.URL+test.path)
			c := start(t, dir, append([]string{"run", "c.json", "-r", "cli,events", "--reporter-events-export", "events"}, test.options...)...)
			c.prints(test.shown)
			c.signal(os.Interrupt)
			if got := c.code(); got != process.ExitInterrupted {
				t.Errorf("exit code %d, want %d", got, process.ExitInterrupted)
			}
			sums, _ := replayed(t, filepath.Join(dir, "events"))
			if sent := server.requests.Load(); sums.Reason != "interrupt" || sent > 1 {
				t.Errorf("the run ended with %q after %d requests, want interrupt", sums.Reason, sent)
			}
		})
	}
}

func TestAnInterruptWhileLoadingEndsTheProcess(t *testing.T) {
	t.Parallel()
	asked := make(chan struct{})
	server := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		close(asked)
		<-r.Context().Done()
	}))
	t.Cleanup(server.Close)
	c := start(t, t.TempDir(), "run", server.URL+"/never.json")
	c.awaits(asked, "the request for the collection")
	c.signal(syscall.SIGTERM) // a shell may have had Ctrl-C ignored
	c.code()
	status, ok := c.ProcessState.Sys().(syscall.WaitStatus)
	if !ok || !status.Signaled() || status.Signal() != syscall.SIGTERM {
		t.Errorf("loading ended with %v, want that the interrupt ends it", c.ProcessState)
	}
}

func runEverything() []string {
	return []string{
		"run", "c.json", "-n", "100", "-r", everyReport, "--verify-redaction",
		"--reporter-json-export", "r/json", "--reporter-junit-export", "r/junit", "--reporter-html-export", "r/html",
		"--reporter-events-export", "r/events", "--reporter-ctrf-export", "r/ctrf", "--reporter-tap-export", "r/tap", "--reporter-csv-export", "r/csv",
		"--reporter-markdown-export", "r/markdown", "--reporter-har-export", "r/har",
	}
}

// checkReports reads every report as what it is for does. Answered is how many requests it has to hold.
func checkReports(t *testing.T, dir string, answered int, compat bool) {
	t.Helper()
	left, err := filepath.Glob(filepath.Join(dir, "[^cr]*"))
	if hidden, globbing := filepath.Glob(filepath.Join(dir, "r", ".*")); err != nil || globbing != nil || len(hidden) > 0 {
		t.Errorf("files are left behind: %v, %v, %v", hidden, err, globbing)
	}
	for _, name := range left {
		if filepath.Base(name) != "posthaste" { // the record for --last-failed
			t.Errorf("%s is left behind", name)
		}
	}
	text := func(name string) []byte {
		data, err := os.ReadFile(filepath.Join(dir, "r", name))
		if err != nil {
			t.Error(err)
		}
		return data
	}
	sums, outcomes := replayed(t, filepath.Join(dir, "r", "events"))
	if sums.Reason != "interrupt" || sums.Answered != answered {
		t.Errorf("the events end with %q after %d answers, want interrupt after %d", sums.Reason, sums.Answered, answered)
	}
	var suites struct {
		Tests int `xml:"tests,attr"`
		Cases []struct {
			Error *struct{} `xml:"error"`
		} `xml:"testsuite>testcase"`
	}
	if err := xml.Unmarshal(text("junit"), &suites); err != nil {
		t.Errorf("the junit report: %v", err)
	}
	if want := outcomes + 2; !compat && (suites.Tests != want || len(suites.Cases) != want) { // the run itself, and what it did not reach
		t.Errorf("junit says %d cases and has %d, want %d", suites.Tests, len(suites.Cases), want)
	}
	var js struct{ Run struct{ Executions []any } }
	var ctrf struct{ Results struct{ Tests []any } }
	var har struct{ Log struct{ Entries []any } }
	for name, into := range map[string]any{"json": &js, "ctrf": &ctrf, "har": &har} {
		if err := json.Unmarshal(text(name), into); err != nil {
			t.Errorf("the %s report: %v", name, err)
		}
	}
	if got := [3]int{len(js.Run.Executions), len(ctrf.Results.Tests), len(har.Log.Entries)}; got[0] < answered || got[1] < answered || got[2] < answered {
		t.Errorf("json, ctrf and har hold %v, want %d at least", got, answered)
	}
	for name, end := range map[string]string{"html": "</html>\n", "markdown": "|\n", "tap": "Bail out! the run was interrupted\n"} {
		if got := text(name); !bytes.HasSuffix(got, []byte(end)) {
			t.Errorf("the %s report ends with …%q, want %q", name, got[max(0, len(got)-80):], end)
		}
	}
	points := bytes.Count(text("tap"), []byte("\nok ")) + bytes.Count(text("tap"), []byte("\nnot ok "))
	if plan := fmt.Sprintf("\n1..%d\n", points); !bytes.Contains(text("tap"), []byte(plan)) {
		t.Errorf("tap has no plan of its %d points", points)
	}
}

// replayed reads a recording: its sums, and how many outcomes it has, an assertion or a request without a response.
func replayed(t *testing.T, path string) (sums event.Summary, outcomes int) {
	t.Helper()
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	err = recording.Replay(file, func(e event.Masked) error {
		sums.Add(e.Event())
		switch e.Event().(type) {
		case event.Assertion, event.RequestFailed:
			outcomes++
		}
		return nil
	})
	if err != nil {
		t.Errorf("reading the events: %v", err)
	}
	return sums, outcomes
}
