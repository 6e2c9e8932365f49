// Package shard spreads the units of a run over machines that know nothing of each other: each works out the
// same division and takes its own part. No unit is lost and none runs twice.
package shard

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// A Shard is one part of a division. The zero Shard is the whole.
type Shard struct {
	Index int // 1-based
	Total int
}

// Parse reads "2/4", or "auto", which looks at what CI systems set.
func Parse(text string, env func(string) (string, bool)) (Shard, error) {
	if text == "auto" {
		return detect(env)
	}
	index, total, ok := strings.Cut(text, "/")
	i, err := strconv.Atoi(index)
	n, err2 := strconv.Atoi(total)
	if !ok || err != nil || err2 != nil {
		return Shard{}, fmt.Errorf("%q is no shard, such as 2/4", text)
	}
	return check(Shard{i, n})
}

func check(s Shard) (Shard, error) {
	if s.Total < 1 || s.Index < 1 || s.Index > s.Total {
		return Shard{}, fmt.Errorf("there is no shard %d of %d", s.Index, s.Total)
	}
	return s, nil
}

// A system is how a CI system tells a job its place: the variables, and whether it counts from 0.
type system struct {
	name, index, total string
	base               int
}

// systems are the CI systems that number their parallel jobs; some count from 0, others from 1.
func systems() []system {
	return []system{
		{"GitLab", "CI_NODE_INDEX", "CI_NODE_TOTAL", 1},
		{"CircleCI", "CIRCLE_NODE_INDEX", "CIRCLE_NODE_TOTAL", 0},
		{"Buildkite", "BUILDKITE_PARALLEL_JOB", "BUILDKITE_PARALLEL_JOB_COUNT", 0},
		{"Azure", "SYSTEM_JOBPOSITIONINPHASE", "SYSTEM_TOTALJOBSINPHASE", 1},
		{"a Kubernetes Indexed Job", "JOB_COMPLETION_INDEX", "SHARD_TOTAL", 0},
	}
}

// detect finds the first CI system that says which part of how many this job is.
func detect(env func(string) (string, bool)) (Shard, error) {
	var names []string
	for _, s := range systems() {
		names = append(names, s.index+" and "+s.total)
		index, ok := env(s.index)
		if !ok {
			continue
		}
		total, ok := env(s.total)
		if !ok {
			return Shard{}, fmt.Errorf("%s sets %s, and %s is missing", s.name, s.index, s.total)
		}
		i, err := strconv.Atoi(index)
		if err != nil {
			return Shard{}, fmt.Errorf("%s=%s is no number", s.index, index)
		}
		n, err := strconv.Atoi(total)
		if err != nil {
			return Shard{}, fmt.Errorf("%s=%s is no number", s.total, total)
		}
		return check(Shard{i - s.base + 1, n})
	}
	return Shard{}, fmt.Errorf("no CI system says which part this is: none of %s is set", strings.Join(names, "; "))
}

// Whole reports whether the shard is everything.
func (s Shard) Whole() bool { return s.Total <= 1 }

// String is "2/4".
func (s Shard) String() string { return strconv.Itoa(s.Index) + "/" + strconv.Itoa(s.Total) }

// A Unit is what is not divided: a folder, a collection.
type Unit struct {
	Name   string  // unique in the division
	Weight float64 // how long it takes, in any unit; 0 counts as 1
}

// Take returns which units are the shard's, by index in ascending order. The heaviest unit goes to the lightest
// shard first, so that all take about as long; equal ones are told apart by their place.
func (s Shard) Take(units []Unit) []int {
	if s.Whole() {
		all := make([]int, len(units))
		for i := range all {
			all[i] = i
		}
		return all
	}
	order := make([]int, len(units))
	for i := range order {
		order[i] = i
	}
	weight := func(i int) float64 { return max(units[i].Weight, 1e-9) }
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(weight(b), weight(a)) })
	load := make([]float64, s.Total)
	var mine []int
	for _, i := range order {
		lightest := 0
		for shard := range load {
			if load[shard] < load[lightest] {
				lightest = shard
			}
		}
		load[lightest] += weight(i)
		if lightest == s.Index-1 {
			mine = append(mine, i)
		}
	}
	slices.Sort(mine)
	return mine
}

// Rows returns which of n rows are the shard's: from is the first, to the one behind the last, counted from 0.
// The blocks follow each other, and differ by at most one row.
func (s Shard) Rows(n int) (from, to int) {
	if s.Whole() {
		return 0, n
	}
	return (s.Index - 1) * n / s.Total, s.Index * n / s.Total
}
