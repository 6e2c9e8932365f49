package entity

import (
	"slices"
	"strings"

	"github.com/dop251/goja"

	"posthaste/script/jsvalue"
	"posthaste/script/lib/sdk/core"
	"posthaste/script/lib/sdk/property"
	"posthaste/script/lib/sdk/url"
)

// allURLs is the pattern that fits every URL, whatever its protocol.
const allURLs = "<all_urls>"

// MatchPatternClass describes UrlMatchPattern, a pattern as Chrome extensions know it:
// "https://*.example.com/*", "http+https://*:*/*".
func MatchPatternClass(s *core.SDK) *core.Class {
	update := func(o *goja.Object, options goja.Value) {
		if p := jsvalue.Field(options, "pattern"); jsvalue.IsString(p) && core.Text(p) != "" {
			core.Set(o, "pattern", p)
		}
	}
	return &core.Class{
		Parent: "Property", Label: "UrlMatchPattern",
		Init: func(o *goja.Object, a core.Args) {
			options := a.At(0)
			if jsvalue.IsString(options) {
				given := s.VM.NewObject()
				core.Set(given, "pattern", options)
				options = given
			}
			property.Init(s, o, core.Args{options})
			// The default; a definition without a pattern keeps it.
			core.Set(o, "pattern", s.VM.ToValue(allURLs))
			update(o, options)
		},
		Values: func(ctor *goja.Object) {
			core.Set(ctor, "PROTOCOL_DELIMITER", s.VM.ToValue("+"))
			core.Set(ctor, "MATCH_ALL_URLS", s.VM.ToValue(allURLs))
		},
		Methods: slices.Concat(patternSteps(s), patternTests(s), []core.Method{
			{Name: "update", Length: 1, Fn: func(this *goja.Object, a core.Args) goja.Value {
				update(this, a.At(0))
				return nil
			}},
			{Name: "test", Length: 1, Fn: func(this *goja.Object, a core.Args) goja.Value {
				u, ok := a.At(0).(*goja.Object)
				if !ok {
					u = s.Make("Url", a.At(0))
				}
				return s.VM.ToValue(matches(s, this, u))
			}},
			{Name: "getProtocols", Length: 0, Fn: func(this *goja.Object, _ core.Args) goja.Value {
				if p := parsePattern(core.Text(jsvalue.Get(this, "pattern"))); p != nil {
					return s.Texts(p.protocols)
				}
				return s.VM.NewArray()
			}},
			{Name: "toString", Length: 0, Fn: func(this *goja.Object, _ core.Args) goja.Value {
				return s.VM.ToValue(core.Text(jsvalue.Get(this, "pattern")))
			}},
			{Name: "toJSON", Length: 0, Fn: func(this *goja.Object, _ core.Args) goja.Value {
				o := s.VM.NewObject()
				core.Set(o, "pattern", s.VM.ToValue(core.Text(jsvalue.Get(this, "pattern"))))
				return o
			}},
		}),
	}
}

// patternTests are the methods that compare one part of a URL. A pattern that cannot be read
// fits nothing. The pattern is read at each call, because a script may assign to it.
func patternTests(s *core.SDK) []core.Method {
	test := func(name string, fn func(p *pattern, a core.Args) bool) core.Method {
		return core.Method{Name: name, Length: 1, Fn: func(this *goja.Object, a core.Args) goja.Value {
			p := parsePattern(core.Text(jsvalue.Get(this, "pattern")))
			return s.VM.ToValue(p != nil && fn(p, a))
		}}
	}
	return []core.Method{
		test("testProtocol", func(p *pattern, a core.Args) bool { return p.hasProtocol(s.TextOr(a.At(0))) }),
		test("testHost", func(p *pattern, a core.Args) bool { return p.hasHost(s.TextOr(a.At(0))) }),
		test("testPort", func(p *pattern, a core.Args) bool { return p.hasPort(s.TextOr(a.At(0)), s.TextOr(a.At(1))) }),
		test("testPath", func(p *pattern, a core.Args) bool { return p.path.MatchString(s.TextOr(a.At(0))) }),
	}
}

