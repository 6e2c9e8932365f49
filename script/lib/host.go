package lib

import (
	"bytes"
	"encoding/hex"
	"reflect"

	"github.com/dop251/goja"

	"posthaste/script/jsvalue"
	"posthaste/script/lib/inspect"
	"posthaste/script/lib/lazy"
	"posthaste/script/lib/native"
)

// utilHost is what js/util.js needs of Go.
func utilHost(env *Env) map[string]goja.Value {
	vm := env.VM
	return map[string]goja.Value{
		"inspect": env.Func("inspect", 2, func(call goja.FunctionCall) goja.Value {
			opt := inspect.FromScript(call.Argument(1))
			// The old form is (value, showHidden, depth).
			if second := call.Argument(1); jsvalue.Object(second) == nil && len(call.Arguments) > 1 {
				opt.ShowHidden = second.ToBoolean()
			}
			if third := call.Argument(2); !goja.IsUndefined(third) {
				depth := -1
				if !goja.IsNull(third) && !goja.IsInfinity(third) {
					depth = int(third.ToInteger())
				}
				opt.Depth = &depth
			}
			return vm.ToValue(inspect.Value(vm, call.Argument(0), opt))
		}),
		"format": env.Func("format", 1, func(call goja.FunctionCall) goja.Value {
			return vm.ToValue(inspect.Format(vm, call.Arguments, inspect.Options{}))
		}),
		"formatWith": env.Func("formatWithOptions", 2, func(call goja.FunctionCall) goja.Value {
			rest := call.Arguments[min(1, len(call.Arguments)):]
			return vm.ToValue(inspect.Format(vm, rest, inspect.FromScript(call.Argument(0))))
		}),
		"classOf": env.Func("classOf", 1, func(call goja.FunctionCall) goja.Value {
			o := lazy.Real(jsvalue.Object(call.Argument(0)))
			if o == nil || o.ExportType() == reflect.TypeFor[goja.Proxy]() {
				return goja.Undefined()
			}
			return vm.ToValue(native.Class(o))
		}),
		"isProxy": env.Func("isProxy", 1, func(call goja.FunctionCall) goja.Value {
			o := lazy.Real(jsvalue.Object(call.Argument(0)))
			return vm.ToValue(o != nil && o.ExportType() == reflect.TypeFor[goja.Proxy]())
		}),
		"wellFormed": env.Func("wellFormed", 1, func(call goja.FunctionCall) goja.Value {
			text, _ := native.UTF8(call.Argument(0))
			return vm.ToValue(text)
		}),
		"later": later(env),
	}
}

// later runs a function of a script after what runs now, as a microtask.
func later(env *Env) goja.Value {
	return env.Func("later", 1, func(call goja.FunctionCall) goja.Value {
		env.Defer(call.Argument(0))
		return goja.Undefined()
	})
}

// laterHost is what js/nodestream/base.js needs of Go.
func laterHost(env *Env) map[string]goja.Value {
	return map[string]goja.Value{"later": later(env)}
}

// equalHost is what js/equal.js needs of Go.
func equalHost(env *Env) map[string]goja.Value {
	return map[string]goja.Value{
		"sameBytes": env.Func("sameBytes", 2, func(call goja.FunctionCall) goja.Value {
			a, ok1 := env.Bytes(call.Argument(0))
			b, ok2 := env.Bytes(call.Argument(1))
			return env.VM.ToValue(ok1 && ok2 && bytes.Equal(a, b))
		}),
	}
}

// queryHost is what js/querystring.js needs of Go: decoding that does not stop at a
// broken escape.
func queryHost(env *Env) map[string]goja.Value {
	return map[string]goja.Value{
		"decode": env.Func("decode", 1, func(call goja.FunctionCall) goja.Value {
			text, _ := native.UTF8(call.Argument(0))
			out := make([]byte, 0, len(text))
			for i := 0; i < len(text); i++ {
				if text[i] == '%' && i+2 < len(text) {
					if b, err := hex.DecodeString(text[i+1 : i+3]); err == nil {
						out = append(out, b[0])
						i += 2
						continue
					}
				}
				out = append(out, text[i])
			}
			return env.VM.ToValue(native.DecodeUTF8(out))
		}),
	}
}
