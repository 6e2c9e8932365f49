package lint_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"io/fs"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"posthaste/collection"
	"posthaste/lint"
	"posthaste/lint/subject"
)

// check lints a collection given as text; environments follow it.
func check(t *testing.T, opt subject.Options, text string, environments ...string) []subject.Finding {
	t.Helper()
	texts := map[string]string{"c.json": text}
	c, err := collection.Parse("c.json", []byte(text), collection.Options{})
	if err != nil {
		t.Fatal(err)
	}
	var list []*collection.Environment
	for _, text := range environments {
		texts["e.json"] = text
		env, err := collection.ParseEnvironment("e.json", []byte(text), collection.Options{})
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, env)
	}
	if opt.Source == nil {
		opt.Source = func(name string) ([]byte, error) {
			if text, ok := texts[name]; ok {
				return []byte(text), nil
			}
			return nil, fs.ErrNotExist
		}
	}
	return lint.Check(c, list, opt)
}

// summary is a line for each finding: severity, rule, place, name.
func summary(found []subject.Finding) string {
	var lines []string
	for _, f := range found {
		lines = append(lines, strings.TrimSpace(f.Severity.String()+" "+f.Rule+" "+lint.Place(f)+" "+f.Name))
	}
	return strings.Join(lines, "\n")
}

const twoProblems = `{"info": {"name": "c"}, "item": [
 {"name": "f", "item": [
  {"name": "a", "request": {"url": "http://h/x", "method": "GET", "header": [{"key": "Accept ", "value": "x"}]},
   "event": [{"listen": "test", "script": {"exec": [
    "pm.test('x', () => {});",
    "pm.test('y', () => { pm.response.to.be.ok; });"]}}]}]}]}`

func TestIgnoring(t *testing.T) {
	const blank, vacuous = "warning blank-in-name c.json:3:86 Accept", "warning vacuous-test c.json:5:14 x"
	replace := func(old, next string) string { return strings.Replace(twoProblems, old, next, 1) }
	tests := map[string]struct {
		text string
		opt  subject.Options
		want string
	}{
		"nothing ignored":               {twoProblems, subject.Options{}, blank + "\n" + vacuous},
		"in the request's description":  {replace(`"method"`, `"description": "It is so.\nlint-ignore: vacuous-test, late-token", "method"`), subject.Options{}, "warning blank-in-name c.json:3:153 Accept"},
		"in the folder's description":   {replace(`{"name": "f",`, `{"name": "f", "description": "lint-ignore: blank-in-name",`), subject.Options{}, vacuous},
		"everything, in the collection": {replace(`"name": "c"`, `"name": "c", "description": "lint-ignore: all"`), subject.Options{}, ""},
		"in a comment behind":           {replace("{});", "{}); // posthaste-lint-ignore vacuous-test"), subject.Options{}, blank},
		"in a comment above":            {replace(`"pm.test('x'`, `"// posthaste-lint-ignore vacuous-test: later", "pm.test('x'`), subject.Options{}, blank},
		"another rule in a comment":     {replace("{});", "{}); // posthaste-lint-ignore late-token"), subject.Options{}, blank + "\n" + vacuous},
		"a path in the options":         {twoProblems, subject.Options{Ignore: []subject.Ignored{{Rule: "vacuous-test", Path: "f"}}}, blank},
		"another path in the options":   {twoProblems, subject.Options{Ignore: []subject.Ignored{{Path: "f / b"}}}, blank + "\n" + vacuous},
		"only one rule":                 {twoProblems, subject.Options{Rules: []string{"blank-in-name"}}, blank},
		"without one rule":              {twoProblems, subject.Options{Without: []string{"blank-in-name"}}, vacuous},
		"another severity":              {twoProblems, subject.Options{Severities: map[string]subject.Severity{"blank-in-name": subject.Info}, Least: subject.Warning}, vacuous},
		"only errors":                   {twoProblems, subject.Options{Least: subject.Error}, ""},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(summary(check(t, tt.opt, tt.text)), tt.want); diff != "" {
				t.Errorf("got (-), want (+):\n%s", diff)
			}
		})
	}
}

