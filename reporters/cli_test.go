package reporters

import (
	"bytes"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
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
				cfg := Config{Terminal: Terminal{Width: width, Unicode: true, Verbose: verbose}}
				if err := replay(t, variant{reporter: "cli", cfg: cfg}, recorded(t, path), &out); err != nil {
					t.Fatal(err)
				}
				for line := range strings.SplitSeq(out.String(), "\n") {
					longest := 0
					for word := range strings.FieldsSeq(line) {
						longest = max(longest, columns(word))
					}
					if strings.HasPrefix(line, "         ") { // a command, which must be copied whole
						continue
					}
					if n := columns(line); n > width && longest < width-10 {
						t.Errorf("%s: a line of %d columns on a screen of %d: %.200s", path, n, width, line)
					}
				}
			}
		}
	}
}

func TestWrapKeepsWordsAndIndents(t *testing.T) {
	tests := map[string]struct {
		give string
		n    int
		want []string
	}{
		"short text is one line":                {"a b", 10, []string{"a b"}},
		"nothing is one empty line":             {"", 10, []string{""}},
		"a line breaks at a space":              {"aaa bbb ccc", 7, []string{"aaa bbb", "ccc"}},
		"a long word stands alone and is whole": {"a 0123456789 b", 5, []string{"a", "0123456789", "b"}},
		"an indent stays on every line":         {"  aaa bbb", 5, []string{"  aaa", "  bbb"}},
		"line breaks stay":                      {"a\n\nb", 5, []string{"a", "", "b"}},
		"wide characters take two columns":      {"支払 支払", 5, []string{"支払", "支払"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, wrap(test.give, test.n)); diff != "" {
				t.Errorf("wrap(%q, %d) differs (-want +got):\n%s", test.give, test.n, diff)
			}
		})
	}
}

func TestASilentTerminalStaysSilent(t *testing.T) {
	for _, name := range []string{"cli", "progress", "emojitrain"} {
		var out bytes.Buffer
		cfg := Config{Terminal: Terminal{Silent: true}}
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
	cfg := Config{Terminal: Terminal{Unicode: true, Verbose: true}}
	if err := replay(t, variant{reporter: "cli", cfg: cfg}, recorded(t, filepath.Join("testdata", "input", "control.jsonl")), &out); err != nil {
		t.Fatal(err)
	}
	if i := strings.IndexFunc(out.String(), func(r rune) bool { return r < ' ' && r != '\n' }); i >= 0 {
		t.Errorf("the report holds a control character: %q", out.String()[i:min(i+20, out.Len())])
	}
}

func TestFiguresReadAsNewmanWritesThem(t *testing.T) {
	sizes := map[int64]string{0: "0B", 455: "455B", 1020: "1.02kB", 10_490_000: "10.49MB", 1_000_000: "1MB", 8960: "8.96kB"}
	for n, want := range sizes {
		if got := sizeText(n); got != want {
			t.Errorf("sizeText(%d) = %q, want %q", n, got, want)
		}
	}
	times := map[int64]string{0: "0ms", 820: "820µs", 69_000: "69ms", 1_997_000: "1997ms", 2_199_000: "2.1s", 65_399_000: "1m 5.3s", 60_000_000: "1m 0s", 3_665_000_000: "1h 1m 5s"}
	for us, want := range times {
		if got := timeText(timeOf(us)); got != want {
			t.Errorf("timeText(%d µs) = %q, want %q", us, got, want)
		}
	}
}

func timeOf(us int64) time.Duration { return time.Duration(us) * time.Microsecond }
