package reporters

import (
	"bytes"
	"path/filepath"
	"testing"

	"posthaste/internal/junittest"
	"posthaste/reporters/report"
)

func TestEveryCISystemShowsEveryFailure(t *testing.T) {
	t.Parallel()
	paths, err := filepath.Glob(filepath.Join("testdata", "input", "*.jsonl"))
	if err != nil || len(paths) == 0 {
		t.Fatalf("no inputs: %v", err)
	}
	for _, path := range paths {
		for _, layout := range []string{"request", "folder", "flat"} {
			events := recorded(t, path)
			var out bytes.Buffer
			cfg := report.Config{Options: map[string]string{"layout": layout}}
			if err := replay(t, variant{reporter: "junit", cfg: cfg}, events, &out); err != nil {
				t.Fatal(err)
			}
			root, err := junittest.Parse(out.Bytes())
			if err != nil {
				t.Fatal(err)
			}
			want := junittest.Failures(events)
			for name, read := range junittest.Views() {
				t.Run(filepath.Base(path)+"/"+layout+"/"+name, func(t *testing.T) {
					got := read(root)
					if len(got) != len(want) {
						t.Errorf("%d failures are shown, want %d", len(got), len(want))
					}
					for _, f := range junittest.Unseen(got, want) {
						t.Errorf("nobody sees that %q failed with %q", f.Name, f.Text)
					}
				})
			}
		}
	}
}
