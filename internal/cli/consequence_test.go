package cli

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"posthaste/internal/cli/process"
)

// orders answers POST /orders with an id unless the amount is negative, and GET /orders/ID with that order's amount.
func orders(t *testing.T) *httptest.Server {
	t.Helper()
	amounts := map[string]int{}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		id := strings.TrimPrefix(r.URL.Path, "/orders/")
		switch {
		case strings.HasPrefix(r.URL.Path, "/broken"):
			w.WriteHeader(http.StatusInternalServerError)
		case r.Method == http.MethodPost:
			amount, err := strconv.Atoi(r.URL.Query().Get("amount"))
			if err != nil || amount < 0 {
				w.WriteHeader(http.StatusUnprocessableEntity)
				return
			}
			id = fmt.Sprint("o-", len(amounts))
			amounts[id] = amount
			fmt.Fprintf(w, `{"id": %q}`, id)
		default:
			fmt.Fprintf(w, `{"amount": %d}`, amounts[id])
		}
	}))
	t.Cleanup(server.Close)
	return server
}

// shop makes an order of a row and reads it.
const shop = `{"info": {"_postman_id": "shop", "name": "Shop"}, "item": [
  {"name": "Create", "id": "create", "request": {"method": "POST", "url": "SERVER/orders?amount={{amount}}"}, "event": [{"listen": "test", "script": {"exec": [
    "pm.test('created', () => pm.response.to.have.status(200));",
    "if (pm.response.code === 200) pm.environment.set('id', pm.response.json().id);"]}}]},
  {"name": "Read", "id": "read", "request": {"method": "GET", "url": "SERVER/orders/{{id}}"}, "event": [{"listen": "test", "script": {"exec": [
    "pm.test('has the amount', () => pm.expect(pm.response.json().amount).to.equal(Number(pm.iterationData.get('amount'))));"]}}]}
]}`

func TestOneBadRowOfTen(t *testing.T) {
	dir := t.TempDir()
	rows := "amount\n"
	for i := range 10 {
		amount := i + 1
		if i == 3 {
			amount = -1
		}
		rows += fmt.Sprintln(amount)
	}
	write(t, dir, map[string]string{"shop.json": strings.ReplaceAll(shop, "SERVER", orders(t).URL), "rows.csv": rows})
	code, out, errs := runIn(t, dir, "run", "shop.json", "-d", "rows.csv", "-r", "cli,junit,json,events", "--reporter-junit-export", "fail.xml",
		"--reporter-json-export", "run.json", "--reporter-events-export", "run.ndjson")
	if code != 1 {
		t.Fatalf("the run ended with %d: %s", code, errs)
	}
	for _, want := range []string{"Failures: 1 cause, 1 consequence", "Read: has the amount (iteration 4) – id is still the one of before", "2 assertions: 1 cause, 1 consequence"} {
		if !strings.Contains(strings.Join(strings.Fields(out), " "), want) {
			t.Errorf("the terminal does not say %q:\n%s", want, out)
		}
	}
	if code, _, _ := runIn(t, dir, "report", "run.ndjson", "-r", "junit", "--reporter-junit-export", "skip.xml", "--consequences", "skip"); code != 1 {
		t.Errorf("report --consequences skip ended with %d, want 1", code)
	}
	fail, skip := read(t, dir, "fail.xml"), read(t, dir, "skip.xml")
	if got := strings.Count(fail, "<failure "); got != 2 || !strings.Contains(fail, "follows from “Create”: id is still the one of before: expected") {
		t.Errorf("JUnit has %d failures, want 2, the second with its cause:\n%s", got, fail)
	}
	if failed, skipped := strings.Count(skip, "<failure "), strings.Count(skip, "<skipped "); failed != 1 || skipped != 1 {
		t.Errorf("JUnit with --consequences skip has %d failures and %d skipped, want one each:\n%s", failed, skipped, skip)
	}
	var written struct {
		Run struct{ Causes json.RawMessage }
	}
	if err := json.Unmarshal([]byte(read(t, dir, "run.json")), &written); err != nil {
		t.Fatal(err)
	}
	_, explained, _ := runIn(t, dir, "explain", "run.ndjson", "--format", "json")
	var told struct{ Causes json.RawMessage }
	if err := json.Unmarshal([]byte(explained), &told); err != nil {
		t.Fatal(err)
	}
	if a, b := compact(t, written.Run.Causes), compact(t, told.Causes); a != b {
		t.Errorf("the json report and explain differ:\n%s\n%s", a, b)
	}
}

