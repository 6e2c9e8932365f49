// Package url is the classes Url and QueryParam.
//
// Parsing is postman-collection's, which is no standard's: placeholders may stand anywhere, and nothing is encoded.
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

// Class describes Url, the class of pm.request.url.
func Class(s *core.SDK) *core.Class {
	return &core.Class{
		Parent: "PropertyBase",
		Init: func(o *goja.Object, a core.Args) {
			property.InitBase(s, o, a)
			Update(s, o, a.At(0))
		},
		Methods: append(urlTexts(s),
			core.Method{Name: "update", Length: 1, Fn: func(this *goja.Object, a core.Args) goja.Value {
				Update(s, this, a.At(0))
				return nil
			}},
			core.Method{Name: "addQueryParams", Length: 1, Fn: func(this *goja.Object, a core.Args) goja.Value {
				property.ListOf(s, s.Object(jsvalue.Get(this, "query"))).Populate(a.At(0))
				return nil
			}},
			core.Method{Name: "removeQueryParams", Length: 1, Fn: func(this *goja.Object, a core.Args) goja.Value { return removeQueryParams(s, this, a) }},
			core.Method{Name: "getRaw", Length: 0, Fn: func(*goja.Object, core.Args) goja.Value {
				s.Throw("`Url#getRaw` has been discontinued, use `Url#toString` instead.")
				return nil
			}},
		),
		Statics: []core.Method{
			s.IsStatic("Url"),
			{Name: "parse", Length: 1, Fn: func(_ *goja.Object, a core.Args) goja.Value {
				o := s.VM.NewObject()
				raw := ""
				if jsvalue.IsString(a.At(0)) {
					raw = core.Text(a.At(0))
				}
				// lodash: trimStart. Only raw is trimmed; the parts are parsed from the text
				// as given.
				core.Set(o, "raw", s.VM.ToValue(strings.TrimLeft(raw, " \t\r\n\v\f\u00a0\ufeff")))
				urlParts(s, o, collection.ParseURL(raw), "variable")
				return o
			}},
		},
	}
}

// urlTexts are the methods that make a text of a URL. All read the properties at the time of
// the call, so they show what a script assigned.
func urlTexts(s *core.SDK) []core.Method {
	say := func(name string, length int, fn func(o *goja.Object, a core.Args) string) core.Method {
		return core.Method{Name: name, Length: length, Fn: func(this *goja.Object, a core.Args) goja.Value { return s.VM.ToValue(fn(this, a)) }}
	}
	return []core.Method{
		say("toString", 1, func(o *goja.Object, a core.Args) string { return Text(s, o, jsvalue.Truthy(a.At(0))) }),
		say("getPath", 1, func(o *goja.Object, a core.Args) string { return Path(s, o, jsvalue.Truthy(a.At(0))) }),
		say("getHost", 0, func(o *goja.Object, _ core.Args) string { return Host(o) }),
		say("getQueryString", 0, func(o *goja.Object, _ core.Args) string { return UnparseQuery(s, jsvalue.Get(o, "query")) }),
		say("getPathWithQuery", 0, func(o *goja.Object, _ core.Args) string {
			path := Path(s, o, false)
			if query := UnparseQuery(s, jsvalue.Get(o, "query")); query != "" {
				path += "?" + query
			}
			return path
		}),
		// getRemote(true) adds the port that the protocol implies.
		say("getRemote", 1, func(o *goja.Object, a core.Args) string {
			host, port := Host(o), ""
			if p := jsvalue.Get(o, "port"); jsvalue.Truthy(p) {
				port = core.Text(p)
			}
			if port == "" && jsvalue.Truthy(a.At(0)) {
				port = "80"
				if core.Text(jsvalue.Get(o, "protocol")) == "https" {
					port = "443"
				}
			}
			if port == "" {
				return host
			}
			return host + ":" + port
		}),
		// The base string of RFC 5849, 3.4.1.2: scheme and host in lower case, no usual port,
		// no query.
		say("getOAuth1BaseUrl", 0, func(o *goja.Object, _ core.Args) string {
			protocol, host := "http", Host(o)
			if p := jsvalue.Get(o, "protocol"); jsvalue.Truthy(p) {
				protocol = core.Text(p)
			}
			if p := jsvalue.Get(o, "port"); jsvalue.Truthy(p) && core.Text(p) != "80" && core.Text(p) != "443" {
				host += ":" + core.Text(p)
			}
			return strings.ToLower(strings.TrimSuffix(protocol, "://")+"://"+host) + Path(s, o, false)
		}),
	}
}

