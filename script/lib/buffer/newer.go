package buffer

import (
	"math"
	"unicode/utf8"

	"github.com/dop251/goja"
)

// slowBuffer is SlowBuffer, the old name of a Buffer of n zero bytes. It works with new and
// without.
func (c *Class) slowBuffer() goja.Value {
	vm := c.env.VM
	slow := vm.ToValue(func(call goja.ConstructorCall) *goja.Object {
		n := call.Argument(0).ToFloat()
		if math.IsNaN(n) {
			n = 0
		}
		if n < 0 || n > kMaxLength {
			c.env.ThrowCode("RangeError", "ERR_OUT_OF_RANGE",
				`The value of "size" is out of range. It must be >= 0 && <= `+itoa(kMaxLength)+`. Received `+call.Argument(0).String())
		}
		return c.alloc(c.size(vm.ToValue(n))).ToObject(vm)
	}).ToObject(vm)
	_ = slow.DefineDataProperty("name", vm.ToValue("SlowBuffer"), goja.FLAG_FALSE, goja.FLAG_TRUE, goja.FLAG_FALSE)
	_ = slow.DefineDataProperty("length", vm.ToValue(1), goja.FLAG_FALSE, goja.FLAG_TRUE, goja.FLAG_FALSE)
	return slow
}

// addNewer adds what newer versions of Node have in the module (nodejs.org/api/buffer.html)
// and the package that Postman ships does not: isUtf8, isAscii, transcode, Blob, File and
// Buffer.copyBytesFrom.
func (c *Class) addNewer(exports *goja.Object) {
	env, vm := c.env, c.env.VM
	for _, name := range []string{"Blob", "File"} {
		// Read when asked for: the globals are made lazily.
		env.Getter(exports, name, true, func(goja.Value) goja.Value { return env.VM.GlobalObject().Get(name) })
	}
	bytes := func(v goja.Value) []byte {
		if o, ok := v.(*goja.Object); ok {
			if raw, ok := o.Export().(goja.ArrayBuffer); ok {
				return raw.Bytes()
			}
		}
		b, ok := c.bytes(v)
		if !ok {
			env.ThrowCode("TypeError", "ERR_INVALID_ARG_TYPE", `The "input" argument must be an instance of ArrayBuffer, Buffer, or TypedArray.`)
		}
		return b
	}
	_ = exports.Set("isUtf8", env.Func("isUtf8", 1, func(call goja.FunctionCall) goja.Value {
		return vm.ToValue(utf8.Valid(bytes(call.Argument(0))))
	}))
	_ = exports.Set("isAscii", env.Func("isAscii", 1, func(call goja.FunctionCall) goja.Value {
		for _, b := range bytes(call.Argument(0)) {
			if b >= utf8.RuneSelf {
				return vm.ToValue(false)
			}
		}
		return vm.ToValue(true)
	}))
	_ = exports.Set("transcode", env.Func("transcode", 3, func(call goja.FunctionCall) goja.Value {
		from, known := encodingOf(encodingName(call.Argument(1)))
		to, also := encodingOf(encodingName(call.Argument(2)))
		if !known || !also || !transcodes(from) || !transcodes(to) {
			env.Throw("Error", "Unable to transcode Buffer [U_ILLEGAL_ARGUMENT_ERROR]")
		}
		text := c.decode(bytes(call.Argument(0)), from)
		return c.wrap(transcoded(text, to))
	}))
	env.Method(c.ctor, "copyBytesFrom", 3, c.copyBytesFrom)
}

// copyBytesFrom copies elements of a typed array; offset and length count elements, not
// bytes.
func (c *Class) copyBytesFrom(call goja.FunctionCall) goja.Value {
	bytes, ok := c.bytes(call.Argument(0))
	var unit goja.Value
	if o, isObject := call.Argument(0).(*goja.Object); ok && isObject {
		unit = o.Get("BYTES_PER_ELEMENT") // a DataView has none
	}
	if unit == nil || goja.IsUndefined(unit) {
		c.env.ThrowCode("TypeError", "ERR_INVALID_ARG_TYPE", `The "view" argument must be an instance of TypedArray.`)
	}
	size := max(1, int(unit.ToInteger()))
	from, to := 0, len(bytes)/size
	if v := call.Argument(1); !goja.IsUndefined(v) {
		from = min(c.wholeNumber("offset", v), to)
	}
	if v := call.Argument(2); !goja.IsUndefined(v) {
		to = min(from+min(c.wholeNumber("length", v), kMaxLength), to)
	}
	return c.wrap(append([]byte(nil), bytes[from*size:to*size]...))
}

// wholeNumber is an argument that must be a whole number from 0 to 2⁵³-1 (Node:
// validateInteger). The messages are Node's.
func (c *Class) wholeNumber(name string, v goja.Value) int {
	if !isNumber(v) {
		c.env.ThrowCode("TypeError", "ERR_INVALID_ARG_TYPE", `The "`+name+`" argument must be of type number.`)
	}
	f := v.ToFloat()
	if f != math.Trunc(f) {
		c.env.ThrowCode("RangeError", "ERR_OUT_OF_RANGE", `The value of "`+name+`" is out of range. It must be an integer. Received `+v.String())
	}
	if f < 0 || f > 1<<53-1 {
		c.env.ThrowCode("RangeError", "ERR_OUT_OF_RANGE",
			`The value of "`+name+`" is out of range. It must be >= 0 && <= 9007199254740991. Received `+v.String())
	}
	return int(f)
}

// transcodes says whether transcode knows an encoding (Node: ascii, utf8, utf16le, ucs2,
// latin1, binary). Hexadecimal and base64 are no character sets.
func transcodes(e encoding) bool {
	return e == utf8Encoding || e == asciiEncoding || e == latin1Encoding || e == utf16Encoding
}

// transcoded is a text in another encoding. Characters that the encoding does not have become
// question marks, where encode would keep a byte of them.
func transcoded(text goja.Value, to encoding) []byte {
	if to != latin1Encoding && to != asciiEncoding {
		return encode(text, to)
	}
	most := rune(0xff)
	if to == asciiEncoding {
		most = 0x7f
	}
	var b []byte
	for _, r := range text.String() {
		if r > most {
			r = '?'
		}
		b = append(b, byte(r))
	}
	return b
}
