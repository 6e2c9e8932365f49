package script

import (
	"github.com/dop251/goja"

	"posthaste/script/engine/rewrite"
	"posthaste/script/jsvalue"
	"posthaste/script/variables"
)

// pmObject is the script's pm. Its members stand on a prototype as accessors without setters, so that
// assigning to one is ignored, and are made when first read; test is its own and can be enumerated.
func (r *run) pmObject() goja.Value {
	if r.pm == nil {
		r.pm = newPM(r)
	}
	return r.pm
}

func newPM(r *run) *goja.Object {
	pm := r.instance.vm.CreateObject(r.instance.pmPrototype())
	_ = pm.DefineDataProperty("test", r.instance.kept("pm.test", r.makeTest), goja.FLAG_FALSE, goja.FLAG_FALSE, goja.FLAG_TRUE)
	return pm
}

// members lists what pm has beside test. The functions are called with the run of the script that reads, and with how
// plainly it uses what it reads.
func members() map[string]func(r *run, plain rewrite.Plain) goja.Value {
	own := func(get func(r *run) goja.Value) func(*run, rewrite.Plain) goja.Value {
		return func(r *run, _ rewrite.Plain) goja.Value { return get(r) }
	}
	scope := func(kind variables.Kind) func(*run, rewrite.Plain) goja.Value {
		return func(r *run, plain rewrite.Plain) goja.Value {
			if plain&rewrite.PlainScopes != 0 {
				return r.instance.class.Shared(kind)
			}
			return r.scopes.Object(kind)
		}
	}
	return map[string]func(r *run, plain rewrite.Plain) goja.Value{
		"info": func(r *run, plain rewrite.Plain) goja.Value {
			if plain&rewrite.PlainInfo != 0 {
				return r.instance.sharedInfo()
			}
			return r.own(partInfo, r.makeInfo)
		},
		"environment":         scope(variables.Environment),
		"globals":             scope(variables.Globals),
		"collectionVariables": scope(variables.Collection),
		"variables":           scope(variables.All),
		"iterationData":       scope(variables.Data),
		"expect": func(r *run, plain rewrite.Plain) goja.Value {
			if plain&rewrite.PlainAssertions != 0 {
				return r.instance.chai.Passing()
			}
			return r.instance.chai.Expect()
		},
		"response": func(r *run, plain rewrite.Plain) goja.Value {
			if plain&rewrite.PlainResponse != 0 {
				return leanResponse(r)
			}
			return r.Response()
		},
		"request":        own(func(r *run) goja.Value { return r.own(partRequest, r.makeRequest) }),
		"cookies":        own(func(r *run) goja.Value { return r.Cookies() }),
		"sendRequest":    own(func(r *run) goja.Value { return r.instance.kept("pm.sendRequest", r.makeSend) }),
		"execution":      own(func(r *run) goja.Value { return r.own(partExecution, r.makeExecution) }),
		"setNextRequest": own(func(r *run) goja.Value { return r.instance.kept("pm.setNextRequest", r.makeSetNext) }),
		"visualizer":     own(func(r *run) goja.Value { return r.instance.kept("pm.visualizer", r.makeVisualizer) }),
		"vault":          own(func(r *run) goja.Value { return r.instance.kept("pm.vault", r.makeVault) }),
		"require":        own(func(r *run) goja.Value { return r.instance.kept("pm.require", r.makePackageRequire) }),
	}
}

// The members are getters on a prototype: pm is made for each script, and most members are never read.
func (s *instance) pmPrototype() *goja.Object {
	if s.pmProto != nil {
		return s.pmProto
	}
	s.pmProto = s.vm.NewObject()
	for name, get := range members() {
		s.env.Getter(s.pmProto, name, false, func(this goja.Value) goja.Value {
			if s.cur == nil {
				return goja.Undefined()
			}
			return get(s.cur, s.plainOf(this))
		})
	}
	return s.pmProto
}

// makeInfo is pm.info (sandbox: pmapi.js).
func (r *run) makeInfo() goja.Value {
	o := r.instance.vm.NewObject()
	for _, name := range []string{"eventName", "iteration", "iterationCount", "requestName", "requestId"} {
		r.instance.readOnly(o, name, infoMember(r, name))
	}
	return o
}

// infoMember is a member of pm.info, nil where it has none of that name.
func infoMember(r *run, name string) goja.Value {
	vm, c := r.instance.vm, r.call
	switch name {
	case "eventName":
		return vm.ToValue(c.Listen)
	case "iteration":
		return vm.ToValue(c.Iteration)
	case "iterationCount":
		return vm.ToValue(c.IterationCount)
	case "requestName":
		if c.RequestName == "" {
			return goja.Undefined() // newman: of a request without one
		}
		return vm.ToValue(c.RequestName)
	case "requestId":
		return vm.ToValue(c.RequestID)
	}
	return nil
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
