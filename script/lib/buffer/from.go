package buffer

import (
	"fmt"
	"math"

	"github.com/dop251/goja"

	"posthaste/script/jsvalue"
	"posthaste/script/lib/lazy"
	"posthaste/script/lib/native"
)

// from is Buffer.from: text (with an encoding as second), bytes (copied), an ArrayBuffer
// (shared, with byte offset and length), or what looks like an array. Everything else throws
// Node's TypeError.
func (c *Class) from(v, second, third goja.Value) *goja.Object {
	if jsvalue.IsString(v) {
		name := encodingName(second)
		e, ok := encodingOf(name)
		if !ok {
			c.env.Throw("TypeError", "Unknown encoding: "+name)
		}
		return c.wrap(encode(v, e))
	}
	o := jsvalue.Object(v)
	if o == nil {
		c.refuse(v)
	}
	if native.IsTyped(o) {
		return c.wrap(c.elements(o))
	}
	if x, ok := c.env.Bytes(o); ok {
		if native.IsView(o) {
			return c.alloc(0) // a DataView has no length
		}
		return c.share(o, len(x), second, third)
	}
	if found := c.fromObject(o); found != nil {
		return found
	}
	// An object that stands for a text or a number, such as new String("a").
	if valueOf, ok := goja.AssertFunction(o.Get("valueOf")); ok {
		primitive, err := valueOf(o)
		c.env.Check(err)
		if !jsvalue.IsNullish(primitive) && !primitive.SameAs(o) {
			return c.from(primitive, second, third)
		}
	}
	c.refuse(v)
	return nil
}

// refuse throws the message of the buffer package for a value that from does not take.
func (c *Class) refuse(v goja.Value) {
	if isNumber(v) {
		c.env.Throw("TypeError", `The "value" argument must not be of type number. Received type number`)
	}
	c.env.Throw("TypeError", "The first argument must be one of type string, Buffer, ArrayBuffer, Array, or Array-like Object. Received type "+jsvalue.TypeOf(v))
}

// elements copies a typed array, each element modulo 256: a Uint16Array of [256] is one zero
// byte, not two bytes.
func (c *Class) elements(o *goja.Object) []byte {
	// A Uint8Array exports its bytes in one step.
	if b, ok := o.Export().([]byte); ok {
		return append([]byte{}, b...)
	}
	return c.arrayLike(o)
}

// share makes a Buffer over an ArrayBuffer of n bytes. Both see each other's changes. offset
// and length are in bytes; out of bounds throws.
func (c *Class) share(o *goja.Object, n int, offset, length goja.Value) *goja.Object {
	from := 0
	if offset.ToBoolean() {
		from = int(offset.ToInteger())
	}
	if from < 0 || n < from {
		c.env.Throw("RangeError", `"offset" is outside of buffer bounds`)
	}
	if goja.IsUndefined(length) {
		return c.view(o, from)
	}
	count := int(length.ToInteger())
	if count < 0 || n < from+count {
		c.env.Throw("RangeError", `"length" is outside of buffer bounds`)
	}
	return c.view(o, from, count)
}

// fromObject takes arrays, array-likes and the JSON form of a Buffer, {type: "Buffer", data:
// […]}. It returns nil for everything else.
func (c *Class) fromObject(o *goja.Object) *goja.Object {
	if length := o.Get("length"); length != nil && !goja.IsUndefined(length) {
		// new String("ab") has a length too; its valueOf is used instead.
		if o.ClassName() == "String" {
			return nil
		}
		if !isNumber(length) || math.IsNaN(length.ToFloat()) {
			return c.alloc(0)
		}
		return c.wrap(c.arrayLike(o))
	}
	if kind := o.Get("type"); kind != nil && kind.String() == "Buffer" {
		if data := jsvalue.Object(o.Get("data")); data != nil && lazy.Class(data) == "Array" {
			return c.wrap(c.arrayLike(data))
		}
	}
	return nil
}

// arrayLike copies numbers as bytes, modulo 256; what is not a number is 0. A negative length
// is 0.
func (c *Class) arrayLike(o *goja.Object) []byte {
	n := o.Get("length").ToInteger()
	if n > kMaxLength {
		c.env.Throwf("RangeError", "Attempt to allocate Buffer larger than maximum size: 0x%x bytes", kMaxLength)
	}
	b := make([]byte, max(n, 0))
	if items, ok := plainNumbers(o); ok && len(items) == len(b) {
		copy(b, items)
		return b
	}
	for i := range b {
		if item := o.Get(fmt.Sprint(i)); item != nil {
			b[i] = byte(wrap32(item.ToFloat()))
		}
	}
	return b
}

// plainNumbers is the fast way for a real array that holds only integers. ok is false when
// there is anything else in it; the slow way is right for all.
func plainNumbers(o *goja.Object) ([]byte, bool) {
	o = lazy.Real(o)
	if o.ClassName() != "Array" {
		return nil, false
	}
	items, ok := o.Export().([]any)
	if !ok {
		return nil, false
	}
	b := make([]byte, len(items))
	for i, item := range items {
		n, ok := item.(int64)
		if !ok {
			return nil, false
		}
		b[i] = byte(n)
	}
	return b, true
}

// wrap32 is JavaScript's ToUint32 (ECMA-262, 7.1.7): -1 is 4294967295, NaN is 0.
func wrap32(f float64) uint32 {
	if math.IsNaN(f) || math.IsInf(f, 0) {
		return 0
	}
	return uint32(int64(math.Mod(math.Trunc(f), 1<<32)))
}
