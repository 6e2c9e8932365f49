package jsvalue

import (
	"math"
	"strconv"

	"github.com/dop251/goja"
)

// TypeOf is JavaScript's typeof. A nil Value is undefined.
func TypeOf(v goja.Value) string {
	switch x := v.(type) {
	case nil:
		return "undefined"
	case *goja.Object:
		if IsFunction(x) {
			return "function"
		}
		return "object"
	case goja.String:
		return "string"
	case *goja.Symbol:
		return "symbol"
	}
	switch {
	case goja.IsUndefined(v):
		return "undefined"
	case goja.IsNull(v):
		return "object"
	case goja.IsNumber(v):
		return "number"
	case goja.IsBigInt(v):
		return "bigint"
	}
	return "boolean"
}

// IsFunction says whether an object can be called. The class tells it for most; the
// engine gives async arrow functions, for one, that of an object.
func IsFunction(o *goja.Object) bool {
	if o.ClassName() == "Function" {
		return true
	}
	_, ok := goja.AssertFunction(o)
	return ok
}

// IsPlain says whether typeof says "object" of a non-null value.
func IsPlain(v goja.Value) bool {
	o, ok := v.(*goja.Object)
	return ok && !IsFunction(o)
}

// IsNullish says whether a value is null or undefined.
func IsNullish(v goja.Value) bool { return v == nil || goja.IsUndefined(v) || goja.IsNull(v) }

// IsString says whether a value is a primitive string; a String object is not.
func IsString(v goja.Value) bool {
	_, ok := v.(goja.String)
	return ok
}

// Object returns v as an object, or nil when it is a primitive.
func Object(v goja.Value) *goja.Object {
	o, _ := v.(*goja.Object)
	return o
}

// Get reads a property of an object, inherited ones included. Unlike goja's Get it returns undefined, not nil, for a
// missing one. A getter that throws panics, as with goja.
func Get(o *goja.Object, key string) goja.Value { return OrUndefined(o.Get(key)) }

// Field is Get for any value: a primitive has no properties here, not even the ones of its prototype.
func Field(v goja.Value, key string) goja.Value {
	if o, ok := v.(*goja.Object); ok {
		return Get(o, key)
	}
	return goja.Undefined()
}

// IsUndefined says whether a value is undefined; a nil Value is.
func IsUndefined(v goja.Value) bool { return v == nil || goja.IsUndefined(v) }

// Truthy is ToBoolean; a nil Value is undefined.
func Truthy(v goja.Value) bool { return v != nil && v.ToBoolean() }

// IsNaN is Number.isNaN: true for the number NaN and for nothing else.
func IsNaN(v goja.Value) bool { return v != nil && goja.IsNumber(v) && math.IsNaN(v.ToFloat()) }

// StrictEqual is ===; a nil Value is undefined.
func StrictEqual(a, b goja.Value) bool {
	if IsUndefined(a) || IsUndefined(b) {
		return IsUndefined(a) && IsUndefined(b)
	}
	return a.StrictEquals(b)
}

// LooseEqual is ==; a nil Value is undefined.
func LooseEqual(a, b goja.Value) bool {
	if IsNullish(a) || IsNullish(b) {
		return IsNullish(a) && IsNullish(b)
	}
	return a.Equals(b)
}

// SameValueZero is === but for NaN, which equals itself.
func SameValueZero(a, b goja.Value) bool { return StrictEqual(a, b) || IsNaN(a) && IsNaN(b) }

// Number is ToNumber, undefined for a missing value.
func Number(v goja.Value) float64 {
	if v == nil {
		return math.NaN()
	}
	return v.ToFloat()
}

// Str is ToString, as in a concatenation; a symbol throws.
func (b *Builtins) Str(v goja.Value) string {
	switch x := v.(type) {
	case nil:
		return "undefined"
	case goja.String:
		return TextOf(x)
	case *goja.Symbol:
		b.ThrowType("Cannot convert a Symbol value to a string")
	case *goja.Object:
		if x.GetSymbol(goja.SymToPrimitive) == nil && TypeOf(x.Get("toString")) != "function" && TypeOf(x.Get("valueOf")) != "function" {
			b.ThrowType("Cannot convert object to primitive value")
		}
	}
	if s, ok := v.ToString().(goja.String); ok {
		return TextOf(s)
	}
	return v.String()
}

