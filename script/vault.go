package script

import (
	"context"

	"github.com/dop251/goja"
)

// makeVault is pm.vault: get, set and unset. Each returns a promise. Without a vault all are denied.
func (r *run) makeVault() goja.Value {
	s := r.instance
	o := s.vm.NewObject()
	method := func(name string, length int, work func(ctx context.Context, key, value string) (text string, ok bool, err error)) {
		_ = o.Set(name, s.env.Func(name, length, func(call goja.FunctionCall) goja.Value {
			key := call.Argument(0)
			switch {
			case s.opt.Vault == nil:
				return s.rejected(s.env.NewError("Error", "Vault access denied"))
			case !goja.IsString(key):
				return s.rejected(s.env.NewError("TypeError", "pm.vault."+name+": the key must be text"))
			}
			name, value := key.String(), call.Argument(1).String()
			return s.cur.later(func(ctx context.Context) (func() goja.Value, error) {
				text, ok, err := work(ctx, name, value)
				return func() goja.Value {
					if !ok {
						return goja.Undefined()
					}
					return s.vm.ToValue(text)
				}, err
			})
		}))
	}
	method("get", 1, func(ctx context.Context, key, _ string) (string, bool, error) { return s.opt.Vault.Lookup(ctx, key) })
	method("set", 2, func(_ context.Context, key, value string) (string, bool, error) {
		return "", false, s.opt.Vault.Set(key, value)
	})
	method("unset", 1, func(_ context.Context, key, _ string) (string, bool, error) {
		return "", false, s.opt.Vault.Unset(key)
	})
	return o
}
