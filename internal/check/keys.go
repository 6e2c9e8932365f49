package check

import (
	"slices"

	"posthaste/internal/check/evidence"
	"posthaste/internal/check/online"
	"posthaste/internal/check/rule"
	"posthaste/internal/check/value"
)

// blamedKeys are the variables to look at when a step refused every key: those that are meant
// for it, and those with the same text that was good for nothing else. When none is meant for
// it, all are.
func (s *evaluation) blamedKeys(step *rule.Step) []value.Variable {
	g := online.Tried(s.rules, s.given)
	var meant, all []value.Variable
	for _, k := range s.out.Keys {
		all = append(all, k.Vars...)
		isMeant := slices.ContainsFunc(k.Vars, func(v value.Variable) bool { return g.Use(v.Name) == step.Use })
		for _, v := range k.Vars {
			if g.Use(v.Name) == step.Use || isMeant && len(k.Good) == 0 {
				meant = append(meant, v)
			}
		}
	}
	if len(meant) > 0 {
		return meant
	}
	return all
}

// unknownKey puts a finding that is about a key which nothing accepts, while another one gave
// a token, in the place of one that only knows the last call. f comes back as it is where
// that is not so.
func (s *evaluation) unknownKey(f finding) finding {
	if len(s.out.Keys) < 2 || s.out.Token == "" {
		return f
	}
	var good *online.Key
	for _, k := range s.out.Keys {
		isBlamed := slices.ContainsFunc(k.Vars, func(v value.Variable) bool { return slices.Contains(f.vars, v) })
		switch {
		case isBlamed && len(k.Good) > 0:
			return f
		case len(k.Good) > 0:
			good = k
		}
	}
	if good == nil {
		return f
	}
	f.rule = s.rules.BySymptom("unknown-key")
	f.words = map[string]string{"what": s.refusedFor(f.vars), "other": good.Vars[0].Name, "use": s.goodFor(good)}
	s.applied = append(s.applied, f.rule.ID)
	return f
}

// refusedFor says what the first of some keys was tried for in vain, in the words of the
// steps' uses.
func (s *evaluation) refusedFor(vars []value.Variable) string {
	var uses []string
	for _, k := range s.out.Keys {
		for _, step := range s.rules.Steps {
			if k.Has(vars[0]) && k.Refused[step.Use] && !slices.Contains(uses, step.Use) {
				uses = append(uses, step.Use)
			}
		}
	}
	return join(uses)
}

// judgeKeys says of several keys which is for what, once it is known that one of them is
// right. Two keys that were put into each other's place are the most frequent mistake, and
// look like two wrong keys.
func (s *evaluation) judgeKeys() {
	if len(s.out.Keys) < 2 || s.out.Token == "" || s.failedByCall() {
		return
	}
	g := online.Tried(s.rules, s.given)
	var bad, good, crossed []value.Variable
	use := ""
	var refusal *online.Result
	for _, k := range s.out.Keys {
		want := k.Use(g.Value)
		if k.Refusal != nil {
			refusal = k.Refusal
		}
		switch {
		case len(k.Good) == 0 && len(k.Refused) > 0:
			// A key that nothing accepts is bad; one that is accepted, but not for what its
			// variable's name says, is crossed.
			bad = append(bad, k.Vars...)
		case want != "" && k.Refused[want]:
			crossed = append(crossed, k.Vars...)
			use = s.goodFor(k)
		default:
			good = append(good, k.Vars...)
		}
	}
	say := func(symptom string, vars []value.Variable, words map[string]string) {
		s.find(symptom, finding{values: []*value.Given{g}, vars: vars, words: words, result: refusal})
		s.decide(refusal)
	}
	switch {
	case len(bad) > 0 && len(good)+len(crossed) > 0:
		other := append(good, crossed...)[0].Name
		say("one-key", bad, map[string]string{"other": other, "what": s.refusedFor(bad)})
	case len(crossed) > 1:
		say("crossed-keys", crossed, map[string]string{"what": "something else"})
	case len(crossed) == 1:
		say("key-use", crossed, map[string]string{"what": use})
	}
}

// goodFor says what a key was let in for, in the order of the steps.
func (s *evaluation) goodFor(k *online.Key) string {
	var uses []string
	for _, step := range s.rules.Steps {
		if _, ok := k.Good[step.Use]; ok && step.Use != "" && !slices.Contains(uses, step.Use) {
			uses = append(uses, step.Use)
		}
	}
	return join(uses)
}

// keyOf says what the key in a variable is good for, "" when for nothing.
func (s *evaluation) keyOf(v value.Variable) string {
	for _, k := range s.out.Keys {
		if k.Has(v) {
			return s.goodFor(k)
		}
	}
	return ""
}

// keyText says of one variable of several what its key is good for.
func (s *evaluation) keyText(g *value.Given, v value.Variable) string {
	for _, k := range s.out.Keys {
		if len(s.out.Keys) < 2 || !k.Has(v) || len(k.Refused) == 0 {
			continue
		}
		if use := s.goodFor(k); use != "" {
			return "known, for " + use + " only"
		}
	}
	return s.text(g.Proven, nil)
}

// proofs are what shows that a variable's value is right, none when nothing does. Of several
// keys each has its own.
func (s *evaluation) proofs(g *value.Given, v value.Variable) []evidence.Evidence {
	if g != online.Tried(s.rules, s.given) {
		return s.judged[g.ID].proofs
	}
	for _, k := range s.out.Keys {
		if !k.Has(v) {
			continue
		}
		var list []evidence.Evidence
		for _, step := range s.rules.Steps { // in the order of the file
			if e, ok := k.Good[step.Use]; ok && !slices.Contains(list, e) {
				list = append(list, e)
			}
		}
		return list
	}
	return nil
}

// isUntried reports whether a variable's key was refused for one use and could not be tried
// for the other.
func (s *evaluation) isUntried(v value.Variable) bool {
	return slices.ContainsFunc(s.out.Keys, func(k *online.Key) bool {
		return k.Has(v) && len(k.Good) == 0 && len(k.Refused) > 0 && s.out.Token == ""
	})
}
