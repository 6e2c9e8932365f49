package planted_test

import (
	"bytes"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"posthaste/internal/cli"
	"posthaste/internal/cli/process"
	"posthaste/reporters"
)

// Words and signs that reports consist of: of all formats, and of how the tree of files and steps is told.
const syntaxOfReports = `assertion header testcase script failure status testsuite testsuites request response kind message classname execution
 executions collection iteration iterations prerequest passed failed skipped errored results summary entries content headers cookies version started
 finished environment globals position attempt timestamp system-out properties run.finished request.sent assertion.passed details teamcity
 testFailed section_start section_end ##[group] ##vso[task.logissue ::error ::endgroup:: </script> </details> ]]> <!-- --> 1..2 ... not null
 undefined application/json localhost 127.0.0.1 folder first second third test`

// syntaxWorld is a run with every kind of outcome, in folders and requests that are named after the secret.
func syntaxWorld(word string) string {
	test := func(lines ...string) map[string]any {
		return map[string]any{"listen": "test", "script": map[string]any{"exec": lines}}
	}
	get := func(path string) map[string]any { return map[string]any{"method": "GET", "url": "{{base}}" + path} }
	return quoted(map[string]any{
		"info": map[string]any{"name": "About " + word, "schema": "https://schema.getpostman.com/json/collection/v2.1.0/collection.json"},
		"item": []any{
			map[string]any{"name": "folder " + word, "item": []any{
				map[string]any{"name": word, "request": map[string]any{
					"method": "POST", "url": "{{base}}/echo", "header": []any{map[string]any{"key": "X-Word", "value": "{{word}}"}},
					"body": map[string]any{"mode": "raw", "raw": "<" + word + ">"},
				}, "event": []any{
					map[string]any{"listen": "prerequest", "script": map[string]any{"exec": []string{"console.log('before ' + pm.variables.get('word'))"}}},
					test("const w = pm.variables.get('word')", "pm.test('passes ' + w, () => {})", "pm.test(w, () => pm.expect(1).to.equal(2))", "pm.test.skip(w, () => {})",
						"pm.test(pm.variables.get('other'), () => {})", "pm.test(pm.variables.get('third'), () => { throw new Error(w) })",
						"pm.test('again', () => pm.expect(pm.response.text()).to.equal('a ' + w))"),
				}},
				map[string]any{"name": "other " + word, "request": get("/echo"), "event": []any{test("pm.test(pm.variables.get('third'), () => {})")}},
				map[string]any{"name": "second", "request": get("/echo"), "event": []any{test("throw new TypeError('because of ' + pm.variables.get('word'))")}},
			}},
			map[string]any{"name": "third", "request": get("/cut")},
			map[string]any{"name": "fourth " + word, "request": get("/echo?q={{word}}"), "event": []any{test("pm.test('is 200', () => pm.response.to.have.status(200))")}},
			map[string]any{"name": "fifth", "request": get("/500"), "event": []any{test("pm.test('is 200', () => pm.response.to.have.status(200))")}},
		},
	})
}

// A command runs the program in a directory of its own.
type command struct {
	t   *testing.T
	dir string
}

// do runs the program and returns its exit code and what it printed.
func (c command) do(args ...string) (code int, stdout []byte) {
	c.t.Helper()
	var out, errs bytes.Buffer
	code = cli.Main(c.t.Context(), &process.Process{
		Args: args, Stdin: strings.NewReader(""), Stdout: &out, Stderr: &errs, Width: 100, Dir: c.dir, Now: time.Now, Version: "test",
		Env: func(name string) (string, bool) {
			v, ok := map[string]string{"XDG_CACHE_HOME": filepath.Join(c.dir, "cache"), "LANG": "C.UTF-8"}[name]
			return v, ok
		},
	})
	if code > process.ExitFailed {
		c.t.Errorf("%q ends with %d: %s", args, code, errs.String())
	}
	return code, out.Bytes()
}

// exported returns the options that write each report in a file, and the files.
func exported(dir string) (args []string, files map[string]string) {
	files = map[string]string{}
	var names []string
	for _, spec := range reporters.Specs() {
		if spec.Extension == "" {
			continue
		}
		names = append(names, spec.Name)
		files[spec.Name] = filepath.Join(dir, spec.Name+spec.Extension)
		args = append(args, "--reporter-"+spec.Name+"-export", files[spec.Name])
	}
	return append(args, "-r", strings.Join(names, ",")), files
}

