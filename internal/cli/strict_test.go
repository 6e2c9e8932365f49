package cli

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
	"testing"

	"posthaste/internal/junittest"
)

// A doubt is a collection that only looks green in one way.
type doubt struct {
	code, subject string
	item          string // the request, with {{sim}} for a server that answers 404 below /nothing
	variables     string // of the collection
	args          []string
	line          int // of the request; 0: the notice has no line
}

func doubts() map[string]doubt {
	test := func(listen, script string) string {
		return fmt.Sprintf(`, "event": [{"listen": %q, "script": {"exec": [%q]}}]`, listen, script)
	}
	ok := `pm.test('ok', () => pm.expect(1).to.equal(1))`
	return map[string]doubt{
		"a name that nobody sets": {
			code: "unresolved", subject: "gone", line: 2,
			item: `{"name": "A", "request": "{{sim}}/orders/1?q={{gone}}"` + test("prerequest", "pm.variables.set('a' + 'b', 1)") + `}`,
		},
		"a value to be filled in":           {code: "placeholder", subject: "key", line: 2, variables: `{"key": "key", "value": "<your key>"}`, item: `{"name": "A", "request": "{{sim}}/orders/1?q={{key}}"}`},
		"an error that no test looked at":   {code: "unasserted", subject: "A, 500", line: 2, item: `{"name": "A", "request": "{{sim}}/broken"}`},
		"a variable set to undefined":       {code: "undefined", subject: "id in A", line: 2, item: `{"name": "A", "request": "{{sim}}/orders/1"` + test("test", ok+"; pm.environment.set('id', pm.response.json().nothing)") + `}`},
		"assertions that never ran":         {code: "silent", subject: `test script of "A"`, line: 2, item: `{"name": "A", "request": "{{sim}}/orders/1"` + test("test", "if (pm.response.code === 0) { pm.test('never', () => {}) }") + `}`},
		"a file that is not there":          {code: "missing", subject: "no.txt", line: 2, item: `{"name": "A", "request": {"method": "PUT", "url": "{{sim}}/orders/1", "body": {"mode": "formdata", "formdata": [{"key": "f", "type": "file", "src": "no.txt"}]}}}`},
		"a setup that matches no request":   {code: "setup", args: []string{"--setup", "Nothing/**"}, item: `{"name": "A", "request": "{{sim}}/orders/1"}`},
		"a name that a script sets late":    {code: "unresolved", subject: "late", line: 2, item: `{"name": "A", "request": "{{sim}}/orders/1?q={{late}}"` + test("test", ok+"; pm.environment.set('late', '1')") + `}`},
		"variables that lead to each other": {code: "unresolved", subject: "b", line: 2, variables: `{"key": "a", "value": "{{b}}"}, {"key": "b", "value": "{{a}}"}`, item: `{"name": "A", "request": "{{sim}}/orders/1?q={{a}}"}`},
	}
}

const allReports = "cli,junit,ctrf,tap,html,markdown,github,azure,teamcity,json,events"

// Every report of a strict run says that it failed, once, with file and line, and every report of the same run without
// --strict that it passed, with a warning. The reports of a recording are those of its run.
func TestWhatStrictFailsOnIsAnOutcomeOfEveryReport(t *testing.T) {
	t.Parallel()
	server := orders(t)
	for name, d := range doubts() {
		for _, strict := range []bool{true, false} {
			t.Run(fmt.Sprintf("%s, strict %v", name, strict), func(t *testing.T) {
				t.Parallel()
				dir := t.TempDir()
				write(t, dir, map[string]string{"c.json": `{"info": {"name": "C"}, "variable": [` + d.variables + `], "item": [` + "\n" + d.item + "\n]}"})
				args := append([]string{"run", "c.json", "--env-var", "sim=" + server.URL, "-r", allReports}, d.args...)
				if strict {
					args = append(args, "--strict")
				}
				code, out, errs := runIn(t, dir, args...)
				agree(t, d, strict, code, out, errs, func(name string) string { return read(t, dir, "posthaste-report/"+name) })
				code, out, errs = runIn(t, dir, "report", "posthaste-report/events.ndjson", "-r", strings.Replace(allReports, ",events", "", 1))
				agree(t, d, strict, code, out, errs, func(name string) string { return read(t, dir, "posthaste-report/"+name) })
				code, out, errs = runIn(t, dir, "merge", "posthaste-report/events.ndjson", "-r", strings.Replace(allReports, ",events", "", 1))
				agree(t, d, strict, code, out, errs, func(name string) string { return read(t, dir, "posthaste-report/"+name) })
			})
		}
	}
}

