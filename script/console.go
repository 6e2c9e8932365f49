package script

import (
	"github.com/dop251/goja"

	"posthaste/runner/event"
)

// makeConsole is the console object: six methods, each of which becomes an event.
func (r *run) makeConsole() goja.Value {
	s := r.Sandbox
	o := s.vm.NewObject()
	for _, level := range []string{"log", "info", "warn", "error", "debug", "clear"} {
		_ = o.Set(level, s.env.Func(level, 0, func(call goja.FunctionCall) goja.Value {
			if s.cur == nil || s.cur.silent {
				return goja.Undefined()
			}
			args := make([]string, len(call.Arguments))
			for i, v := range call.Arguments {
				args[i] = s.inspect(v)
			}
			s.cur.host.Emit(event.Console{Level: level, Args: args})
			return goja.Undefined()
		}))
	}
	return o
}

// warn emits a console warning of the sandbox itself.
func (r *run) warn(text string) {
	if !r.silent {
		r.host.Emit(event.Console{Level: "warn", Args: []string{text}})
	}
}

// inspect shows a value as the console does: a string bare, everything else as util.inspect.
func (s *Sandbox) inspect(v goja.Value) string {
	if typeOf(v) != "object" && typeOf(v) != "function" || goja.IsNull(v) {
		return v.String()
	}
	return s.chaiLibrary().Inspect(v)
}
