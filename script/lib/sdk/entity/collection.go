package entity

import (
	"github.com/dop251/goja"

	"posthaste/script/jsvalue"
	"posthaste/script/lib/sdk/core"
	"posthaste/script/lib/sdk/property"
	"posthaste/script/lib/sdk/variable"
)

// schemaURL is what toJSON writes into info.schema: the SDK writes format 2.1 whatever was
// read.
const schemaURL = "https://schema.getpostman.com/json/collection/v2.1.0/collection.json"

// CollectionClass describes Collection: a folder at the top, with variables and a version.
func CollectionClass(s *core.SDK) *core.Class {
	return &core.Class{
		Parent: "ItemGroup",
		Init: func(o *goja.Object, a core.Args) {
			definition := a.At(0)
			s.Class("ItemGroup").Init(o, core.Args{definition})
			core.Set(o, "variables", property.NewList(s, "VariableList", "Variable", o, jsvalue.Field(definition, "variable")))
			// Set even without a version, so that the property exists as it does in the SDK.
			core.Set(o, "version", goja.Undefined())
			if version := jsvalue.Field(jsvalue.Field(definition, "info"), "version"); jsvalue.Truthy(version) {
				core.Set(o, "version", s.Make("Version", version))
			}
		},
		Methods: []core.Method{
			{Name: "syncVariablesFrom", Length: 2, Fn: func(this *goja.Object, a core.Args) goja.Value {
				return s.Invoke(s.Object(jsvalue.Get(this, "variables")), "syncFromObject", a.At(0), a.At(1))
			}},
			{Name: "syncVariablesTo", Length: 1, Fn: func(this *goja.Object, a core.Args) goja.Value {
				return variable.SyncTo(s, property.ListOf(s, s.Object(jsvalue.Get(this, "variables"))), a.At(0))
			}},
			{Name: "toJSON", Length: 0, Fn: func(this *goja.Object, _ core.Args) goja.Value {
				// id, name, version and description move into info, where files of format 2.1
				// have them.
				o, info := property.JSON(s, this), s.VM.NewObject()
				core.Set(info, "_postman_id", jsvalue.Get(this, "id"))
				core.Set(info, "name", jsvalue.Get(this, "name"))
				core.Set(info, "version", jsvalue.Get(this, "version"))
				core.Set(info, "schema", s.VM.ToValue(schemaURL))
				if s.Has(o, "description") {
					core.Set(info, "description", jsvalue.Get(this, "description"))
				}
				for _, key := range []string{"id", "name", "version", "description"} {
					property.Unset(o, key)
				}
				core.Set(o, "info", info)
				return o
			}},
		},
		Statics: []core.Method{s.IsStatic("Collection")},
	}
}
