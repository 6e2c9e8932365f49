package check

import (
	"cmp"
	"fmt"
	"net/http"
	"slices"
	"time"

	"posthaste/internal/check/evidence"
	"posthaste/internal/check/online"
	"posthaste/internal/check/report"
	"posthaste/internal/check/rule"
	"posthaste/internal/check/value"
)

// A judgement is what answers show of one value. Without proof and doubt nothing is known of
// it.
type judgement struct {
	proofs   []evidence.Evidence
	doubtful bool // a rule that could not tell blames it
}

// An evaluation is what is made of the answers: what is proved, what is refuted, what stays
// unknown.
type evaluation struct {
	*subject
	*findingList
	out      *online.Outcome      // nil when nothing was asked
	judged   map[string]judgement // of values, by id
	lines    []report.Line        // what steps had to say
	decisive *online.Result       // the answer that the verdict rests on
}

// judge draws the consequences of the answers, in the order of the calls. Afterwards it looks
// at what only several answers together show.
func (s *evaluation) judge() {
	for _, r := range s.out.Order {
		if !s.isPartial(r) {
			s.applied = append(s.applied, r.Rule.ID)
		}
		s.take(r)
	}
	// A step of a product that was asked for and not tried must say so, or silence would be
	// taken for success.
	for _, id := range s.kind.Steps {
		step := s.rules.Step(id)
		switch why, skipped := s.out.Skipped[id]; {
		case !skipped || step.Product == "" || why == online.NotWanted:
		case s.failed():
			s.lines = append(s.lines, report.Untried(step.Title, "not checked: the values come first"))
		default:
			s.lines = append(s.lines, report.Untried(step.Title, "not checked: the calls before it were not answered"))
		}
	}
	s.judgeKeys()
	s.judgeUnclear()
}

// isPartial reports whether a rule blames only what was not sent, so that it says nothing of
// it.
func (s *evaluation) isPartial(r *online.Result) bool {
	return len(r.Rule.Blames) > 0 && len(s.findingOf(r).values) == 0
}

// take draws the consequences of one result. A token whose claims disagree with what was
// asked for is refuted, although the answer was a success.
func (s *evaluation) take(r *online.Result) {
	if r.Step.Keep != "" && r.Rule.Result == rule.Right && s.out.Claims != "" {
		f := finding{result: r}
		s.find(s.out.Claims, f)
		s.lines = append(s.lines, report.Untold(s.title(r.Step), s.text(s.rules.BySymptom(s.out.Claims).Line, &f)))
		s.decisive = r
		return
	}
	if !r.Evidence.IsZero() {
		for _, id := range r.Rule.Proves {
			if s.value(id) != nil && r.Sent(id) {
				j := s.judged[id]
				j.proofs = append(j.proofs, r.Evidence)
				s.judged[id] = j
			}
		}
	}
	f := s.findingOf(r)
	switch r.Rule.Result {
	case rule.Right:
		s.takeRight(r, &f)
	case rule.Wrong:
		s.takeWrong(r, f)
	case rule.Odd:
		s.lines = append(s.lines, report.Noted(s.about(r), s.text(r.Rule.Line, &f)))
	}
}

// findingOf is a result as a finding, about the values that were sent in its call.
func (s *evaluation) findingOf(r *online.Result) finding {
	f := finding{rule: r.Rule, result: r}
	for _, id := range r.Rule.Blames {
		if g := s.value(id); g != nil && r.Sent(id) {
			f.values = append(f.values, g)
		}
	}
	return f
}

// takeRight says what a step has shown: the token's life, the host's answer, or what the step
// is for.
func (s *evaluation) takeRight(r *online.Result, f *finding) {
	step := r.Step
	switch {
	case step.Keep != "":
		text := "given for " + evidence.Span(s.out.Life)
		for _, c := range s.rules.Claims {
			if g := s.value(c.Equals); g != nil && r.Sent(c.Equals) {
				text += ", and for this " + s.name(g)
			}
		}
		s.lines = append(s.lines, report.Proved(s.title(step), text, r.Evidence))
	case step.IsFirst():
		s.lines = append(s.lines, report.Proved(hostOf(s.base), s.text(r.Rule.Line, f)+s.answeredHow(r), r.Evidence))
	case step.Title != "":
		s.lines = append(s.lines, report.Proved(step.Title, s.text(r.Rule.Line, f), r.Evidence))
		if step.Limit != "" {
			s.lines = append(s.lines, report.Untried(step.Title, "not checked: "+step.Limit))
		}
	}
}

