package planted_test

import (
	"bytes"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"posthaste/internal/cli"
	"posthaste/internal/cli/process"
	"posthaste/reporters"
)

// namePlaces are the names and other small texts that reports show, each with a secret of its own.
var namePlaces = []string{
	1: "the collection's name", 2: "its description", 3: "a folder's name", 4: "an inner folder's name", 5: "a request's name",
	6: "an assertion's name", 7: "an error's name", 8: "a threshold", 9: "a variable's key", 10: "the environment's name",
	11: "the globals' name", 12: "the collection's file", 13: "the next request", 14: "a thrown object's member",
	15: "a header's name", 16: "the page's title", 17: "a member of a variable's value", 18: "a method",
	19: "the key of a variable that a script sets", 20: "the environment's file", 21: "the name of a timer's error", 22: "the name of a variable that nothing sets",
}

// named writes a collection that has secrets in its names and returns the arguments of its run.
func named(t *testing.T, dir, base string, files int) (args []string, secrets map[int]string) {
	t.Helper()
	secrets = map[int]string{}
	var values []map[string]any
	for n := 1; n < len(namePlaces); n++ {
		secrets[n] = value(n, 'w')
		values = append(values, map[string]any{"key": "var" + string(rune('a'+n)), "value": secrets[n], "type": "secret", "enabled": true})
	}
	s := func(n int) string { return "a " + secrets[n] + " z" }
	values = append(values, map[string]any{"key": s(9), "value": "1", "enabled": true})
	script := func(listen string, lines ...string) map[string]any {
		return map[string]any{"listen": listen, "script": map[string]any{"exec": lines}}
	}
	get := func(path string) map[string]any { return map[string]any{"method": "GET", "url": base + path} }
	collection := quoted(map[string]any{
		"info": map[string]any{"name": s(1), "description": s(2), "schema": "https://schema.getpostman.com/json/collection/v2.1.0/collection.json"},
		"item": []any{
			map[string]any{
				"name": s(3), "event": []any{script("test", "throw Object.assign(new Error('folder'), {name: '"+s(7)+"'})")},
				"item": []any{map[string]any{"name": s(4), "item": []any{map[string]any{
					"name": s(5), "request": map[string]any{"method": "X-" + secrets[18], "url": base + "/fine", "header": []any{
						map[string]any{"key": "X-" + secrets[15], "value": "{{" + s(22) + "}}"},
					}},
					"event": []any{script("test", "pm.test('"+s(6)+"', () => {})", "pm.test('fails "+s(6)+"', () => pm.expect(1).to.equal(2))",
						"pm.globals.set('"+s(19)+"', {'"+s(17)+"': 1})", "setTimeout(() => { throw Object.assign(new Error('late'), {name: '"+s(21)+"'}) }, 1)")},
				}}}},
			},
			map[string]any{"name": "throws", "request": get("/fine"), "event": []any{
				script("test", "pm.execution.setNextRequest('"+s(13)+"')", "throw {'"+s(14)+"': 1}"),
			}},
			map[string]any{"name": "a " + secrets[13] + " z", "request": get("/fine")},
			map[string]any{"name": "b " + secrets[8] + " z", "request": get("/fine")}, // the threshold is about it
		},
	})
	environment, globals := "e-"+secrets[20]+".json", "g.json"
	contents := map[string]string{
		environment: quoted(map[string]any{"name": s(10), "values": values}), globals: quoted(map[string]any{"name": s(11), "values": []any{}}),
	}
	args = []string{"run"}
	for i := range files {
		name := "c" + string(rune('0'+i)) + "-" + secrets[12] + ".json"
		contents[name] = collection
		args = append(args, name)
	}
	for name, text := range contents {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return append(args, "-e", environment, "-g", globals, "--verbose", "--threshold", "*"+secrets[8]+"*: p95>1s", "--reporter-html-title", s(16)), secrets
}

// reportAll runs the command with every reporter, into the folder out, and returns the exit code and all that it wrote.
func reportAll(t *testing.T, dir, out string, args ...string) (code int, outputs map[string][]byte) {
	t.Helper()
	var names []string
	for _, spec := range reporters.Specs() {
		names = append(names, spec.Name)
		if spec.Extension != "" {
			args = append(args, "--reporter-"+spec.Name+"-export", out+"/"+spec.Name+spec.Extension)
		}
	}
	args = append(args, "-r", strings.Join(names, ","))
	var stdout, stderr bytes.Buffer
	code = cli.Main(t.Context(), &process.Process{
		Args: args, Stdin: strings.NewReader(""), Stdout: &stdout, Stderr: &stderr, Width: 100, Dir: dir, Now: time.Now, Version: "test",
		Env: func(name string) (string, bool) {
			v, ok := map[string]string{"XDG_CACHE_HOME": filepath.Join(dir, "cache"), "LANG": "C.UTF-8"}[name]
			return v, ok
		},
	})
	outputs = map[string][]byte{"stdout": stdout.Bytes(), "stderr": stderr.Bytes()}
	entries, err := os.ReadDir(filepath.Join(dir, out))
	if err != nil {
		t.Fatalf("the command ends with %d and has written no reports: %v: %.2000s", code, err, stderr.String())
	}
	for _, entry := range entries {
		if outputs[entry.Name()], err = os.ReadFile(filepath.Join(dir, out, entry.Name())); err != nil {
			t.Fatal(err)
		}
	}
	return code, outputs
}

// A dry run shows what would be sent, and the names of what nothing sets.
func TestNoSecretInANameIsShownByADryRun(t *testing.T) {
	t.Parallel()
	for name, files := range map[string]int{"a collection": 1, "two collections": 2} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			args, secrets := named(t, dir, "http://127.0.0.1:1", files)
			for _, shows := range []bool{false, true} {
				if shows {
					args = append(args, "--show-secrets")
				}
				var out bytes.Buffer
				code := cli.Main(t.Context(), &process.Process{
					Args: append(args, "--dry-run"), Stdin: strings.NewReader(""), Stdout: &out, Stderr: &out, Width: 100, Dir: dir, Now: time.Now,
					Version: "test", Env: func(string) (string, bool) { return "", false },
				})
				found := seen(t, secrets, map[string][]byte{"stdout": out.Bytes()})
				if code != process.ExitPassed || shows && len(found) < 5 {
					t.Errorf("the command ends with %d and shows %d names: %s", code, len(found), out.String())
				}
				for n, l := range found {
					if !shows {
						t.Errorf("%s is shown: …%q…", namePlaces[n], l.around)
					}
				}
			}
		})
	}
}

