package engine

import (
	"github.com/dop251/goja"

	"posthaste/script/engine/rewrite"
	"posthaste/script/kernel"
)

// installKernels defines the guard through which bundled libraries hand functions to Go
// (package kernel). Only their text has its name.
func (r *Realm) installKernels() {
	guard := r.VM.ToValue(func(call goja.FunctionCall) goja.Value {
		return kernel.Wrap(r.VM, call.Argument(0).String(), call.Argument(1))
	})
	_ = r.VM.GlobalObject().DefineDataProperty(rewrite.KernelGuard, guard, goja.FLAG_FALSE, goja.FLAG_FALSE, goja.FLAG_FALSE)
}
