// Package variable is the classes Variable, VariableList, VariableScope and MutationTracker.
//
// Values have types, which conversion follows on every write. pm.environment and its like are script/variables'.
package variable

import (
	"github.com/dop251/goja"

	"posthaste/script/jsvalue"
	"posthaste/script/lib/sdk/core"
	"posthaste/script/lib/sdk/property"
)

// Class describes Variable: a key, a value, and a type that the value is converted to on
// every write. The type of a new variable is "any", which converts nothing.
func Class(s *core.SDK) *core.Class {
	return &core.Class{
		ValueOf: func(o *goja.Object) goja.Value { return variableValue(s, o) },
		Parent:  "Property", IndexKey: "key",
		Init: func(o *goja.Object, a core.Args) { initVariable(s, o, a) },
		Methods: []core.Method{
			{Name: "get", Length: 0, Fn: func(this *goja.Object, _ core.Args) goja.Value { return variableValue(s, this) }},
			{Name: "set", Length: 1, Fn: func(this *goja.Object, a core.Args) goja.Value {
				setVariable(s, this, a.At(0))
				return nil
			}},
			{Name: "valueOf", Length: 1, Fn: func(this *goja.Object, a core.Args) goja.Value {
				if len(a) > 0 {
					setVariable(s, this, a.At(0))
				}
				return variableValue(s, this)
			}},
			{Name: "toString", Length: 0, Fn: func(this *goja.Object, _ core.Args) goja.Value { return s.VM.ToValue(property.VariableString(s, this)) }},
			{Name: "cast", Length: 1, Fn: func(this *goja.Object, a core.Args) goja.Value { return castOut(s, variableType(s, this), a.At(0)) }},
			{Name: "castIn", Length: 1, Fn: func(this *goja.Object, a core.Args) goja.Value { return castIn(s, variableType(s, this), a.At(0)) }},
			{Name: "castOut", Length: 1, Fn: func(this *goja.Object, a core.Args) goja.Value { return castOut(s, variableType(s, this), a.At(0)) }},
			{Name: "valueType", Length: 2, Fn: func(this *goja.Object, a core.Args) goja.Value {
				return setVariableType(s, this, a.At(0), jsvalue.Truthy(a.At(1)))
			}},
			{Name: "update", Length: 1, Fn: func(this *goja.Object, a core.Args) goja.Value {
				updateVariable(s, this, a.At(0))
				return nil
			}},
		},
		Statics: []core.Method{s.IsStatic("Variable")},
		Values:  func(ctor *goja.Object) { variableTypes(s, ctor) },
	}
}

// initVariable sets type and value first, so that both exist, in this order, whatever the
// definition has.
func initVariable(s *core.SDK, o *goja.Object, a core.Args) {
	definition := a.At(0)
	property.Init(s, o, core.Args{definition})
	core.Set(o, "type", s.VM.ToValue("any"))
	core.Set(o, "value", goja.Undefined())
	if jsvalue.IsNullish(definition) {
		return
	}
	s.CopyOwn(o, definition, "key")
	updateVariable(s, o, definition)
}

// updateVariable sets the type before the value, because the value is converted to it. What
// is no object changes nothing. A key is never changed.
func updateVariable(s *core.SDK, o *goja.Object, options goja.Value) {
	if _, ok := options.(*goja.Object); !ok {
		return
	}
	if s.Has(options, "type") {
		// The old value is not converted if a new one follows: it would be lost work, and
		// could fail.
		setVariableType(s, o, jsvalue.Field(options, "type"), s.Has(options, "value"))
	}
	if s.Has(options, "value") {
		setVariable(s, o, jsvalue.Field(options, "value"))
	}
	s.CopyOwn(o, options, "system", "disabled")
	if s.Has(options, "description") {
		s.Invoke(o, "describe", jsvalue.Field(options, "description"))
	}
}

// setVariable stores a value as the type has it; a function is stored as it is and called on
// every read.
func setVariable(s *core.SDK, o *goja.Object, v goja.Value) {
	if !core.IsFunction(v) {
		v = castIn(s, variableType(s, o), v)
	}
	core.Set(o, "value", v)
}

// variableValue is the value as its type has it. A function is called, with the variable as
// this, and its result converted.
func variableValue(s *core.SDK, o *goja.Object) goja.Value {
	v := jsvalue.Get(o, "value")
	if core.IsFunction(v) {
		v = s.Call(v, o)
	}
	return castOut(s, variableType(s, o), v)
}
