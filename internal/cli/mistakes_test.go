package cli

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"posthaste/internal/cli/process"
)

// The files that mistakes are made with. Each is fine for something, but for broken.json.
var mistakenFiles = map[string]string{
	"c.json":      `{"info":{"name":"c"},"item":[{"name":"A","item":[{"name":"One","request":"http://127.0.0.1:1/"}]}]}`,
	"empty.json":  `{"info":{"name":"empty"},"item":[]}`,
	"e.json":      `{"name":"e","values":[{"key":"client_secret","value":"top-of-the-pops"}]}`,
	"object.json": `{"a":1}`,
	"list.json":   `[1,2]`,
	"text.json":   `"text"`,
	"broken.json": `{"info":`,
	"rows.json":   `[{"a":1}]`,
	"none.json":   `[]`,
	"zero.json":   ``,
	"data.csv":    "a,b\n1,2\n",
	"head.csv":    "a,b\n",
	"page.html":   "<!doctype html><title>Not here</title>",
	"keys.env":    "A=1\nB=2\n",
}

// A mistake is a command line that does not do what was meant, and what it is told.
type mistake struct {
	args string // words; '' is an empty one
	says string // a regular expression on standard error
}

var mistakes = map[string][]mistake{
	"a wrong value": {
		{"run empty.json -n 0", `--iteration-count "0"`},
		{"run empty.json -n 1.5", "iteration-count"},
		{"run empty.json -r junti", "did you mean junit"},
		{"run empty.json -r allure", "plug-ins of newman are not loaded"},
		{"run empty.json -r ''", "no reporter"},
		{"run empty.json --report report.xml", "NAME=FILE"},
		{"run empty.json -o junti=r.xml", "did you mean junit"},
		{"run empty.json -o junit=", "NAME=FILE"},
		{"run empty.json --output loud", "loud"},
		{"run empty.json --consequences x", "fail and skip"},
		{"run empty.json --color red", "auto, on or off"},
		{"run empty.json --bail=yes", "folder, failure"},
		{"run empty.json --delay-request soon", "30s, 500ms"},
		{"run empty.json --timeout 0", "30s, 500ms"},
		{"run empty.json --timeout -5s", "."},
		{"run empty.json --timeout-request 30x", "30s, 500ms"},
		{"run empty.json --timeout-script 1µs", "30s, 500ms"},
		{"run empty.json --map a", "from=to"},
		{"run empty.json --map http://a=http://b --map http://a=http://c", "names http://a twice"},
		{"run empty.json --allow-host https://a/b", "without a scheme"},
		{"run empty.json --allow-host ''", "names no host"},
		{"run empty.json --limit 20000", "expected a method"},
		{"run empty.json --vault secrets", "vault"},
		{"run empty.json --vault env:NO_SUCH_VARIABLE", "no environment variable"},
		{"run empty.json --listen here", "missing port"},
		{"run empty.json --listen-url http://a", "no listener"},
		{"run empty.json --seed x", "whole number"},
		{"run empty.json --now soon", "no moment"},
		{"run empty.json --max-response-size much", "300MB"},
		{"run empty.json --max-response-size -1", "300MB"},
		{"run empty.json --max-jumps x", "max-jumps"},
		{"run empty.json --data-rows x -d data.csv", "no range of rows"},
		{"run empty.json --parallel x", "parallel"},
		{"run empty.json --parallel-by moon", "collection, folder or iteration"},
		{"run empty.json --rate x", "10/s"},
		{"run empty.json --rate NaN", "10/s"},
		{"run empty.json --rate 10/y", "10/s"},
		{"run empty.json --retry x", "retry"},
		{"run empty.json --retry 1 --retry-on 503", "network, 429, 5xx"},
		{"run empty.json --retry-delay x", "30s, 500ms"},
		{"run empty.json --retry-backoff x", "a number"},
		{"run empty.json --retry-backoff -1", "above 0"},
		{"run empty.json --retry-backoff NaN", "above 0"},
		{"run empty.json --shard 5/4", "no shard 5 of 4"},
		{"run empty.json --shard x", "2/4"},
		{"run empty.json --shard-by moon", "collection, folder or row"},
		{"run empty.json --threshold fast", "p95<500ms"},
		{"run empty.json --env-var foo", `no "="`},
		{"run empty.json --global-var =x", "names no variable"},
		{"run empty.json --grep (", "reading the pattern"},
		{"run empty.json --verify-redaction --show-secrets", "contradict"},
		{"run empty.json -r junit --reporter-junit-layout nope", "request, folder, flat"},
		{"lint c.json --format x", "text, json, sarif and github"},
		{"lint c.json --severity x", "severities"},
		{"lint c.json --rule x", "no rule"},
		{"lint c.json --no-rule x", "no rule"},
		{"lint c.json --env-var foo", `no "="`},
		{"convert c.json --to 4.0 -o x", "3.0 or 2.1"},
		{"simulate vipps --fault x", "fault"},
		{"simulate vipps --addr x", "missing port"},
		{"simulate vipps --now x", "no moment"},
		{"simulate vipps --seed 1", "needs --vary"},
		{"simulate vips", "vipps"},
		{"check --format x", "formats"},
		{"check --keys x", "kinds"},
		{"check --product x", "products"},
		{"check --map x", "from=to"},
		{"check --timeout-request x", "30s, 500ms"},
		{"golive --product x r", "checklist"},
		{"explain --format x", "text and json"},
	},
	"a name that matches nothing": {
		{"run c.json --secret client_secre -e e.json -x", `did you mean "client_secret"`},
		{"run c.json --secret '' -x", "no variable of this name"},
		{"run c.json --folder Nope", `no folder or request "Nope"`},
		{"run c.json --folder A --folder Nope", "Nope"},
		{"run c.json --folder ''", "no folder"},
		{"run c.json --include Nope", "no request of the collection matches"},
		{"run c.json --include [A", "no request"},
		{"run c.json --include A --include Nope -x", "--include Nope matches no request"},
		{"run c.json --exclude Nope -x", "--exclude Nope matches no request"},
		{"run c.json --grep Nope", "no request"},
		{"run c.json --tag nope", "no request"},
		{"run c.json --tag !nope -x", "--tag !nope matches no request"},
		{"run c.json --setup Nope -x", "--setup Nope matches no request"},
		{"run c.json --teardown Nope", "--teardown Nope matches no request"},
		{"run c.json --threshold Nope/**:avg<1s", "no request has such a path"},
		{"run c.json --map http://elsewhere.test=http://127.0.0.1:1 -x", "no request of the run was for elsewhere.test"},
		{"run c.json -d data.csv --data-rows 7:", "takes none of the 1 rows"},
		{"run c.json --last-failed", "no record of a last run"},
		{"run *.nope", "no file matches"},
		{"run c.json --reporter-junti-export x", "did you mean"},
		{"run c.json --reporter-junit-exprot x -r junit", "did you mean"},
		{"run c.json --reporter-html-export x -x", "is not selected"},
		{"run c.json --all -x", "changes nothing"},
		{"list c.json --include Nope", "matches the filters"},
		{"list c.json --tag nope", "matches the filters"},
	},
	"an option without the one that it needs": {
		{"run empty.json --retry-on 5xx", "needs --retry"},
		{"run empty.json --retry-delay 1s", "needs --retry"},
		{"run empty.json --retry-backoff 2", "needs --retry"},
		{"run empty.json --retry-unsafe", "needs --retry"},
		{"run empty.json --parallel-by iteration", "needs --parallel"},
		{"run empty.json --shard-by row", "needs --shard"},
		{"run empty.json --timings nope", "needs --shard"},
		{"run empty.json --with-dependencies", "needs a selection"},
		{"run empty.json --data-rows 1", "needs iteration data"},
		{"run empty.json --ssl-client-key keys.env", "needs --ssl-client-cert"},
		{"run empty.json --ssl-client-passphrase x", "needs --ssl-client-cert"},
		{"run empty.json --openapi-baseline x", "need --openapi"},
		{"run empty.json --openapi-strict", "need --openapi"},
		{"run empty.json --consequences skip", "junit"},
		{"run empty.json --output dot -r tap", "reporter cli"},
		{"run empty.json --verbose -r tap", "reporter cli"},
		{"run empty.json --verbose --silent", "reporter cli"},
	},
	"a file of the wrong kind": {
		{"run e.json", "environment, not a collection"},
		{"run object.json", "not a collection"},
		{"run list.json", "collection"},
		{"run text.json", "collection"},
		{"run broken.json", "1:1"},
		{"run zero.json", "empty"},
		{"run data.csv", "this is CSV, not a collection"},
		{"run page.html", "this is a web page, not a collection"},
		{"run keys.env", "this is a file of KEY=value lines, not a collection"},
		{"run .", "."},
		{"run empty.json -e c.json", "collection, not an environment"},
		{"run empty.json -e object.json", `no "values" list`},
		{"run empty.json -e list.json", "no variables"},
		{"run empty.json -e text.json", "text.json"},
		{"run empty.json -e zero.json", "empty"},
		{"run empty.json -e data.csv", "data.csv"},
		{"run empty.json -e keys.env", "keys.env"},
		{"run empty.json -g c.json", "collection"},
		{"run empty.json -g page.html", "page.html"},
		{"run empty.json -d c.json", "collection, not iteration data"},
		{"run empty.json -d e.json", "environment, not iteration data"},
		{"run empty.json -d object.json", "a list of objects"},
		{"run empty.json -d list.json", "no row holds a value"},
		{"run empty.json -d none.json", "has no rows"},
		{"run empty.json -d head.csv", "has no rows"},
		{"run empty.json -d zero.json", "has no rows"},
		{"run empty.json -d text.json", "has no rows"},
		{"run empty.json --cookie-jar c.json", "cookie"},
		{"run empty.json --cookie-jar data.csv", "cookie jar"},
		{"run empty.json --openapi c.json", "a collection, not an OpenAPI file"},
		{"run empty.json --openapi data.csv", "OpenAPI"},
		{"run empty.json --env-file c.json", "a collection, not a file of KEY=value lines"},
		{"run empty.json --vault dotenv:c.json", "KEY=value"},
		{"run empty.json --packages c.json", "not a directory"},
		{"run empty.json --working-dir c.json", "not a directory"},
		{"run empty.json --ssl-client-cert c.json", "no certificate"},
		{"run empty.json --ssl-client-cert-list c.json", "certificate list"},
		{"run empty.json --ssl-extra-ca-certs c.json", "no certificate"},
		{"run empty.json --shard 1/2 --timings list.json", "timings"},
		{"run c.json --shard 1/2 --timings object.json -x", "has no time of a request of this run"},
		{"lint e.json", "not a collection"},
		{"lint object.json", "not a collection"},
		{"list e.json", "not a collection"},
		{"convert e.json --to 3.0 -o x", "not a collection"},
		{"report c.json", "a collection, not the recording of a run"},
		{"merge c.json", "a collection, not the recording of a run"},
		{"explain c.json", "a collection, not the recording of a run"},
		{"golive --product ecom c.json", "a collection, not the recording of a run"},
		{"teardown c.json", "a collection, not the recording of a run"},
		{"check -e c.json", "collection"},
		{"check --rules c.json", "reading the rules"},
	},
	"a place that cannot be written": {
		{"run empty.json --export-environment c.json/x", "exporting the environment"},
		{"run empty.json --export-globals c.json/x", "exporting the globals"},
		{"run empty.json --export-collection c.json/x", "exporting the collection"},
		{"run empty.json --export-cookie-jar c.json/x", "exporting the cookie-jar"},
		{"run empty.json -r junit --reporter-junit-export c.json/x", "writing the junit report"},
		{"convert c.json --to 3.0 -o c.json", "name a place"},
		{"simulate vipps --write-env c.json/x", "writing the environment"},
	},
	"an empty value": {
		{"run empty.json -e ''", "--environment was given an empty value"},
		{"run empty.json -g ''", "empty value"},
		{"run empty.json -d ''", "empty value"},
		{"run empty.json --postman-api-key ''", "empty value"},
		{"run empty.json --run-id ''", "empty value"},
		{"run empty.json --working-dir ''", "empty value"},
		{"run empty.json --include ''", "matches nothing"},
		{"run empty.json -e e.json -e rows.json", "more than once"},
	},
	"words that do not belong": {
		{"", "Usage"},
		{"rnu c.json", "did you mean posthaste run"},
		{"c.json", "posthaste run c.json"},
		{"version now", "takes no arguments"},
		{"completion", "name of a shell"},
		{"completion tcsh", "no completion"},
		{"schema x", "takes no arguments"},
		{"demo --watch", "--watch is an option of posthaste run"},
		{"run - --watch", "standard input"},
		{"run --watch", "no collection"},
		{"run c.json --watch --silen", "did you mean --silent"},
		{"teardown r --watch", "does not take --watch"},
		{"init x", "takes no arguments"},
		{"init", "no collection was named"},
		{"init -c c.json --ci x", "not known"},
		{"init -c e.json --ci none", "environment, not a collection"},
		{"migrate", "the files that call newman"},
		{"migrate data.csv", "nothing of newman"},
		{"migrate nope.sh", "no such file"},
		{"config --silen", "did you mean --silent"},
		{"licenses x", "takes no arguments"},
		{"help nope", "nope"},
		{"run", "no collection was named"},
		{"run empty.json nope.json", "no such file"},
		{"run empty.json -env x", "two dashes"},
		{"run empty.json -j 4", "--parallel"},
		{"run empty.json --jobs 4", "did you mean --parallel"},
		{"run empty.json --env e.json", "did you mean --environment"},
		{"run empty.json --iterations 2", "did you mean --iteration-count"},
		{"simulate vipps --port 8080", "did you mean --addr"},
		{"run empty.json --environmen x", "did you mean --environment"},
		{"demo c.json", "takes none"},
		{"demo -e e.json", "does not take --environment"},
		{"convert c.json", "--to is missing"},
		{"convert c.json --to 3.0", "-o is missing"},
		{"list", "no collection"},
		{"lint", "no collection"},
		{"report", "one file of events"},
		{"merge", "no files of events"},
		{"golive", "checklist"},
		{"teardown", "recording"},
		{"simulate", "vipps"},
		{"check x", "no values on the command line"},
	},
}