func compact(t *testing.T, data []byte) string {
	t.Helper()
	var v any
	if err := json.Unmarshal(data, &v); err != nil {
		t.Fatal(err)
	}
	text, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// Forty collections share a server, the names of their variables and an environment, and each fails by itself.
func TestFortyIndependentCollectionsHaveNoConsequences(t *testing.T) {
	dir, server := t.TempDir(), orders(t)
	requests := []string{
		`{"name": "Breaks", "request": {"method": "POST", "url": "SERVER/broken?{{token}}"}, "event": [{"listen": "test", "script": {"exec": ["pm.test('works', () => pm.response.to.have.status(200)); if (pm.response.code === 200) pm.environment.set('id', pm.response.json().id)"]}}]}`,
		`{"name": "Lies", "request": {"method": "GET", "url": "SERVER/orders/{{id}}"}, "event": [{"listen": "test", "script": {"exec": ["pm.test('has a name', () => pm.expect(pm.response.json().name).to.equal('x'))"]}}]}`,
		`{"name": "Throws", "request": {"method": "GET", "url": "SERVER/orders/1"}, "event": [{"listen": "test", "script": {"exec": ["nothing.at.all"]}}]}`,
		`{"name": "Lacks", "request": {"method": "POST", "url": "SERVER/broken/{{missing}}"}, "event": [{"listen": "test", "script": {"exec": ["pm.test('works', () => pm.response.to.have.status(200))"]}}]}`,
	}
	line := []string{"run"}
	files := map[string]string{"e.json": `{"name": "e", "values": [{"key": "token", "value": "t1"}, {"key": "id", "value": "o-0"}]}`}
	for i := range 40 {
		name := fmt.Sprintf("c%02d.json", i)
		files[name] = fmt.Sprintf(`{"info": {"_postman_id": "c%d", "name": "C%d"}, "item": [%s]}`, i, i, strings.ReplaceAll(requests[i%len(requests)], "SERVER", server.URL))
		line = append(line, name)
	}
	write(t, dir, files)
	for _, extra := range [][]string{nil, {"--parallel", "4", "--parallel-by", "collection"}} {
		code, _, errs := runIn(t, dir, append(append(line, "-e", "e.json", "-r", "events", "--reporter-events-export", "run.ndjson"), extra...)...)
		if code != 1 {
			t.Fatalf("the run ended with %d: %s", code, errs)
		}
		_, out, errs := runIn(t, dir, "explain", "run.ndjson")
		if head, _, _ := strings.Cut(out, "\n"); !strings.HasSuffix(head, "40 causes, 0 consequences") {
			t.Errorf("explain says %q, want 40 causes and no consequence\n%s\n%s", head, errs, out)
		}
	}
}

func TestExplainTellsTheLastRun(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, map[string]string{"shop.json": strings.ReplaceAll(shop, "SERVER", orders(t).URL), "bad.csv": "amount\n-1\n", "good.csv": "amount\n1\n"})
	cache := t.TempDir()
	if code, _, errs := inCache(t, dir, cache, "explain"); code != 2 || !strings.Contains(errs, "there is no record of a last run") {
		t.Errorf("explain without a last run ended with %d: %s", code, errs)
	}
	if code, _, errs := inCache(t, dir, cache, "run", "shop.json", "-d", "bad.csv"); code != 1 {
		t.Fatalf("the run ended with %d: %s", code, errs)
	}
	code, out, errs := inCache(t, dir, cache, "explain")
	if code != 0 || !strings.Contains(out, "1. Create") || !strings.Contains(out, "→ id is not set → 1 failure") {
		t.Errorf("explain ended with %d and says\n%s%s", code, out, errs)
	}
	info, err := os.Stat(filepath.Join(cache, "posthaste", "last-run", "story.json"))
	if err != nil || info.Mode().Perm() != 0o600 || info.Size() > 1<<20 {
		t.Errorf("the story is kept with %v, %v, want a file of mode 0600 and at most 1 MB", info, err)
	}
	if code, _, errs := inCache(t, dir, cache, "run", "shop.json", "-d", "good.csv", "--newman-compat"); code != 0 {
		t.Fatalf("the run ended with %d: %s", code, errs)
	}
	if code, _, _ := inCache(t, dir, cache, "explain"); code != 0 {
		t.Errorf("explain after a run under --newman-compat ended with %d, want 0: such a run leaves nothing behind", code)
	}
	if code, _, errs := inCache(t, dir, cache, "run", "shop.json", "-d", "good.csv"); code != 0 {
		t.Fatalf("the run ended with %d: %s", code, errs)
	}
	if code, _, errs := inCache(t, dir, cache, "explain"); code != 2 || !strings.Contains(errs, "nothing failed in the last run") {
		t.Errorf("explain after a run that passed ended with %d: %s", code, errs)
	}
}

// inCache is runIn with a cache that the runs share.
func inCache(t *testing.T, dir, cache string, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	var out, errs bytes.Buffer
	code = Main(t.Context(), &process.Process{
		Args: args, Stdin: strings.NewReader(""), Stdout: &out, Stderr: &errs, Width: 80, Dir: dir, Now: time.Now, Version: "test",
		Env: func(name string) (string, bool) {
			if name == "XDG_CACHE_HOME" {
				return cache, true
			}
			return verifying(name)
		},
	})
	return code, out.String(), errs.String()
}
