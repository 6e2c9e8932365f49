package newman

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"strings"
	"time"

	"posthaste/collection"
	"posthaste/reporters/report"
	"posthaste/runner/event"
)

// The shapes of the SDK's objects in newman's JSON report, members in newman's order.
// Pointers are members that newman leaves out in some places and writes as false or null in
// others.
type (
	cursorShape struct {
		Position      int    `json:"position"`
		Iteration     int    `json:"iteration"`
		Length        int    `json:"length"`
		Cycles        int    `json:"cycles"`
		Empty         *bool  `json:"empty,omitempty"`
		EOF           *bool  `json:"eof,omitempty"`
		BOF           *bool  `json:"bof,omitempty"`
		CR            *bool  `json:"cr,omitempty"`
		Ref           string `json:"ref"`
		HTTPRequestID string `json:"httpRequestId,omitempty"`
		ScriptID      string `json:"scriptId,omitempty"`
		Execution     string `json:"execution,omitempty"`
	}
	requestJSON struct {
		URL         urlShape        `json:"url"`
		Header      []headerShape   `json:"header,omitempty"`
		Method      string          `json:"method"`
		Body        any             `json:"body,omitempty"`
		Auth        json.RawMessage `json:"auth,omitempty"`
		Certificate json.RawMessage `json:"certificate,omitempty"`
	}
	headerShape struct {
		Key    string `json:"key"`
		Value  string `json:"value"`
		System bool   `json:"system,omitempty"`
	}
	urlShape struct {
		Auth     *userShape `json:"auth,omitempty"`
		Protocol string     `json:"protocol,omitempty"`
		Port     string     `json:"port,omitempty"`
		Path     []string   `json:"path,omitempty"`
		Hash     string     `json:"hash,omitempty"`
		Host     []string   `json:"host,omitempty"`
		Query    []param    `json:"query"`
		Variable []param    `json:"variable"`
	}
	userShape struct {
		User     string `json:"user"`
		Password string `json:"password,omitempty"`
	}
	param struct {
		Key   *string `json:"key"`
		Value *string `json:"value"`
	}
	scopeShape struct {
		ID     string       `json:"id"`
		Name   string       `json:"name,omitempty"`
		Values []valueShape `json:"values"`
	}
	valueShape struct {
		Type     string          `json:"type"`
		Value    json.RawMessage `json:"value"`
		Key      string          `json:"key"`
		Disabled bool            `json:"disabled,omitempty"`
	}
)

// cursor places a step in the run. newman leaves the truth values out of all cursors but the
// first, and names only cr where an iteration begins. sent says that a request of the step
// has ended.
func (r *jsonReport) cursor(s event.Step, sent bool) cursorShape {
	run := r.journal.Run
	shape := cursorShape{
		Position: s.Position, Iteration: s.Iteration, Length: run.Items, Cycles: max(run.Iterations, s.Iteration+1),
		Ref: r.id("ref", s.ID),
	}
	if sent {
		shape.HTTPRequestID = r.id("request", s.ID)
	}
	first, begins := s.Position == 0 && s.Iteration == 0, s.Position == 0 && s.Iteration > 0
	if !r.cfg.Compat || first {
		shape.Empty, shape.EOF, shape.BOF = new(bool), new(bool), &first
	}
	if !r.cfg.Compat || first || begins {
		shape.CR = &begins
	}
	return shape
}

// within places what a script did: a request that it sent, an assertion. Without a script it
// changes nothing.
func (r *jsonReport) within(c cursorShape, s event.Step, script event.Script) cursorShape {
	if script != (event.Script{}) {
		c.ScriptID, c.Execution = script.ID, r.scriptRun(s, script)
	}
	return c
}

// scriptRun is the id of one execution of a script, which the collection's document names as
// the last one too.
func (r *jsonReport) scriptRun(s event.Step, script event.Script) string {
	return r.id("script run", s.ID, script.Listen, script.ID)
}

// document is an SDK object as the run gave it, in which scripts that have run name their
// last execution. Masking can leave something that is no JSON any more, and a report without
// documents has none: then the names stand for it.
func (r *jsonReport) document(doc []byte, id, name string) any {
	if len(doc) > 0 && json.Valid(doc) {
		return r.marked(doc)
	}
	return struct {
		ID   string `json:"id,omitempty"`
		Name string `json:"name"`
	}{id, name}
}

