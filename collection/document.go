package collection

import (
	"bytes"
	"crypto/sha256"
	"net/http"
	"strconv"
	"strings"

	"github.com/tidwall/gjson"

	"posthaste/collection/source"
)

// Documents are JSON as newman's SDK writes its objects: format 2.1 with descriptions as objects, types
// spelled out and keys in the SDK's order. newman's JSON report is made of them. They read back as the
// same collection, but what the SDK does not know is lost; Export keeps it.

// Document returns the collection in format 2.1 as the SDK writes it.
func (c *Collection) Document() []byte {
	var j jsonWriter
	j.collection(c)
	return j.buf
}

// collection writes the keys in the order in which postman-collection's toJSON has them, so that exports can be
// compared byte for byte with newman's.
func (j *jsonWriter) collection(c *Collection) {
	j.open('{')
	j.meta(c.meta)
	j.items(c.Items)
	j.auth(c.Auth)
	j.events(c.Events)
	j.behavior(c.Behavior)
	j.variables("variable", c.Variables)
	j.key("info")
	j.open('{')
	j.text("_postman_id", c.ID)
	if !c.unnamed {
		j.optional("name", c.Name)
	}
	j.optional("version", c.Version)
	j.text("schema", schemaV21)
	j.description(c.Description)
	j.close('}')
	j.close('}')
}

// Document returns the item, with what a folder holds, as the SDK writes it.
func (it *Item) Document() []byte {
	var j jsonWriter
	j.item(it)
	return j.buf
}

// RequestDocument returns a request as the SDK writes it.
func RequestDocument(q *Request) []byte {
	var j jsonWriter
	j.request(q)
	return j.buf
}

// AuthDocument returns an auth as the SDK writes it.
func AuthDocument(a *Auth) []byte {
	var j jsonWriter
	j.authObject(a)
	return j.buf
}

func (j *jsonWriter) items(list []*Item) {
	j.key("item")
	j.open('[')
	for _, it := range list {
		j.item(it)
	}
	j.close(']')
}

// item writes a request or a folder. For Postman made-up ids are left out: they would be new in each export and make
// every diff noisy.
func (j *jsonWriter) item(it *Item) {
	j.open('{')
	j.meta(it.Extra)
	if !j.postman || it.HasID {
		j.text("id", it.ID)
	}
	j.optional("name", it.Name)
	j.description(it.Description)
	if j.postman && len(it.Variables) > 0 {
		j.variables("variable", it.Variables)
	}
	if it.Request == nil {
		j.items(it.Items)
		j.auth(it.Auth)
	} else {
		j.key("request")
		j.request(it.Request)
		j.responses(it)
	}
	j.events(it.Events)
	j.behavior(it.Behavior)
	j.close('}')
}

func (j *jsonWriter) behavior(b Behavior) {
	if b == nil {
		return
	}
	j.key("protocolProfileBehavior")
	j.open('{')
	for _, key := range sortedKeys(b) {
		value := b[key]
		j.raw("", Quote(key)+":"+value.JSONText())
	}
	j.close('}')
}

// events writes events without scripts too: an export must lose nothing.
func (j *jsonWriter) events(list []Event) {
	j.key("event")
	j.open('[')
	for _, e := range list {
		j.open('{')
		j.optional("id", e.ID)
		j.flag("disabled", e.Disabled)
		j.optional("listen", e.Listen)
		if e.HasScript || e.Script.Source != "" {
			j.script(e.Script)
		}
		j.close('}')
	}
	j.close(']')
}

// script splits the source into lines, as Postman saves it. An empty list of lines and no list are told apart.
func (j *jsonWriter) script(s Script) {
	j.key("script")
	j.open('{')
	j.optional("id", s.ID)
	j.optional("name", s.Name)
	j.optional("type", s.Type)
	j.optional("src", s.Src)
	if s.Packages != nil {
		j.raw("packages", string(s.Packages))
	}
	switch {
	case s.Source != "" || len(s.Lines) > 0:
		j.texts("exec", strings.Split(s.Source, "\n"))
	case s.Lines != nil:
		j.raw("exec", "[]")
	}
	j.close('}')
}

