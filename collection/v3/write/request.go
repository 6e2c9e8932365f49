package write

import (
	"fmt"
	"path"
	"regexp"
	"slices"
	"strings"

	"posthaste/collection"
	"posthaste/collection/v3/format"
)

// request writes one request and its examples. The keys are in the order in which the app
// writes them.
func (w *writer) request(dir, stem string, it *collection.Item, order yamlWord) {
	q := it.Request
	kind := writtenKind(it)
	m := yamlMap{{"$kind", yamlWord(kind)}}
	if it.HasID {
		m.text("id", it.ID)
	}
	if it.Name != stem {
		m.add("name", yamlText(it.Name)) // be it empty
	}
	description := q.Description
	if description == "" {
		description = it.Description
	} else if it.Description != "" && it.Description != description {
		w.lose(it, "Description", "the second description")
	}
	m.text("description", description)
	for _, v := range it.Variables {
		w.lose(it, "Variables", "variable %q of the request, which nothing reads", v.Key)
	}
	w.send(it, &m, q, kind)
	if a := w.auth(it, q.Auth); a != nil {
		m.add("auth", a)
	}
	m.add("scripts", w.scripts(it, it.Events, kind, nil))
	if w.examples(path.Join(dir, ".resources", stem+".resources", "examples"), it) {
		m.text("examples", "./.resources/"+stem+".resources/examples")
	}
	w.behavior(it, it.Behavior)
	if s := w.settings(it, kind); len(s) > 0 {
		m.add("settings", s)
	}
	m.add("order", order)
	w.extra(it, "Extra", "", it.Extra)
	w.extra(it, "Extra", "request", q.Extra)
	w.put(path.Join(dir, stem+".request.yaml"), m)
}

// send writes what a request and the request of an example have in common. it is nil for an
// example.
func (w *writer) send(it *collection.Item, m *yamlMap, q *collection.Request, kind string) {
	url := q.URL.OrRaw()
	m.add("url", yamlText(url.String()))
	if raw := url.Raw; raw != "" && !sameAddress(raw, url) {
		w.notice(it, "url: raw is left out: it differs from the URL's parts, which are what is sent: %s", format.Clip(raw))
	}
	w.extra(it, "URL", "url", q.URL.Extra)
	if kind == format.GraphQL {
		w.graphQL(it, m, q)
		return
	}
	method := q.Method
	if method == "" {
		method = "GET" // which is what is sent
	}
	m.add("method", yamlText(method))
	m.add("headers", w.headers(it, q.Header))
	m.add("queryParams", w.queryParams(it, url.Query))
	m.add("pathVariables", w.pathVariables(it, url))
	if b := w.body(it, q); b != nil {
		m.add("body", b)
	}
}

// sameAddress says whether raw shows the same as the parts, from which Postman makes it
// again, with or without disabled parameters.
func sameAddress(raw string, u collection.URL) bool {
	if same := collection.ParseURL(raw).String(); same == collection.ParseURL(u.String()).String() {
		return true
	}
	all := u.Clone()
	for i := range all.Query {
		all.Query[i].Disabled = false
	}
	return raw == all.String()
}

// headers writes a map where it can, else a list.
func (w *writer) headers(it *collection.Item, list []collection.Header) yamlNode {
	var rows []row
	for _, h := range list {
		w.extra(it, "Header", fmt.Sprintf("header %q", h.Key), h.Extra)
		rows = append(rows, row{key: h.Key, value: yamlText(h.Value), disabled: h.Disabled, description: h.Description})
	}
	return mapOrList(rows)
}

// queryParams writes disabled parameters too; a missing value is null.
func (w *writer) queryParams(it *collection.Item, list []collection.QueryParam) yamlNode {
	var rows []row
	for _, p := range list {
		w.extra(it, "URL", fmt.Sprintf("query parameter %q", p.Key), p.Extra)
		e := row{key: p.Key, value: yamlText(p.Value), noKey: p.NoKey, disabled: p.Disabled, description: p.Description}
		if p.NoValue {
			e.value = yamlWord("null")
		}
		rows = append(rows, e)
	}
	return mapOrList(rows)
}

// pathVariables writes the list. Without a list it writes the names in the path, as Postman
// does.
func (w *writer) pathVariables(it *collection.Item, u collection.URL) yamlNode {
	var rows []row
	for _, v := range u.Variables {
		key := v.Key
		if key == "" {
			key = v.ID
		}
		w.extra(it, "URL", fmt.Sprintf("path variable %q", key), v.Extra)
		value := collection.Variable{Value: v.Value, Type: v.Type}.Typed()
		if !value.IsString() && value.Kind() != collection.Undefined && value.Kind() != collection.Null {
			w.lose(it, "URL", "path variable %q: its value, which is no text and so not used", key)
			value = collection.Value{}
		}
		text := value.String()
		if value.Kind() == collection.Null {
			text = ""
		}
		if v.Disabled {
			w.lose(it, "URL", "path variable %q: that it is disabled", key)
		}
		rows = append(rows, row{key: key, value: yamlText(text), description: v.Description})
	}
	if rows == nil {
		for _, v := range collection.ParseURL(u.String()).Variables {
			rows = append(rows, row{key: v.Key, value: yamlText("")})
		}
	}
	return mapOrList(rows)
}