// At is v[name]; null and undefined throw as they do in Node.
func (b *Builtins) At(v goja.Value, name string) goja.Value {
	if o, ok := v.(*goja.Object); ok {
		return OrUndefined(o.Get(name))
	}
	if IsNullish(v) {
		b.ThrowType("Cannot read properties of " + b.Str(v) + " (reading '" + name + "')")
	}
	return OrUndefined(v.ToObject(b.VM).Get(name))
}

// AtKey is v[key] for a string, number or symbol, with whether it is there.
func (b *Builtins) AtKey(v, key goja.Value) (value goja.Value, exists bool) {
	if IsNullish(v) {
		b.ThrowType("Cannot read properties of " + b.Str(v) + " (reading '" + KeyName(key) + "')")
	}
	o := v.ToObject(b.VM)
	if sym, ok := key.(*goja.Symbol); ok {
		value = o.GetSymbol(sym)
	} else {
		value = o.Get(b.Str(key))
	}
	exists = value != nil
	if o.ExportType() == b.ProxyType {
		exists = Call(b.Has, goja.Undefined(), o, key).ToBoolean()
	}
	return OrUndefined(value), exists
}

// Invoke calls v[name](args...), the way a script would.
func (b *Builtins) Invoke(v goja.Value, label, name string, args ...goja.Value) goja.Value {
	fn, ok := goja.AssertFunction(b.At(v, name))
	if !ok {
		b.ThrowType(label + "." + name + " is not a function")
	}
	return Call(fn, v, args...)
}

// Index is o[i] of an array-like object.
func Index(o *goja.Object, i int) goja.Value { return OrUndefined(o.Get(strconv.Itoa(i))) }

// ListLength is the length of an array-like object, 0 when it has none. No array
// is longer than 2^32.
func ListLength(o *goja.Object) int {
	n := Number(o.Get("length"))
	if n > 0 {
		return int(min(n, 1<<32))
	}
	return 0
}

// Items lists an array. A hostile length can be interrupted.
func (b *Builtins) Items(o *goja.Object) []goja.Value {
	n := ListLength(o)
	var out []goja.Value
	for i := range n {
		b.Step()
		out = append(out, Index(o, i))
	}
	return out
}

// Array makes an array of values.
func Array(vm *goja.Runtime, values []goja.Value) *goja.Object {
	elements := make([]any, len(values))
	for i, v := range values {
		elements[i] = v
	}
	return vm.NewArray(elements...)
}

// OrUndefined is the value, undefined for a nil Value.
func OrUndefined(v goja.Value) goja.Value {
	if v == nil {
		return goja.Undefined()
	}
	return v
}

// KeyName is a property key as text.
func KeyName(key goja.Value) string {
	if sym, ok := key.(*goja.Symbol); ok {
		return SymbolText(sym)
	}
	return key.String()
}

// SymbolText is a symbol as its toString gives it.
func SymbolText(s *goja.Symbol) string { return "Symbol(" + s.String() + ")" }

// Arg is the i-th argument, undefined when it was not given.
func Arg(args []goja.Value, i int) goja.Value {
	if i < len(args) {
		return args[i]
	}
	return goja.Undefined()
}

// ThrowType throws a TypeError.
func (b *Builtins) ThrowType(msg string) { panic(b.VM.NewTypeError("%s", msg)) }

// ThrowError throws a plain Error.
func (b *Builtins) ThrowError(msg string) {
	o, err := b.NewError(nil, b.String(msg))
	Must(err)
	panic(o)
}

// ThrowRange throws a RangeError.
func (b *Builtins) ThrowRange(msg string) {
	o, err := b.NewRangeError(nil, b.VM.ToValue(msg))
	Must(err)
	panic(o)
}
