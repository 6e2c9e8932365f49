package rule

import (
	"fmt"
	"slices"
	"strings"

	"posthaste/collection"
	"posthaste/lint/subject"
)

// scopes finds scripts that read a variable from a scope that does not have it, while another
// has. Where a script sets names that it computes, nothing is certain.
func scopes(k *subject.Checker) {
	for _, s := range k.Scripts() {
		for _, u := range s.Flow.Uses {
			if u.Scope == "" || u.Scope == "data" || u.Optional || k.SetsUnknown() {
				continue
			}
			in := scopesOf(k, u.Name)
			if len(in) == 0 || slices.Contains(in, u.Scope) || u.Scope == "environment" && len(k.Files) == 0 {
				continue
			}
			f := k.InScript(s, u.Place, u.Name, fmt.Sprintf("the script reads %s from the %s scope, and only the %s scope has it: it gets undefined",
				u.Name, u.Scope, strings.Join(in, " and the ")))
			f.Hint = "pm.variables.get reads from whatever scope has it"
			k.Report(f)
		}
	}
}

// scopesOf lists the scopes in which files or scripts give a variable a value, in the words
// of the script's functions.
func scopesOf(k *subject.Checker, name string) []string {
	var in []string
	add := func(scope string) {
		if !slices.Contains(in, scope) {
			in = append(in, scope)
		}
	}
	look := func(list []collection.Variable, scope string) {
		for _, v := range list {
			if v.Key == name && !v.Disabled {
				add(scope)
			}
		}
	}
	for _, f := range k.Files {
		scope := f.What
		if scope == "globals" {
			scope = "global"
		}
		look(f.Env.Values, scope)
	}
	look(k.C.Variables, "collection")
	for _, s := range k.Scripts() {
		for _, set := range s.Flow.Sets {
			if set.Name == name {
				add(set.Scope)
			}
		}
	}
	return in
}
