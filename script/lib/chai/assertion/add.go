package assertion

import (
	"github.com/dop251/goja"

	"posthaste/script/jsvalue"
)

// A Definer adds members to objects and overwrites them, as the utils of that name do:
// on Assertion.prototype, or on any other object.
type Definer struct{ *Library }

// AddMethodTo is utils.addMethod(ctx, name, method).
func (l Definer) AddMethodTo(ctx *goja.Object, name string, method goja.Value) {
	l.scripts = true
	var wrapper *goja.Object
	wrapper = l.B.Func("methodWrapper", func(in goja.FunctionCall) goja.Value {
		l.begin(in.This, wrapper)
		return l.next(in.This, jsvalue.Call(l.function(method, "method.apply"), in.This, in.Arguments...))
	})
	l.LengthGuard(wrapper, name, false)
	jsvalue.Must(ctx.Set(name, l.Proxify(wrapper, name)))
}

// AddPropertyTo is utils.addProperty(ctx, name, getter).
func (l Definer) AddPropertyTo(ctx *goja.Object, name string, get goja.Value) {
	l.scripts = true
	var getter *goja.Object
	getter = l.B.Func("propertyGetter", func(in goja.FunctionCall) goja.Value {
		l.beginProperty(in.This, getter)
		if jsvalue.IsUndefined(get) {
			return l.next(in.This, nil)
		}
		return l.next(in.This, jsvalue.Call(l.function(get, "getter.call"), in.This))
	})
	jsvalue.Must(ctx.DefineAccessorProperty(name, getter, nil, goja.FLAG_TRUE, goja.FLAG_FALSE))
}

// AddChainableTo is utils.addChainableMethod(ctx, name, method, chainingBehavior).
func (l Definer) AddChainableTo(ctx *goja.Object, name string, method, chain goja.Value) {
	l.scripts = true
	if _, ok := goja.AssertFunction(chain); !ok {
		chain = l.B.Func("chainingBehavior", func(goja.FunctionCall) goja.Value { return nil })
	}
	l.addChainable(ctx, &link{name: name}, method, chain)
}

// addChainable defines a chainable method that does what its entry in __methods says.
func (l Definer) addChainable(ctx *goja.Object, k *link, method, chain goja.Value) {
	behavior := l.B.VM.NewObject()
	jsvalue.Must(behavior.Set("method", method))
	jsvalue.Must(behavior.Set("chainingBehavior", chain))
	k.behavior = behavior
	methods, ok := ctx.Get("__methods").(*goja.Object)
	if !ok {
		methods = l.B.VM.NewObject()
		jsvalue.Must(ctx.Set("__methods", methods))
	}
	jsvalue.Must(methods.Set(k.name, behavior))
	l.getter(ctx, k.name, "chainableMethodGetter", func(in goja.FunctionCall) goja.Value {
		l.runChain(k, in.This)
		return l.chainableFunc(k, in.This)
	})
}

// runChain runs what reading a chainable method does.
func (l Definer) runChain(k *link, this goja.Value) {
	chain := k.behavior.Get("chainingBehavior")
	if k.natives[1] != nil && chain == goja.Value(k.natives[1]) {
		a := l.Receiver(this)
		k.chain(a)
		a.giveBack()
		return
	}
	jsvalue.Call(l.function(chain, "chainableBehavior.chainingBehavior.call"), this)
}

// chainableFunc makes the function that reading a chainable method gives: it can be
// called, and it carries the chain on.
func (l Definer) chainableFunc(k *link, this goja.Value) goja.Value {
	var wrapper *goja.Object
	wrapper = l.B.Func("chainableMethodWrapper", func(in goja.FunctionCall) goja.Value {
		on := in.This
		l.begin(on, wrapper)
		method := k.behavior.Get("method")
		if k.natives[0] != nil && method == goja.Value(k.natives[0]) {
			a := l.Receiver(on)
			defer a.giveBack()
			a.at = k
			return l.continued(a, k.method(a, in.Arguments))
		}
		return l.next(on, jsvalue.Call(l.function(method, "chainableBehavior.method.apply"), on, in.Arguments...))
	})
	l.LengthGuard(wrapper, k.name, true)
	a := l.Receiver(this)
	b := a.Next()
	b.chained, b.proto, b.props = k.name, a.proto, a.props
	if b.proto == nil && a.foreign != nil {
		b.proto = a.foreign
	}
	between := l.B.VM.CreateObject(b.target())
	jsvalue.Must(between.Set("call", l.B.FunctionCall))
	jsvalue.Must(between.Set("apply", l.B.FunctionApply))
	jsvalue.Must(wrapper.SetPrototype(between))
	return l.Proxify(wrapper, "")
}

// next is what a link of the chain gives: what its function returned, or a new
// assertion with the flags of the one before.
func (l Definer) next(this, result goja.Value) goja.Value {
	if !jsvalue.IsUndefined(result) {
		return result
	}
	if jsvalue.IsUndefined(this) {
		this = l.B.VM.GlobalObject()
	}
	if a := l.assertionOf(this); a != nil {
		return a.Next().Value()
	}
	b := l.Expect(goja.Undefined(), goja.Undefined())
	l.Transfer(this, b.Value(), true)
	return b.Value()
}

func (l *Library) function(v goja.Value, what string) goja.Callable {
	f, ok := goja.AssertFunction(v)
	if !ok {
		l.B.ThrowType(what + " is not a function")
	}
	return f
}
