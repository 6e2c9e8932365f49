package cli

import (
	"bufio"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"posthaste/internal/cli/process"
)

// asCommand, when set in the environment, makes the test program the command itself.
const asCommand = "POSTHASTE_TEST_COMMAND"

// startable is the command as a process of its own.
func startable(t *testing.T, dir string, args ...string) *exec.Cmd {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), self, args...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), asCommand+"=1", "NO_COLOR=1", "XDG_CACHE_HOME="+dir)
	return cmd
}

// exitOf runs a process and returns its exit code and what it said on standard error.
func exitOf(t *testing.T, cmd *exec.Cmd) (code int, stderr string) {
	t.Helper()
	var errs strings.Builder
	cmd.Stderr = &errs
	if err := cmd.Run(); err != nil && cmd.ProcessState == nil {
		t.Fatal(err)
	}
	return cmd.ProcessState.ExitCode(), errs.String()
}

// requests is a collection of n requests in folders of two, each with a test that looks at the status.
func requests(n int) string {
	var list []string
	for i := 0; i < n; i += 2 {
		list = append(list, fmt.Sprintf(`{"name":"f%[1]d","item":[%[2]s,%[3]s]}`, i/2, probe(i), probe(i+1)))
	}
	return `{"info":{"name":"c"},"item":[` + strings.Join(list, ",") + `]}`
}

func probe(i int) string {
	return fmt.Sprintf(`{"name":"r%[1]d","request":"{{base}}/%[1]d","event":[{"listen":"test","script":{"exec":"pm.test('is 200', () => pm.response.to.have.status(200))"}}]}`, i)
}

func TestAFlakyServerIsCalledFlaky(t *testing.T) {
	var asked atomic.Int32
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		switch asked.Add(1) % 3 { // the third try of each succeeds
		case 1:
			w.Header().Set("Connection", "close") // on a kept connection the next GET would be sent again without being asked
			w.WriteHeader(http.StatusBadGateway)
		case 2:
			panic(http.ErrAbortHandler)
		}
	}))
	t.Cleanup(server.Close)
	dir := t.TempDir()
	write(t, dir, map[string]string{"c.json": requests(4)})
	all := []string{"cli", "junit", "json", "html", "events", "ctrf", "tap", "markdown"}
	args := []string{"run", "c.json", "--env-var", "base=" + server.URL, "--retry", "2", "-r", strings.Join(all, ",")}
	code, out, errs := runIn(t, dir, args...)
	if code != process.ExitPassed || asked.Load() != 12 {
		t.Fatalf("exit code %d after %d tries, want 0 after 12: %s", code, asked.Load(), errs)
	}
	for name, want := range map[string]string{
		"junit.xml": "<flakyFailure", "json.json": `"flaky": true`, "html.html": "flaky", "events.ndjson": `"retried":true`, "ctrf.json": `"flaky": true`,
		"tap.tap": "flaky", "markdown.md": "flaky",
	} {
		if !strings.Contains(strings.ToLower(read(t, dir, "posthaste-report", name)), strings.ToLower(want)) {
			t.Errorf("%s says nothing of %s", name, want)
		}
	}
	if !strings.Contains(out, "flaky") {
		t.Errorf("the terminal says nothing of it:\n%s", out)
	}
	for _, name := range []string{"teamcity", "github", "azure"} { // they print
		_, out, _ := runIn(t, dir, append(args[:len(args)-1:len(args)-1], name)...)
		if n := strings.Count(out, "flaky: passed at attempt 3"); n != 4 {
			t.Errorf("%s calls %d requests flaky, want 4:\n%s", name, n, out)
		}
	}
	if code, _, _ := runIn(t, dir, args[:4]...); code != process.ExitFailed {
		t.Errorf("without --retry the exit code is %d, want 1", code)
	}
}

