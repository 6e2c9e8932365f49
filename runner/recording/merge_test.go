package recording

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"posthaste/runner/event"
	"posthaste/runner/event/eventtest"
)

// kept is a recording in memory.
func kept(t *testing.T, name string, events []event.Event) Source {
	t.Helper()
	var b bytes.Buffer
	enc := event.NewEncoder(&b)
	for _, e := range events {
		if err := enc.Encode(e); err != nil {
			t.Fatal(err)
		}
	}
	return Source{Name: name, Open: func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(b.Bytes())), nil }}
}

func zipped(t *testing.T, s Source) Source {
	t.Helper()
	plain, err := s.Open()
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := io.Copy(w, plain); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return Source{Name: s.Name + ".gz", Open: func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(b.Bytes())), nil }}
}

// dealt is the part of a run of 3 iterations of 4 requests that a shard gets. deal says whose a step is; setup marks
// requests that all shards run.
func dealt(index, total int, by string, setup bool, deal func(iteration, position int) int) []event.Event {
	t := eventtest.New("Shop", 3, 4)
	start := t.Events[0].(event.RunStarted)
	start.Shard = event.Shard{Index: index, Total: total, RunID: "r1", By: by}
	switch by {
	case "row":
		start.Iterations = 0
		for i := range 3 {
			if deal(i, 0) == index {
				start.Iterations++
			}
		}
		if start.Iterations == 0 {
			start.Items = 0 // 0 alone would mean that the number of iterations is not known
		}
	default:
		start.Items = 0
		for p := range 4 {
			if deal(0, p) == index {
				start.Items++
			}
		}
	}
	t.Events[0] = start
	for i := range 3 {
		if by == "row" && deal(i, 0) != index {
			continue
		}
		t.Iteration(i, fmt.Sprintf("row %d", i), func() {
			for p := range 4 {
				shared := setup && p == 0
				if !shared && deal(i, p) != index {
					continue
				}
				t.Step.Position = p
				t.Begin(fmt.Sprintf("Request %d", p), nil)
				t.Item.Setup = shared
				started := t.Events[len(t.Events)-2].(event.ItemStarted)
				started.Item.Setup = shared
				t.Events[len(t.Events)-2] = started
				t.Answer(event.FromCollection, 200, "OK", "{}")()
				check := t.Pass("is 200")
				if p == 2 {
					check = t.Fail("is 200", eventtest.WrongStatus())
				}
				t.Script("test", nil, check)()
				t.End(false)
			}
		})
	}
	return t.Finish("", "")
}

// told is what stands in a stream in short: iterations and steps in their order.
func told(events []event.Event) []string {
	var list []string
	for _, e := range events {
		switch e := e.(type) {
		case event.RunStarted:
			list = append(list, fmt.Sprintf("run %d x %d", e.Items, e.Iterations))
		case event.IterationStarted:
			list = append(list, fmt.Sprintf("iteration %d %s", e.Iteration, e.Row))
		case event.IterationFinished:
			list = append(list, fmt.Sprintf("over %d", e.Iteration))
		case event.ItemStarted:
			list = append(list, fmt.Sprintf("%s: %s %s", strings.TrimPrefix(e.Step.ID, "s"), strings.Join(e.Item.Path, "/"), e.Item.Name))
		case event.RunFinished:
			list = append(list, strings.TrimSpace("end "+e.Reason+" "+e.Error))
		}
	}
	return list
}

func mergedOf(t *testing.T, sources ...Source) ([]event.Event, error) {
	t.Helper()
	var events []event.Event
	err := Merge(sources, func(e event.Masked) error {
		events = append(events, e.Event())
		return nil
	})
	return events, err
}

