package sdk

import (
	"net/url"
	"strconv"
	"strings"

	"github.com/dop251/goja"
)

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
