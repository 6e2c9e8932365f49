package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// The program that is built with the overlay says what its clock shows; nothing here asks the changed source.
func TestOverlayMovesTheClockOfAProgram(t *testing.T) {
	dir := t.TempDir()
	overlay, err := write(dir, 40)
	if err != nil {
		t.Fatal(err)
	}
	program := filepath.Join(dir, "clock.go")
	text := "package main\n\nimport \"time\"\n\nfunc main() { began := time.Now(); print(began.Unix(), \" \", time.Since(began) < time.Minute) }\n"
	if err := os.WriteFile(program, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	said, err := exec.Command("go", "run", "-overlay", overlay, program).CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s", err, said)
	}
	seconds, short, _ := strings.Cut(string(said), " ")
	shown, err := time.ParseDuration(seconds + "s")
	if err != nil {
		t.Fatal(err)
	}
	ahead := shown - time.Duration(time.Now().Unix())*time.Second
	if ahead < 40*24*time.Hour-10*time.Minute || ahead > 40*24*time.Hour+10*time.Minute {
		t.Errorf("the clock is %v ahead, want 40 days", ahead)
	}
	if short != "true" {
		t.Error("durations are moved too")
	}
}

func TestAheadRefusesASourceThatItDoesNotKnow(t *testing.T) {
	if _, err := ahead("package time\n\nfunc Now() Time { return Time{} }\n", 1); err == nil {
		t.Error("no error for a Now that looks different")
	}
}