// patternSteps are the methods in which the SDK takes a pattern apart and compares its parts.
// They are internal there but public to scripts.
func patternSteps(s *core.SDK) []core.Method {
	host := func(name string, fits func(pattern, remote string) bool) core.Method {
		return core.Method{Name: name, Length: 2, Fn: func(_ *goja.Object, a core.Args) goja.Value {
			return s.VM.ToValue(fits(s.TextOr(jsvalue.Field(a.At(0), "host")), s.TextOr(a.At(1))))
		}}
	}
	return []core.Method{
		{Name: "createMatchPattern", Length: 0, Fn: func(this *goja.Object, _ core.Args) goja.Value {
			p := parsePattern(core.Text(jsvalue.Get(this, "pattern")))
			if p == nil {
				return nil
			}
			o := s.VM.NewObject()
			core.Set(o, "protocols", s.Texts(p.protocols))
			core.Set(o, "host", s.VM.ToValue(p.host))
			core.Set(o, "port", goja.Undefined())
			if p.port != "" {
				core.Set(o, "port", s.VM.ToValue(p.port))
			}
			core.Set(o, "path", regularExpression(s, p.path.String()))
			return o
		}},
		{Name: "globPatternToRegexp", Length: 1, Fn: func(_ *goja.Object, a core.Args) goja.Value {
			return regularExpression(s, "^"+globSource(core.Text(a.At(0)))+"$")
		}},
		host("matchAnyHost", func(pattern, _ string) bool { return pattern == "*" }),
		host("matchAbsoluteHostPattern", func(pattern, remote string) bool { return pattern == remote }),
		host("matchSuffixHostPattern", func(pattern, remote string) bool {
			suffix, ok := strings.CutPrefix(pattern, "*.")
			return ok && (remote == suffix || strings.HasSuffix(remote, "."+suffix))
		}),
	}
}

// regularExpression makes a RegExp of the script's engine. The source is ours (globSource),
// so an error is a bug here.
func regularExpression(s *core.SDK, source string) goja.Value {
	re, err := s.VM.New(s.VM.Get("RegExp"), s.VM.ToValue(source))
	if err != nil {
		panic(err)
	}
	return re
}

// MatchPatternListClass describes UrlMatchPatternList. test(url) is true when one of its
// patterns fits.
func MatchPatternListClass(s *core.SDK) *core.Class {
	c := property.PlainListClass(s, "UrlMatchPattern")
	c.Label = "UrlMatchPatternList"
	c.Marks = map[string]any{"_postman_proprtyIsSerialisedAsPlural": true} // spelled so by the SDK
	c.Methods = []core.Method{{Name: "test", Length: 1, Fn: func(this *goja.Object, a core.Args) goja.Value {
		u, ok := a.At(0).(*goja.Object)
		if !ok {
			u = s.Make("Url", a.At(0))
		}
		return s.VM.ToValue(matchesAny(s, this, u))
	}}}
	return c
}

// matches says whether a UrlMatchPattern fits a Url. The query is no part of it; the path is
// compared with its variables filled in.
func matches(s *core.SDK, o, u *goja.Object) bool {
	raw := core.Text(jsvalue.Get(o, "pattern"))
	if raw == allURLs {
		return true
	}
	p := parsePattern(raw)
	if p == nil {
		return false
	}
	protocol := s.TextOr(jsvalue.Get(u, "protocol"))
	return p.hasProtocol(protocol) && p.hasHost(url.Host(u)) && p.hasPort(s.TextOr(jsvalue.Get(u, "port")), protocol) &&
		p.path.MatchString(url.Path(s, u, false))
}

// matchesAny is false for an empty list.
func matchesAny(s *core.SDK, patterns goja.Value, u *goja.Object) bool {
	return slices.ContainsFunc(property.MembersOf(s, patterns), func(v goja.Value) bool { return matches(s, s.Object(v), u) })
}
