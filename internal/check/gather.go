package check

import (
	"cmp"
	"slices"
	"strings"
)

// given is one of the API's values as the user gave it.
type given struct {
	*Value
	vars   []Variable // that were filled in, the chosen first; several for a value of which there may be several
	others []Variable // that name the value, are filled in and were not chosen
	unset  []Variable // that name the value and are not filled in
}

// text is the chosen value, "" when none was given.
func (g *given) text() string {
	if len(g.vars) == 0 {
		return ""
	}
	return g.vars[0].Value
}

// name is the variable as the user spells it; where there is none, as it is usually spelled.
func (g *given) name(in Input) string {
	for _, list := range [][]Variable{g.vars, g.unset} {
		if len(list) > 0 {
			return list[0].Name
		}
	}
	if in.File == "" && len(g.Env) > 0 {
		return g.Env[0]
	}
	return g.Names[0]
}

// effective leaves out variables that a later one of the same name hides, as it does in a run. One that is switched
// off hides none.
func effective(list []Variable) []Variable {
	var kept []Variable
	for i, v := range list {
		isHidden := slices.ContainsFunc(list[i+1:], func(later Variable) bool {
			return later.Name == v.Name && later.Origin == v.Origin && (!later.Disabled || v.Disabled)
		})
		hides := v.Disabled && slices.ContainsFunc(list[:i], func(earlier Variable) bool {
			return earlier.Name == v.Name && earlier.Origin == v.Origin && !earlier.Disabled
		})
		if !isHidden && !hides {
			kept = append(kept, v)
		}
	}
	return kept
}

// gather finds the API's values among the variables.
func (s *session) gather() {
	for i := range s.rules.Values {
		g := &given{Value: &s.rules.Values[i]}
		for _, v := range s.candidates(g.Value) {
			switch {
			case v.Disabled || s.isUnset(g.Value, v.Value):
				g.unset = append(g.unset, v)
			case len(g.vars) == 0 || g.Several && v.Origin == g.vars[0].Origin:
				g.vars = append(g.vars, v)
			default:
				g.others = append(g.others, v)
			}
		}
		s.given = append(s.given, g)
	}
}

// candidates are the variables that name a value: by origin, then the usual spelling first.
func (s *session) candidates(v *Value) []Variable {
	var list []Variable
	for _, one := range s.in.Variables {
		if v.rank(one.Name) >= 0 {
			list = append(list, one)
		}
	}
	slices.SortStableFunc(list, func(a, b Variable) int {
		return cmp.Or(cmp.Compare(a.Origin, b.Origin), cmp.Compare(v.rank(a.Name), v.rank(b.Name)))
	})
	return list
}

// rank tells how usual a name is for the value; -1 when it is none of its names.
func (v *Value) rank(name string) int {
	folded := func(n string) bool { return fold(n) == fold(name) }
	if i := slices.Index(v.Names, name); i >= 0 {
		return i
	}
	if i := slices.IndexFunc(v.Names, folded); i >= 0 {
		return len(v.Names) + i
	}
	if i := slices.IndexFunc(v.Env, folded); i >= 0 {
		return 2*len(v.Names) + i
	}
	return -1
}

// isUnset tells whether a value was never filled in. A value that somebody put between the signs of a
// placeholder is filled in, and damaged.
func (s *session) isUnset(v *Value, text string) bool {
	text = strings.TrimSpace(text)
	if text == "" {
		return true
	}
	if inner := strings.Trim(text, `<>"`); s.rules.matches(v.Shape, inner) {
		return false
	}
	return slices.ContainsFunc(s.rules.Placeholders, func(p string) bool { return s.rules.matches(p, text) })
}

func (s *session) value(id string) *given {
	for _, g := range s.given {
		if g.ID == id {
			return g
		}
	}
	return nil
}

// lookup finds a variable of any of the names, filled in or not.
func (s *session) lookup(names []string) []Variable {
	var found []Variable
	for _, v := range s.in.Variables {
		if !v.Disabled && slices.ContainsFunc(names, func(n string) bool { return fold(n) == fold(v.Name) }) {
			found = append(found, v)
		}
	}
	return found
}
