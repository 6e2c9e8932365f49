package buffer

import (
	"github.com/dop251/goja"

	"posthaste/script/jsvalue"
	"posthaste/script/lib/native"
)

// A decoder turns chunks of bytes into text and keeps bytes that are not a whole character
// yet. It belongs to one StringDecoder.
type decoder struct {
	encoding encoding
	kept     []byte
}

// NewStringDecoder makes the value of require('string_decoder').
func NewStringDecoder(env *native.Env) goja.Value {
	// The decoder hangs on its object under a symbol that no script can name.
	sym := goja.NewSymbol("decoder")
	exports := env.VM.NewObject()
	ctor := env.Constructor("StringDecoder", 1, func(call goja.ConstructorCall) *goja.Object {
		name := encodingName(call.Argument(0))
		e, ok := encodingOf(name)
		if !ok {
			env.Throw("TypeError", "Unknown encoding: "+name)
		}
		_ = call.This.Set("encoding", canonical(e))
		_ = call.This.DefineDataPropertySymbol(sym, env.VM.ToValue(&decoder{encoding: e}), goja.FLAG_FALSE, goja.FLAG_FALSE, goja.FLAG_FALSE)
		return nil
	})
	proto := ctor.Get("prototype").(*goja.Object)
	get := func(this goja.Value) *decoder {
		if o := jsvalue.Object(this); o != nil {
			if v := o.GetSymbol(sym); v != nil {
				return v.Export().(*decoder)
			}
		}
		env.Throw("TypeError", "Value of \"this\" must be of type StringDecoder")
		return nil
		// Not reached: Throw panics.
	}
	// A text is text already: it is given as it is, in every encoding.
	env.Method(proto, "write", 1, func(call goja.FunctionCall) goja.Value {
		d := get(call.This)
		if jsvalue.TypeOf(call.Argument(0)) == "string" {
			return call.Argument(0)
		}
		b, ok := env.Bytes(call.Argument(0))
		if !ok {
			b = encode(call.Argument(0).ToString(), utf8Encoding)
		}
		return Decode(env, d.take(b), d.encoding)
	})
	// end shows what was kept as it can, with U+FFFD for a character that is cut off, and
	// begins again.
	env.Method(proto, "end", 1, func(call goja.FunctionCall) goja.Value {
		d := get(call.This)
		b, _ := env.Bytes(call.Argument(0))
		rest := append(d.kept, b...)
		d.kept = nil
		text := Decode(env, rest, d.encoding)
		if jsvalue.TypeOf(call.Argument(0)) != "string" {
			return text
		}
		if len(rest) == 0 {
			return call.Argument(0)
		}
		return env.VM.ToValue(call.Argument(0).String() + text.String())
	})
	_ = exports.Set("StringDecoder", ctor)
	return exports
}

// canonical is Node's name of an encoding, in the order of the constants.
func canonical(e encoding) string {
	return [...]string{"utf8", "latin1", "ascii", "hex", "base64", "base64url", "utf16le"}[e]
}

// take returns the bytes that are whole characters and keeps the others for the next call.
// For base64 a "character" is three bytes, for hexadecimal one.
func (d *decoder) take(b []byte) []byte {
	all := append(d.kept, b...)
	keep := 0
	switch d.encoding {
	case utf8Encoding:
		keep = native.IncompleteUTF8(all)
	case utf16Encoding:
		keep = len(all) % 2
		// The first half of a surrogate pair waits for the second.
		// 0xD800 to 0xDBFF, little-endian: the high byte is the second one.
		if n := len(all) - keep; n >= 2 && all[n-1]&0xfc == 0xd8 {
			keep += 2
		}
	case base64Encoding, base64URLEncoding:
		keep = len(all) % 3
	default: // every byte is a whole character
	}
	// A copy: the caller's chunk may be reused.
	d.kept = append([]byte{}, all[len(all)-keep:]...)
	return all[:len(all)-keep]
}
