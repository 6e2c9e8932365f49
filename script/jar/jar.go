// Package jar is pm.cookies.jar(): the run's cookie jar as scripts read and change it.
//
// Methods call back asynchronously, as tough-cookie's do. What a script writes is there for the next request.
package jar

import (
	"net/url"
	"strconv"
	"strings"

	"github.com/dop251/goja"

	"posthaste/script/engine/loop"
	"posthaste/script/host"
	"posthaste/script/jsvalue"
	"posthaste/script/lib"
)

// Needs are what the jar needs of the sandbox around it.
type Needs struct {
	Env    *lib.Env
	Loop   func() *loop.Loop                   // of the script that runs
	Jar    func() host.Jar                     // of the run
	List   func(list []host.Cookie) goja.Value // shows cookies
	Cookie func(c host.Cookie) goja.Value      // shows one
	Thrown func(err error) goja.Value          // what an error rejects with
}

// New returns what pm.cookies.jar() gives. Each method calls back with error and result, or returns a
// promise when it is given no callback; arguments are checked at once (sandbox: cookie-jar.js).
func New(n Needs) goja.Value {
	o := n.Env.VM.NewObject()
	method := func(name string, fn func(j *jarCall) (goja.Value, error)) {
		n.Env.Method(o, name, 3, func(call goja.FunctionCall) goja.Value {
			j := &jarCall{Needs: n, method: name, args: call.Arguments}
			return j.answer(fn)
		})
	}
	method("get", func(j *jarCall) (goja.Value, error) {
		address, name := j.url(), j.name()
		if c, ok := j.Jar().Cookie(address, name); ok {
			return j.Env.VM.ToValue(decoded(c.Value)), nil
		}
		return goja.Null(), nil
	})
	method("getAll", func(j *jarCall) (goja.Value, error) {
		if len(j.args) > 1 && jsvalue.TypeOf(j.args[1]) != "object" {
			j.refuse("options to be an object")
		}
		return j.List(j.Jar().Cookies(j.url())), nil
	})
	method("set", func(j *jarCall) (goja.Value, error) {
		address := j.url()
		line, value := j.line()
		set := func() error { return j.Jar().SetCookie(address, line) }
		if value != nil {
			set = func() error { return j.Jar().SetValue(address, line, value.String()) }
		}
		if err := set(); err != nil {
			return nil, err
		}
		name, _, _ := strings.Cut(line, "=")
		if c, ok := j.Jar().Cookie(address, name); ok {
			return j.Cookie(c), nil
		}
		return goja.Undefined(), nil
	})
	method("unset", func(j *jarCall) (goja.Value, error) {
		address := j.url()
		return goja.Undefined(), j.Jar().Unset(address, j.name())
	})
	method("clear", func(j *jarCall) (goja.Value, error) {
		return goja.Undefined(), j.Jar().Clear(j.url())
	})
	return o
}

// jarCall is one call of a method of the jar.
type jarCall struct {
	Needs
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
	loop := j.Loop()
	if callback == nil {
		p, resolve, reject := j.Env.VM.NewPromise()
		if err != nil {
			_ = reject(j.Thrown(err))
		} else {
			_ = resolve(v)
		}
		return j.Env.VM.ToValue(p)
	}
	loop.Begin()
	loop.Post(func() error {
		if err != nil {
			_, err = callback(goja.Undefined(), j.Thrown(err))
			return err
		}
		_, err := callback(goja.Undefined(), goja.Null(), v)
		return err
	})
	return goja.Undefined()
}

func (j *jarCall) refuse(what string) {
	j.Env.Throw("TypeError", "CookieJar."+j.method+"() requires "+what)
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
	if o, ok := v.(*goja.Object); ok && jsvalue.TypeOf(o.Get("getHost")) == "function" {
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
	case jsvalue.TypeOf(name) == "object" && !goja.IsNull(name):
		return cookieLine(name.ToObject(j.Env.VM))
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
