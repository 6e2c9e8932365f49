package legacy

import (
	"strings"

	"github.com/dop251/goja"

	"posthaste/script/jsvalue"
	"posthaste/script/variables"
)

// makePostman is the global postman (sandbox: postman-legacy-interface.js).
func (g *Globals) makePostman() goja.Value {
	o := g.env.VM.NewObject()
	method := func(name string, length int, fn func(g *Globals, call goja.FunctionCall) goja.Value) {
		_ = o.Set(name, g.env.Func(name, length, func(call goja.FunctionCall) goja.Value { return fn(g.current(), call) }))
	}
	for _, scope := range []struct {
		name, copy string
		kind       variables.Kind
	}{{"Environment", "environment", variables.Environment}, {"Global", "globals", variables.Globals}} {
		method("set"+scope.name+"Variable", 2, func(g *Globals, call goja.FunctionCall) goja.Value {
			key, v := call.Argument(0).String(), asText(g, call.Argument(1))
			g.changeCopy(scope.copy, func(o *goja.Object) { _ = o.Set(key, v) })
			g.scopes.Set(scope.kind, key, v, "")
			return goja.Undefined()
		})
		method("get"+scope.name+"Variable", 1, func(g *Globals, call goja.FunctionCall) goja.Value {
			v, _ := g.scopes.Lookup(scope.kind, call.Argument(0).String())
			return v
		})
		method("clear"+scope.name+"Variable", 1, func(g *Globals, call goja.FunctionCall) goja.Value {
			key := call.Argument(0).String()
			g.changeCopy(scope.copy, func(o *goja.Object) { _ = o.Delete(key) })
			g.scopes.Unset(scope.kind, key)
			return goja.Undefined()
		})
		method("clear"+scope.name+"Variables", 0, func(g *Globals, _ goja.FunctionCall) goja.Value {
			g.changeCopy(scope.copy, func(o *goja.Object) {
				for _, key := range o.Keys() {
					_ = o.Delete(key)
				}
			})
			g.scopes.Clear(scope.kind)
			return goja.Undefined()
		})
	}
	method("setNextRequest", 1, func(g *Globals, call goja.FunctionCall) goja.Value {
		g.sandbox.SetNext(call.Argument(0))
		return goja.Undefined()
	})
	if g.call.Listen == "test" {
		method("getResponseHeader", 1, func(g *Globals, call goja.FunctionCall) goja.Value {
			return g.responseHeader(call.Argument(0).String())
		})
		method("getResponseCookie", 1, func(g *Globals, call goja.FunctionCall) goja.Value {
			name := call.Argument(0).String()
			for _, c := range g.call.Cookies {
				if c.Name == name {
					return g.sandbox.Cookie(c)
				}
			}
			return goja.Undefined()
		})
	}
	return o
}

// asText turns what is set into text: all but 0, "", null and undefined (newman).
func asText(g *Globals, v goja.Value) goja.Value {
	if goja.IsUndefined(v) || goja.IsNull(v) || !v.ToBoolean() && jsvalue.TypeOf(v) != "boolean" {
		return v
	}
	return g.env.VM.ToValue(v.String())
}

// changeCopy changes the plain copy of a scope where the script uses it.
func (g *Globals) changeCopy(name string, change func(o *goja.Object)) {
	if o, ok := g.copies[name]; ok {
		change(o)
	}
}

// responseHeader is the value of the response's last header of that name.
func (g *Globals) responseHeader(name string) goja.Value {
	if g.call.Response == nil {
		return goja.Undefined()
	}
	list := g.call.Response.Header
	for i := len(list) - 1; i >= 0; i-- {
		if strings.EqualFold(list[i].Key, name) && !list[i].Disabled {
			return g.env.VM.ToValue(list[i].Value)
		}
	}
	return goja.Undefined()
}
