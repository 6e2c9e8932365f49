package reporters

import (
	"bytes"
	"path/filepath"
	"strings"
	"testing"

	"posthaste/reporters/report"
	"posthaste/reporters/screen"
)

func TestNoLineIsLongerThanTheScreenUnlessOneWordIs(t *testing.T) {
	t.Parallel()
	paths, err := filepath.Glob(filepath.Join("testdata", "input", "*.jsonl"))
	if err != nil || len(paths) == 0 {
		t.Fatalf("no inputs: %v", err)
	}
	for _, path := range paths {
		for _, width := range []int{50, 80, 132} {
			for _, verbose := range []bool{false, true} {
				var out bytes.Buffer
				cfg := report.Config{Terminal: report.Terminal{Width: width, Unicode: true, Verbose: verbose}}
				if err := replay(t, variant{reporter: "cli", cfg: cfg}, recorded(t, path), &out); err != nil {
					t.Fatal(err)
				}
				for line := range strings.SplitSeq(out.String(), "\n") {
					longest := 0
					for word := range strings.FieldsSeq(line) {
						longest = max(longest, screen.Columns(word))
					}
					if strings.HasPrefix(line, "         ") { // a command, which must be copied whole
						continue
					}
					if n := screen.Columns(line); n > width && longest < width-10 {
						t.Errorf("%s: a line of %d columns on a screen of %d: %.200s", path, n, width, line)
					}
				}
			}
		}
	}
}

func TestASilentTerminalStaysSilent(t *testing.T) {
	for _, name := range []string{"cli", "progress", "emojitrain"} {
		var out bytes.Buffer
		cfg := report.Config{Terminal: report.Terminal{Silent: true}}
		if err := replay(t, variant{reporter: name, cfg: cfg}, recorded(t, filepath.Join("testdata", "input", "fail.jsonl")), &out); err != nil {
			t.Fatal(err)
		}
		if out.Len() > 0 {
			t.Errorf("%s writes %q although it should be silent", name, out.String())
		}
	}
}

func TestNothingFromOutsideMovesTheCursor(t *testing.T) {
	var out bytes.Buffer
	cfg := report.Config{Terminal: report.Terminal{Unicode: true, Verbose: true}}
	if err := replay(t, variant{reporter: "cli", cfg: cfg}, recorded(t, filepath.Join("testdata", "input", "control.jsonl")), &out); err != nil {
		t.Fatal(err)
	}
	if i := strings.IndexFunc(out.String(), func(r rune) bool { return r < ' ' && r != '\n' }); i >= 0 {
		t.Errorf("the report holds a control character: %q", out.String()[i:min(i+20, out.Len())])
	}
}
