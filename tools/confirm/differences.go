package main

import (
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"
	"strings"
)

// A difference is one reason to differ from newman. "*" among its cases means any case: that is for what differs
// in every report, such as the layout of JUnit.
type difference struct {
	Reason     string   `json:"reason"`
	Under      string   `json:"under"` // "always": also with --newman-compat; "plain": only without
	Open       bool     `json:"open"`  // not wanted: a known fault of ours that is not fixed yet
	Dimensions []string `json:"dimensions"`
	Cases      []string `json:"cases"`
}

type differences []difference

func readDifferences(file string) (differences, error) {
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	var list struct{ Differences differences }
	if err := json.Unmarshal(data, &list); err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	return list.Differences, nil
}

// A result is one case of parity's summary.
type result struct {
	ID     string           `json:"id"`
	Result string           `json:"result"` // pass, fail, quarantined, unstable, error
	Reason string           `json:"reason"`
	Scores map[string]score `json:"scores"`
}

type score struct{ OK, Total int }

func readSummary(file string) ([]result, error) {
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	var summary struct{ Cases []result }
	if err := json.Unmarshal(data, &summary); err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	return summary.Cases, nil
}

// A verdict is what a comparison came to.
type verdict struct {
	suites     []string
	passed     map[string]int
	nearly     map[string]int // differ only for reasons that hold for any case
	total      map[string]int
	wanted     []string       // case and reasons
	general    map[string]int // how many cases differ for a reason that holds for any
	open       []string       // the same of faults that are known
	unexpected []string
	stale      []string // listed, but no longer different
}

func (v *verdict) ok() bool {
	return len(v.open) == 0 && len(v.unexpected) == 0 && len(v.stale) == 0 && len(v.suites) > 0
}

// against holds the results against the list; plain says that newman's behaviour was not asked for.
func (l differences) against(cases []result, plain bool) *verdict {
	v := &verdict{passed: map[string]int{}, nearly: map[string]int{}, total: map[string]int{}, general: map[string]int{}}
	differing := map[string]bool{}
	ran := map[string]bool{}
	for _, c := range cases {
		if c.Result == "quarantined" || c.Result == "unstable" {
			v.wanted = append(v.wanted, fmt.Sprintf("%s: %s, not compared: %s", c.ID, c.Result, c.Reason))
			continue
		}
		suite, _, _ := strings.Cut(c.ID, "/")
		if !slices.Contains(v.suites, suite) {
			v.suites = append(v.suites, suite)
		}
		ran[c.ID] = true
		v.total[suite]++
		if c.Result == "pass" {
			v.passed[suite]++
			continue
		}
		differing[c.ID] = true
		v.sort(c, l, plain)
	}
	for _, d := range l {
		for _, id := range d.Cases {
			if id != "*" && ran[id] && !differing[id] && (plain || d.Under == "always") && d.judged() {
				v.stale = append(v.stale, id+": listed, but does not differ (any more): "+d.Reason)
			}
		}
	}
	return v
}

// judged reports whether parity compares what the difference is in. The others are for the replay of records.
func (d *difference) judged() bool {
	return slices.ContainsFunc(d.Dimensions, func(name string) bool {
		return !slices.Contains([]string{"order", "stdout", "files", "names", "report", "xml"}, name)
	})
}

// sort tells wanted differences of a case from unexpected ones.
func (v *verdict) sort(c result, l differences, plain bool) {
	var left, reasons, faults []string
	for dimension, s := range c.Scores {
		if s.OK == s.Total || dimension == "order" || dimension == "cli" {
			continue
		}
		d := l.find(c.ID, dimension, plain)
		switch {
		case d == nil:
			left = append(left, dimension)
		case slices.Contains(d.Cases, "*"):
			v.general[d.Reason]++
		case d.Open && !slices.Contains(faults, d.Reason):
			faults = append(faults, d.Reason)
		case !d.Open && !slices.Contains(reasons, d.Reason):
			reasons = append(reasons, d.Reason)
		}
	}
	slices.Sort(left)
	slices.Sort(reasons)
	switch {
	case c.Result == "error":
		v.unexpected = append(v.unexpected, c.ID+": "+c.Reason)
	case len(left) > 0:
		v.unexpected = append(v.unexpected, c.ID+": "+strings.Join(left, ", "))
	case len(faults) > 0:
		v.open = append(v.open, c.ID+": "+strings.Join(faults, "; "))
	case len(reasons) > 0:
		v.wanted = append(v.wanted, c.ID+": "+strings.Join(reasons, "; "))
	default:
		suite, _, _ := strings.Cut(c.ID, "/")
		v.nearly[suite]++
	}
}

func (l differences) find(id, dimension string, plain bool) *difference {
	for i, d := range l {
		if (plain || d.Under == "always") && (slices.Contains(d.Cases, id) || slices.Contains(d.Cases, "*")) &&
			(slices.Contains(d.Dimensions, dimension) || slices.Contains(d.Dimensions, "*")) {
			return &l[i]
		}
	}
	return nil
}

func (v *verdict) print(w io.Writer, title string) {
	fmt.Fprintf(w, "\n%s\n", title)
	for _, suite := range v.suites {
		fmt.Fprintf(w, "  %-9s %d of %d cases equal in every dimension", suite, v.passed[suite], v.total[suite])
		if v.nearly[suite] > 0 {
			fmt.Fprintf(w, ", %d more but for what holds for any case", v.nearly[suite])
		}
		fmt.Fprintln(w)
	}
	for _, reason := range slices.Sorted(maps.Keys(v.general)) {
		fmt.Fprintf(w, "  in %d cases: %s\n", v.general[reason], reason)
	}
	for _, part := range []struct {
		name  string
		lines []string
	}{{"wanted differences", v.wanted}, {"OPEN faults", v.open}, {"UNEXPECTED differences", v.unexpected}, {"STALE entries of differences.json", v.stale}} {
		if len(part.lines) > 0 {
			fmt.Fprintf(w, "  %s: %d\n    %s\n", part.name, len(part.lines), strings.Join(part.lines, "\n    "))
		}
	}
}
