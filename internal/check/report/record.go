package report

import (
	"encoding/json"
	"io"
	"time"

	"posthaste/internal/check/evidence"
)

// A Call is a call that was made and what came of it, without any value that was given. What an answer below 400
// says is the merchant's own business: of such an answer there are only the names of its fields.
type Call struct {
	Step   string // of the rules
	Method string
	Path   string // with values by their names
	Time   time.Time
	Status int              // 0 when no answer came
	Header []evidence.Field // lines that tell which layer answered, and when to ask again
	Body   string           // of an error
	Fields []string
	Error  string // why no answer came
	Rule   string // that explained it
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
