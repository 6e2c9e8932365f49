package value

import (
	"cmp"
	"slices"
	"strings"

	"posthaste/internal/check/rule"
	"posthaste/internal/near"
)

// Given is one of the API's values as the user gave it.
type Given struct {
	*rule.Value
	Vars   []Variable // that were filled in, the chosen first; several for a value that may come several times
	Others []Variable // that name the value, are filled in and were not chosen
	Unset  []Variable // that name the value and are not filled in
	Needed bool       // the kind of keys has none without it
}

// Text is the chosen value, "" when none was given.
func (g *Given) Text() string {
	if len(g.Vars) == 0 {
		return ""
	}
	return g.Vars[0].Value
}

// IsNamed reports whether any variable names the value.
func (g *Given) IsNamed() bool { return len(g.Vars)+len(g.Unset) > 0 }

// Name is the variable as the user spells it, or as it is usually spelled.
func (g *Given) Name(hasFile bool) string {
	for _, list := range [][]Variable{g.Vars, g.Unset} {
		if len(list) > 0 {
			return list[0].Name
		}
	}
	if !hasFile && len(g.Env) > 0 {
		return g.Env[0]
	}
	return g.Names[0]
}

// Effective leaves out variables that a later one of the same name hides, as it does in a run. One that is switched
// off hides none. Of different scopes the narrower hides the wider.
func Effective(list []Variable) []Variable {
	var kept []Variable
	for i, v := range list {
		hidden := slices.ContainsFunc(list, func(o Variable) bool {
			return o.Name == v.Name && !o.Disabled && o.Origin.isRun() && v.Origin.isRun() && o.Origin.order() < v.Origin.order()
		}) || slices.ContainsFunc(list[i+1:], func(later Variable) bool {
			return later.Name == v.Name && later.Origin == v.Origin && (!later.Disabled || v.Disabled)
		}) || v.Disabled && slices.ContainsFunc(list[:i], func(earlier Variable) bool {
			return earlier.Name == v.Name && earlier.Origin == v.Origin && !earlier.Disabled
		})
		if !hidden {
			kept = append(kept, v)
		}
	}
	return kept
}

// Twice finds variables that stand in one scope twice with different values. The last counts, as in a run.
func Twice(list []Variable) []Variable {
	var found []Variable
	for i, v := range list {
		for _, later := range list[i+1:] {
			if later.Name == v.Name && later.Origin == v.Origin && !v.Disabled && !later.Disabled && later.Value != v.Value &&
				!slices.ContainsFunc(found, func(f Variable) bool { return f.Name == v.Name }) {
				found = append(found, later)
			}
		}
	}
	return found
}

// Gather finds the values of a kind of keys among the variables.
func Gather(rules *rule.Rules, kind *rule.Kind, variables []Variable) []*Given {
	var list []*Given
	for _, id := range kind.Values {
		g := &Given{Value: rules.Value(id), Needed: !slices.Contains(kind.Optional, id)}
		for _, v := range candidates(g.Value, variables) {
			switch {
			case v.Disabled || IsUnset(rules, g.Value, v.Value):
				g.Unset = append(g.Unset, v)
			case len(g.Vars) == 0 || g.Several && v.Origin.scope() == g.Vars[0].Origin.scope():
				g.Vars = append(g.Vars, v)
			default:
				g.Others = append(g.Others, v)
			}
		}
		list = append(list, g)
	}
	return list
}

// candidates are the variables that name a value: by origin, then the usual spelling first.
func candidates(v *rule.Value, variables []Variable) []Variable {
	var list []Variable
	for _, one := range variables {
		if v.Rank(one.Name) >= 0 {
			list = append(list, one)
		}
	}
	slices.SortStableFunc(list, func(a, b Variable) int {
		return cmp.Or(cmp.Compare(a.Origin.scope(), b.Origin.scope()), cmp.Compare(v.Rank(a.Name), v.Rank(b.Name)), cmp.Compare(a.Origin.order(), b.Origin.order()))
	})
	return list
}

// IsUnset reports whether a value was never filled in. A value that somebody put between the signs of a placeholder is
// filled in, and damaged.
func IsUnset(rules *rule.Rules, v *rule.Value, text string) bool {
	text = strings.TrimFunc(text, isBlank)
	if text == "" {
		return true
	}
	if inner := strings.Trim(text, `<>"{}`); rules.Matches(v.Shape, inner) {
		return false
	}
	return rules.IsPlaceholder(text)
}

// Lookup finds variables of any of the names, filled in or not.
func Lookup(variables []Variable, names []string) []Variable {
	var found []Variable
	for _, v := range variables {
		if !v.Disabled && slices.ContainsFunc(names, func(n string) bool { return near.Fold(n) == near.Fold(v.Name) }) {
			found = append(found, v)
		}
	}
	return found
}

// Recognise finds the kind of keys by the variables that are there.
func Recognise(rules *rule.Rules, environment string, variables []Variable) *rule.Kind {
	var usual *rule.Kind
	for i := range rules.Kinds {
		k := &rules.Kinds[i]
		if len(k.When) == 0 && usual == nil {
			usual = k
		}
		for _, sign := range k.When {
			if (sign.Environment == "" || sign.Environment == environment) && shows(rules, sign, variables) {
				return k
			}
		}
	}
	if usual != nil {
		return usual
	}
	return Only(rules)
}

// Only is the kind of an API that knows no kinds: all its values and steps.
func Only(rules *rule.Rules) *rule.Kind {
	k := &rule.Kind{}
	for _, v := range rules.Values {
		k.Values = append(k.Values, v.ID)
	}
	for _, s := range rules.Steps {
		k.Steps = append(k.Steps, s.ID)
	}
	return k
}

// shows says whether variables fit a sign: all that must be filled in are, all that must be there are, and none of
// those that must be missing is there.
func shows(rules *rule.Rules, sign rule.Sign, variables []Variable) bool {
	isThere := func(name string) bool {
		if v := rules.Value(name); v != nil {
			return slices.ContainsFunc(variables, func(one Variable) bool { return v.Rank(one.Name) >= 0 })
		}
		return slices.ContainsFunc(variables, func(one Variable) bool { return near.Fold(one.Name) == near.Fold(name) })
	}
	for _, id := range sign.Filled {
		v := rules.Value(id)
		if v == nil || !slices.ContainsFunc(variables, func(one Variable) bool {
			return v.Rank(one.Name) >= 0 && !one.Disabled && !IsUnset(rules, v, one.Value)
		}) {
			return false
		}
	}
	for _, name := range sign.Has {
		if !isThere(name) {
			return false
		}
	}
	return !slices.ContainsFunc(sign.Lacks, isThere)
}
