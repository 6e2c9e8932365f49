package cli

import (
	"regexp"
	"strings"
	"testing"

	"posthaste/internal/cli/process"
)

// A line of each command that it takes, to which an option with a wrong value is added.
var rightLines = map[string]string{
	"run": "run c.json -x", "list": "list c.json", "convert": "convert c.json --to 3.0 -o out", "report": "report run.ndjson", "merge": "merge run.ndjson",
	"generate": "generate --openapi openapi.yaml -o out", "coverage": "coverage --openapi openapi.yaml run.ndjson", "teardown": "teardown run.ndjson",
	"golive": "golive --product epayment run.ndjson", "explain": "explain run.ndjson", "demo": "demo", "check": "check --offline --env-file .env",
	"lint": "lint c.json", "simulate": "simulate vipps", "init": "init -c c.json --ci none", "migrate": "migrate ci.sh", "config": "config",
	"schema": "schema", "completion": "completion bash", "version": "version", "licenses": "licenses",
}

// A wrong value of each kind of option, by what help shows for the value. A file that is to be written has another one.
var wrongValues = map[string]string{
	"FILE": "no-such-file", "FILE|URL": "no-such-file", "FILE|DIR|URL": "no-such-file", "DIR": "no-such-dir", "PATH": "c.json/x", "N": "x", "N/s": "x", "N/M": "x",
	"TIME": "soon", "SIZE": "x", "KEY=VALUE": "no-value", "ADDRESS": "here", "GLOB": "Nope/**", "REGEXP": "(", "TAG": "nope", "NAME": "Nope", "LIMIT": "nonsense",
	"FROM=TO": "x", "SOURCE": "env:NO_SUCH", "ROWS": "x", "NAME=FILE": "x", "[NAMES]": "nonsense", "[TIME]": "soon", "URL": "::", "FAULT": "x", "RULE": "x",
	"simulated": "nonsense", "KEY": "", "TEXT": "", "[folder|failure]": "yes",
}

// Options whose file is written.
const writtenFiles = " output export-environment export-globals export-collection export-cookie-jar record log write-env "

// Options of a line of its own, because the wrong value does not show in that of rightLines.
var ownLines = map[string]string{
	"run --openapi-baseline": "run c.json -x --openapi openapi.yaml", "report --openapi-baseline": "report run.ndjson --openapi openapi.yaml",
	"merge --openapi-baseline": "merge run.ndjson --openapi openapi.yaml", "merge --timings": "merge run.ndjson",
	"simulate --openapi-remote": "simulate openapi.yaml", "simulate --listen-url": "simulate vipps --listen 127.0.0.1:0", "run --data-rows": "run c.json -x -d rows.csv", "run --retry-on": "run c.json -x --retry 1",
	"run --retry-delay": "run c.json -x --retry 1", "run --retry-backoff": "run c.json -x --retry 1",
	"run --timings": "run c.json -x --shard 1/2", "run --listen-url": "run c.json -x --listen 127.0.0.1:0",
}

// Options that take any value, and why.
var anyValue = map[string]string{
	"run-id": "it is a name that the user makes up", "postman-api-key": "only the Postman API knows", "ssl-client-passphrase": "it needs --ssl-client-cert, which is said",
}

// TestNoOptionTakesAWrongValueInSilence goes through the options of every command, as its help lists them: an option that is added
// is tried. A wrong value is named on standard error, or its option is; a switch takes no value.
func TestNoOptionTakesAWrongValueInSilence(t *testing.T) {
	dir := filesOfEveryKind(t)
	tried := 0
	for _, c := range commands() {
		line, ok := rightLines[c.name]
		if !ok {
			t.Errorf("no mistake is made with the options of posthaste %s", c.name)
			continue
		}
		for _, option := range optionsOf(t, c.name) {
			name, takes := option[0], option[1]
			wrong := wrongValue(t, c.name, name, takes)
			if wrong == "" {
				continue
			}
			args := strings.Fields(line)
			if own := ownLines[c.name+" --"+name]; own != "" {
				args = strings.Fields(own)
			}
			tried++
			args = append(args, "--"+name+"="+wrong)
			code, said := makeMistakeIn(t, dir, args)
			told := strings.Contains(said, "--"+name) || strings.Contains(said, strings.TrimSuffix(wrong, "/x")) || strings.Contains(said, "no request of the collection matches") ||
				strings.Contains(said, "need --openapi") || c.name == "teardown" && code == process.ExitUsage // its recording is refused first; the options are those of run
			if !told {
				t.Errorf("posthaste %q exits with %d and says neither --%s nor %s: %q", args, code, name, wrong, said)
			}
			if takes == "" && code != process.ExitUsage {
				t.Errorf("posthaste %q exits with %d, want %d", args, code, process.ExitUsage)
			}
		}
	}
	t.Logf("%d options were given a wrong value", tried)
	if tried < 250 {
		t.Errorf("only %d options were found", tried)
	}
}

// optionsOf lists the options of a command with what help shows for their value, "" for a switch. Help is made of the flag set.
func optionsOf(t *testing.T, command string) (list [][2]string) {
	t.Helper()
	for _, m := range regexp.MustCompile(`(?m)^ {2,6}(?:-\w, )?--([a-z][a-z-]+)(?: (\S+))?`).FindAllStringSubmatch(help(t, command), -1) {
		list = append(list, [2]string{m[1], m[2]})
	}
	return list
}

// wrongValue is a value that an option must not take, "" where it takes any.
func wrongValue(t *testing.T, command, name, takes string) string {
	t.Helper()
	switch wrong, known := wrongValues[takes]; {
	case takes == "":
		return "maybe"
	case anyValue[name] != "":
		return ""
	case strings.HasPrefix(takes, "FILE") && (strings.Contains(writtenFiles, " "+name+" ") || command == "merge" && name == "timings"):
		return "c.json/x"
	case known:
		return wrong
	case strings.Contains(takes, "|"):
		return "nonsense"
	}
	t.Errorf("posthaste %s --%s takes %s, and no wrong value of that is known: add one", command, name, takes)
	return ""
}