func TestShardsMakeTheRunThatTheyAreOf(t *testing.T) {
	whole := dealt(1, 1, "folder", false, func(int, int) int { return 1 })
	tests := map[string]struct {
		by    string
		setup bool
		deal  func(iteration, position int) int
	}{
		"by folder, in blocks":                  {"folder", false, func(_, p int) int { return p/2 + 1 }},
		"by folder, in turn":                    {"folder", false, func(_, p int) int { return p%3 + 1 }},
		"by row":                                {"row", false, func(i, _ int) int { return i + 1 }},
		"by row, in blocks, one shard is empty": {"row", false, func(i, _ int) int { return i/2 + 1 }},
		"by request, with a setup":              {"request", true, func(_, p int) int { return max(1, p) }},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			var sources []Source
			for i := range 3 {
				s := kept(t, fmt.Sprintf("%d.ndjson", i+1), dealt(i+1, 3, test.by, test.setup, test.deal))
				if i == 1 {
					s = zipped(t, s)
				}
				sources = append(sources, s)
			}
			slices.Reverse(sources) // their order is that of their numbers, not that of the files
			got, err := mergedOf(t, sources...)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(told(whole), told(got)); diff != "" {
				t.Errorf("the merged run differs from the whole (-want +got):\n%s", diff)
			}
			var want, sums event.Summary
			for _, e := range whole {
				want.Add(e)
			}
			for _, e := range got {
				sums.Add(e)
			}
			if sums.Assertions != want.Assertions || sums.Requests != want.Requests || sums.Items != want.Items || sums.Iterations != want.Iterations {
				t.Errorf("the merged run counts %+v, want %+v", sums, want)
			}
		})
	}
}

func TestASetupThatFailedInOneShardIsTold(t *testing.T) {
	deal := func(_, p int) int { return min(p, 2) }
	second := dealt(2, 2, "request", true, deal)
	for i, e := range second {
		if a, ok := e.(event.Assertion); ok && a.Step.Position == 0 {
			failed := eventtest.WrongStatus()
			a.Error = &failed
			second[i] = a
			break
		}
	}
	got, err := mergedOf(t, kept(t, "1", dealt(1, 2, "request", true, deal)), kept(t, "2", second))
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, e := range got {
		if e, ok := e.(event.ItemStarted); ok && e.Item.Setup {
			n++
		}
	}
	if n != 4 { // once an iteration, and the one that failed
		t.Errorf("the setup is told %d times, want 4", n)
	}
}

func TestShardsThatDoNotBelongTogetherAreRefused(t *testing.T) {
	deal := func(_, p int) int { return p%2 + 1 }
	shardOf := func(index, total int, change func(*event.RunStarted)) []event.Event {
		events := dealt(index, total, "folder", false, deal)
		start := events[0].(event.RunStarted)
		if change != nil {
			change(&start)
		}
		events[0] = start
		return events
	}
	tests := map[string]struct {
		give [][]event.Event
		want string
	}{
		"one is missing":             {[][]event.Event{shardOf(1, 3, nil), shardOf(3, 3, nil)}, "shard 2 of 3 is missing: the report is incomplete"},
		"several are missing":        {[][]event.Event{shardOf(2, 4, nil)}, "shard 1, 3, 4 of 4 is missing: the report is incomplete"},
		"one comes twice":            {[][]event.Event{shardOf(1, 2, nil), shardOf(1, 2, nil)}, "a and b are both shard 1 of 2"},
		"one is of another run":      {[][]event.Event{shardOf(1, 2, nil), shardOf(2, 2, func(s *event.RunStarted) { s.Shard.RunID = "r2" })}, "a is of run r1, b of run r2: they do not belong together"},
		"one is of another division": {[][]event.Event{shardOf(1, 2, nil), shardOf(2, 3, nil)}, "a is one of 2 shards by folder, b one of 3 by folder: they do not belong together"},
		"one ran another collection": {[][]event.Event{shardOf(1, 2, nil), shardOf(2, 2, func(s *event.RunStarted) { s.Collection.ID = "x" })}, "a and b ran different collections, or different versions of one"},
		"one ran another version":    {[][]event.Event{shardOf(1, 2, nil), shardOf(2, 2, func(s *event.RunStarted) { s.Collection.Hash = "x" })}, "a and b ran different collections, or different versions of one"},
		"one is no shard":            {[][]event.Event{shardOf(1, 2, nil), eventtest.Failing(1)}, "a is a shard, b is a whole run: they do not belong together"},
		"one is no recording":        {[][]event.Event{eventtest.Failing(1)[1:]}, "reading a: the first event is iteration.started, not run.started: this is no recording of a run"},
		"one is empty":               {[][]event.Event{shardOf(1, 2, nil), {}}, "shard 2 of 2 is missing: the report is incomplete; in b there are no events"},
		"one is whole and one empty": {[][]event.Event{shardOf(1, 1, nil), {}}, "reading b: there are no events"},
		"the only one is empty":      {[][]event.Event{{}}, "reading a: there are no events"},
		"no files":                   {nil, "there is nothing to merge"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			var sources []Source
			for i, events := range test.give {
				sources = append(sources, kept(t, string(rune('a'+i)), events))
			}
			got, err := mergedOf(t, sources...)
			if err == nil || err.Error() != test.want {
				t.Errorf("Merge gives error %v, want %s", err, test.want)
			}
			if hole := (*MissingShardsError)(nil); !errors.As(err, &hole) {
				if len(got) > 0 {
					t.Errorf("%d events were told all the same", len(got))
				}
				return
			}
			end, ok := got[len(got)-1].(event.RunFinished)
			if !ok || end.Reason != "error" || end.Error != test.want || len(told(got)) < 5 {
				t.Errorf("what the others ran was told as %v, ending with %+v", told(got), got[len(got)-1])
			}
		})
	}
}

