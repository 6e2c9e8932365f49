package check

import (
	"slices"

	"posthaste/internal/check/online"
	"posthaste/internal/check/rule"
	"posthaste/internal/check/value"
)

// A finding is a rule that applies, and to what. words fill the placeholders of the rule's
// texts.
type finding struct {
	rule   *rule.Rule
	values []*value.Given
	vars   []value.Variable // whose lines are marked; the values' own when empty
	words  map[string]string
	result *online.Result // nil: found without a call
}

// A findingList is the findings of one check so far.
type findingList struct {
	table    *rule.Rules
	findings []finding
	applied  []string // ids of rules, in the order in which they applied
}

// find notes a finding by its symptom, which names the rule. The table has a rule for each
// symptom, which its test checks.
func (n *findingList) find(symptom string, f finding) {
	f.rule = n.table.BySymptom(symptom)
	if f.rule == nil {
		panic("check: no rule for symptom " + symptom) // common.yaml has one for each
	}
	n.findings = append(n.findings, f)
	n.applied = append(n.applied, f.rule.ID)
}

// has reports whether a symptom was found.
func (n *findingList) has(symptom string) bool {
	return slices.ContainsFunc(n.findings, func(f finding) bool { return f.rule.Symptom == symptom })
}

// found reports whether a symptom was found of a variable already, so that a pair is told
// once.
func (n *findingList) found(symptom string, v value.Variable) bool {
	return slices.ContainsFunc(n.findings, func(f finding) bool {
		return f.rule.Symptom == symptom && slices.Contains(f.vars, v)
	})
}

// mentioned reports whether a finding is about a variable.
func (n *findingList) mentioned(v value.Variable) bool {
	return slices.ContainsFunc(n.findings, func(f finding) bool { return slices.Contains(f.vars, v) })
}

// drop forgets what was found of a variable's text, where a later finding explains it better.
func (n *findingList) drop(v value.Variable) {
	n.findings = slices.DeleteFunc(n.findings, func(f finding) bool {
		return len(f.vars) == 1 && f.vars[0] == v && f.rule.Symptom != "old-token"
	})
}

// failed reports whether anything is wrong so far, seen or answered.
func (n *findingList) failed() bool {
	return slices.ContainsFunc(n.findings, func(f finding) bool { return f.rule.Result == rule.Wrong })
}

// failedByCall reports whether an answer has shown that something is wrong.
func (n *findingList) failedByCall() bool {
	return slices.ContainsFunc(n.findings, func(f finding) bool { return f.rule.Result == rule.Wrong && f.result != nil })
}

// isBlamed reports whether a finding says what is wrong with a variable. A finding about a
// value without naming a variable blames all of its variables.
func (n *findingList) isBlamed(g *value.Given, v value.Variable) bool {
	return slices.ContainsFunc(n.findings, func(f finding) bool {
		if f.rule.Result != rule.Wrong {
			return false
		}
		return slices.Contains(f.vars, v) || len(f.vars) == 0 && slices.Contains(f.values, g)
	})
}

// isUsable reports whether a value is there and nothing is wrong with it, so that it may be
// sent.
func (n *findingList) isUsable(g *value.Given) bool {
	return slices.ContainsFunc(g.Vars, func(v value.Variable) bool { return !n.isBroken(v) })
}

// isBroken reports whether something is wrong with a variable that can be seen without a
// call. Oddities are not enough.
func (n *findingList) isBroken(v value.Variable) bool {
	return slices.ContainsFunc(n.findings, func(f finding) bool {
		return f.result == nil && f.rule.Result == rule.Wrong && slices.Contains(f.vars, v)
	})
}
