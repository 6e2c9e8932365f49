package sdk

import (
	"github.com/dop251/goja"
)

func (s *SDK) formParamClass() *class {
	keys := []string{"type", "src", "contentType", "fileName"}
	return &class{
		parent: "Property", indexKey: "key", multi: true,
		init: func(o *goja.Object, a args) {
			s.initProperty(o, a)
			for _, key := range []string{"key", "value"} {
				v := field(a.at(0), key)
				if !truthy(v) {
					v = s.vm.ToValue("")
				}
				set(o, key, v)
			}
			for _, key := range keys {
				set(o, key, field(a.at(0), key))
			}
		},
		methods: []method{
			{"toString", 0, func(this *goja.Object, _ args) goja.Value {
				return s.vm.ToValue(text(get(this, "key")) + "=" + text(get(this, "value")))
			}},
			{"valueOf", 0, func(this *goja.Object, _ args) goja.Value { return get(this, "value") }},
			{"toJSON", 0, func(this *goja.Object, _ args) goja.Value {
				o := s.baseJSON(this)
				if v := get(o, "value"); text(get(o, "type")) == "file" && (!isString(v) || !truthy(v)) {
					unset(o, "value")
				}
				return o
			}},
		},
		statics: []method{{"parse", 1, func(*goja.Object, args) goja.Value { return nil }}},
	}
}
