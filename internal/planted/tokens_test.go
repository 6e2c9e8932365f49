package planted_test

import (
	"bytes"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"posthaste/internal/cli"
	"posthaste/internal/cli/process"
)

// A run that logs in 20,000 times, beside a declared secret: neither it nor any token is in an output, though the tokens
// are more than a run keeps in full, and scripts show the first ones again and again.
func TestTokensOfALongRunAreInNoOutput(t *testing.T) {
	if underRace {
		t.Skip("skipped: race (make test-poor runs it without the race detector)")
	}
	t.Parallel()
	iterations := 20_000
	if testing.Short() {
		iterations = 2_000
	}
	const declared = "decl4red/S3cret+value"
	var logins atomic.Int64
	filler := strings.Repeat("QUJDREVGR0g", 50)
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprintf(w, `{"access_token":"tok3n%06d%s"}`, logins.Add(1), filler)
	}))
	t.Cleanup(s.Close)
	dir := t.TempDir()
	for name, text := range map[string]string{
		"c.json": quoted(map[string]any{"info": map[string]any{"name": "Tokens"}, "item": []any{map[string]any{
			"name": "login", "request": s.URL + "/", "event": []any{map[string]any{"listen": "test", "script": map[string]any{"exec": []string{
				"const t = pm.response.json().access_token, n = pm.info.iteration",
				"if (n < 3) { pm.globals.set('kept' + n, t) }",
				"if (n % 50 === 49) { console.log('now', t, btoa(pm.environment.get('any'))); console.log('first', pm.globals.get('kept' + n % 3)) }",
			}}}},
		}}}),
		"e.json": quoted(map[string]any{"name": "E", "values": []any{map[string]any{"key": "any", "value": declared, "type": "secret", "enabled": true}}}),
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	var out, errs bytes.Buffer
	code := cli.Main(t.Context(), &process.Process{
		Args: []string{
			"run", "c.json", "-e", "e.json", "-n", fmt.Sprint(iterations), "-r", "cli,events,csv,junit", "--verify-redaction", "--output", "failures",
			"--reporter-events-export", "events.ndjson", "--reporter-csv-export", "r.csv", "--reporter-junit-export", "r.xml",
		},
		Stdin: strings.NewReader(""), Stdout: &out, Stderr: &errs, Width: 100, Dir: dir, Now: time.Now, Version: "test",
		Env: func(string) (string, bool) { return "", false },
	})
	if code != process.ExitPassed {
		t.Fatalf("the run ends with %d: %s", code, errs.String())
	}
	outputs := map[string][]byte{"stdout": out.Bytes(), "stderr": errs.Bytes()}
	for _, name := range []string{"events.ndjson", "r.csv", "r.xml"} {
		data, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		outputs[name] = data
	}
	if got := bytes.Count(outputs["events.ndjson"], []byte(`******`)); got < iterations {
		t.Errorf("%d values are masked in the events, want at least one an iteration", got)
	}
	for name, data := range outputs {
		for _, form := range []string{"tok3n0", "decl4red", inner("decl4red")[0], "dG9rM24", "116,111,107,51,110"} {
			if i := bytes.Index(data, []byte(form)); i >= 0 {
				t.Errorf("%s has %s: %.160q", name, form, data[max(0, i-60):])
			}
		}
	}
	entries, err := os.ReadDir(dir)
	if err != nil || len(entries) != 5 {
		t.Errorf("files are left beside the reports: %v, %v", entries, err)
	}
}