// takeWrong notes what is wrong. A rule that blames only what was not sent says nothing.
func (s *evaluation) takeWrong(r *online.Result, f finding) {
	if s.isPartial(r) {
		return
	}
	if slices.Contains(r.Rule.Blames, r.Step.Each) && len(r.Rule.Blames) == 1 {
		f.vars = s.blamedKeys(r.Step)
		f = s.unknownKey(f)
	}
	if len(f.values) == 0 {
		s.lines = append(s.lines, report.Refuted(s.about(r), s.text(r.Rule.Line, &f), r.Evidence))
	}
	s.decide(r)
	s.findings = append(s.findings, f)
}

// answeredHow says how fast the host answered and whether its clock agrees with ours. A clock
// that is off makes tokens look expired.
func (s *evaluation) answeredHow(r *online.Result) string {
	how := cmp.Or(r.Answer.TLS, r.Answer.Proto)
	text := fmt.Sprintf(" (%s, %d ms)", how, r.Elapsed.Milliseconds())
	if _, err := http.ParseTime(r.Answer.Get("Date")); err != nil {
		return text
	}
	off := evidence.Skew(&r.Exchange)
	if off.Abs() <= time.Second { // the header has whole seconds
		return text + ", clocks agree"
	}
	return text + ", clock " + evidence.Span(off.Abs()) + " off"
}

// decide keeps the answer that the verdict rests on: the first that decides anything.
func (s *evaluation) decide(r *online.Result) {
	if s.decisive == nil {
		s.decisive = r
	}
}

// judgeUnclear finds the steps that could not tell, unless another one did in their place.
// Each value is doubted once.
func (s *evaluation) judgeUnclear() {
	var unclear []*online.Result
	for _, r := range s.out.Order {
		if r.Rule.Result != rule.Unclear || s.isPartial(r) {
			continue
		}
		if r.Step.IsFirst() && r.Doubt.Old && s.anyProof() { // that answer may be kept by a cache, and no other was
			s.find("clock", finding{vars: []value.Variable{{Name: "clock"}}, words: map[string]string{"what": r.Doubt.Why}})
			continue
		}
		other := s.replaced(r.Step)
		if other == nil || other.Rule.Result == rule.Unclear {
			unclear = append(unclear, r)
		}
	}
	slices.SortStableFunc(unclear, func(a, b *online.Result) int { // what a rule explains goes first
		return len(b.Rule.On) + len(b.Rule.Status) + len(b.Rule.Network) - len(a.Rule.On) - len(a.Rule.Status) - len(a.Rule.Network)
	})
	for i, r := range unclear {
		f := s.findingOf(r)
		f.words = map[string]string{"what": r.Doubt.Why}
		if i == 0 {
			s.decide(r)
		}
		for _, g := range f.values {
			j := s.judged[g.ID]
			if !j.doubtful { // two calls may have shown the same
				s.lines = append(s.lines, report.Untold(s.name(g), s.text(r.Rule.Line, &f)))
			}
			j.doubtful = true
			s.judged[g.ID] = j
		}
		if len(f.values) == 0 && (i == 0 || r.Step.Title != "") {
			s.lines = append(s.lines, report.Untold(s.about(r), s.text(r.Rule.Line, &f)))
		}
		s.findings = append(s.findings, f)
	}
}

// anyProof reports whether an answer proved something. The first step only shows that the
// host answers.
func (s *evaluation) anyProof() bool {
	return slices.ContainsFunc(s.out.Order, func(r *online.Result) bool { return !r.Evidence.IsZero() && !r.Step.IsFirst() })
}

// replaced is the result of the step that was made because another could not tell, nil when
// none was.
func (s *evaluation) replaced(step *rule.Step) *online.Result {
	for _, r := range s.out.Order {
		if r.Step.Instead == step.ID {
			return r
		}
	}
	return nil
}

// title is how a line names a step.
func (s *subject) title(step *rule.Step) string { return cmp.Or(step.Title, hostOf(s.base)) }

// about is how a line names what a result without a blamed value is about.
func (s *subject) about(r *online.Result) string { return cmp.Or(r.Rule.Subject, s.title(r.Step)) }

// name is a value's variable as the user spells it.
func (s *subject) name(g *value.Given) string { return g.Name(s.in.File != "") }
