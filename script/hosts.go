package script

import (
	"strings"

	"github.com/dop251/goja"

	"posthaste/script/engine/failure"
	"posthaste/script/legacy"
)

// Names that scripts see as parameters of the function around them, fresh for each script: assigning to one
// changes nothing for the next script.
func commonNames() []string {
	return []string{
		"pm", "console", "require", "setTimeout", "clearTimeout", "setInterval", "clearInterval",
		"setImmediate", "clearImmediate",
	}
}

// variantOf names the set of host names that a script sees: the legacy API is not there for one that begins
// with "use sandbox2", and the response is there for test scripts alone (newman: non-legacy-codemarkers).
func variantOf(call *Call) string {
	head := strings.TrimPrefix(call.Source, `"use sandbox2";`)
	head = strings.TrimPrefix(head, `'use sandbox2';`)
	switch {
	case len(head) != len(call.Source):
		return "sandbox2"
	case call.Listen == "test":
		return "test"
	}
	return "prerequest"
}

// hostNames lists the globals of each kind of script. They are parameters of the function around a script, so that a
// script may declare names of its own.
func hostNames() map[string]map[string]bool {
	names := map[string]map[string]bool{"sandbox2": {}, "prerequest": {}, "test": {}, "package": {}, "npm package": {}}
	for variant, set := range names {
		for _, name := range commonNames() {
			set[name] = true
		}
		switch variant {
		case "npm package": // Postman: a library knows nothing of the sandbox
			delete(set, "pm")
			continue
		case "sandbox2", "package": // Postman: packages have no legacy globals
			continue
		}
		for _, name := range legacy.Names() {
			set[name] = true
		}
		for _, name := range legacy.ResponseNames() {
			if variant == "test" {
				set[name] = true
			}
		}
	}
	return names
}

// arguments makes the values of the host names that the script mentions.
func (r *run) arguments() (args []goja.Value, fault *failure.Fault) {
	args = r.instance.args[:0] // one script runs at a time, and the engine copies them
	err := r.instance.vm.Try(func() {
		for _, name := range r.script.Names {
			if name == "pm" {
				args = append(args, argument(r))
				continue
			}
			args = append(args, r.hostValue(name))
		}
	})
	r.instance.args = args
	if err != nil {
		return nil, r.instance.realm.Fault(r.script, err)
	}
	return args, nil
}

// hostValue makes the value of one host name.
func (r *run) hostValue(name string) goja.Value {
	switch name {
	case "pm":
		return r.pmObject()
	case "console":
		return r.instance.kept("console", r.instance.makeConsole)
	case "require":
		return r.instance.kept("require", r.makeRequire)
	case "setTimeout", "clearTimeout", "setInterval", "clearInterval", "setImmediate", "clearImmediate":
		return r.instance.env.Timers[name]
	}
	return r.legacy().Value(name)
}

// kept returns the part of the sandbox called name, made when first asked for.
func (s *instance) kept(name string, build func() goja.Value) goja.Value {
	v, ok := s.parts[name]
	if !ok {
		v = build()
		s.parts[name] = v
	}
	return v
}

// A part is one of what scripts share within a run.
type part int

const (
	partInfo part = iota
	partRequest
	partResponse
	partCookies
	partExecution
	parts
)

// own returns a part of this run, made when first asked for.
func (r *run) own(which part, build func() goja.Value) goja.Value {
	if r.parts[which] == nil {
		r.parts[which] = build()
	}
	return r.parts[which]
}

// this makes the script's this: an object of its own that shows the host names.
func (r *run) this() goja.Value {
	s := r.instance
	if s.thisProto == nil {
		s.thisProto = s.vm.NewObject()
		for name := range s.names["test"] {
			getter := s.env.Func(name, 0, func(goja.FunctionCall) goja.Value {
				if s.cur == nil || !s.names[variantOf(s.cur.call)][name] {
					return goja.Undefined()
				}
				return s.cur.hostValue(name)
			})
			_ = s.thisProto.DefineAccessorProperty(name, getter, nil, goja.FLAG_TRUE, goja.FLAG_FALSE)
		}
	}
	return s.vm.CreateObject(s.thisProto)
}

// installGlobals makes the library globals of the modules load when first touched.
func (s *instance) installGlobals() {
	known := map[string]bool{}
	for _, name := range legacy.Names() {
		known[name] = true
	}
	global := s.vm.GlobalObject()
	for _, name := range s.modules.Names() {
		if known[name] {
			continue
		}
		getter := s.env.Func(name, 0, func(goja.FunctionCall) goja.Value {
			v, _ := s.modules.Global(name)
			_ = global.DefineDataProperty(name, v, goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE)
			return v
		})
		setter := s.env.Func(name, 1, func(call goja.FunctionCall) goja.Value {
			_ = global.DefineDataProperty(name, call.Argument(0), goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE)
			return goja.Undefined()
		})
		_ = global.DefineAccessorProperty(name, getter, setter, goja.FLAG_TRUE, goja.FLAG_FALSE)
	}
}
