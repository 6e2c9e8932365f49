package online

import (
	"context"
	"slices"

	"posthaste/internal/check/evidence"
	"posthaste/internal/check/rule"
	"posthaste/internal/check/value"
)

// A Key is one of several texts that were given for one value, and what it was good for.
type Key struct {
	Vars    []value.Variable
	Good    map[string]evidence.Evidence // by use
	Refused map[string]bool
	Refusal *Result // the last

	text string
}

// Use says what the key's name says that it is for, "" when it says nothing.
func (k *Key) Use(v *rule.Value) string {
	for _, one := range k.Vars {
		if use := v.Use(one.Name); use != "" {
			return use
		}
	}
	return ""
}

// Has reports whether a variable holds the key.
func (k *Key) Has(v value.Variable) bool { return slices.Contains(k.Vars, v) }

// Tried is the value that may come several times, or nil.
func Tried(rules *rule.Rules, values []*value.Given) *value.Given {
	for _, g := range values {
		if slices.ContainsFunc(rules.Steps, func(step rule.Step) bool { return step.Each == g.ID }) {
			return g
		}
	}
	return nil
}

// distinct lists the texts of the value that steps try one by one. Equal ones are one.
func (s *session) distinct() []*Key {
	var keys []*Key
	g := Tried(s.Rules, s.Values)
	if g == nil {
		return nil
	}
	for _, v := range g.Vars {
		if s.Broken(v) {
			continue
		}
		i := slices.IndexFunc(keys, func(k *Key) bool { return k.text == v.Value })
		if i < 0 {
			keys = append(keys, &Key{text: v.Value, Good: map[string]evidence.Evidence{}, Refused: map[string]bool{}})
			i = len(keys) - 1
		}
		keys[i].Vars = append(keys[i].Vars, v)
	}
	for i := range keys { // the usual use of a name decides who goes first
		if use := keys[i].Use(g.Value); i > 0 && use != "" && use == s.firstUse() {
			keys[0], keys[i] = keys[i], keys[0]
		}
	}
	return keys
}

// firstUse is what the value is used for first.
func (s *session) firstUse() string {
	for _, step := range s.Rules.Steps {
		if step.Each != "" {
			return step.Use
		}
	}
	return ""
}

// try makes a step's call, with each key where there are several. The first that is let in counts.
func (s *session) try(ctx context.Context, step *rule.Step, left []string) *Result {
	keys := s.out.Keys
	if step.Each == "" || len(keys) == 0 {
		return s.ask(ctx, step, left, nil)
	}
	if step.Product != "" {
		keys = keys[:1]
		for _, k := range s.out.Keys {
			if _, ok := k.Good[step.Use]; ok {
				keys = []*Key{k}
				break
			}
		}
	}
	var best *Result
	for _, k := range keys {
		r := s.ask(ctx, step, left, k)
		blamed := slices.Contains(r.Rule.Blames, step.Each)
		if !r.Evidence.IsZero() && (r.Rule.Result == rule.Right || slices.Contains(r.Rule.Proves, step.Each)) {
			if _, known := k.Good[step.Use]; !known {
				k.Good[step.Use] = r.Evidence
			}
		}
		if blamed {
			k.Refused[step.Use], k.Refusal = true, r
		}
		if best == nil || best.Rule.Result != rule.Right && !blamed {
			best = r
		}
		if !blamed && r.Rule.Result != rule.Right {
			break // it is not for the key that this call failed
		}
	}
	return best
}
