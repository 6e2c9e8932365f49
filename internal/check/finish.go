package check

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/tidwall/gjson"
)

// report puts together what a session has found.
func (s *session) report() *Report {
	r := &Report{
		API: s.rules.API, Environment: s.env.Label, Host: hostOf(s.base), Unit: s.unit(), File: s.in.File,
		Offline: s.in.Offline, Time: s.started, Elapsed: s.now().Sub(s.started),
	}
	r.Lines = append(r.Lines, s.filledLines()...)
	for _, l := range s.lines { // who answers, the values, what the values are good for
		if l.Subject == r.Host {
			r.Lines = append(r.Lines, l)
		}
	}
	r.Lines = append(r.Lines, s.findingLines()...)
	r.Lines = append(r.Lines, s.valueLines()...)
	for _, l := range s.lines {
		if l.Subject != r.Host {
			r.Lines = append(r.Lines, l)
		}
	}
	order := map[Status]int{OK: 0, Warn: 1, Fail: 2, Unknown: 3, Skip: 4}
	slices.SortStableFunc(r.Lines, func(a, b Line) int { return order[a.Status] - order[b.Status] })
	s.verdict(r)
	r.Support, r.Rules, r.Calls = s.support(), s.applied, s.calls
	return r
}

// filledLines say what is right without a call.
func (s *session) filledLines() []Line {
	var lines []Line
	damaged := slices.ContainsFunc(s.findings, func(f finding) bool {
		return f.result == nil && len(f.values) > 0 && f.rule.Result == Wrong && len(s.results) == 0
	})
	odd := slices.ContainsFunc(s.findings, func(f finding) bool { return f.rule.Symptom == "odd-shape" })
	if !damaged {
		text := number(len(s.given)) + choose(len(s.given) > 1, " values", " value") + " found, no placeholders"
		if !odd {
			text += ", shapes look right"
		}
		return []Line{{Status: OK, Text: text}}
	}
	for _, g := range s.given {
		for _, v := range g.vars {
			if !s.mentioned(v) {
				lines = append(lines, Line{Status: OK, Subject: v.Name, Text: "filled in, the shape is right", Line: v.Line})
			}
		}
	}
	return lines
}

// mentioned tells whether a finding is about a variable.
func (s *session) mentioned(v Variable) bool {
	return slices.ContainsFunc(s.findings, func(f finding) bool { return slices.Contains(f.vars, v) })
}

// findingLines are the lines of what is wrong or odd with a variable.
func (s *session) findingLines() []Line {
	var lines []Line
	for _, f := range s.findings {
		status := map[string]Status{Wrong: Fail, Odd: Warn}[f.rule.Result]
		if status == "" {
			continue
		}
		if f.rule.Symptom == "clock" {
			lines = append(lines, Line{Status: status, Subject: "clock", Text: s.text(f.rule.Line, &f)})
		}
		for i, name := range f.names(s.in) {
			one := f
			line := Line{Status: status, Subject: name}
			if len(f.vars) > i {
				line.Line = f.vars[i].Line
			} else if g := f.values[i]; len(g.vars) > 0 {
				line.Line = g.vars[0].Line
			}
			if f.rule.Symptom == "swapped" || f.rule.Symptom == "equal" {
				one.words = map[string]string{"other": f.names(s.in)[1-i]}
			}
			if f.rule.Symptom == "crossed-keys" {
				one.words = map[string]string{"what": s.keyOf(f.vars[i])}
			}
			line.Text = s.text(f.rule.Line, &one)
			lines = append(lines, line)
		}
	}
	return lines
}

// keyOf says what the key in a variable is good for.
func (s *session) keyOf(v Variable) string {
	for _, k := range s.keys {
		if slices.Contains(k.vars, v) {
			return s.goodFor(k)
		}
	}
	return ""
}

// valueLines say of each value whether a call has proved it.
func (s *session) valueLines() []Line {
	if len(s.results) == 0 {
		text := "not asked: the values come first"
		if s.in.Offline {
			text = "not asked: this is a check without a network"
		}
		return []Line{{Status: Skip, Subject: hostOf(s.base), Text: text}}
	}
	var lines []Line
	for _, g := range s.given {
		for _, v := range g.vars {
			line := Line{Subject: v.Name, Line: v.Line}
			switch {
			case s.isBlamed(g, v) || s.doubtful[g.ID]:
				continue
			case s.isUntried(v):
				line.Status, line.Text = Skip, "not checked: only an access token can tell"
			case s.proven[g.ID], s.isGood(v):
				line.Status, line.Text = OK, s.keyText(g, v)
			case !s.asked():
				line.Status, line.Text = Skip, "not checked: no answer came"
			case s.token != "", !s.blames():
				line.Status, line.Text = Skip, "not checked: the answers do not tell"
			default:
				line.Status, line.Text = Skip, s.text(g.Unchecked, nil)
			}
			lines = append(lines, line)
		}
	}
	return lines
}

// blames tells whether a value is blamed, which explains why others were not looked at.
func (s *session) blames() bool {
	return len(s.doubtful) > 0 || slices.ContainsFunc(s.findings, func(f finding) bool {
		return f.rule.Result == Wrong && len(f.values) > 0
	})
}

// isUntried tells whether a variable's key was refused for one use and could not be tried for the other.
func (s *session) isUntried(v Variable) bool {
	return slices.ContainsFunc(s.keys, func(k *key) bool {
		return slices.Contains(k.vars, v) && len(k.good) == 0 && len(k.refused) > 0 && s.token == ""
	})
}

