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

// Documents are JSON as newman's SDK writes its objects: format 2.1 with descriptions as
// objects, types spelled out and keys in the SDK's order. newman's JSON report is made of
// them. They read back as the same collection, but what the SDK does not know is lost; Export
// keeps it.

// Document returns the collection in format 2.1 as the SDK writes it, on one line.
func (c *Collection) Document() []byte {
	var j jsonWriter
	j.collection(c)
	return j.buf
}

// collection writes the keys in the order in which postman-collection's toJSON has them, so
// that exports can be compared byte for byte with newman's. The order is that in which the
// SDK's constructors set the properties, which is why "info" comes last.
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
	// A name that the reader made up from the id is not written: newman's document has none
	// either.
	if !c.unnamed {
		j.optional("name", c.Name)
	}
	j.optional("version", c.Version)
	j.text("schema", schemaV21)
	j.description(c.Description)
	j.close('}')
	j.close('}')
}

// Document returns the item, with what a folder holds, as the SDK writes it. Scripts see it
// as pm.info's and the events' item.
func (it *Item) Document() []byte {
	var j jsonWriter
	j.item(it)
	return j.buf
}

// RequestDocument returns a request as the SDK writes it. A nil request is a GET of nothing.
func RequestDocument(q *Request) []byte {
	var j jsonWriter
	j.request(q)
	return j.buf
}

// AuthDocument returns an auth as the SDK writes it. A nil auth is {}.
func AuthDocument(a *Auth) []byte {
	var j jsonWriter
	j.authObject(a)
	return j.buf
}

// items writes the list even when it is empty: that makes the item a folder.
func (j *jsonWriter) items(list []*Item) {
	j.key("item")
	j.open('[')
	for _, it := range list {
		j.item(it)
	}
	j.close(']')
}

// item writes a request or a folder. For Postman made-up ids are left out: they would be new
// in each export and make every diff noisy.
func (j *jsonWriter) item(it *Item) {
	j.open('{')
	j.meta(it.Extra)
	if !j.postman || it.HasID {
		j.text("id", it.ID)
	}
	j.optional("name", it.Name)
	j.description(it.Description)
	// newman drops the variables of folders and requests; Postman keeps them.
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

// behavior writes the keys sorted, because a map has no order and exports must not differ
// from run to run.
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

// events writes events without scripts too: an export must lose nothing. The list is written
// even when it is empty, as the SDK does.
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

// script splits the source into lines, as Postman saves it. An empty list of lines and no
// list are told apart: the SDK writes "exec": [] for the first only.
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

// variables writes a list under the given key, "variable" for collections and "values" for
// environments.
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

// typedValue writes a type and the value that it makes; Postman writes both as they are.
// newman: types that it does not know are "any", and lists and objects of their own type are
// stored as their text.
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

// auth writes nothing for nil, which means that the level inherits.
func (j *jsonWriter) auth(a *Auth) {
	if a == nil {
		return
	}
	j.key("auth")
	j.authObject(a)
}

// authObject writes the parameters as a list. An auth without type is an empty object, which
// scripts can see. A value that the signer found, such as a nonce, is marked with system.
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

// responses writes saved examples. They are kept as the file's JSON and only read here,
// because runs do not use them.
func (j *jsonWriter) responses(it *Item) {
	j.key("response")
	j.open('[')
	// Errors in an example are dropped: the collection was accepted with it, and a report
	// must not fail for it.
	r := &reader{src: &source.Source{}, newID: func() string { return "" }}
	for i, e := range newNode(gjson.ParseBytes(it.Responses)).elements() {
		if e.isObject() {
			j.response(r, e.object(), exampleID(it.ID, i))
		}
	}
	j.close(']')
}

// exampleID is the id of an example whose file gives it none: the same in every document of
// its item. It is a hash of the item's id and the example's number, so the two documents in
// one report agree.
func exampleID(item string, n int) string {
	sum := sha256.Sum256(strconv.AppendInt([]byte(item+"\x00"), int64(n), 10))
	return NewUUID(bytes.NewReader(sum[:]))
}

// response writes an example. newman: one without an id is given one, Postman writes none.
// Keys are in the order of the SDK's Response.
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
	// newman's SDK fills in the reason phrase of a status code.
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
