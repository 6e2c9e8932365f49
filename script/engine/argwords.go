package engine

import (
	"strconv"

	"github.com/dop251/goja"

	"posthaste/script/jsvalue"
	"posthaste/script/lib/lazy"
)

// Some functions of the engine say of their arguments only what they are not. These say it in
// V8's words before. Scripts, and the people who read their errors, compare these texts.

// shownValue is a value as V8's messages show it: "#<Foo>" for an object of class Foo,
// "[object Array]" for a list, the source of a function.
func shownValue(v goja.Value) string {
	switch o := v.(type) {
	case *goja.Object:
		switch class := lazy.Class(o); {
		case jsvalue.IsFunction(o), class == "Error", class == "RegExp":
			return o.String()
		case class == "Array":
			return "[object Array]"
		default:
			return "#<" + class + ">"
		}
	case *goja.Symbol:
		return jsvalue.SymbolText(o)
	case nil:
		return "undefined"
	}
	return v.String()
}

// installArgumentWords puts the checks in front of the functions: Reflect.apply and
// construct, Function.prototype.apply, Array.from and Object.fromEntries. The first two also
// bound how many arguments are spread.
func installArgumentWords(r *Realm) {
	fail := func(message string) { panic(jsvalue.NewError(r.VM, "TypeError", message)) }
	// What is given as arguments must be an object; the engine would say "not a list" or
	// crash.
	list := func(v goja.Value) {
		if _, ok := v.(*goja.Object); !ok {
			fail("CreateListFromArrayLike called on non-object")
		}
	}
	reflect := r.VM.Get("Reflect").ToObject(r.VM)
	r.bound(reflect, "apply", func(call goja.FunctionCall) {
		f := call.Argument(0)
		if _, ok := goja.AssertFunction(f); !ok {
			fail("Function.prototype.apply was called on " + shownValue(f) + ", which is " + kindOf(f) + " and not a function")
		}
		list(call.Argument(2))
		r.bounds.spread(call.Argument(2))
	})
	r.bound(reflect, "construct", func(call goja.FunctionCall) {
		if _, ok := goja.AssertConstructor(call.Argument(0)); !ok {
			fail(shownValue(call.Argument(0)) + " is not a constructor")
		}
		list(call.Argument(1))
		r.bounds.spread(call.Argument(1))
	})
	r.bound(r.prototype("Function"), "apply", func(call goja.FunctionCall) {
		_, callable := goja.AssertFunction(call.This)
		if v := call.Argument(1); callable && !goja.IsUndefined(v) && !goja.IsNull(v) {
			list(v)
		}
		r.bounds.spread(call.Argument(1))
	})
	r.bound(r.VM.Get("Array").ToObject(r.VM), "from", func(call goja.FunctionCall) {
		if v := call.Argument(0); goja.IsUndefined(v) || goja.IsNull(v) {
			fail(notIterable(v))
		}
	})
	r.bound(r.VM.Get("Object").ToObject(r.VM), "fromEntries", func(call goja.FunctionCall) {
		if v := call.Argument(0); !goja.IsUndefined(v) && !goja.IsNull(v) && !r.bounds.canIterate(v) {
			fail(notIterable(v))
		}
	})
}

// kindOf is the kind of a value with its article, as V8 says it: "an object", "a number",
// "null".
func kindOf(v goja.Value) string {
	switch kind := jsvalue.TypeOf(v); {
	case v != nil && goja.IsNull(v):
		return "null"
	case kind == "object":
		return "an object"
	default:
		return "a " + kind
	}
}

// weakKeys refuses what cannot be a key of a WeakMap or an item of a WeakSet, where it is
// given as a list. Other iterables are left to the engine, since looking at them would use
// them up.
func (b *bounds) weakKeys(name string, v goja.Value) {
	o, ok := v.(*goja.Object)
	if !ok || lazy.Class(o) != "Array" {
		return
	}
	for i := range lengthOf(o) {
		item := o.Get(strconv.FormatInt(i, 10))
		entry, isObject := item.(*goja.Object)
		switch {
		case name == "WeakSet" && !isObject:
			panic(jsvalue.NewError(b.vm, "TypeError", "Invalid value used in weak set"))
		case name == "WeakMap" && !isObject:
			panic(jsvalue.NewError(b.vm, "TypeError", "Iterator value "+shownValue(item)+" is not an entry object"))
		case name == "WeakMap":
			if _, ok := entry.Get("0").(*goja.Object); !ok {
				panic(jsvalue.NewError(b.vm, "TypeError", "Invalid value used as weak map key"))
			}
		}
	}
}
