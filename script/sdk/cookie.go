package sdk

import (
	"net/url"
	"strconv"
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

// encodeComponent percent-encodes as encodeURIComponent does, text that was encoded before once only.
func encodeComponent(in string) string {
	if decoded, err := url.PathUnescape(in); err == nil {
		in = decoded
	}
	var b strings.Builder
	for i := range len(in) {
		c := in[i]
		if c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || strings.IndexByte("-_.!~*'()", c) >= 0 {
			b.WriteByte(c)
			continue
		}
		b.WriteString("%" + strings.ToUpper(strconv.FormatUint(0x100|uint64(c), 16)[1:]))
	}
	return b.String()
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

func cookiePair(c goja.Value) string {
	o, ok := c.(*goja.Object)
	if !ok {
		return ""
	}
	value := ""
	if v := get(o, "value"); !isNil(v) {
		value = text(v)
	}
	if name := get(o, "name"); truthy(name) {
		return text(name) + "=" + value
	}
	return value
}

// cookieText is the cookie as a Set-Cookie header has it.
func (s *SDK) cookieText(o *goja.Object) string {
	var b strings.Builder
	b.WriteString(cookiePair(o))
	expires := get(o, "expires")
	if date, ok := expires.(*goja.Object); ok && date.ClassName() == "Date" {
		if !goja.IsNaN(date.ToNumber()) {
			utc, err := s.engine.toUTC(date)
			s.check(err)
			b.WriteString("; Expires=" + text(utc))
		}
	} else if truthy(expires) {
		b.WriteString("; Expires=" + text(expires))
	}
	if age := get(o, "maxAge"); truthy(age) && text(age) != "Infinity" {
		b.WriteString("; Max-Age=" + text(age))
	}
	if domain := get(o, "domain"); truthy(domain) && !truthy(get(o, "hostOnly")) {
		b.WriteString("; Domain=" + text(domain))
	}
	if path := get(o, "path"); truthy(path) {
		b.WriteString("; Path=" + text(path))
	}
	if truthy(get(o, "secure")) {
		b.WriteString("; Secure")
	}
	if truthy(get(o, "httpOnly")) {
		b.WriteString("; HttpOnly")
	}
	for _, x := range items(get(o, "extensions")) {
		b.WriteString("; " + text(field(x, "key")))
		if v := field(x, "value"); !isBool(v) || !v.ToBoolean() {
			b.WriteString("=" + text(v))
		}
	}
	return b.String()
}

// parseCookie takes a Set-Cookie line apart into what updateCookie takes.
func (s *SDK) parseCookie(line string) *goja.Object {
	known := map[string]string{
		"httponly": "httpOnly", "secure": "secure", "domain": "domain", "path": "path",
		"max-age": "maxAge", "session": "session", "expires": "expires",
	}
	parts := strings.Split(line, ";")
	first := s.cookieParam(parts[0])
	o := s.vm.NewObject()
	set(o, "key", get(first, "key"))
	set(o, "value", get(first, "value"))
	var extensions []goja.Value
	for _, part := range parts[1:] {
		param := s.cookieParam(strings.TrimLeft(part, " "))
		if name, ok := known[lower(text(get(param, "key")))]; ok {
			set(o, name, get(param, "value"))
			continue
		}
		if extensions == nil {
			set(o, "extensions", s.vm.NewArray())
		}
		extensions = append(extensions, param)
	}
	if extensions != nil {
		s.refill(s.object(get(o, "extensions")), extensions)
	}
	if !truthy(get(o, "domain")) {
		set(o, "hostOnly", s.vm.ToValue(true))
	}
	return o
}

// cookieParam splits "key=value", at the second "=" too, which ends the value. Without one the value is
// true.
func (s *SDK) cookieParam(param string) *goja.Object {
	key, rest, found := strings.Cut(param, "=")
	o := s.vm.NewObject()
	set(o, "key", s.vm.ToValue(strings.TrimSpace(key)))
	if !found {
		set(o, "value", s.vm.ToValue(true))
		return o
	}
	value, _, _ := strings.Cut(rest, "=")
	value = strings.TrimSpace(value)
	if strings.HasPrefix(value, `"`) {
		value = value[1:max(len(value)-1, 1)]
	}
	set(o, "value", s.vm.ToValue(value))
	return o
}

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
