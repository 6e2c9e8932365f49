package check

import (
	"strings"
	"unicode"

	"github.com/tidwall/gjson"

	"posthaste/internal/check/evidence"
	"posthaste/internal/check/online"
	"posthaste/internal/check/report"
	"posthaste/internal/check/value"
	"posthaste/internal/redact"
)

// secrets are the values that no text may hold: those that were given, chosen or not, and the
// token. It is made again each time, since the token comes late.
func (s *subject) secrets() *redact.Set {
	var secrets redact.Set
	secrets.Add("access token", s.token)
	for _, g := range s.given {
		for _, list := range [][]value.Variable{g.Vars, g.Others, g.Unset} {
			for _, v := range list {
				if !g.Show && !s.rules.IsPlaceholder(v.Value) {
					secrets.Add(v.Name, v.Value)
				}
			}
		}
	}
	for _, v := range value.Lookup(s.in.Variables, s.rules.OldToken) {
		secrets.Add(v.Name, v.Value)
	}
	return &secrets
}

// safe makes text of the other side fit for a report: printable, at most 160 characters, and
// without any value that was given.
func (s *subject) safe(text string) string {
	text = strings.Map(func(r rune) rune {
		if !unicode.IsPrint(r) {
			return ' '
		}
		return r
	}, text)
	text = s.secrets().Text(text)
	const most = 160
	if runes := []rune(text); len(runes) > most {
		text = string(runes[:most]) + "..."
	}
	return strings.TrimSpace(text)
}

// kept are the header lines of an answer that a record has. Others may hold cookies and ids
// of sessions.
func kept(name string) bool {
	switch strings.ToLower(name) {
	case "content-type", "retry-after", "server", "www-authenticate", "date", "age", "via", "x-cache":
		return true
	}
	return false
}

// calls are the calls that were made, for those who collect answers to improve the rules.
func (s *evaluation) calls() []report.Call {
	if s.out == nil {
		return nil
	}
	secrets := s.secrets()
	var list []report.Call
	for _, r := range s.out.Calls {
		list = append(list, callOf(r, secrets))
	}
	return list
}

// callOf records a call without credentials. Bodies of errors are kept, since they explain;
// of bodies of success only the names of the fields are, since their values are tokens and
// personal data.
func callOf(r *online.Result, secrets *redact.Set) report.Call {
	c := report.Call{Step: r.Step.ID, Method: r.Request.Method, Path: r.Path, Time: r.Ended.UTC(), Rule: r.Rule.ID}
	if r.Answer == nil {
		c.Error = secrets.Text(r.Err.Error())
		return c
	}
	c.Status = r.Answer.Status
	for _, h := range r.Answer.Header {
		if kept(h.Name) {
			c.Header = append(c.Header, evidence.Field{Name: h.Name, Value: secrets.Text(h.Value)})
		}
	}
	const firstError = 400 // the first status of an error
	if c.Status >= firstError {
		c.Body = secrets.Text(string(r.Answer.Body))
	} else if gjson.ValidBytes(r.Answer.Body) {
		gjson.ParseBytes(r.Answer.Body).ForEach(func(name, _ gjson.Result) bool {
			if name.Type == gjson.String {
				c.Fields = append(c.Fields, name.Str)
			}
			return true
		})
	}
	return c
}

// said is the message of an answer that no rule explains, "" when it has none. The paths are
// those of Vipps' APIs and of gateways, the most telling first.
func said(r *online.Result) string {
	if r.Answer == nil || !gjson.ValidBytes(r.Answer.Body) {
		return ""
	}
	for _, path := range []string{
		"title", "detail", "message", "error_description", "error.message", "error", "responseInfo.responseMessage",
		"ResponseInfo.ResponseMessage", "errorInfo.errorMessage", "errorMessage", "0.errorMessage", "0.message", "errors.0", "0",
	} {
		if v := gjson.GetBytes(r.Answer.Body, path); v.Type == gjson.String && v.Str != "" {
			return v.Str
		}
	}
	return ""
}
