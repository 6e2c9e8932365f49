package script

import "github.com/dop251/goja"

// pmObject is the script's pm. Its members stand on a prototype as accessors without setters, so that
// assigning to one is ignored, and are made when first read; test is its own and can be enumerated.
func (r *run) pmObject() goja.Value {
	if r.pm == nil {
		r.pm = r.vm.CreateObject(r.pmPrototype())
		_ = r.pm.DefineDataProperty("test", r.kept("pm.test", r.makeTest), goja.FLAG_FALSE, goja.FLAG_FALSE, goja.FLAG_TRUE)
	}
	return r.pm
}

// members lists what pm has beside test. The functions are called with the run of the script that reads.
func members() map[string]func(r *run) goja.Value {
	return map[string]func(r *run) goja.Value{
		"info":                func(r *run) goja.Value { return r.own("info", r.makeInfo) },
		"environment":         func(r *run) goja.Value { return r.scopeObject(environmentScope) },
		"globals":             func(r *run) goja.Value { return r.scopeObject(globalsScope) },
		"collectionVariables": func(r *run) goja.Value { return r.scopeObject(collectionScope) },
		"variables":           func(r *run) goja.Value { return r.scopeObject(variablesScope) },
		"iterationData":       func(r *run) goja.Value { return r.scopeObject(dataScope) },
		"expect":              func(r *run) goja.Value { return r.chai.Expect() },
		"request":             func(r *run) goja.Value { return r.own("request", r.makeRequest) },
		"response":            func(r *run) goja.Value { return r.own("response", r.makeResponse) },
		"cookies":             func(r *run) goja.Value { return r.own("cookies", r.makeCookies) },
		"sendRequest":         func(r *run) goja.Value { return r.kept("pm.sendRequest", r.makeSend) },
		"execution":           func(r *run) goja.Value { return r.own("execution", r.makeExecution) },
		"setNextRequest":      func(r *run) goja.Value { return r.kept("pm.setNextRequest", r.makeSetNext) },
		"visualizer":          func(r *run) goja.Value { return r.kept("pm.visualizer", r.makeVisualizer) },
		"vault":               func(r *run) goja.Value { return r.kept("pm.vault", r.makeVault) },
		"require":             func(r *run) goja.Value { return r.kept("pm.require", r.makePackageRequire) },
	}
}

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
	o := r.vm.NewObject()
	c := r.call
	r.readOnly(o, "eventName", r.vm.ToValue(c.Listen))
	r.readOnly(o, "iteration", r.vm.ToValue(c.Iteration))
	r.readOnly(o, "iterationCount", r.vm.ToValue(c.IterationCount))
	name := goja.Undefined() // newman: of a request without one
	if c.RequestName != "" {
		name = r.vm.ToValue(c.RequestName)
	}
	r.readOnly(o, "requestName", name)
	r.readOnly(o, "requestId", r.vm.ToValue(c.RequestID))
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
			s.env.Throw("Error", "Invalid template. Template must be of type string, found "+typeOf(t))
		}
		if d := call.Argument(1); d.ToBoolean() && typeOf(d) != "object" {
			s.env.Throw("Error", "Invalid data. Data must be an object, found "+typeOf(d))
		}
		if p := call.Argument(2); p.ToBoolean() && typeOf(p) != "object" {
			s.env.Throw("Error", "Invalid options. Options must be an object, found "+typeOf(p))
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

// typeOf is JavaScript's typeof.
func typeOf(v goja.Value) string {
	switch {
	case v == nil || goja.IsUndefined(v):
		return "undefined"
	case goja.IsNull(v):
		return "object"
	case goja.IsString(v):
		return "string"
	case goja.IsNumber(v):
		return "number"
	case goja.IsBigInt(v):
		return "bigint"
	}
	if _, ok := v.(*goja.Symbol); ok {
		return "symbol"
	}
	if _, ok := v.(*goja.Object); ok {
		if _, callable := goja.AssertFunction(v); callable {
			return "function"
		}
		return "object"
	}
	return "boolean"
}