// cutOff starts a shard, and kills it while its request of that number waits for a response.
func cutOff(t *testing.T, dir, shard string, after int32) {
	t.Helper()
	var asked atomic.Int32
	reached := make(chan struct{})
	hold := make(chan struct{})
	server := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {
		if asked.Add(1) > after {
			close(reached)
			<-hold
		}
	}))
	t.Cleanup(server.Close)
	defer close(hold)
	cmd := startable(t, dir, shardArgs(shard, server.URL)...)
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	select {
	case <-reached:
	case <-time.After(time.Minute):
		t.Error("the shard asks for nothing")
	}
	if err := cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = cmd.Wait() // it was killed
}

func shardArgs(shard, base string) []string {
	number, _, _ := strings.Cut(shard, "/")
	return []string{
		"run", "c.json", "--env-var", "base=" + base, "--shard", shard, "--run-id", "r",
		"-r", "events", "--reporter-events-export", "shards/" + number + ".ndjson",
	}
}

func TestAShardThatIsKilledOrMissingIsSaid(t *testing.T) {
	server := newCensus(t)
	tests := map[string]struct {
		second func(t *testing.T, dir string)
		code   int
		said   string
		ran    int // requests that the report has
	}{
		"killed in the middle": {func(t *testing.T, dir string) { t.Helper(); cutOff(t, dir, "2/2", 3) }, process.ExitFailed, "shards/2.ndjson, after 3 requests: the events end before the run did", 4 + 4},
		"killed at its first":  {func(t *testing.T, dir string) { t.Helper(); cutOff(t, dir, "2/2", 0) }, process.ExitFailed, "shards/2.ndjson, after 0 requests: the events end before the run did", 4},
		"never begun":          {func(*testing.T, string) {}, process.ExitUsage, "shard 2 of 2 is missing: the report is incomplete", 4},
		"without a byte": {func(t *testing.T, dir string) {
			t.Helper()
			write(t, dir, map[string]string{"shards/2.ndjson": ""})
		}, process.ExitUsage, "shard 2 of 2 is missing: the report is incomplete; in DIR/shards/2.ndjson there are no events", 4},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			write(t, dir, map[string]string{"c.json": requests(8)})
			if code, _, errs := runIn(t, dir, shardArgs("1/2", server.URL)...); code != process.ExitPassed {
				t.Fatalf("shard 1: exit code %d: %s", code, errs)
			}
			test.second(t, dir)
			test.said = strings.ReplaceAll(test.said, "DIR", dir)
			code, _, errs := runIn(t, dir, "merge", "shards", "-r", "junit,json")
			if code != test.code || !strings.Contains(errs, test.said) {
				t.Errorf("exit code %d, want %d, and %q is said, want %q", code, test.code, errs, test.said)
			}
			report := read(t, dir, "posthaste-report", "junit.xml")
			if !strings.Contains(report, "<error") || !strings.Contains(report, test.said) {
				t.Errorf("the report does not say it:\n%s", report)
			}
			for i := range 4 { // what shard 1 ran, and what shard 2 had run, is there
				if want := fmt.Sprintf(" / r%d\"", i); test.ran == 8 && !strings.Contains(report, want) {
					t.Errorf("the report lacks %s:\n%s", want, report)
				}
			}
			if n := strings.Count(report, `<testcase name="is 200"`); n < test.ran-1 || n > test.ran {
				t.Errorf("the report has %d tests, want %d", n, test.ran)
			}
		})
	}
}

