package sdk

import (
	"slices"
	"strings"

	"github.com/dop251/goja"
)

func (s *SDK) proxyConfigListClass() *class {
	c := s.listOf("ProxyConfig")
	c.methods = []method{{"resolve", 1, func(this *goja.Object, a args) goja.Value {
		return s.firstFor(this, a.at(0), func(member *goja.Object) bool {
			return !truthy(get(member, "disabled")) && truthy(s.invoke(member, "test", a.at(0)))
		})
	}}}
	c.statics = []method{s.isStatic("ProxyConfigList")}
	return c
}

// updateProtocols changes the protocols of a proxy's pattern; of none that a proxy takes it takes both.
func (s *SDK) updateProtocols(o *goja.Object, given goja.Value) {
	_, place, ok := strings.Cut(text(field(get(o, "match"), "pattern")), "://")
	if !truthy(given) || !ok || place == "" {
		return
	}
	wanted := []goja.Value{given}
	if isArray(given) {
		wanted = s.membersOf(given)
	}
	var protocols []string
	for _, protocol := range []string{"http", "https"} {
		if slices.ContainsFunc(wanted, func(v goja.Value) bool { return text(v) == protocol }) {
			protocols = append(protocols, protocol)
		}
	}
	if protocols == nil {
		protocols = []string{"http", "https"}
	}
	options := s.vm.NewObject()
	set(options, "pattern", s.vm.ToValue(strings.Join(protocols, "+")+"://"+place))
	s.invoke(s.object(get(o, "match")), "update", options)
}

func (s *SDK) proxyConfigClass() *class {
	return &class{
		parent: "Property", label: "ProxyConfig", needsID: true,
		init: func(o *goja.Object, a args) {
			s.initProperty(o, args{a.at(0)})
			set(o, "host", s.vm.ToValue(""))
			set(o, "match", s.make("UrlMatchPattern", s.vm.ToValue("http+https://*:*/*")))
			set(o, "port", s.vm.ToValue(8080))
			set(o, "tunnel", s.vm.ToValue(false))
			set(o, "bypass", goja.Undefined())
			set(o, "authenticate", s.vm.ToValue(false))
			set(o, "username", goja.Undefined())
			set(o, "password", goja.Undefined())
			s.updateProxy(o, a.at(0))
		},
		methods: []method{
			{"update", 1, func(this *goja.Object, a args) goja.Value {
				s.updateProxy(this, a.at(0))
				return nil
			}},
			{"updateProtocols", 1, func(this *goja.Object, a args) goja.Value {
				s.updateProtocols(this, a.at(0))
				return nil
			}},
			{"test", 1, func(this *goja.Object, a args) goja.Value {
				u, ok := a.at(0).(*goja.Object)
				if !ok {
					u = s.make("Url", s.vm.ToValue(s.textOr(a.at(0))))
				}
				if !truthy(get(u, "protocol")) {
					u = s.make("Url", s.vm.ToValue("http://"+s.urlText(u, false)))
				}
				protocol := text(get(u, "protocol"))
				ok = (protocol == "http" || protocol == "https") && !s.matchesAny(get(this, "bypass"), u)
				return s.vm.ToValue(ok && s.matches(s.object(get(this, "match")), u))
			}},
			{"getProxyUrl", 0, func(this *goja.Object, _ args) goja.Value {
				auth := ""
				if truthy(get(this, "authenticate")) {
					auth = encodeComponent(s.textOr(get(this, "username")))
					if password := get(this, "password"); truthy(password) {
						auth += ":" + encodeComponent(text(password))
					}
					if auth != "" {
						auth += "@"
					}
				}
				return s.vm.ToValue("http://" + auth + text(get(this, "host")) + ":" + text(get(this, "port")))
			}},
			{"getProtocols", 0, func(this *goja.Object, _ args) goja.Value {
				return s.invoke(s.object(get(this, "match")), "getProtocols")
			}},
		},
		statics: []method{s.isStatic("ProxyConfig")},
	}
}

func (s *SDK) updateProxy(o *goja.Object, options goja.Value) {
	if _, ok := options.(*goja.Object); !ok {
		return
	}
	if host := field(options, "host"); isString(host) {
		set(o, "host", s.vm.ToValue(s.urlHost(s.make("Url", host))))
	}
	match := field(options, "match")
	if pattern := field(match, "pattern"); isString(pattern) {
		match = pattern
	}
	if isString(match) {
		set(o, "match", s.make("UrlMatchPattern", match))
	}
	if port := field(options, "port"); truthy(port) && port.ToInteger() != 0 {
		set(o, "port", s.vm.ToValue(port.ToInteger()))
	}
	for _, key := range []string{"tunnel", "disabled", "authenticate"} {
		if v := field(options, key); isBool(v) {
			set(o, key, v)
		}
	}
	for _, key := range []string{"username", "password"} {
		if v := field(options, key); isString(v) {
			set(o, key, v)
		}
	}
	if bypass := field(options, "bypass"); isArray(bypass) || s.is(bypass, "PropertyList") {
		set(o, "bypass", s.make("UrlMatchPatternList", goja.Null(), s.array(s.membersOf(bypass))))
	}
}
