package cli

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/spf13/pflag"
	"go.yaml.in/yaml/v3"

	"posthaste/internal/cli/manual"
	"posthaste/internal/cli/option"
	"posthaste/internal/cli/process"
)

// Files of options, and whether they are right.
var configurations = map[string]struct {
	file  string
	right bool
}{
	"nothing":                        {"", true},
	"what the page shows":            {pageExample(), true},
	"newman's names":                 {"iterationCount: 2\ntimeoutRequest: 500\n", true},
	"a list for a text":              {"env-var: region=eu\n", true},
	"a mapping of variables":         {"env-var: {region: eu, n: 5}\n", true},
	"a mapping for a report":         {"report: {junit: r.xml}\n", true},
	"a fence":                        {"fence: [api.example.com, 127.0.0.1]\n", true},
	"a duration with a unit":         {"timeout: 2m\n", true},
	"a switch":                       {"strict: true\nsilent: false\n", true},
	"bail as a switch and as a word": {"bail: folder\n", true},
	"what JUnit looks like":          {"reporter: {junit: {export: a.xml, layout: flat}}\n", true},
	"a severity":                     {"lint: {rules: {no-assertion: off}, ignore: [{rule: no-assertion, path: Pay/**}]}\n", true},
	"an unknown key":                 {"enviro: x\n", false},
	"a word that is not a number":    {"parallel: many\n", false},
	"a negative number":              {"parallel: -1\n", false},
	"a word that is not one of them": {"color: red\n", false},
	"a word for a switch":            {"strict: maybe\n", false},
	"a mapping for a text":           {"grep: {a: b}\n", false},
	"a list in a list":               {"env-var: [[a=b]]\n", false},
	"a key without a value":          {"environment:\n", false},
	"a list for a switch":            {"strict: [true]\n", false},
	"options of a reporter as text":  {"reporter: junit\n", false},
	"a list for a file":              {"- environment\n", false},
	"a collection that is no text":   {"collection: [a, b]\n", false},
}

// pageExample is the posthaste.yaml that the page about configuration shows.
func pageExample() string {
	markdown, _ := manual.Topic("configuration")
	_, block, _ := strings.Cut(markdown, "\n    collection:")
	block, _, _ = strings.Cut("    collection:"+block, "\n\n")
	return strings.ReplaceAll("\n"+block, "\n    ", "\n")[1:] + "\n"
}

// The schema and the program agree on what is right. The schema is applied by the ajv that scripts have.
func TestTheSchemaAgreesWithTheProgram(t *testing.T) {
	schema := makeHelp(t, "schema")
	var script []string
	script = append(script, "const Ajv = require('ajv'); const schema = "+schema+"; delete schema.$schema; const valid = new Ajv().compile(schema);")
	for name, c := range configurations {
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, "posthaste.yaml"), []byte(c.file), 0o600); err != nil {
			t.Fatal(err)
		}
		var out strings.Builder
		code := Main(t.Context(), &process.Process{
			Args: []string{"config"}, Env: noEnv, Stdin: strings.NewReader(""), Stdout: &out, Stderr: &out, Width: 80, Dir: dir, Now: time.Now,
		})
		if (code == process.ExitPassed) != c.right {
			t.Errorf("%s: posthaste config exits with %d: %s", name, code, out.String())
		}
		if !c.right && !strings.Contains(out.String(), "posthaste.yaml:1:") {
			t.Errorf("%s: the error names no place: %s", name, out.String())
		}
		var value any
		if err := yaml.Unmarshal([]byte(c.file), &value); err != nil {
			t.Fatal(err)
		}
		if value == nil {
			value = map[string]any{}
		}
		document, err := json.Marshal(value)
		if err != nil {
			t.Fatal(err)
		}
		script = append(script, fmt.Sprintf("pm.test(%q, () => pm.expect(valid(%s), JSON.stringify(valid.errors)).to.equal(%v));", name, document, c.right))
	}
	collection := map[string]any{"info": map[string]any{"name": "schema"}, "item": []any{map[string]any{
		"name": "A", "request": "http://127.0.0.1:1/", "event": []any{map[string]any{"listen": "prerequest", "script": map[string]any{"exec": script}}},
	}}}
	data, err := json.Marshal(collection)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "c.json"), data, 0o600); err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	Main(t.Context(), &process.Process{
		Args: []string{"run", "c.json", "-o", "tap=r.tap"}, Env: noEnv, Stdin: strings.NewReader(""), Stdout: &out, Stderr: &out, Width: 200, Dir: dir, Now: time.Now,
	})
	tap, err := os.ReadFile(filepath.Join(dir, "r.tap"))
	if err != nil {
		t.Fatalf("%v: %s", err, out.String())
	}
	passed := 0
	for name := range configurations {
		for line := range strings.Lines(string(tap)) {
			line = strings.TrimSpace(line)
			if !strings.Contains(line, name) {
				continue
			}
			if strings.HasPrefix(line, "not ok") {
				t.Errorf("ajv sees it otherwise: %s", line)
			} else if strings.HasPrefix(line, "ok") {
				passed++
			}
			break
		}
	}
	if passed != len(configurations) && !t.Failed() {
		t.Errorf("%d of %d were tried by ajv:\n%s", passed, len(configurations), tap)
	}
}

// docs/configuration.md lists every key, as help explains the options.
func TestTheConfigurationPageIsTrue(t *testing.T) {
	markdown, _ := manual.Topic("configuration")
	var page strings.Builder
	page.WriteString(markdown)
	page.WriteString("\n## Keys\n\n`make golden` writes this section from the options of `posthaste run`. A key takes one value, or a list where the table says so. A key whose value has a `=` also takes a mapping.\n")
	d := runDescription(t.Context(), &process.Process{Env: noEnv})
	heading := ""
	d.Flags.VisitAll(func(f *pflag.Flag) {
		if f.Hidden {
			return
		}
		if group := option.GroupOf(f); group != heading {
			heading = group
			page.WriteString("\n### " + group + "\n\n| key | value | what it does |\n| --- | --- | --- |\n")
		}
		value, text := option.Usage(f)
		if value == "" {
			value = "true|false"
		}
		fmt.Fprintf(&page, "| `%s` | `%s` | %s |\n", f.Name, strings.ReplaceAll(value, "|", "` `"), strings.ReplaceAll(text, "may be repeated", "may be a list"))
	})
	page.WriteString("\n`fence` is another name for `allow-host`. [lint.md](lint.md) explains `lint`.\n")
	path := filepath.Join("..", "..", "docs", "configuration.md")
	if *update {
		if err := os.WriteFile(path, []byte(page.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), page.String()); diff != "" {
		t.Errorf("docs/configuration.md (-) and the options (+) differ; make golden rewrites it:\n%s", diff)
	}
}