func TestAFullDiskIsSaidAndTheExitCodeIsNotGreen(t *testing.T) {
	if !isFull("/dev/full") {
		t.Skip("skipped: /dev/full (it is not a device that is always full)")
	}
	if _, err := exec.LookPath("sh"); err != nil {
		t.Skip("skipped: sh is not there")
	}
	server := newCensus(t)
	dir := t.TempDir()
	write(t, dir, map[string]string{"c.json": requests(40)})
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	run := []string{"run", "c.json", "--env-var", "base=" + server.URL, "-n", "20"}
	for name, test := range map[string]struct {
		script string
		args   []string
		said   string
	}{
		// a file of 8 blocks of 512 bytes at most, as if that were all that is left
		"a report":        {`ulimit -f 8; trap "" XFSZ; exec "$@" > /dev/null`, []string{"-r", "cli,junit"}, "writing the junit report"},
		"events":          {`ulimit -f 8; trap "" XFSZ; exec "$@" > /dev/null`, []string{"-r", "cli,events"}, "writing the events report"},
		"standard output": {`exec "$@" > /dev/full`, []string{"-r", "cli"}, "writing the cli report"},
	} {
		t.Run(name, func(t *testing.T) {
			cmd := startable(t, dir)
			cmd.Path, cmd.Err = "/bin/sh", nil
			cmd.Args = append(append([]string{"sh", "-c", test.script, "sh", self}, run...), test.args...)
			code, errs := exitOf(t, cmd)
			if code == process.ExitPassed || code < 0 || !strings.Contains(errs, test.said) {
				t.Errorf("exit code %d, and %q is said, want %q", code, errs, test.said)
			}
			if left, _ := filepath.Glob(filepath.Join(dir, "posthaste-report", ".*")); len(left) > 0 {
				t.Errorf("unfinished reports are left: %q", left)
			}
		})
	}
}

// isFull finds out by writing: in a container the name may be an ordinary file, or a device that cannot be opened.
func isFull(name string) bool {
	f, err := os.OpenFile(name, os.O_WRONLY, 0)
	if err != nil {
		return false
	}
	defer f.Close()
	_, err = f.Write([]byte("x"))
	return errors.Is(err, syscall.ENOSPC)
}

func TestTheFullDeviceIsKnownByWhatItDoes(t *testing.T) {
	ordinary := filepath.Join(t.TempDir(), "full")
	write(t, filepath.Dir(ordinary), map[string]string{"full": ""})
	for name, file := range map[string]string{"an ordinary file of that name": ordinary, "a name that is not there": ordinary + "er", "a folder": filepath.Dir(ordinary)} {
		if isFull(file) {
			t.Errorf("%s is taken for a full device", name)
		}
	}
}

func TestAReaderThatGoesAwayLosesNoReport(t *testing.T) {
	server := newCensus(t)
	dir := t.TempDir()
	write(t, dir, map[string]string{"c.json": requests(200)})
	cmd := startable(t, dir, "run", "c.json", "--env-var", "base="+server.URL, "-n", "5", "-r", "cli,junit")
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	var errs strings.Builder
	cmd.Stderr = &errs
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	if _, err := bufio.NewReaderSize(out, 16).ReadString('\n'); err != nil { // as head -1 does
		t.Fatal(err)
	}
	if err := out.Close(); err != nil {
		t.Fatal(err)
	}
	_ = cmd.Wait() // its code says more
	// The run goes on to its end: its reports are worth having, and nothing in it has failed.
	if code := cmd.ProcessState.ExitCode(); code != process.ExitPassed {
		t.Errorf("exit code %d, want 0: %s", code, errs.String())
	}
	report := read(t, dir, "posthaste-report", "junit.xml")
	asked := len(server.take())
	if tests := strings.Count(report, `<testsuite `); asked != 1000 || tests != asked || !strings.HasSuffix(strings.TrimSpace(report), "</testsuites>") {
		t.Errorf("%d requests were sent, the report has %d", asked, tests)
	}
}

// A terminal in Latin-1 sends bytes that are not UTF-8; no name in a collection has them.
func TestAPatternThatIsNotUTF8IsRefused(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, map[string]string{"c.json": requests(1)})
	for _, args := range [][]string{{"list", "c.json", "--include", "\xe5pne"}, {"run", "c.json", "--exclude", "\xe2"}, {"run", "c.json", "--grep", "\xe2"}} {
		code, errs := exitOf(t, startable(t, dir, args...))
		if code != process.ExitUsage || !strings.HasPrefix(errs, "posthaste: error: ") || strings.Contains(errs, "goroutine") {
			t.Errorf("%q: exit code %d, and it says %q", args, code, errs)
		}
	}
}
