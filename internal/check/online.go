package check

import (
	"cmp"
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/tidwall/gjson"
)

// online makes the calls, in the order of the file, until one says that something is wrong.
func (s *session) online(ctx context.Context) {
	s.results = map[string]*result{}
	s.keys = s.distinct()
	stopped := false
	for i := range s.rules.Steps {
		step := &s.rules.Steps[i]
		switch {
		case !s.wanted(step):
		case stopped && step.Product != "":
			s.say(Skip, step.Title, "not checked: "+choose(s.failed(), "the values come first", "the calls before it were not answered"))
		case stopped:
		case step.Needs && s.token == "":
			stopped = true
		default:
			r := s.try(ctx, step)
			s.results[step.ID] = r
			stopped = !s.take(r)
		}
	}
	s.judgeKeys()
	s.judgeUnclear()
}

// wanted tells whether a step is to be made at all.
func (s *session) wanted(step *Step) bool {
	if step.Product != "" && !slices.Contains(s.in.Products, step.Product) {
		return false
	}
	if step.Instead == "" {
		return true
	}
	first := s.results[step.Instead]
	return first != nil && first.rule.Result == Unclear
}

// take draws the consequences of a step's result. It tells whether to go on.
func (s *session) take(r *result) bool {
	s.applied = append(s.applied, r.rule.ID)
	for _, id := range r.rule.Proves {
		s.proven[id] = true
	}
	f := finding{rule: r.rule, result: r}
	for _, id := range r.rule.Blames {
		f.values = append(f.values, s.value(id))
	}
	step := r.step
	switch r.rule.Result {
	case Right:
		return s.takeRight(r, &f)
	case Wrong:
		if slices.Contains(r.rule.Blames, step.Each) && len(r.rule.Blames) == 1 {
			f.vars = s.blamedKeys(step)
			f = s.unknownKey(f)
		}
		if len(f.values) == 0 {
			s.say(Fail, s.subject(r), s.text(r.rule.Line, &f))
		}
		s.decide(r)
		s.findings = append(s.findings, f)
		return step.Product != ""
	case Unclear:
		return !step.first() && step.Keep == ""
	}
	return true
}

// takeRight keeps the token, and says what a step has shown.
func (s *session) takeRight(r *result, f *finding) bool {
	step := r.step
	switch {
	case step.Keep != "":
		s.token = gjson.GetBytes(r.answer.Body, step.Keep).String()
		if s.token == "" {
			s.find("no-token", finding{result: r})
			s.say(Unknown, s.title(step), s.text(s.rules.bySymptom("no-token").Line, f))
			clear(s.proven)
			s.decide(r)
			return false
		}
		if !s.checkClaims(r) {
			clear(s.proven)
			return false
		}
		return true
	case step.first():
		s.say(OK, hostOf(s.base), s.text(r.rule.Line, f)+s.answeredHow(r))
	case step.Title != "":
		s.say(OK, step.Title, s.text(r.rule.Line, f))
		if step.Limit != "" {
			s.say(Skip, step.Title, "not checked: "+step.Limit)
		}
	}
	return true
}

// first tells whether a step only asks whether anybody is there.
func (p *Step) first() bool { return p.Title == "" && len(p.Header) == 0 }

// answeredHow says how fast the host answered and whether its clock agrees with ours.
func (s *session) answeredHow(r *result) string {
	how := cmp.Or(r.answer.TLS, r.answer.Proto)
	text := fmt.Sprintf(" (%s, %d ms)", how, r.elapsed.Milliseconds())
	date, err := http.ParseTime(r.answer.header("Date"))
	if err != nil {
		return text
	}
	off := r.ended.Sub(date)
	const rounding = time.Second // the header has whole seconds
	switch {
	case off.Abs() > 5*time.Minute:
		s.find("clock", finding{words: map[string]string{"what": span(off.Abs()) + choose(off > 0, " ahead", " behind")}})
		return text
	case off.Abs() <= rounding:
		return text + ", clocks agree"
	}
	return text + ", clock " + span(off.Abs()) + " off"
}

// decide keeps the answer that the verdict rests on.
func (s *session) decide(r *result) {
	if s.decisive == nil {
		s.decisive = r
	}
}

// judgeUnclear finds the steps that could not tell, unless another one did in their place.
func (s *session) judgeUnclear() {
	var unclear []*result
	for i := range s.rules.Steps {
		r := s.results[s.rules.Steps[i].ID]
		if r == nil || r.rule.Result != Unclear {
			continue
		}
		other := s.replaced(r.step)
		if other == nil || other.rule.Result == Unclear {
			unclear = append(unclear, r)
		}
	}
	slices.SortStableFunc(unclear, func(a, b *result) int { // what a rule explains goes first
		return len(b.rule.On) + len(b.rule.Status) + len(b.rule.Network) - len(a.rule.On) - len(a.rule.Status) - len(a.rule.Network)
	})
	for i, r := range unclear {
		f := finding{rule: r.rule, result: r}
		if i == 0 {
			s.decide(r)
		}
		for _, id := range r.rule.Blames {
			f.values = append(f.values, s.value(id))
		}
		for _, g := range f.values {
			if !s.doubtful[g.ID] { // two calls may have shown the same
				s.say(Unknown, g.name(s.in), s.text(r.rule.Line, &f))
			}
			s.doubtful[g.ID] = true
		}
		if len(r.rule.Blames) == 0 && (i == 0 || r.step.Title != "") {
			s.say(Unknown, s.subject(r), s.text(r.rule.Line, &f))
		}
		s.findings = append(s.findings, f)
	}
}

// replaced is the result of the step that was made because another could not tell.
func (s *session) replaced(step *Step) *result {
	for i := range s.rules.Steps {
		if s.rules.Steps[i].Instead == step.ID {
			return s.results[s.rules.Steps[i].ID]
		}
	}
	return nil
}

func (s *session) say(status Status, subject, text string) {
	s.lines = append(s.lines, Line{Status: status, Subject: subject, Text: text})
}

// title is how a line names a step.
func (s *session) title(step *Step) string {
	if step.Title != "" {
		return step.Title
	}
	return hostOf(s.base)
}

// subject is how a line names what a result without a blamed value is about.
func (s *session) subject(r *result) string {
	if r.rule.Subject != "" {
		return r.rule.Subject
	}
	return s.title(r.step)
}

// request builds a step's call.
func (s *session) request(step *Step, path string, k *key) Request {
	pairs := []string{"{access_token}", s.token}
	for _, g := range s.given {
		text := g.text()
		if k != nil && g.ID == step.Each {
			text = k.text
		}
		pairs = append(pairs, "{"+g.ID+"}", text)
	}
	fill := strings.NewReplacer(pairs...)
	req := Request{Method: step.Method, URL: s.base + fill.Replace(path)}
	for _, h := range step.Header {
		req.Header = append(req.Header, Field{Name: h.Name, Value: fill.Replace(h.Value)})
	}
	return req
}
