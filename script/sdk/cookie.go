package sdk

import (
	"net/url"
	"strings"

	"github.com/dop251/goja"
)

func (s *SDK) cookieClass() *class {
	return &class{
		parent: "PropertyBase", indexKey: "name", caseless: true, multi: true,
		init: func(o *goja.Object, a args) {
			s.initPropertyBase(o, a)
			options := a.at(0)
			if isString(options) {
				options = s.parseCookie(text(options))
			}
			if truthy(options) {
				s.updateCookie(o, options)
			}
		},
		methods: []method{
			{"update", 1, func(this *goja.Object, a args) goja.Value {
				s.updateCookie(this, a.at(0))
				return nil
			}},
			{"valueOf", 0, func(this *goja.Object, _ args) goja.Value { return s.cookieValue(this) }},
			{"toString", 0, func(this *goja.Object, _ args) goja.Value { return s.vm.ToValue(s.cookieText(this)) }},
		},
		statics: []method{
			s.isStatic("Cookie"),
			{"parse", 1, func(_ *goja.Object, a args) goja.Value {
				if !isString(a.at(0)) {
					return a.at(0)
				}
				return s.parseCookie(text(a.at(0)))
			}},
			{"unparse", 1, func(_ *goja.Object, a args) goja.Value {
				var parts []string
				for _, c := range s.membersOf(a.at(0)) {
					parts = append(parts, cookiePair(c))
				}
				return s.vm.ToValue(strings.Join(parts, "; "))
			}},
			{"unparseSingle", 1, func(_ *goja.Object, a args) goja.Value { return s.vm.ToValue(cookiePair(a.at(0))) }},
			{"stringify", 1, func(_ *goja.Object, a args) goja.Value {
				return s.vm.ToValue(s.cookieText(s.object(a.at(0))))
			}},
			{"splitParam", 1, func(_ *goja.Object, a args) goja.Value { return s.cookieParam(text(a.at(0))) }},
		},
	}
}

func (s *SDK) cookieListClass() *class {
	return &class{
		parent: "PropertyList", label: "CookieList",
		init: func(o *goja.Object, a args) {
			s.initPropertyList(o, args{s.class("Cookie").ctor, a.at(0), a.at(1)})
		},
		statics: []method{s.isStatic("CookieList")},
	}
}

// updateCookie sets what options gives. Numbers and flags are made such; the value is percent-encoded.
func (s *SDK) updateCookie(o *goja.Object, options goja.Value) {
	name := field(options, "name")
	if s.textOr(name) == "" {
		name = field(options, "key")
	}
	if s.textOr(name) != "" {
		set(o, "name", name)
	}
	expires := field(options, "expires")
	if isString(expires) {
		date, err := s.vm.New(s.engine.dateClass, expires)
		s.check(err)
		expires = date
	}
	s.define1(o, "expires", expires)
	if s.has(options, "maxAge") {
		set(o, "maxAge", field(options, "maxAge").ToNumber())
	}
	s.define1(o, "domain", field(options, "domain"))
	s.define1(o, "path", field(options, "path"))
	for _, key := range []string{"secure", "httpOnly", "hostOnly", "session"} {
		if s.has(options, key) {
			set(o, key, s.vm.ToValue(truthy(field(options, key))))
		}
	}
	if value := field(options, "value"); truthy(value) {
		set(o, "value", s.vm.ToValue(encodeComponent(text(value))))
	}
	if extensions := field(options, "extensions"); truthy(extensions) {
		set(o, "extensions", extensions)
	}
}

// cookieValue is the decoded value; what is wrongly encoded stays as it is.
func (s *SDK) cookieValue(o goja.Value) goja.Value {
	value := field(o, "value")
	decoded, err := url.PathUnescape(text(value))
	if err != nil {
		return value
	}
	return s.vm.ToValue(decoded)
}
