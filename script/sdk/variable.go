package sdk

import (
	"github.com/dop251/goja"
)

func (s *SDK) variableClass() *class {
	return &class{
		parent: "Property", indexKey: "key",
		init: s.initVariable,
		methods: []method{
			{"get", 0, func(this *goja.Object, _ args) goja.Value { return s.variableValue(this) }},
			{"set", 1, func(this *goja.Object, a args) goja.Value {
				s.setVariable(this, a.at(0))
				return nil
			}},
			{"valueOf", 1, func(this *goja.Object, a args) goja.Value {
				if len(a) > 0 {
					s.setVariable(this, a.at(0))
				}
				return s.variableValue(this)
			}},
			{"toString", 0, func(this *goja.Object, _ args) goja.Value { return s.vm.ToValue(s.variableString(this)) }},
			{"cast", 1, func(this *goja.Object, a args) goja.Value { return s.castOut(s.variableType(this), a.at(0)) }},
			{"castIn", 1, func(this *goja.Object, a args) goja.Value { return s.castIn(s.variableType(this), a.at(0)) }},
			{"castOut", 1, func(this *goja.Object, a args) goja.Value { return s.castOut(s.variableType(this), a.at(0)) }},
			{"valueType", 2, func(this *goja.Object, a args) goja.Value {
				return s.setVariableType(this, a.at(0), truthy(a.at(1)))
			}},
			{"update", 1, func(this *goja.Object, a args) goja.Value {
				s.updateVariable(this, a.at(0))
				return nil
			}},
		},
		statics: []method{s.isStatic("Variable")},
		values:  s.variableTypes,
	}
}

func (s *SDK) initVariable(o *goja.Object, a args) {
	definition := a.at(0)
	s.initProperty(o, args{definition})
	set(o, "type", s.vm.ToValue("any"))
	set(o, "value", goja.Undefined())
	if isNil(definition) {
		return
	}
	s.copyOwn(o, definition, "key")
	s.updateVariable(o, definition)
}

func (s *SDK) updateVariable(o *goja.Object, options goja.Value) {
	if _, ok := options.(*goja.Object); !ok {
		return
	}
	if s.has(options, "type") {
		s.setVariableType(o, field(options, "type"), s.has(options, "value"))
	}
	if s.has(options, "value") {
		s.setVariable(o, field(options, "value"))
	}
	s.copyOwn(o, options, "system", "disabled")
	if s.has(options, "description") {
		s.invoke(o, "describe", field(options, "description"))
	}
}

func (s *SDK) setVariable(o *goja.Object, v goja.Value) {
	if !isFunction(v) {
		v = s.castIn(s.variableType(o), v)
	}
	set(o, "value", v)
}

// variableValue is the value as its type has it; a function is called for it.
func (s *SDK) variableValue(o *goja.Object) goja.Value {
	v := get(o, "value")
	if isFunction(v) {
		v = s.call(v, o)
	}
	return s.castOut(s.variableType(o), v)
}

func (s *SDK) variableString(o *goja.Object) string {
	switch v := s.variableValue(o); {
	case goja.IsNull(v):
		return "null"
	case goja.IsUndefined(v):
		return ""
	default:
		return text(v)
	}
}
