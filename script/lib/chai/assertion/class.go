package assertion

import (
	"github.com/dop251/goja"

	"posthaste/script/jsvalue"
)

// makeClass builds the Assertion class. Its prototype has the chain once a script
// asks for the class.
func (l *Library) makeClass() {
	vm := l.B.VM
	l.class = vm.ToValue(func(call goja.ConstructorCall) *goja.Object {
		a := l.Expect(call.Argument(0), call.Argument(1))
		if ssfi := call.Argument(2); jsvalue.Truthy(ssfi) {
			a.origin = l.originOf(ssfi)
		}
		if lock := call.Argument(3); !jsvalue.IsUndefined(lock) {
			a.Set(lockSsfi, jsvalue.Truthy(lock))
		}
		if call.NewTarget != nil && call.NewTarget != l.class {
			a.proto = jsvalue.Proto(call.NewTarget)
		}
		return a.Value()
	}).(*goja.Object)
	jsvalue.Rename(l.class, "Assertion", vm)
	l.proto = jsvalue.Proto(l.class)
	l.assertFunc = l.B.Func("", l.scriptAssert)
	jsvalue.Must(l.proto.Set("assert", l.assertFunc))
	object := func(in goja.FunctionCall) goja.Value { return l.FlagOf(in.This, "object") }
	setObject := func(in goja.FunctionCall) goja.Value {
		l.SetFlagOf(in.This, "object", in.Argument(0))
		return nil
	}
	jsvalue.Must(l.proto.DefineAccessorProperty("_obj", l.B.Func("get", object), l.B.Func("set", setObject),
		goja.FLAG_FALSE, goja.FLAG_FALSE))
}

// scriptAssert is Assertion.prototype.assert(expr, msg, negateMsg, expected,
// actual, showDiff), which plugins build on. A message may be a function.
func (l *Library) scriptAssert(call goja.FunctionCall) goja.Value {
	a, args := l.Receiver(call.This), call.Arguments
	if !a.broken(jsvalue.Truthy(jsvalue.Arg(args, 0))) {
		return nil
	}
	f := Failure{Expected: jsvalue.Arg(args, 3)}
	if a.Is(Negate) {
		f.Negated = l.MessageText(jsvalue.Arg(args, 2))
	} else {
		f.Message = l.MessageText(jsvalue.Arg(args, 1))
	}
	if len(args) > 4 {
		f.Actual = args[4]
	}
	show := jsvalue.Arg(args, 5)
	f.NoDiff = jsvalue.TypeOf(show) == "boolean" && !show.ToBoolean()
	a.fail(f)
	return nil
}

// MessageText is a message of an assertion, which may be a function that makes it.
func (l *Library) MessageText(v goja.Value) string {
	if f, ok := goja.AssertFunction(v); ok {
		v = jsvalue.Call(f, goja.Undefined())
	}
	if !jsvalue.Truthy(v) {
		return ""
	}
	return l.B.Str(v)
}

// Show puts the chain on the prototype, in the order that chai adds it, for
// scripts that look there, overwrite and take functions from it.
func (l *Library) Show() {
	if l.shown {
		return
	}
	l.shown = true
	for _, name := range l.order {
		l.show(l.links[name])
	}
}

// show defines a link on the prototype.
func (l *Library) show(k *link) {
	switch {
	case k.chain != nil:
		l.showChainable(k)
	case k.method != nil:
		jsvalue.Must(l.proto.DefineDataProperty(k.name, l.methodFunc(k), goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_TRUE))
	default:
		var getter *goja.Object
		getter = l.getter(l.proto, k.name, "propertyGetter", func(in goja.FunctionCall) goja.Value {
			a := l.Receiver(in.This)
			defer a.giveBack()
			if !l.ProxyOn() {
				a.begin(getter)
			}
			a.at = k
			return l.continued(a, k.property(a))
		})
	}
}

// getter defines a configurable property with a getter.
func (l *Library) getter(on *goja.Object, name, impl string, get func(goja.FunctionCall) goja.Value) *goja.Object {
	fn := l.B.Func(impl, func(in goja.FunctionCall) goja.Value {
		if on == l.proto && in.This == goja.Value(on) {
			return nil
		}
		return get(in)
	})
	jsvalue.Must(on.DefineAccessorProperty(name, fn, nil, goja.FLAG_TRUE, goja.FLAG_FALSE))
	return fn
}

// showChainable defines a chainable method. What it does is read from __methods,
// where overwriting puts it.
func (l *Library) showChainable(k *link) {
	method := l.B.Func(k.impl, func(in goja.FunctionCall) goja.Value {
		a := l.Receiver(in.This)
		defer a.giveBack()
		a.at = k
		return k.method(a, in.Arguments)
	})
	chain := l.B.Func("chainingBehavior", func(in goja.FunctionCall) goja.Value {
		a := l.Receiver(in.This)
		defer a.giveBack()
		k.chain(a)
		return nil
	})
	k.natives = [2]*goja.Object{method, chain}
	Definer{l}.addChainable(l.proto, k, method, chain)
}

// continued gives what a link returned, or the next assertion of the chain.
func (l *Library) continued(a *Assertion, v goja.Value) goja.Value {
	if !jsvalue.IsUndefined(v) {
		return v
	}
	return a.follow()
}
