package chai

import (
	"fmt"
	"reflect"

	"github.com/dop251/goja"
)

// intrinsics are the built-in objects and methods that the assertions use. They
// are read once, before user code runs: a script may then patch or delete what
// it likes without changing what an assertion does.
type intrinsics struct {
	objectProto, functionProto *goja.Object
	errorCtor, typeErrorCtor   *goja.Object
	regExpCtor                 *goja.Object
	newError, newRangeError    goja.Constructor
	has, hasOwn                goja.Callable // Reflect.has, Object.prototype.hasOwnProperty
	isArray                    goja.Callable
	ownSymbols, ownDescriptor  goja.Callable
	isExtensible               goja.Callable
	isSealed, isFrozen         goja.Callable
	mapEach, setEach           goja.Callable // Map.prototype.forEach, Set.prototype.forEach
	mapSize, setSize           goja.Callable // the getters, which refuse other objects
	setHas, weakSetHas         goja.Callable
	dateTime, dateISO          goja.Callable // Date.prototype.getTime, toISOString
	functionCall               goja.Value
	functionApply              goja.Value
	inspectSymbol              *goja.Symbol // Symbol.for("chai/inspect")
	proxyType                  reflect.Type
	assertionType              reflect.Type
}

// capture reads the intrinsics of a runtime that no script has touched yet.
func capture(vm *goja.Runtime) intrinsics {
	object, errorCtor := ctor(vm, "Object"), ctor(vm, "Error")
	fn := proto(ctor(vm, "Function"))
	in := intrinsics{
		objectProto:   proto(object),
		functionProto: fn,
		errorCtor:     errorCtor,
		typeErrorCtor: ctor(vm, "TypeError"),
		regExpCtor:    ctor(vm, "RegExp"),
		has:           method(ctor(vm, "Reflect"), "has"),
		hasOwn:        method(proto(object), "hasOwnProperty"),
		isArray:       method(ctor(vm, "Array"), "isArray"),
		ownSymbols:    method(object, "getOwnPropertySymbols"),
		ownDescriptor: method(object, "getOwnPropertyDescriptor"),
		isExtensible:  method(object, "isExtensible"),
		isSealed:      method(object, "isSealed"),
		isFrozen:      method(object, "isFrozen"),
		mapEach:       method(proto(ctor(vm, "Map")), "forEach"),
		setEach:       method(proto(ctor(vm, "Set")), "forEach"),
		setHas:        method(proto(ctor(vm, "Set")), "has"),
		weakSetHas:    method(proto(ctor(vm, "WeakSet")), "has"),
		dateTime:      method(proto(ctor(vm, "Date")), "getTime"),
		dateISO:       method(proto(ctor(vm, "Date")), "toISOString"),
		proxyType:     reflect.TypeOf(goja.Proxy{}),
		assertionType: reflect.TypeOf((*handler)(nil)),
	}
	in.mapSize = in.getter(proto(ctor(vm, "Map")), vm.ToValue("size"))
	in.setSize = in.getter(proto(ctor(vm, "Set")), vm.ToValue("size"))
	if fn != nil {
		in.functionCall, in.functionApply = fn.Get("call"), fn.Get("apply")
	}
	in.newError, _ = goja.AssertConstructor(errorCtor)
	in.newRangeError, _ = goja.AssertConstructor(ctor(vm, "RangeError"))
	if v, err := method(ctor(vm, "Symbol"), "for")(goja.Undefined(), vm.ToValue("chai/inspect")); err == nil {
		in.inspectSymbol, _ = v.(*goja.Symbol)
	}
	return in
}

// getter finds the getter of an accessor property.
func (in *intrinsics) getter(of *goja.Object, name goja.Value) goja.Callable {
	if of == nil {
		return method(nil, name.String())
	}
	d, err := in.ownDescriptor(goja.Undefined(), of, name)
	if err != nil {
		return method(nil, name.String())
	}
	descriptor, _ := d.(*goja.Object)
	return method(descriptor, "get")
}

// ctor finds a global constructor, or an empty object where a script has removed
// it: DeepEqual may run on such a runtime.
func ctor(vm *goja.Runtime, name string) *goja.Object {
	if o, ok := vm.GlobalObject().Get(name).(*goja.Object); ok {
		return o
	}
	return vm.NewObject()
}

func proto(of *goja.Object) *goja.Object {
	o, _ := of.Get("prototype").(*goja.Object)
	return o
}

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

// call runs a JavaScript function from within an assertion. What it throws is
// thrown on, an interrupt included.
func call(fn goja.Callable, this goja.Value, args ...goja.Value) goja.Value {
	v, err := fn(this, args...)
	if err != nil {
		panic(err)
	}
	return v
}
