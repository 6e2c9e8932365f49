package confirm

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// A wanted is one reason why cases differ from newman, and where. Its list is testdata/confirm/differences.json,
// which make confirm reads as well.
type wanted struct {
	Reason     string   `json:"reason"`
	Under      string   `json:"under"`      // "always": also with --newman-compat; "plain": only without
	Open       bool     `json:"open"`       // not wanted: a known fault of ours that is not fixed yet
	Dimensions []string `json:"dimensions"` // what differs; "*" where newman has nothing to compare with
	Cases      []string `json:"cases"`
}

type differences []wanted

func readDifferences(t *testing.T) differences {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(folder(), "differences.json"))
	if err != nil {
		t.Fatal(err)
	}
	var list struct{ Differences differences }
	if err := json.Unmarshal(data, &list); err != nil {
		t.Fatalf("differences.json: %v", err)
	}
	return list.Differences
}

// listed reports whether a case is to differ even under --newman-compat.
func (l differences) listed(id string) bool {
	return slices.ContainsFunc(l, func(d wanted) bool {
		return d.Under == "always" && !d.Open && slices.Contains(d.Cases, id)
	})
}

// open returns why a case differs that should not, "" where it is not known to.
func (l differences) open(id string) string {
	for _, d := range l {
		if d.Open && slices.Contains(d.Cases, id) {
			return d.Reason
		}
	}
	return ""
}

// expects reports whether a case may differ in a dimension under --newman-compat.
func (l differences) expects(id, dimension string) bool {
	return slices.ContainsFunc(l, func(d wanted) bool {
		return d.Under == "always" && slices.Contains(d.Cases, id) &&
			(slices.Contains(d.Dimensions, dimension) || slices.Contains(d.Dimensions, "*"))
	})
}

// expectsPlain does the same without --newman-compat.
func (l differences) expectsPlain(id, dimension string) bool {
	return slices.ContainsFunc(l, func(d wanted) bool {
		return (slices.Contains(d.Cases, id) || slices.Contains(d.Cases, "*")) &&
			(slices.Contains(d.Dimensions, dimension) || slices.Contains(d.Dimensions, "*"))
	})
}

func TestEveryDifferenceHasAReasonAndKnownCases(t *testing.T) {
	ours := map[string]bool{}
	for _, c := range readCases(t) {
		ours[c.ID] = true
	}
	for _, d := range readDifferences(t) {
		if len(d.Reason) < 20 || len(d.Dimensions) == 0 || len(d.Cases) == 0 || d.Under != "always" && d.Under != "plain" {
			t.Errorf("differences.json: %+v wants a reason, dimensions, cases, and under always or plain", d)
		}
		for _, id := range d.Cases {
			if len(id) > 8 && id[:8] == "confirm/" && !ours[id] {
				t.Errorf("differences.json: there is no case %s", id)
			}
		}
	}
}