// seen looks for the secrets in all outputs.
func seen(t *testing.T, secrets map[int]string, outputs map[string][]byte) map[int]leak {
	t.Helper()
	f, leaks := newFinder(secrets), map[int]leak{}
	for name, data := range outputs {
		if err := f.report(name, data, func(n int, around string) { leaks[n] = leak{name, around} }); err != nil {
			t.Error(err)
		}
	}
	return leaks
}

// A secret that is part of a name is in no report of the run, and in none that is made of its recording. The outcome is
// that of the run without masking.
func TestNoSecretInANameIsShown(t *testing.T) {
	t.Parallel()
	s := httptest.NewServer(server(nil))
	t.Cleanup(s.Close)
	for name, more := range map[string]struct {
		files int
		args  []string
	}{
		"a run":                     {files: 1},
		"as newman":                 {1, []string{"--newman-compat"}},
		"in parallel":               {1, []string{"--parallel", "2"}},
		"iterations":                {1, []string{"-n", "2"}},
		"retries":                   {1, []string{"--retry", "1"}},
		"bail":                      {1, []string{"--bail", "failure"}},
		"two collections":           {files: 2},
		"two collections at a time": {2, []string{"--parallel", "2", "--parallel-by", "collection"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			args, secrets := named(t, dir, s.URL, more.files)
			args = append(args, more.args...)
			want, plain := reportAll(t, dir, "plain", append(args, "--show-secrets")...)
			got, outputs := reportAll(t, dir, "out", append(args, "--verify-redaction")...)
			if got != want || got != process.ExitFailed {
				t.Fatalf("the run ends with %d, without masking with %d: %.2000s", got, want, outputs["stderr"])
			}
			if len(outputs) < len(reporters.Specs())/2 || len(outputs) != len(plain) {
				t.Errorf("only %d outputs", len(outputs))
			}
			for n, l := range seen(t, secrets, outputs) {
				t.Errorf("%s is in %s: …%q…", namePlaces[n], l.output, l.around)
			}
			shown := seen(t, secrets, plain)
			for n := 1; n < len(namePlaces) && name == "a run"; n++ {
				if shown[n].output == "" {
					t.Errorf("%s is in no output even when nothing is masked", namePlaces[n])
				}
			}
			again, replayed := reportAll(t, dir, "again", "report", "out/events.ndjson")
			if again != got {
				t.Errorf("the report of the recording ends with %d, the run with %d", again, got)
			}
			for n, l := range seen(t, secrets, replayed) {
				t.Errorf("%s is in %s of the recording: …%q…", namePlaces[n], l.output, l.around)
			}
		})
	}
}
