package v3

import (
	"slices"
	"strings"

	"posthaste/collection"
	"posthaste/collection/v3/format"
)

// requestKeys returns the keys of a kind of request; the page of each kind in Postman's
// documentation is complete.
func requestKeys(kind string) []string {
	shared := []string{"$kind", "$schema", "id", "name", "description", "order", "url", "headers", "auth", "scripts", "examples", "settings"}
	if kind == format.GraphQL {
		return append(shared, "query", "variables", "schema")
	}
	return append(shared, "method", "queryParams", "pathVariables", "body")
}

// skippedKind reports whether a kind is one of Postman's that this program does not run. Such
// files are counted and named, and are no errors.
func skippedKind(kind string) bool {
	return slices.Contains([]string{"grpc-request", "websocket-request", "socket.io-request", "mqtt-request", "mcp-request", "llm-request"}, kind)
}

// request reads a request's file into an item; nil is one that does not run, or a faulty one.
// parent is nil at the collection's root.
func (r *reader) request(f *file, parent *collection.Item) *collection.Item {
	v := f.root
	if !v.isMap() {
		r.wrong(v, "write $kind: http-request and what follows as a map", "a request is a map of keys and values, found %s", v.shown())
		return nil
	}
	kind := r.requestKind(v)
	name := r.itemName(v, requestStem(f.path))
	if skippedKind(kind) {
		r.skip(parent, name, kind)
		return nil
	}
	it := &collection.Item{Name: name, File: f.name, Pos: v.pos(), Parent: parent}
	r.identify(it, v)
	keys := requestKeys(kind)
	if r.prerelease {
		keys = append(keys, "type")
	}
	// The app reads examples from files of their own only.
	if e := v.get("examples"); e.isList() && !r.prerelease {
		r.warn(e, "inline-examples", "write each as a *.example.yaml", "examples stand in the request, where the app does not load them")
	}
	if v.has("response") {
		r.warn(v.get("response"), "inline-examples", "write each as a *.example.yaml", "responses stand in the request, where the app does not load them")
		keys = append(keys, "response")
	}
	r.known(v, article(kind), keys...)
	if kind == format.GraphQL {
		it.Kind = "graphql"
		it.Request = r.graphQL(v)
	} else {
		it.Request = r.http(v)
	}
	it.Request.Description = r.text(v.get("description"), "description")
	it.Request.Auth = r.auth(v.get("auth"), it)
	it.Events = r.scripts(v.get("scripts"), it, kind)
	it.Events = append(it.Events, r.scriptFiles(requestResources(f.path)+"/scripts", kind, it)...)
	it.Behavior = r.settings(v.get("settings"), kind)
	// Format 2 drops the body of GET and HEAD unless the request says otherwise.
	if format.Prunes(it.Request.Method) && it.Request.Body != nil {
		if it.Behavior == nil {
			it.Behavior = collection.Behavior{}
		}
		it.Behavior["disableBodyPruning"] = collection.BoolValue(true) // format 3 sends what is written
	}
	it.Responses = r.examples(v, it)
	return it
}

// article is the kind with "a" or "an".
func article(kind string) string {
	if kind == format.HTTP {
		return "an " + kind
	}
	return "a " + kind
}

// requestKind returns the request's kind. The pre-release dialect says type: http instead.
// After an error it is HTTP, so that reading goes on.
func (r *reader) requestKind(v value) string {
	kind := v.get("$kind")
	switch k := r.text(kind, "$kind"); {
	case k == format.HTTP, k == format.GraphQL, skippedKind(k):
		return k
	case k == "" && v.get("type").text() == "http":
		r.dialect()
		return format.HTTP
	case k == "":
		r.wrong(v, "add $kind: http-request", "the request has no $kind")
	default:
		r.wrong(kind, "a *.request.yaml holds $kind: http-request or another kind of request", "$kind is %q, which is no kind of request", k)
	}
	return format.HTTP
}

// dialect notes that files are of the format's early form, which loosens some checks and is
// said once at the end.
func (r *reader) dialect() { r.prerelease = true }

// itemName returns name, or what the path says where the file has no name. A name that is
// given as "" is the empty one, which requests of format 2 may have.
func (r *reader) itemName(v value, stem string) string {
	if given := v.get("name"); !given.isNull() {
		return r.text(given, "name")
	}
	return stem
}

