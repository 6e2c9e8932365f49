package check

import (
	"fmt"
	"slices"
	"strings"
)

// offline looks at the values without a call.
func (s *session) offline() {
	s.checkHosts()
	for _, g := range s.given {
		s.checkFilled(g)
		for _, v := range g.vars {
			s.checkText(g, v)
		}
		s.checkOthers(g)
	}
	s.checkEqual()
	s.checkOldToken()
}

// checkFilled finds values that are missing or still placeholders.
func (s *session) checkFilled(g *given) {
	if len(g.vars) == 0 && len(g.unset) == 0 {
		s.find("missing", finding{values: []*given{g}})
		return
	}
	for _, v := range g.unset {
		if len(g.vars) > 0 && (!g.Several || v.Origin != g.vars[0].Origin) {
			continue // another one was filled in
		}
		symptom := "placeholder"
		switch {
		case v.Disabled && !s.isUnset(g.Value, v.Value):
			symptom = "disabled"
		case strings.TrimSpace(v.Value) == "":
			symptom = "empty"
		}
		s.find(symptom, finding{values: []*given{g}, vars: []Variable{v}})
	}
}

// checkText finds what is wrong with one value as it is written. The first that fits is said.
func (s *session) checkText(g *given, v Variable) {
	f := finding{values: []*given{g}, vars: []Variable{v}}
	say := func(symptom, what string) {
		f.words = map[string]string{"what": what}
		s.find(symptom, f)
	}
	damage := pasteDamage(v.Value)
	switch {
	case slices.Contains(g.Examples, strings.Trim(v.Value, "\"'<> \t\r\n")):
		s.find("example", f)
	case damage != "":
		say("paste", damage)
	case g.Shape == "" || s.rules.matches(g.Shape, v.Value) && s.mistake(g.Value, v.Value) == "":
	case s.swapped(g, f):
	default:
		if what := s.mistake(g.Value, v.Value); what != "" {
			say("looks-like", what)
			return
		}
		what := s.oneWrong(g.Value, v.Value)
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

// mistake says which known mistake a value is, "" when it is none.
func (s *session) mistake(v *Value, text string) string {
	for _, w := range v.Wrong {
		if s.rules.matches(w.Match, text) {
			return w.Say
		}
	}
	return ""
}

// fits tells whether a text could be a value.
func (s *session) fits(v *Value, text string) bool {
	return s.rules.matches(v.Shape, text) && s.mistake(v, text) == ""
}

// swapped finds another value that has this one's shape while this one has the other's.
func (s *session) swapped(g *given, f finding) bool {
	for _, other := range s.given {
		for _, v := range other.vars {
			if other == g || s.fits(other.Value, v.Value) || !s.fits(other.Value, f.vars[0].Value) || !s.fits(g.Value, v.Value) {
				continue
			}
			if !s.found("swapped", f.vars[0]) {
				f.values, f.vars = []*given{g, other}, []Variable{f.vars[0], v}
				s.find("swapped", f)
			}
			return true
		}
	}
	return false
}

// found tells whether a symptom was found of a variable already.
func (s *session) found(symptom string, v Variable) bool {
	return slices.ContainsFunc(s.findings, func(f finding) bool {
		return f.rule.Symptom == symptom && slices.Contains(f.vars, v)
	})
}

// looksLike finds the one other value whose strict shape a text has.
func (s *session) looksLike(g *given, text string) *Value {
	for _, other := range s.given {
		if other != g && s.fits(other.Value, text) {
			return other.Value
		}
	}
	return nil
}

// oneWrong points at the one character that keeps a text from its shape, "" where it is not one. A character is
// shown only where all others are right, since elsewhere it may be part of a secret.
func (s *session) oneWrong(v *Value, text string) string {
	if v.Exact == "" || v.Secret {
		return ""
	}
	at, n := 0, 0
	runes := []rune(text)
	for i, r := range runes {
		if !s.rules.matches(v.Exact, string(r)) {
			at = i
			n++
		}
	}
	if n != 1 {
		return ""
	}
	mended := string(runes[:at]) + "0" + string(runes[at+1:])
	if !s.rules.matches(v.Shape, mended) {
		return ""
	}
	return fmt.Sprintf("character %d is %q, which %s does not have", at+1, runes[at], strings.Split(v.Looks, ",")[0])
}

// checkOthers mentions values that were given and not chosen.
func (s *session) checkOthers(g *given) {
	for _, v := range g.others {
		if v.Value == g.text() {
			continue
		}
		symptom := "other-spelling"
		if v.Origin != g.vars[0].Origin {
			symptom = "other-source"
		}
		s.find(symptom, finding{values: []*given{g}, vars: []Variable{v}, words: map[string]string{"other": g.vars[0].Name}})
	}
}

// checkEqual finds one text in two values.
func (s *session) checkEqual() {
	for i, a := range s.given {
		for _, b := range s.given[i+1:] {
			if a.text() == "" || a.text() != b.text() {
				continue
			}
			for _, g := range []*given{a, b} { // what was said of either so far is a part of this
				s.drop(g.vars[0])
			}
			s.find("equal", finding{values: []*given{a, b}, vars: []Variable{a.vars[0], b.vars[0]}})
		}
	}
}

// drop forgets what was found of a variable's text.
func (s *session) drop(v Variable) {
	s.findings = slices.DeleteFunc(s.findings, func(f finding) bool {
		return len(f.vars) == 1 && f.vars[0] == v && f.rule.Symptom != "old-token"
	})
}
