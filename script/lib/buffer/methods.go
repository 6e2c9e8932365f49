package buffer

import (
	"bytes"
	"encoding/hex"
	"math"
	"strings"

	"github.com/dop251/goja"

	"posthaste/script/jsvalue"
)

// compare is -1, 0 or 1, by the first byte that differs, then by length.
func compare(a, b []byte) int { return bytes.Compare(a, b) }

// methods defines what works on whole Buffers. parent and offset are old names that the
// buffer package still has.
func (c *Class) methods() {
	env, vm := c.env, c.env.VM
	env.Getter(c.proto, "parent", true, func(this goja.Value) goja.Value {
		if !c.is(this) {
			return goja.Undefined()
		}
		return this.(*goja.Object).Get("buffer")
	})
	env.Getter(c.proto, "offset", true, func(this goja.Value) goja.Value {
		if !c.is(this) {
			return goja.Undefined()
		}
		return this.(*goja.Object).Get("byteOffset")
	})
	// slice shares the memory, unlike Uint8Array's own slice; that is Node's documented
	// difference.
	slice := func(call goja.FunctionCall) goja.Value {
		from, to := bounds(len(c.this(call)), call.Argument(0), call.Argument(1))
		o := call.This.(*goja.Object)
		return c.view(o.Get("buffer"), int(o.Get("byteOffset").ToInteger())+from, to-from)
	}
	env.Method(c.proto, "slice", 2, slice)
	env.Method(c.proto, "subarray", 2, slice)
	env.Method(c.proto, "equals", 1, func(call goja.FunctionCall) goja.Value {
		other, ok := c.bytes(call.Argument(0))
		if !ok {
			env.Throw("TypeError", "Argument must be a Buffer")
		}
		return vm.ToValue(bytes.Equal(c.this(call), other))
	})
	env.Method(c.proto, "compare", 5, func(call goja.FunctionCall) goja.Value { return c.compareRange(call) })
	env.Method(c.proto, "copy", 4, func(call goja.FunctionCall) goja.Value { return c.copy(call) })
	env.Method(c.proto, "fill", 4, func(call goja.FunctionCall) goja.Value {
		c.fill(c.this(call), call.Argument(0), call.Argument(1), call.Argument(2), call.Argument(3))
		return call.This
	})
	env.Method(c.proto, "toJSON", 0, func(call goja.FunctionCall) goja.Value {
		b := c.this(call)
		items := make([]any, len(b))
		for i, x := range b {
			items[i] = int64(x)
		}
		o := vm.NewObject()
		_ = o.Set("type", "Buffer")
		_ = o.Set("data", vm.NewArray(items...))
		return o
	})
	env.Method(c.proto, "inspect", 0, func(call goja.FunctionCall) goja.Value {
		return vm.ToValue(Inspect(c.this(call)))
	})
	c.swap("swap16", 2, "16")
	c.swap("swap32", 4, "32")
	c.swap("swap64", 8, "64")
}

// Inspect is how consoles show a Buffer: its first 50 bytes in hexadecimal, and how many more
// there are. It is used by console.log of whole objects too.
func Inspect(b []byte) string {
	var out strings.Builder
	out.WriteString("<Buffer")
	for _, x := range b[:min(len(b), 50)] {
		out.WriteString(" " + hex.EncodeToString([]byte{x}))
	}
	if more := len(b) - 50; more > 0 {
		out.WriteString(" ... ")
		out.WriteString(itoa(more) + " more byte")
		if more > 1 {
			out.WriteString("s")
		}
	}
	return out.String() + ">"
}

// swap defines a method that reverses the bytes of each group of n in place. bits is for the
// message only.
func (c *Class) swap(name string, n int, bits string) {
	c.env.Method(c.proto, name, 0, func(call goja.FunctionCall) goja.Value {
		b := c.this(call)
		if len(b)%n != 0 {
			c.env.Throw("RangeError", "Buffer size must be a multiple of "+bits+"-bits")
		}
		for ; len(b) > 0; b = b[n:] {
			for i := range n / 2 {
				b[i], b[n-1-i] = b[n-1-i], b[i]
			}
		}
		return call.This
	})
}

// bounds reads start and end as slice does: a negative number counts from the end, both are
// cut to the length n, and an end before the start gives nothing. The result always satisfies
// 0 ≤ from ≤ to ≤ n.
func bounds(n int, start, end goja.Value) (from, to int) {
	limit := func(v goja.Value, otherwise int) int {
		if goja.IsUndefined(v) {
			return otherwise
		}
		f := math.Trunc(v.ToFloat())
		switch {
		case math.IsNaN(f):
			return 0
		case f < 0:
			return int(math.Max(0, float64(n)+f))
		}
		return int(math.Min(float64(n), f))
	}
	from = limit(start, 0)
	return from, max(limit(end, n), from)
}

