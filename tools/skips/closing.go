package main

import (
	"fmt"
	"sort"
	"strings"
)

// close prints the closing lines and says whether everything passed.
func (t *tally) close() bool {
	failed := t.failed
	if failed == 0 {
		failed = len(t.broken) // they did not build or left early: the line must not read "0 failed" over a red run
	}
	if t.packages == 0 {
		t.print("no package was tested\n")
	}
	if len(t.broken) > 0 {
		t.print("failed packages: " + strings.Join(t.broken, " ") + "\n")
	}
	name := t.name
	if name != "" {
		name += ": "
	}
	_, _ = fmt.Fprintf(t.closing, "%s%d passed, %d failed, %d skipped\n%s%s\n", name, t.passed, failed, t.skipped, name, t.skips())
	return failed == 0 && t.packages > 0
}

// skips is the line that says how many tests were skipped and why, the commonest reason first.
func (t *tally) skips() string {
	names := make([]string, 0, len(t.reasons))
	for name := range t.reasons {
		names = append(names, name)
	}
	sort.Slice(names, func(i, j int) bool {
		a, b := t.reasons[names[i]], t.reasons[names[j]]
		return a > b || a == b && names[i] < names[j]
	})
	for i, name := range names {
		names[i] = fmt.Sprintf("%s %d", name, t.reasons[name])
	}
	if len(names) == 0 {
		return "skipped: 0"
	}
	return fmt.Sprintf("skipped: %d (%s)", t.skipped, strings.Join(names, ", "))
}

// reason finds the word after "skipped:" in the output of a skipped test.
func reason(output string) string {
	_, after, found := strings.Cut(output, " skipped: ")
	words := strings.Fields(after)
	if !found || len(words) == 0 {
		return "other"
	}
	return strings.TrimRight(words[0], ".,:;")
}
