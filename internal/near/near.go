// Package near finds the names that a mistyped one was probably meant to be.
//
// Names are compared without case and separators, and by the number of letters to change. It suggests nothing that is
// too far away, since a wrong hint costs more than none.
package near

import (
	"sort"
	"strings"
)

// Names returns up to limit of the candidates that look like name, best first, each once.
// A candidate that holds the name is near; else at most half of the name's letters may differ.
func Names(name string, candidates []string, limit int) []string {
	type scored struct {
		name string
		cost int
	}
	var list []scored
	seen := map[string]bool{}
	for _, c := range candidates {
		if !seen[c] {
			seen[c] = true
			list = append(list, scored{c, unlikeness(name, c)})
		}
	}
	sort.SliceStable(list, func(i, j int) bool { return list[i].cost < list[j].cost })
	var names []string
	for _, c := range list {
		if len(names) == limit || c.cost > max(2, len(name)/2) {
			break
		}
		names = append(names, c.name)
	}
	return names
}

// Fold returns a name without case and separators: two spellings of a variable's name that differ in nothing else are equal then.
func Fold(name string) string {
	return strings.Map(func(r rune) rune {
		switch r {
		case '-', '_', '.', ' ':
			return -1
		}
		return r
	}, strings.ToLower(name))
}

// unlikeness is the edit distance of two names, without regard to case and blanks around them.
func unlikeness(a, b string) int {
	a, b = strings.ToLower(strings.TrimSpace(a)), strings.ToLower(strings.TrimSpace(b))
	if a != "" && strings.Contains(b, a) {
		return 1
	}
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := diagonal
			if a[i] != b[j] {
				cost++
			}
			diagonal = row[j+1]
			row[j+1] = min(cost, row[j+1]+1, row[j]+1)
		}
	}
	return row[len(b)]
}