// Text puts a URL together from its properties as they are now. forceProtocol writes
// "http://" where there is no protocol. Nothing is encoded beyond what UnparseQuery does;
// path variables are filled in.
func Text(s *core.SDK, o *goja.Object, forceProtocol bool) string {
	var b strings.Builder
	protocol := jsvalue.Get(o, "protocol")
	switch {
	case jsvalue.Truthy(protocol):
		// Old collections store the protocol with its "://".
		b.WriteString(strings.TrimSuffix(core.Text(protocol), "://") + "://")
	case forceProtocol:
		b.WriteString("http://")
	}
	user, password := jsvalue.Field(jsvalue.Get(o, "auth"), "user"), jsvalue.Field(jsvalue.Get(o, "auth"), "password")
	if jsvalue.IsString(user) {
		b.WriteString(core.Text(user))
	}
	if jsvalue.IsString(password) {
		b.WriteString(":" + core.Text(password))
	}
	if jsvalue.IsString(user) || jsvalue.IsString(password) {
		b.WriteByte('@')
	}
	b.WriteString(Host(o))
	if port := jsvalue.Get(o, "port"); !jsvalue.IsNullish(port) {
		b.WriteString(":" + core.Text(port))
	}
	if jsvalue.Truthy(jsvalue.Get(o, "path")) {
		b.WriteString(Path(s, o, false))
	}
	// "?" is written for an enabled parameter even when it is empty, and not when all are
	// disabled.
	enabled := func(v goja.Value) bool { return !jsvalue.Truthy(jsvalue.Field(v, "disabled")) }
	query := jsvalue.Get(o, "query")
	if all := property.MembersOf(s, query); len(all) > 0 {
		if line := UnparseQuery(s, query); line != "" || slices.ContainsFunc(all, enabled) {
			b.WriteString("?" + line)
		}
	}
	if hash := jsvalue.Get(o, "hash"); jsvalue.IsString(hash) {
		b.WriteString("#" + core.Text(hash))
	}
	return b.String()
}

// Host is the host as text: labels joined by dots, or what a script assigned. It is "" where
// there is no host.
func Host(o *goja.Object) string {
	switch host := jsvalue.Get(o, "host"); {
	case !jsvalue.Truthy(host):
		return ""
	case core.IsArray(host):
		return core.JoinTexts(core.Items(host), ".")
	default:
		return core.Text(host)
	}
}

// Path is the path with its leading slash. Path variables are filled in unless unresolved is
// true: ":id" becomes the value of the variable id, if that is a text and not empty. A suffix
// after a dot stays, so ":id.json" becomes "7.json".
func Path(s *core.SDK, o *goja.Object, unresolved bool) string {
	path := jsvalue.Get(o, "path")
	segments := core.Items(path)
	if jsvalue.IsString(path) {
		segments = nil
		for _, r := range core.Text(path) { // lodash walks a string by its characters
			segments = append(segments, s.VM.ToValue(string(r)))
		}
	}
	if unresolved {
		return "/" + core.JoinTexts(segments, "/")
	}
	for i, segment := range segments {
		if !jsvalue.IsString(segment) {
			continue
		}
		name := pathVariable(core.Text(segment))
		variables, ok := jsvalue.Get(o, "variables").(*goja.Object)
		if name == "" || !ok {
			continue
		}
		if value := property.ListOf(s, variables).Value(name); jsvalue.IsString(value) && core.Text(value) != "" {
			segments[i] = s.VM.ToValue(core.Text(value) + core.Text(segment)[1+len(name):])
		}
	}
	return "/" + core.JoinTexts(segments, "/")
}

// pathVariable returns the name in a segment ":name.suffix", and "" for other segments.
func pathVariable(segment string) string {
	if !strings.HasPrefix(segment, ":") {
		return ""
	}
	name, _, _ := strings.Cut(segment[1:], ".")
	return name
}
