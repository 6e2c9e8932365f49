package weburl

import (
	"github.com/dop251/goja"
	"github.com/nlnwa/whatwg-url/url"

	"posthaste/script/jsvalue"
	"posthaste/script/lib/native"
)

// classes is the URL and URLSearchParams of one runtime. Both share the symbol under which
// their Go state hangs.
type classes struct {
	env         *native.Env
	sym         *goja.Symbol
	paramsProto *goja.Object
	paramsCtor  *goja.Object
}

// A page is the Go side of a URL object. Its parameters and its query follow each other.
type page struct {
	url    *url.Url
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

// attach hangs state on o, invisible to scripts.
func (c *classes) attach(o *goja.Object, state any) {
	_ = o.DefineDataPropertySymbol(c.sym, c.env.VM.ToValue(state), goja.FLAG_FALSE, goja.FLAG_FALSE, goja.FLAG_FALSE)
}

// text is a USVString: lone surrogates are replaced.
func text(v goja.Value) string {
	s, _ := native.UTF8(v.ToString())
	return s
}

// page is the state behind a URL object; anything else throws what Node throws.
func (c *classes) page(v goja.Value) *page {
	if o := jsvalue.Object(v); o != nil {
		if held := o.GetSymbol(c.sym); held != nil {
			if p, ok := held.Export().(*page); ok {
				return p
			}
		}
	}
	c.env.Throw("TypeError", "Cannot read private member #context from an object whose class did not declare it")
	return nil
}

// parse parses the arguments of new URL(input, base).
func (c *classes) parse(input, base goja.Value) (*url.Url, error) {
	var against *url.Url
	if base != nil && !goja.IsUndefined(base) {
		var err error
		if against, err = url.Parse(text(base)); err != nil {
			return nil, err
		}
	}
	return parse(text(input), against)
}

// invalid throws Node's ERR_INVALID_URL with the texts that were given, as properties of the
// error.
func (c *classes) invalid(input, base goja.Value) {
	err := c.env.NewError("TypeError", "Invalid URL")
	_ = err.Set("code", "ERR_INVALID_URL")
	_ = err.Set("input", text(input))
	if base != nil && !goja.IsUndefined(base) {
		_ = err.Set("base", text(base))
	}
	panic(err)
}

// makeURL makes the URL class with its static canParse and parse.
func (c *classes) makeURL() *goja.Object {
	env, vm := c.env, c.env.VM
	ctor := env.Constructor("URL", 1, func(call goja.ConstructorCall) *goja.Object {
		if len(call.Arguments) == 0 {
			env.ThrowCode("TypeError", "ERR_MISSING_ARGS", `The "url" argument must be specified`)
		}
		u, err := c.parse(call.Argument(0), call.Argument(1))
		if err != nil {
			c.invalid(call.Argument(0), call.Argument(1))
		}
		p := &page{url: u, params: &list{}}
		p.params.owner = p
		p.readQuery()
		c.attach(call.This, p)
		return nil
	})
	env.Method(ctor, "canParse", 1, func(call goja.FunctionCall) goja.Value {
		_, err := c.parse(call.Argument(0), call.Argument(1))
		return vm.ToValue(err == nil)
	})
	env.Method(ctor, "parse", 1, func(call goja.FunctionCall) goja.Value {
		if _, err := c.parse(call.Argument(0), call.Argument(1)); err != nil {
			return goja.Null()
		}
		o, err := vm.New(ctor, call.Arguments...)
		env.Check(err)
		return o
	})
	proto := ctor.Get("prototype").(*goja.Object)
	c.accessors(proto)
	href := func(call goja.FunctionCall) goja.Value { return vm.ToValue(c.page(call.This).url.Href(false)) }
	env.Method(proto, "toString", 0, href)
	env.Method(proto, "toJSON", 0, href)
	_ = proto.DefineDataPropertySymbol(goja.SymToStringTag, vm.ToValue("URL"), goja.FLAG_FALSE, goja.FLAG_TRUE, goja.FLAG_FALSE)
	c.inspection(proto, c.showURL)
	return ctor
}

// accessors defines the properties of URL objects. A setter with an invalid value changes
// nothing, as the standard says; only href throws.
func (c *classes) accessors(proto *goja.Object) {
	vm := c.env.VM
	property := func(name string, get func(u *url.Url) string, set func(u *url.Url, v string)) {
		c.env.Accessor(proto, name, func(this goja.Value) goja.Value { return vm.ToValue(get(c.page(this).url)) },
			func(this, v goja.Value) { set(c.page(this).url, text(v)) })
	}
	c.env.Accessor(proto, "href", func(this goja.Value) goja.Value { return vm.ToValue(c.page(this).url.Href(false)) },
		func(this, v goja.Value) {
			p := c.page(this)
			u, err := url.Parse(text(v))
			if err != nil {
				c.invalid(v, nil)
			}
			p.url = u
			p.readQuery()
		})
	c.env.Getter(proto, "origin", true, func(this goja.Value) goja.Value { return vm.ToValue(origin(c.page(this).url)) })
	property("protocol", (*url.Url).Protocol, (*url.Url).SetProtocol)
	property("username", (*url.Url).Username, (*url.Url).SetUsername)
	property("password", (*url.Url).Password, (*url.Url).SetPassword)
	property("host", (*url.Url).Host, (*url.Url).SetHost)
	property("hostname", (*url.Url).Hostname, (*url.Url).SetHostname)
	property("port", (*url.Url).Port, (*url.Url).SetPort)
	property("pathname", (*url.Url).Pathname, (*url.Url).SetPathname)
	c.env.Accessor(proto, "search", func(this goja.Value) goja.Value { return vm.ToValue(c.page(this).url.Search()) },
		func(this, v goja.Value) {
			p := c.page(this)
			p.url.SetSearch(text(v))
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
	property("hash", (*url.Url).Hash, (*url.Url).SetHash)
}

// readQuery fills the search parameters from the query. The list object stays, since scripts
// hold it.
func (p *page) readQuery() {
	p.params.pairs = nil
	p.params.parse(p.url.Query())
}
