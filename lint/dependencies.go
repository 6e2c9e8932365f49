package lint

import (
	"slices"
	"strings"

	"posthaste/collection"
)

// Dependencies returns the requests that have to run before the selected ones because they set variables that
// those need, and what these need in turn, without the selected ones, in the order of the collection. Of several
// that set a variable it is the last one before the request, whose value a run of everything would have; where
// only later ones do, it is the first of those. What a request needs is what it and its scripts read.
//
// Variables of files count for nothing here: a token that stands in the environment may be an old one.
func Dependencies(c *collection.Collection, selected func(*collection.Item) bool) []*collection.Item {
	k := newChecker(c, nil, Options{})
	taken := map[*step]bool{}
	var todo []*step
	for _, s := range k.steps {
		if selected(s.item) {
			taken[s] = true
			todo = append(todo, s)
		}
	}
	for len(todo) > 0 {
		s := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		for _, name := range needs(s) {
			if by := provider(k, s, name); by != nil && !taken[by] {
				taken[by] = true
				todo = append(todo, by)
			}
		}
	}
	var list []*collection.Item
	for _, s := range k.steps {
		if taken[s] && !selected(s.item) {
			list = append(list, s.item)
		}
	}
	return list
}

// needs lists the variables that a step reads, in its request and in its scripts.
func needs(s *step) []string {
	var names []string
	for _, u := range s.uses {
		names = append(names, u.name)
	}
	for _, script := range append(s.pre[:len(s.pre):len(s.pre)], s.test...) {
		for _, u := range script.flow.Uses {
			names = append(names, u.Name)
		}
	}
	return names
}

// provider is the step that gives a variable to another, nil where the other does so itself or none does.
func provider(k *checker, s *step, name string) *step {
	var before, after *step
	for _, by := range k.setters(name) {
		switch {
		case by.never != "":
		case by.step == s:
			if by.before || by.script.owner != s.item {
				return nil // its own prerequest script, or one that runs with every request
			}
		case by.step.index < s.index:
			before = by.step
		case after == nil:
			after = by.step
		}
	}
	if before != nil {
		return before
	}
	return after
}

// Needs lists the variables that requests use and neither the collection nor a script gives, in the order in which
// they are first used: what an environment has to have.
func Needs(c *collection.Collection, opt Options) []string {
	k := newChecker(c, nil, opt)
	var names []string
	needed(k, func(s *step, u use) {
		if v := judge(k, s, u.name); !v.ok && !v.written && len(v.later) == 0 && !strings.HasPrefix(u.name, "$") && !slices.Contains(names, u.name) {
			names = append(names, u.name)
		}
	})
	return names
}
