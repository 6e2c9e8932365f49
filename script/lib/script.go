package lib

import (
	"embed"

	"github.com/dop251/goja"

	"posthaste/script/jsvalue"
	"posthaste/script/lib/native"
)

//go:embed js/*.js js/*/*.js
var files embed.FS

//nolint:gochecknoglobals // a table of embedded files, which keeps what costs milliseconds to compile
var scripts = native.NewScripts(files, "require:", "exports, require, host")

// script makes the loader of a module in js/. The file is the body of a function of
// (exports, require, host) where host is what the Go side hands it; it returns the
// module, or fills exports.
func script(name string, host func(env *Env) map[string]goja.Value) Loader {
	return func(env *Env) goja.Value {
		wrapped, err := scripts.Function(env.VM, name)
		env.Check(err)
		exports, given := env.VM.NewObject(), env.VM.NewObject()
		if host != nil {
			for key, v := range host(env) {
				_ = given.Set(key, v)
			}
		}
		require := env.Func("require", 1, func(call goja.FunctionCall) goja.Value {
			return env.Require(call.Argument(0).String())
		})
		result := env.Call(wrapped, goja.Undefined(), name, exports, require, given)
		if jsvalue.IsNullish(result) {
			return exports
		}
		return result
	}
}