// identify gives an item its id, or makes one up as for the other formats.
func (r *reader) identify(it *collection.Item, v value) {
	it.ID = r.text(v.get("id"), "id")
	it.HasID = it.ID != ""
	if !it.HasID {
		it.ID = r.newID()
	}
}

// http reads what an http-request and the request of an example have in common.
func (r *reader) http(v value) *collection.Request {
	q := &collection.Request{Method: strings.ToUpper(r.text(v.get("method"), "method"))}
	if q.Method == "" {
		q.Method = "GET"
	}
	q.URL = r.url(v)
	q.Header = r.headers(v.get("headers"))
	q.Body = r.body(v.get("body"))
	return q
}

// headers reads a map or a list. A map cannot hold one name twice, a list can.
func (r *reader) headers(v value) []collection.Header {
	var list []collection.Header
	for _, e := range r.entryPairs(v, "headers") {
		list = append(list, collection.Header{
			Key: e.key, Value: r.text(e.value, "header "+e.key), Disabled: e.disabled, Description: e.description,
		})
	}
	return list
}

// graphQL reads a graphql-request, which is sent as a POST of JSON. It has neither method nor
// query parameters of its own.
func (r *reader) graphQL(v value) *collection.Request {
	q := &collection.Request{Method: "POST", URL: r.url(v), Header: r.headers(v.get("headers"))}
	g := &collection.GraphQL{Query: r.text(v.get("query"), "query"), QueryKind: collection.String}
	if vars := v.get("variables"); !vars.isNull() {
		g.Variables = r.graphVariables(vars)
	}
	q.Body = &collection.Body{Mode: "graphql", GraphQL: g}
	return q
}

// graphVariables reads the text of a JSON object, or the object written as YAML, with a
// warning. The text is not checked: it may have placeholders.
func (r *reader) graphVariables(v value) collection.Value {
	if v.isScalar() {
		return collection.Text(v.text())
	}
	r.warn(v, "graphql-variables", "write them as text: variables: |-", "the variables of a query are a text of JSON in this format")
	return collection.Text(v.json().JSONText())
}

// settings reads a request's settings into what format 2 calls protocolProfileBehavior. nil
// says nothing, and what is said above holds.
func (r *reader) settings(v value, kind string) collection.Behavior {
	if v.isNull() {
		return nil
	}
	if !v.isMap() {
		r.wrong(v, "write settings as keys and values", "settings: expected a map, found %s", v.shown())
		return nil
	}
	if kind == format.GraphQL {
		r.known(v, "settings of a graphql-request", "disabledSystemHeaders")
	} else {
		r.known(v, "settings", "protocolVersion", "strictSSL", "followRedirects", "maxRedirects", "disabledSystemHeaders")
	}
	b := collection.Behavior{}
	for _, p := range v.pairs() {
		if kind == format.GraphQL && p.key != "disabledSystemHeaders" {
			continue
		}
		switch p.key {
		case "strictSSL", "followRedirects":
			b[p.key] = collection.BoolValue(r.flag(p.value, p.key))
		case "maxRedirects":
			// As 32 bits: the value goes into a file of format 2, where Postman has such a
			// number.
			n, ok := collection.ParseNumber(p.value.text())
			if !ok || n < 0 || p.value.text() == "" || n != float64(int32(n)) {
				r.wrong(p.value, "write a number such as 10", "maxRedirects: expected a whole number, found %s", p.value.shown())
				continue
			}
			b[p.key] = collection.NumberValue(n)
		case "protocolVersion":
			text := r.text(p.value, p.key)
			if !slices.Contains([]string{"auto", "http1", "http2"}, text) {
				r.wrong(p.value, "write auto, http1 or http2", "protocolVersion: Postman does not know %s", p.value.shown())
			}
			b[p.key] = collection.Text(text)
		case "disabledSystemHeaders":
			b[p.key] = r.disabledHeaders(p.value)
		}
	}
	return b
}

// disabledHeaders turns the list of names into the object that formats 2 and the runner know:
// {"user-agent":true}.
func (r *reader) disabledHeaders(v value) collection.Value {
	if !v.isList() && !v.isNull() {
		r.wrong(v, "write a list of header names", "disabledSystemHeaders: expected a list, found %s", v.shown())
	}
	var b strings.Builder
	b.WriteByte('{')
	for i, e := range v.elements() {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString(collection.Quote(strings.ToLower(r.text(e, "disabledSystemHeaders"))) + ":true")
	}
	b.WriteByte('}')
	return collection.JSONValue(b.String())
}
