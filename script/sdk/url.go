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
