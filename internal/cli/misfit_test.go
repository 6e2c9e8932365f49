package cli

import (
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"posthaste/internal/cli/process"
)

// Files of many kinds, beside those of mistakenFiles. What Misfit calls each is the first word of its entry.
var kindsOfFiles = map[string]struct{ is, text string }{
	"a.json":       {"a collection", `{"info":{"name":"c"},"item":[]}`},
	"env.json":     {"an environment", `{"name":"e","values":[{"key":"password","value":"top-of-the-pops"}]}`},
	"rows.json":    {"iteration data in JSON", `[{"a":1}]`},
	"rows.csv":     {"CSV", "id,name\n1,A\n"},
	"rows.tsv":     {"CSV", "id\tname\n1\tA\n"},
	"my keys.env":  {"a file of KEY=value lines", "# keys\nPASSWORD=top-of-the-pops\n"},
	".env":         {"a file of KEY=value lines", "export PASSWORD='top-of-the-pops'\n"},
	"openapi.yaml": {"an OpenAPI file", "openapi: 3.0.0\ninfo: {title: a, version: '1'}\npaths: {}\n"},
	"openapi.json": {"an OpenAPI file", `{"openapi":"3.0.0","info":{"title":"a","version":"1"},"paths":{}}`},
	"run.ndjson":   {"the recording of a run", `{"v":3,"kind":"run.started"}` + "\n"},
	"jar.json":     {"a cookie jar", `{"version":"tough-cookie@4","cookies":[]}`},
	"certs.json":   {"a list of client certificates", `[{"name":"a","matches":[],"cert":{"src":"a"}}]`},
	"cert.pem":     {"a certificate", "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n"},
	"key.pem":      {"a private key", "-----BEGIN PRIVATE KEY-----\nMIIB\n-----END PRIVATE KEY-----\n"},
	"rows.xlsx":    {"a spreadsheet", "PK\x03\x04\x14\x00[Content_Types].xml"},
	"a.zip":        {"an archive", "PK\x03\x04\x14\x00a.json"},
	"a.json.gz":    {"a compressed file", "\x1f\x8b\x08\x00"},
	"page.html":    {"a web page", "<!doctype html><title>Sign in</title>"},
	"a.har":        {"a HAR file", `{"log":{"entries":[]}}`},
	"a.bru":        {"a file of Bruno", "meta {\n  name: a\n}\n"},
	"a.http":       {"a file of HTTP requests", "GET https://a.test\n"},
	"report.xml":   {"a JUnit report", "<testsuites></testsuites>"},
	"package.json": {"a file that calls newman", `{"scripts":{"api":"newman run a.json"}}`},
	"ci.sh":        {"a file that calls newman", "#!/bin/sh\nnewman run a.json\n"},
}

// Where files are given, what each place takes, and the command line; % is the file.
var placesOfFiles = []struct{ line, takes, wants string }{
	{"run %", "a collection", "a collection"},
	{"list %", "a collection", "a collection"},
	{"lint %", "a collection", "a collection"},
	{"convert % --to 3.0 -o out", "a collection", "a collection"},
	{"init --ci none -c %", "a collection", "a collection"},
	{"run c.json a.json %", "a collection", "a collection"},
	{"run c.json -e %", "an environment", "an environment"},
	{"lint c.json -e %", "an environment", "an environment"},
	{"check --offline -e %", "an environment", "an environment"},
	{"run c.json -g %", "an environment", "globals"},
	{"run c.json -d %", "CSV, iteration data in JSON, a list of client certificates", "iteration data"},
	{"run c.json --env-file %", "a file of KEY=value lines", "a file of KEY=value lines"},
	{"check --offline --env-file %", "a file of KEY=value lines", "a file of KEY=value lines"},
	{"run c.json --vault dotenv:%", "a file of KEY=value lines", "a file of KEY=value lines"},
	{"run c.json --cookie-jar %", "a cookie jar", "a cookie jar"},
	{"run c.json --ssl-client-cert-list %", "a list of client certificates", "a list of client certificates"},
	{"run c.json --openapi %", "an OpenAPI file", "an OpenAPI file"},
	{"generate --openapi % -o out", "an OpenAPI file", "an OpenAPI file"},
	{"coverage --openapi % run.ndjson", "an OpenAPI file", "an OpenAPI file"},
	{"report %", "the recording of a run, a compressed file", "the recording of a run"},
	{"merge %", "the recording of a run, a compressed file", "the recording of a run"},
	{"explain %", "the recording of a run, a compressed file", "the recording of a run"},
	{"teardown %", "the recording of a run, a compressed file", "the recording of a run"},
	{"golive --product epayment %", "the recording of a run, a compressed file", "the recording of a run"},
	{"coverage --openapi openapi.yaml %", "the recording of a run, a compressed file", "the recording of a run"},
}

// Every kind of file in every place that does not take it: exit code 2, what the file is, what belongs there, and a hint.
func TestAFileInTheWrongPlaceIsRecognised(t *testing.T) {
	dir := filesOfEveryKind(t)
	tried := 0
	for _, place := range placesOfFiles {
		for name, f := range kindsOfFiles {
			if strings.Contains(place.takes, f.is) {
				continue
			}
			args := strings.Fields(place.line)
			for i := range args {
				args[i] = strings.ReplaceAll(args[i], "%", name)
			}
			tried++
			code, said := makeMistakeIn(t, dir, args)
			want := name + ": this is " + f.is + ", not " + place.wants + "\nposthaste: hint: "
			if code != process.ExitUsage || !strings.Contains(said, want) {
				t.Errorf("posthaste %q exits with %d and says %q, want %q", args, code, said, want)
			}
			if strings.Contains(said, "top-of-the-pops") {
				t.Errorf("posthaste %q shows a secret: %s", args, said)
			}
		}
	}
	t.Logf("%d files stood in the wrong place, each was recognised", tried)
}

// Two files in each other's place are told so together.
func TestSwappedFilesAreToldTogether(t *testing.T) {
	code, said := makeMistake(t, "run e.json -e c.json")
	if code != process.ExitUsage || !strings.Contains(said, "e.json is an environment, and c.json is a collection\nposthaste: hint: swap them: posthaste run c.json -e e.json\n") {
		t.Errorf("exit code %d: %s", code, said)
	}
}

// newman reads any text as rows, so that --newman-compat does too.
func TestAnyTextIsRowsUnderNewmanCompat(t *testing.T) {
	for _, name := range []string{"keys.env", "page.html"} {
		if code, said := makeMistake(t, "run empty.json --newman-compat -d "+name); code != process.ExitPassed {
			t.Errorf("%s: exit code %d: %s", name, code, said)
		}
	}
}

// filesOfEveryKind is a directory with the files of the tables of mistakes.
func filesOfEveryKind(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	files := maps.Clone(mistakenFiles)
	for name, f := range kindsOfFiles {
		files[name] = f.text
	}
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}
