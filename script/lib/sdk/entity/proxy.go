package entity

import (
	"slices"
	"strings"

	"github.com/dop251/goja"

	"posthaste/script/jsvalue"
	"posthaste/script/lib/sdk/cookie"
	"posthaste/script/lib/sdk/core"
	"posthaste/script/lib/sdk/property"
	"posthaste/script/lib/sdk/url"
)

// ProxyConfigListClass describes ProxyConfigList. resolve(url) is the first proxy for a URL
// that is not disabled.
func ProxyConfigListClass(s *core.SDK) *core.Class {
	c := property.PlainListClass(s, "ProxyConfig")
	c.Methods = []core.Method{{Name: "resolve", Length: 1, Fn: func(this *goja.Object, a core.Args) goja.Value {
		return firstFor(s, this, a.At(0), func(member *goja.Object) bool {
			return !jsvalue.Truthy(jsvalue.Get(member, "disabled")) && jsvalue.Truthy(s.Invoke(member, "test", a.At(0)))
		})
	}}}
	c.Statics = []core.Method{s.IsStatic("ProxyConfigList")}
	return c
}

// updateProtocols changes the protocols of a proxy's pattern and keeps its host and path.
// given is one protocol or a list. Only http and https can be proxied; if given has neither,
// both are taken.
func updateProtocols(s *core.SDK, o *goja.Object, given goja.Value) {
	_, place, ok := strings.Cut(core.Text(jsvalue.Field(jsvalue.Get(o, "match"), "pattern")), "://")
	if !jsvalue.Truthy(given) || !ok || place == "" {
		return
	}
	wanted := []goja.Value{given}
	if core.IsArray(given) {
		wanted = property.MembersOf(s, given)
	}
	var protocols []string
	// In this order, whatever the order given.
	for _, protocol := range []string{"http", "https"} {
		if slices.ContainsFunc(wanted, func(v goja.Value) bool { return core.Text(v) == protocol }) {
			protocols = append(protocols, protocol)
		}
	}
	if protocols == nil {
		protocols = []string{"http", "https"}
	}
	options := s.VM.NewObject()
	core.Set(options, "pattern", s.VM.ToValue(strings.Join(protocols, "+")+"://"+place))
	s.Invoke(s.Object(jsvalue.Get(o, "match")), "update", options)
}

// ProxyConfigClass describes ProxyConfig: a proxy, and the URLs that go through it. It is a
// description only: a script cannot change the proxy of a run.
func ProxyConfigClass(s *core.SDK) *core.Class {
	return &core.Class{
		Parent: "Property", Label: "ProxyConfig", NeedsID: true,
		Init: func(o *goja.Object, a core.Args) {
			property.Init(s, o, core.Args{a.At(0)})
			core.Set(o, "host", s.VM.ToValue(""))
			// The defaults are those of postman-collection 4.
			core.Set(o, "match", s.Make("UrlMatchPattern", s.VM.ToValue("http+https://*:*/*")))
			core.Set(o, "port", s.VM.ToValue(8080))
			core.Set(o, "tunnel", s.VM.ToValue(false))
			core.Set(o, "bypass", goja.Undefined())
			core.Set(o, "authenticate", s.VM.ToValue(false))
			core.Set(o, "username", goja.Undefined())
			core.Set(o, "password", goja.Undefined())
			updateProxy(s, o, a.At(0))
		},
		Methods: []core.Method{
			{Name: "update", Length: 1, Fn: func(this *goja.Object, a core.Args) goja.Value {
				updateProxy(s, this, a.At(0))
				return nil
			}},
			{Name: "updateProtocols", Length: 1, Fn: func(this *goja.Object, a core.Args) goja.Value {
				updateProtocols(s, this, a.At(0))
				return nil
			}},
			{Name: "test", Length: 1, Fn: func(this *goja.Object, a core.Args) goja.Value {
				u, ok := a.At(0).(*goja.Object)
				if !ok {
					u = s.Make("Url", s.VM.ToValue(s.TextOr(a.At(0))))
				}
				// A URL without a protocol is tried as http, as a request for it is sent.
				if !jsvalue.Truthy(jsvalue.Get(u, "protocol")) {
					u = s.Make("Url", s.VM.ToValue("http://"+url.Text(s, u, false)))
				}
				protocol := core.Text(jsvalue.Get(u, "protocol"))
				ok = (protocol == "http" || protocol == "https") && !matchesAny(s, jsvalue.Get(this, "bypass"), u)
				return s.VM.ToValue(ok && matches(s, s.Object(jsvalue.Get(this, "match")), u))
			}},
			// The user name and password are in the result in plain text, percent-encoded;
			// scripts ask for it to connect themselves.
			{Name: "getProxyUrl", Length: 0, Fn: func(this *goja.Object, _ core.Args) goja.Value {
				auth := ""
				if jsvalue.Truthy(jsvalue.Get(this, "authenticate")) {
					auth = cookie.EncodeComponent(s.TextOr(jsvalue.Get(this, "username")))
					if password := jsvalue.Get(this, "password"); jsvalue.Truthy(password) {
						auth += ":" + cookie.EncodeComponent(core.Text(password))
					}
					if auth != "" {
						auth += "@"
					}
				}
				return s.VM.ToValue("http://" + auth + core.Text(jsvalue.Get(this, "host")) + ":" + core.Text(jsvalue.Get(this, "port")))
			}},
			{Name: "getProtocols", Length: 0, Fn: func(this *goja.Object, _ core.Args) goja.Value {
				return s.Invoke(s.Object(jsvalue.Get(this, "match")), "getProtocols")
			}},
		},
		Statics: []core.Method{s.IsStatic("ProxyConfig")},
	}
}

// updateProxy takes only values of the right type; for the others what is there stays. So a
// partial update never clears a setting.
func updateProxy(s *core.SDK, o *goja.Object, options goja.Value) {
	if _, ok := options.(*goja.Object); !ok {
		return
	}
	if host := jsvalue.Field(options, "host"); jsvalue.IsString(host) {
		core.Set(o, "host", s.VM.ToValue(url.Host(s.Make("Url", host))))
	}
	match := jsvalue.Field(options, "match")
	if pattern := jsvalue.Field(match, "pattern"); jsvalue.IsString(pattern) {
		match = pattern
	}
	if jsvalue.IsString(match) {
		core.Set(o, "match", s.Make("UrlMatchPattern", match))
	}
	// 0 and what is no number leave the port.
	if port := jsvalue.Field(options, "port"); jsvalue.Truthy(port) && port.ToInteger() != 0 {
		core.Set(o, "port", s.VM.ToValue(port.ToInteger()))
	}
	for _, key := range []string{"tunnel", "disabled", "authenticate"} {
		if v := jsvalue.Field(options, key); core.IsBool(v) {
			core.Set(o, key, v)
		}
	}
	for _, key := range []string{"username", "password"} {
		if v := jsvalue.Field(options, key); jsvalue.IsString(v) {
			core.Set(o, key, v)
		}
	}
	// The whole list is replaced; a bypass that is neither array nor list is ignored.
	if bypass := jsvalue.Field(options, "bypass"); core.IsArray(bypass) || s.Is(bypass, "PropertyList") {
		core.Set(o, "bypass", s.Make("UrlMatchPatternList", goja.Null(), s.Array(property.MembersOf(s, bypass))))
	}
}
