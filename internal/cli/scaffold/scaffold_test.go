package scaffold

import (
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"
)

// Every job is YAML where it should be, names the project's files and no file of the example.
func TestJobsNameTheFiles(t *testing.T) {
	for _, system := range Systems() {
		for name, opt := range map[string]Options{
			"plain":                  {Collection: "api/c.json", Environment: "api/e.json"},
			"blanks":                 {Collection: "my api.json", Environment: "my env (test).json"},
			"without an environment": {Collection: "c.json"},
			"one that is made":       {Collection: "api/c.json", Variables: []string{"baseUrl", "client_secret"}},
		} {
			opt.CI = system
			files, err := Plan(opt)
			if err != nil {
				t.Fatalf("%s, %s: %v", system, name, err)
			}
			last := files[len(files)-1]
			if system == "none" {
				if last.Path != ".gitignore" {
					t.Errorf("none: the last file is %s", last.Path)
				}
				continue
			}
			if strings.Contains(last.Text, "tests/api") || !strings.Contains(last.Text, opt.Collection) || !strings.Contains(last.Text, opt.Environment) {
				t.Errorf("%s, %s:\n%s", system, name, last.Text)
			}
			if strings.HasSuffix(last.Path, ".yml") {
				var document map[string]any
				if err := yaml.Unmarshal([]byte(last.Text), &document); err != nil {
					t.Errorf("%s, %s: %v\n%s", system, name, err, last.Text)
				}
			}
		}
	}
}

func TestWhatIsRefused(t *testing.T) {
	for _, opt := range []Options{{Collection: "a'b.json", CI: "none"}, {Collection: "$(id).json", CI: "github"}, {Collection: "c.json", CI: "cobbler"}} {
		if _, err := Plan(opt); err == nil {
			t.Errorf("%+v is taken", opt)
		}
	}
}

// Variables that are named like secrets have the type that masks them, and no variable has a value.
func TestTheEnvironmentHoldsNoSecret(t *testing.T) {
	files, err := Plan(Options{Collection: "c.json", Variables: []string{"baseUrl", "client_secret"}, CI: "none"})
	if err != nil {
		t.Fatal(err)
	}
	text := strings.Join(strings.Fields(files[0].Text), " ")
	for _, want := range []string{`"key": "baseUrl", "value": "", "type": "default"`, `"key": "client_secret", "value": "", "type": "secret"`} {
		if !strings.Contains(text, want) {
			t.Errorf("%s is not in %s", want, text)
		}
	}
}

func TestLinesThatAreMissing(t *testing.T) {
	if got := Missing("a\nb\n", "b\nc\n"); got != "c\n" {
		t.Errorf("Missing = %q", got)
	}
}
