package rule

import (
	_ "embed" // the example of docs/check.md
	"strings"
	"testing"
)

// ledger is a rules file for an API that does not exist. docs/check.md has the same.
//
//go:embed testdata/ledger.yaml
var ledger string

func TestParseRefuses(t *testing.T) {
	change := func(old, with string) string {
		if !strings.Contains(ledger, old) {
			t.Fatalf("the file has no %q", old)
		}
		return strings.Replace(ledger, old, with, 1)
	}
	tests := map[string]struct{ text, want string }{
		"an empty file":                   {"", "l.yaml:1: the file is empty"},
		"what is no YAML":                 {"api: [", "l.yaml:1: did not find expected node content"},
		"a second document":               {ledger + "---\napi: x\n", "l.yaml: more than one document in the file"},
		"a file without rules":            {"api: x\n", "l.yaml:1: a rules file needs api, environments, values and rules"},
		"a key that is not known":         {change("    blames: [key]", "    blame: [key]"), `l.yaml:25: there is no key "blame" here; did you mean "blames"?`},
		"a key that is far from all":      {change("    blames: [key]", "    zzz: [key]"), `l.yaml:25: there is no key "zzz" here`},
		"a key that stands twice":         {change("    label: API key", "    label: API key\n    label: x"), `mapping key "label" already defined`},
		"text in the place of a list":     {change("blames: [key]", "blames: key"), "l.yaml:25: text is not allowed here, a list is wanted"},
		"a value that does not exist":     {change("blames: [key]", "blames: [secret]"), `l.yaml:25: there is no value "secret"`},
		"a step that does not exist":      {change("    on: [me]", "    on: [you]"), `l.yaml:22: there is no step "you"`},
		"a word that does not exist":      {change("in {env}.", "in {environ}."), "l.yaml:28: there is no word {environ}"},
		"a place of no value":             {change("into {into}", "into {into:secret}"), "l.yaml:29: there is no word {secret}"},
		"a status that is invalid":        {change("['401']", "['4011']"), `l.yaml:23: "4011" is no status, such as "401" or 5xx`},
		"a result that is invalid":        {change("result: wrong", "result: bad"), `l.yaml:24: result "bad" is not one of right, wrong, unclear, odd`},
		"a rule without a source":         {change("    source: ledger.example/docs/errors\n", ""), "l.yaml:21: a rule needs id and source"},
		"a wrong without advice":          {change("    advice: '{portal}, copy {labels} again into {into}.'\n", ""), "l.yaml:21: a rule with result wrong needs verdict and advice"},
		"a pattern that cannot be read":   {change("'^lk_[a-z0-9]{8}$'", "'^lk_[a-z'"), "l.yaml:11: error parsing regexp"},
		"a step that tries what is no id": {change("    method: GET", "    each: secret\n    method: GET"), `l.yaml:16: each names "secret"`},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			_, err := Parse("l.yaml", []byte(test.text))
			if err == nil {
				t.Fatal("it was read")
			}
			if !strings.Contains(err.Error(), test.want) {
				t.Errorf("error = %q, want %q in it", err, test.want)
			}
		})
	}
}

func TestCommonRulesHaveOnlyKnownWords(t *testing.T) {
	rules, err := Vipps()
	if err != nil {
		t.Fatal(err)
	}
	if err := (&loader{rules: rules, file: "all"}).words(); err != nil {
		t.Error(err)
	}
	seen := map[string]bool{}
	for _, rule := range rules.Rules {
		if seen[rule.ID] {
			t.Errorf("rule %s stands twice", rule.ID)
		}
		seen[rule.ID] = true
		if rule.Source == "" {
			t.Errorf("rule %s has no source", rule.ID)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte(ledger))
	f.Fuzz(func(t *testing.T, data []byte) {
		rules, err := Parse("f.yaml", data)
		if (rules == nil) == (err == nil) {
			t.Errorf("rules %v and error %v", rules, err)
		}
	})
}
