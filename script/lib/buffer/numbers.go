package buffer

import (
	"math"
	"math/big"
	"strings"

	"github.com/dop251/goja"
)

// numbers defines the read and write methods of integers and floats: readUInt8 to
// readDoubleBE, those with a byteLength argument, and the 64-bit ones. Each unsigned one has
// Node's two spellings (UInt and Uint).
func (c *Class) numbers() {
	for _, little := range []bool{true, false} {
		end := "BE"
		if little {
			end = "LE"
		}
		for bits := 8; bits <= 32; bits *= 2 {
			suffix := itoa(bits) + end
			if bits == 8 {
				if little {
					continue // a byte has no order
				}
				suffix = "8"
			}
			c.integer("UInt"+suffix, bits/8, little, false)
			c.integer("Int"+suffix, bits/8, little, true)
		}
		c.integer("UInt"+end, 0, little, false)
		c.integer("Int"+end, 0, little, true)
		c.bigInteger("BigUInt64"+end, little, false)
		c.bigInteger("BigInt64"+end, little, true)
		c.float("Float"+end, 4, little)
		c.float("Double"+end, 8, little)
	}
}

// both defines a method, under the second spelling too if it has one. The two are one
// function, as in Node.
func (c *Class) both(name string, length int, fn func(goja.FunctionCall) goja.Value) {
	c.env.Method(c.proto, name, length, fn)
	if strings.Contains(name, "UInt") {
		c.env.Hidden(c.proto, strings.Replace(name, "UInt", "Uint", 1), c.proto.Get(name))
	}
}

// integer defines read and write of integers of size bytes; 0 means that the size is an
// argument, 1 to 6. Six bytes are the most that a number holds exactly.
func (c *Class) integer(name string, size int, little, signed bool) {
	width := func(v goja.Value) int {
		if size != 0 {
			return size
		}
		n := int(v.ToInteger())
		if n < 1 || n > 6 {
			c.env.Throwf("RangeError", `The value of "byteLength" is out of range. It must be >= 1 and <= 6. Received %s`, v)
		}
		return n
	}
	c.both("read"+name, 1, func(call goja.FunctionCall) goja.Value {
		n := width(call.Argument(1))
		p := c.readable(call, n)
		u := load(p, little)
		if signed {
			// Shifting up and back repeats the sign bit.
			return c.env.VM.ToValue(int64(u<<(64-8*n)) >> (64 - 8*n))
		}
		return c.env.VM.ToValue(int64(u))
	})
	c.both("write"+name, 2, func(call goja.FunctionCall) goja.Value {
		n := width(call.Argument(2))
		value := call.Argument(0).ToFloat()
		low, high := 0.0, math.Exp2(float64(8*n))-1
		if signed {
			low, high = -math.Exp2(float64(8*n-1)), math.Exp2(float64(8*n-1))-1
		}
		if value > high || value < low {
			c.env.Throw("RangeError", `"value" argument is out of bounds`)
		}
		p, offset := c.writable(call, n)
		// NaN passes both comparisons above.
		if math.IsNaN(value) {
			value = 0
		}
		store(p, uint64(int64(value)), little)
		return c.env.VM.ToValue(offset + n)
	})
}

// readable checks the offset of a read of n bytes and returns the bytes there, which are the
// Buffer's own.
func (c *Class) readable(call goja.FunctionCall, n int) []byte {
	b := c.this(call)
	offset := int(wrap32(call.Argument(0).ToFloat()))
	if offset+n > len(b) {
		c.env.Throw("RangeError", "Trying to access beyond buffer length")
	}
	return b[offset : offset+n]
}

// writable is the place in the Buffer that n bytes are written to, and its offset. The place
// must be inside; nothing is written in part.
func (c *Class) writable(call goja.FunctionCall, n int) (p []byte, offset int) {
	b := c.this(call)
	offset = int(wrap32(call.Argument(1).ToFloat()))
	if offset+n > len(b) {
		c.env.Throw("RangeError", "Index out of range")
	}
	return b[offset : offset+n], offset
}