func (j *jsonWriter) variables(key string, list []Variable) {
	j.key(key)
	j.open('[')
	for _, v := range list {
		j.open('{')
		j.identity(v.Extra)
		j.flag("disabled", v.Disabled)
		j.description(v.Description)
		j.typedValue(v.Type, v.Value)
		if v.Key != "" || key == "values" && !v.NoKey { // newman: a key given as "" counts in environments
			j.text("key", v.Key)
		}
		j.close('}')
	}
	j.close(']')
}

// typedValue writes a type and the value that it makes; Postman writes both as they are. newman: types that it does not know are "any",
// and lists and objects of their own type are stored as their text.
func (j *jsonWriter) typedValue(kind string, v Value) {
	if j.postman {
		j.optional("type", kind)
		j.value("value", v)
		return
	}
	switch kind {
	case "string", "number", "boolean":
		v = typed(v, kind)
	case "array", "object":
		if v.Kind() == JSON {
			v = Text(v.String())
		}
	default:
		kind = "any"
	}
	j.text("type", kind)
	j.value("value", v)
}

func (j *jsonWriter) auth(a *Auth) {
	if a == nil {
		return
	}
	j.key("auth")
	j.authObject(a)
}

// authObject writes the parameters as a list. An auth without type is an empty object, which scripts can see.
func (j *jsonWriter) authObject(a *Auth) {
	j.open('{')
	if a != nil && a.Type != "" {
		j.text("type", a.Type)
		j.key(a.Type)
		j.open('[')
		for _, p := range a.Params {
			j.open('{')
			j.typedValue(p.Type, p.Value)
			j.text("key", p.Key)
			j.flag("system", p.System)
			j.close('}')
		}
		j.close(']')
	}
	j.close('}')
}

// responses writes saved examples.
func (j *jsonWriter) responses(it *Item) {
	j.key("response")
	j.open('[')
	r := &reader{src: &source.Source{}, newID: func() string { return "" }}
	for i, e := range newNode(gjson.ParseBytes(it.Responses)).elements() {
		if e.isObject() {
			j.response(r, e.object(), exampleID(it.ID, i))
		}
	}
	j.close(']')
}

// exampleID is the id of an example whose file gives it none: the same in every document of its item.
func exampleID(item string, n int) string {
	sum := sha256.Sum256(strconv.AppendInt([]byte(item+"\x00"), int64(n), 10))
	return NewUUID(bytes.NewReader(sum[:]))
}

// response writes an example. newman: one without an id is given one, Postman writes none.
func (j *jsonWriter) response(r *reader, o object, id string) {
	j.open('{')
	if given := o.get("id"); !j.postman && !given.truthy() {
		j.text("id", id)
	}
	j.identity([]byte(o.Raw))
	j.description(description(o.get("description")))
	if q := o.get("originalRequest"); q.truthy() {
		j.key("originalRequest")
		j.request(r.request(q))
	}
	code := o.get("code")
	status := o.get("status").text()
	if status == "" && code.Type == gjson.Number {
		status = http.StatusText(int(code.Num))
	}
	j.optional("status", status)
	if code.Type == gjson.Number {
		j.raw("code", compact(code.Raw))
	}
	if j.postman {
		j.optional("_postman_previewlanguage", o.get("_postman_previewlanguage").text())
	}
	j.headers("header", r.headers(o.get("header")))
	for _, key := range [...]string{"body", "stream"} {
		if n := o.get(key); n.Raw != "" {
			j.raw(key, compact(n.Raw))
		}
	}
	j.raw("cookie", rawOr(o.get("cookie"), "[]"))
	for _, key := range [...]string{"responseTime", "responseSize"} {
		if n := o.get(key); n.Raw != "" {
			j.raw(key, compact(n.Raw))
		}
	}
	j.close('}')
}