// isGood tells whether a variable's key was let in for anything.
func (s *session) isGood(v Variable) bool {
	return slices.ContainsFunc(s.keys, func(k *key) bool { return slices.Contains(k.vars, v) && len(k.good) > 0 })
}

// asked tells whether any answer came to a call with values in it.
func (s *session) asked() bool {
	for _, r := range s.results {
		if !r.step.first() && r.answer != nil {
			return true
		}
	}
	return false
}

// isBlamed tells whether a line says already what is wrong with a variable.
func (s *session) isBlamed(g *given, v Variable) bool {
	return slices.ContainsFunc(s.findings, func(f finding) bool {
		if f.rule.Result != Wrong {
			return false
		}
		return slices.Contains(f.vars, v) || len(f.vars) == 0 && slices.Contains(f.values, g)
	})
}

// unproven names the values that no call has proved.
func (s *session) unproven() []string {
	var names []string
	for _, g := range s.given {
		if !s.proven[g.ID] {
			names = append(names, g.name(s.in))
		}
	}
	return names
}

// verdict is what it all comes to: one sentence, why, and one thing to do.
func (s *session) verdict(r *Report) {
	var wrong, unclear []finding
	for _, f := range s.findings {
		switch f.rule.Result {
		case Wrong:
			wrong = append(wrong, f)
		case Unclear:
			unclear = append(unclear, f)
		}
	}
	switch {
	case len(wrong) > 0:
		r.Outcome = Finding
		s.conclude(r, s.merge(wrong))
	case len(unclear) > 0:
		r.Outcome = CannotSay
		s.conclude(r, unclear[0])
	case s.in.Offline:
		r.Outcome = AllRight
		r.Verdict = "Nothing is wrong that can be seen without a call."
	case len(s.unproven()) == 0:
		r.Outcome = AllRight
		if len(s.given) == 1 {
			r.Verdict = s.given[0].name(s.in) + " is accepted in " + s.env.Label + "."
			return
		}
		r.Verdict = "All " + number(len(s.given)) + " values work together in " + s.env.Label + "."
	default:
		r.Outcome = AllRight
		r.Verdict = "All that could be asked is right in " + s.env.Label + "."
	}
}

func (s *session) conclude(r *Report, f finding) {
	r.Verdict, r.Why, r.Advice = s.text(f.rule.Verdict, &f), s.text(f.rule.Why, &f), s.text(f.rule.Advice, &f)
	r.Advice = strings.ReplaceAll(r.Advice, "  ", " ")
}

// merge makes one finding of several: of one rule where all are of that.
func (s *session) merge(list []finding) finding {
	if len(list) == 1 {
		return list[0]
	}
	particular := strings.Contains(list[0].rule.Verdict+list[0].rule.Advice, "{what}") || list[0].rule.Symptom == "swapped"
	same, addresses := !particular, false
	all := finding{rule: list[0].rule, result: list[0].result, words: list[0].words}
	for _, f := range list {
		same = same && strings.HasPrefix(verdictOf(f), verdictOf(list[0]))
		addresses = addresses || len(f.values) == 0
		for _, v := range f.vars {
			if !slices.Contains(all.vars, v) {
				all.vars = append(all.vars, v)
			}
		}
		for _, g := range f.values {
			if !slices.Contains(all.values, g) {
				all.values = append(all.values, g)
			}
			if len(f.vars) == 0 { // it has no variable yet
				all.vars = append(all.vars, Variable{Name: g.name(s.in), Origin: s.newOrigin()})
			}
		}
	}
	if same {
		return all
	}
	several := *s.rules.bySymptom("several")
	if addresses {
		several.Advice = s.text(list[0].rule.Advice, &list[0])
	}
	all.rule, all.words = &several, nil
	s.applied = append(s.applied, several.ID)
	return all
}

func verdictOf(f finding) string { return f.rule.Verdict }

// newOrigin is where a variable would be added.
func (s *session) newOrigin() Origin {
	if s.in.File == "" {
		return FromEnv
	}
	return FromFile
}

// support is what may be pasted into a mail to the API's support.
func (s *session) support() []Field {
	r := s.decisive
	if r == nil {
		r = s.last
	}
	if r == nil {
		return nil
	}
	list := []Field{
		{Name: "time", Value: s.started.UTC().Format(time.RFC3339)},
		{Name: "call", Value: r.request.Method + " " + s.base + r.path},
	}
	if r.answer != nil {
		text := "HTTP " + strconv.Itoa(r.answer.Status)
		if r.match != "" {
			text += ", " + s.safe(r.match)
		}
		list = append(list, Field{Name: "answer", Value: text})
		if r.answer.Issuer != "" { // a proxy that looks into calls has one of its own
			list = append(list, Field{Name: "certificate", Value: "by " + s.safe(r.answer.Issuer)})
		}
		for _, path := range s.rules.Trace {
			if v := gjson.GetBytes(r.answer.Body, path); v.Type == gjson.String && len(v.Str) < 80 {
				list = append(list, Field{Name: path[strings.LastIndexByte(path, '.')+1:], Value: s.safe(v.Str)})
			}
		}
	}
	for _, g := range s.given {
		switch {
		case g.Show && s.unit() == g.text() && g.text() != "":
			list = append(list, Field{Name: g.ID, Value: g.text()})
		case g.Prefix > 0 && len(g.text()) > 2*g.Prefix && s.fits(g.Value, g.text()):
			list = append(list, Field{Name: g.ID, Value: g.text()[:g.Prefix] + "..."})
		}
	}
	return append(list, Field{Name: "posthaste", Value: s.in.Version})
}
