package lint

import (
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"posthaste/lint/rule"
)

// A judgement is a row of testdata/judged.tsv: findings in public collections that were judged by reading.
type judgement struct {
	rule     string
	findings int
	right    bool
	now      string // kept, gone, new, or info: reported as info since
}

// judgements reads the table of judged findings.
func judgements() ([]judgement, error) {
	data, err := os.ReadFile("testdata/judged.tsv")
	if err != nil {
		return nil, err
	}
	const columns = 7
	var list []judgement
	for i, line := range strings.Split(strings.TrimSpace(string(data)), "\n")[1:] {
		cells := strings.Split(line, "\t")
		if len(cells) != columns {
			return nil, fmt.Errorf("judged.tsv, row %d has %d cells, want %d", i+1, len(cells), columns)
		}
		n, err := strconv.Atoi(cells[2])
		if err != nil {
			return nil, fmt.Errorf("judged.tsv, row %d: %w", i+1, err)
		}
		list = append(list, judgement{cells[0], n, cells[4] == "true", cells[5]})
	}
	return list, nil
}

// A share is how many of some findings are right.
type share struct{ right, all int }

func (s share) String() string {
	if s.all == 0 {
		return "-"
	}
	const whole = 100
	return fmt.Sprintf("%d of %d, %d %%", s.right, s.all, whole*s.right/s.all)
}

// precision is the table of docs/lint.md: what was judged by rule, before the rules were changed and since.
func precision(list []judgement) string {
	before, since := map[string]*share{}, map[string]*share{}
	var names []string
	add := func(to map[string]*share, name string, n int, right bool) {
		if to[name] == nil {
			to[name] = &share{}
		}
		to[name].all += n
		if right {
			to[name].right += n
		}
	}
	for _, j := range list {
		if !slices.Contains(names, j.rule) {
			names = append(names, j.rule)
		}
		for _, name := range []string{j.rule, "all"} {
			if j.now != "new" {
				add(before, name, j.findings, j.right)
			}
			if j.now != "gone" {
				add(since, name, j.findings, j.right || j.now == "info")
			}
		}
	}
	slices.SortStableFunc(names, func(a, b string) int { return before[b].all - before[a].all })
	var b strings.Builder
	b.WriteString("| rule | true at first | true since |\n| --- | --- | --- |\n")
	for _, name := range append(names, "all") {
		s := since[name]
		if s == nil {
			s = &share{}
		}
		fmt.Fprintf(&b, "| %s | %s | %s |\n", name, before[name], s)
	}
	return b.String()
}

// A rule that is right less than nine times in ten cries wolf, and must be off or info.
func TestRulesAreRight(t *testing.T) {
	t.Parallel()
	list, err := judgements()
	if err != nil {
		t.Fatal(err)
	}
	var known []string
	for _, r := range rule.All() {
		known = append(known, r.Id)
	}
	const nineInTen = 90
	since := map[string]*share{}
	for _, j := range list {
		if !slices.Contains(known, j.rule) {
			t.Errorf("judged.tsv knows a rule %q", j.rule)
		}
		if !slices.Contains([]string{"kept", "gone", "new", "info"}, j.now) {
			t.Errorf("judged.tsv says %q", j.now)
		}
		if since[j.rule] == nil {
			since[j.rule] = &share{}
		}
		if j.now != "gone" {
			since[j.rule].all += j.findings
			if j.right || j.now == "info" {
				since[j.rule].right += j.findings
			}
		}
	}
	for name, s := range since {
		if s.right*100 < s.all*nineInTen {
			t.Errorf("%s is right in %s", name, s)
		}
	}
}
