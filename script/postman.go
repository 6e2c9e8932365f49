package script

import (
	"strings"

	"github.com/dop251/goja"
)

func lower(s string) string { return strings.ToLower(s) }

// makePostman is the global postman (sandbox: postman-legacy-interface.js).
func (r *run) makePostman() goja.Value {
	o := r.vm.NewObject()
	s := r.instance
	method := func(name string, length int, fn func(r *run, call goja.FunctionCall) goja.Value) {
		_ = o.Set(name, s.env.Func(name, length, func(call goja.FunctionCall) goja.Value { return fn(s.cur, call) }))
	}
	for _, scope := range []struct {
		name, copy string
		kind       scopeKind
	}{{"Environment", "environment", environmentScope}, {"Global", "globals", globalsScope}} {
		method("set"+scope.name+"Variable", 2, func(r *run, call goja.FunctionCall) goja.Value {
			key, v := call.Argument(0).String(), legacyText(r, call.Argument(1))
			r.changeCopy(scope.copy, func(o *goja.Object) { _ = o.Set(key, v) })
			r.setVariable(scope.kind, key, v, "")
			return goja.Undefined()
		})
		method("get"+scope.name+"Variable", 1, func(r *run, call goja.FunctionCall) goja.Value {
			v, _ := r.lookup(scope.kind, call.Argument(0).String())
			return v
		})
		method("clear"+scope.name+"Variable", 1, func(r *run, call goja.FunctionCall) goja.Value {
			key := call.Argument(0).String()
			r.changeCopy(scope.copy, func(o *goja.Object) { _ = o.Delete(key) })
			delete(r.live[scope.kind], key)
			r.scope(scope.kind).Unset(key)
			return goja.Undefined()
		})
		method("clear"+scope.name+"Variables", 0, func(r *run, _ goja.FunctionCall) goja.Value {
			r.changeCopy(scope.copy, func(o *goja.Object) {
				for _, key := range o.Keys() {
					_ = o.Delete(key)
				}
			})
			delete(r.live, scope.kind)
			r.scope(scope.kind).Clear()
			return goja.Undefined()
		})
	}
	method("setNextRequest", 1, func(r *run, call goja.FunctionCall) goja.Value {
		r.setNext(call.Argument(0))
		return goja.Undefined()
	})
	if r.call.Listen == "test" {
		method("getResponseHeader", 1, func(r *run, call goja.FunctionCall) goja.Value {
			return r.legacyHeader(call.Argument(0).String())
		})
		method("getResponseCookie", 1, func(r *run, call goja.FunctionCall) goja.Value {
			name := call.Argument(0).String()
			for _, c := range r.call.Cookies {
				if c.Name == name {
					return r.cookieObject(c)
				}
			}
			return goja.Undefined()
		})
	}
	return o
}

// legacyText turns what is set into text: all but 0, "", null and undefined (newman).
func legacyText(r *run, v goja.Value) goja.Value {
	if goja.IsUndefined(v) || goja.IsNull(v) || !v.ToBoolean() && typeOf(v) != "boolean" {
		return v
	}
	return r.vm.ToValue(v.String())
}

// changeCopy changes the plain copy of a scope where the script uses it.
func (r *run) changeCopy(name string, change func(o *goja.Object)) {
	if o, ok := r.copies[name]; ok {
		change(o)
	}
}

// legacyHeader is the value of the response's last header of that name.
func (r *run) legacyHeader(name string) goja.Value {
	if r.call.Response == nil {
		return goja.Undefined()
	}
	list := r.call.Response.Header
	for i := len(list) - 1; i >= 0; i-- {
		if strings.EqualFold(list[i].Key, name) && !list[i].Disabled {
			return r.vm.ToValue(list[i].Value)
		}
	}
	return goja.Undefined()
}
