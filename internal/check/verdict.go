package check

import (
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"github.com/tidwall/gjson"

	"posthaste/internal/check/evidence"
	"posthaste/internal/check/report"
	"posthaste/internal/check/rule"
	"posthaste/internal/check/value"
)

// report puts together what a check has found. It is masked at the very end, whatever came
// into it.
func (s *summary) report(now time.Time) *report.Report {
	r := &report.Report{
		API: s.rules.API, Environment: s.env.Label, Host: hostOf(s.base), Unit: s.unit(), File: s.in.File,
		Offline: s.in.Offline, Time: s.started, Elapsed: now.Sub(s.started), Lines: s.allLines(),
	}
	if len(s.kind.When) > 0 || s.in.Kind != "" {
		r.Kind = s.kind.Label
	}
	s.verdict(r)
	r.Support, r.Rules, r.Calls = s.support(), s.applied, s.calls()
	r.Mask(s.secrets().Text)
	return r
}

// verdict is what it all comes to: one sentence, why, what is open, and what to do. All is
// right only when every value that was given is proved.
func (s *summary) verdict(r *report.Report) {
	var wrong, unclear []finding
	for _, f := range s.findings {
		switch f.rule.Result {
		case rule.Wrong:
			wrong = append(wrong, f)
		case rule.Unclear:
			unclear = append(unclear, f)
		}
	}
	open := s.open()
	switch {
	case len(wrong) > 0:
		r.Outcome = report.Finding
		s.conclude(r, wrong)
		if len(open) > 0 && wrong[0].rule.Symptom != "foreign" {
			r.Open = "Not checked yet: " + join(open) + "."
		}
	case len(unclear) > 0:
		r.Outcome = report.CannotSay
		s.conclude(r, unclear[:1])
	case s.in.Offline:
		r.Outcome = report.AllRight
		r.Verdict = "Nothing is wrong that can be seen without a call."
	case len(open) > 0:
		r.Outcome = report.CannotSay
		s.find("not-proved", finding{})
		s.conclude(r, s.findings[len(s.findings)-1:])
	default:
		r.Outcome = report.AllRight
		r.Verdict = s.allProved()
	}
}

// allProved is the verdict when every value is proved.
func (s *summary) allProved() string {
	given := slices.DeleteFunc(slices.Clone(s.given), func(g *value.Given) bool { return len(g.Vars) == 0 })
	if len(given) == 1 {
		return s.name(given[0]) + " is accepted in " + s.env.Label + "."
	}
	if len(given) == 2 {
		return "Both values work together in " + s.env.Label + "."
	}
	return "All " + number(len(given)) + " values work together in " + s.env.Label + "."
}

// conclude words the findings: the texts of their rule, where it is one, else that of
// several.
func (s *summary) conclude(r *report.Report, list []finding) {
	for i := range list {
		words := maps.Clone(list[i].words)
		if words == nil {
			words = map[string]string{}
		}
		words["unclear-values"] = s.unclearValues(list[i])
		list[i].words = words
	}
	f, advice := s.merge(list)
	r.Verdict, r.Why = s.text(f.rule.Verdict, &f), s.text(f.rule.Why, &f)
	r.Advice = strings.ReplaceAll(advice, "  ", " ")
}

// unclearValues says what could not be told, in a sentence that begins with "whether".
func (s *summary) unclearValues(f finding) string {
	if f.result != nil && f.result.Step.Product != "" {
		return f.result.Step.Title + " is on"
	}
	open := s.open()
	return join(open) + choose(len(open) > 1, " are right", " is right")
}

// merge makes one finding of several, and one advice. Findings with the same sentence are
// told in one, with all their variables.
func (s *summary) merge(list []finding) (finding, string) {
	if len(list) == 1 {
		return list[0], s.text(list[0].rule.Advice, &list[0])
	}
	all := finding{rule: list[0].rule, result: list[0].result, words: list[0].words}
	same := !strings.Contains(all.rule.Verdict+all.rule.Advice, "{what}") && !strings.Contains(all.rule.Advice, "{do}") && all.rule.Symptom != "swapped"
	for _, f := range list {
		same = same && f.rule.Verdict == list[0].rule.Verdict
		s.join(&all, f)
	}
	if same {
		return all, s.text(all.rule.Advice, &all)
	}
	several := s.rules.BySymptom("several")
	all.rule, all.words = several, nil
	s.applied = append(s.applied, several.ID)
	return all, s.advices(list)
}

