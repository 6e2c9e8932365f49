package sdk

import (
	"regexp"
	"slices"
	"strings"

	"github.com/dop251/goja"
)

const allURLs = "<all_urls>"

// A pattern is a match pattern such as https://*.example.com/*, taken apart.
type pattern struct {
	protocols  []string
	host, port string // port is "" when the pattern names none
	path       *regexp.Regexp
}

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
		methods: []method{
			{"update", 1, func(this *goja.Object, a args) goja.Value {
				update(this, a.at(0))
				return nil
			}},
			{"test", 1, func(this *goja.Object, a args) goja.Value {
				u, ok := a.at(0).(*goja.Object)
				if !ok {
					u = s.make("Url", a.at(0))
				}
				return s.vm.ToValue(s.matches(this, u))
			}},
			{"getProtocols", 0, func(this *goja.Object, _ args) goja.Value {
				if p := parsePattern(text(get(this, "pattern"))); p != nil {
					return s.texts(p.protocols)
				}
				return s.vm.NewArray()
			}},
			test("testProtocol", func(p *pattern, a args) bool { return p.hasProtocol(s.textOr(a.at(0))) }),
			test("testHost", func(p *pattern, a args) bool { return p.hasHost(s.textOr(a.at(0))) }),
			test("testPort", func(p *pattern, a args) bool { return p.hasPort(s.textOr(a.at(0)), s.textOr(a.at(1))) }),
			test("testPath", func(p *pattern, a args) bool { return p.path.MatchString(s.textOr(a.at(0))) }),
			{"toString", 0, func(this *goja.Object, _ args) goja.Value { return s.vm.ToValue(text(get(this, "pattern"))) }},
			{"toJSON", 0, func(this *goja.Object, _ args) goja.Value {
				o := s.vm.NewObject()
				set(o, "pattern", s.vm.ToValue(text(get(this, "pattern"))))
				return o
			}},
		},
	}
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

// parsePattern takes a match pattern apart, nil when it is none.
func parsePattern(raw string) *pattern {
	split := regexp.MustCompile(`^((?:https?|file|ftp|\*)(?:\+(?:https?|file|ftp))*)://` +
		`(\*|\*\.[^*/:]+|[^*/:]+)(?::(\*|\d+))?(/.*)$`)
	m := split.FindStringSubmatch(raw)
	if m == nil {
		return nil
	}
	glob := regexp.QuoteMeta(m[4])
	glob = strings.ReplaceAll(glob, `\?`, ".")
	// The SDK turns only the first star into "anything"; the others repeat the character before them.
	glob = strings.Replace(glob, `\*`, ".*", 1)
	glob = strings.ReplaceAll(glob, `\*`, "*")
	path, err := regexp.Compile("^" + glob + "$")
	if err != nil {
		return nil
	}
	protocols := slices.Compact(strings.Split(m[1], "+"))
	return &pattern{protocols: protocols, host: m[2], port: m[3], path: path}
}

func (p *pattern) hasProtocol(protocol string) bool {
	return slices.Contains([]string{"http", "https", "file", "ftp"}, protocol) &&
		(slices.Contains(p.protocols, "*") || slices.Contains(p.protocols, protocol))
}

func (p *pattern) hasHost(host string) bool {
	if p.host == "*" || p.host == host {
		return true
	}
	suffix, ok := strings.CutPrefix(p.host, "*.")
	return ok && (host == suffix || strings.HasSuffix(host, "."+suffix))
}

func (p *pattern) hasPort(port, protocol string) bool {
	usual := map[string]string{"ftp": "21", "http": "80", "https": "443"}[protocol]
	want := p.port
	if port == "" && want == "" {
		return true
	}
	if port == "" {
		port = usual
	}
	if want == "" {
		want = usual
	}
	return want == "*" || want == port
}
