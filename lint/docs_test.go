package lint

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"posthaste/internal/vipps/facts"
	"posthaste/lint/rule"
)

// docsIntro stands before the rules in docs/lint.md, which is made of it and of the table of rules.
const docsIntro = `# posthaste lint

` + "`posthaste lint COLLECTION [-e ENV] [-g GLOBALS] [-d DATA]`" + ` says what is wrong with a collection before a request is sent. It
needs no network and no account, and reads every format that ` + "`run`" + ` reads.

    $ posthaste lint shop.postman_collection.json -e test.postman_environment.json
    error late-token: List orders
      {{access_token}} is used here, but only set by "Get token", request 3 of 3
      shop.postman_collection.json:25:24
          "value": "Bearer {{access_token}}"
                           ^~~~~~~~~~~~~~~~
      hint: move "Get token" before this request
      also: Get order

    1 error

| option | does |
| --- | --- |
| ` + "`--format text\\|json\\|sarif\\|github`" + ` | for people; for programs; for code scanning; as annotations of GitHub Actions |
| ` + "`--severity error\\|warning\\|info`" + ` | reports nothing milder |
| ` + "`--rule ID`, `--no-rule ID`" + ` | applies only some rules, or not some; may be repeated |
| ` + "`--strict`" + ` | exits with 1 for warnings too |
| ` + "`--fix`" + ` | fixes what is safe to fix, changes nothing else in the file, and reports the rest |
| ` + "`--env-var`, `--global-var`, `--working-dir`" + ` | as with ` + "`run`" + ` |
| ` + "`--openapi FILE\\|DIR\\|URL`" + ` | holds every request against the API's OpenAPI file, as below; may be repeated |
| ` + "`--openapi-formats`, `--openapi-remote`" + ` | as with ` + "`run`" + ` |
| ` + "`--list-rules`" + ` | prints the rules |

Exit codes: 0 no finding of severity error, 1 findings, 2 wrong usage or a file that cannot be read.

Give the environment that the collection runs with: without one, lint cannot know which variables nobody sets, and
says on standard error which ones an environment has to have.

## Saying that something is meant to be so

* In a script: ` + "`// posthaste-lint-ignore RULE`" + ` in the line or in the line above it.
* In the description of a request, a folder, the collection, or a variable of the environment: a line
  ` + "`lint-ignore: RULE, RULE`" + `. It holds for everything below. ` + "`all`" + ` is every rule.
* In ` + "`posthaste.yaml`" + `:

      lint:
        rules:
          no-assertion: off      # or error, warning, info
        ignore:
          - rule: duplicate-name # without a rule: every rule
            path: Orders / List  # a folder or request; without a path: everywhere

## What it knows of scripts

It reads them without running them: constants, names of variables and of fields are followed through declarations and
assignments, conditions only where they ask for the status. So it knows what a script may do, not what it will do: where
something is computed, it keeps quiet. Requests run in the order of the file, but for jumps back by setNextRequest, which
are followed.

## With the OpenAPI file

    posthaste lint shop.json --openapi shop.yaml

holds every request against the file, without sending it: the rules ` + "`openapi-…`" + `. Which file is about which request, and ` + "`FILE=https://host/base`" + `,
are as in [contract](openapi.md). What is not known before a run fits everything: variables that a script sets or that
no file gives, dynamic variables, columns of data, values of secrets. A finding names the place in the collection, and behind ` + "`openapi:`" + ` the line of the OpenAPI file
that asks for it; ` + "`sarif`" + ` has that as a related location, ` + "`json`" + ` in ` + "`openapi`" + `.

## How often it is right

Measured on 30 November 2026, without environments, with public collections of other people: 71 chosen for it, from many fields, 55 of
them with scripts; 42 of public repositories that had been looked at before; 99 files out of packages of npm, and 32 more that had been
held out. All that every rule found in them was judged by reading the collection, 307 findings: true is what its author would act on or
be glad to know. ` + "`" + `lint/testdata/judged.tsv` + "`" + ` has each of them in our words, with the verdict and why. The figures on the left are
those of the rules as they were; what was false was then silenced by class, and what lint had missed was added, so the figures on the
right say how the rules do on what they were made better with.

PRECISION
Of the 73 findings in the collections that nobody had looked at before, 69 were true as the rules were, 94 in 100: that is the figure
to expect. Sixty-one of the findings of url-parts are of one collection. The other rules found nothing.

False were: a body that is broken on purpose, since its test wants 400; a demonstration key, and a token that says of itself to be
nobody's; a value that a request both sends and sets, whose first one only the environment of the run can give; a file that is there
when one starts in the directory of its project, which is "info" now and says which that is. Two requests of one name are "info" too,
unless a script jumps to the name.

Missed were, and are found now: a text that asks for a credential in a header, an auth or a variable (` + "`" + `Bearer YOUR_TOKEN` + "`" + `,
` + "`" + `change-me` + "`" + `); a session in a Cookie header. Missed still: a name that a script uses and nobody declares, a comparison that an
answer of another type makes always false, a variable that two requests set for different users, an address that is wrong but
well-formed, a variable whose value names itself; and, when no environment is given, a variable read from a scope that does not have it.

A rule that is right less than nine times in ten is to be off or "info".

## The rules

`

