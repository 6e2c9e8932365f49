package cli

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

const shopFile = `openapi: 3.0.3
info: {title: Shop, version: "1"}
servers: [{url: https://shop.example.com}]
paths:
  /items:
    get:
      parameters: [{name: limit, in: query, schema: {type: integer}}, {name: page, in: query, schema: {type: integer}}]
      responses:
        "200": {description: ok, content: {application/json: {schema: {type: array, items: {$ref: '#/components/schemas/Item'}}}}}
  /items/{id}:
    parameters: [{name: id, in: path, required: true, schema: {type: string}}]
    get:
      responses:
        "200": {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/Item'}}}}
        "404": {description: gone}
    delete: {responses: {"204": {description: gone}}}
    put: {deprecated: true, responses: {"200": {description: ok}}}
components:
  schemas:
    Item:
      type: object
      required: [id, secret]
      properties: {id: {type: string}, secret: {type: string, pattern: '^s-'}, state: {type: string, enum: [NEW, SOLD, GONE]}, parent: {$ref: '#/components/schemas/Item'}}
`

const shopSecret = "s-0123456789abcdef"

// documentedShop answers as the file says, but that item 9 has a number for its id.
func documentedShop(t *testing.T) string {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		item := map[string]any{"id": "1", "secret": shopSecret, "state": "NEW"}
		w.Header().Set("Content-Type", "application/json")
		switch r.URL.Path {
		case "/items":
			_ = json.NewEncoder(w).Encode([]any{item, map[string]any{"id": "2", "secret": shopSecret, "state": "SOLD"}})
		case "/items/9":
			item["id"] = 9
			fallthrough
		case "/items/1":
			_ = json.NewEncoder(w).Encode(item)
		default:
			w.WriteHeader(http.StatusNotFound)
		}
	}))
	t.Cleanup(server.Close)
	return server.URL
}

func shopCollection(paths ...string) string {
	var items []string
	for i, path := range paths {
		items = append(items, fmt.Sprintf(`{"name": "F%d", "item": [{"name": "R%d", "request": {"method": "GET", "url": "https://shop.example.com%s"}}]}`, i, i, path))
	}
	return `{"info": {"name": "Shop"}, "variable": [{"key": "client_secret", "value": "` + shopSecret + `"}], "item": [` + strings.Join(items, ",\n") + "]}"
}

// A recording that was made without the file is judged afterwards as the run itself would have been, and what was masked
// in it is no deviation. What a run with the file says stands.
func TestARecordingIsHeldAgainstTheFileAfterwards(t *testing.T) {
	t.Parallel()
	const covered = "openapi: 2 of 4 operations, 3 of 5 statuses, 2 of 5 parameters, 3 of 4 response\nproperties, 2 of 3 enum values"
	for name, withFile := range map[string]bool{"recorded with the file": true, "recorded without": false} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			write(t, dir, map[string]string{"api.yaml": shopFile, "c.json": shopCollection("/items?limit=2", "/items/1", "/items/7")})
			args := []string{"run", "c.json", "--map", "https://shop.example.com=" + documentedShop(t), "-r", "cli,events"}
			if withFile {
				args = append(args, "--openapi", "api.yaml")
			}
			code, out, errs := runIn(t, dir, args...)
			if code != 0 || strings.Contains(out, covered) != withFile {
				t.Fatalf("exit code %d\n%s%s", code, out, errs)
			}
			recording := "posthaste-report/events.ndjson"
			if text := read(t, dir, recording); strings.Contains(text, shopSecret) {
				t.Fatal("the recording holds the secret")
			}
			for _, command := range []string{"report", "merge"} {
				code, out, errs = runIn(t, dir, command, recording, "--openapi", "api.yaml", "-r", "cli,junit,markdown,json,html", "--threshold", "openapi.operations>=50%", "--threshold", "openapi.enums>2")
				if code != 1 || !strings.Contains(out, covered) || !strings.Contains(errs, "threshold openapi.enums>2: it was 2 of 3") || strings.Contains(errs, "openapi.operations") {
					t.Errorf("%s: exit code %d\n%s%s", command, code, out, errs)
				}
				if n := strings.Count(read(t, dir, "posthaste-report/junit.xml"), `name="contract"`); n != 3 {
					t.Errorf("%s: JUnit has %d cases called contract, want one a step", command, n)
				}
				for file, want := range map[string]string{
					"report.md": "| operations | 2 | 4 |", "junit.xml": `name="threshold openapi.enums&gt;2"`,
					"report.json": `"operation":{"seen":2,"documented":4}`, "report.html": `"kinds":[["operations",2,4]`,
				} {
					text := strings.ReplaceAll(strings.ReplaceAll(read(t, dir, "posthaste-report/"+reportFile(file)), "\n", ""), " ", "")
					if !strings.Contains(text, strings.ReplaceAll(want, " ", "")) {
						t.Errorf("%s: %s lacks %s", command, file, want)
					}
				}
			}
			code, out, errs = runIn(t, dir, "coverage", "--openapi", "api.yaml", recording)
			for _, want := range []string{"openapi: 2 of 4 operations", "operations never met (2):", "DELETE /items/{id}", "PUT /items/{id}", "GET /items query page", `Item.state = "GONE"`, "Item.parent"} {
				if code != 0 || !strings.Contains(out, want) {
					t.Errorf("coverage lacks %q: exit code %d\n%s%s", want, code, out, errs)
				}
			}
			if code, out, _ = runIn(t, dir, "coverage", "--openapi", "api.yaml", "--json", recording); code != 0 || !json.Valid([]byte(out)) {
				t.Errorf("coverage --json: exit code %d\n%s", code, out)
			}
		})
	}
}

