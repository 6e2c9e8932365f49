package check

import (
	"slices"

	"posthaste/internal/check/evidence"
	"posthaste/internal/check/report"
	"posthaste/internal/check/rule"
	"posthaste/internal/check/value"
)

// A summary is what is told of an evaluation: lines, verdict, advice.
type summary struct{ *evaluation }

// allLines puts the lines together: who answers, the values, what the values are good for.
// What is right comes first, what was not looked at last.
func (s *summary) allLines() []report.Line {
	lines := s.filledLines()
	host := hostOf(s.base)
	for _, l := range s.lines {
		if l.Subject == host {
			lines = append(lines, l)
		}
	}
	lines = append(lines, s.findingLines()...)
	lines = append(lines, s.valueLines()...)
	for _, l := range s.lines {
		if l.Subject != host {
			lines = append(lines, l)
		}
	}
	order := map[report.Status]int{report.OK: 0, report.Warn: 1, report.Fail: 2, report.Unknown: 3, report.Skip: 4}
	slices.SortStableFunc(lines, func(a, b report.Line) int { return order[a.Status()] - order[b.Status()] })
	return lines
}

// filledLines say what is right without a call: one line when nothing is wrong, else one for
// each value that is right.
func (s *summary) filledLines() []report.Line {
	if s.has("foreign") {
		return nil
	}
	wrong := slices.ContainsFunc(s.findings, func(f finding) bool {
		return f.result == nil && len(f.values) > 0 && f.rule.Result == rule.Wrong
	})
	odd := s.has("odd-shape")
	if !wrong {
		n := 0
		for _, g := range s.given {
			if len(g.Vars) > 0 {
				n++
			}
		}
		text := number(n) + choose(n > 1, " values", " value") + " found, no placeholders"
		if !odd {
			text += ", shapes look right"
		}
		return []report.Line{report.Proved("", text, evidence.Seen("seen in the values themselves, without a call"))}
	}
	if s.out != nil {
		return nil
	}
	var lines []report.Line
	for _, g := range s.given {
		for _, v := range g.Vars {
			if !s.mentioned(v) {
				l := report.Proved(v.Name, "filled in, the shape is right", evidence.Seen("it is "+g.Looks+"; no call was made"))
				lines = append(lines, l.At(v.Line))
			}
		}
	}
	return lines
}

// findingLines are the lines of what is wrong or odd with a variable.
func (s *summary) findingLines() []report.Line {
	var lines []report.Line
	for _, f := range s.findings {
		if f.rule.Result != rule.Wrong && f.rule.Result != rule.Odd {
			continue
		}
		if len(f.values)+len(f.vars) == 0 && f.result == nil {
			lines = append(lines, report.Noted(f.rule.Subject, s.text(f.rule.Line, &f)))
		}
		for i, name := range s.names(&f) {
			lines = append(lines, s.findingLine(f, i, name))
		}
	}
	return lines
}

// findingLine is the line of one of a finding's variables, the i-th. Where two are involved,
// each line names the other.
func (s *summary) findingLine(f finding, i int, name string) report.Line {
	at := 0
	if len(f.vars) > i {
		at = f.vars[i].Line
	} else if g := f.values[i]; len(g.Vars) > 0 {
		at = g.Vars[0].Line
	}
	one := f
	switch f.rule.Symptom {
	case "swapped", "equal":
		one.words = map[string]string{"other": s.names(&f)[1-i]}
	case "crossed-keys":
		one.words = map[string]string{"what": s.keyOf(f.vars[i])}
	}
	text := s.text(f.rule.Line, &one)
	if f.rule.Result == rule.Odd {
		return report.Noted(name, text).At(at)
	}
	shown := evidence.Seen("seen in the value itself, without a call")
	if f.result != nil && !f.result.Evidence.IsZero() {
		shown = f.result.Evidence
	}
	return report.Refuted(name, text, shown).At(at)
}

// valueLines say of each value whether a call has proved it. Without calls one line says why
// there were none.
func (s *summary) valueLines() []report.Line {
	if s.out == nil {
		switch {
		case s.in.Offline:
			return []report.Line{report.Untried(hostOf(s.base), "not asked: this is a check without a network")}
		case s.has("foreign"):
			return nil
		}
		return []report.Line{report.Untried(hostOf(s.base), "not asked: the values come first")}
	}
	var lines []report.Line
	for _, g := range s.given {
		for _, v := range g.Vars {
			if s.isBlamed(g, v) || s.judged[g.ID].doubtful {
				continue
			}
			lines = append(lines, s.valueLine(g, v).At(v.Line))
		}
	}
	return lines
}

// valueLine is the line of one value. It says ok only with a proof; otherwise it names why
// nothing is known, so that nobody takes silence for success.
func (s *summary) valueLine(g *value.Given, v value.Variable) report.Line {
	proofs := s.proofs(g, v)
	switch {
	case s.isUntried(v):
		return report.Untried(v.Name, "not checked: only an access token can tell")
	case len(proofs) > 0:
		return report.Proved(v.Name, s.keyText(g, v), proofs...)
	case !s.asked():
		return report.Untried(v.Name, "not checked: no answer came")
	case s.out.Token == "" && s.brokenNames() != "":
		return report.Untried(v.Name, "not checked: "+s.brokenNames()+" first")
	case s.out.Token != "", !s.blames():
		return report.Untried(v.Name, "not checked: the answers do not tell")
	}
	return report.Untried(v.Name, s.text(g.Unchecked, nil))
}

// blames reports whether a value is blamed, which explains why others were not looked at.
func (s *summary) blames() bool {
	for _, j := range s.judged {
		if j.doubtful {
			return true
		}
	}
	return slices.ContainsFunc(s.findings, func(f finding) bool { return f.rule.Result == rule.Wrong && len(f.values) > 0 })
}

// asked reports whether any answer came to a call with values in it.
func (s *summary) asked() bool {
	for _, r := range s.out.Order {
		if !r.Step.IsFirst() && r.Answer != nil {
			return true
		}
	}
	return false
}

// open names the values that are neither proved nor refuted. They keep the verdict from being
// all right.
func (s *summary) open() []string {
	var names []string
	for _, g := range s.given {
		if len(g.Vars) == 0 {
			continue
		}
		isBlamed := slices.ContainsFunc(g.Vars, func(v value.Variable) bool { return s.isBlamed(g, v) })
		if !isBlamed && (s.out == nil || len(s.judged[g.ID].proofs) == 0) {
			names = append(names, s.name(g))
		}
	}
	return names
}

// brokenNames are the values that could not be sent, "" when all could. The result is the
// beginning of a sentence.
func (s *summary) brokenNames() string {
	var names []string
	for _, g := range s.given {
		if g.Needed && !s.isUsable(g) {
			names = append(names, s.name(g))
		}
	}
	if len(names) == 0 {
		return ""
	}
	return join(names) + choose(len(names) > 1, " come", " comes")
}
