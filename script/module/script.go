package module

import (
	"embed"
	"sync"

	"github.com/dop251/goja"

	"posthaste/script/module/native"
)

//go:embed js/*.js js/*/*.js
var sources embed.FS

// programs holds each of our own JavaScript modules compiled, once a process: a
// program is immutable and may be run in any number of runtimes.
//
//nolint:gochecknoglobals // a cache of immutable programs that costs milliseconds to fill
var programs sync.Map

// script makes the loader of a module in js/. The file is the body of a function of
// (exports, require, host) where host is what the Go side hands it; it returns the
// module, or fills exports.
func script(name string, host func(env *Env) map[string]goja.Value) Loader {
	return func(env *Env) goja.Value {
		program, err := compiled(name)
		env.Check(err)
		wrapped, err := env.VM.RunProgram(program)
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
		if native.Nullish(result) {
			return exports
		}
		return result
	}
}

func compiled(name string) (*goja.Program, error) {
	if program, ok := programs.Load(name); ok {
		return program.(*goja.Program), nil
	}
	source, err := sources.ReadFile("js/" + name + ".js")
	if err != nil {
		return nil, err
	}
	program, err := goja.Compile("require:"+name, "(function (exports, require, host) { 'use strict';"+string(source)+"\n})", false)
	if err != nil {
		return nil, err
	}
	programs.Store(name, program)
	return program, nil
}
