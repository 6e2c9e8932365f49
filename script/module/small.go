package module

import (
	"encoding/hex"

	"github.com/dop251/goja"

	"posthaste/script/module/native"
)

// newUUID makes the value of require('uuid'): a function that gives version 4 ids,
// and its v4. Options random (16 bytes) and a buffer to write to are honoured as the
// uuid package does.
func newUUID(env *Env) goja.Value {
	v4 := env.Func("v4", 0, func(call goja.FunctionCall) goja.Value {
		b := env.Random(16)
		if options := native.Object(call.Argument(0)); options != nil {
			if given, ok := env.Bytes(orUndefined(options.Get("random"))); ok && len(given) >= 16 {
				copy(b, given)
			} else if list, ok := orUndefined(options.Get("random")).Export().([]any); ok && len(list) >= 16 {
				for i := range b {
					b[i] = byte(env.VM.ToValue(list[i]).ToInteger())
				}
			}
		}
		b[6], b[8] = b[6]&0x0f|0x40, b[8]&0x3f|0x80
		return env.VM.ToValue(formatUUID(b))
	})
	_ = v4.Set("v4", v4)
	return v4
}

func formatUUID(b []byte) string {
	text := hex.EncodeToString(b)
	return text[:8] + "-" + text[8:12] + "-" + text[12:16] + "-" + text[16:20] + "-" + text[20:]
}

func orUndefined(v goja.Value) goja.Value {
	if v == nil {
		return goja.Undefined()
	}
	return v
}

// newTimers makes the value of require('timers') from the sandbox's own timers.
func newTimers(env *Env) goja.Value {
	o := env.VM.NewObject()
	for _, name := range []string{"setTimeout", "clearTimeout", "setInterval", "clearInterval", "setImmediate", "clearImmediate"} {
		if v := env.Timers[name]; v != nil {
			_ = o.Set(name, v)
		}
	}
	return o
}

// newJSON makes the value of require('json').
func newJSON(env *Env) goja.Value {
	if env.JSON != nil {
		return env.JSON
	}
	return env.VM.GlobalObject().Get("JSON")
}

// newEmpty makes the value of require('fs'): scripts see no files.
func newEmpty(env *Env) goja.Value { return env.VM.NewObject() }
