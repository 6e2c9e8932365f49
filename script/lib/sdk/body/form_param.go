package body

import (
	"github.com/dop251/goja"

	"posthaste/script/jsvalue"
	"posthaste/script/lib/sdk/core"
	"posthaste/script/lib/sdk/property"
)

// FormParamClass describes FormParam: a row of a multipart form, with a text as its value or
// the path of a file as its src.
func FormParamClass(s *core.SDK) *core.Class {
	keys := []string{"type", "src", "contentType", "fileName"}
	return &core.Class{
		ValueOf: func(o *goja.Object) goja.Value { return jsvalue.Get(o, "value") },
		Parent:  "Property", IndexKey: "key", Multi: true,
		Init: func(o *goja.Object, a core.Args) {
			property.Init(s, o, a)
			// The SDK makes "" of every value that is not truthy, 0 and false included.
			for _, key := range []string{"key", "value"} {
				v := jsvalue.Field(a.At(0), key)
				if !jsvalue.Truthy(v) {
					v = s.VM.ToValue("")
				}
				core.Set(o, key, v)
			}
			for _, key := range keys {
				core.Set(o, key, jsvalue.Field(a.At(0), key))
			}
		},
		Methods: []core.Method{
			{Name: "toString", Length: 0, Fn: func(this *goja.Object, _ core.Args) goja.Value {
				return s.VM.ToValue(core.Text(jsvalue.Get(this, "key")) + "=" + core.Text(jsvalue.Get(this, "value")))
			}},
			{Name: "valueOf", Length: 0, Fn: func(this *goja.Object, _ core.Args) goja.Value { return jsvalue.Get(this, "value") }},
			{Name: "toJSON", Length: 0, Fn: func(this *goja.Object, _ core.Args) goja.Value {
				o := property.JSON(s, this)
				// The value of a file row is left over from a text row, and no part of a
				// collection file.
				if v := jsvalue.Get(o, "value"); core.Text(jsvalue.Get(o, "type")) == "file" && (!jsvalue.IsString(v) || !jsvalue.Truthy(v)) {
					property.Unset(o, "value")
				}
				return o
			}},
		},
		// The SDK has the method without a body.
		Statics: []core.Method{{Name: "parse", Length: 1, Fn: func(*goja.Object, core.Args) goja.Value { return nil }}},
	}
}