// marked adds to each script its last execution, when any has run.
func (r *jsonReport) marked(doc []byte) json.RawMessage {
	if len(r.ran) == 0 {
		return doc
	}
	return collection.Mark(doc, func(script string) string { return r.ran[script] })
}

// id makes a UUID from parts that are unique in the run, the same each time it is asked.
// newman's are random; a report that is written again must be the same.
func (r *jsonReport) id(parts ...string) string {
	run := r.journal.Run
	parts = append(parts, run.Collection.ID, run.Time.UTC().Format(time.RFC3339Nano))
	sum := sha256.Sum256([]byte(strings.Join(parts, "\x00")))
	sum[6], sum[8] = sum[6]&0x0f|0x40, sum[8]&0x3f|0x80
	h := hex.EncodeToString(sum[:16])
	return h[:8] + "-" + h[8:12] + "-" + h[12:16] + "-" + h[16:20] + "-" + h[20:]
}

// headerShapes lists header lines as the SDK does.
func headerShapes(list []event.Header) []headerShape {
	shapes := make([]headerShape, len(list))
	for i, h := range list {
		shapes[i] = headerShape{h.Key, h.Value, h.System}
	}
	return shapes
}

// requestShape is a request as sent. What the events do not carry in parts is taken from its
// document.
func requestShape(q event.Request) requestJSON {
	shape := requestJSON{URL: urlOf(q.URL), Header: headerShapes(q.Header), Method: q.Method}
	var doc struct{ Body, Auth, Certificate json.RawMessage }
	if len(q.Document) > 0 && json.Unmarshal(q.Document, &doc) == nil {
		shape.Auth, shape.Certificate = doc.Auth, doc.Certificate
	}
	switch {
	case len(doc.Body) > 0:
		shape.Body = doc.Body
	case q.BodyMode != "":
		shape.Body = map[string]any{"mode": q.BodyMode, q.BodyMode: bodyShape(q)}
	}
	return shape
}

// bodyShape is a body in its mode's own form. A form's files are not repeated, only that
// there is a form.
func bodyShape(q event.Request) any {
	switch q.BodyMode {
	case collection.BodyRaw:
		return string(q.Body.Data)
	case collection.BodyURLEncoded:
		list := []headerShape{}
		for pair := range strings.SplitSeq(string(q.Body.Data), "&") {
			k, v, _ := strings.Cut(pair, "=")
			list = append(list, headerShape{Key: report.Unescaped(k), Value: report.Unescaped(v)})
		}
		return list
	case collection.BodyGraphQL:
		if json.Valid(q.Body.Data) {
			return json.RawMessage(q.Body.Data)
		}
	case collection.BodyFormData:
		return []string{}
	}
	return map[string]string{}
}

// urlOf takes a URL apart as the SDK does. Path variables are put in already, so there are
// none.
func urlOf(text string) urlShape {
	u := collection.ParseURL(text)
	shape := urlShape{
		Protocol: u.Protocol, Port: u.Port, Path: u.Path, Hash: u.Hash, Host: u.Host,
		Query: []param{}, Variable: []param{},
	}
	if u.User != nil {
		shape.Auth = &userShape{u.User.User, u.User.Password}
	}
	for _, q := range u.Query {
		p := param{&q.Key, &q.Value}
		if q.NoKey {
			p.Key = nil
		}
		if q.NoValue {
			p.Value = nil
		}
		shape.Query = append(shape.Query, p)
	}
	return shape
}

// scope is an environment or the globals as the SDK writes them. newman: types that it does
// not know, such as secret, become any; disabled entries are shown as if they were not.
func (r *jsonReport) scope(s event.Scope) scopeShape {
	shape := scopeShape{ID: s.ID, Name: s.Name, Values: []valueShape{}}
	for _, v := range s.Values {
		value := valueShape{Type: v.Type, Value: json.RawMessage(v.Value), Key: v.Key}
		switch v.Type {
		case "string", "boolean", "number", "array", "object", "any":
		default:
			value.Type = "any"
		}
		if !json.Valid(value.Value) { // masking can leave what is not a number any more
			value.Value, _ = json.Marshal(v.Value) // a string always has JSON
		}
		value.Disabled = v.Disabled && !r.cfg.Compat
		shape.Values = append(shape.Values, value)
	}
	return shape
}
