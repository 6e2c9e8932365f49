package engine

import (
	"github.com/dop251/goja"

	"posthaste/script/engine/rewrite"
	"posthaste/script/kernel"
)

// install shapes the global object as Postman's sandbox has it. The order matters: what is
// guarded later must not be held by what came before.
func (r *Realm) install() {
	_ = r.VM.GlobalObject().Delete("globalThis") // newman's sandbox (uvm) has none
	r.installJSON()
	r.installBounds()
	r.bounds.pattern = r.watchPattern
	r.installConstructors()
	r.installRegexps()
	r.installKernels()
	installDates(r)
	installTexts(r)
	installPowers(r)
	r.installRejections()
}

// installKernels defines the guard through which bundled libraries hand functions to Go
// (package kernel). Only their text has its name.
func (r *Realm) installKernels() {
	guard := r.VM.ToValue(func(call goja.FunctionCall) goja.Value {
		return kernel.Wrap(r.VM, call.Argument(0).String(), call.Argument(1))
	})
	local := r.VM.ToValue(kernel.Local(r.VM))
	_ = r.VM.GlobalObject().DefineDataProperty(rewrite.LocalKernelGuard, local, goja.FLAG_FALSE, goja.FLAG_FALSE, goja.FLAG_FALSE)
	_ = r.VM.GlobalObject().DefineDataProperty(rewrite.KernelGuard, guard, goja.FLAG_FALSE, goja.FLAG_FALSE, goja.FLAG_FALSE)
}
