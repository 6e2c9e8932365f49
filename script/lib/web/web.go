// Package web holds the web platform globals that newer Postman sandboxes offer
// beside URL: text encoding, crypto, structured cloning, blobs, events and abort
// signals.
package web

import (
	"github.com/dop251/goja"

	"posthaste/script/jsvalue"
	"posthaste/script/lib/lazy"
	"posthaste/script/lib/native"
)

// New makes an object with one property for each global. structuredClone, Blob, Event,
// EventTarget and the abort classes are JavaScript and live in js/web.js; the functions in
// lower case are for them.
func New(env *native.Env) map[string]goja.Value {
	return map[string]goja.Value{
		"TextEncoder":    newTextEncoder(env),
		"TextDecoder":    newTextDecoder(env),
		"queueMicrotask": newQueueMicrotask(env),
		"joinBytes":      env.Func("joinBytes", 1, func(call goja.FunctionCall) goja.Value { return joinBytes(env, call) }),
		"decode": env.Func("decode", 1, func(call goja.FunctionCall) goja.Value {
			b, _ := env.Bytes(call.Argument(0))
			return env.VM.ToValue(native.DecodeUTF8(b))
		}),
		"classOf": env.Func("classOf", 1, func(call goja.FunctionCall) goja.Value {
			if o := lazy.Real(jsvalue.Object(call.Argument(0))); o != nil {
				return env.VM.ToValue(native.Class(o))
			}
			return goja.Undefined()
		}),
		// The sandbox may have no clock, when nothing is to depend on the time.
		"now": env.Func("now", 0, func(goja.FunctionCall) goja.Value {
			if env.Now == nil {
				return env.VM.ToValue(0)
			}
			return env.VM.ToValue(env.Now().UnixMilli())
		}),
		"setTimeout": jsvalue.OrUndefined(env.Timers["setTimeout"]),
	}
}

// newQueueMicrotask makes queueMicrotask. What is no function throws at once, not later.
func newQueueMicrotask(env *native.Env) goja.Value {
	return env.Func("queueMicrotask", 1, func(call goja.FunctionCall) goja.Value {
		if _, ok := goja.AssertFunction(call.Argument(0)); !ok {
			env.ThrowCode("TypeError", "ERR_INVALID_ARG_TYPE", `The "callback" argument must be of type function.`)
		}
		env.Defer(call.Argument(0))
		return goja.Undefined()
	})
}

// joinBytes copies the parts of a Blob, text (as UTF-8) and bytes, into one ArrayBuffer. The
// size is checked after each part, before more is copied.
func joinBytes(env *native.Env, call goja.FunctionCall) goja.Value {
	var out []byte
	env.VM.ForOf(call.Argument(0), func(part goja.Value) bool {
		if b, ok := env.Bytes(part); ok {
			out = append(out, b...)
		} else {
			text, _ := native.UTF8(part.ToString())
			out = append(out, text...)
		}
		if len(out) > native.MaxBuffer {
			env.Throw("RangeError", "Array buffer allocation failed")
		}
		return true
	})
	return env.VM.ToValue(env.VM.NewArrayBuffer(out))
}
