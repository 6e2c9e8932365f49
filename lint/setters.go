package lint

import "posthaste/script/flow"

// A setter is a script of one step that sets a variable to something.
type setter struct {
	step   *step
	script scripted
	set    flow.Set
	before bool   // it runs before the step's request is sent
	never  string // why it cannot get there, "" when it can
}

// setters returns what sets a variable, in the order of a run.
func (k *checker) setters(name string) []setter {
	if k.sets == nil {
		k.sets = map[string][]setter{}
		for _, s := range k.steps {
			for _, script := range s.pre {
				k.addSetters(s, script, true)
			}
			for _, script := range s.test {
				k.addSetters(s, script, false)
			}
		}
	}
	return k.sets[name]
}

func (k *checker) addSetters(s *step, script scripted, before bool) {
	for _, set := range script.flow.Sets {
		if set.Empty {
			continue // it clears the variable
		}
		never := ""
		if !before && script.owner == s.item {
			if m := k.mismatch(s, set); m != nil {
				never = m.text
			}
		}
		k.sets[set.Name] = append(k.sets[set.Name], setter{s, script, set, before, never})
	}
}

// setsUnknown tells whether some script sets variables whose names are not to be known without running it.
func (k *checker) setsUnknown() bool {
	for _, s := range k.scripts() {
		if s.flow.SetsUnknown {
			return true
		}
	}
	return false
}

// inTime tells whether a setter can have run before a step's request is sent.
func (k *checker) inTime(by setter, s *step) bool {
	return by.step == s && by.before || k.order.can(by.step.index, s.index)
}

// reach says which step can follow which, on whatever way.
type reach struct {
	after [][]bool // nil where no script jumps back: then the order of the file is that of the run
}

// can tells whether the second step can run after the first.
func (r reach) can(first, second int) bool {
	if first < second || r.after == nil {
		return first < second
	}
	return r.after[first][second]
}

// reachable follows the jumps of scripts. A step that may jump may also go on to the next one.
func (k *checker) reachable() reach {
	next := make([][]int, len(k.steps))
	back := false
	for i, s := range k.steps {
		for _, script := range append(s.pre[:len(s.pre):len(s.pre)], s.test...) {
			if len(script.flow.Jumps) == 0 && !script.flow.JumpsUnknown {
				continue
			}
			for j := range k.steps {
				if jumpsTo(script.flow, k.steps[j]) {
					next[i] = append(next[i], j)
					back = back || j <= i
				}
			}
		}
		if i+1 < len(k.steps) {
			next[i] = append(next[i], i+1)
		}
	}
	if !back {
		return reach{}
	}
	after := make([][]bool, len(k.steps))
	for i := range after {
		after[i] = make([]bool, len(k.steps))
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

func jumpsTo(script *flow.Script, s *step) bool {
	if script.JumpsUnknown {
		return true
	}
	for _, j := range script.Jumps {
		if j.Target == s.item.Name || j.Target == s.item.ID {
			return true
		}
	}
	return false
}
