package core

import "github.com/dop251/goja"

// intrinsics are the engine's own functions, remembered before a script can replace them.
type intrinsics struct {
	hasOwn      goja.Callable
	parse       goja.Callable
	errorClass  *goja.Object
	DateClass   *goja.Object
	regexpProto *goja.Object
	objectProto *goja.Object
	Iterator    goja.Callable // Array.prototype[Symbol.iterator]
	ToUTC       goja.Callable // Date.prototype.toUTCString
	RegexpExec  goja.Callable
	rangeError  *goja.Object
	Uint8Array  *goja.Object
	weakMap     *goja.Object
	weakGet     goja.Callable
	weakSet     goja.Callable
}

// captureIntrinsics remembers the built-in functions before a script can replace them.
func captureIntrinsics(vm *goja.Runtime) intrinsics {
	global := func(name string) *goja.Object { return vm.GlobalObject().Get(name).(*goja.Object) }
	proto := func(name string) *goja.Object { return global(name).Get("prototype").(*goja.Object) }
	call := func(v goja.Value) goja.Callable {
		fn, _ := goja.AssertFunction(v)
		return fn
	}
	object, weak := proto("Object"), proto("WeakMap")
	weakMap, err := vm.New(global("WeakMap"))
	if err != nil {
		panic(err) // a runtime without WeakMap is not the engine
	}
	return intrinsics{
		hasOwn:      call(object.Get("hasOwnProperty")),
		parse:       call(global("JSON").Get("parse")),
		errorClass:  global("Error"),
		DateClass:   global("Date"),
		regexpProto: proto("RegExp"),
		objectProto: object,
		Iterator:    call(proto("Array").Get("values")),
		ToUTC:       call(proto("Date").Get("toUTCString")),
		RegexpExec:  call(proto("RegExp").Get("exec")),
		rangeError:  global("RangeError"),
		Uint8Array:  global("Uint8Array"),
		weakMap:     weakMap,
		weakGet:     call(weak.Get("get")),
		weakSet:     call(weak.Get("set")),
	}
}