// join adds the variables and values of a finding to another. A value without a variable gets
// a name, under which it should be added.
func (s *summary) join(all *finding, f finding) {
	for _, v := range f.vars {
		if !slices.Contains(all.vars, v) {
			all.vars = append(all.vars, v)
		}
	}
	for _, g := range f.values {
		if !slices.Contains(all.values, g) {
			all.values = append(all.values, g)
		}
		if len(f.vars) > 0 {
			continue
		}
		all.vars = append(all.vars, g.Vars...)
		if len(g.Vars) == 0 { // it has no variable yet
			all.vars = append(all.vars, value.Variable{Name: s.name(g), Origin: s.newOrigin()})
		}
	}
}

// advices is what to do about several findings: those with the same advice are one. The
// result is one sentence, "…; then …."
func (s *summary) advices(list []finding) string {
	var texts []string
	for i, f := range list {
		if slices.ContainsFunc(list[:i], func(o finding) bool { return s.adviceOf(o) == s.adviceOf(f) }) {
			continue
		}
		one := finding{rule: f.rule, result: f.result, words: f.words}
		for _, o := range list {
			if s.adviceOf(o) == s.adviceOf(f) {
				s.join(&one, o)
			}
		}
		texts = append(texts, strings.TrimSuffix(s.text(f.rule.Advice, &one), "."))
	}
	return strings.Join(texts, "; then ") + "."
}

// adviceOf is a finding's advice with the words of its own, which say whether two can be one.
func (s *summary) adviceOf(f finding) string {
	text := strings.ReplaceAll(f.rule.Advice, " again", "")
	for _, word := range []string{"what", "do", "other", "use", "switch"} {
		text = strings.ReplaceAll(text, "{"+word+"}", f.words[word])
	}
	if f.rule.Symptom == "swapped" || f.rule.Symptom == "crossed-keys" {
		text += join(s.names(&f))
	}
	return text
}

// newOrigin is where a variable would be added: to the file, if there is one.
func (s *summary) newOrigin() value.Origin {
	if s.in.File == "" {
		return value.FromEnv
	}
	return value.FromFile
}

// support is what may be pasted into a mail to the API's support. It has no secrets: of a
// value at most its first characters, as far as the rules allow.
func (s *summary) support() []evidence.Field {
	if s.out == nil || len(s.out.Calls) == 0 {
		return nil
	}
	r := s.decisive
	if r == nil && s.failed() { // no answer has to do with it
		return nil
	}
	if r == nil {
		r = s.out.Calls[len(s.out.Calls)-1]
	}
	list := []evidence.Field{
		{Name: "time", Value: s.started.UTC().Format(time.RFC3339)},
		{Name: "call", Value: r.Request.Method + " " + s.base + r.Path},
	}
	if r.Answer != nil {
		text := "HTTP " + strconv.Itoa(r.Answer.Status)
		if len(r.Match) < 80 && strings.ContainsFunc(r.Match, unicode.IsLetter) {
			text += ", " + s.safe(r.Match)
		}
		list = append(list, evidence.Field{Name: "answer", Value: text})
		if r.Answer.Issuer != "" { // a proxy that looks into calls has one of its own
			list = append(list, evidence.Field{Name: "certificate", Value: "by " + s.safe(r.Answer.Issuer)})
		}
		for _, path := range s.rules.Trace {
			if v := gjson.GetBytes(r.Answer.Body, path); v.Type == gjson.String && len(v.Str) < 80 {
				list = append(list, evidence.Field{Name: path[strings.LastIndexByte(path, '.')+1:], Value: s.safe(v.Str)})
			}
		}
	}
	for _, g := range s.given {
		switch {
		case g.Show && s.unit() == g.Text() && g.Text() != "":
			list = append(list, evidence.Field{Name: g.ID, Value: g.Text()})
		case g.Prefix > 0 && len(g.Text()) > 2*g.Prefix && s.rules.Fits(g.Value, g.Text()):
			list = append(list, evidence.Field{Name: g.ID, Value: g.Text()[:g.Prefix] + "..."})
		}
	}
	return append(list, evidence.Field{Name: "posthaste", Value: s.in.Version})
}
