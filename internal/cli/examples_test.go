package cli

import (
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"posthaste/internal/vipps"
)

// commandLine is a line of a README that a reader types.
var commandLine = regexp.MustCompile(`(?m)^    (posthaste .*)$`)

// TestExamples runs the commands of the README of each example in its folder, with the simulator that the README starts.
func TestExamples(t *testing.T) {
	pages, err := filepath.Glob(filepath.Join("..", "..", "examples", "*", "README.md"))
	if err != nil || len(pages) < 2 {
		t.Fatalf("the examples are %q, %v", pages, err)
	}
	index, err := os.ReadFile(filepath.Join("..", "..", "examples", "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	for _, page := range pages {
		name := filepath.Base(filepath.Dir(page))
		t.Run(name, func(t *testing.T) {
			if !strings.Contains(string(index), "("+name+"/README.md)") {
				t.Errorf("examples/README.md does not lead to %s", name)
			}
			dir := t.TempDir()
			if err := os.CopyFS(dir, os.DirFS(filepath.Dir(page))); err != nil {
				t.Fatal(err)
			}
			server := vipps.New(vipps.Options{Now: time.Now, Client: &http.Client{}})
			sim := httptest.NewServer(server)
			t.Cleanup(func() { sim.Close(); server.Close() })
			if err := os.WriteFile(filepath.Join(dir, "sim.json"), vipps.Environment(sim.URL, server.Keys()), 0o600); err != nil {
				t.Fatal(err)
			}
			text, err := os.ReadFile(page)
			if err != nil {
				t.Fatal(err)
			}
			lines := commandLine.FindAllStringSubmatch(string(text), -1)
			if len(lines) < 2 {
				t.Errorf("only %d commands were found", len(lines))
			}
			for _, line := range lines {
				cmd := exec.CommandContext(t.Context(), "posthaste", strings.Fields(line[1])[1:]...)
				cmd.Dir, cmd.Env = dir, append(os.Environ(), "NO_COLOR=1", "LANG=C.UTF-8", "HOME="+dir, "POSTHASTE_VERIFY_REDACTION=1")
				out, err := cmd.CombinedOutput()
				if err != nil || strings.Contains(string(out), "posthaste: warning:") {
					t.Errorf("%s: %v\n%s", line[1], err, out)
				}
			}
		})
	}
}
