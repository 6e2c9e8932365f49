package weburl

import (
	"strconv"
	"strings"

	"github.com/dop251/goja"

	"posthaste/script/module/native"
)

// classes is the URL and URLSearchParams of one runtime.
type classes struct {
	env         *native.Env
	sym         *goja.Symbol
	paramsProto *goja.Object
	paramsCtor  *goja.Object
}

// A page is the Go side of a URL object.
type page struct {
	url    *URL
	params *list
	object *goja.Object // its searchParams
}

// New makes an object with the URL and URLSearchParams classes.
func New(env *native.Env) goja.Value {
	c := &classes{env: env, sym: goja.NewSymbol("url")}
	exports := env.VM.NewObject()
	c.makeParams()
	_ = exports.Set("URLSearchParams", c.paramsCtor)
	_ = exports.Set("URL", c.makeURL())
	return exports
}

func (c *classes) attach(o *goja.Object, state any) {
	_ = o.DefineDataPropertySymbol(c.sym, c.env.VM.ToValue(state), goja.FLAG_FALSE, goja.FLAG_FALSE, goja.FLAG_FALSE)
}

// text is a USVString: lone surrogates are replaced.
func text(v goja.Value) string {
	s, _ := native.UTF8(v.ToString())
	return s
}

func (c *classes) page(v goja.Value) *page {
	if o := native.Object(v); o != nil {
		if held := o.GetSymbol(c.sym); held != nil {
			if p, ok := held.Export().(*page); ok {
				return p
			}
		}
	}
	c.env.Throw("TypeError", "Cannot read private member #context from an object whose class did not declare it")
	return nil
}

func (c *classes) parse(input, base goja.Value) (*URL, bool) {
	var against *URL
	if base != nil && !goja.IsUndefined(base) {
		var ok bool
		if against, ok = Parse(text(base), nil); !ok {
			return nil, false
		}
	}
	return Parse(text(input), against)
}

func (c *classes) invalid(input, base goja.Value) {
	err := c.env.NewError("TypeError", "Invalid URL")
	_ = err.Set("code", "ERR_INVALID_URL")
	_ = err.Set("input", text(input))
	if base != nil && !goja.IsUndefined(base) {
		_ = err.Set("base", text(base))
	}
	panic(err)
}

func (c *classes) makeURL() *goja.Object {
	env, vm := c.env, c.env.VM
	ctor := env.Constructor("URL", 1, func(call goja.ConstructorCall) *goja.Object {
		if len(call.Arguments) == 0 {
			env.ThrowCode("TypeError", "ERR_MISSING_ARGS", `The "url" argument must be specified`)
		}
		u, ok := c.parse(call.Argument(0), call.Argument(1))
		if !ok {
			c.invalid(call.Argument(0), call.Argument(1))
		}
		p := &page{url: u, params: &list{}}
		p.params.owner = p
		p.readQuery()
		c.attach(call.This, p)
		return nil
	})
	env.Method(ctor, "canParse", 1, func(call goja.FunctionCall) goja.Value {
		_, ok := c.parse(call.Argument(0), call.Argument(1))
		return vm.ToValue(ok)
	})
	env.Method(ctor, "parse", 1, func(call goja.FunctionCall) goja.Value {
		if _, ok := c.parse(call.Argument(0), call.Argument(1)); !ok {
			return goja.Null()
		}
		o, err := vm.New(ctor, call.Arguments...)
		env.Check(err)
		return o
	})
	proto := ctor.Get("prototype").(*goja.Object)
	c.accessors(proto)
	href := func(call goja.FunctionCall) goja.Value { return vm.ToValue(c.page(call.This).url.Href()) }
	env.Method(proto, "toString", 0, href)
	env.Method(proto, "toJSON", 0, href)
	_ = proto.DefineDataPropertySymbol(goja.SymToStringTag, vm.ToValue("URL"), goja.FLAG_FALSE, goja.FLAG_TRUE, goja.FLAG_FALSE)
	c.inspection(proto, c.showURL)
	return ctor
}

