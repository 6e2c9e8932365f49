package main_test

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"posthaste/internal/auth"
	"posthaste/internal/cli"
	"posthaste/internal/cli/process"
	"posthaste/lint"
	"posthaste/reporters"
	"posthaste/script/lib"
)

// A recipe of CONTRIBUTING.md, with what was made by it so far.
type recipe struct {
	members  []string
	exist    []string                 // paths with NAME; each member must have one of them; a * is any text
	mention  []string                 // files in which each member's name must stand
	mentions func(name string) string // how they spell it; nil as it is
}

func recipes(t *testing.T) map[string]recipe {
	t.Helper()
	var rules []string
	for _, r := range lint.Rules() {
		rules = append(rules, r.ID)
	}
	var libraries []string
	for name := range lib.Table() {
		if !strings.HasPrefix(name, "#") && !slices.Contains([]string{"json", "fs", "atob", "btoa", "lodash3"}, name) { // for other libraries, or globals
			libraries = append(libraries, name)
		}
	}
	return map[string]recipe{
		"a reporter": {
			members: reporters.Names(),
			exist:   []string{"reporters/testdata/golden/NAME"},
			mention: []string{"docs/reports.md"}, mentions: func(name string) string { return "## `" + name + "`" },
		},
		"an auth scheme": {
			members: slices.DeleteFunc(auth.Types(), func(typ string) bool { return typ == "noauth" }),
			exist:   []string{"testdata/confirm/auth-NAME*.json"},
			mention: []string{"collection/auth.go", "internal/auth/auth.go", "runner/prepared_test.go"}, mentions: func(name string) string { return `"` + name },
		},
		"a library that scripts may require()": {
			members: libraries,
			mention: []string{"docs/sandbox.md"}, mentions: func(name string) string { return "`require('" + name + "')`" },
		},
		"a rule to lint": {
			members: rules,
			exist:   []string{"testdata/lint/NAME"},
			mention: []string{"docs/lint.md"}, mentions: func(name string) string { return "### " + name + "\n" },
		},
		"rules for check": {
			members: without(slices.DeleteFunc(filesIn(t, "internal/check/rule"), func(name string) bool { return !strings.HasSuffix(name, ".yaml") }), ".yaml"),
			mention: []string{"internal/check/rule/load.go"}, mentions: func(name string) string { return `"` + name + ".yaml" },
		},
		"a command": {
			members: commandNames(t),
			mention: []string{"docs/cli.md"}, mentions: func(name string) string { return "## posthaste " + name + "\n" },
		},
		"an API to the simulator": {
			members: simulatedAPIs(t),
			exist:   []string{"internal/vipps/NAME"},
			mention: []string{"internal/vipps/simulate.go"}, mentions: func(name string) string { return name + ".New(s" },
		},
	}
}

func TestEveryRecipeWasFollowed(t *testing.T) {
	contributing := readText(t, "CONTRIBUTING.md")
	for name, r := range recipes(t) {
		_, section, found := strings.Cut(contributing, "## To add "+name+"\n")
		if !found {
			t.Errorf("CONTRIBUTING.md has no recipe for %s", name)
			continue
		}
		section, _, _ = strings.Cut(section, "\n## ")
		if steps := regexp.MustCompile(`(?m)^\d\. `).FindAllString(section, -1); len(steps) == 0 || len(steps) > 5 {
			t.Errorf("the recipe for %s has %d steps, it may have 5", name, len(steps))
		}
		if len(r.members) == 0 {
			t.Errorf("nothing was ever made by the recipe for %s", name)
		}
		for _, place := range slices.Concat(r.exist, r.mention) {
			if !strings.Contains(section, "`"+strings.ReplaceAll(place, "*", "")+"`") {
				t.Errorf("the recipe for %s does not name %s", name, place)
			}
		}
		for _, place := range regexp.MustCompile("`([a-z./]+/[a-z./_]+)`").FindAllStringSubmatch(section, -1) {
			if _, err := os.Stat(place[1]); err != nil {
				t.Errorf("the recipe for %s names %s, which is not there", name, place[1])
			}
		}
		for _, member := range r.members {
			follow(t, name, r, member)
		}
	}
}

// follow looks for one member of a recipe in all its places.
func follow(t *testing.T, name string, r recipe, member string) {
	t.Helper()
	for _, place := range r.exist {
		if found, err := filepath.Glob(strings.ReplaceAll(place, "NAME", member)); err != nil || len(found) == 0 {
			t.Errorf("%s, %s: there is no %s", name, member, strings.ReplaceAll(place, "NAME", member))
		}
	}
	spelled := member
	if r.mentions != nil {
		spelled = r.mentions(member)
	}
	for _, file := range r.mention {
		if !strings.Contains(readText(t, file)+"\n", spelled) {
			t.Errorf("%s, %s: %s has no %q", name, member, file, spelled)
		}
	}
}

// commandNames are the commands that the help lists.
func commandNames(t *testing.T) []string {
	t.Helper()
	var out bytes.Buffer
	p := &process.Process{
		Args: []string{"--help"}, Stdout: &out, Stderr: &out, Now: time.Now, Dir: t.TempDir(),
		Env: func(string) (string, bool) { return "", false },
	}
	if code := cli.Main(t.Context(), p); code != process.ExitPassed {
		t.Fatalf("the help ends with %d: %s", code, out.String())
	}
	var names []string
	_, list, _ := strings.Cut(out.String(), "\nCommands:\n")
	list, _, _ = strings.Cut(list, "\n\n")
	for _, m := range regexp.MustCompile(`(?m)^  ([a-z]+) `).FindAllStringSubmatch(list, -1) {
		names = append(names, m[1])
	}
	return names
}

// simulatedAPIs are the packages that the simulator is put together of.
func simulatedAPIs(t *testing.T) []string {
	t.Helper()
	var names []string
	for _, m := range regexp.MustCompile(`"posthaste/internal/vipps/(\w+)"`).FindAllStringSubmatch(readText(t, "internal/vipps/simulate.go"), -1) {
		if !slices.Contains([]string{"core", "environment", "fault"}, m[1]) { // what APIs are made with
			names = append(names, m[1])
		}
	}
	return names
}

func filesIn(t *testing.T, folder string) []string {
	t.Helper()
	entries, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

func without(names []string, suffix string) []string {
	var list []string
	for _, name := range names {
		list = append(list, strings.TrimSuffix(name, suffix))
	}
	return list
}
