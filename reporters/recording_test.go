package reporters

import (
	"bytes"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"posthaste/runner/event"
	"posthaste/runner/recording"
)

// Every report can be made from the events report, with the same bytes.
func TestReportsFromRecordingsAreThoseOfTheRun(t *testing.T) {
	t.Parallel()
	for _, input := range []string{"fail", "iterations", "script", "cut-interrupt", "requests"} {
		events := recorded(t, filepath.Join("testdata", "input", input+".jsonl"))
		var kept bytes.Buffer
		if err := replay(t, variant{reporter: "events"}, events, &kept); err != nil {
			t.Fatal(err)
		}
		var again []event.Event
		if err := recording.Replay(&kept, func(e event.Masked) error { again = append(again, e.Event()); return nil }); err != nil {
			t.Fatal(err)
		}
		for _, spec := range Specs() {
			if spec.Name == "json" { // newman's shape needs the documents of every event
				continue
			}
			var want, got bytes.Buffer
			if err := replay(t, variant{reporter: spec.Name}, events, &want); err != nil {
				t.Fatal(err)
			}
			if err := replay(t, variant{reporter: spec.Name}, again, &got); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(want.String(), got.String()); diff != "" {
				t.Errorf("%s of %s from the recording differs (-run +recording):\n%s", spec.Name, input, diff)
			}
		}
	}
}
