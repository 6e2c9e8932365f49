package runner

import (
	"strings"

	"posthaste/internal/redact"
	"posthaste/runner/event"
)

// masked returns e as reports may see it: bodies cut to what was asked for, secrets replaced. What it changes
// it copies, so that the run keeps the real values.
func (m *emitter) masked(e event.Event) event.Event {
	switch e := e.(type) {
	case event.RunStarted:
		e.Collection.Document = m.bytes(e.Collection.Document)
		e.Environment, e.Globals = m.scope(e.Environment), m.scope(e.Globals)
		return e
	case event.IterationStarted:
		e.Row = m.text(e.Row)
		return e
	case event.ItemStarted:
		e.Item = m.item(e.Item)
		return e
	case event.ItemFinished:
		e.Item = m.item(e.Item)
		return e
	case event.ScriptFinished:
		e.Error = m.error(e.Error)
		return e
	case event.Assertion:
		e.Name, e.Error, e.Item = m.text(e.Name), m.error(e.Error), m.item(e.Item)
		return e
	case event.Exception:
		e.Error = m.error(e.Error)
		return e
	case event.Console:
		e.Args = m.texts(e.Args)
		return e
	case event.VariableSet:
		e.Value = m.variable(e.Value)
		return e
	case event.RequestSent:
		e.Request = m.request(e.Request)
		return e
	case event.ResponseReceived:
		e.Item, e.Request, e.Response = m.item(e.Item), m.request(e.Request), m.response(e.Response)
		return e
	case event.RequestFailed:
		e.Item, e.Request, e.Error = m.item(e.Item), m.request(e.Request), m.error(e.Error)
		return e
	case event.Notice:
		e.Text, e.Hint, e.Console = m.text(e.Text), m.text(e.Hint), m.text(e.Console)
		return e
	case event.RunFinished:
		e.Error = m.text(e.Error)
		e.Environment, e.Globals = m.scope(e.Environment), m.scope(e.Globals)
		return e
	}
	return e // the others hold no text that a secret could stand in
}

func (m *emitter) text(s string) string {
	if m.secrets == nil {
		return s
	}
	return m.secrets.Text(s)
}

func (m *emitter) texts(list []string) []string {
	if m.secrets == nil {
		return list
	}
	masked := make([]string, len(list))
	for i, s := range list {
		masked[i] = m.secrets.Text(s)
	}
	return masked
}

func (m *emitter) bytes(b []byte) []byte {
	if m.secrets == nil || b == nil {
		return b
	}
	return m.secrets.Bytes(b)
}

func (m *emitter) item(i event.Item) event.Item {
	i.Name, i.URL, i.Document = m.text(i.Name), m.text(i.URL), m.bytes(i.Document)
	return i
}

func (m *emitter) error(e *event.Error) *event.Error {
	if e == nil || m.secrets == nil {
		return e
	}
	c := *e
	for _, s := range []*string{&c.Message, &c.Expected, &c.Actual, &c.Detail, &c.Source, &c.Stack} {
		*s = m.secrets.Text(*s)
	}
	return &c
}

func (m *emitter) request(r event.Request) event.Request {
	r.URL, r.Resolved, r.Document = m.text(r.URL), m.text(r.Resolved), m.bytes(r.Document)
	r.Header, r.Body = m.header(r.Header), m.body(r.Body)
	return r
}

func (m *emitter) response(r event.Response) event.Response {
	r.Reason = m.text(r.Reason)
	r.Header, r.Body = m.header(r.Header), m.body(r.Body)
	return r
}

// header masks values by what is known, and the values of headers that hold secrets whatever they are.
func (m *emitter) header(list []event.Header) []event.Header {
	if m.secrets == nil {
		return list
	}
	masked := make([]event.Header, len(list))
	for i, h := range list {
		h.Value = m.secrets.Value(h.Value)
		if secretHeader(h.Key) {
			h.Value = maskCredentials(h.Value)
		}
		masked[i] = h
	}
	return masked
}

func secretHeader(key string) bool {
	switch len(key) {
	case len("cookie"), len("set-cookie"), len("authorization"), len("proxy-authorization"):
		return strings.EqualFold(key, "cookie") || strings.EqualFold(key, "set-cookie") ||
			strings.EqualFold(key, "authorization") || strings.EqualFold(key, "proxy-authorization")
	}
	return false
}

// maskCredentials keeps the scheme of an Authorization header and the names and attributes of cookies:
// they help to see what went wrong.
func maskCredentials(value string) string {
	if value == "" || strings.Contains(value, "{{") {
		return value
	}
	if scheme, rest, ok := strings.Cut(value, " "); ok && !strings.ContainsAny(scheme, "=;,") && rest != "" {
		return scheme + " " + redact.Mask
	}
	if name, _, ok := strings.Cut(value, "="); ok && !strings.ContainsAny(name, " ;,") {
		return name + "=" + redact.Mask
	}
	return redact.Mask
}

// margin is how many bytes beyond the cut are looked at, so that a secret that the cut goes through is masked.
const margin = 4 << 10

// body cuts a body to what reports asked for before it masks, so that large ones cost nothing.
func (m *emitter) body(b event.Body) event.Body {
	b.Cut = len(b.Data) > m.bodies
	if m.bodies == 0 {
		b.Data = nil
		return b
	}
	if len(b.Data)-margin > m.bodies {
		b.Data = b.Data[: m.bodies+margin : m.bodies+margin]
	}
	b.Data = m.bytes(b.Data)
	if len(b.Data) > m.bodies {
		b.Data = b.Data[:m.bodies:m.bodies]
	}
	return b
}

func (m *emitter) scope(s event.Scope) event.Scope {
	if m.secrets == nil {
		return s
	}
	values := make([]event.Variable, len(s.Values))
	for i, v := range s.Values {
		v.Value = m.variable(v.Value)
		values[i] = v
	}
	s.Values = values
	return s
}

// variable masks a value that is JSON text. It is a whole value, so short secrets are masked too.
func (m *emitter) variable(value string) string {
	if m.secrets == nil {
		return value
	}
	value = m.secrets.Text(value)
	if text := strings.Trim(value, `"`); text != "" && m.secrets.Value(text) == redact.Mask {
		return `"` + redact.Mask + `"`
	}
	return value
}