// Each mistake is told on standard error, whatever the exit code. The process's clock and streams are those of a test.
func TestNoMistakeIsSilent(t *testing.T) {
	count := 0
	for kind, list := range mistakes {
		t.Run(kind, func(t *testing.T) {
			for _, m := range list {
				count++
				code, said := makeMistake(t, m.args)
				if !regexp.MustCompile(m.says).MatchString(said) {
					t.Errorf("posthaste %s exits with %d and says %q, want %q in it", m.args, code, said, m.says)
				}
				if strings.Contains(said, "top-of-the-pops") {
					t.Errorf("posthaste %s shows a secret: %s", m.args, said)
				}
			}
		})
	}
	t.Logf("%d mistakes were made, none in silence", count)
	if count < 190 {
		t.Errorf("only %d mistakes were made", count)
	}
}

// takesAnything are options of run for which no value is wrong; what is wrong with them is that they are empty.
const takesAnything = " environment globals iteration-data run-id postman-api-key working-dir secret reporters "

// Every option of run is in the table with a wrong value, and every switch refuses one.
func TestEveryOptionRefusesAWrongValue(t *testing.T) {
	var tried strings.Builder
	for _, list := range mistakes {
		for _, m := range list {
			tried.WriteString(" " + m.args + " ")
		}
	}
	all := regexp.MustCompile(`(?m)^ {2,6}(?:-\w, )?--([a-z-]+)( \S+)?`).FindAllStringSubmatch(help(t, "run"), -1)
	if len(all) < 70 {
		t.Fatalf("only %d options were found", len(all))
	}
	for _, option := range all {
		name, takes := option[1], option[2] != ""
		switch {
		case takes && !strings.Contains(takesAnything, " "+name+" ") && !regexp.MustCompile(`--`+name+`[ =]`).MatchString(tried.String()):
			if name != "iteration-count" {
				t.Errorf("no mistake is made with --%s", name)
			}
		case !takes:
			if code, said := makeMistake(t, "run empty.json --"+name+"=maybe"); code != process.ExitUsage || !strings.Contains(said, "--"+name) {
				t.Errorf("--%s=maybe exits with %d and says %q", name, code, said)
			}
		}
	}
}

// makeMistake runs a command line in a folder with the files above and returns its exit code and standard error.
func makeMistake(t *testing.T, line string) (code int, said string) {
	t.Helper()
	dir := t.TempDir()
	for name, text := range mistakenFiles {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	var args []string
	for _, word := range strings.Fields(line) {
		args = append(args, strings.Trim(word, "'"))
	}
	return makeMistakeIn(t, dir, args)
}

// makeMistakeIn runs a command line in a folder, and returns its exit code and standard error.
func makeMistakeIn(t *testing.T, dir string, args []string) (code int, said string) {
	t.Helper()
	var out, errs bytes.Buffer
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second) // what serves would not end
	defer cancel()
	code = Main(ctx, &process.Process{
		Args: args, Env: func(name string) (string, bool) {
			if name == "HOME" || name == "XDG_CACHE_HOME" {
				return dir, true
			}
			return "", false
		},
		Stdin: strings.NewReader(""), Stdout: &out, Stderr: &errs, Width: 80, Dir: dir, Now: time.Now,
	})
	return code, errs.String()
}
