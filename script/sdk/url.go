package sdk

import (
	"slices"
	"strings"

	"github.com/dop251/goja"

	"posthaste/collection"
)

func (s *SDK) urlClass() *class {
	return &class{
		parent: "PropertyBase",
		init: func(o *goja.Object, a args) {
			s.initPropertyBase(o, a)
			s.updateURL(o, a.at(0))
		},
		methods: append(s.urlTexts(),
			method{"update", 1, func(this *goja.Object, a args) goja.Value {
				s.updateURL(this, a.at(0))
				return nil
			}},
			method{"addQueryParams", 1, func(this *goja.Object, a args) goja.Value {
				s.list(s.object(get(this, "query"))).populate(a.at(0))
				return nil
			}},
			method{"removeQueryParams", 1, s.removeQueryParams},
			method{"getRaw", 0, func(*goja.Object, args) goja.Value {
				s.throw("`Url#getRaw` has been discontinued, use `Url#toString` instead.")
				return nil
			}},
		),
		statics: []method{
			s.isStatic("Url"),
			{"parse", 1, func(_ *goja.Object, a args) goja.Value {
				o := s.vm.NewObject()
				raw := ""
				if isString(a.at(0)) {
					raw = text(a.at(0))
				}
				set(o, "raw", s.vm.ToValue(strings.TrimLeft(raw, " \t\r\n\v\f\u00a0\ufeff")))
				s.urlParts(o, collection.ParseURL(raw), "variable")
				return o
			}},
		},
	}
}

func (s *SDK) urlTexts() []method {
	say := func(name string, length int, fn func(o *goja.Object, a args) string) method {
		return method{name, length, func(this *goja.Object, a args) goja.Value { return s.vm.ToValue(fn(this, a)) }}
	}
	return []method{
		say("toString", 1, func(o *goja.Object, a args) string { return s.urlText(o, truthy(a.at(0))) }),
		say("getPath", 1, func(o *goja.Object, a args) string { return s.urlPath(o, truthy(a.at(0))) }),
		say("getHost", 0, func(o *goja.Object, _ args) string { return s.urlHost(o) }),
		say("getQueryString", 0, func(o *goja.Object, _ args) string { return s.unparseQuery(get(o, "query")) }),
		say("getPathWithQuery", 0, func(o *goja.Object, _ args) string {
			path := s.urlPath(o, false)
			if query := s.unparseQuery(get(o, "query")); query != "" {
				path += "?" + query
			}
			return path
		}),
		say("getRemote", 1, func(o *goja.Object, a args) string {
			host, port := s.urlHost(o), ""
			if p := get(o, "port"); truthy(p) {
				port = text(p)
			}
			if port == "" && truthy(a.at(0)) {
				port = "80"
				if text(get(o, "protocol")) == "https" {
					port = "443"
				}
			}
			if port == "" {
				return host
			}
			return host + ":" + port
		}),
		say("getOAuth1BaseUrl", 0, func(o *goja.Object, _ args) string {
			protocol, host := "http", s.urlHost(o)
			if p := get(o, "protocol"); truthy(p) {
				protocol = text(p)
			}
			if p := get(o, "port"); truthy(p) && text(p) != "80" && text(p) != "443" {
				host += ":" + text(p)
			}
			return strings.ToLower(strings.TrimSuffix(protocol, "://")+"://"+host) + s.urlPath(o, false)
		}),
	}
}

// urlText puts a URL together from its properties as they are now.
func (s *SDK) urlText(o *goja.Object, forceProtocol bool) string {
	var b strings.Builder
	protocol := get(o, "protocol")
	switch {
	case truthy(protocol):
		b.WriteString(strings.TrimSuffix(text(protocol), "://") + "://")
	case forceProtocol:
		b.WriteString("http://")
	}
	user, password := field(get(o, "auth"), "user"), field(get(o, "auth"), "password")
	if isString(user) {
		b.WriteString(text(user))
	}
	if isString(password) {
		b.WriteString(":" + text(password))
	}
	if isString(user) || isString(password) {
		b.WriteByte('@')
	}
	b.WriteString(s.urlHost(o))
	if port := get(o, "port"); !isNil(port) {
		b.WriteString(":" + text(port))
	}
	if truthy(get(o, "path")) {
		b.WriteString(s.urlPath(o, false))
	}
	enabled := func(v goja.Value) bool { return !truthy(field(v, "disabled")) }
	query := get(o, "query")
	if all := s.membersOf(query); len(all) > 0 {
		if line := s.unparseQuery(query); line != "" || slices.ContainsFunc(all, enabled) {
			b.WriteString("?" + line)
		}
	}
	if hash := get(o, "hash"); isString(hash) {
		b.WriteString("#" + text(hash))
	}
	return b.String()
}

func (s *SDK) urlHost(o *goja.Object) string {
	switch host := get(o, "host"); {
	case !truthy(host):
		return ""
	case isArray(host):
		return joinTexts(items(host), ".")
	default:
		return text(host)
	}
}

// joinTexts joins as Array.prototype.join does: null and undefined are empty.
func joinTexts(list []goja.Value, separator string) string {
	parts := make([]string, len(list))
	for i, v := range list {
		if !isNil(v) {
			parts[i] = text(v)
		}
	}
	return strings.Join(parts, separator)
}

// urlPath is the path with its leading slash and, unless asked not to, path variables filled in.
func (s *SDK) urlPath(o *goja.Object, unresolved bool) string {
	path := get(o, "path")
	segments := items(path)
	if isString(path) {
		segments = nil
		for _, r := range text(path) { // lodash walks a string by its characters
			segments = append(segments, s.vm.ToValue(string(r)))
		}
	}
	if unresolved {
		return "/" + joinTexts(segments, "/")
	}
	for i, segment := range segments {
		if !isString(segment) {
			continue
		}
		name := pathVariable(text(segment))
		variables, ok := get(o, "variables").(*goja.Object)
		if name == "" || !ok {
			continue
		}
		if value := s.list(variables).value(name); isString(value) && text(value) != "" {
			segments[i] = s.vm.ToValue(text(value) + text(segment)[1+len(name):])
		}
	}
	return "/" + joinTexts(segments, "/")
}

// pathVariable returns what ":name.suffix" names, "" for other segments.
func pathVariable(segment string) string {
	if !strings.HasPrefix(segment, ":") {
		return ""
	}
	name, _, _ := strings.Cut(segment[1:], ".")
	return name
}

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
