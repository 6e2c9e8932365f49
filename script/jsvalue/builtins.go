// Package jsvalue is one set of helpers around goja: JavaScript's operators on
// values (typeof, ===, ToString), text that keeps lone surrogates, the classes of
// objects, and the built-in functions of a runtime as they were before scripts ran.
package jsvalue

import (
	"fmt"
	"reflect"

	"github.com/dop251/goja"
)

// tickEvery is the number of steps after which a long loop in Go lets the
// engine look for an interrupt.
const tickEvery = 4096

// Builtins are the built-in objects and functions of one runtime. They are read
// once, before user code runs: a script may then patch or delete what it likes
// without changing what Go does with them. They belong to the runtime's goroutine.
type Builtins struct {
	VM *goja.Runtime

	ObjectProto, FunctionProto *goja.Object
	ErrorClass, TypeErrorClass *goja.Object
	RegExpClass                *goja.Object
	NewError, NewRangeError    goja.Constructor
	Has, HasOwn                goja.Callable // Reflect.has, Object.prototype.hasOwnProperty
	ArrayIsArray               goja.Callable
	OwnSymbols, OwnDescriptor  goja.Callable
	IsExtensible               goja.Callable
	IsSealed, IsFrozen         goja.Callable
	MapEach, SetEach           goja.Callable // Map.prototype.forEach, Set.prototype.forEach
	MapSize, SetSize           goja.Callable // the getters, which refuse other objects
	SetHas, WeakSetHas         goja.Callable
	DateTime, DateISO          goja.Callable // Date.prototype.getTime, toISOString
	FunctionCall               goja.Value
	FunctionApply              goja.Value
	InspectSymbol              *goja.Symbol // Symbol.for("chai/inspect")
	ProxyType                  reflect.Type

	// PlainErrors is a class whose instances count as plain objects although the
	// engine made them as errors; nil for none.
	PlainErrors *goja.Object

	// Depth is the nesting of the values that Go is walking through. All walks of
	// a runtime share it: a getter can start the next walk within one.
	Depth int

	noop  goja.Callable // an empty script function, for Tick
	steps uint
}

// Capture reads the built-ins of a runtime that no script has touched yet.
func Capture(vm *goja.Runtime) *Builtins {
	object, errorClass := ctor(vm, "Object"), ctor(vm, "Error")
	fn := Proto(ctor(vm, "Function"))
	b := &Builtins{
		VM:             vm,
		ObjectProto:    Proto(object),
		FunctionProto:  fn,
		ErrorClass:     errorClass,
		TypeErrorClass: ctor(vm, "TypeError"),
		RegExpClass:    ctor(vm, "RegExp"),
		Has:            method(ctor(vm, "Reflect"), "has"),
		HasOwn:         method(Proto(object), "hasOwnProperty"),
		ArrayIsArray:   method(ctor(vm, "Array"), "isArray"),
		OwnSymbols:     method(object, "getOwnPropertySymbols"),
		OwnDescriptor:  method(object, "getOwnPropertyDescriptor"),
		IsExtensible:   method(object, "isExtensible"),
		IsSealed:       method(object, "isSealed"),
		IsFrozen:       method(object, "isFrozen"),
		MapEach:        method(Proto(ctor(vm, "Map")), "forEach"),
		SetEach:        method(Proto(ctor(vm, "Set")), "forEach"),
		SetHas:         method(Proto(ctor(vm, "Set")), "has"),
		WeakSetHas:     method(Proto(ctor(vm, "WeakSet")), "has"),
		DateTime:       method(Proto(ctor(vm, "Date")), "getTime"),
		DateISO:        method(Proto(ctor(vm, "Date")), "toISOString"),
		ProxyType:      reflect.TypeFor[goja.Proxy](),
	}
	b.MapSize = b.Getter(Proto(ctor(vm, "Map")), vm.ToValue("size"))
	b.SetSize = b.Getter(Proto(ctor(vm, "Set")), vm.ToValue("size"))
	if fn != nil {
		b.FunctionCall, b.FunctionApply = fn.Get("call"), fn.Get("apply")
	}
	b.NewError, _ = goja.AssertConstructor(errorClass)
	b.NewRangeError, _ = goja.AssertConstructor(ctor(vm, "RangeError"))
	if v, err := method(ctor(vm, "Symbol"), "for")(goja.Undefined(), vm.ToValue("chai/inspect")); err == nil {
		b.InspectSymbol, _ = v.(*goja.Symbol)
	}
	return b
}

// Getter finds the getter of an own accessor property. Calling it fails when
// there is no such property.
func (b *Builtins) Getter(of *goja.Object, name goja.Value) goja.Callable {
	return method(b.Descriptor(of, name), "get")
}

// Descriptor is Object.getOwnPropertyDescriptor, nil when there is no such property.
func (b *Builtins) Descriptor(of *goja.Object, name goja.Value) *goja.Object {
	if of == nil {
		return nil
	}
	d, err := b.OwnDescriptor(goja.Undefined(), of, name)
	if err != nil {
		return nil
	}
	descriptor, _ := d.(*goja.Object)
	return descriptor
}

// ctor finds a global constructor, or an empty object where a script has removed
// it: a package may capture the built-ins of a runtime that scripts have used.
func ctor(vm *goja.Runtime, name string) *goja.Object {
	if o, ok := vm.GlobalObject().Get(name).(*goja.Object); ok {
		return o
	}
	return vm.NewObject()
}

// Proto is the prototype property of a class, nil when it is no object.
func Proto(of *goja.Object) *goja.Object {
	o, _ := of.Get("prototype").(*goja.Object)
	return o
}

// method is a built-in function as it was when the runtime began. One that was removed before throws when it is used.
func method(of *goja.Object, name string) goja.Callable {
	if of != nil {
		if fn, ok := goja.AssertFunction(of.Get(name)); ok {
			return fn
		}
	}
	return func(goja.Value, ...goja.Value) (goja.Value, error) {
		return nil, fmt.Errorf("the script removed the built-in %s", name)
	}
}

// Call runs a JavaScript function from within Go code that a script called. What
// it throws is thrown on, an interrupt included.
func Call(fn goja.Callable, this goja.Value, args ...goja.Value) goja.Value {
	v, err := fn(this, args...)
	if err != nil {
		panic(err)
	}
	return v
}

// Must throws on what only fails for objects that are not ours.
func Must(err error) {
	if err != nil {
		panic(err)
	}
}

// Func makes a function of that name.
func (b *Builtins) Func(name string, fn func(goja.FunctionCall) goja.Value) *goja.Object {
	o := b.VM.ToValue(fn).(*goja.Object)
	Rename(o, name, b.VM)
	return o
}

// Rename gives a function or class another name.
func Rename(fn *goja.Object, name string, vm *goja.Runtime) {
	Must(fn.DefineDataProperty("name", vm.ToValue(name), goja.FLAG_FALSE, goja.FLAG_TRUE, goja.FLAG_FALSE))
}

// Hide sets a property that is not enumerable, like a built-in method.
func Hide(o *goja.Object, name string, v goja.Value) {
	Must(o.DefineDataProperty(name, v, goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE))
}

// Step counts the rounds of loops that a script can make long.
func (b *Builtins) Step() {
	if b.steps++; b.steps%tickEvery == 0 {
		b.Tick()
	}
}

// Tick lets an interrupt end a long loop: only script code looks for one.
func (b *Builtins) Tick() {
	if b.noop == nil {
		v, err := b.VM.RunString("(function () {})")
		Must(err)
		b.noop, _ = goja.AssertFunction(v)
	}
	Call(b.noop, goja.Undefined())
}
