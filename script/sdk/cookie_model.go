package sdk

import (
	"github.com/dop251/goja"
)

// CookieList makes pm.cookies out of the cookies of an URL.
func (s *SDK) CookieList(list []Cookie) *goja.Object { return s.cookies(goja.Undefined(), list) }

func (s *SDK) cookies(parent goja.Value, list []Cookie) *goja.Object {
	o := s.newList("CookieList", "Cookie", parent, goja.Undefined())
	l := s.list(o)
	for _, c := range list {
		l.insert(s.newCookie(c), goja.Undefined())
	}
	return o
}

// newCookie makes the Cookie object of one cookie of the jar, its value as the jar has it.
func (s *SDK) newCookie(c Cookie) *goja.Object {
	o := s.allocate(s.class("Cookie"))
	set(o, "name", s.vm.ToValue(c.Name))
	if !c.Expires.IsZero() {
		date, err := s.vm.New(s.engine.dateClass, s.vm.ToValue(c.Expires.UnixMilli()))
		s.check(err)
		set(o, "expires", date)
	}
	if c.MaxAge != 0 {
		set(o, "maxAge", s.vm.ToValue(c.MaxAge))
	}
	set(o, "domain", s.vm.ToValue(c.Domain))
	set(o, "path", s.vm.ToValue(c.Path))
	set(o, "secure", s.vm.ToValue(c.Secure))
	set(o, "httpOnly", s.vm.ToValue(c.HTTPOnly))
	set(o, "hostOnly", s.vm.ToValue(c.HostOnly))
	if c.Session {
		set(o, "session", s.vm.ToValue(true))
	}
	if c.Value != "" {
		set(o, "value", s.vm.ToValue(encodeComponent(c.Value)))
	}
	extensions := c.Extensions
	if c.SameSite != "" {
		extensions = append([]string{"SameSite=" + c.SameSite}, extensions...)
	}
	if len(extensions) > 0 {
		list := make([]goja.Value, len(extensions))
		for i, x := range extensions {
			list[i] = s.cookieParam(x)
		}
		set(o, "extensions", s.array(list))
	}
	return o
}