func TestAShardThatWasCutShortMakesTheRunFail(t *testing.T) {
	deal := func(_, p int) int { return p%2 + 1 }
	second := dealt(2, 2, "folder", false, deal)
	got, err := mergedOf(t, kept(t, "1.ndjson", dealt(1, 2, "folder", false, deal)), kept(t, "2.ndjson", second[:len(second)/2]))
	if err != nil {
		t.Fatal(err)
	}
	end, ok := got[len(got)-1].(event.RunFinished)
	if want := "shard 2 of 2, 2.ndjson, after 3 requests: the events end before the run did"; !ok || end.Reason != "error" || end.Error != want {
		t.Errorf("the merged run ends with %+v, want Reason error and %q", got[len(got)-1], want)
	}
}

func TestWholeRunsComeOneAfterTheOther(t *testing.T) {
	other := eventtest.Failing(1)
	start := other[0].(event.RunStarted)
	start.Collection.Name = "Other"
	other[0] = start
	got, err := mergedOf(t, kept(t, "a", eventtest.Failing(1)), kept(t, "b", other), kept(t, "c", eventtest.Failing(1)))
	if err != nil {
		t.Fatal(err)
	}
	want := []string{
		"run 3 x 1", "iteration 0 ", "1: Vipps ePayment Request 0", "over 0", "iteration 0 ", "2: Other Request 0", "over 0",
		"iteration 0 ", "3: Vipps ePayment (2) Request 0", "over 0", "end",
	}
	if diff := cmp.Diff(want, told(got)); diff != "" {
		t.Errorf("the merged runs differ (-want +got):\n%s", diff)
	}
	if name := got[0].(event.RunStarted).Collection.Name; name != "Vipps ePayment, Other" {
		t.Errorf("the merged run is called %q", name)
	}
}

func TestARecordingThatStopsIsCutShort(t *testing.T) {
	source, _ := kept(t, "", eventtest.Failing(2)).Open()
	whole, err := io.ReadAll(source)
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range []int{len(whole) / 2, len(whole) - 2, bytes.LastIndexByte(whole[:len(whole)-1], '\n') + 1} {
		var last event.Event
		if err := Replay(bytes.NewReader(whole[:n]), func(e event.Masked) error { last = e.Event(); return nil }); err != nil {
			t.Errorf("with %d of %d bytes Replay gives error %v", n, len(whole), err)
		}
		if end, ok := last.(event.RunFinished); !ok || end.Reason != "error" {
			t.Errorf("with %d of %d bytes the last event is %+v, want a run that was cut short", n, len(whole), last)
		}
	}
	second := bytes.IndexByte(whole, '\n') + bytes.IndexByte(whole[bytes.IndexByte(whole, '\n')+1:], '\n')
	broken := append(slices.Clone(whole[:second-10]), whole[second+10:]...)
	if err := Replay(bytes.NewReader(broken), func(event.Masked) error { return nil }); err == nil {
		t.Error("a recording with a hole is accepted")
	}
}

func TestHoweverStepsAreDealtNoneIsLostOrTwice(t *testing.T) {
	t.Parallel()
	whole := told(dealt(1, 1, "request", false, func(int, int) int { return 1 }))
	for seed := range 50 {
		deal := func(_, p int) int { return (seed*7+p*p*seed+p*(seed%5))%4 + 1 }
		var sources []Source
		for i := range 4 {
			sources = append(sources, kept(t, fmt.Sprint(i+1), dealt(i+1, 4, "request", false, deal)))
		}
		got, err := mergedOf(t, sources...)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(whole, told(got)); diff != "" {
			t.Fatalf("dealt by seed %d the merged run differs (-want +got):\n%s", seed, diff)
		}
	}
}
