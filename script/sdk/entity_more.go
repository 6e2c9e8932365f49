package sdk

import (
	"regexp"
	"strings"

	"github.com/dop251/goja"
)

const schemaURL = "https://schema.getpostman.com/json/collection/v2.1.0/collection.json"

func (s *SDK) collectionClass() *class {
	return &class{
		parent: "ItemGroup",
		init: func(o *goja.Object, a args) {
			definition := a.at(0)
			s.class("ItemGroup").init(o, args{definition})
			set(o, "variables", s.newList("VariableList", "Variable", o, field(definition, "variable")))
			set(o, "version", goja.Undefined())
			if version := field(field(definition, "info"), "version"); truthy(version) {
				set(o, "version", s.make("Version", version))
			}
		},
		methods: []method{
			{"syncVariablesFrom", 2, func(this *goja.Object, a args) goja.Value {
				return s.invoke(s.object(get(this, "variables")), "syncFromObject", a.at(0), a.at(1))
			}},
			{"syncVariablesTo", 1, func(this *goja.Object, a args) goja.Value {
				return s.syncTo(s.list(s.object(get(this, "variables"))), a.at(0))
			}},
			{"toJSON", 0, func(this *goja.Object, _ args) goja.Value {
				o, info := s.baseJSON(this), s.vm.NewObject()
				set(info, "_postman_id", get(this, "id"))
				set(info, "name", get(this, "name"))
				set(info, "version", get(this, "version"))
				set(info, "schema", s.vm.ToValue(schemaURL))
				if s.has(o, "description") {
					set(info, "description", get(this, "description"))
				}
				for _, key := range []string{"id", "name", "version", "description"} {
					unset(o, key)
				}
				set(o, "info", info)
				return o
			}},
		},
		statics: []method{s.isStatic("Collection")},
	}
}

func (s *SDK) versionClass() *class {
	semver := regexp.MustCompile(`^\s*[v=]*(\d+)\.(\d+)\.(\d+)(?:-([0-9A-Za-z.-]+))?(?:\+([0-9A-Za-z.-]+))?\s*$`)
	assign := func(o *goja.Object, v goja.Value) {
		if !isString(v) {
			for _, key := range []string{"raw", "major", "minor", "patch", "prerelease", "build", "string"} {
				from := key
				if key == "string" {
					from = "version"
				}
				set(o, key, field(v, from))
			}
			return
		}
		raw := text(v)
		m := semver.FindStringSubmatch(raw)
		if m == nil {
			for _, key := range []string{"raw", "major", "minor", "patch", "prerelease", "build", "string"} {
				set(o, key, goja.Undefined())
			}
			return
		}
		set(o, "raw", v)
		for i, key := range []string{"major", "minor", "patch"} {
			set(o, key, s.vm.ToValue(m[i+1]).ToNumber())
		}
		for i, key := range []string{"prerelease", "build"} { // an empty array when there is none
			set(o, key, s.vm.NewArray())
			if m[4+i] != "" {
				set(o, key, s.vm.ToValue(strings.ReplaceAll(m[4+i], ".", ",")))
			}
		}
		version := strings.Join(m[1:4], ".")
		if m[4] != "" {
			version += "-" + m[4]
		}
		set(o, "string", s.vm.ToValue(version))
	}
	return &class{
		parent: "PropertyBase", label: "PostmanPropertyVersion",
		init: func(o *goja.Object, a args) {
			if truthy(a.at(0)) {
				assign(o, a.at(0))
			}
		},
		methods: []method{
			{"set", 1, func(this *goja.Object, a args) goja.Value {
				assign(this, a.at(0))
				return nil
			}},
			{"toString", 0, func(this *goja.Object, _ args) goja.Value {
				if v := get(this, "string"); truthy(v) {
					return v
				}
				return get(this, "raw")
			}},
		},
	}
}

func (s *SDK) certificateClass() *class {
	update := func(o *goja.Object, options goja.Value) {
		if _, ok := options.(*goja.Object); !ok {
			return
		}
		s.define1(o, "id", field(options, "id"))
		s.define1(o, "name", field(options, "name"))
		if matches := field(options, "matches"); truthy(matches) {
			set(o, "matches", s.make("UrlMatchPatternList", s.vm.NewObject(), matches))
		}
		for _, key := range []string{"key", "cert", "pfx"} {
			v := field(options, key)
			if _, ok := v.(*goja.Object); !ok {
				source := s.vm.NewObject()
				set(source, "src", v)
				v = source
			}
			set(o, key, v)
		}
		s.define1(o, "passphrase", field(options, "passphrase"))
	}
	return &class{
		parent: "Property", label: "Certificate", needsID: true, indexKey: "id",
		init: func(o *goja.Object, a args) {
			s.initProperty(o, args{a.at(0)})
			update(o, a.at(0))
		},
		methods: []method{
			{"update", 1, func(this *goja.Object, a args) goja.Value {
				update(this, a.at(0))
				return nil
			}},
			{"canApplyTo", 1, func(this *goja.Object, a args) goja.Value {
				u, ok := a.at(0).(*goja.Object)
				if isString(a.at(0)) && truthy(a.at(0)) {
					u, ok = s.make("Url", a.at(0)), true
				}
				if !ok || s.textOr(get(u, "protocol")) != "https" {
					return s.vm.ToValue(false)
				}
				return s.vm.ToValue(s.matchesAny(get(this, "matches"), u))
			}},
			{"toJSON", 0, func(this *goja.Object, _ args) goja.Value {
				o := s.baseJSON(this)
				for _, key := range []string{"key", "cert", "pfx"} {
					unset(o, key, "value")
				}
				return o
			}},
		},
		statics: []method{s.isStatic("Certificate")},
	}
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
