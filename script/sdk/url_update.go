package sdk

import (
	"slices"
	"strings"

	"github.com/dop251/goja"

	"posthaste/collection"
)

// updateURL takes text or an object with the parts of a URL.
func (s *SDK) updateURL(o *goja.Object, v goja.Value) {
	given, ok := v.(*goja.Object)
	if !ok {
		raw := ""
		if truthy(v) {
			raw = text(v)
		}
		s.urlParts(o, collection.ParseURL(raw), "")
		return
	}
	if s.is(given, "Url") { // the SDK makes nonsense of its own lists here
		given = s.baseJSON(given)
	}
	path, host := get(given, "path"), get(given, "host")
	if isString(path) {
		path = s.splitPath(text(path))
	}
	if isString(host) {
		host = s.texts(splitDomain(text(host)))
	}
	for _, key := range []string{"auth", "protocol", "port"} {
		set(o, key, get(given, key))
	}
	set(o, "path", path)
	set(o, "hash", get(given, "hash"))
	set(o, "host", host)
	set(o, "query", s.newList("PropertyList", "QueryParam", o, s.queryForms(get(given, "query"))))
	set(o, "variables", s.newList("VariableList", "Variable", o, s.pathVariableForms(get(given, "variable"))))
}

// splitPath takes one leading slash off, unless that is all there is, and splits the rest.
func (s *SDK) splitPath(path string) goja.Value {
	if path == "" {
		return goja.Undefined()
	}
	if len(path) > 1 && !strings.HasPrefix(path, "/\n") {
		path = strings.TrimPrefix(path, "/")
	}
	if path == "/" {
		path = ""
	}
	return s.texts(strings.Split(path, "/"))
}

// splitDomain splits a host at its dots, but not within {{…}}: at those that no "}}" follows before a "{".
func splitDomain(host string) []string {
	var labels []string
	start := 0
	for i := range len(host) {
		if host[i] != '.' {
			continue
		}
		ahead, _, _ := strings.Cut(host[i+1:], "{")
		if !strings.Contains(ahead, "}}") {
			labels = append(labels, host[start:i])
			start = i + 1
		}
	}
	return append(labels, host[start:])
}

// queryForms turns a query given as text or as a map into a list of parameters.
func (s *SDK) queryForms(query goja.Value) goja.Value {
	if isString(query) && truthy(query) {
		return s.array(s.parseQuery(text(query)))
	}
	o, ok := query.(*goja.Object)
	if !ok || isArray(o) {
		return query
	}
	if s.is(o, "PropertyList") {
		return s.toJSON(o)
	}
	var list []goja.Value
	for _, key := range o.Keys() {
		p := s.vm.NewObject()
		set(p, "key", s.vm.ToValue(key))
		set(p, "value", get(o, key))
		list = append(list, p)
	}
	return s.array(list)
}

// pathVariableForms gives path variables that have only an id their key.
func (s *SDK) pathVariableForms(list goja.Value) goja.Value {
	if isArray(list) {
		for _, v := range items(list) {
			if o, ok := v.(*goja.Object); ok && !truthy(get(o, "key")) {
				set(o, "key", get(o, "id"))
			}
		}
	}
	return list
}

func (s *SDK) removeQueryParams(this *goja.Object, a args) goja.Value {
	given := []goja.Value{a.at(0)}
	if isArray(a.at(0)) {
		given = items(a.at(0))
	}
	for i, v := range given {
		if key := field(v, "key"); truthy(key) && isArray(a.at(0)) {
			given[i] = key
		}
	}
	l := s.list(s.object(get(this, "query")))
	l.removeWhere(func(p goja.Value) bool {
		key := field(p, "key")
		return slices.ContainsFunc(given, func(v goja.Value) bool { return v.StrictEquals(key) })
	})
	return nil
}
