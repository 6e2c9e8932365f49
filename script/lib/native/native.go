// Package native is the ground that every module of the sandbox stands on: what a
// module may use of the outside world, and how Go functions are shown to scripts.
//
// A function made here never lets a Go runtime panic escape: it becomes a
// JavaScript Error. Thrown JavaScript values and interrupts pass through.
package native

import (
	"errors"
	"fmt"
	"io"
	"runtime"
	"time"

	"github.com/dop251/goja"
)

// MaxString is the longest string V8 allows, in UTF-16 units. Longer ones are
// refused with V8's RangeError before they are built.
const MaxString = 1<<29 - 24

// MaxBuffer is the largest ArrayBuffer, Buffer or Blob that scripts may make, in
// bytes. It is a guard against allocation bombs, far above what responses need.
const MaxBuffer = 1 << 30

// An Env is what the modules of one runtime share. VM must be set; everything else
// may be zero, and what needs it then throws. An Env belongs to one runtime and,
// like it, is not safe for concurrent use.
type Env struct {
	VM   *goja.Runtime
	Rand io.Reader        // source of uuid, random words and crypto.getRandomValues
	Now  func() time.Time // clock of events and time stamps

	// Stopped says that the script has been interrupted. Go loops whose length a
	// script chooses ask it, because the engine cannot break into them. Nil means
	// that nothing stops them.
	Stopped func() bool

	// Timers holds the sandbox's setTimeout, clearTimeout and so on by name, as
	// require('timers') and the modules that defer work see them.
	Timers map[string]goja.Value
	// JSON is the sandbox's JSON object, the value of require('json'); nil means
	// the engine's own.
	JSON goja.Value
	// Console gives the sandbox's console, for modules that warn; nil means the global of that name.
	Console func() goja.Value
	// Require loads another module of the same set. The set fills it in.
	Require func(name string) goja.Value
	// Wrap makes a Buffer that owns b. The module buffer fills it in when it is first loaded.
	Wrap func(b []byte) *goja.Object

	errors map[string]*goja.Object // captured error constructors by name
}

// Func shows fn to scripts as a function of that name and length. Go runtime
// panics inside fn become a JavaScript Error.
func (e *Env) Func(name string, length int, fn func(goja.FunctionCall) goja.Value) *goja.Object {
	guarded := func(call goja.FunctionCall) (v goja.Value) {
		defer e.guard(name)
		v = fn(call)
		if v == nil {
			v = goja.Undefined()
		}
		return v
	}
	f := e.VM.ToValue(guarded).(*goja.Object)
	e.describe(f, name, length)
	return f
}

// Constructor shows fn to scripts as a constructor. It is called with and without
// new; a nil result means call.This.
func (e *Env) Constructor(name string, length int, fn func(goja.ConstructorCall) *goja.Object) *goja.Object {
	f := e.VM.ToValue(func(call goja.ConstructorCall) *goja.Object {
		defer e.guard(name)
		return fn(call)
	}).(*goja.Object)
	e.describe(f, name, length)
	return f
}

func (e *Env) describe(f *goja.Object, name string, length int) {
	_ = f.DefineDataProperty("name", e.VM.ToValue(name), goja.FLAG_FALSE, goja.FLAG_TRUE, goja.FLAG_FALSE)
	_ = f.DefineDataProperty("length", e.VM.ToValue(length), goja.FLAG_FALSE, goja.FLAG_TRUE, goja.FLAG_FALSE)
}

// guard turns a Go runtime panic into a thrown Error and lets everything else,
// which is the engine's own unwinding, go on.
func (e *Env) guard(name string) {
	switch x := recover().(type) {
	case nil:
	case runtime.Error:
		e.Throw("Error", fmt.Sprintf("%s: internal error: %v", name, x))
	default:
		panic(x)
	}
}

// Method defines a hidden (non-enumerable) function on obj, as classes have them.
func (e *Env) Method(obj *goja.Object, name string, length int, fn func(goja.FunctionCall) goja.Value) {
	e.Hidden(obj, name, e.Func(name, length, fn))
}

// Hidden defines a writable, non-enumerable property.
func (e *Env) Hidden(obj *goja.Object, name string, v goja.Value) {
	_ = obj.DefineDataProperty(name, v, goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE)
}

