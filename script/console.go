package script

import (
	"github.com/dop251/goja"

	"posthaste/runner/event"
	"posthaste/script/module/inspect"
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

// inspect shows a value as the console does: a string bare, an Error as newman passes one on, everything else
// as util.inspect.
func (s *Sandbox) inspect(v goja.Value) string {
	if goja.IsString(v) {
		return v.String()
	}
	if o, ok := v.(*goja.Object); ok && o.ClassName() == "Error" {
		v = s.plainError(o)
	}
	return inspect.Value(s.vm, v, inspect.Options{})
}

// plainError is an Error as it crosses from newman's sandbox: without its stack.
func (s *Sandbox) plainError(o *goja.Object) goja.Value {
	plain := s.vm.NewObject()
	_ = plain.Set("type", "Error")
	_ = s.vm.Try(func() {
		_ = plain.Set("name", o.Get("name"))
		_ = plain.Set("message", o.Get("message"))
	})
	return plain
}