// documentation is docs/lint.md.
func documentation() string {
	var b strings.Builder
	list, err := judgements()
	if err != nil {
		return err.Error()
	}
	b.WriteString(strings.Replace(docsIntro, "PRECISION\n", precision(list)+"\n", 1))
	b.WriteString("| rule | severity | --fix | finds |\n| --- | --- | --- | --- |\n")
	for _, r := range rule.All() {
		fixes := ""
		if r.Fixes {
			fixes = "yes"
		}
		fmt.Fprintf(&b, "| [`%s`](#%s) | %s | %s | %s |\n", r.Id, r.Id, r.Severity, fixes, r.About)
	}
	for _, r := range rule.All() {
		fmt.Fprintf(&b, "\n### %s\n\n%s\n", r.Id, r.About)
		if r.Doc != "" {
			fmt.Fprintf(&b, "%s\n", r.Doc)
		}
	}
	return b.String()
}

func TestDocumentationIsThatOfTheTable(t *testing.T) {
	const name = "../docs/lint.md"
	if f := flag.Lookup("update"); f != nil && f.Value.String() == "true" {
		if err := os.WriteFile(name, []byte(documentation()), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(strings.ReplaceAll(string(data), "\r\n", "\n"), documentation()); diff != "" {
		t.Errorf("%s is out of date (-), go test ./lint -update writes it (+):\n%s", name, diff)
	}
}

func TestRulesAreWellFormed(t *testing.T) {
	seen := map[string]bool{}
	for _, r := range rule.All() {
		if r.Id == "" || seen[r.Id] || r.About == "" || r.Doc == "" || r.Check == nil {
			t.Errorf("rule %q lacks something, or stands twice", r.Id)
		}
		if !strings.HasSuffix(r.About, ".") || strings.Count(r.About, ".") > 1 {
			t.Errorf("rule %s: not one sentence: %s", r.Id, r.About)
		}
		seen[r.Id] = true
	}
}

func TestAnswersTableIsSound(t *testing.T) {
	var table []struct {
		Method, Path, Why string
		Status            []int
		Fields            []string
	}
	if err := json.Unmarshal(facts.Answers(), &table); err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, a := range table {
		key := a.Method + " " + a.Path
		if seen[key] || a.Why == "" || len(a.Status) == 0 || !strings.HasPrefix(a.Path, "/") {
			t.Errorf("%s stands twice or lacks something", key)
		}
		seen[key] = true
		for _, code := range a.Status {
			if code < 200 || code > 299 {
				t.Errorf("%s: %d is no success", key, code)
			}
		}
	}
}
