package buffer

import (
	"bytes"
	"math"
	"strconv"

	"github.com/dop251/goja"

	"posthaste/script/jsvalue"
	"posthaste/script/lib/native"
)

func itoa(n int) string { return strconv.Itoa(n) }

// conversions defines toString(encoding, start, end) and write. Bounds of toString are cut to
// the Buffer, and an empty part is "" whatever the encoding.
func (c *Class) conversions() {
	text := func(call goja.FunctionCall) goja.Value {
		b := c.this(call)
		from, to := 0, len(b)
		if v := call.Argument(1); !goja.IsUndefined(v) && v.ToFloat() > 0 {
			from = min(int(v.ToInteger()), len(b))
		}
		if v := call.Argument(2); !goja.IsUndefined(v) {
			to = min(max(int(v.ToInteger()), 0), len(b))
		}
		if from >= to {
			return c.env.VM.ToValue("")
		}
		e, ok := encodingOf(encodingName(call.Argument(0)))
		if !ok {
			c.env.Throw("TypeError", "Unknown encoding: "+call.Argument(0).String())
		}
		return c.decode(b[from:to], e)
	}
	c.env.Method(c.proto, "toString", 0, text)
	c.env.Method(c.proto, "toLocaleString", 0, text)
	c.env.Method(c.proto, "write", 4, func(call goja.FunctionCall) goja.Value { return c.write(call) })
}

// write puts text into the Buffer: (string[, offset[, length]][, encoding]), and returns the
// bytes written. A character that does not fit whole is not written.
func (c *Class) write(call goja.FunctionCall) goja.Value {
	b := c.this(call)
	args := append([]goja.Value{}, call.Arguments...)
	e := utf8Encoding
	// A text at the end is the encoding, wherever it stands.
	if n := len(args); n > 1 && jsvalue.IsString(args[n-1]) {
		var ok bool
		if e, ok = encodingOf(args[n-1].String()); !ok {
			c.env.Throw("TypeError", "Unknown encoding: "+args[n-1].String())
		}
		args = args[:n-1]
	}
	if !jsvalue.IsString(call.Argument(0)) {
		c.env.Throw("TypeError", "argument must be a string")
	}
	offset := 0
	if len(args) > 1 && !goja.IsUndefined(args[1]) {
		offset = int(wrap32(args[1].ToFloat()))
	}
	if offset > len(b) {
		c.env.Throw("RangeError", "Attempt to write outside buffer bounds")
	}
	room := len(b) - offset
	if len(args) > 2 && !goja.IsUndefined(args[2]) {
		room = min(room, int(wrap32(args[2].ToFloat())))
	}
	data := encode(call.Argument(0), e)
	if len(data) > room {
		data = data[:room]
		if e == utf8Encoding {
			data = data[:len(data)-native.IncompleteUTF8(data)]
		}
		if e == utf16Encoding {
			data = data[:len(data)/2*2]
		}
	}
	return c.env.VM.ToValue(copy(b[offset:], data))
}

// searches defines indexOf, lastIndexOf and includes.
func (c *Class) searches() {
	vm := c.env.VM
	c.env.Method(c.proto, "indexOf", 3, func(call goja.FunctionCall) goja.Value { return vm.ToValue(c.index(call, false)) })
	c.env.Method(c.proto, "lastIndexOf", 3, func(call goja.FunctionCall) goja.Value { return vm.ToValue(c.index(call, true)) })
	c.env.Method(c.proto, "includes", 3, func(call goja.FunctionCall) goja.Value { return vm.ToValue(c.index(call, false) != -1) })
}

// index is indexOf and lastIndexOf: (value, byteOffset, encoding), with the encoding possibly
// in the place of the offset. value is a text, a number (one byte) or bytes. It is -1 for no
// match and for an empty value.
func (c *Class) index(call goja.FunctionCall, last bool) int {
	b := c.this(call)
	if len(b) == 0 {
		return -1
	}
	offset, enc := call.Argument(1), call.Argument(2)
	if jsvalue.IsString(offset) {
		enc, offset = offset, c.env.VM.ToValue(0)
		if last {
			offset = goja.Undefined()
		}
	}
	at, ok := startOf(offset, len(b), last)
	if !ok {
		return -1
	}
	e, known := encodingOf(encodingName(enc))
	var needle []byte
	v := call.Argument(0)
	found, isBytes := c.bytes(v)
	switch {
	case jsvalue.IsString(v):
		if !known {
			c.env.Throw("TypeError", "Unknown encoding: "+enc.String())
		}
		needle = encode(v, e)
	case isBytes:
		needle = found
	case isNumber(v):
		needle = []byte{byte(wrap32(v.ToFloat()))}
	default:
		c.env.Throw("TypeError", "val must be string, number or Buffer")
	}
	if len(needle) == 0 {
		return -1
	}
	// In UTF-16 a match must begin at a whole unit.
	step := 1
	if e == utf16Encoding && jsvalue.IsString(v) {
		step = 2
	}
	return find(b, needle, at, step, last)
}

// find looks from at, forwards or backwards, only at multiples of step, and returns -1 when
// there is no match.
func find(b, needle []byte, at, step int, last bool) int {
	if last {
		for i := min(at, len(b)-len(needle)); i >= 0; i-- {
			if i%step == 0 && bytes.HasPrefix(b[i:], needle) {
				return i
			}
		}
		return -1
	}
	for at <= len(b) {
		i := bytes.Index(b[at:], needle)
		if i < 0 {
			return -1
		}
		if (at+i)%step == 0 {
			return at + i
		}
		at += i + 1
	}
	return -1
}

// startOf reads the byte offset of a search in n bytes; a negative one counts from the end.
// ok is false when nothing can be found from there. What is no number means the whole Buffer.
func startOf(offset goja.Value, n int, last bool) (at int, ok bool) {
	f := offset.ToFloat()
	if math.IsNaN(f) {
		if last {
			return n - 1, true
		}
		return 0, true
	}
	f = math.Trunc(f)
	if f < 0 {
		f += float64(n)
	}
	switch {
	case f >= float64(n):
		return n - 1, last
	case f < 0:
		return 0, !last
	}
	return int(f), true
}
