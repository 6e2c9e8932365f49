package cli

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"posthaste/internal/cli/process"
)

func TestProfilesAreWrittenAndNotInHelp(t *testing.T) {
	dir := t.TempDir()
	const empty = `{"info":{"name":"C","schema":"https://schema.getpostman.com/json/collection/v2.1.0/collection.json"},"item":[]}`
	if err := os.WriteFile(filepath.Join(dir, "c.json"), []byte(empty), 0o600); err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	p := &process.Process{
		Args: []string{"run", "c.json", "--cpuprofile", "c.prof", "--memprofile", "m.prof", "--trace", "t.out"},
		Env:  verifying, Stdout: &out, Stderr: &out,
		Stdin: strings.NewReader(""), Width: 100, Dir: dir, Now: time.Now,
	}
	if code := Main(t.Context(), p); code != process.ExitPassed {
		t.Fatalf("exit code %d: %s", code, out.String())
	}
	for _, name := range []string{"c.prof", "m.prof", "t.out"} {
		if info, err := os.Stat(filepath.Join(dir, name)); err != nil || info.Size() == 0 {
			t.Errorf("%s: %v", name, err)
		}
	}
	if strings.Contains(help(t, "run"), "cpuprofile") {
		t.Error("help shows the options")
	}
}
