package check

import (
	"slices"
	"strings"

	"posthaste/internal/check/rule"
	"posthaste/internal/check/value"
	"posthaste/internal/near"
	"posthaste/internal/vipps/facts"
)

// An inspection is the first stage: what the values themselves show. It makes no call.
type inspection struct {
	*subject
	*findingList
}

// offline looks at the values without a call. twice are variables that were given more than
// once. The order of the checks is that of their weight: a later one may drop what an earlier
// one found.
func (s *inspection) offline(twice []value.Variable) {
	s.base = s.env.Host
	if s.isForeign() {
		return
	}
	s.checkKind()
	s.checkHosts()
	for _, v := range twice {
		s.find("twice", finding{vars: []value.Variable{v}})
	}
	for _, g := range s.given {
		s.checkFilled(g)
		for _, v := range g.Vars {
			s.checkText(g, v)
		}
		s.checkOthers(g)
	}
	s.checkEqual()
	s.checkOldToken()
	s.checkRenamed()
}

// isForeign finds a file that has none of the API's names: it is the wrong file, and no value
// is missing in it. Near names are told, since they may be misspelt.
func (s *inspection) isForeign() bool {
	if s.in.File == "" || len(s.in.Variables) == 0 {
		return false
	}
	names := map[string]bool{}
	for _, v := range s.rules.Values {
		for _, name := range slices.Concat(v.Names, v.Env) {
			names[near.Fold(name)] = true
		}
	}
	var nearest []string
	for _, v := range s.in.Variables {
		if names[near.Fold(v.Name)] || s.environmentOf(v.Value) != nil {
			return false
		}
		for _, g := range s.given {
			if len(near.Names(v.Name, g.Names, 1)) > 0 {
				nearest = append(nearest, v.Name)
				break
			}
		}
	}
	words := map[string]string{"what": ""}
	if len(nearest) > 0 {
		words["what"] = " Close to one of them: " + join(nearest) + "."
	}
	s.find("foreign", finding{values: s.needed(), words: words})
	return true
}

// needed are the values that the kind of keys has to have, in a list of their own.
func (s *inspection) needed() []*value.Given {
	return slices.DeleteFunc(slices.Clone(s.given), func(g *value.Given) bool { return !g.Needed })
}

// checkKind mentions keys that are not of the environment that was asked for: those of a
// simulator, for instance.
func (s *inspection) checkKind() {
	if s.kind.Only == "" || s.kind.Only == s.env.ID {
		return
	}
	for _, e := range s.rules.Environments {
		if e.ID == s.kind.Only {
			s.find("kind-elsewhere", finding{words: map[string]string{"what": e.Label}})
		}
	}
}

// checkFilled finds values that are missing or still placeholders. The symptom tells how:
// disabled, empty, unresolved, or a text that asks for a value.
func (s *inspection) checkFilled(g *value.Given) {
	if !g.IsNamed() {
		if g.Needed {
			s.find("missing", finding{values: []*value.Given{g}})
		}
		return
	}
	for _, v := range g.Unset {
		if len(g.Vars) > 0 && (!g.Several || v.Origin != g.Vars[0].Origin) {
			continue // another one was filled in
		}
		symptom := "placeholder"
		switch {
		case v.Disabled && !value.IsUnset(s.rules, g.Value, v.Value):
			symptom = "disabled"
		case strings.TrimSpace(v.Value) == "":
			symptom = "empty"
		case strings.Contains(v.Value, "{{") && !strings.HasPrefix(strings.TrimSpace(v.Value), "<"):
			symptom = "unresolved"
		}
		s.find(symptom, finding{values: []*value.Given{g}, vars: []value.Variable{v}})
	}
}

