// Package buffer is Node's Buffer for scripts, with the surface, results and error
// texts of the buffer package 6.0.3 that Postman ships, and atob, btoa and
// string_decoder beside it.
//
// A Buffer is a real Uint8Array of the engine whose prototype is Buffer.prototype,
// so indexing, iteration and all typed array methods are the engine's own. The work
// on its bytes is done in Go.
package buffer

import (
	"fmt"
	"math"

	"github.com/dop251/goja"

	"posthaste/script/jsvalue"
	"posthaste/script/lib/lazy"
	"posthaste/script/lib/native"
)

// kMaxLength is the largest Buffer, in bytes. Node's is larger; the limit keeps a script from
// taking all memory.
const kMaxLength = native.MaxBuffer

// A Class is the Buffer of one runtime. It is not safe for concurrent use, like the runtime.
type Class struct {
	env   *native.Env
	ctor  *goja.Object // the Buffer function
	proto *goja.Object
	array *goja.Object // Uint8Array, as it was when the class was made
}

// New makes the value of require('buffer'): Buffer, SlowBuffer and the limits. It sets
// env.Wrap, so that other libraries return Buffers of the same class.
func New(env *native.Env) goja.Value {
	c := newClass(env)
	env.Wrap = c.wrap
	exports := env.VM.NewObject()
	_ = exports.Set("Buffer", c.ctor)
	_ = exports.Set("SlowBuffer", c.slowBuffer())
	c.addNewer(exports)
	_ = exports.Set("INSPECT_MAX_BYTES", 50) // bytes that inspect shows
	_ = exports.Set("kMaxLength", kMaxLength)
	_ = exports.Set("kStringMaxLength", native.MaxString)
	limits := env.VM.NewObject()
	_ = limits.Set("MAX_LENGTH", kMaxLength)
	_ = limits.Set("MAX_STRING_LENGTH", native.MaxString)
	_ = exports.Set("constants", limits)
	for _, name := range []string{"atob", "btoa"} {
		_ = exports.Set(name, env.Require(name))
	}
	return exports
}

// newClass makes Buffer as a subclass of Uint8Array that can also be called without new, as
// Node's. Uint8Array is the one at this moment: a script may replace the global one later.
func newClass(env *native.Env) *Class {
	c := &Class{env: env, array: env.VM.GlobalObject().Get("Uint8Array").(*goja.Object)}
	c.ctor = env.Constructor("Buffer", 3, func(call goja.ConstructorCall) *goja.Object {
		first := call.Argument(0)
		// Deprecated in Node, but collections of that time use it: new Buffer(5).
		if isNumber(first) {
			if jsvalue.IsString(call.Argument(1)) {
				env.Throw("TypeError", `The "string" argument must be of type string. Received type number`)
			}
			return c.alloc(c.size(first))
		}
		return c.from(first, call.Argument(1), call.Argument(2))
	})
	c.proto = env.VM.CreateObject(c.array.Get("prototype").(*goja.Object))
	env.Hidden(c.proto, "constructor", c.ctor)
	_ = c.ctor.Set("prototype", c.proto)
	_ = c.ctor.SetPrototype(c.array)
	c.statics()
	c.methods()
	c.conversions()
	c.searches()
	c.numbers()
	return c
}

// wrap makes a Buffer that owns b: the caller must not use b any more.
func (c *Class) wrap(b []byte) *goja.Object {
	return c.view(c.env.VM.ToValue(c.env.VM.NewArrayBuffer(b)))
}

// view makes a Buffer over an ArrayBuffer, which both share. bounds are byte offset and
// length; without them it covers all.
func (c *Class) view(buffer goja.Value, bounds ...int) *goja.Object {
	args := []goja.Value{buffer}
	for _, n := range bounds {
		args = append(args, c.env.VM.ToValue(n))
	}
	o, err := c.env.VM.New(c.array, args...)
	c.env.Check(err)
	// Only the prototype makes a typed array a Buffer.
	_ = o.SetPrototype(c.proto)
	return o
}

// alloc makes a Buffer of n zero bytes.
func (c *Class) alloc(n int) *goja.Object { return c.wrap(make([]byte, n)) }

// size checks a length that a script gives, as alloc does. NaN is 0, and a fraction is cut
// off.
func (c *Class) size(v goja.Value) int {
	if !isNumber(v) {
		c.env.Throw("TypeError", `"size" argument must be of type number`)
	}
	f := v.ToFloat()
	if f < 0 || f > kMaxLength {
		c.env.Throwf("RangeError", `The value "%s" is invalid for option "size"`, v)
	}
	if math.IsNaN(f) {
		return 0
	}
	return int(f)
}

// is says whether v is a Buffer, of this runtime's class or of a copy of it: the buffer
// package recognises its objects by _isBuffer, so bundles with their own copy get along.
func (c *Class) is(v goja.Value) bool {
	o := jsvalue.Object(v)
	// The prototype has the mark too, but no bytes.
	if o == nil || o == c.proto || !native.IsTyped(o) {
		return false
	}
	mark := o.Get("_isBuffer")
	return mark != nil && mark.ToBoolean()
}

