package check

import (
	"context"
	"encoding/hex"
	"fmt"
	"io"
	"strings"
	"time"
	"unicode"

	"github.com/tidwall/gjson"
)

// A result is what a call showed.
type result struct {
	step    *Step
	rule    *Rule
	key     *key // that was tried, nil where none is
	request Request
	path    string  // as it was asked, with values by their names
	answer  *Answer // nil when none came
	err     error   // why
	match   string  // what the rule's pattern found in the body
	elapsed time.Duration
	ended   time.Time
}

// ask makes one call and finds its rule. After an answer of 500 and above it is made once more.
func (s *session) ask(ctx context.Context, step *Step, k *key) *result {
	path := strings.ReplaceAll(step.Path, "{random}", s.random())
	r := &result{step: step, key: k, path: path, request: s.request(step, path, k)}
	for try := 0; try < 2; try++ {
		start := s.now()
		r.answer, r.err = s.sender.Send(ctx, r.request)
		r.ended = s.now()
		r.elapsed = r.ended.Sub(start)
		if r.err != nil || r.answer.Status < 500 {
			break
		}
	}
	s.classify(r)
	s.record(r)
	s.last = r
	return r
}

// random is a name that nothing has.
func (s *session) random() string {
	b := make([]byte, 8)
	if _, err := io.ReadFull(s.rand, b); err != nil {
		return "none"
	}
	return hex.EncodeToString(b)
}

// classify finds the first rule that fits.
func (s *session) classify(r *result) {
	for i := range s.rules.Rules {
		rule := &s.rules.Rules[i]
		if rule.Symptom != "" || !rule.isOn(r.step.ID) {
			continue
		}
		if r.err != nil {
			if rule.Network != "" && s.rules.matches(rule.Network, r.err.Error()) {
				r.rule = rule
				return
			}
			continue
		}
		if rule.Network != "" || !rule.hasStatus(r.answer.Status) {
			continue
		}
		if rule.Body == "" {
			r.rule = rule
			return
		}
		if m := s.rules.patterns[rule.Body].FindSubmatch(r.answer.Body); m != nil {
			r.rule, r.match = rule, string(m[len(m)-1])
			return
		}
	}
	panic("check: common.yaml has a rule for every answer")
}

func (u *Rule) isOn(step string) bool {
	for _, id := range u.On {
		if id == step {
			return true
		}
	}
	return len(u.On) == 0
}

func (u *Rule) hasStatus(status int) bool {
	for _, want := range u.Status {
		if text := fmt.Sprint(status); want == text || want == text[:1]+"xx" {
			return true
		}
	}
	return len(u.Status) == 0
}

// said is the message of an answer that no rule explains, "" when it has none.
func (r *result) said() string {
	if r.answer == nil || !gjson.ValidBytes(r.answer.Body) {
		return ""
	}
	for _, path := range []string{
		"title", "detail", "message", "error_description", "error.message", "error", "responseInfo.responseMessage",
		"ResponseInfo.ResponseMessage", "errorInfo.errorMessage", "errorMessage", "0.errorMessage", "0.message", "errors.0", "0",
	} {
		if v := gjson.GetBytes(r.answer.Body, path); v.Type == gjson.String && v.Str != "" {
			return v.Str
		}
	}
	return ""
}

// safe makes text of the other side fit for a report: printable, short, and without any value that was given.
func (s *session) safe(text string) string {
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
