package licence

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

const remedy = "run `make licences` and commit internal/licence/licences.txt"

var root = filepath.Join("..", "..")

func TestTextStartsWithOurs(t *testing.T) {
	ours, err := os.ReadFile(filepath.Join(root, "LICENSE"))
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(Text(), string(ours)) {
		t.Errorf("Text() does not start with LICENSE: %s", remedy)
	}
}

// What this machine's platform links must be there; what the file has beyond that (another platform's modules)
// must still be in go.mod.
func TestTextFollowsDependencies(t *testing.T) {
	if _, err := exec.LookPath("go"); err != nil {
		t.Skip("skipped: go is not in PATH")
	}
	listed := headings(t)
	const format = "{{with .Module}}{{if not .Main}}{{.Path}} {{.Version}}{{end}}{{end}}"
	list := exec.CommandContext(t.Context(), "go", "list", "-e", "-deps", "-f", format, "./...")
	list.Dir = root
	out, err := list.Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	for line := range strings.Lines(string(out)) {
		if line = strings.TrimSpace(line); line != "" && !listed[line] {
			t.Errorf("no licence of %s: %s", line, remedy)
			listed[line] = true // once is enough
		}
	}

	mod, err := os.ReadFile(filepath.Join(root, "go.mod"))
	if err != nil {
		t.Fatal(err)
	}
	for module := range listed {
		if !regexp.MustCompile(`(?m)\b` + regexp.QuoteMeta(module) + `( //.*)?$`).Match(mod) {
			t.Errorf("%s is listed and go.mod has it no more: %s", module, remedy)
		}
	}
}

// headings finds the modules in the text, as "path version".
func headings(t *testing.T) map[string]bool {
	t.Helper()
	found := map[string]bool{}
	for _, m := range regexp.MustCompile(`(?m)^={80}\n(\S+ v\S+)\n\S+\n={80}$`).FindAllStringSubmatch(Text(), -1) {
		found[m[1]] = true
	}
	if !strings.Contains(Text(), "The Go standard library and runtime\nLICENSE\n") {
		t.Errorf("Go's own licence is missing: %s", remedy)
	}
	return found
}
