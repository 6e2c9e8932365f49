package variables

import (
	"math"

	"github.com/dop251/goja"

	"posthaste/collection"
	"posthaste/script/engine/jsontext"
)

// ToScript shows a value to scripts.
func (c *Class) ToScript(v collection.Value) goja.Value {
	switch v.Kind() {
	case collection.Null:
		return goja.Null()
	case collection.Bool:
		return c.env.VM.ToValue(v.Truthy())
	case collection.Number:
		f, _ := v.Float()
		if f == math.Trunc(f) && math.Abs(f) < 1<<53 {
			return c.env.VM.ToValue(int64(f))
		}
		return c.env.VM.ToValue(f)
	case collection.String:
		return c.env.VM.ToValue(v.String())
	case collection.JSON:
		parsed, err := jsontext.Parse(c.env.VM, v.String())
		if err != nil {
			return c.env.VM.ToValue(v.String())
		}
		return parsed
	default:
		return goja.Undefined()
	}
}

// FromScript is a script's value after JSON: a Date is its text, undefined, functions and NaN are null. exact
// says that a script would not notice the difference.
func (c *Class) FromScript(v goja.Value) (plain collection.Value, exact bool) {
	switch {
	case v == nil || goja.IsUndefined(v):
		return collection.NullValue(), false
	case goja.IsNull(v):
		return collection.NullValue(), true
	case goja.IsString(v):
		return collection.Text(v.String()), true
	case goja.IsNumber(v):
		f := v.ToFloat()
		return collection.NumberValue(f), !math.IsNaN(f) && !math.IsInf(f, 0)
	case goja.IsBigInt(v):
		return collection.Text(v.String()), false
	}
	if o, ok := v.(*goja.Object); ok {
		text, err := c.stringify(goja.Undefined(), o)
		if err != nil {
			panic(c.rethrow(err))
		}
		if !goja.IsString(text) {
			return collection.NullValue(), false
		}
		return collection.JSONValue(text.String()), false
	}
	if _, ok := v.(*goja.Symbol); ok {
		return collection.NullValue(), false
	}
	return collection.BoolValue(v.ToBoolean()), true
}
