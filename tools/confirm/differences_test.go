package main

import (
	"strings"
	"testing"
)

func TestAgainst(t *testing.T) {
	bad, good := score{OK: 1, Total: 2}, score{OK: 2, Total: 2}
	known := differences{
		{Reason: "newman crashes", Under: "always", Dimensions: []string{"exit"}, Cases: []string{"own/a"}},
		{Reason: "to be fixed", Under: "always", Open: true, Dimensions: []string{"url"}, Cases: []string{"own/f"}},
		{Reason: "our layout", Under: "plain", Dimensions: []string{"junit"}, Cases: []string{"*"}},
	}
	tests := map[string]struct {
		result result
		plain  bool
		want   string // of the verdict's lists, which has the case
	}{
		"an equal case is no difference": {
			result{ID: "own/x", Result: "pass"}, false, "",
		},
		"a listed difference is wanted": {
			result{ID: "own/a", Result: "fail", Scores: map[string]score{"exit": bad, "body": good}}, false, "wanted",
		},
		"a listed case in another dimension is not": {
			result{ID: "own/a", Result: "fail", Scores: map[string]score{"exit": bad, "body": bad}}, false, "unexpected",
		},
		"what differs without the option does not excuse it with the option": {
			result{ID: "own/x", Result: "fail", Scores: map[string]score{"junit": bad}}, false, "unexpected",
		},
		"a known fault is neither wanted nor unexpected": {
			result{ID: "own/f", Result: "fail", Scores: map[string]score{"url": bad}}, false, "open",
		},
		"a star means any case": {
			result{ID: "own/x", Result: "fail", Scores: map[string]score{"junit": bad}}, true, "",
		},
		"informative dimensions decide nothing": {
			result{ID: "own/a", Result: "fail", Scores: map[string]score{"exit": bad, "cli": bad, "order": bad}}, false, "wanted",
		},
		"an entry whose case is equal is stale": {
			result{ID: "own/a", Result: "pass"}, false, "stale",
		},
		"a case that could not be run is unexpected": {
			result{ID: "own/x", Result: "error", Reason: "no program"}, false, "unexpected",
		},
		"a quarantined case is named and does not count": {
			result{ID: "own/x", Result: "quarantined", Reason: "it hangs"}, false, "wanted",
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			v := known.against([]result{test.result}, test.plain)
			for list, lines := range map[string][]string{"wanted": v.wanted, "open": v.open, "unexpected": v.unexpected, "stale": v.stale} {
				if got := strings.Contains(strings.Join(lines, "\n"), test.result.ID); got != (list == test.want) {
					t.Errorf("%s has the case: %v, want %v", list, got, list == test.want)
				}
			}
		})
	}
}

func TestNothingComparedIsNotOK(t *testing.T) {
	if (differences{}).against(nil, false).ok() {
		t.Error("an empty comparison is ok")
	}
}