// told runs all that writes or reads reports, and returns the outcome of each by what wrote it.
func told(t *testing.T, base, word string, more ...string) map[string]string {
	t.Helper()
	c := command{t, t.TempDir()}
	if err := os.WriteFile(filepath.Join(c.dir, "c.json"), []byte(syntaxWorld(word)), 0o600); err != nil {
		t.Fatal(err)
	}
	run := append([]string{"run", "c.json", "--env-var", "base=" + base, "--env-var", "word=" + word, "--env-var", "other=other " + word, "--env-var", "third=" + word + " too"}, more...)
	with := func(command []string, more ...string) []string { return slices.Concat(command, more) }
	outcome := map[string]string{}
	tell := func(what, reporter string, code int, data []byte) {
		text, err := outcomes()[reporter](data)
		if err != nil {
			t.Errorf("%s: the %s report cannot be read: %v", what, reporter, err)
		}
		outcome[what+" "+reporter] = fmt.Sprintf("exit %d\n%s", code, text)
	}
	files := func(what string, code int, files map[string]string) {
		for reporter, file := range files {
			data, err := os.ReadFile(filepath.Join(c.dir, file))
			if err != nil {
				t.Errorf("%s: %v", what, err)
				continue
			}
			tell(what, reporter, code, data)
		}
	}
	args, written := exported("run")
	code, _ := c.do(with(run, args...)...)
	files("run", code, written)
	code, _ = c.do(with(run, "--last-failed", "-r", "tap", "--reporter-tap-export", "last.tap")...)
	files("run --last-failed", code, map[string]string{"tap": "last.tap"})
	args, written = exported("newman")
	code, _ = c.do(with(run, slices.Concat(args, []string{"--newman-compat", "-r", "junit,json"})...)...)
	files("run --newman-compat", code, map[string]string{"junit": written["junit"], "json": written["json"]})
	args, written = exported("report")
	code, _ = c.do(with([]string{"report", "run/events.ndjson"}, args...)...)
	files("report", code, written)
	for _, spec := range reporters.Specs() {
		if spec.Extension == "" {
			code, out := c.do(with(run, "-r", spec.Name)...)
			tell("run", spec.Name, code, out)
			code, out = c.do("report", "run/events.ndjson", "-r", spec.Name)
			tell("report", spec.Name, code, out)
		}
	}
	for _, shard := range []string{"1", "2"} {
		c.do(with(run, "-r", "events", "--shard", shard+"/2", "--run-id", "words", "--reporter-events-export", "shards/"+shard+".ndjson")...)
	}
	args, written = exported("merge")
	code, _ = c.do(with([]string{"merge", "shards"}, args...)...)
	files("merge", code, written)
	return outcome
}

// Any word can be a secret: each report stays what its format says, and tells what it tells when nothing is masked, when
// it is written by a run, made from the recording and merged from two.
func TestAWordOfTheSyntaxIsASecret(t *testing.T) {
	if underRace {
		t.Skip("skipped: race (make test-poor runs it without the race detector)")
	}
	t.Parallel()
	words := strings.Fields(syntaxOfReports)
	if len(words) < 40 {
		t.Fatalf("only %d words are tried", len(words))
	}
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/cut":
			panic(http.ErrAbortHandler)
		case "/500":
			w.WriteHeader(http.StatusInternalServerError)
		default:
			_, _ = io.Copy(w, r.Body)
			fmt.Fprint(w, " and "+r.Header.Get("X-Word"))
		}
	}))
	t.Cleanup(s.Close)
	for i, word := range words {
		if testing.Short() && i%6 != 0 {
			continue
		}
		t.Run(word, func(t *testing.T) {
			t.Parallel()
			want := told(t, s.URL, word, "--show-secrets")
			got := told(t, s.URL, word, "--secret", "word", "--secret", "other", "--secret", "third", "--verify-redaction")
			for _, what := range slices.Sorted(maps.Keys(want)) {
				if got[what] != want[what] {
					t.Errorf("%s tells another outcome when %q is a secret:\n%s", what, word, firstDifference(got[what], want[what]))
				}
			}
		})
	}
}

// firstDifference shows where two texts part.
func firstDifference(got, want string) string {
	i := 0
	for i < len(got) && i < len(want) && got[i] == want[i] {
		i++
	}
	from := max(0, i-120)
	return fmt.Sprintf("got  …%s…\nwant …%s…", got[from:min(len(got), i+80)], want[from:min(len(want), i+80)])
}
