package entity

import (
	"github.com/dop251/goja"

	"posthaste/script/jsvalue"
	"posthaste/script/lib/sdk/core"
	"posthaste/script/lib/sdk/property"
)

// CertificateListClass describes CertificateList. resolveOne(url) is the first client
// certificate that applies to a URL.
func CertificateListClass(s *core.SDK) *core.Class {
	c := property.PlainListClass(s, "Certificate")
	c.Methods = []core.Method{{Name: "resolveOne", Length: 1, Fn: func(this *goja.Object, a core.Args) goja.Value {
		return firstFor(s, this, a.At(0), func(member *goja.Object) bool {
			return jsvalue.Truthy(s.Invoke(member, "canApplyTo", a.At(0)))
		})
	}}}
	c.Statics = []core.Method{s.IsStatic("CertificateList")}
	return c
}

// firstFor is the first member of a list that fits a URL. It is undefined where nothing fits,
// and for an argument that is neither a string nor a Url.
func firstFor(s *core.SDK, list *goja.Object, url goja.Value, fits func(member *goja.Object) bool) goja.Value {
	if !jsvalue.IsString(url) && !s.Is(url, "Url") {
		return goja.Undefined()
	}
	for _, v := range property.MembersOf(s, list) {
		if member, ok := v.(*goja.Object); ok && fits(member) {
			return member
		}
	}
	return goja.Undefined()
}

// CertificateClass describes Certificate: where a client certificate and its key are, and for
// which URLs. It is a description only: no file is read, and no request of a script is signed
// with it.
func CertificateClass(s *core.SDK) *core.Class {
	// update leaves what it does not name as it is, except for key, cert and pfx, which it
	// always writes.
	update := func(o *goja.Object, options goja.Value) {
		if _, ok := options.(*goja.Object); !ok {
			return
		}
		s.Define1(o, "id", jsvalue.Field(options, "id"))
		s.Define1(o, "name", jsvalue.Field(options, "name"))
		if matches := jsvalue.Field(options, "matches"); jsvalue.Truthy(matches) {
			core.Set(o, "matches", s.Make("UrlMatchPatternList", s.VM.NewObject(), matches))
		}
		// A path "a.pem" is written {src: "a.pem"}, the form that collection files have.
		for _, key := range []string{"key", "cert", "pfx"} {
			v := jsvalue.Field(options, key)
			if _, ok := v.(*goja.Object); !ok {
				source := s.VM.NewObject()
				core.Set(source, "src", v)
				v = source
			}
			core.Set(o, key, v)
		}
		s.Define1(o, "passphrase", jsvalue.Field(options, "passphrase"))
	}
	return &core.Class{
		Parent: "Property", Label: "Certificate", NeedsID: true, IndexKey: "id",
		Init: func(o *goja.Object, a core.Args) {
			property.Init(s, o, core.Args{a.At(0)})
			update(o, a.At(0))
		},
		Methods: []core.Method{
			{Name: "update", Length: 1, Fn: func(this *goja.Object, a core.Args) goja.Value {
				update(this, a.At(0))
				return nil
			}},
			{Name: "canApplyTo", Length: 1, Fn: func(this *goja.Object, a core.Args) goja.Value {
				u, ok := a.At(0).(*goja.Object)
				if jsvalue.IsString(a.At(0)) && jsvalue.Truthy(a.At(0)) {
					u, ok = s.Make("Url", a.At(0)), true
				}
				// Only TLS asks for certificates; everything else is never matched, whatever
				// the patterns say.
				if !ok || s.TextOr(jsvalue.Get(u, "protocol")) != "https" {
					return s.VM.ToValue(false)
				}
				return s.VM.ToValue(matchesAny(s, jsvalue.Get(this, "matches"), u))
			}},
			{Name: "toJSON", Length: 0, Fn: func(this *goja.Object, _ core.Args) goja.Value {
				o := property.JSON(s, this)
				// value is the content of the file, the private key among them. It never gets
				// into JSON, and thus into no console.log.
				for _, key := range []string{"key", "cert", "pfx"} {
					property.Unset(o, key, "value")
				}
				return o
			}},
		},
		Statics: []core.Method{s.IsStatic("Certificate")},
	}
}
