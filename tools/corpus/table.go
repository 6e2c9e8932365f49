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

// prefix stands before the names of collections in parity's ids.
const prefix = "corpus/"

// A result is one case of parity's summary.
type result struct {
	ID     string
	Result string // pass, fail, unstable, error, …
	Reason string
	Scores map[string]struct{ OK, Total int }
}

func readSummary(file string) (map[string]result, error) {
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	var summary struct{ Cases []result }
	if err := json.Unmarshal(data, &summary); err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	all := map[string]result{}
	for _, r := range summary.Cases {
		all[strings.TrimPrefix(r.ID, prefix)] = r
	}
	return all, nil
}

// table prints a line for each collection, and the differences by kind. It reports whether all are equal.
func table(w io.Writer, list []source, results map[string]result) bool {
	fmt.Fprintln(w, "| collection | requests | scripts | differences |")
	fmt.Fprintln(w, "| --- | --- | --- | --- |")
	equal, kinds := 0, map[string][]string{}
	for _, s := range list {
		text, differing := verdict(results[s.name])
		if len(differing) == 0 {
			equal++
		}
		for _, kind := range differing {
			kinds[kind] = append(kinds[kind], s.name)
		}
		fmt.Fprintf(w, "| %s | %d | %d | %s |\n", strings.ReplaceAll(s.name, "|", `\|`), s.requests, s.scripts, text)
	}
	fmt.Fprintf(w, "\n%d collections, %d equal in everything.\n", len(list), equal)
	for _, kind := range slices.Sorted(maps.Keys(kinds)) {
		fmt.Fprintf(w, "%s differs in %d: %s\n", kind, len(kinds[kind]), strings.Join(kinds[kind], ", "))
	}
	return equal == len(list)
}

// verdict says what differs of a collection, as the table has it, and by kind. The order in which parallel requests
// come in and the terminal's text decide nothing.
func verdict(r result) (text string, kinds []string) {
	switch r.Result {
	case "pass":
		return "none", nil
	case "":
		return "was not run", []string{"not run"}
	case "error", "unstable", "quarantined":
		return strings.ReplaceAll(r.Result+": "+r.Reason, "|", `\|`), []string{r.Result}
	}
	var parts []string
	for _, kind := range slices.Sorted(maps.Keys(r.Scores)) {
		if s := r.Scores[kind]; s.OK < s.Total && kind != "order" && kind != "cli" {
			kinds = append(kinds, kind)
			parts = append(parts, fmt.Sprintf("%s %d of %d", kind, s.Total-s.OK, s.Total))
		}
	}
	if len(kinds) == 0 {
		return "fails: " + r.Reason, []string{"failed"}
	}
	return strings.Join(parts, ", "), kinds
}
