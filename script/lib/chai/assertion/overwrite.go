package assertion

import (
	"github.com/dop251/goja"

	"posthaste/script/jsvalue"
)

// OverwriteMethodOf is utils.overwriteMethod(ctx, name, method): method is given
// the function that was there, or one that throws.
func (l Definer) OverwriteMethodOf(ctx *goja.Object, name string, method goja.Value) {
	l.scripts = true
	before := ctx.Get(name)
	if jsvalue.TypeOf(before) != "function" {
		before = l.B.Func("_super", func(goja.FunctionCall) goja.Value {
			l.B.ThrowError(name + " is not a function")
			return nil
		})
	}
	var wrapper *goja.Object
	wrapper = l.B.Func("overwritingMethodWrapper", func(in goja.FunctionCall) goja.Value {
		l.begin(in.This, wrapper)
		return l.next(in.This, l.locked(in.This, func() goja.Value {
			f := jsvalue.Call(l.function(method, "method"), goja.Undefined(), before)
			return jsvalue.Call(l.function(f, "method(...)"), in.This, in.Arguments...)
		}))
	})
	l.LengthGuard(wrapper, name, false)
	jsvalue.Must(ctx.Set(name, l.Proxify(wrapper, name)))
}

// OverwritePropertyOf is utils.overwriteProperty(ctx, name, getter).
func (l Definer) OverwritePropertyOf(ctx *goja.Object, name string, get goja.Value) {
	l.scripts = true
	var before goja.Value
	if d := l.B.Descriptor(ctx, l.B.VM.ToValue(name)); d != nil {
		before = d.Get("get")
	}
	if jsvalue.TypeOf(before) != "function" {
		before = l.B.Func("_super", func(goja.FunctionCall) goja.Value { return nil })
	}
	var getter *goja.Object
	getter = l.B.Func("overwritingPropertyGetter", func(in goja.FunctionCall) goja.Value {
		l.beginProperty(in.This, getter)
		return l.next(in.This, l.locked(in.This, func() goja.Value {
			f := jsvalue.Call(l.function(get, "getter"), goja.Undefined(), before)
			return jsvalue.Call(l.function(f, "getter(...)"), in.This)
		}))
	})
	jsvalue.Must(ctx.DefineAccessorProperty(name, getter, nil, goja.FLAG_TRUE, goja.FLAG_FALSE))
}

// OverwriteChainableOf is utils.overwriteChainableMethod(ctx, name, method,
// chainingBehavior): it changes the entry in __methods.
func (l Definer) OverwriteChainableOf(ctx *goja.Object, name string, method, chain goja.Value) {
	l.scripts = true
	behavior, ok := l.B.At(jsvalue.OrUndefined(ctx.Get("__methods")), name).(*goja.Object)
	if !ok {
		l.B.ThrowType("Cannot read properties of undefined (reading 'chainingBehavior')")
	}
	replace := func(part, impl string, with goja.Value) {
		before := behavior.Get(part)
		jsvalue.Must(behavior.Set(part, l.B.Func(impl, func(in goja.FunctionCall) goja.Value {
			f := jsvalue.Call(l.function(with, part), goja.Undefined(), before)
			return l.next(in.This, jsvalue.Call(l.function(f, part+"(...)"), in.This, in.Arguments...))
		})))
	}
	replace("chainingBehavior", "overwritingChainableMethodGetter", chain)
	replace("method", "overwritingChainableMethodWrapper", method)
}

// locked runs an assertion that overwrites another one: the overwritten one leaves
// the place where stack traces begin alone.
func (l Definer) locked(this goja.Value, run func() goja.Value) goja.Value {
	a := l.assertionOf(this)
	if a == nil {
		before := l.FlagOf(this, "lockSsfi")
		l.SetFlagOf(this, "lockSsfi", l.B.VM.ToValue(true))
		v := run()
		l.SetFlagOf(this, "lockSsfi", jsvalue.OrUndefined(before))
		return v
	}
	was, wrote := a.Is(lockSsfi), a.wrote&lockSsfi
	a.flags |= lockSsfi
	v := run()
	if !was {
		a.flags &^= lockSsfi
	}
	a.wrote = a.wrote&^lockSsfi | wrote
	return v
}
