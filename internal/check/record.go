package check

import (
	"encoding/json"
	"io"
	"strings"
	"time"

	"github.com/tidwall/gjson"

	"posthaste/internal/redact"
)

// A Call is a call that was made and what came of it, without any value that was given. What an answer below 400
// says is the merchant's own business: of such an answer there are only the names of its fields.
type Call struct {
	Step   string // of the rules
	Method string
	Path   string // with values by their names
	Time   time.Time
	Status int     // 0 when no answer came
	Header []Field // lines that tell which layer answered, and when to ask again
	Body   string  // of an error
	Fields []string
	Error  string // why no answer came
	Rule   string // that explained it
}

// kept are the header lines of an answer that a record has.
func kept(name string) bool {
	switch strings.ToLower(name) {
	case "content-type", "retry-after", "server", "www-authenticate", "date", "via", "x-cache":
		return true
	}
	return false
}

// record notes a call for those who collect answers.
func (s *session) record(r *result) {
	secrets := s.secrets()
	c := Call{Step: r.step.ID, Method: r.request.Method, Path: r.path, Time: r.ended.UTC(), Rule: r.rule.ID}
	if r.answer == nil {
		c.Error = secrets.Text(r.err.Error())
		s.calls = append(s.calls, c)
		return
	}
	c.Status = r.answer.Status
	for _, h := range r.answer.Header {
		if kept(h.Name) {
			c.Header = append(c.Header, Field{Name: h.Name, Value: secrets.Text(h.Value)})
		}
	}
	const firstError = 400
	if c.Status >= firstError {
		c.Body = secrets.Text(string(r.answer.Body))
	} else if gjson.ValidBytes(r.answer.Body) {
		gjson.ParseBytes(r.answer.Body).ForEach(func(name, _ gjson.Result) bool {
			if name.Type == gjson.String {
				c.Fields = append(c.Fields, name.Str)
			}
			return true
		})
	}
	s.calls = append(s.calls, c)
}

// secrets are the values that no text may hold.
func (s *session) secrets() *redact.Set {
	var secrets redact.Set
	secrets.Add("access token", s.token)
	for _, g := range s.given {
		for _, v := range g.vars {
			if !g.Show {
				secrets.Add(v.Name, v.Value)
			}
		}
	}
	return &secrets
}

// WriteRecord writes the calls of a report, in the form that documented errors have in testdata/errors.json. A body
// that is JSON is written as such.
func WriteRecord(w io.Writer, r *Report) error {
	type call struct {
		ID      string            `json:"id"`
		Request string            `json:"request"`
		Time    time.Time         `json:"time"`
		Status  int               `json:"status,omitempty"`
		Headers map[string]string `json:"headers,omitempty"`
		Body    any               `json:"body,omitempty"`
		Fields  []string          `json:"fields,omitempty"`
		Error   string            `json:"error,omitempty"`
		Rule    string            `json:"rule"`
	}
	list := []call{}
	for _, c := range r.Calls {
		one := call{
			ID: c.Step, Request: c.Method + " " + c.Path, Time: c.Time.Truncate(time.Second), Status: c.Status, Fields: c.Fields, Error: c.Error, Rule: c.Rule,
		}
		for _, h := range c.Header {
			if one.Headers == nil {
				one.Headers = map[string]string{}
			}
			one.Headers[h.Name] = h.Value
		}
		switch {
		case json.Valid([]byte(c.Body)):
			one.Body = json.RawMessage(c.Body)
		case c.Body != "":
			one.Body = c.Body
		}
		list = append(list, one)
	}
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	e.SetEscapeHTML(false)
	return e.Encode(struct {
		API         string `json:"api"`
		Environment string `json:"environment"`
		Host        string `json:"host"`
		Calls       []call `json:"calls"`
	}{r.API, r.Environment, r.Host, list})
}