// agree looks for what every report says of the run.
func agree(t *testing.T, d doubt, strict bool, code int, out, errs string, file func(string) string) {
	t.Helper()
	failed := 0
	if strict {
		failed = 1
	}
	if code != failed {
		t.Fatalf("exit code %d, want %d\n%s%s", code, failed, out, errs)
	}
	place := "c.json"
	if d.line > 0 {
		place = fmt.Sprintf("c.json:%d", d.line)
	}
	says := func(report, text, pattern string) {
		t.Helper()
		if !regexp.MustCompile(pattern).MatchString(text) {
			t.Errorf("the %s report does not say %s:\n%s", report, pattern, text)
		}
	}
	title := "notice " + d.code
	if d.subject != "" {
		title += ": " + d.subject
	}
	if strict {
		says("cli", out, `failed: 1 notice under --strict`)
		says("cli", out, `Failed under --strict\n`)
		says("github", out, `(?m)^::error file=c\.json,(line=[12],)?title=C%3A `+strings.NewReplacer(":", "%3A", ",", "%2C").Replace(regexp.QuoteMeta(title)))
		says("azure", out, `(?m)^##vso\[task\.logissue type=error;sourcepath=c\.json;`)
		says("teamcity", out, `(?m)^##teamcity\[testFailed name='notice `+d.code)
		says("tap", file("tap.tap"), `(?m)^not ok \d+ - C: `+regexp.QuoteMeta(title))
		says("markdown", file("markdown.md"), `## C: ❌ failed\n`)
		says("markdown", file("markdown.md"), `<summary>❌ C: notice `+d.code)
		says("html", file("html.html"), `"verdict":"failed","failed":true`)
		says("html", file("html.html"), `<title>C: failed, 1 request, 1 failure</title>`)
		says("json", file("json.json"), `"failed": true`)
		if d.line > 0 {
			says("cli", out, place)
			says("html", file("html.html"), `"f":"`+place+`","x":true`)
			says("tap", file("tap.tap"), `(?m)^    line: 2$`)
		}
	} else {
		says("cli", out, `1 warning`)
		says("github", out, `(?m)^::warning `)
		says("azure", out, `(?m)^##vso\[task\.logissue type=warning;`)
		says("teamcity", out, `status='WARNING'`)
		says("tap", file("tap.tap"), `(?m)^# warning: `)
		says("markdown", file("markdown.md"), `## C: (✅ passed|⚠️ 1 request, no assertion ran), 1 warning\n`)
		says("html", file("html.html"), `"verdict":"(passed with warnings|no assertion ran)","failed":false,"doubtful":true`)
		says("json", file("json.json"), `"failed": false`)
		for _, text := range []string{file("tap.tap"), out} {
			if strings.Contains(text, "not ok ") || strings.Contains(text, "✖") || strings.Contains(text, "::error") || strings.Contains(text, "type=error") {
				t.Errorf("a run that is not strict shows a failure:\n%s", text)
			}
		}
	}
	root, err := junittest.Parse([]byte(file("junit.xml")))
	if err != nil {
		t.Fatal(err)
	}
	for system, view := range junittest.Views() {
		if got := view(root); len(got) != failed {
			t.Errorf("%s shows %d failures, want %d", system, len(got), failed)
		}
	}
	if failed == 1 && !strings.Contains(file("junit.xml"), `name="`+strings.ReplaceAll(title, `"`, "&#34;")+`"`) {
		t.Errorf("JUnit has no case %q:\n%s", title, file("junit.xml"))
	}
	if failed == 0 && !strings.Contains(file("junit.xml"), `name="run.warnings" value="1"`) {
		t.Errorf("JUnit does not count the warning:\n%s", file("junit.xml"))
	}
	var ctrf struct {
		Results struct {
			Tests []struct {
				Name, Status, FilePath string
				Line                   int
			}
			Summary struct{ Failed int }
			Extra   struct{ Warned int }
		}
	}
	if err := json.Unmarshal([]byte(file("ctrf.json")), &ctrf); err != nil {
		t.Fatal(err)
	}
	if ctrf.Results.Summary.Failed != failed || ctrf.Results.Extra.Warned != 1-failed {
		t.Errorf("CTRF counts %d failures and %d warnings, want %d and %d", ctrf.Results.Summary.Failed, ctrf.Results.Extra.Warned, failed, 1-failed)
	}
	for _, test := range ctrf.Results.Tests {
		if test.Status == "failed" && (test.Name != title || test.FilePath != "c.json" || test.Line != d.line) {
			t.Errorf("CTRF has %+v, want %s at %s", test, title, place)
		}
	}
}
