package shard

import (
	"math/rand/v2"
	"slices"
	"strconv"
	"testing"
)

func lookup(vars map[string]string) func(string) (string, bool) {
	return func(name string) (string, bool) { v, ok := vars[name]; return v, ok }
}

func TestParse(t *testing.T) {
	tests := map[string]struct {
		give string
		env  map[string]string
		want string // "" is an error
	}{
		"by hand":                   {"2/4", nil, "2/4"},
		"the whole":                 {"1/1", nil, "1/1"},
		"none":                      {"0/4", nil, ""},
		"one too many":              {"5/4", nil, ""},
		"no numbers":                {"a/b", nil, ""},
		"one number":                {"2", nil, ""},
		"GitLab counts from one":    {"auto", map[string]string{"CI_NODE_INDEX": "3", "CI_NODE_TOTAL": "5"}, "3/5"},
		"CircleCI counts from zero": {"auto", map[string]string{"CIRCLE_NODE_INDEX": "0", "CIRCLE_NODE_TOTAL": "2"}, "1/2"},
		"Buildkite":                 {"auto", map[string]string{"BUILDKITE_PARALLEL_JOB": "1", "BUILDKITE_PARALLEL_JOB_COUNT": "2"}, "2/2"},
		"Azure":                     {"auto", map[string]string{"SYSTEM_JOBPOSITIONINPHASE": "1", "SYSTEM_TOTALJOBSINPHASE": "2"}, "1/2"},
		"Kubernetes":                {"auto", map[string]string{"JOB_COMPLETION_INDEX": "9", "SHARD_TOTAL": "10"}, "10/10"},
		"Kubernetes without total":  {"auto", map[string]string{"JOB_COMPLETION_INDEX": "9"}, ""},
		"no CI system":              {"auto", nil, ""},
		"a broken variable":         {"auto", map[string]string{"CI_NODE_INDEX": "x", "CI_NODE_TOTAL": "5"}, ""},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			s, err := Parse(test.give, lookup(test.env))
			if got := s.String(); (err != nil) != (test.want == "") || err == nil && got != test.want {
				t.Errorf("Parse = %v, %v, want %q", got, err, test.want)
			}
		})
	}
}

func TestShardsTogetherAreTheWhole(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for range 500 {
		units := make([]Unit, random.IntN(40))
		for i := range units {
			units[i] = Unit{Name: strconv.Itoa(i), Weight: float64(random.IntN(5))}
		}
		n := 1 + random.IntN(12)
		var all []int
		rows := random.IntN(1000)
		next := 0
		for i := range n {
			s := Shard{i + 1, n}
			mine := s.Take(units)
			if !slices.IsSorted(mine) {
				t.Fatalf("shard %v is out of order: %v", s, mine)
			}
			all = append(all, mine...)
			from, to := s.Rows(rows)
			if from != next || to < from {
				t.Fatalf("shard %v has rows %d to %d, after %d", s, from, to, next)
			}
			next = to
		}
		slices.Sort(all)
		for i := range units {
			if i >= len(all) || all[i] != i {
				t.Fatalf("%d shards of %d units take %v", n, len(units), all)
			}
		}
		if len(all) != len(units) || next != rows {
			t.Fatalf("%d units of %d, %d rows of %d", len(all), len(units), next, rows)
		}
	}
}

func TestShardsAreBalanced(t *testing.T) {
	units := []Unit{{"a", 60}, {"b", 10}, {"c", 10}, {"d", 40}, {"e", 20}, {"f", 40}}
	for i := range 3 {
		load := 0.0
		for _, u := range (Shard{i + 1, 3}).Take(units) {
			load += units[u].Weight
		}
		if load != 60 {
			t.Errorf("shard %d has a load of %v, want 60", i+1, load)
		}
	}
}
