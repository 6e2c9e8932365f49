package threshold

import (
	"strings"
	"testing"
	"time"

	"posthaste/runner/event"
)

// events are ten answers of 10 to 100 ms in folder A, and one failure in B.
func events() []event.Event {
	var list []event.Event
	for i := range 10 {
		item := event.Item{Path: []string{"A"}, Name: "x"}
		e := event.ResponseReceived{Item: item}
		e.Response.Timing.Total = time.Duration(i+1) * 10 * time.Millisecond
		list = append(list, e, event.ItemFinished{Item: item})
	}
	y, step := event.Item{Path: []string{"B"}, Name: "y"}, event.Step{ID: "y"}
	return append(list, event.RequestFailed{Step: step, Item: y}, event.ItemFinished{Step: step, Item: y})
}

func TestCheck(t *testing.T) {
	tests := map[string]struct {
		give string
		want string // what is said, "" when the limit is kept
	}{
		"a percentile that is kept":  {"p50<60ms", ""},
		"a percentile that is not":   {"p95<50ms", "it was 100"},
		"seconds":                    {"max<1s", ""},
		"the slowest":                {"max<100ms", "it was 100ms"},
		"the slowest, or as slow":    {"max<=100ms", ""},
		"the mean":                   {"avg<54ms", "it was 55ms"},
		"the share of failures":      {"failed<1%", "it was 9.0%"},
		"the number of failures":     {"failed<2", ""},
		"enough requests":            {"requests>=11", ""},
		"a folder without failures":  {"A/**: failed<1%", ""},
		"a folder with nothing else": {"B: failed<1%", "it was 100%"},
		"a request":                  {"A/x: p50<1ms", "it was"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			th, err := Parse(test.give)
			if err != nil {
				t.Fatal(err)
			}
			for _, e := range events() {
				th.Add(e)
			}
			got := th.Check()
			if got.Broken != (test.want != "") || got.Broken && !strings.HasPrefix("it was "+got.Value, test.want) || got.Text != test.give {
				t.Errorf("Check = %+v, want %q", got, test.want)
			}
		})
	}
}

func TestWhatIsNoThreshold(t *testing.T) {
	for _, text := range []string{"", "p95", "p95<", "fast<1s", "p95<500", "failed<1ms", "requests>1%", "/: p95<1s"} {
		if _, err := Parse(text); err == nil {
			t.Errorf("Parse(%q) gave no error", text)
		}
	}
}
