package url

import (
	"slices"
	"strings"

	"github.com/dop251/goja"

	"posthaste/collection"
	"posthaste/script/jsvalue"
	"posthaste/script/lib/sdk/core"
	"posthaste/script/lib/sdk/property"
)

// Update gives the object o the parts of v, which is a text or an object with the parts of a
// URL (protocol, host, path, query, variable, hash, auth, port). Parts that are missing
// become undefined: an update replaces the whole URL. Everything that is not truthy is the
// empty URL.
func Update(s *core.SDK, o *goja.Object, v goja.Value) {
	given, ok := v.(*goja.Object)
	if !ok {
		raw := ""
		if jsvalue.Truthy(v) {
			raw = core.Text(v)
		}
		urlParts(s, o, collection.ParseURL(raw), "")
		return
	}
	if s.Is(given, "Url") { // the SDK makes nonsense of its own lists here
		given = property.JSON(s, given)
	}
	path, host := jsvalue.Get(given, "path"), jsvalue.Get(given, "host")
	if jsvalue.IsString(path) {
		path = splitPath(s, core.Text(path))
	}
	if jsvalue.IsString(host) {
		host = s.Texts(splitDomain(core.Text(host)))
	}
	for _, key := range []string{"auth", "protocol", "port"} {
		core.Set(o, key, jsvalue.Get(given, key))
	}
	core.Set(o, "path", path)
	core.Set(o, "hash", jsvalue.Get(given, "hash"))
	core.Set(o, "host", host)
	core.Set(o, "query", property.NewList(s, "PropertyList", "QueryParam", o, queryForms(s, jsvalue.Get(given, "query"))))
	core.Set(o, "variables", property.NewList(s, "VariableList", "Variable", o, pathVariableForms(jsvalue.Get(given, "variable"))))
}

// splitPath takes one leading slash off and splits the rest at slashes. "/" alone is one
// empty segment, and "" is undefined: no path. A slash before a line break stays: the SDK's
// pattern for it does not match across lines.
func splitPath(s *core.SDK, path string) goja.Value {
	if path == "" {
		return goja.Undefined()
	}
	if len(path) > 1 && !strings.HasPrefix(path, "/\n") {
		path = strings.TrimPrefix(path, "/")
	}
	if path == "/" {
		path = ""
	}
	return s.Texts(strings.Split(path, "/"))
}

// splitDomain splits a host at its dots, but not within {{…}}: "{{a.b}}.example.com" has the
// three labels {{a.b}}, example and com. A dot is outside when no "}}" follows it before the
// next "{".
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

// queryForms turns a query given as text or as a map into an array of {key, value}, which
// Populate takes. Arrays and everything else are returned as they are.
func queryForms(s *core.SDK, query goja.Value) goja.Value {
	if jsvalue.IsString(query) && jsvalue.Truthy(query) {
		return s.Array(ParseQuery(s, core.Text(query)))
	}
	o, ok := query.(*goja.Object)
	if !ok || core.IsArray(o) {
		return query
	}
	if s.Is(o, "PropertyList") {
		return property.ToJSON(s, o)
	}
	var list []goja.Value
	for _, key := range o.Keys() {
		p := s.VM.NewObject()
		core.Set(p, "key", s.VM.ToValue(key))
		core.Set(p, "value", jsvalue.Get(o, key))
		list = append(list, p)
	}
	return s.Array(list)
}

// pathVariableForms gives path variables that have only an id their key, in place. Files of
// format 1 and 2.0 name them by id.
func pathVariableForms(list goja.Value) goja.Value {
	if core.IsArray(list) {
		for _, v := range core.Items(list) {
			if o, ok := v.(*goja.Object); ok && !jsvalue.Truthy(jsvalue.Get(o, "key")) {
				core.Set(o, "key", jsvalue.Get(o, "id"))
			}
		}
	}
	return list
}

// removeQueryParams takes a name, or an array of names and parameters. All parameters of a
// name go. A parameter that is not in an array is no name, and removes nothing: so the SDK.
func removeQueryParams(s *core.SDK, this *goja.Object, a core.Args) goja.Value {
	given := []goja.Value{a.At(0)}
	if core.IsArray(a.At(0)) {
		given = core.Items(a.At(0))
	}
	// Written into the slice of core.Items, which is a copy; the script's array stays.
	for i, v := range given {
		if key := jsvalue.Field(v, "key"); jsvalue.Truthy(key) && core.IsArray(a.At(0)) {
			given[i] = key
		}
	}
	l := property.ListOf(s, s.Object(jsvalue.Get(this, "query")))
	l.RemoveWhere(func(p goja.Value) bool {
		key := jsvalue.Field(p, "key")
		return slices.ContainsFunc(given, func(v goja.Value) bool { return v.StrictEquals(key) })
	})
	return nil
}
