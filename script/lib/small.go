package lib

import (
	"encoding/hex"

	"github.com/dop251/goja"
)

// newUUID makes the value of require('uuid'): a function that gives version 4 ids, with a v4 that does too. As Postman's
// own, it is not the package of that name and takes no options.
func newUUID(env *Env) goja.Value {
	give := func(goja.FunctionCall) goja.Value {
		b := env.Random(16)
		b[6], b[8] = b[6]&0x0f|0x40, b[8]&0x3f|0x80
		return env.VM.ToValue(formatUUID(b))
	}
	library := env.Func("", 0, give)
	_ = library.Set("v4", env.Func("", 0, give))
	return library
}

func formatUUID(b []byte) string {
	text := hex.EncodeToString(b)
	return text[:8] + "-" + text[8:12] + "-" + text[12:16] + "-" + text[16:20] + "-" + text[20:]
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

// newBackbone throws: Backbone is no part of Posthaste. newman has it; a difference that docs/compatibility.md lists.
func newBackbone(env *Env) goja.Value {
	env.Throw("Error", "backbone is not part of Posthaste; copy it to DIR/npm/backbone@1.6.0, with underscore beside it, run with --packages DIR, and use pm.require('npm:backbone@1.6.0')")
	return nil
}