// bytes is the memory of a Buffer or typed array, not a copy; ok is false for anything else.
func (c *Class) bytes(v goja.Value) ([]byte, bool) {
	o := jsvalue.Object(v)
	if o == nil || !native.IsTyped(o) {
		return nil, false
	}
	return c.env.Bytes(o)
}

// this is the memory of the Buffer that a method is called on. A method that was taken off
// and called on something else throws.
func (c *Class) this(call goja.FunctionCall) []byte {
	b, ok := c.bytes(call.This)
	if !ok {
		c.env.Throw("TypeError", "argument must be a buffer")
	}
	return b
}

// statics are Buffer.from and its like. allocUnsafe is filled with zeros here too: scripts
// must not see memory that held something else.
func (c *Class) statics() {
	env, vm := c.env, c.env.VM
	_ = c.ctor.Set("poolSize", 8192)
	_ = c.ctor.Set("TYPED_ARRAY_SUPPORT", true)
	c.env.Hidden(c.proto, "_isBuffer", vm.ToValue(true))
	env.Method(c.ctor, "from", 3, func(call goja.FunctionCall) goja.Value {
		return c.from(call.Argument(0), call.Argument(1), call.Argument(2))
	})
	env.Method(c.ctor, "alloc", 3, func(call goja.FunctionCall) goja.Value {
		o := c.alloc(c.size(call.Argument(0)))
		if b, _ := c.bytes(o); len(b) > 0 && !goja.IsUndefined(call.Argument(1)) {
			c.fill(b, call.Argument(1), goja.Undefined(), goja.Undefined(), call.Argument(2))
		}
		return o
	})
	for _, name := range []string{"allocUnsafe", "allocUnsafeSlow"} {
		env.Method(c.ctor, name, 1, func(call goja.FunctionCall) goja.Value { return c.alloc(c.size(call.Argument(0))) })
	}
	env.Method(c.ctor, "isBuffer", 1, func(call goja.FunctionCall) goja.Value { return vm.ToValue(c.is(call.Argument(0))) })
	env.Method(c.ctor, "isEncoding", 1, func(call goja.FunctionCall) goja.Value {
		_, ok := encodingOf(call.Argument(0).String())
		return vm.ToValue(ok)
	})
	env.Method(c.ctor, "compare", 2, func(call goja.FunctionCall) goja.Value {
		a, ok1 := c.bytes(call.Argument(0))
		b, ok2 := c.bytes(call.Argument(1))
		if !ok1 || !ok2 {
			env.Throw("TypeError", `The "buf1", "buf2" arguments must be one of type Buffer or Uint8Array`)
		}
		return vm.ToValue(compare(a, b))
	})
	env.Method(c.ctor, "byteLength", 2, func(call goja.FunctionCall) goja.Value { return c.byteLength(call) })
	env.Method(c.ctor, "concat", 2, func(call goja.FunctionCall) goja.Value { return c.concat(call) })
}

// byteLength is Buffer.byteLength, in bytes. It takes an unknown encoding for UTF-8, as Node
// does.
func (c *Class) byteLength(call goja.FunctionCall) goja.Value {
	v := call.Argument(0)
	if b, ok := c.env.Bytes(v); ok {
		return c.env.VM.ToValue(len(b))
	}
	if !jsvalue.IsString(v) {
		c.env.Throw("TypeError", `The "string" argument must be one of type string, Buffer, or ArrayBuffer. Received type `+jsvalue.TypeOf(v))
	}
	e, ok := encodingOf(encodingName(call.Argument(1)))
	if !ok {
		e = utf8Encoding
	}
	if e == base64Encoding || e == base64URLEncoding || e == hexEncoding {
		// Half of the characters, whether they are hexadecimal or not.
		n := len(native.UTF16(v))
		if e == hexEncoding {
			return c.env.VM.ToValue(n / 2)
		}
	}
	return c.env.VM.ToValue(len(encode(v, e)))
}

// concat is Buffer.concat. A total that is given cuts the result off or fills it up with
// zeros.
func (c *Class) concat(call goja.FunctionCall) goja.Value {
	env := c.env
	list := jsvalue.Object(call.Argument(0))
	// lazy.Class: an array out of pm.response.json() may not be built yet.
	if list == nil || lazy.Class(list) != "Array" {
		env.Throw("TypeError", `"list" argument must be an Array of Buffers`)
	}
	n := int(list.Get("length").ToInteger())
	parts := make([][]byte, n)
	total := 0
	for i := range parts {
		b, ok := c.bytes(list.Get(fmt.Sprint(i)))
		if !ok {
			env.Throw("TypeError", `"list" argument must be an Array of Buffers`)
		}
		parts[i] = b
		total += len(b)
	}
	if n == 0 {
		return c.alloc(0)
	}
	if v := call.Argument(1); !goja.IsUndefined(v) {
		total = c.size(v.ToNumber())
	}
	if total > kMaxLength {
		env.Throwf("RangeError", `The value "%d" is invalid for option "size"`, total)
	}
	out := make([]byte, total)
	at := 0
	for _, b := range parts {
		at += copy(out[at:], b)
	}
	return c.wrap(out)
}

func isNumber(v goja.Value) bool { return goja.IsNumber(v) }
