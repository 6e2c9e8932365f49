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

` + "`posthaste lint COLLECTION [-e ENV] [-g GLOBALS] [-d DATA]`" + ` finds mistakes in a collection before a request is sent. It
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

| option | what it does |
| --- | --- |
| ` + "`--format text\\|json\\|sarif\\|github`" + ` | the format of the result: for people, for programs, for code scanning, as annotations of GitHub Actions |
| ` + "`--severity error\\|warning\\|info`" + ` | reports only findings of this severity or a higher one |
| ` + "`--rule ID`, `--no-rule ID`" + ` | uses only this rule, or all rules except this one; may be repeated |
| ` + "`--strict`" + ` | exits with 1 also if there are only warnings |
| ` + "`--fix`" + ` | fixes what can be fixed safely, changes nothing else in the file, and reports the other findings |
| ` + "`--env-var`, `--global-var`, `--working-dir`" + ` | as with ` + "`run`" + ` |
| ` + "`--openapi FILE\\|DIR\\|URL`" + ` | checks every request against the API's OpenAPI file, see below; may be repeated |
| ` + "`--openapi-formats`, `--openapi-remote`" + ` | as with ` + "`run`" + ` |
| ` + "`--list-rules`" + ` | prints the rules |

Exit codes: 0 no finding of severity error, 1 at least one such finding, 2 wrong usage or a file that cannot be read.

Give lint the environment that the collection runs with. Without an environment, lint cannot know which variables have no
value. It then lists on standard error the variables that an environment has to define.

## How to ignore a finding

* In a script: write ` + "`// posthaste-lint-ignore RULE`" + ` in the same line or in the line above.
* In the description of a request, a folder, the collection, or a variable of the environment: write a line
  ` + "`lint-ignore: RULE, RULE`" + `. It applies to everything inside. ` + "`all`" + ` means every rule.
* In ` + "`posthaste.yaml`" + `:

      lint:
        rules:
          no-assertion: off      # or error, warning, info
        ignore:
          - rule: duplicate-name # without a rule: every rule
            path: Orders / List  # a folder or request; without a path: everywhere

## What lint understands of scripts

Lint reads scripts without running them. It follows constants, names of variables and names of fields through declarations
and assignments. It follows conditions only if they test the status. So it knows what a script may do, not what it will do:
it reports nothing about names and values that a script computes. It assumes that requests run in the order of the file, and
follows jumps back by setNextRequest.

## With the OpenAPI file

    posthaste lint shop.json --openapi shop.yaml

checks every request against the file without sending it, with the rules ` + "`openapi-…`" + `. [contract](openapi.md) explains which file a request belongs to, and
` + "`FILE=https://host/base`" + `. A value that is not known before the run fits everything: variables that a script sets or that no file defines, dynamic variables,
columns of data, values of secrets. A finding names the place in the collection, and after ` + "`openapi:`" + ` the line of the OpenAPI file that requires it. In ` + "`sarif`" + ` this line is
a related location, in ` + "`json`" + ` it is in ` + "`openapi`" + `.

## How often it is right

Measured on 30 November 2026, without environments, with public collections of other people: 71 chosen for this test, from many
fields, 55 of them with scripts; 42 of public repositories that had been used before; 99 files from npm packages, and 32 more npm
files that had been kept back until then. We judged all 307 findings by reading the collections. A finding is true if the author of
the collection would act on it or would like to know it. ` + "`" + `lint/testdata/judged.tsv` + "`" + ` lists each finding in our words, with the
judgement and the reason. The column "true at first" is the result of the rules before this test. Then the rules were changed, so
that they no longer report the false findings and do report what they had missed. The column "true since" is the result after
that. It is measured on the same collections that the rules were improved with.

PRECISION
In the collections that had not been used before, 69 of 73 findings (94 in 100) were true before the change. Expect this figure for
your own collections. Sixty-one of the findings of url-parts are in one collection. The rules that are not in the table found nothing.

These findings were false and are no longer reported: a body that is wrong on purpose, because its test expects 400; a key for
demonstrations; a token whose text says that it is not a real one; a value that a request both sends and sets, and whose first value
only the environment can give. A missing file that exists if you start in the directory of its project is now "info", and the finding
names that directory. Two requests with the same name are also "info", unless a script jumps to the name.

These mistakes were missed and are now found: a text that asks for a credential in a header, an auth or a variable
(` + "`" + `Bearer YOUR_TOKEN` + "`" + `, ` + "`" + `change-me` + "`" + `); a session in a Cookie header. These are still missed: a name that a script uses but
nobody declares; a comparison that is always false because the response has another type; a variable that two requests set for
different users; an address that is wrong but well-formed; a variable whose value contains the variable itself; and, if no environment
is given, a variable that a script reads from the wrong scope.

A rule that is right less often than nine times in ten must be off or "info".

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
