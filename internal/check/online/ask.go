package online

import (
	"context"
	"encoding/base64"
	"net/url"
	"slices"
	"strings"

	"github.com/tidwall/gjson"

	"posthaste/internal/check/evidence"
	"posthaste/internal/check/rule"
)

// ask makes one call and finds its rule. After an answer of 500 and above it is made once more.
func (s *session) ask(ctx context.Context, step *rule.Step, left []string, k *Key) *Result {
	path := strings.ReplaceAll(step.Path, "{random}", s.random())
	r := &Result{Step: step, key: k, Left: left}
	r.Path, r.Request = s.shown(path), s.request(step, path, left, k)
	for range 2 {
		start := s.Now()
		r.Answer, r.Err = s.Send.Send(ctx, r.Request)
		r.Ended = s.Now()
		r.Elapsed = r.Ended.Sub(start)
		if r.Err != nil || r.Answer.Status < 500 {
			break
		}
	}
	s.classify(r)
	s.out.Calls = append(s.out.Calls, r)
	return r
}

// shown is a path as a report may have it: values by their names, but for those that may be shown.
func (s *session) shown(path string) string {
	for _, g := range s.Values {
		if g.Show && s.Rules.Fits(g.Value, g.Text()) {
			path = strings.ReplaceAll(path, "{"+g.ID+"}", g.Text())
		}
	}
	return path
}

// request builds a step's call. A header line whose value is left out is left out too.
func (s *session) request(step *rule.Step, path string, left []string, k *Key) evidence.Request {
	pairs := []string{"{access_token}", s.out.Token}
	for _, g := range s.Values {
		text := g.Text()
		if k != nil && g.ID == step.Each {
			text = k.text
		}
		pairs = append(pairs, "{"+g.ID+"}", text)
	}
	fill := strings.NewReplacer(pairs...)
	req := evidence.Request{Method: step.Method, URL: s.Base + fill.Replace(path), Body: step.Form}
	for _, h := range step.Header {
		if slices.ContainsFunc(left, func(id string) bool { return strings.Contains(h.Value, "{"+id+"}") }) {
			continue
		}
		if text := fill.Replace(h.Value); !strings.Contains(text, "{") {
			req.Header = append(req.Header, evidence.Field{Name: h.Name, Value: text})
		}
	}
	if len(step.Basic) == 2 {
		pair := s.value(step.Basic[0]).Text() + ":" + s.value(step.Basic[1]).Text()
		basic := "Basic " + base64.StdEncoding.EncodeToString([]byte(pair))
		req.Header = append(req.Header, evidence.Field{Name: "Authorization", Value: basic})
	}
	if step.Form != "" {
		req.Header = append(req.Header, evidence.Field{Name: "Content-Type", Value: "application/x-www-form-urlencoded"})
	}
	return req
}

// classify finds the first rule that fits. A rule that says of a value that it is right or wrong fits only an answer
// that is believed; when it is not, and no rule explains it in another way, that is what the call showed.
func (s *session) classify(r *Result) {
	for i := range s.Rules.Rules {
		u := &s.Rules.Rules[i]
		if u.Symptom != "" || !u.IsOn(r.Step.ID) || len(u.Kinds) > 0 && !slices.Contains(u.Kinds, s.Kind.ID) {
			continue
		}
		if r.Err != nil {
			if u.Network != "" && s.Rules.Matches(u.Network, r.Err.Error()) {
				r.Rule = u
				return
			}
			continue
		}
		if u.Network == "" && s.fits(r, u) {
			return
		}
	}
	symptom := "not-believed"
	if r.Doubt.Old {
		symptom = "old-answer"
	}
	r.Rule = s.Rules.BySymptom(symptom)
}

// fits reports whether a rule explains an answer, and takes it if so.
func (s *session) fits(r *Result, u *rule.Rule) bool {
	if !u.HasStatus(r.Answer.Status) {
		return false
	}
	match := ""
	if u.Body != "" {
		var ok bool
		if match, ok = s.Rules.Group(u.Body, r.Answer.Body); !ok {
			return false
		}
	}
	if !u.Claims() {
		isLast := len(u.On)+len(u.Status) == 0 && u.Body == ""
		if isLast && r.Doubt.Why != "" || !u.Want().Fits(r.Answer.Body) {
			return false
		}
		r.Rule, r.Match = u, match
		return true
	}
	believed, doubt := evidence.Believe(&r.Exchange, u.Want())
	if doubt.Why == "" {
		doubt = s.otherHost(r)
	}
	if doubt.Why != "" {
		if r.Doubt.Why == "" {
			r.Doubt = doubt
		}
		return false
	}
	r.Rule, r.Match, r.Evidence, r.Doubt = u, match, believed, evidence.Doubt{}
	return true
}

// otherHost doubts an answer that names another host than the one that was asked.
func (s *session) otherHost(r *Result) evidence.Doubt {
	if r.Step.Host == "" {
		return evidence.Doubt{}
	}
	named, err := url.Parse(gjson.GetBytes(r.Answer.Body, r.Step.Host).String())
	if err != nil {
		return evidence.Doubt{Why: "JSON with an invalid address"}
	}
	asked, _ := url.Parse(s.Base)
	own, _ := url.Parse(s.Environment.Host)
	if asked != nil && named.Host == asked.Host || own != nil && named.Host == own.Host || named.Host == r.Answer.From {
		return evidence.Doubt{}
	}
	return evidence.Doubt{Why: "from another host, as it says itself"}
}
