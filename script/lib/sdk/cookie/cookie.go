// Package cookie is the classes Cookie and CookieList.
//
// These are values to look at. The jar that requests use is script/jar's.
package cookie

import (
	"net/url"
	"strings"

	"github.com/dop251/goja"

	"posthaste/script/jsvalue"
	"posthaste/script/lib/sdk/core"
	"posthaste/script/lib/sdk/property"
)

// Class describes Cookie. A cookie is found by its name without regard to case, and several
// may have one name, with different paths.
func Class(s *core.SDK) *core.Class {
	return &core.Class{
		ValueOf: func(o *goja.Object) goja.Value { return cookieValue(s, o) },
		Parent:  "PropertyBase", IndexKey: "name", Caseless: true, Multi: true,
		Init: func(o *goja.Object, a core.Args) {
			property.InitBase(s, o, a)
			options := a.At(0)
			if jsvalue.IsString(options) {
				options = parseCookie(s, core.Text(options))
			}
			if jsvalue.Truthy(options) {
				updateCookie(s, o, options)
			}
		},
		Methods: []core.Method{
			{Name: "update", Length: 1, Fn: func(this *goja.Object, a core.Args) goja.Value {
				updateCookie(s, this, a.At(0))
				return nil
			}},
			{Name: "valueOf", Length: 0, Fn: func(this *goja.Object, _ core.Args) goja.Value { return cookieValue(s, this) }},
			{Name: "toString", Length: 0, Fn: func(this *goja.Object, _ core.Args) goja.Value { return s.VM.ToValue(cookieText(s, this)) }},
		},
		// Static methods as the SDK has them: parse and stringify for Set-Cookie lines,
		// unparse for Cookie headers.
		Statics: []core.Method{
			s.IsStatic("Cookie"),
			{Name: "parse", Length: 1, Fn: func(_ *goja.Object, a core.Args) goja.Value {
				if !jsvalue.IsString(a.At(0)) {
					return a.At(0)
				}
				return parseCookie(s, core.Text(a.At(0)))
			}},
			{Name: "unparse", Length: 1, Fn: func(_ *goja.Object, a core.Args) goja.Value {
				var parts []string
				for _, c := range property.MembersOf(s, a.At(0)) {
					parts = append(parts, cookiePair(c))
				}
				return s.VM.ToValue(strings.Join(parts, "; "))
			}},
			{Name: "unparseSingle", Length: 1, Fn: func(_ *goja.Object, a core.Args) goja.Value { return s.VM.ToValue(cookiePair(a.At(0))) }},
			{Name: "stringify", Length: 1, Fn: func(_ *goja.Object, a core.Args) goja.Value {
				return s.VM.ToValue(cookieText(s, s.Object(a.At(0))))
			}},
			{Name: "splitParam", Length: 1, Fn: func(_ *goja.Object, a core.Args) goja.Value { return cookieParam(s, core.Text(a.At(0))) }},
		},
	}
}

// ListClass describes CookieList, the class of pm.cookies' contents and of
// pm.response.cookies.
func ListClass(s *core.SDK) *core.Class {
	return &core.Class{
		Parent: "PropertyList", Label: "CookieList",
		Init: func(o *goja.Object, a core.Args) {
			property.InitList(s, o, core.Args{s.Class("Cookie").Ctor, a.At(0), a.At(1)})
		},
		Statics: []core.Method{s.IsStatic("CookieList")},
	}
}

// updateCookie sets what options gives. Numbers and flags are converted; the value is
// percent-encoded. The name may be called key, as tough-cookie calls it. An empty value is
// not set.
func updateCookie(s *core.SDK, o *goja.Object, options goja.Value) {
	name := jsvalue.Field(options, "name")
	if s.TextOr(name) == "" {
		name = jsvalue.Field(options, "key")
	}
	if s.TextOr(name) != "" {
		core.Set(o, "name", name)
	}
	expires := jsvalue.Field(options, "expires")
	if jsvalue.IsString(expires) {
		// A date that cannot be read becomes an Invalid Date, not an error.
		date, err := s.VM.New(s.Engine.DateClass, expires)
		s.Check(err)
		expires = date
	}
	s.Define1(o, "expires", expires)
	if s.Has(options, "maxAge") {
		core.Set(o, "maxAge", jsvalue.Field(options, "maxAge").ToNumber())
	}
	s.Define1(o, "domain", jsvalue.Field(options, "domain"))
	s.Define1(o, "path", jsvalue.Field(options, "path"))
	for _, key := range []string{"secure", "httpOnly", "hostOnly", "session"} {
		if s.Has(options, key) {
			core.Set(o, key, s.VM.ToValue(jsvalue.Truthy(jsvalue.Field(options, key))))
		}
	}
	if value := jsvalue.Field(options, "value"); jsvalue.Truthy(value) {
		core.Set(o, "value", s.VM.ToValue(EncodeComponent(core.Text(value))))
	}
	if extensions := jsvalue.Field(options, "extensions"); jsvalue.Truthy(extensions) {
		core.Set(o, "extensions", extensions)
	}
}

// cookieValue is the decoded value; what is wrongly encoded, such as "100%", stays as it is.
func cookieValue(s *core.SDK, o goja.Value) goja.Value {
	value := jsvalue.Field(o, "value")
	decoded, err := url.PathUnescape(core.Text(value))
	if err != nil {
		return value
	}
	return s.VM.ToValue(decoded)
}