// Getter defines a read-only accessor.
func (e *Env) Getter(obj *goja.Object, name string, enumerable bool, fn func(this goja.Value) goja.Value) {
	get := e.Func("get "+name, 0, func(call goja.FunctionCall) goja.Value { return fn(call.This) })
	_ = obj.DefineAccessorProperty(name, get, nil, goja.FLAG_TRUE, goja.ToFlag(enumerable))
}

// Accessor defines a property with getter and setter.
func (e *Env) Accessor(obj *goja.Object, name string, get func(this goja.Value) goja.Value, set func(this, v goja.Value)) {
	g := e.Func("get "+name, 0, func(call goja.FunctionCall) goja.Value { return get(call.This) })
	s := e.Func("set "+name, 1, func(call goja.FunctionCall) goja.Value {
		set(call.This, call.Argument(0))
		return goja.Undefined()
	})
	_ = obj.DefineAccessorProperty(name, g, s, goja.FLAG_TRUE, goja.FLAG_TRUE)
}

// Throw throws a new error of the named constructor ("TypeError", "RangeError" …).
// It does not return.
func (e *Env) Throw(kind, message string) {
	panic(e.NewError(kind, message))
}

// ThrowCode throws as Throw does, with a Node error code in the code property.
func (e *Env) ThrowCode(kind, code, message string) {
	err := e.NewError(kind, message)
	_ = err.Set("code", code)
	panic(err)
}

// Throwf throws as Throw does, with a formatted message.
func (e *Env) Throwf(kind, format string, args ...any) {
	e.Throw(kind, fmt.Sprintf(format, args...))
}

// NewError makes an error object of the named constructor without throwing it.
func (e *Env) NewError(kind, message string) *goja.Object {
	ctor := e.errors[kind]
	if ctor == nil {
		ctor, _ = e.VM.GlobalObject().Get(kind).(*goja.Object)
		if ctor == nil {
			ctor = e.VM.GlobalObject().Get("Error").(*goja.Object)
		}
		if e.errors == nil {
			e.errors = map[string]*goja.Object{}
		}
		e.errors[kind] = ctor
	}
	err, failure := e.VM.New(ctor, e.VM.ToValue(message))
	if failure != nil {
		panic(failure)
	}
	return err
}

// Check throws err if it is one. Exceptions keep their JavaScript value and stack;
// interrupts go on up, past any catch of the script.
func (e *Env) Check(err error) {
	if err == nil {
		return
	}
	var exception *goja.Exception
	if errors.As(err, &exception) {
		panic(exception)
	}
	panic(err)
}

// Call calls a JavaScript function value and throws what it throws. A value that
// is no function throws the TypeError V8 gives for "what is not a function".
func (e *Env) Call(fn, this goja.Value, what string, args ...goja.Value) goja.Value {
	call, ok := goja.AssertFunction(fn)
	if !ok {
		e.Throw("TypeError", what+" is not a function")
	}
	v, err := call(this, args...)
	e.Check(err)
	return v
}

// Pause gives up a long Go loop when the script has been interrupted. Loops call it
// with their counter; only every 4096th call asks.
func (e *Env) Pause(n int) {
	if n&4095 == 4095 && e.Stopped != nil && e.Stopped() {
		e.Throw("Error", "interrupted")
	}
}

// Random returns n bytes of the injected source.
func (e *Env) Random(n int) []byte {
	b := make([]byte, n)
	if e.Rand == nil {
		e.Throw("Error", "no random source")
	}
	if _, err := io.ReadFull(e.Rand, b); err != nil {
		e.Throw("Error", "reading random bytes: "+err.Error())
	}
	return b
}

// Defer runs fn as a microtask. What it throws becomes an unhandled rejection.
func (e *Env) Defer(fn goja.Value) {
	p, resolve, _ := e.VM.NewPromise()
	e.Check(resolve(goja.Undefined()))
	promise := e.VM.ToValue(p).ToObject(e.VM)
	callback := e.VM.ToValue(func(goja.FunctionCall) goja.Value {
		return e.Call(fn, goja.Undefined(), "callback")
	})
	e.Call(promise.Get("then"), promise, "then", callback)
}
