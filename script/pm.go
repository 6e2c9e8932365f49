package script

import (
	"github.com/dop251/goja"

	"posthaste/script/jsvalue"
	"posthaste/script/variables"
)

// pmObject is the script's pm. Its members stand on a prototype as accessors without setters, so that
// assigning to one is ignored, and are made when first read; test is its own and can be enumerated.
func (r *run) pmObject() goja.Value {
	if r.pm == nil {
		r.pm = r.instance.vm.CreateObject(r.instance.pmPrototype())
		_ = r.pm.DefineDataProperty("test", r.instance.kept("pm.test", r.makeTest), goja.FLAG_FALSE, goja.FLAG_FALSE, goja.FLAG_TRUE)
	}
	return r.pm
}

// members lists what pm has beside test. The functions are called with the run of the script that reads.
func members() map[string]func(r *run) goja.Value {
	return map[string]func(r *run) goja.Value{
		"info":                func(r *run) goja.Value { return r.own("info", r.makeInfo) },
		"environment":         func(r *run) goja.Value { return r.scopes.Object(variables.Environment) },
		"globals":             func(r *run) goja.Value { return r.scopes.Object(variables.Globals) },
		"collectionVariables": func(r *run) goja.Value { return r.scopes.Object(variables.Collection) },
		"variables":           func(r *run) goja.Value { return r.scopes.Object(variables.All) },
		"iterationData":       func(r *run) goja.Value { return r.scopes.Object(variables.Data) },
		"expect":              func(r *run) goja.Value { return r.instance.chai.Expect() },
		"request":             func(r *run) goja.Value { return r.own("request", r.makeRequest) },
		"response":            func(r *run) goja.Value { return r.Response() },
		"cookies":             func(r *run) goja.Value { return r.Cookies() },
		"sendRequest":         func(r *run) goja.Value { return r.instance.kept("pm.sendRequest", r.makeSend) },
		"execution":           func(r *run) goja.Value { return r.own("execution", r.makeExecution) },
		"setNextRequest":      func(r *run) goja.Value { return r.instance.kept("pm.setNextRequest", r.makeSetNext) },
		"visualizer":          func(r *run) goja.Value { return r.instance.kept("pm.visualizer", r.makeVisualizer) },
		"vault":               func(r *run) goja.Value { return r.instance.kept("pm.vault", r.makeVault) },
		"require":             func(r *run) goja.Value { return r.instance.kept("pm.require", r.makePackageRequire) },
	}
}

// The members are getters on a prototype: pm is made for each script, and most members are never read.
func (s *instance) pmPrototype() *goja.Object {
	if s.pmProto != nil {
		return s.pmProto
	}
	s.pmProto = s.vm.NewObject()
	for name, get := range members() {
		s.env.Getter(s.pmProto, name, false, func(goja.Value) goja.Value {
			if s.cur == nil {
				return goja.Undefined()
			}
			return get(s.cur)
		})
	}
	return s.pmProto
}

// makeInfo is pm.info (sandbox: pmapi.js).
func (r *run) makeInfo() goja.Value {
	o := r.instance.vm.NewObject()
	c := r.call
	r.instance.readOnly(o, "eventName", r.instance.vm.ToValue(c.Listen))
	r.instance.readOnly(o, "iteration", r.instance.vm.ToValue(c.Iteration))
	r.instance.readOnly(o, "iterationCount", r.instance.vm.ToValue(c.IterationCount))
	name := goja.Undefined() // newman: of a request without one
	if c.RequestName != "" {
		name = r.instance.vm.ToValue(c.RequestName)
	}
	r.instance.readOnly(o, "requestName", name)
	r.instance.readOnly(o, "requestId", r.instance.vm.ToValue(c.RequestID))
	return o
}

func (s *instance) readOnly(o *goja.Object, name string, v goja.Value) {
	_ = o.DefineDataProperty(name, v, goja.FLAG_FALSE, goja.FLAG_FALSE, goja.FLAG_TRUE)
}

// makeVisualizer is pm.visualizer. Nothing is drawn on a command line; the arguments are checked as in
// Postman, so that a script behaves the same.
func (r *run) makeVisualizer() goja.Value {
	s := r.instance
	o := s.vm.NewObject()
	_ = o.Set("set", s.env.Func("set", 3, func(call goja.FunctionCall) goja.Value {
		if t := call.Argument(0); !goja.IsString(t) {
			s.env.Throw("Error", "Invalid template. Template must be of type string, found "+jsvalue.TypeOf(t))
		}
		if d := call.Argument(1); d.ToBoolean() && jsvalue.TypeOf(d) != "object" {
			s.env.Throw("Error", "Invalid data. Data must be an object, found "+jsvalue.TypeOf(d))
		}
		if p := call.Argument(2); p.ToBoolean() && jsvalue.TypeOf(p) != "object" {
			s.env.Throw("Error", "Invalid options. Options must be an object, found "+jsvalue.TypeOf(p))
		}
		return goja.Undefined()
	}))
	_ = o.Set("clear", s.env.Func("clear", 0, func(goja.FunctionCall) goja.Value { return goja.Undefined() }))
	return o
}

// rejected returns a promise that is rejected with reason.
func (s *instance) rejected(reason goja.Value) goja.Value {
	p, _, reject := s.vm.NewPromise()
	_ = reject(reason)
	return s.vm.ToValue(p)
}
