package script

import (
	"slices"
	"strings"

	"github.com/dop251/goja"

	"posthaste/script/engine"
)

// Text that a script gives to eval or Function may use host names that the script's own text does not mention, and so
// has no parameters for: shared code usually is such text, kept in a variable. Each such name becomes a property of the
// global object when a text with it is evaluated for the first time. It shows what the name stands for in the script
// that runs when it is read, so that functions that one script keeps for later ones work there.

// evaluating makes the host names that a text mentions visible to it.
//
// newman: a direct eval sees all names of the sandbox, an indirect one and Function only console and require. Here they
// see all, except under Compat: where newman throws a ReferenceError nobody depends on it.
func (s *instance) evaluating(e engine.Evaluated) {
	if s.cur == nil {
		return
	}
	for _, name := range e.Declares {
		if s.exposed[name] { // a variable of the script's own, from now on
			delete(s.exposed, name)
			_ = s.vm.GlobalObject().Delete(name)
		}
	}
	for name := range s.names[variantOf(s.cur.call)] {
		if s.exposed[name] || !strings.Contains(e.Text, name) || slices.Contains(e.Declares, name) {
			continue
		}
		if s.opt.Compat && !e.Direct && !slices.Contains([]string{"console", "require"}, name) {
			continue
		}
		s.expose(name)
	}
}

// host is the value that a name of the sandbox has in the script that runs, undefined for other names. CryptoJS is left out: who
// declares it brings a copy along, whose hashes are built upon its own classes.
func (s *instance) host(name string) goja.Value {
	if s.cur == nil || name == "CryptoJS" || !s.names[variantOf(s.cur.call)][name] {
		return goja.Undefined()
	}
	return s.cur.hostValue(name)
}

// expose makes a host name a property of the global object, unless scripts have put something there.
func (s *instance) expose(name string) {
	global := s.vm.GlobalObject()
	if global.Get(name) != nil {
		return
	}
	getter := s.env.Func(name, 0, func(goja.FunctionCall) goja.Value {
		if s.cur == nil || !s.names[variantOf(s.cur.call)][name] {
			return goja.Undefined()
		}
		if v, ok := s.cur.assigned[name]; ok {
			return v
		}
		return s.cur.hostValue(name)
	})
	// What is assigned to a parameter lasts for the script (newman), and so here.
	setter := s.env.Func(name, 1, func(call goja.FunctionCall) goja.Value {
		if s.cur != nil {
			if s.cur.assigned == nil {
				s.cur.assigned = map[string]goja.Value{}
			}
			s.cur.assigned[name] = call.Argument(0)
		}
		return goja.Undefined()
	})
	_ = global.DefineAccessorProperty(name, getter, setter, goja.FLAG_TRUE, goja.FLAG_FALSE)
	if s.exposed == nil {
		s.exposed = map[string]bool{}
	}
	s.exposed[name] = true
}