// load reads a number of up to eight bytes.
func load(p []byte, little bool) (u uint64) {
	for i := range p {
		if little {
			u = u<<8 | uint64(p[len(p)-1-i])
		} else {
			u = u<<8 | uint64(p[i])
		}
	}
	return u
}

// store writes the lowest bytes of a number, as many as p has.
func store(p []byte, u uint64, little bool) {
	for i := range p {
		if little {
			p[i] = byte(u)
		} else {
			p[len(p)-1-i] = byte(u)
		}
		u >>= 8
	}
}

// bigInteger makes readBigInt64LE and its like, for BigInt. A value out of range throws; it
// is not cut as smaller integers are in old versions of Node.
func (c *Class) bigInteger(name string, little, signed bool) {
	c.both("read"+name, 1, func(call goja.FunctionCall) goja.Value {
		u := load(c.readable64(call), little)
		if signed {
			return c.env.VM.ToValue(big.NewInt(int64(u)))
		}
		return c.env.VM.ToValue(new(big.Int).SetUint64(u))
	})
	c.both("write"+name, 2, func(call goja.FunctionCall) goja.Value {
		n, ok := call.Argument(0).Export().(*big.Int)
		if !ok {
			c.env.Throw("TypeError", "Cannot mix BigInt and other types, use explicit conversions")
		}
		fits, limits := n.IsUint64(), ">= 0n and < 2n ** 64n"
		if signed {
			fits, limits = n.IsInt64(), ">= -(2n ** 63n) and < 2 ** 63n"
		}
		if !fits {
			c.env.ThrowCode("RangeError", "ERR_OUT_OF_RANGE", `The value of "value" is out of range. It must be `+limits+". Received "+grouped(n.String())+"n")
		}
		p, offset := c.writable(call, 8)
		u := n.Uint64()
		if signed {
			u = uint64(n.Int64())
		}
		store(p, u, little)
		return c.env.VM.ToValue(offset + 8)
	})
}

// grouped writes a number with an underscore every three digits, as Node's range errors do:
// 1234567 is 1_234_567.
func grouped(s string) string {
	sign := ""
	if strings.HasPrefix(s, "-") {
		sign, s = "-", s[1:]
	}
	out := ""
	for len(s) > 3 {
		out = "_" + s[len(s)-3:] + out
		s = s[:len(s)-3]
	}
	return sign + s + out
}

// readable64 is readable for eight bytes, with the errors that Node has for BigInt reads
// only.
func (c *Class) readable64(call goja.FunctionCall) []byte {
	b := c.this(call)
	offset := int(wrap32(call.Argument(0).ToFloat()))
	if offset+8 > len(b) {
		if len(b) < 8 {
			c.env.ThrowCode("RangeError", "ERR_BUFFER_OUT_OF_BOUNDS", "Attempt to access memory outside buffer bounds")
		}
		c.env.ThrowCode("RangeError", "ERR_OUT_OF_RANGE",
			`The value of "offset" is out of range. It must be >= 0 and <= `+itoa(len(b)-8)+". Received "+itoa(offset))
	}
	return b[offset : offset+8]
}

// float makes readFloatLE and its like, in IEEE 754. Writing 32 bits rounds to the nearest
// float32; nothing is out of range.
func (c *Class) float(name string, n int, little bool) {
	c.both("read"+name, 1, func(call goja.FunctionCall) goja.Value {
		u := load(c.readable(call, n), little)
		if n == 4 {
			return c.env.VM.ToValue(float64(math.Float32frombits(uint32(u))))
		}
		return c.env.VM.ToValue(math.Float64frombits(u))
	})
	c.both("write"+name, 2, func(call goja.FunctionCall) goja.Value {
		value := call.Argument(0).ToFloat()
		p, offset := c.writable(call, n)
		if n == 4 {
			store(p, uint64(math.Float32bits(float32(value))), little)
		} else {
			store(p, math.Float64bits(value), little)
		}
		return c.env.VM.ToValue(offset + n)
	})
}
