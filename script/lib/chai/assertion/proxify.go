package assertion

import (
	"slices"

	"github.com/dop251/goja"

	"posthaste/script/jsvalue"
)

// isInternal says whether a name is one that an assertion has for itself.
func isInternal(name string) bool {
	return name == "__flags" || name == "__methods" || name == "_obj" || name == "assert"
}

// Proxify is utils.proxify: the object behind a proxy that throws when a name is
// read that does not exist. For the function of a method that is no link of the
// chain, method is its name, and the error says so.
func (l *Library) Proxify(o *goja.Object, method string) goja.Value {
	if !l.ProxyOn() {
		return o
	}
	return l.B.VM.ToValue(l.B.VM.NewProxy(o, &goja.ProxyTrapConfig{
		Get: func(target *goja.Object, name string, _ goja.Value) goja.Value {
			if !l.excluded(name) && !l.B.HasProperty(target, name) {
				if method != "" {
					l.B.ThrowError("Invalid Chai property: " + method + "." + name + `. See docs for proper usage of "` + method + `".`)
				}
				l.B.ThrowError(nearest(name, l.namesOf(target)))
			}
			if !isInternal(name) {
				l.beginProxy(target)
			}
			return jsvalue.OrUndefined(target.Get(name))
		},
	}))
}

// beginProxy makes a proxy's reading the place where stack traces begin.
func (l *Library) beginProxy(target *goja.Object) {
	if a := l.assertionOf(target); a != nil {
		if !a.Is(lockSsfi) {
			a.origin = &origin{}
		}
		return
	}
	flags := l.flagsOf(target)
	if !jsvalue.Truthy(flags.Get("lockSsfi")) {
		jsvalue.Must(flags.Set("ssfi", l.B.Func("proxyGetter", func(goja.FunctionCall) goja.Value { return nil })))
	}
}

// namesOf are the names of an object and what it inherits from, in their order.
func (l *Library) namesOf(o *goja.Object) []string {
	var out []string
	for i := 0; o != nil && i < maxPrototypes; i++ {
		for _, name := range o.GetOwnPropertyNames() {
			if !slices.Contains(out, name) {
				out = append(out, name)
			}
		}
		o = o.Prototype()
	}
	return slices.DeleteFunc(out, func(name string) bool {
		return isInternal(name) || ofObject(name)
	})
}

// ofObject says whether every object inherits a name, which is never suggested then.
func ofObject(name string) bool {
	switch name {
	case "constructor", "__defineGetter__", "__defineSetter__", "hasOwnProperty", "__lookupGetter__", "__lookupSetter__",
		"isPrototypeOf", "propertyIsEnumerable", "toString", "valueOf", "__proto__", "toLocaleString":
		return true
	}
	return false
}

// LengthGuard is utils.addLengthGuard: reading the length of a function of the
// chain throws, since it is never what was meant.
func (l *Library) LengthGuard(fn *goja.Object, name string, chainable bool) {
	text := "Invalid Chai property: " + name + `.length. See docs for proper usage of "` + name + `".`
	if chainable {
		text = chainedLength(name)
	}
	get := l.B.VM.ToValue(func(goja.FunctionCall) goja.Value {
		l.B.ThrowError(text)
		return nil
	})
	jsvalue.Must(fn.DefineAccessorProperty("length", get, nil, goja.FLAG_TRUE, goja.FLAG_FALSE))
}

func chainedLength(name string) string {
	return "Invalid Chai property: " + name + `.length. Due to a compatibility issue, "length" cannot directly follow "` +
		name + `". Use "` + name + `.lengthOf" instead.`
}

// methodFunc makes the function that stands for a method on every assertion.
func (l *Library) methodFunc(k *link) *goja.Object {
	if k.fn != nil {
		return k.fn
	}
	var fn *goja.Object
	fn = l.B.Func("methodWrapper", func(call goja.FunctionCall) goja.Value {
		a := l.Receiver(call.This)
		if l.shown {
			a.begin(fn)
			a.at = k
			defer a.giveBack()
		}
		if v := k.method(a, call.Arguments); !jsvalue.IsUndefined(v) {
			return v
		}
		return a.follow()
	})
	// What a function does not have ends at a guard, which explains the mistake.
	jsvalue.Must(fn.Delete("length"))
	guarded := l.B.VM.NewDynamicObject(&guard{l: l, method: k.name})
	jsvalue.Must(guarded.SetPrototype(l.B.FunctionProto))
	jsvalue.Must(fn.SetPrototype(guarded))
	k.fn = fn
	return fn
}

// chainable makes the function that reading a chainable method gives while the
// prototype is not shown.
func (l *Library) chainable(a *Assertion, k *link) goja.Value {
	k.chain(a)
	b := a.Next()
	b.chained = k.name
	fn := l.B.VM.ToValue(func(call goja.FunctionCall) goja.Value {
		on := a
		if call.This != goja.Value(a.self) {
			on = l.Receiver(call.This)
		}
		return l.continued(on, k.method(on, call.Arguments))
	}).(*goja.Object)
	jsvalue.Must(fn.Delete("length"))
	jsvalue.Must(fn.SetPrototype(b.Value()))
	return fn
}
