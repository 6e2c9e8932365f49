package subject

import "posthaste/script/flow"

// A Setter is a script of one step that sets a variable to something.
type Setter struct {
	Step   *Step
	Script Scripted
	Set    flow.Set
	Before bool   // it runs before the step's request is sent
	Never  string // why it cannot get there, "" when it can
}

// Setters returns what sets a variable, in the order of a run.
func (k *Checker) Setters(name string) []Setter {
	if k.sets == nil {
		k.sets = map[string][]Setter{}
		for _, s := range k.Steps {
			for _, script := range s.Pre {
				k.addSetters(s, script, true)
			}
			for _, script := range s.Test {
				k.addSetters(s, script, false)
			}
		}
	}
	return k.sets[name]
}

// addSetters notes what a script sets. A script that waits for another answer than the API gives never comes to set
// it.
func (k *Checker) addSetters(s *Step, script Scripted, before bool) {
	for _, set := range script.Flow.Sets {
		if set.Empty {
			continue // it clears the variable
		}
		never := ""
		if !before && script.Owner == s.Item {
			if m := k.Mismatch(s, set); m != nil {
				never = m.Text
			}
		}
		k.sets[set.Name] = append(k.sets[set.Name], Setter{s, script, set, before, never})
	}
}

// SetsUnknown reports whether some script sets variables whose names are not to be known without running it.
func (k *Checker) SetsUnknown() bool {
	for _, s := range k.Scripts() {
		if s.Flow.SetsUnknown {
			return true
		}
	}
	return false
}

// InTime reports whether a setter can have run before a step's request is sent.
func (k *Checker) InTime(by Setter, s *Step) bool {
	return by.Step == s && by.Before || k.order.can(by.Step.Index, s.Index)
}

// reach says which step can follow which, on whatever way.
type reach struct {
	after [][]bool // nil where no script jumps back: then the order of the file is that of the run
}

// can reports whether the second step can run after the first.
func (r reach) can(first, second int) bool {
	if first < second || r.after == nil {
		return first < second
	}
	return r.after[first][second]
}

// reachable follows the jumps of scripts. A step that may jump may also go on to the next one.
func (k *Checker) reachable() reach {
	next := make([][]int, len(k.Steps))
	back := false
	for i, s := range k.Steps {
		for _, script := range append(s.Pre[:len(s.Pre):len(s.Pre)], s.Test...) {
			if len(script.Flow.Jumps) == 0 && !script.Flow.JumpsUnknown {
				continue
			}
			for j := range k.Steps {
				if jumpsTo(script.Flow, k.Steps[j]) {
					next[i] = append(next[i], j)
					back = back || j <= i
				}
			}
		}
		if i+1 < len(k.Steps) {
			next[i] = append(next[i], i+1)
		}
	}
	if !back {
		return reach{}
	}
	after := make([][]bool, len(k.Steps))
	for i := range after {
		after[i] = make([]bool, len(k.Steps))
		todo := []int{i}
		for len(todo) > 0 {
			at := todo[len(todo)-1]
			todo = todo[:len(todo)-1]
			for _, j := range next[at] {
				if !after[i][j] {
					after[i][j] = true
					todo = append(todo, j)
				}
			}
		}
	}
	return reach{after}
}

// jumpsTo says whether a script may jump to a step. A target that is computed may be any.
func jumpsTo(script *flow.Script, s *Step) bool {
	if script.JumpsUnknown {
		return true
	}
	for _, j := range script.Jumps {
		if j.Target == s.Item.Name || j.Target == s.Item.ID {
			return true
		}
	}
	return false
}