// compareRange is buf.compare with its four bounds (start and end of the target, then of
// this). An empty part equals an empty one and is less than any other.
func (c *Class) compareRange(call goja.FunctionCall) goja.Value {
	this := c.this(call)
	target, ok := c.bytes(call.Argument(0))
	if !ok {
		c.env.Throw("TypeError", `The "target" argument must be one of type Buffer or Uint8Array. Received type `+jsvalue.TypeOf(call.Argument(0)))
	}
	limit := func(i, otherwise int) int {
		if goja.IsUndefined(call.Argument(i)) {
			return otherwise
		}
		return int(call.Argument(i).ToInteger())
	}
	start, end := limit(1, 0), limit(2, len(target))
	thisStart, thisEnd := limit(3, 0), limit(4, len(this))
	if start < 0 || end > len(target) || thisStart < 0 || thisEnd > len(this) {
		c.env.Throw("RangeError", "out of range index")
	}
	result := 0
	switch {
	case thisStart >= thisEnd && start >= end:
	case thisStart >= thisEnd:
		result = -1
	case start >= end:
		result = 1
	default:
		result = compare(this[thisStart:thisEnd], target[start:end])
	}
	return c.env.VM.ToValue(result)
}

// copy is buf.copy: (target, targetStart, start, end). It returns the number of bytes.
// Overlapping parts of one memory are copied right, since Go's copy does that. The order of
// the checks is the buffer package's, which decides what error is thrown.
func (c *Class) copy(call goja.FunctionCall) goja.Value {
	b := c.this(call)
	target, ok := c.bytes(call.Argument(0))
	if !ok {
		c.env.Throw("TypeError", "argument should be a Buffer")
	}
	whole := func(i, otherwise int) int {
		if v := call.Argument(i); v.ToBoolean() {
			return int(v.ToInteger())
		}
		return otherwise
	}
	at, start, end := whole(1, 0), whole(2, 0), whole(3, len(b))
	// whole takes 0 for "not given", but an end of 0 copies nothing.
	if v := call.Argument(3); isNumber(v) && v.ToInteger() == 0 {
		end = 0
	}
	at = min(at, len(target))
	if end > 0 && end < start {
		end = start
	}
	if end == start || len(target) == 0 || len(b) == 0 {
		return c.env.VM.ToValue(0)
	}
	switch {
	case at < 0:
		c.env.Throw("RangeError", "targetStart out of bounds")
	case start < 0 || start >= len(b):
		c.env.Throw("RangeError", "Index out of range")
	case end < 0:
		c.env.Throw("RangeError", "sourceEnd out of bounds")
	}
	return c.env.VM.ToValue(copy(target[at:], b[start:min(end, len(b))]))
}

// fill repeats a text, bytes or a number over b from start to end, in bytes. The encoding of
// a text may stand in the place of start or end (Node allows both). An empty text fills with
// zeros.
func (c *Class) fill(b []byte, v, start, end, enc goja.Value) {
	env := c.env
	var pattern []byte
	switch {
	case jsvalue.IsString(v):
		if jsvalue.IsString(start) {
			enc, start, end = start, goja.Undefined(), goja.Undefined()
		} else if jsvalue.IsString(end) {
			enc, end = end, goja.Undefined()
		}
		if !goja.IsUndefined(enc) && !jsvalue.IsString(enc) {
			env.Throw("TypeError", "encoding must be a string")
		}
		e, ok := encodingOf(encodingName(enc))
		if !ok {
			env.Throw("TypeError", "Unknown encoding: "+enc.String())
		}
		if pattern = encode(v, e); v.String() == "" {
			pattern = []byte{0}
		}
	case jsvalue.Object(v) != nil:
		pattern, _ = c.bytes(c.from(v, goja.Undefined(), goja.Undefined()))
	default:
		pattern = []byte{byte(wrap32(v.ToFloat()))}
	}
	from, to := 0, len(b)
	if !goja.IsUndefined(start) {
		from = int(start.ToInteger())
	}
	if !goja.IsUndefined(end) {
		to = int(end.ToInteger())
	}
	if from < 0 || len(b) < from || len(b) < to {
		env.Throw("RangeError", "Out of range index")
	}
	if to <= from {
		return
	}
	if len(pattern) == 0 {
		env.Throw("TypeError", `The value "`+v.String()+`" is invalid for argument "value"`)
	}
	for i := from; i < to; i++ {
		b[i] = pattern[(i-from)%len(pattern)]
	}
}
