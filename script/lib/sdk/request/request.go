// Package request is the classes Request and RequestAuth, and pm.request.
//
// pm.request is built part by part when a script reads it: most scripts look at one or two parts of it.
package request

import (
	"strconv"
	"strings"

	"github.com/dop251/goja"

	"posthaste/script/jsvalue"
	"posthaste/script/lib/sdk/core"
	"posthaste/script/lib/sdk/header"
	"posthaste/script/lib/sdk/property"
	"posthaste/script/lib/sdk/url"
)

// Class describes Request.
func Class(s *core.SDK) *core.Class {
	return &core.Class{
		Parent: "Property", To: true, Init: func(o *goja.Object, a core.Args) { initRequest(s, o, a) },
		Methods: append(requestHeaders(s),
			core.Method{Name: "update", Length: 1, Fn: func(this *goja.Object, a core.Args) goja.Value {
				updateRequest(s, this, a.At(0))
				return nil
			}},
			core.Method{Name: "authorizeUsing", Length: 2, Fn: func(this *goja.Object, a core.Args) goja.Value { return Authorize(s, this, a) }},
			core.Method{Name: "addQueryParams", Length: 1, Fn: func(this *goja.Object, a core.Args) goja.Value {
				return s.Invoke(s.Object(jsvalue.Get(this, "url")), "addQueryParams", a.At(0))
			}},
			core.Method{Name: "removeQueryParams", Length: 1, Fn: func(this *goja.Object, a core.Args) goja.Value {
				return s.Invoke(s.Object(jsvalue.Get(this, "url")), "removeQueryParams", a.At(0))
			}},
			core.Method{Name: "size", Length: 0, Fn: func(this *goja.Object, p1 core.Args) goja.Value { return requestSize(s, this, p1) }},
			core.Method{Name: "toJSON", Length: 0, Fn: func(this *goja.Object, _ core.Args) goja.Value { return requestJSON(s, this) }},
			core.Method{Name: "clone", Length: 0, Fn: func(this *goja.Object, _ core.Args) goja.Value {
				return s.Make("Request", requestJSON(s, this))
			}},
		),
		Statics: []core.Method{s.IsStatic("Request")},
	}
}

func requestHeaders(s *core.SDK) []core.Method {
	headers := func(this *goja.Object) property.List {
		return property.ListOf(s, s.Object(jsvalue.Get(this, "headers")))
	}
	return []core.Method{
		// The SDK swaps the meaning of ignoreCase for toObject's caseSensitive.
		{Name: "getHeaders", Length: 1, Fn: func(this *goja.Object, a core.Args) goja.Value {
			o := a.At(0)
			return property.ListObject(s, headers(this), core.Args{
				jsvalue.Field(o, "enabled"), s.VM.ToValue(!jsvalue.Truthy(jsvalue.Field(o, "ignoreCase"))),
				jsvalue.Field(o, "multiValue"), jsvalue.Field(o, "sanitizeKeys"),
			})
		}},
		{Name: "forEachHeader", Length: 1, Fn: func(this *goja.Object, a core.Args) goja.Value {
			for _, h := range headers(this).Members() {
				s.Call(a.At(0), goja.Undefined(), h, this)
			}
			return nil
		}},
		{Name: "addHeader", Length: 1, Fn: func(this *goja.Object, a core.Args) goja.Value {
			headers(this).Add(core.Args{a.At(0)})
			return nil
		}},
		// A header without a name is ignored.
		{Name: "upsertHeader", Length: 1, Fn: func(this *goja.Object, a core.Args) goja.Value {
			key := jsvalue.Field(a.At(0), "key")
			if !jsvalue.Truthy(key) {
				return nil
			}
			l := headers(this)
			for _, h := range l.Members() { // spelled alike, not only named alike
				if jsvalue.Field(h, "key").StrictEquals(key) {
					core.Set(s.Object(h), "value", jsvalue.Field(a.At(0), "value"))
					return nil
				}
			}
			l.Add(core.Args{a.At(0)})
			return nil
		}},
		{Name: "removeHeader", Length: 2, Fn: func(this *goja.Object, a core.Args) goja.Value {
			key := a.At(0)
			if !jsvalue.IsString(key) {
				key = jsvalue.Field(key, "key")
			}
			if !jsvalue.Truthy(key) {
				return nil
			}
			ignoreCase := jsvalue.Truthy(jsvalue.Field(a.At(1), "ignoreCase"))
			headers(this).RemoveWhere(func(h goja.Value) bool {
				name := core.Text(jsvalue.Field(h, "key"))
				return name == core.Text(key) || ignoreCase && strings.EqualFold(name, core.Text(key))
			})
			return nil
		}},
	}
}

