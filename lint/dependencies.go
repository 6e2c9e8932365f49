package lint

import (
	"slices"
	"strings"

	"posthaste/collection"
	"posthaste/lint/rule"
	"posthaste/lint/subject"
)

// Dependencies returns the requests that have to run before the selected ones because they set variables that
// those need, and what these need in turn, without the selected ones, in the order of the collection. Of several
// that set a variable it is the last one before the request, whose value a run of everything would have; where
// only later ones do, it is the first of those. What a request needs is what it and its scripts read.
//
// Variables of files count for nothing here: a token that stands in the environment may be an old one.
func Dependencies(c *collection.Collection, selected func(*collection.Item) bool) []*collection.Item {
	k := subject.New(c, nil, subject.Options{})
	taken := map[*subject.Step]bool{}
	var todo []*subject.Step
	for _, s := range k.Steps {
		if selected(s.Item) {
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
	return taking(k, taken, selected)
}

// Providers lists the requests that set the wanted ones of the variables that the selected requests use, but for those
// that use a wanted variable themselves which another request sets: what they would do again is more than to get a value.
func Providers(c *collection.Collection, selected func(*collection.Item) bool, wanted func(name string) bool) []*collection.Item {
	k := subject.New(c, nil, subject.Options{})
	direct := func(s *subject.Step) (list []*subject.Step) {
		for _, name := range needs(s) {
			if by := provider(k, s, name); wanted(name) && by != nil && by != s {
				list = append(list, by)
			}
		}
		return list
	}
	taken := map[*subject.Step]bool{}
	for _, s := range k.Steps {
		if !selected(s.Item) {
			continue
		}
		for _, by := range direct(s) {
			if !selected(by.Item) && len(direct(by)) == 0 {
				taken[by] = true
			}
		}
	}
	return taking(k, taken, selected)
}

// taking lists the requests that are taken and not selected, in their order.
func taking(k *subject.Checker, taken map[*subject.Step]bool, selected func(*collection.Item) bool) []*collection.Item {
	var list []*collection.Item
	for _, s := range k.Steps {
		if taken[s] && !selected(s.Item) {
			list = append(list, s.Item)
		}
	}
	return list
}

// needs lists the variables that a step reads, in its request and in its scripts.
func needs(s *subject.Step) []string {
	var names []string
	for _, u := range s.Uses {
		names = append(names, u.Name)
	}
	for _, script := range append(s.Pre[:len(s.Pre):len(s.Pre)], s.Test...) {
		for _, u := range script.Flow.Uses {
			names = append(names, u.Name)
		}
	}
	return names
}

// provider is the step that gives a variable to another, nil where the other does so itself or none does.
func provider(k *subject.Checker, s *subject.Step, name string) *subject.Step {
	var before, after *subject.Step
	for _, by := range k.Setters(name) {
		switch {
		case by.Never != "":
		case by.Step == s:
			if by.Before || by.Script.Owner != s.Item {
				return nil // its own prerequest script, or one that runs with every request
			}
		case by.Step.Index < s.Index:
			before = by.Step
		case after == nil:
			after = by.Step
		}
	}
	if before != nil {
		return before
	}
	return after
}

// Needs lists the variables that requests use and neither the collection nor a script gives, in the order in which
// they are first used: what an environment has to have.
func Needs(c *collection.Collection, opt subject.Options) []string {
	k := subject.New(c, nil, opt)
	var names []string
	rule.Needed(k, func(s *subject.Step, u subject.Use) {
		if v := rule.Judge(k, s, u.Name); !v.Ok && !v.Written && len(v.Later) == 0 && !strings.HasPrefix(u.Name, "$") && !slices.Contains(names, u.Name) {
			names = append(names, u.Name)
		}
	})
	return names
}
