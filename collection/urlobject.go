package collection

import (
	"strings"

	"github.com/tidwall/gjson"
)

// url reads a URL's text or its object. newman: of an object, raw is never read, so a file
// whose raw was edited by hand still sends the parts.
func (r *reader) url(n node) URL {
	switch {
	case n.isString():
		u := ParseURL(n.Str)
		u.Raw = n.Str
		return u
	case !n.truthy():
		return URL{}
	case !n.isObject():
		r.wrong(n, "a URL as text or object")
		return URL{}
	}
	o := n.object()
	u := URL{
		Protocol:  scalarText(r, o.get("protocol"), "a protocol"),
		Host:      r.host(o.get("host")),
		Port:      scalarText(r, o.get("port"), "a port"),
		Query:     r.query(o.get("query")),
		Variables: r.pathVariables(o.get("variable")),
		Extra:     o.extra("raw", "protocol", "auth", "host", "port", "path", "query", "hash", "variable"),
	}
	u.HasProtocol = u.Protocol != ""
	u.EmptyPort = u.Port == "" && o.get("port").isString()
	// The empty object sends no "?"; only parameters do, and only enabled ones.
	u.HasQuery = len(u.Query) > 0
	u.Path, u.HasPath = r.path(o.get("path"))
	if h := o.get("hash"); h.isString() {
		u.Hash, u.HasHash = h.Str, true
	}
	if raw := o.get("raw"); raw.isString() {
		u.Raw = raw.Str
	}
	// An auth that is no object has no fields. newman: one of the two texts is enough.
	auth := o.get("auth").object()
	if user, pw := auth.get("user"), auth.get("password"); user.isString() || pw.isString() {
		u.User = &Userinfo{User: user.text(), Password: pw.text(), HasPassword: pw.isString()}
	}
	return u
}

// scalarText reads what should be text but may be a number, such as a port. A list or object
// is an error; want completes its message.
func scalarText(r *reader, n node, want string) string {
	if n.Type == gjson.JSON {
		r.wrong(n, want)
		return ""
	}
	return n.text()
}

// host reads a host as a list of labels or as a text, which is split at dots outside of
// placeholders. nil is no host.
func (r *reader) host(n node) []string {
	switch {
	case n.isArray():
		var list []string
		for _, e := range n.elements() {
			list = append(list, scalarText(r, e, "a part of the host"))
		}
		return list
	case n.isString() && n.Str != "":
		return splitAlong(n.Str, shield(n.Str), '.')
	}
	if text := scalarText(r, n, "a host as text or list"); text != "" {
		return []string{text}
	}
	return nil
}

// path reads a text, whose leading slash is dropped, or a list of segments, each a text or
// {type, value}. It reports whether there is a path: an empty list is one, and is sent as
// "/".
func (r *reader) path(n node) ([]string, bool) {
	switch {
	case n.isArray():
		var list []string
		for _, e := range n.elements() {
			if e.isObject() {
				list = append(list, e.object().get("value").text())
				continue
			}
			list = append(list, scalarText(r, e, "a segment of the path"))
		}
		return list, true
	case n.isNull(), n.isString() && n.Str == "":
		return nil, false
	}
	text := strings.TrimPrefix(scalarText(r, n, "a path as text or list"), "/")
	return splitAlong(text, shield(text), '/'), true
}

// query reads a text, a list of parameters (objects or texts), or a map. Other values, a
// number for instance, are no query; newman does not fail for them either.
func (r *reader) query(n node) []QueryParam {
	switch {
	case n.isString() && n.Str != "":
		return ParseQuery(n.Str)
	case n.isObject():
		var list []QueryParam
		for _, f := range n.object().fields {
			q := QueryParam{Key: f.key}
			q.setValue(f.val)
			list = append(list, q)
		}
		return list
	case !n.isArray():
		return nil
	}
	var list []QueryParam
	for _, e := range n.elements() {
		switch {
		case e.isNull():
		case e.isString():
			list = append(list, ParseQuery(e.Str)...)
		case e.isObject():
			list = append(list, queryParam(e.object()))
		default:
			r.wrong(e, "a query parameter")
		}
	}
	return list
}

// queryParam reads a query parameter. A key that is no text and a value that is null are kept
// apart from "": the first is sent as "=value", the second as "key" without "=".
func queryParam(o object) QueryParam {
	q := QueryParam{
		Disabled:    o.get("disabled").Type == gjson.True,
		Description: description(o.get("description")),
		Extra:       o.extra("key", "value", "disabled", "description"),
	}
	key := o.get("key")
	q.Key, q.NoKey = key.Str, !key.isString()
	q.setValue(o.get("value"))
	return q
}

// setValue takes a value as newman does: what is not text is not sent. A number in a query is
// lost, in newman as here.
func (q *QueryParam) setValue(n node) {
	q.NoValue = !n.isString()
	if n.isString() {
		q.Value = n.Str
	}
}

// pathVariables reads the list, one entry, or an object of names and values; entries that are
// no objects are dropped. An object with key or id is one entry.
func (r *reader) pathVariables(n node) []PathVariable {
	if n.isObject() && !n.object().has("key") && !n.object().has("id") {
		var list []PathVariable
		for _, f := range n.object().fields {
			list = append(list, PathVariable{Key: f.key, Value: f.val.value()})
		}
		return list
	}
	nodes := n.elements()
	if n.isObject() {
		nodes = []node{n}
	}
	var list []PathVariable
	for _, e := range nodes {
		if !e.isObject() {
			continue
		}
		o := e.object()
		list = append(list, PathVariable{
			Key:         firstText(o.get("key"), o.get("id")),
			ID:          o.get("id").text(),
			Value:       o.get("value").value(),
			Type:        o.get("type").text(),
			Disabled:    o.get("disabled").Type == gjson.True,
			Description: description(o.get("description")),
			Extra:       o.extra("key", "id", "value", "type", "disabled", "description"),
		})
	}
	return list
}
