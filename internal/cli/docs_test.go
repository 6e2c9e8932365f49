package cli

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"posthaste/internal/cli/manual"
	"posthaste/internal/cli/process"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// TestTheCommandPageIsTrue compares docs/cli.md with what the commands' --help prints.
func TestTheCommandPageIsTrue(t *testing.T) {
	var page strings.Builder
	page.WriteString("# The command\n\nEvery command and its options, as `--help` prints them, and the topics of `posthaste help`. Made by `make golden`; a test compares.\n")
	for _, c := range commands() {
		page.WriteString("\n## posthaste " + c.name + "\n\n" + strings.ToUpper(c.summary[:1]) + c.summary[1:] + ".\n")
		if text := help(t, c.name); text != "" {
			page.WriteString("\n```text\n" + text + "```\n")
		}
	}
	for _, name := range manual.Topics() {
		markdown, _ := manual.Topic(name)
		page.WriteString("\n" + strings.ReplaceAll("\n"+markdown, "\n#", "\n##")[1:])
	}
	path := filepath.Join("..", "..", "docs", "cli.md")
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
		t.Errorf("docs/cli.md (-) and --help (+) differ; make golden rewrites it:\n%s", diff)
	}
}

// help is what a command prints for --help, "" for one without options.
func help(t *testing.T, name string) string {
	t.Helper()
	var out bytes.Buffer
	p := &process.Process{
		Args: []string{name, "--help"}, Env: func(string) (string, bool) { return "", false }, Stdout: &out, Stderr: &out,
		Stdin: strings.NewReader(""), Width: 80, Dir: t.TempDir(), Now: time.Now,
	}
	if code := Main(t.Context(), p); code != process.ExitPassed {
		t.Fatalf("posthaste %s --help exits with %d: %s", name, code, out.String())
	}
	return out.String()
}
