package sdk

import (
	"github.com/dop251/goja"
)

func (s *SDK) certificateListClass() *class {
	c := s.listOf("Certificate")
	c.methods = []method{{"resolveOne", 1, func(this *goja.Object, a args) goja.Value {
		return s.firstFor(this, a.at(0), func(member *goja.Object) bool {
			return truthy(s.invoke(member, "canApplyTo", a.at(0)))
		})
	}}}
	c.statics = []method{s.isStatic("CertificateList")}
	return c
}

// firstFor is the first member of a list that fits a URL, undefined for what is no URL.
func (s *SDK) firstFor(list *goja.Object, url goja.Value, fits func(member *goja.Object) bool) goja.Value {
	if !isString(url) && !s.is(url, "Url") {
		return goja.Undefined()
	}
	for _, v := range s.membersOf(list) {
		if member, ok := v.(*goja.Object); ok && fits(member) {
			return member
		}
	}
	return goja.Undefined()
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
