package script

import (
	"net/url"
	"strconv"
	"strings"

	"github.com/dop251/goja"
)

// makeCookies is pm.cookies: the cookies of the request's URL, with jar().
func (r *run) makeCookies() goja.Value {
	list := r.cookieList(r.call.Cookies).ToObject(r.vm)
	s := r.instance
	s.env.Method(list, "jar", 0, func(goja.FunctionCall) goja.Value { return s.kept("cookie jar", s.makeJar) })
	return list
}

// makeJar is what pm.cookies.jar() returns. Each method calls back with error and result, or returns a
// promise when it is given no callback; arguments are checked at once (sandbox: cookie-jar.js).
func (s *instance) makeJar() goja.Value {
	o := s.vm.NewObject()
	method := func(name string, fn func(j *jarCall) (goja.Value, error)) {
		s.env.Method(o, name, 3, func(call goja.FunctionCall) goja.Value {
			j := &jarCall{run: s.cur, method: name, args: call.Arguments}
			return j.answer(fn)
		})
	}
	method("get", func(j *jarCall) (goja.Value, error) {
		address, name := j.url(), j.name()
		if c, ok := j.host.Jar().Cookie(address, name); ok {
			return j.vm.ToValue(decoded(c.Value)), nil
		}
		return goja.Null(), nil
	})
	method("getAll", func(j *jarCall) (goja.Value, error) {
		if len(j.args) > 1 && typeOf(j.args[1]) != "object" {
			j.refuse("options to be an object")
		}
		return j.cookieList(j.host.Jar().Cookies(j.url())), nil
	})
	method("set", func(j *jarCall) (goja.Value, error) {
		address := j.url()
		line, value := j.line()
		set := func() error { return j.host.Jar().SetCookie(address, line) }
		if value != nil {
			set = func() error { return j.host.Jar().SetValue(address, line, value.String()) }
		}
		if err := set(); err != nil {
			return nil, err
		}
		name, _, _ := strings.Cut(line, "=")
		if c, ok := j.host.Jar().Cookie(address, name); ok {
			return j.cookieObject(c), nil
		}
		return goja.Undefined(), nil
	})
	method("unset", func(j *jarCall) (goja.Value, error) {
		address := j.url()
		return goja.Undefined(), j.host.Jar().Unset(address, j.name())
	})
	method("clear", func(j *jarCall) (goja.Value, error) {
		return goja.Undefined(), j.host.Jar().Clear(j.url())
	})
	return o
}

// jarCall is one call of a method of the jar.
type jarCall struct {
	*run
	method string
	args   []goja.Value // without the callback
}

// answer does the work and hands the outcome to the callback, or to a promise.
func (j *jarCall) answer(fn func(*jarCall) (goja.Value, error)) goja.Value {
	var callback goja.Callable
	if n := len(j.args); n > 0 {
		if f, ok := goja.AssertFunction(j.args[n-1]); ok {
			callback, j.args = f, j.args[:n-1]
		}
	}
	v, err := fn(j)
	loop := j.realm.Loop()
	if callback == nil {
		p, resolve, reject := j.vm.NewPromise()
		if err != nil {
			_ = reject(j.thrownBy(err))
		} else {
			_ = resolve(v)
		}
		return j.vm.ToValue(p)
	}
	loop.Begin()
	loop.Post(func() error {
		if err != nil {
			_, err = callback(goja.Undefined(), j.thrownBy(err))
			return err
		}
		_, err := callback(goja.Undefined(), goja.Null(), v)
		return err
	})
	return goja.Undefined()
}

func (j *jarCall) refuse(what string) {
	j.env.Throw("TypeError", "CookieJar."+j.method+"() requires "+what)
}

func (j *jarCall) arg(i int) goja.Value {
	if i < len(j.args) {
		return j.args[i]
	}
	return goja.Undefined()
}

// url is the first argument: text or a Url object.
func (j *jarCall) url() string {
	v := j.arg(0)
	if o, ok := v.(*goja.Object); ok && typeOf(o.Get("getHost")) == "function" {
		return o.String()
	}
	if !goja.IsString(v) || v.String() == "" {
		j.refuse("a valid url")
	}
	return v.String()
}

func (j *jarCall) name() string {
	if v := j.arg(1); goja.IsString(v) {
		return v.String()
	}
	j.refuse("cookie name to be a string")
	return ""
}

// line is the Set-Cookie line that the arguments of set stand for. A value that is not nil stands in place of the
// line's, as it is: it may hold what no line can.
func (j *jarCall) line() (line string, value goja.Value) {
	name, value := j.arg(1), j.arg(2)
	switch {
	case name.ToBoolean() && value.ToBoolean():
		return name.String() + "=", value
	case typeOf(name) == "object" && !goja.IsNull(name):
		return cookieLine(name.ToObject(j.vm))
	case goja.IsString(name):
		return name.String(), nil
	}
	j.refuse("a valid set cookie arguments")
	return "", nil
}

// cookieLine writes a cookie object as a Set-Cookie line and its value.
func cookieLine(o *goja.Object) (line string, value goja.Value) {
	text := func(keys ...string) string {
		for _, key := range keys {
			if v := o.Get(key); v != nil && !goja.IsUndefined(v) && !goja.IsNull(v) {
				return v.String()
			}
		}
		return ""
	}
	var b strings.Builder
	b.WriteString(text("name", "key") + "=")
	if v := o.Get("expires"); v != nil && v.ToBoolean() && v.String() != "Infinity" {
		b.WriteString("; Expires=" + expiry(v))
	}
	if s := text("maxAge"); s != "" {
		if _, err := strconv.Atoi(s); err == nil {
			b.WriteString("; Max-Age=" + s)
		}
	}
	for _, attribute := range []struct{ key, name string }{{"domain", "Domain"}, {"path", "Path"}, {"sameSite", "SameSite"}} {
		if s := text(attribute.key); s != "" {
			b.WriteString("; " + attribute.name + "=" + s)
		}
	}
	if v := o.Get("secure"); v != nil && v.ToBoolean() {
		b.WriteString("; Secure")
	}
	if v := o.Get("httpOnly"); v != nil && v.ToBoolean() {
		b.WriteString("; HttpOnly")
	}
	if value = o.Get("value"); value != nil && goja.IsUndefined(value) {
		value = nil
	}
	return b.String(), value
}

// expiry shows a Date or a text as the Expires attribute wants it.
func expiry(v goja.Value) string {
	if o, ok := v.(*goja.Object); ok {
		if utc, ok := goja.AssertFunction(o.Get("toUTCString")); ok {
			if s, err := utc(o); err == nil {
				return s.String()
			}
		}
	}
	return v.String()
}

func decoded(s string) string {
	d, err := url.PathUnescape(s)
	if err != nil {
		return s
	}
	return d
}
