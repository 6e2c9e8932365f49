package cookie

import (
	"net/url"
	"strconv"
	"strings"

	"github.com/dop251/goja"

	"posthaste/script/jsvalue"
	"posthaste/script/lib/sdk/core"
)

// EncodeComponent percent-encodes as encodeURIComponent does. Text that was encoded before is
// not encoded twice: it is decoded first, if it can be. Go's url.QueryEscape differs in the
// characters !'()* and in the space.
func EncodeComponent(in string) string {
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
		// 0x100 makes three digits of every byte, so that the last two have a leading zero.
		b.WriteString("%" + strings.ToUpper(strconv.FormatUint(0x100|uint64(c), 16)[1:]))
	}
	return b.String()
}

// cookiePair is "name=value" as a Cookie header has it, or the value alone for a cookie
// without a name.
func cookiePair(c goja.Value) string {
	o, ok := c.(*goja.Object)
	if !ok {
		return ""
	}
	value := ""
	if v := jsvalue.Get(o, "value"); !jsvalue.IsNullish(v) {
		value = core.Text(v)
	}
	if name := jsvalue.Get(o, "name"); jsvalue.Truthy(name) {
		return core.Text(name) + "=" + value
	}
	return value
}

// cookieText is the cookie as a Set-Cookie header has it. An invalid date is left out; a
// domain too for a cookie that only its host may get.
func cookieText(s *core.SDK, o *goja.Object) string {
	var b strings.Builder
	b.WriteString(cookiePair(o))
	expires := jsvalue.Get(o, "expires")
	if date, ok := expires.(*goja.Object); ok && date.ClassName() == "Date" {
		// new Date("x"): its time is NaN.
		if !goja.IsNaN(date.ToNumber()) {
			utc, err := s.Engine.ToUTC(date)
			s.Check(err)
			b.WriteString("; Expires=" + core.Text(utc))
		}
	} else if jsvalue.Truthy(expires) {
		b.WriteString("; Expires=" + core.Text(expires))
	}
	// Infinity is what tough-cookie calls a cookie without Max-Age.
	if age := jsvalue.Get(o, "maxAge"); jsvalue.Truthy(age) && core.Text(age) != "Infinity" {
		b.WriteString("; Max-Age=" + core.Text(age))
	}
	if domain := jsvalue.Get(o, "domain"); jsvalue.Truthy(domain) && !jsvalue.Truthy(jsvalue.Get(o, "hostOnly")) {
		b.WriteString("; Domain=" + core.Text(domain))
	}
	if path := jsvalue.Get(o, "path"); jsvalue.Truthy(path) {
		b.WriteString("; Path=" + core.Text(path))
	}
	if jsvalue.Truthy(jsvalue.Get(o, "secure")) {
		b.WriteString("; Secure")
	}
	if jsvalue.Truthy(jsvalue.Get(o, "httpOnly")) {
		b.WriteString("; HttpOnly")
	}
	for _, x := range core.Items(jsvalue.Get(o, "extensions")) {
		b.WriteString("; " + core.Text(jsvalue.Field(x, "key")))
		// An extension without a value is stored as true.
		if v := jsvalue.Field(x, "value"); !core.IsBool(v) || !v.ToBoolean() {
			b.WriteString("=" + core.Text(v))
		}
	}
	return b.String()
}

// parseCookie takes a Set-Cookie line apart into what updateCookie takes. Attributes that it
// does not know are extensions, in order. A cookie without a domain is for its host only.
// Nothing is an error, not even an empty line.
func parseCookie(s *core.SDK, line string) *goja.Object {
	known := map[string]string{
		"httponly": "httpOnly", "secure": "secure", "domain": "domain", "path": "path",
		"max-age": "maxAge", "session": "session", "expires": "expires",
	}
	parts := strings.Split(line, ";")
	first := cookieParam(s, parts[0])
	o := s.VM.NewObject()
	core.Set(o, "key", jsvalue.Get(first, "key"))
	core.Set(o, "value", jsvalue.Get(first, "value"))
	var extensions []goja.Value
	for _, part := range parts[1:] {
		param := cookieParam(s, strings.TrimLeft(part, " "))
		if name, ok := known[core.Lower(core.Text(jsvalue.Get(param, "key")))]; ok {
			core.Set(o, name, jsvalue.Get(param, "value"))
			continue
		}
		// Set here, so that the key comes where the SDK has it.
		if extensions == nil {
			core.Set(o, "extensions", s.VM.NewArray())
		}
		extensions = append(extensions, param)
	}
	if extensions != nil {
		s.Refill(s.Object(jsvalue.Get(o, "extensions")), extensions)
	}
	if !jsvalue.Truthy(jsvalue.Get(o, "domain")) {
		core.Set(o, "hostOnly", s.VM.ToValue(true))
	}
	return o
}

// cookieParam splits "key=value". A second "=" ends the value, as in the SDK: "a=b=c" is b.
// Without "=" the value is true. Quotes around the value are cut off.
func cookieParam(s *core.SDK, param string) *goja.Object {
	key, rest, found := strings.Cut(param, "=")
	o := s.VM.NewObject()
	core.Set(o, "key", s.VM.ToValue(strings.TrimSpace(key)))
	if !found {
		core.Set(o, "value", s.VM.ToValue(true))
		return o
	}
	value, _, _ := strings.Cut(rest, "=")
	value = strings.TrimSpace(value)
	if strings.HasPrefix(value, `"`) {
		// A lone quote is an empty value.
		value = value[1:max(len(value)-1, 1)]
	}
	core.Set(o, "value", s.VM.ToValue(value))
	return o
}
