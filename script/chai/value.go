package chai

import (
	"math"
	"strconv"

	"github.com/dop251/goja"
)

// typeOf is JavaScript's typeof. A nil Value is undefined.
func typeOf(v goja.Value) string {
	switch x := v.(type) {
	case nil:
		return "undefined"
	case *goja.Object:
		if isFunction(x) {
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

// isFunction says whether an object can be called. The class tells it for most; the
// engine gives async arrow functions, for one, that of an object.
func isFunction(o *goja.Object) bool {
	if o.ClassName() == "Function" {
		return true
	}
	_, ok := goja.AssertFunction(o)
	return ok
}

// isPlain says whether typeof says "object" of a non-null value.
func isPlain(v goja.Value) bool {
	o, ok := v.(*goja.Object)
	return ok && !isFunction(o)
}

func isNullish(v goja.Value) bool { return v == nil || goja.IsUndefined(v) || goja.IsNull(v) }

func isUndefined(v goja.Value) bool { return v == nil || goja.IsUndefined(v) }

func truthy(v goja.Value) bool { return v != nil && v.ToBoolean() }

// isNaN is Number.isNaN: true for the number NaN and for nothing else.
func isNaN(v goja.Value) bool { return v != nil && goja.IsNumber(v) && math.IsNaN(v.ToFloat()) }

// strictEqual is ===; a nil Value is undefined.
func strictEqual(a, b goja.Value) bool {
	if isUndefined(a) || isUndefined(b) {
		return isUndefined(a) && isUndefined(b)
	}
	return a.StrictEquals(b)
}

// looseEqual is ==; a nil Value is undefined.
func looseEqual(a, b goja.Value) bool {
	if isNullish(a) || isNullish(b) {
		return isNullish(a) && isNullish(b)
	}
	return a.Equals(b)
}

// sameValueZero is === but for NaN, which equals itself.
func sameValueZero(a, b goja.Value) bool { return strictEqual(a, b) || isNaN(a) && isNaN(b) }

// number is ToNumber, undefined for a missing value.
func number(v goja.Value) float64 {
	if v == nil {
		return math.NaN()
	}
	return v.ToFloat()
}

// str is ToString, as in a concatenation; a symbol throws.
func (c *Chai) str(v goja.Value) string {
	switch x := v.(type) {
	case nil:
		return "undefined"
	case goja.String:
		return textOf(x)
	case *goja.Symbol:
		c.throwType("Cannot convert a Symbol value to a string")
	case *goja.Object:
		if x.GetSymbol(goja.SymToPrimitive) == nil && typeOf(x.Get("toString")) != "function" && typeOf(x.Get("valueOf")) != "function" {
			c.throwType("Cannot convert object to primitive value")
		}
	}
	if s, ok := v.ToString().(goja.String); ok {
		return textOf(s)
	}
	return v.String()
}

// at is v[name]; null and undefined throw as they do in Node.
func (c *Chai) at(v goja.Value, name string) goja.Value {
	if o, ok := v.(*goja.Object); ok {
		return orUndefined(o.Get(name))
	}
	if isNullish(v) {
		c.throwType("Cannot read properties of " + c.str(v) + " (reading '" + name + "')")
	}
	return orUndefined(v.ToObject(c.vm).Get(name))
}

// atKey is v[key] for a string, number or symbol, with whether it is there.
func (c *Chai) atKey(v, key goja.Value) (value goja.Value, exists bool) {
	if isNullish(v) {
		c.throwType("Cannot read properties of " + c.str(v) + " (reading '" + keyName(key) + "')")
	}
	o := v.ToObject(c.vm)
	if sym, ok := key.(*goja.Symbol); ok {
		value = o.GetSymbol(sym)
	} else {
		value = o.Get(c.str(key))
	}
	exists = value != nil
	if o.ExportType() == c.in.proxyType {
		exists = call(c.in.has, goja.Undefined(), o, key).ToBoolean()
	}
	return orUndefined(value), exists
}

// invoke calls v[name](args...), the way a script would.
func (c *Chai) invoke(v goja.Value, label, name string, args ...goja.Value) goja.Value {
	fn, ok := goja.AssertFunction(c.at(v, name))
	if !ok {
		c.throwType(label + "." + name + " is not a function")
	}
	return call(fn, v, args...)
}

// index is o[i] of an array-like object.
func index(o *goja.Object, i int) goja.Value { return orUndefined(o.Get(strconv.Itoa(i))) }

// listLength is the length of an array-like object, 0 when it has none. No array
// is longer than 2^32.
func listLength(o *goja.Object) int {
	n := number(o.Get("length"))
	if n > 0 {
		return int(min(n, 1<<32))
	}
	return 0
}

// items lists an array. A hostile length can be interrupted.
func (c *Chai) items(o *goja.Object) []goja.Value {
	n := listLength(o)
	var out []goja.Value
	for i := range n {
		c.step()
		out = append(out, index(o, i))
	}
	return out
}

func orUndefined(v goja.Value) goja.Value {
	if v == nil {
		return goja.Undefined()
	}
	return v
}

func keyName(key goja.Value) string {
	if sym, ok := key.(*goja.Symbol); ok {
		return symbolText(sym)
	}
	return key.String()
}

func symbolText(s *goja.Symbol) string { return "Symbol(" + s.String() + ")" }

// arg is the i-th argument, undefined when it was not given.
func arg(args []goja.Value, i int) goja.Value {
	if i < len(args) {
		return args[i]
	}
	return goja.Undefined()
}

func (c *Chai) throwType(msg string) { panic(c.vm.NewTypeError("%s", msg)) }

// throwError throws a plain Error.
func (c *Chai) throwError(msg string) {
	o, err := c.in.newError(nil, c.valueOf(msg))
	if err != nil {
		panic(err)
	}
	panic(o)
}
