//go:build unix

package cli

import (
	"bytes"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// A command line of each command that prints, and its exit code. % is the address of a server.
var printing = map[string]struct {
	line string
	code int
}{
	"run":        {"run red.json -n 50 -o junit=run.xml -o events=run.ndjson", 1},
	"run green":  {"run green.json -n 50 --verbose -o junit=green.xml", 0},
	"run brief":  {"run red.json --output dot", 1},
	"list":       {"list red.json", 0},
	"convert":    {"convert red.json --to 3.0 -o v3", 0},
	"report":     {"report recorded.ndjson", 1},
	"merge":      {"merge recorded.ndjson", 1},
	"generate":   {"generate --openapi api.yaml -o made", 0},
	"coverage":   {"coverage --openapi api.yaml recorded.ndjson", 0},
	"golive":     {"golive --product epayment recorded.ndjson", 1},
	"explain":    {"explain recorded.ndjson", 0},
	"demo":       {"demo", 0},
	"check":      {"check --offline --env-file keys.env", 1},
	"lint":       {"lint bad.json", 1},
	"init":       {"init -c red.json --ci none", 0},
	"migrate":    {"migrate ci.sh", 0},
	"config":     {"config", 0},
	"schema":     {"schema", 0},
	"completion": {"completion bash", 0},
	"version":    {"version", 0},
	"licenses":   {"licenses", 0},
	"help":       {"help", 0},
	"help run":   {"help run", 0},
	"help topic": {"help reporters", 0},
	"nothing":    {"", 2},
}

// Commands that print next to nothing, or print until they are stopped.
const silentCommands = " simulate teardown "

// A command whose output nobody reads any more, as behind `| head -1`, ends as quietly as it would have, with the same exit
// code, and its files are written.
func TestNobodyHasToReadTheOutput(t *testing.T) {
	for _, c := range commands() {
		if _, ok := printing[c.name]; !ok && !strings.Contains(silentCommands, " "+c.name+" ") {
			t.Errorf("nothing closes the output of posthaste %s", c.name)
		}
	}
	server := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))
	defer server.Close()
	dir := t.TempDir()
	test := func(ok string) string {
		return `{"info":{"name":"c"},"item":[{"name":"One","event":[{"listen":"test","script":{"exec":["pm.test('t', () => pm.expect(` + ok +
			`).to.equal(1))"]}}],"request":"` + server.URL + `/pets"}]}`
	}
	for name, text := range map[string]string{
		"red.json": test("2"), "green.json": test("1"), "ci.sh": "#!/bin/sh\nnewman run red.json\n", "keys.env": "client_id=1\n",
		"bad.json": `{"info":{"name":"c"},"item":[{"name":"One","request":"https://a.test/{{nowhere}}","event":[{"listen":"test","script":{"exec":["pm.tset("]}}]}]}`,
		"api.yaml": "openapi: 3.0.0\ninfo: {title: a, version: '1'}\nservers: [{url: '" + server.URL + "'}]\npaths:\n  /pets:\n    get:\n      responses:\n        '200': {description: ok}\n  /dogs:\n    get:\n      responses:\n        '200': {description: ok}\n",
	} {
		put(t, filepath.Join(dir, name), text)
	}
	if code, said := unread(t, dir, "run red.json -r events -o events=recorded.ndjson", io.Discard); code != 1 {
		t.Fatalf("exit code %d: %s", code, said)
	}
	for name, c := range printing {
		t.Run(name, func(t *testing.T) {
			var whole bytes.Buffer
			code, want := unread(t, dir, c.line, &whole)
			if code != c.code {
				t.Errorf("read to its end, posthaste %s exits with %d, want %d\n%s%s", c.line, code, c.code, whole.String(), want)
			}
			for _, made := range []string{"v3", "made", "run.xml", "green.xml", "posthaste.yaml", "posthaste-report"} {
				_ = os.RemoveAll(filepath.Join(dir, made))
			}
			r, w, err := os.Pipe()
			if err != nil {
				t.Fatal(err)
			}
			r.Close()
			code, said := unread(t, dir, c.line, w)
			w.Close()
			if code != c.code {
				t.Errorf("posthaste %s exits with %d when nobody reads, want %d\n%s", c.line, code, c.code, said)
			}
			if said != want {
				t.Errorf("posthaste %s says when nobody reads\n%s\nand else\n%s", c.line, said, want)
			}
			for _, file := range strings.Fields(c.line) {
				if _, name, ok := strings.Cut(file, "="); ok {
					if _, err := os.Stat(filepath.Join(dir, name)); err != nil {
						t.Errorf("posthaste %s did not write %s", c.line, name)
					}
				}
			}
		})
	}
}

// A disk that is full is no reader that went away.
func TestAFullDiskIsNotQuiet(t *testing.T) {
	full, err := os.OpenFile("/dev/full", os.O_WRONLY, 0)
	if err != nil {
		t.Skip("skipped: there is no /dev/full")
	}
	defer full.Close()
	dir := t.TempDir()
	put(t, filepath.Join(dir, "c.json"), mistakenFiles["empty.json"])
	if code, said := unread(t, dir, "run c.json", full); code == 0 || !strings.Contains(said, "no space left") {
		t.Errorf("exit code %d: %s", code, said)
	}
}

// unread runs the command as a process with the given standard output, and returns its exit code and standard error.
func unread(t *testing.T, dir, line string, out io.Writer) (code int, said string) {
	t.Helper()
	var errs bytes.Buffer
	cmd := exec.CommandContext(t.Context(), "posthaste", strings.Fields(line)...)
	cmd.Dir, cmd.Stdout, cmd.Stderr, cmd.Stdin = dir, out, &errs, nil
	cmd.Env = append(os.Environ(), "HOME="+dir, "XDG_CACHE_HOME="+filepath.Join(dir, "cache"), "CI=", "GITHUB_ACTIONS=")
	err := cmd.Run()
	if failed := (*exec.ExitError)(nil); err != nil && !errors.As(err, &failed) {
		t.Fatal(err)
	}
	return cmd.ProcessState.ExitCode(), regexp.MustCompile(`127\.0\.0\.1:\d{5}`).ReplaceAllString(errs.String(), "127.0.0.1:PORT")
}
