package confirm

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
	"time"

	"posthaste/internal/junittest"
	"posthaste/reporters"
	"posthaste/reporters/report"
	"posthaste/runner/event"
	"posthaste/runner/recording"
)

// checkJUnit makes JUnit of recorded events in each of its layouts: it has as many cases as the events have outcomes,
// and no system that reads it loses a failure. A run that did not begin has recorded nothing.
func checkJUnit(t *testing.T, recorded string) {
	t.Helper()
	data, err := os.ReadFile(recorded)
	if errors.Is(err, fs.ErrNotExist) {
		return
	}
	if err != nil {
		t.Fatal(err)
	}
	var events []event.Event
	if err := recording.Replay(bytes.NewReader(data), func(e event.Masked) error { events = append(events, e.Event()); return nil }); err != nil {
		t.Fatal(err)
	}
	failures := junittest.Failures(events)
	for _, layout := range []string{"request", "folder", "flat"} {
		root := junit(t, events, layout)
		cases := 0
		for _, suite := range root.All("testsuite") {
			cases += len(suite.All("testcase"))
		}
		if want := outcomes(events); cases != want {
			t.Errorf("junit, layout %s: %d cases, want %d, the outcomes of the events", layout, cases, want)
		}
		for system, view := range junittest.Views() {
			for _, f := range junittest.Unseen(view(root), failures) {
				t.Errorf("junit, layout %s: %s does not show that %q failed with %q", layout, system, f.Name, f.Text)
			}
		}
	}
}

func junit(t *testing.T, events []event.Event, layout string) junittest.Node {
	t.Helper()
	spec, _ := reporters.Find("junit")
	var out bytes.Buffer
	report, err := spec.New(report.Config{
		Out: &out, Options: map[string]string{"layout": layout}, Now: time.Now,
		Spool: func() (io.ReadWriteSeeker, error) { return os.Create(filepath.Join(t.TempDir(), "spool")) },
	})
	if err != nil {
		t.Fatal(err)
	}
	var sums event.Summary
	for _, e := range events {
		sums.Add(e)
		if err := report.Report(event.Recorded(e), &sums); err != nil {
			t.Fatal(err)
		}
	}
	root, err := junittest.Parse(out.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	return root
}

// outcomes counts what could pass or fail in a run, by its events alone.
func outcomes(events []event.Event) int {
	n, steps, expected := 0, 0, 0
	type told struct{ assertions, others, answered int }
	open := map[string]*told{}
	of := func(s event.Step) *told {
		if open[s.ID] == nil {
			open[s.ID] = &told{}
		}
		return open[s.ID]
	}
	// the request itself is an outcome where it was skipped or cut short, or nothing else speaks for it
	end := func(id string, alone bool) {
		s := open[id]
		delete(open, id)
		n += s.assertions + s.others
		if alone || s.assertions == 0 && (s.answered > 0 || s.others == 0) {
			n++
		}
	}
	for _, e := range events {
		switch e := e.(type) {
		case event.RunStarted:
			expected = e.Items * e.Iterations
		case event.ItemStarted:
			of(e.Step)
			steps++
		case event.Assertion:
			of(e.Step).assertions++
		case event.RequestFailed:
			of(e.Step).others++
		case event.ResponseReceived:
			if e.Source == event.FromCollection {
				of(e.Step).answered++
			}
		case event.ScriptFinished:
			if e.Error != nil && (e.Error.Name != "AssertionFailure" || of(e.Step).assertions == 0) {
				of(e.Step).others++
			}
		case event.Exception:
			if e.Counted {
				of(e.Step).others++
			}
		case event.ItemFinished:
			end(e.Step.ID, e.Skipped)
		case event.Threshold:
			n++
		case event.RunFinished:
			for id, s := range open {
				end(id, s.answered == 0)
			}
			if e.Reason != "" && e.Reason != "bail" {
				n++ // the run itself
			}
			if e.Reason != "" && steps < expected {
				n++ // what it did not reach
			}
		}
	}
	return n
}