func reportFile(name string) string {
	return map[string]string{"report.md": "markdown.md", "report.json": "json.json", "report.html": "html.html"}[name] + map[bool]string{true: name}[name == "junit.xml"]
}

// Shards leave limits on coverage to merge, which adds them up.
func TestMergeAddsUpWhatShardsCovered(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	server := documentedShop(t)
	write(t, dir, map[string]string{"api.yaml": shopFile, "c.json": shopCollection("/items?limit=2", "/items/1", "/items?page=1", "/items/9")})
	deviates := 0
	for shard := 1; shard <= 2; shard++ {
		code, out, errs := runIn(t, dir, "run", "c.json", "--map", "https://shop.example.com="+server, "--openapi", "api.yaml", "--shard", fmt.Sprintf("%d/2", shard), "--run-id", "x",
			"--threshold", "openapi.operations>90%", "-r", "events", "--reporter-events-export", fmt.Sprintf("shards/%d.ndjson", shard))
		deviates += code
		if !strings.Contains(errs, "threshold openapi.operations>90% is left to posthaste merge --threshold") {
			t.Errorf("shard %d: exit code %d\n%s%s", shard, code, out, errs)
		}
	}
	if deviates != 1 {
		t.Errorf("%d shards fail, want the one with item 9", deviates)
	}
	code, out, errs := runIn(t, dir, "merge", "shards", "--threshold", "openapi.operations>90%", "--threshold", "openapi.parameters>=3")
	if code != 1 || !strings.Contains(out, "openapi: 2 of 4 operations") || !strings.Contains(errs, "openapi.operations>90%: it was 50% (2 of 4)") || strings.Contains(errs, "parameters") {
		t.Errorf("merge: exit code %d\n%s%s", code, out, errs)
	}
	if code, out, errs = runIn(t, dir, "coverage", "--openapi", "api.yaml", "shards"); code != 1 || !strings.Contains(out, "GET /items/{id} 200: /id: number where string is asked; it is 9 (api.yaml:") {
		t.Errorf("coverage: exit code %d\n%s%s", code, out, errs)
	}
}

// A misspelled limit, and one without a file, cost no run.
func TestLimitsOnCoverageAreChecked(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	write(t, dir, map[string]string{"api.yaml": shopFile, "c.json": shopCollection("/items")})
	for name, test := range map[string]struct {
		args []string
		want string
	}{
		"a word that is none":          {[]string{"--openapi", "api.yaml", "--threshold", "openapi.paths>1"}, "of OpenAPI files there are openapi.operations"},
		"a unit that is none":          {[]string{"--openapi", "api.yaml", "--threshold", "openapi.operations>1s"}, "coverage takes % or a number"},
		"a path":                       {[]string{"--openapi", "api.yaml", "--threshold", "Pay/**: openapi.operations>1"}, "coverage is of the whole run"},
		"no file":                      {[]string{"--threshold", "openapi.operations>1"}, "needs an OpenAPI file"},
		"an option without a file":     {[]string{"--openapi-strict"}, "need --openapi FILE"},
		"a baseline that is not there": {[]string{"--openapi", "api.yaml", "--openapi-baseline", "no.yaml"}, "no.yaml: no such file"},
		"a file that is not there":     {[]string{"--openapi", "no.yaml"}, "no.yaml: no such file"},
		"a collection for a file":      {[]string{"--openapi", "c.json"}, "not an OpenAPI file"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			code, out, errs := runIn(t, dir, append([]string{"run", "c.json"}, test.args...)...)
			if code != 2 || !strings.Contains(errs, test.want) {
				t.Errorf("exit code %d, want 2 and %q\n%s%s", code, test.want, out, errs)
			}
		})
	}
}