// accessors defines the properties of URL objects.
func (c *classes) accessors(proto *goja.Object) {
	vm := c.env.VM
	property := func(name string, get func(u *URL) string, set func(p *page, v string)) {
		read := func(this goja.Value) goja.Value { return vm.ToValue(get(c.page(this).url)) }
		if set == nil {
			c.env.Getter(proto, name, true, read)
			return
		}
		c.env.Accessor(proto, name, read, func(this, v goja.Value) { set(c.page(this), text(v)) })
	}
	c.env.Accessor(proto, "href", func(this goja.Value) goja.Value { return vm.ToValue(c.page(this).url.Href()) },
		func(this, v goja.Value) {
			p := c.page(this)
			u, ok := Parse(text(v), nil)
			if !ok {
				c.invalid(v, nil)
			}
			p.url = u
			p.readQuery()
		})
	property("origin", (*URL).Origin, nil)
	property("protocol", func(u *URL) string { return u.Scheme + ":" }, (*page).setProtocol)
	property("username", func(u *URL) string { return u.Username }, func(p *page, v string) {
		if p.url.hasServer() {
			p.url.Username = escape(v, userinfoSet)
		}
	})
	property("password", func(u *URL) string { return u.Password }, func(p *page, v string) {
		if p.url.hasServer() {
			p.url.Password = escape(v, userinfoSet)
		}
	})
	property("host", (*URL).HostPort, func(p *page, v string) { p.setHost(v, true) })
	property("hostname", (*URL).hostname, func(p *page, v string) { p.setHost(v, false) })
	property("port", (*URL).port, (*page).setPort)
	property("pathname", (*URL).Pathname, func(p *page, v string) {
		if p.url.Opaque == nil {
			p.url.Path = nil
			p.url.appendPath(strings.NewReplacer("?", "%3F", "#", "%23").Replace(v))
		}
	})
	property("search", func(u *URL) string { return prefixed("?", u.Query) }, func(p *page, v string) {
		p.url.Query = nil
		if v != "" {
			p.url.tail("?" + strings.ReplaceAll(strings.TrimPrefix(v, "?"), "#", "%23"))
		}
		p.readQuery()
	})
	c.env.Getter(proto, "searchParams", true, func(this goja.Value) goja.Value {
		p := c.page(this)
		if p.object == nil {
			p.object = vm.CreateObject(c.paramsProto)
			c.attach(p.object, p.params)
		}
		return p.object
	})
	property("hash", func(u *URL) string { return prefixed("#", u.Fragment) }, func(p *page, v string) {
		p.url.Fragment = nil
		if v != "" {
			p.url.tail("#" + strings.TrimPrefix(v, "#"))
		}
	})
}

func prefixed(mark string, v *string) string {
	if v == nil || *v == "" {
		return ""
	}
	return mark + *v
}

func (u *URL) hostname() string {
	if u.Host == nil {
		return ""
	}
	return *u.Host
}

func (u *URL) port() string {
	if u.Port < 0 {
		return ""
	}
	return strconv.Itoa(u.Port)
}

// hasServer says whether user and port may be set.
func (u *URL) hasServer() bool { return u.Host != nil && *u.Host != "" && u.Scheme != "file" }

func (p *page) setProtocol(v string) {
	scheme, _, ok := cutScheme(strings.TrimSuffix(v, ":") + ":")
	if !ok {
		return
	}
	_, special := defaultPort(scheme)
	if special != p.url.special() || scheme == "file" && (p.url.Username != "" || p.url.Password != "" || p.url.Port >= 0) ||
		p.url.Scheme == "file" && p.url.hostname() == "" {
		return
	}
	p.url.Scheme = scheme
	if standard, _ := defaultPort(scheme); standard == p.url.Port {
		p.url.Port = -1
	}
}

// setHost sets the host, and the port where the text has one and may.
func (p *page) setHost(v string, withPort bool) {
	if p.url.Opaque != nil {
		return
	}
	if i := strings.IndexAny(v, `/?#\`); i >= 0 && (v[i] != '\\' || p.url.special()) {
		v = v[:i]
	}
	host, port := splitPort(v)
	if port != "" && !withPort || host == "" && p.url.special() && p.url.Scheme != "file" {
		return
	}
	parsed, ok := parseHost(host, p.url.special())
	if !ok && host != "" {
		return
	}
	p.url.Host = &parsed
	if port != "" {
		p.setPort(port)
	}
}

// setPort takes the digits at the start of v.
func (p *page) setPort(v string) {
	if !p.url.hasServer() {
		return
	}
	digits := v
	for i := range len(v) {
		if v[i] < '0' || v[i] > '9' {
			digits = v[:i]
			break
		}
	}
	if v != "" && digits == "" {
		return
	}
	before := p.url.Port
	if !p.url.setPort(digits) {
		p.url.Port = before
	}
}

// readQuery fills the search parameters from the query.
func (p *page) readQuery() {
	p.params.pairs = nil
	if p.url.Query != nil {
		p.params.parse(*p.url.Query)
	}
}
