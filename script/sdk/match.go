package sdk

import (
	"slices"
	"strings"

	"github.com/dop251/goja"
)

const allURLs = "<all_urls>"

func (s *SDK) matchPatternClass() *class {
	update := func(o *goja.Object, options goja.Value) {
		if p := field(options, "pattern"); isString(p) && text(p) != "" {
			set(o, "pattern", p)
		}
	}
	test := func(name string, fn func(p *pattern, a args) bool) method {
		return method{name, 1, func(this *goja.Object, a args) goja.Value {
			p := parsePattern(text(get(this, "pattern")))
			return s.vm.ToValue(p != nil && fn(p, a))
		}}
	}
	return &class{
		parent: "Property", label: "UrlMatchPattern",
		init: func(o *goja.Object, a args) {
			options := a.at(0)
			if isString(options) {
				given := s.vm.NewObject()
				set(given, "pattern", options)
				options = given
			}
			s.initProperty(o, args{options})
			set(o, "pattern", s.vm.ToValue(allURLs))
			update(o, options)
		},
		values: func(ctor *goja.Object) {
			set(ctor, "PROTOCOL_DELIMITER", s.vm.ToValue("+"))
			set(ctor, "MATCH_ALL_URLS", s.vm.ToValue(allURLs))
		},
		methods: append(s.patternSteps(),
			method{"update", 1, func(this *goja.Object, a args) goja.Value {
				update(this, a.at(0))
				return nil
			}},
			method{"test", 1, func(this *goja.Object, a args) goja.Value {
				u, ok := a.at(0).(*goja.Object)
				if !ok {
					u = s.make("Url", a.at(0))
				}
				return s.vm.ToValue(s.matches(this, u))
			}},
			method{"getProtocols", 0, func(this *goja.Object, _ args) goja.Value {
				if p := parsePattern(text(get(this, "pattern"))); p != nil {
					return s.texts(p.protocols)
				}
				return s.vm.NewArray()
			}},
			test("testProtocol", func(p *pattern, a args) bool { return p.hasProtocol(s.textOr(a.at(0))) }),
			test("testHost", func(p *pattern, a args) bool { return p.hasHost(s.textOr(a.at(0))) }),
			test("testPort", func(p *pattern, a args) bool { return p.hasPort(s.textOr(a.at(0)), s.textOr(a.at(1))) }),
			test("testPath", func(p *pattern, a args) bool { return p.path.MatchString(s.textOr(a.at(0))) }),
			method{"toString", 0, func(this *goja.Object, _ args) goja.Value { return s.vm.ToValue(text(get(this, "pattern"))) }},
			method{"toJSON", 0, func(this *goja.Object, _ args) goja.Value {
				o := s.vm.NewObject()
				set(o, "pattern", s.vm.ToValue(text(get(this, "pattern"))))
				return o
			}},
		),
	}
}

// patternSteps are the methods that the SDK takes a pattern apart and compares its parts with.
func (s *SDK) patternSteps() []method {
	host := func(name string, fits func(pattern, remote string) bool) method {
		return method{name, 2, func(_ *goja.Object, a args) goja.Value {
			return s.vm.ToValue(fits(s.textOr(field(a.at(0), "host")), s.textOr(a.at(1))))
		}}
	}
	return []method{
		{"createMatchPattern", 0, func(this *goja.Object, _ args) goja.Value {
			p := parsePattern(text(get(this, "pattern")))
			if p == nil {
				return nil
			}
			o := s.vm.NewObject()
			set(o, "protocols", s.texts(p.protocols))
			set(o, "host", s.vm.ToValue(p.host))
			set(o, "port", goja.Undefined())
			if p.port != "" {
				set(o, "port", s.vm.ToValue(p.port))
			}
			set(o, "path", s.regularExpression(p.path.String()))
			return o
		}},
		{"globPatternToRegexp", 1, func(_ *goja.Object, a args) goja.Value {
			return s.regularExpression("^" + globSource(text(a.at(0))) + "$")
		}},
		host("matchAnyHost", func(pattern, _ string) bool { return pattern == "*" }),
		host("matchAbsoluteHostPattern", func(pattern, remote string) bool { return pattern == remote }),
		host("matchSuffixHostPattern", func(pattern, remote string) bool {
			suffix, ok := strings.CutPrefix(pattern, "*.")
			return ok && (remote == suffix || strings.HasSuffix(remote, "."+suffix))
		}),
	}
}

func (s *SDK) regularExpression(source string) goja.Value {
	re, err := s.vm.New(s.vm.Get("RegExp"), s.vm.ToValue(source))
	if err != nil {
		panic(err)
	}
	return re
}

func (s *SDK) matchPatternListClass() *class {
	c := s.listOf("UrlMatchPattern")
	c.label = "UrlMatchPatternList"
	c.marks = map[string]any{"_postman_proprtyIsSerialisedAsPlural": true} // spelled so by the SDK
	c.methods = []method{{"test", 1, func(this *goja.Object, a args) goja.Value {
		u, ok := a.at(0).(*goja.Object)
		if !ok {
			u = s.make("Url", a.at(0))
		}
		return s.vm.ToValue(s.matchesAny(this, u))
	}}}
	return c
}

// matches tells whether a UrlMatchPattern fits a Url.
func (s *SDK) matches(o, u *goja.Object) bool {
	raw := text(get(o, "pattern"))
	if raw == allURLs {
		return true
	}
	p := parsePattern(raw)
	if p == nil {
		return false
	}
	protocol := s.textOr(get(u, "protocol"))
	return p.hasProtocol(protocol) && p.hasHost(s.urlHost(u)) && p.hasPort(s.textOr(get(u, "port")), protocol) &&
		p.path.MatchString(s.urlPath(u, false))
}

func (s *SDK) matchesAny(patterns goja.Value, u *goja.Object) bool {
	return slices.ContainsFunc(s.membersOf(patterns), func(v goja.Value) bool { return s.matches(s.object(v), u) })
}