// initRequest takes a URL, or an object with url, method, header, body and auth. URL, headers
// and method exist in any case; body and auth only when they are given.
func initRequest(s *core.SDK, o *goja.Object, a core.Args) {
	options := a.At(0)
	property.Init(s, o, core.Args{options})
	if jsvalue.IsString(options) {
		given := s.VM.NewObject()
		core.Set(given, "url", options)
		options = given
	}
	core.Set(o, "url", s.Make("Url"))
	core.Set(o, "headers", property.NewList(s, "HeaderList", "Header", o, goja.Undefined()))
	core.Set(o, "method", s.VM.ToValue(methodOf(jsvalue.Field(options, "method"))))
	updateRequest(s, o, options)
}

// methodOf is GET when no method is given. Methods of any name are sent, in upper case.
func methodOf(v goja.Value) string {
	if jsvalue.IsNullish(v) {
		return "GET"
	}
	return strings.ToUpper(core.Text(v))
}

// updateRequest changes what v names and leaves the rest. It ignores a text: only the
// constructor takes a URL as text.
func updateRequest(s *core.SDK, o *goja.Object, v goja.Value) {
	options, ok := v.(*goja.Object)
	if !ok {
		return
	}
	if s.Has(options, "url") {
		if u, ok := jsvalue.Get(o, "url").(*goja.Object); ok {
			url.Update(s, u, jsvalue.Get(options, "url"))
		}
	}
	// Headers are replaced as a whole, in the list that is there, since scripts may hold it.
	if header := jsvalue.Get(options, "header"); jsvalue.Truthy(header) {
		l := property.ListOf(s, s.Object(jsvalue.Get(o, "headers")))
		l.Clear()
		l.Populate(header)
	}
	if s.Has(options, "method") {
		core.Set(o, "method", s.VM.ToValue(methodOf(jsvalue.Get(options, "method"))))
	}
	if s.Has(options, "body") {
		core.Set(o, "body", s.Make("RequestBody", jsvalue.Get(options, "body")))
	}
	for _, part := range [][2]string{{"auth", "RequestAuth"}, {"proxy", "ProxyConfig"}, {"certificate", "Certificate"}} {
		if v := jsvalue.Get(options, part[0]); jsvalue.Truthy(v) {
			core.Set(o, part[0], s.Make(part[1], v))
		}
	}
}

// requestJSON leaves an empty list of headers out, as the SDK does.
func requestJSON(s *core.SDK, o *goja.Object) *goja.Object {
	result := property.JSON(s, o)
	if header := jsvalue.Get(result, "header"); core.IsArray(header) && len(core.Items(header)) == 0 {
		property.Unset(result, "header")
	}
	return result
}

// requestSize is {body, header, total, source}, in bytes. A Content-Length header is
// believed, and source says so; otherwise the body's text is counted. It is an estimate
// before anything is sent: what the transport adds is not in it.
func requestSize(s *core.SDK, this *goja.Object, _ core.Args) goja.Value {
	headers := s.Object(jsvalue.Get(this, "headers"))
	size, source := 0, "COMPUTED"
	length := property.ListOf(s, headers).Value("Content-Length")
	if n, err := strconv.ParseFloat(s.TextOr(length), 64); err == nil {
		size, source = int(n), "CONTENT-LENGTH"
	} else if body, ok := jsvalue.Get(this, "body").(*goja.Object); ok {
		size = len(body.String())
	}
	// The SDK counts "/" where there is no URL.
	target := "/"
	if u, ok := jsvalue.Get(this, "url").(*goja.Object); ok && s.Is(u, "Url") {
		target = core.Text(s.Invoke(u, "getPathWithQuery"))
	}
	head := core.Units(core.Text(jsvalue.Get(this, "method"))+" "+target+" HTTP/X.X\r\n\r\n") + core.Units(header.Unparse(s, headers, "\r\n"))
	o := s.VM.NewObject()
	core.Set(o, "body", s.VM.ToValue(size))
	core.Set(o, "header", s.VM.ToValue(head))
	core.Set(o, "total", s.VM.ToValue(size+head))
	core.Set(o, "source", s.VM.ToValue(source))
	return o
}