// graphQL writes what a graphql-request has beside its URL. It has no rows of parameters, so
// what they say beyond the URL is lost.
func (w *writer) graphQL(it *collection.Item, m *yamlMap, q *collection.Request) {
	if slices.ContainsFunc(q.URL.Query, func(p collection.QueryParam) bool { return p.Disabled || p.Description != "" }) {
		w.lose(it, "URL", "disabled and described query parameters, which a graphql-request cannot have")
	}
	if slices.ContainsFunc(q.URL.Variables, func(v collection.PathVariable) bool { return v.Value.String() != "" || v.Description != "" }) {
		w.lose(it, "URL", "path variables, which a graphql-request cannot have")
	}
	m.add("headers", w.headers(it, q.Header))
	g := q.Body.GraphQL
	if g.OperationName != "" {
		w.lose(it, "Body", "operationName %q, which a graphql-request cannot have", g.OperationName)
	}
	w.extra(it, "Body", "body", q.Body.Extra)
	m.add("query", yamlText(g.Query))
	if k := g.Variables.Kind(); k != collection.Undefined && k != collection.Null {
		m.add("variables", yamlText(g.Variables.String()))
	}
}

// settings writes what holds for the request from all levels, since format 3 has settings at
// requests only.
func (w *writer) settings(it *collection.Item, kind string) yamlMap {
	var m yamlMap
	b := it.EffectiveBehavior(w.c)
	for _, key := range [...]string{"protocolVersion", "strictSSL", "followRedirects", "maxRedirects", "disabledSystemHeaders"} {
		v, ok := b[key]
		if !ok || !expressible(key, v) {
			continue // behavior has listed it
		}
		if key == "disabledSystemHeaders" {
			if names := disabledNames(v); len(names) > 0 {
				m.add(key, names)
			}
			continue
		}
		if kind == format.GraphQL {
			w.lose(it, "Behavior", "%s, which a graphql-request cannot have", key)
			continue
		}
		m.add(key, jsonNode(v))
	}
	return m
}

// behavior lists what settings cannot say of one level's protocolProfileBehavior. Bodies of
// GET are sent as they are written. What a level loses, all requests below it lose.
func (w *writer) behavior(it *collection.Item, b collection.Behavior) {
	for _, key := range sortedKeys(b) {
		v := b[key]
		switch {
		case expressible(key, v), v.JSONText() == "[]", v.JSONText() == "{}", !v.Truthy() && key != "strictSSL" && key != "followRedirects":
		case key == "disableBodyPruning": // which is how format 3 is
		default:
			w.lose(it, "Behavior", "protocolProfileBehavior: %s: %s", key, format.Clip(v.JSONText()))
			below := collection.Collection{Items: w.c.Items}
			if it != nil {
				below.Items = it.Items
			}
			for _, heir := range below.Requests() {
				w.parts[part{heir, "Behavior"}] = true
			}
		}
	}
}

// systemHeaders returns the headers that settings may switch off, in lower case.
func systemHeaders() []string {
	return []string{"cache-control", "postman-token", "content-type", "content-length", "accept-encoding", "user-agent", "connection", "accept", "host"}
}

// expressible reports whether settings can say a key of protocolProfileBehavior with that
// value.
func expressible(key string, v collection.Value) bool {
	switch key {
	case "strictSSL", "followRedirects":
		return v.Kind() == collection.Bool
	case "maxRedirects":
		n, ok := v.Float()
		return ok && n >= 0 && n == float64(int32(n))
	case "protocolVersion":
		return v.IsString() && slices.Contains([]string{"auto", "http1", "http2"}, v.String())
	case "disabledSystemHeaders":
		m, ok := jsonNode(v).(yamlMap)
		return ok && !slices.ContainsFunc(m, func(p yamlPair) bool {
			return p.value != yamlNode(yamlWord("false")) && (p.value != yamlNode(yamlWord("true")) || !slices.Contains(systemHeaders(), p.key))
		})
	}
	return false
}

// disabledNames are the headers that the object has with true.
func disabledNames(v collection.Value) yamlList {
	var list yamlList
	m, _ := jsonNode(v).(yamlMap)
	for _, p := range m {
		if p.value == yamlNode(yamlWord("true")) {
			list = append(list, yamlText(p.key))
		}
	}
	return list
}

// jsonType is a content type of JSON.
var jsonType = regexp.MustCompile(`(?i)^application/(\S+\+)?json`)

// RawLanguage returns the type of a raw body that names no language: JSON where the request's
// Content-Type says so, since runners take comments out of that, else text.
func RawLanguage(q *collection.Request) string {
	if q.Body.Language != "" {
		return q.Body.Language
	}
	for _, h := range q.Header {
		if !h.Disabled && strings.EqualFold(h.Key, "content-type") {
			if jsonType.MatchString(h.Value) {
				return "json"
			}
			break
		}
	}
	return "text"
}
