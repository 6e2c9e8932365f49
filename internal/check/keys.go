package check

import (
	"context"
	"slices"
)

// A key is one of several texts that were given for one value, and what it was good for.
type key struct {
	text    string
	vars    []Variable
	good    map[string]bool // by use
	refused map[string]bool
	refusal *result // the last
}

// distinct lists the texts of the value that steps try one by one. Equal ones are one.
func (s *session) distinct() []*key {
	var keys []*key
	for _, g := range s.given {
		if !s.isTried(g.ID) {
			continue
		}
		for _, v := range g.vars {
			i := slices.IndexFunc(keys, func(k *key) bool { return k.text == v.Value })
			if i < 0 {
				keys = append(keys, &key{text: v.Value, good: map[string]bool{}, refused: map[string]bool{}})
				i = len(keys) - 1
			}
			keys[i].vars = append(keys[i].vars, v)
		}
		for i := range keys { // the usual use of a name decides who goes first
			if use := g.uses(keys[i]); i > 0 && use != "" && use == s.firstUse() {
				keys[0], keys[i] = keys[i], keys[0]
			}
		}
	}
	return keys
}

// firstUse is what the value is used for first.
func (s *session) firstUse() string {
	for _, step := range s.rules.Steps {
		if step.Each != "" {
			return step.Use
		}
	}
	return ""
}

func (s *session) isTried(id string) bool {
	return slices.ContainsFunc(s.rules.Steps, func(step Step) bool { return step.Each == id })
}

// uses is what a key's name says that it is for, "" when it says nothing.
func (g *given) uses(k *key) string {
	for _, v := range k.vars {
		if use := g.use(v); use != "" {
			return use
		}
	}
	return ""
}

// use is what a variable's name says that it is for.
func (g *given) use(v Variable) string {
	for name, use := range g.Uses {
		if fold(name) == fold(v.Name) {
			return use
		}
	}
	return ""
}

// try makes a step's call, with each key where there are several. The first that is let in counts.
func (s *session) try(ctx context.Context, step *Step) *result {
	keys := s.keys
	if step.Each == "" || len(keys) == 0 {
		return s.ask(ctx, step, nil)
	}
	if step.Product != "" {
		keys = keys[:1]
		for _, k := range s.keys {
			if k.good[step.Use] {
				keys = []*key{k}
				break
			}
		}
	}
	var best *result
	for _, k := range keys {
		r := s.ask(ctx, step, k)
		blamed := slices.Contains(r.rule.Blames, step.Each)
		if r.rule.Result == Right || slices.Contains(r.rule.Proves, step.Each) {
			k.good[step.Use] = true
		}
		if blamed {
			k.refused[step.Use], k.refusal = true, r
		}
		if best == nil || best.rule.Result != Right && !blamed {
			best = r
		}
		if !blamed && r.rule.Result != Right {
			break // it is not for the key that this call failed
		}
	}
	return best
}

// blamedKeys are the variables to look at when a step refused every key: those that are meant for it, and those
// with the same text that was good for nothing else.
func (s *session) blamedKeys(step *Step) []Variable {
	g := s.triedValue()
	var meant, all []Variable
	for _, k := range s.keys {
		all = append(all, k.vars...)
		isMeant := slices.ContainsFunc(k.vars, func(v Variable) bool { return g.use(v) == step.Use })
		for _, v := range k.vars {
			if g.use(v) == step.Use || isMeant && len(k.good) == 0 {
				meant = append(meant, v)
			}
		}
	}
	if len(meant) > 0 {
		return meant
	}
	return all
}

// unknownKey puts a finding that is about a key which nothing accepts, while another one gave a token, in the place
// of one that only knows the last call.
func (s *session) unknownKey(f finding) finding {
	if len(s.keys) < 2 || s.token == "" {
		return f
	}
	var good *key
	for _, k := range s.keys {
		isBlamed := slices.ContainsFunc(k.vars, func(v Variable) bool { return slices.Contains(f.vars, v) })
		switch {
		case isBlamed && len(k.good) > 0:
			return f
		case len(k.good) > 0:
			good = k
		}
	}
	if good == nil {
		return f
	}
	f.rule = s.rules.bySymptom("unknown-key")
	f.words = map[string]string{"what": s.refusedFor(f.vars), "other": good.vars[0].Name, "use": s.goodFor(good)}
	s.applied = append(s.applied, f.rule.ID)
	return f
}

// refusedFor says what the first of some keys was tried for in vain.
func (s *session) refusedFor(vars []Variable) string {
	var uses []string
	for _, k := range s.keys {
		for _, step := range s.rules.Steps {
			if slices.Contains(k.vars, vars[0]) && k.refused[step.Use] && !slices.Contains(uses, step.Use) {
				uses = append(uses, step.Use)
			}
		}
	}
	return join(uses)
}

// judgeKeys says of several keys which is for what, once it is known that one of them is right.
func (s *session) judgeKeys() {
	if len(s.keys) < 2 || s.token == "" {
		return
	}
	g := s.triedValue()
	var bad, good, crossed []Variable
	use := ""
	var refusal *result
	for _, k := range s.keys {
		want := g.uses(k)
		if k.refusal != nil {
			refusal = k.refusal
		}
		switch {
		case len(k.good) == 0 && len(k.refused) > 0:
			bad = append(bad, k.vars...)
		case want != "" && k.refused[want]:
			crossed = append(crossed, k.vars...)
			use = s.goodFor(k)
		default:
			good = append(good, k.vars...)
		}
	}
	switch {
	case s.failed():
	case len(bad) > 0 && len(good)+len(crossed) > 0:
		other := append(good, crossed...)[0].Name
		s.find("one-key", finding{values: []*given{g}, vars: bad, words: map[string]string{"other": other, "what": s.refusedFor(bad)}})
		s.decide(refusal)
	case len(crossed) > 1:
		s.find("crossed-keys", finding{values: []*given{g}, vars: crossed, words: map[string]string{"what": "something else"}})
		s.decide(refusal)
	case len(crossed) == 1:
		s.find("key-use", finding{values: []*given{g}, vars: crossed, words: map[string]string{"what": use}})
		s.decide(refusal)
	}
}

// goodFor says what a key was let in for.
func (s *session) goodFor(k *key) string {
	var uses []string
	for _, step := range s.rules.Steps {
		if k.good[step.Use] && step.Use != "" && !slices.Contains(uses, step.Use) {
			uses = append(uses, step.Use)
		}
	}
	return join(uses)
}

func (s *session) triedValue() *given {
	for _, g := range s.given {
		if s.isTried(g.ID) {
			return g
		}
	}
	return nil
}

// keyText says of one variable of several what its key is good for.
func (s *session) keyText(g *given, v Variable) string {
	for _, k := range s.keys {
		if len(s.keys) < 2 || !slices.Contains(k.vars, v) || len(k.refused) == 0 {
			continue
		}
		if use := s.goodFor(k); use != "" {
			return "known, for " + use + " only"
		}
	}
	return s.text(g.Proven, nil)
}
