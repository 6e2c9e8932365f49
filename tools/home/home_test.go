package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// Under another home every import is found, and nothing names the old one. REQUIRE_HOME=1 compiles the whole tree as well and
// runs its tests of layers and of the library, which takes minutes.
func TestTheTreeIsWholeUnderAnotherHome(t *testing.T) {
	if testing.Short() {
		t.Skip("skipped: short: it copies the whole tree")
	}
	root := copied(t)
	n, err := move(root, "code.test", "Somebody")
	if err != nil || n < 100 {
		t.Fatalf("%d files changed: %v", n, err)
	}
	if again, err := move(root, "code.test", "Somebody"); err != nil || again != 0 {
		t.Errorf("a second time changes %d files: %v", again, err)
	}
	commands := [][]string{{"go", "list", "-deps", "-test", "./..."}}
	if os.Getenv("REQUIRE_HOME") == "1" {
		commands = append(commands, []string{"go", "vet", "./..."}, []string{"go", "test", "-short", ".", "./run", "./runtest"})
	}
	for _, args := range commands {
		c := exec.CommandContext(t.Context(), args[0], args[1:]...)
		c.Dir = root
		if out, err := c.CombinedOutput(); err != nil {
			t.Errorf("%s: %v\n%s", strings.Join(args, " "), err, out)
		}
	}
	left := exec.CommandContext(t.Context(), "grep", "-rnE", `home\.example|"posthaste/(run|runner|internal|collection|script)`, "--include=*", "--exclude-dir=testdata", ".")
	left.Dir = root
	if out, _ := left.CombinedOutput(); len(out) > 0 {
		t.Errorf("the old home still stands in\n%s", out)
	}
	if out, err := exec.CommandContext(t.Context(), "grep", "-c", "code.test/somebody/posthaste", filepath.Join(root, "go.mod")).CombinedOutput(); err != nil {
		t.Errorf("go.mod does not name the new module: %s", out)
	}
}

// copied copies what git tracks, and what is new and not ignored, into a folder of the test's own.
func copied(t *testing.T) string {
	t.Helper()
	list := exec.CommandContext(t.Context(), "git", "ls-files", "--cached", "--others", "--exclude-standard")
	list.Dir = filepath.Join("..", "..")
	out, err := list.Output()
	if err != nil {
		t.Skip("skipped: git: the tree is no clone")
	}
	dir := t.TempDir()
	for name := range strings.Lines(string(out)) {
		name = strings.TrimSpace(name)
		from := filepath.Join("..", "..", name)
		info, err := os.Lstat(from)
		if err != nil || !info.Mode().IsRegular() {
			continue
		}
		data, err := os.ReadFile(from)
		if err != nil {
			t.Fatal(err)
		}
		to := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(to, data, info.Mode()); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func TestOnlyAHomeThatGoTakesIsTaken(t *testing.T) {
	for name, words := range map[string][2]string{
		"a host without a dot":   {"localhost", "me"},
		"an owner with a space":  {"code.test", "me and you"},
		"an owner with a slash":  {"code.test", "a/b"},
		"an empty host":          {"", "me"},
		"a host with a protocol": {"https://code.test", "me"},
	} {
		if _, err := move(filepath.Join("..", ".."), words[0], words[1]); err == nil {
			t.Errorf("%s was taken", name)
		}
	}
}
