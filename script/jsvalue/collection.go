package jsvalue

import "github.com/dop251/goja"

// Collection says whether an object is a "Map" or a "Set", whatever its tag
// says; "" is neither.
func (b *Builtins) Collection(o *goja.Object) string {
	if _, err := b.MapSize(o); err == nil {
		return "Map"
	}
	if _, err := b.SetSize(o); err == nil {
		return "Set"
	}
	return ""
}

// Entries lists a Map or Set through the forEach the runtime began with. Of a
// Set both lists hold the members.
func (b *Builtins) Entries(o *goja.Object) (keys, values []goja.Value) {
	each := b.MapEach
	if b.Collection(o) == "Set" {
		each = b.SetEach
	}
	Call(each, o, b.VM.ToValue(func(call goja.FunctionCall) goja.Value {
		keys = append(keys, call.Argument(1))
		values = append(values, call.Argument(0))
		return nil
	}))
	return keys, values
}

// OwnKeys are a value's own enumerable names and symbols; null and undefined throw.
func (b *Builtins) OwnKeys(v goja.Value) []goja.Value {
	if IsNullish(v) {
		b.ThrowType("Cannot convert undefined or null to object")
	}
	o := v.ToObject(b.VM)
	var out []goja.Value
	for _, name := range o.Keys() {
		out = append(out, b.VM.ToValue(name))
	}
	for _, s := range o.Symbols() {
		out = append(out, s)
	}
	return out
}

// HasProperty is the in operator.
func (b *Builtins) HasProperty(o *goja.Object, name string) bool {
	return Call(b.Has, goja.Undefined(), o, b.VM.ToValue(name)).ToBoolean()
}

// Array is a new array of the values.
func (b *Builtins) Array(values []goja.Value) *goja.Object {
	items := make([]any, len(values))
	for i, v := range values {
		items[i] = v
	}
	return b.VM.NewArray(items...)
}
