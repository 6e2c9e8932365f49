package sdk

import (
	"github.com/dop251/goja"
)

func (s *SDK) queryParamClass() *class {
	return &class{
		parent: "Property", indexKey: "key", multi: true,
		init: func(o *goja.Object, a args) {
			s.initProperty(o, a)
			s.updateQuery(o, a.at(0))
		},
		methods: []method{
			{"toString", 0, func(this *goja.Object, _ args) goja.Value { return s.vm.ToValue(queryText(this)) }},
			{"valueOf", 0, func(this *goja.Object, _ args) goja.Value { return s.queryValue(this) }},
			{"update", 1, func(this *goja.Object, a args) goja.Value {
				s.updateQuery(this, a.at(0))
				return nil
			}},
		},
		statics: []method{
			{"parse", 1, func(_ *goja.Object, a args) goja.Value {
				if !isString(a.at(0)) {
					return s.vm.NewArray()
				}
				return s.array(s.parseQuery(text(a.at(0))))
			}},
			{"parseSingle", 3, func(_ *goja.Object, a args) goja.Value {
				if isString(a.at(0)) && text(a.at(0)) == "" && isNumber(a.at(1)) && isArray(a.at(2)) &&
					int(a.at(1).ToInteger()) != len(items(a.at(2)))-1 {
					return s.queryPair("", true)
				}
				return s.parseParam(text(a.at(0)), false)
			}},
			{"unparse", 1, func(_ *goja.Object, a args) goja.Value { return s.vm.ToValue(s.unparseQuery(a.at(0))) }},
			{"unparseSingle", 1, func(_ *goja.Object, a args) goja.Value { return s.vm.ToValue(queryText(a.at(0))) }},
		},
	}
}

func (s *SDK) updateQuery(o *goja.Object, param goja.Value) {
	from := param
	if isString(param) {
		from = s.parseParam(text(param), false)
	}
	set(o, "key", field(from, "key"))
	set(o, "value", field(from, "value"))
	s.copyOwn(o, param, "system")
}

func (s *SDK) queryValue(o goja.Value) goja.Value {
	if v := field(o, "value"); isString(v) {
		return v
	}
	return s.vm.ToValue("")
}
