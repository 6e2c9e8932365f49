package sdk

import (
	"github.com/dop251/goja"
)

const schemaURL = "https://schema.getpostman.com/json/collection/v2.1.0/collection.json"

func (s *SDK) collectionClass() *class {
	return &class{
		parent: "ItemGroup",
		init: func(o *goja.Object, a args) {
			definition := a.at(0)
			s.class("ItemGroup").init(o, args{definition})
			set(o, "variables", s.newList("VariableList", "Variable", o, field(definition, "variable")))
			set(o, "version", goja.Undefined())
			if version := field(field(definition, "info"), "version"); truthy(version) {
				set(o, "version", s.make("Version", version))
			}
		},
		methods: []method{
			{"syncVariablesFrom", 2, func(this *goja.Object, a args) goja.Value {
				return s.invoke(s.object(get(this, "variables")), "syncFromObject", a.at(0), a.at(1))
			}},
			{"syncVariablesTo", 1, func(this *goja.Object, a args) goja.Value {
				return s.syncTo(s.list(s.object(get(this, "variables"))), a.at(0))
			}},
			{"toJSON", 0, func(this *goja.Object, _ args) goja.Value {
				o, info := s.baseJSON(this), s.vm.NewObject()
				set(info, "_postman_id", get(this, "id"))
				set(info, "name", get(this, "name"))
				set(info, "version", get(this, "version"))
				set(info, "schema", s.vm.ToValue(schemaURL))
				if s.has(o, "description") {
					set(info, "description", get(this, "description"))
				}
				for _, key := range []string{"id", "name", "version", "description"} {
					unset(o, key)
				}
				set(o, "info", info)
				return o
			}},
		},
		statics: []method{s.isStatic("Collection")},
	}
}
