package cookie

import (
	"github.com/dop251/goja"

	"posthaste/script/lib/sdk/core"
	"posthaste/script/lib/sdk/property"
)

// List makes a CookieList of cookies of the jar, in their order. parent is the object that it
// belongs to, or undefined.
func List(s *core.SDK, parent goja.Value, list []core.Cookie) *goja.Object {
	o := property.NewList(s, "CookieList", "Cookie", parent, goja.Undefined())
	l := property.ListOf(s, o)
	for _, c := range list {
		l.Insert(newCookie(s, c), goja.Undefined())
	}
	return o
}

// newCookie makes the Cookie object of one cookie of the jar. The order of the assignments is
// the order of keys that a script sees.
func newCookie(s *core.SDK, c core.Cookie) *goja.Object {
	o := s.Allocate(s.Class("Cookie"))
	core.Set(o, "name", s.VM.ToValue(c.Name))
	// A session cookie has no expires.
	if !c.Expires.IsZero() {
		date, err := s.VM.New(s.Engine.DateClass, s.VM.ToValue(c.Expires.UnixMilli()))
		s.Check(err)
		core.Set(o, "expires", date)
	}
	if c.MaxAge != 0 { // seconds
		core.Set(o, "maxAge", s.VM.ToValue(c.MaxAge))
	}
	core.Set(o, "domain", s.VM.ToValue(c.Domain))
	core.Set(o, "path", s.VM.ToValue(c.Path))
	core.Set(o, "secure", s.VM.ToValue(c.Secure))
	core.Set(o, "httpOnly", s.VM.ToValue(c.HTTPOnly))
	core.Set(o, "hostOnly", s.VM.ToValue(c.HostOnly))
	if c.Session {
		core.Set(o, "session", s.VM.ToValue(true))
	}
	if c.Value != "" {
		core.Set(o, "value", s.VM.ToValue(EncodeComponent(c.Value)))
	}
	extensions := c.Extensions
	// tough-cookie has SameSite among the extensions.
	if c.SameSite != "" {
		extensions = append([]string{"SameSite=" + c.SameSite}, extensions...)
	}
	if len(extensions) > 0 {
		list := make([]goja.Value, len(extensions))
		for i, x := range extensions {
			list[i] = cookieParam(s, x)
		}
		core.Set(o, "extensions", s.Array(list))
	}
	return o
}
