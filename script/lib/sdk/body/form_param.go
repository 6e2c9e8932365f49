package body

import (
	"github.com/dop251/goja"

	"posthaste/script/jsvalue"
	"posthaste/script/lib/sdk/core"
	"posthaste/script/lib/sdk/property"
)

// FormParamClass describes FormParam.
func FormParamClass(s *core.SDK) *core.Class {
	keys := []string{"type", "src", "contentType", "fileName"}
	return &core.Class{
		ValueOf: func(o *goja.Object) goja.Value { return jsvalue.Get(o, "value") },
		Parent:  "Property", IndexKey: "key", Multi: true,
		Init: func(o *goja.Object, a core.Args) {
			property.Init(s, o, a)
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
				if v := jsvalue.Get(o, "value"); core.Text(jsvalue.Get(o, "type")) == "file" && (!jsvalue.IsString(v) || !jsvalue.Truthy(v)) {
					property.Unset(o, "value")
				}
				return o
			}},
		},
		Statics: []core.Method{{Name: "parse", Length: 1, Fn: func(*goja.Object, core.Args) goja.Value { return nil }}},
	}
}