// checkText finds what is wrong with one value as it is written. Damage from pasting is
// looked for first: a value with a blank at its end has the wrong shape for that reason.
func (s *inspection) checkText(g *value.Given, v value.Variable) {
	f := finding{values: []*value.Given{g}, vars: []value.Variable{v}}
	say := func(symptom, what string) {
		f.words = map[string]string{"what": what}
		s.find(symptom, f)
	}
	fits := func(text string) bool { return s.rules.Fits(g.Value, text) }
	damages, repaired := value.Damages(v.Value, fits)
	mistake := s.rules.Mistake(g.Value, v.Value)
	switch {
	case slices.Contains(g.Examples, strings.ToLower(repaired)), slices.Contains(g.Examples, repaired):
		s.find("example", f)
	case len(damages) > 0:
		s.damaged(f, damages, fits(repaired) || g.Shape == "")
	case g.Shape == "" || fits(v.Value):
	case s.swapped(g, f):
	case mistake != "":
		say("looks-like", mistake)
	default:
		what := value.Break(s.rules, g.Value, v.Value)
		other := s.looksLike(g, v.Value)
		symptom := "odd-shape"
		switch {
		case what == "" && other != nil:
			symptom, what = "looks-like", "it looks like a "+other.Label
		case g.Strict:
			symptom = "shape"
		}
		if what == "" {
			what = "it does not look like " + g.Looks
		}
		say(symptom, what)
	}
}

// damaged says what happened to a value, and how to repair it where the repaired value has
// the right shape. Where characters were lost, it must be fetched again.
func (s *inspection) damaged(f finding, damages []value.Damage, repairs bool) {
	var what, do []string
	for _, d := range damages {
		if d.What == "" || slices.Contains(what, d.What) {
			continue
		}
		what = append(what, d.What)
		repairs = repairs && d.Do != ""
		do = append(do, d.Do)
	}
	f.words = map[string]string{"what": join(what), "do": join(do)}
	if repairs {
		s.find("paste", f)
		return
	}
	s.find("paste-lost", f)
}

// swapped finds another value that has this one's shape while this one has the other's. The
// pair is told once, and it reports whether there is one.
func (s *inspection) swapped(g *value.Given, f finding) bool {
	for _, other := range s.given {
		for _, v := range other.Vars {
			if other == g || s.rules.Fits(other.Value, v.Value) || !s.rules.Fits(other.Value, f.vars[0].Value) || !s.rules.Fits(g.Value, v.Value) {
				continue
			}
			if !s.found("swapped", f.vars[0]) {
				f.values, f.vars = []*value.Given{g, other}, []value.Variable{f.vars[0], v}
				s.find("swapped", f)
			}
			return true
		}
	}
	return false
}

// looksLike finds the one other value whose strict shape a text has, nil if missing.
func (s *inspection) looksLike(g *value.Given, text string) *rule.Value {
	for _, other := range s.given {
		if other != g && other.Looks != g.Looks && s.rules.Fits(other.Value, text) {
			return other.Value
		}
	}
	return nil
}

// checkOthers mentions values that were given and not chosen: under another spelling, or by
// another source.
func (s *inspection) checkOthers(g *value.Given) {
	for _, v := range g.Others {
		if v.Value == g.Text() {
			continue
		}
		symptom := "other-spelling"
		if v.Origin != g.Vars[0].Origin {
			symptom = "other-source"
		}
		s.find(symptom, finding{values: []*value.Given{g}, vars: []value.Variable{v}, words: map[string]string{"other": g.Vars[0].Name}})
	}
}

// checkEqual finds one text in two values, which happens when a row of the portal is copied
// twice.
func (s *inspection) checkEqual() {
	for i, a := range s.given {
		for _, b := range s.given[i+1:] {
			if a.Text() == "" || a.Text() != b.Text() {
				continue
			}
			for _, g := range []*value.Given{a, b} { // what was said of either so far is a part of this
				s.drop(g.Vars[0])
			}
			s.find("equal", finding{values: []*value.Given{a, b}, vars: []value.Variable{a.Vars[0], b.Vars[0]}})
		}
	}
}

// checkRenamed mentions addresses of hosts that get another name. An address with both names
// is prepared.
func (s *inspection) checkRenamed() {
	for _, v := range s.in.Variables {
		for _, r := range facts.Renames() {
			if !v.Disabled && strings.Contains(strings.ToLower(v.Value), r.From) && !strings.Contains(strings.ToLower(v.Value), r.To) {
				words := map[string]string{"what": r.From, "other": r.To, "use": facts.RenameDay}
				s.find("renamed", finding{vars: []value.Variable{v}, words: words})
			}
		}
	}
}

// isWorthAsking reports whether calls can show anything: the address is right, and a value is
// there to be sent.
func (s *inspection) isWorthAsking() bool {
	for _, f := range s.findings {
		if f.rule.Result == rule.Wrong && len(f.values) == 0 || f.rule.Symptom == "foreign" {
			return false
		}
	}
	return slices.ContainsFunc(s.given, s.isUsable)
}
