package engine

import (
	"math/big"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/dop251/goja"

	"posthaste/script/engine/ieee"
	"posthaste/script/jsvalue"
)

// The engine's own functions lose halves of surrogate pairs, write expressions in their own way, and take no text for a list
// of numbers.

// installTexts corrects them.
func installTexts(r *Realm) {
	proto := r.prototype("String")
	for _, name := range []string{"trim", "trimStart", "trimEnd", "toUpperCase", "toLowerCase", "normalize"} {
		native, _ := goja.AssertFunction(proto.Get(name))
		altered(r, proto, name, func(call goja.FunctionCall, v goja.Value) goja.Value {
			if !strings.ContainsRune(v.String(), utf8.RuneError) {
				return v
			}
			return byHalves(r, name, native, call)
		})
	}
	installSource(r)
	typed := r.VM.Get("Uint8Array").ToObject(r.VM).Prototype()
	r.bound(typed, "from", func(call goja.FunctionCall) {
		v := call.Argument(0)
		if _, isObject := v.(*goja.Object); isObject || len(call.Arguments) == 0 {
			return
		}
		switch {
		case goja.IsUndefined(v), goja.IsNull(v):
			panic(jsvalue.NewError(r.VM, "TypeError", notIterable(v)))
		case goja.IsString(v):
			var list []any
			for _, c := range v.String() {
				list = append(list, string(c))
			}
			call.Arguments[0] = r.VM.NewArray(list...)
		default:
			call.Arguments[0] = r.VM.NewArray()
		}
	})
}

// byHalves calls a method on the parts of a text between halves of surrogate pairs that have no partner.
func byHalves(r *Realm, name string, native goja.Callable, call goja.FunctionCall) goja.Value {
	text, ok := call.This.ToString().(goja.String)
	if !ok {
		return call.This
	}
	if strings.HasPrefix(name, "trim") {
		return trimmed(text, name)
	}
	out, _ := r.VM.ToValue("").(goja.String)
	for i := 0; i < text.Length(); {
		end := i
		for end < text.Length() && !lonely(text, end) {
			if utf16.IsSurrogate(rune(text.CharAt(end))) {
				end++
			}
			end++
		}
		if end > i {
			v, err := native(text.Substring(i, end), call.Arguments...)
			if err != nil {
				panic(r.Rethrow(err))
			}
			if part, ok := v.(goja.String); ok {
				out = out.Concat(part)
			}
		}
		if end < text.Length() {
			out = out.Concat(text.Substring(end, end+1))
			end++
		}
		i = end
	}
	return out
}

// lonely says whether half of a surrogate pair stands at a place without the other half.
func lonely(text goja.String, i int) bool {
	c := rune(text.CharAt(i))
	if !utf16.IsSurrogate(c) {
		return false
	}
	return i+1 >= text.Length() || utf16.DecodeRune(c, rune(text.CharAt(i+1))) == unicode.ReplacementChar
}

// trimmed leaves out the white space at the ends.
func trimmed(text goja.String, name string) goja.Value {
	from, to := 0, text.Length()
	blank := func(i int) bool {
		c := rune(text.CharAt(i))
		return c >= '\t' && c <= '\r' || unicode.Is(unicode.Zs, c) || c == '\ufeff' || c == '\u2028' || c == '\u2029'
	}
	for name != "trimEnd" && from < to && blank(from) {
		from++
	}
	for name != "trimStart" && from < to && blank(to-1) {
		to--
	}
	return text.Substring(from, to)
}

// installSource has the source of an expression as it is written between slashes. The engine escapes a slash as \u002f.
func installSource(r *Realm) {
	proto := r.prototype("RegExp")
	getter, ok := r.VM.Get("Object").ToObject(r.VM).Get("getOwnPropertyDescriptor").(*goja.Object)
	if !ok {
		return
	}
	describe, _ := goja.AssertFunction(getter)
	d, err := describe(goja.Undefined(), proto, r.VM.ToValue("source"))
	if err != nil {
		return
	}
	source, ok := goja.AssertFunction(d.ToObject(r.VM).Get("get"))
	if !ok {
		return
	}
	get := r.VM.ToValue(func(call goja.FunctionCall) goja.Value {
		v, err := source(call.This)
		if err != nil {
			panic(r.Rethrow(err))
		}
		if text := v.String(); strings.Contains(text, `\u002f`) || strings.Contains(text, "\\\n") {
			return r.VM.ToValue(slashes(text))
		}
		return v
	}).(*goja.Object)
	named(r, get, "get source", 0)
	_ = proto.DefineAccessorProperty("source", get, goja.Undefined(), goja.FLAG_TRUE, goja.FLAG_FALSE)
	altered(r, proto, "toString", func(call goja.FunctionCall, v goja.Value) goja.Value {
		if o, ok := call.This.(*goja.Object); ok && strings.Contains(v.String(), `\u002f`) {
			return r.VM.ToValue("/" + o.Get("source").String() + "/" + o.Get("flags").String())
		}
		return v
	})
}

// slashes writes the slashes of an expression as V8 does: escaped, except in a class.
func slashes(text string) string {
	var b strings.Builder
	class := false
	for i := 0; i < len(text); i++ {
		rest := text[i:]
		switch {
		case strings.HasPrefix(rest, `\u002f`) && class:
			b.WriteByte('/')
			i += 5
		case strings.HasPrefix(rest, `\u002f`):
			b.WriteString(`\/`)
			i += 5
		case strings.HasPrefix(rest, "\\\n"):
			b.WriteString(`\n`)
			i++
		case rest[0] == '\\' && len(rest) > 1:
			b.WriteString(rest[:2])
			i++
		default:
			class = rest[0] == '[' || class && rest[0] != ']'
			b.WriteByte(rest[0])
		}
	}
	return b.String()
}

// installPowers has powers computed as V8 does, whose last digit is another one than that of Go's package math.
func installPowers(r *Realm) {
	object := r.VM.Get("Math").ToObject(r.VM)
	pow := r.VM.ToValue(func(call goja.FunctionCall) goja.Value {
		return r.VM.ToValue(ieee.Pow(call.Argument(0).ToNumber().ToFloat(), call.Argument(1).ToNumber().ToFloat()))
	}).(*goja.Object)
	named(r, pow, "pow", 2)
	_ = object.DefineDataProperty("pow", pow, goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE)
	r.guardConstructor("Number", true, func(args []goja.Value) []goja.Value { // the engine makes 0 of what has more than 64 bits
		if len(args) == 0 {
			return args
		}
		if _, isObject := args[0].(*goja.Object); !isObject {
			if n, ok := args[0].Export().(*big.Int); ok {
				f, _ := new(big.Float).SetInt(n).Float64()
				return []goja.Value{r.VM.ToValue(f)}
			}
		}
		return args
	})
}