func TestIgnoringAVariableOfTheEnvironment(t *testing.T) {
	const c = `{"info": {"name": "c", "description": "lint-ignore: no-assertion"}, "item": [{"name": "a", "request": "http://h/{{k}}"}]}`
	got := summary(check(t, subject.Options{}, c, `{"values": [{"key": "k", "value": "", "description": "lint-ignore: placeholder"}]}`))
	if got != "" {
		t.Errorf("got %s, want nothing", got)
	}
	got = summary(check(t, subject.Options{}, c, `{"values": [{"key": "k", "value": ""}]}`))
	if want := "warning placeholder e.json:1:35 k"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestWithoutTheTextPlacesAreThoseOfTheModel(t *testing.T) {
	got := check(t, subject.Options{Source: func(string) ([]byte, error) { return nil, errors.New("gone") }}, twoProblems)
	if want := "warning blank-in-name c.json:3:3 Accept\nwarning vacuous-test c.json:5:13 x"; summary(got) != want {
		t.Errorf("got\n%s\nwant\n%s", summary(got), want)
	}
}

func TestJumpsBackChangeWhatComesBefore(t *testing.T) {
	item := func(name, url, script string) string {
		quoted, err := json.Marshal(script)
		if err != nil {
			t.Fatal(err)
		}
		return `{"name": "` + name + `", "request": "` + url + `", "event": [{"listen": "test", "script": {"exec": ` + string(quoted) + `}}]}`
	}
	collect := func(items ...string) string {
		return `{"info": {"name": "c", "description": "lint-ignore: no-assertion"}, "item": [` + strings.Join(items, ",") + `]}`
	}
	const sets = "pm.environment.set('id', 1);"
	tests := map[string]struct{ text, want string }{
		"no jump":                   {collect(item("use", "http://h/{{id}}", ""), item("set", "http://h", sets)), "late-variable"},
		"back to the use":           {collect(item("use", "http://h/{{id}}", ""), item("set", "http://h", sets+"postman.setNextRequest('use')")), ""},
		"back to a computed target": {collect(item("use", "http://h/{{id}}", ""), item("set", "http://h", sets+"postman.setNextRequest(x)")), ""},
		"back to behind the use":    {collect(item("use", "http://h/{{id}}", ""), item("b", "http://h", ""), item("set", "http://h", sets+"postman.setNextRequest('b')")), "late-variable"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			got := ""
			for _, f := range check(t, subject.Options{}, tt.text) {
				got += f.Rule
			}
			if got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func TestNeeds(t *testing.T) {
	c, err := collection.Parse("c.json", []byte(`{"info": {"name": "c"}, "variable": [{"key": "b", "value": "{{host}}/x"}], "item": [
		{"name": "a", "request": {"url": "{{b}}/{{id}}/{{$guid}}", "header": [{"key": "A", "value": "{{key}}"}]},
		 "event": [{"listen": "prerequest", "script": {"exec": "pm.variables.set('id', 1)"}}]}]}`), collection.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(lint.Needs(c, subject.Options{}), []string{"host", "key"}); diff != "" {
		t.Errorf("got (-), want (+):\n%s", diff)
	}
}

// No secret stands in what is shown, be the finding about it or about its line.
func TestSecretsAreMasked(t *testing.T) {
	const value = "q7Vd0zT4mB9xLr2K"
	found := check(t, subject.Options{}, `{"info": {"name": "c"}, "item": [{"name": "a", "request": {"url": {"raw": "http://h?token=`+value+`", "host": ["h"],
		"query": [{"key": "token", "value": "`+value+`"}]}, "header": [{"key": "X-Api-Key ", "value": "`+value+`"}]}}]}`)
	var all bytes.Buffer
	for _, err := range []error{
		lint.WriteText(&all, found, lint.Style{}), lint.WriteJSON(&all, found), lint.WriteGitHub(&all, found), lint.WriteSARIF(&all, found, "1"),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	if strings.Contains(all.String(), value) {
		t.Errorf("the secret is shown:\n%s", all.String())
	}
	if !strings.Contains(all.String(), "******") {
		t.Error("nothing is masked")
	}
}

func TestFormats(t *testing.T) {
	f := readFolder(t, casesDir+"/late-variable/bad")
	found := f.check()
	f = readFolder(t, casesDir+"/script-syntax/bad")
	found = append(found, f.check()...)
	for name, write := range map[string]func(*bytes.Buffer) error{
		"json":   func(b *bytes.Buffer) error { return lint.WriteJSON(b, found) },
		"github": func(b *bytes.Buffer) error { return lint.WriteGitHub(b, found) },
		"sarif":  func(b *bytes.Buffer) error { return lint.WriteSARIF(b, found, "test") },
		"ansi": func(b *bytes.Buffer) error {
			return lint.WriteText(b, found, lint.Style{Colour: true, Unicode: true, Width: 60})
		},
	} {
		t.Run(name, func(t *testing.T) {
			var b bytes.Buffer
			if err := write(&b); err != nil {
				t.Fatal(err)
			}
			golden(t, "testdata/"+name+".golden", b.Bytes())
		})
	}
}

func TestNothingIsFoundInWords(t *testing.T) {
	var b bytes.Buffer
	if err := lint.WriteText(&b, nil, lint.Style{}); err != nil || b.String() != "no findings\n" {
		t.Errorf("got %q, %v", b.String(), err)
	}
	b.Reset()
	if err := lint.WriteJSON(&b, nil); err != nil || b.String() != "{\n  \"findings\": []\n}\n" {
		t.Errorf("got %q, %v", b.String(), err)
	}
}
