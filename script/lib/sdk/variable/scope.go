package variable

import (
	"github.com/dop251/goja"

	"posthaste/script/jsvalue"
	"posthaste/script/lib/sdk/core"
	"posthaste/script/lib/sdk/property"
)

// ScopeClass describes VariableScope: a list of variables, with layers of further lists below
// it. The first that has a name wins. An environment file is a scope.
func ScopeClass(s *core.SDK) *core.Class {
	return &core.Class{
		Parent: "Property", NeedsID: true,
		Init: func(o *goja.Object, a core.Args) { initScope(s, o, a) },
		Methods: []core.Method{
			{Name: "get", Length: 1, Fn: func(this *goja.Object, a core.Args) goja.Value {
				if v := scopeVariable(s, this, core.Text(a.At(0))); v != nil {
					return variableValue(s, v)
				}
				return nil
			}},
			{Name: "has", Length: 1, Fn: func(this *goja.Object, a core.Args) goja.Value {
				return s.VM.ToValue(scopeVariable(s, this, core.Text(a.At(0))) != nil)
			}},
			{Name: "set", Length: 3, Fn: func(this *goja.Object, a core.Args) goja.Value { return scopeSet(s, this, a) }},
			{Name: "unset", Length: 1, Fn: func(this *goja.Object, a core.Args) goja.Value { return scopeUnset(s, this, a) }},
			{Name: "clear", Length: 0, Fn: func(this *goja.Object, p1 core.Args) goja.Value { return scopeClear(s, this, p1) }},
			{Name: "toObject", Length: 2, Fn: func(this *goja.Object, a core.Args) goja.Value { return scopeObject(s, this, a) }},
			{Name: "replaceIn", Length: 1, Fn: func(this *goja.Object, a core.Args) goja.Value { return scopeReplace(s, this, a) }},
			{Name: "toJSON", Length: 0, Fn: func(this *goja.Object, _ core.Args) goja.Value {
				o := property.JSON(s, this)
				// In files the list is called values. JSON cuts the "s" off a list's name,
				// which is put back here.
				if v := jsvalue.Get(o, "value"); jsvalue.Truthy(v) {
					property.Unset(o, "value")
					core.Set(o, "values", v)
				}
				property.Unset(o, "_layers")
				if jsvalue.Truthy(jsvalue.Get(o, "_postman_enableTracking")) {
					property.Unset(o, "_postman_enableTracking")
				}
				return o
			}},
			{Name: "addLayer", Length: 1, Fn: func(this *goja.Object, a core.Args) goja.Value {
				if s.Is(a.At(0), "VariableList") {
					core.Set(this, "_layers", s.Array(append(core.Items(jsvalue.Get(this, "_layers")), a.At(0))))
				}
				return nil
			}},
			{Name: "syncVariablesFrom", Length: 2, Fn: func(this *goja.Object, a core.Args) goja.Value {
				return s.Invoke(s.Object(jsvalue.Get(this, "values")), "syncFromObject", a.At(0), a.At(1))
			}},
			{Name: "syncVariablesTo", Length: 1, Fn: func(this *goja.Object, a core.Args) goja.Value { return SyncTo(s, scopeValues(s, this), a.At(0)) }},
			{Name: "enableTracking", Length: 1, Fn: func(this *goja.Object, a core.Args) goja.Value { return scopeTrack(s, this, a) }},
			{Name: "disableTracking", Length: 0, Fn: func(this *goja.Object, _ core.Args) goja.Value {
				core.Set(this, "_postman_enableTracking", s.VM.ToValue(false))
				return nil
			}},
			{Name: "applyMutation", Length: 3, Fn: func(this *goja.Object, a core.Args) goja.Value {
				if fn := jsvalue.Get(this, core.Text(a.At(0))); core.IsFunction(fn) {
					s.Call(fn, this, a.At(1), a.At(2))
				}
				return nil
			}},
			s.Discontinued("variables",
				"`VariableScope#variables` has been discontinued, use `VariableScope#syncVariablesTo` instead."),
		},
		Statics: []core.Method{s.IsStatic("VariableScope")},
	}
}

// initScope takes (definition, layers). The definition is a scope with values, or just the
// variables as an array or a list; layers is one list or an array of them, and what is no
// VariableList is ignored.
func initScope(s *core.SDK, o *goja.Object, a core.Args) {
	definition := a.At(0)
	values := jsvalue.Field(definition, "values")
	if core.IsArray(definition) || s.Is(definition, "VariableList") {
		values, definition = definition, s.VM.NewObject()
	}
	property.Init(s, o, core.Args{definition})
	// Copies: variables of a list stay in that list.
	if s.Is(values, "VariableList") {
		values = property.ToJSON(s, values)
	}
	core.Set(o, "values", property.NewList(s, "VariableList", "Variable", o, values))
	if mutations := jsvalue.Field(definition, "mutations"); jsvalue.Truthy(mutations) {
		// The SDK sets mutations last; the order of keys shows in JSON.
		defer func() { core.Set(o, "mutations", s.Make("MutationTracker", mutations)) }() // after the layers
	}
	if !jsvalue.Truthy(a.At(1)) {
		return
	}
	layers := []goja.Value{a.At(1)}
	if core.IsArray(a.At(1)) {
		layers = core.Items(a.At(1))
	}
	var kept []goja.Value
	for _, l := range layers {
		if s.Is(l, "VariableList") {
			kept = append(kept, l)
		}
	}
	core.Set(o, "_layers", s.Array(kept))
}

// scopeValues is the scope's own list. It is empty if a script removed values; additions are
// lost then.
func scopeValues(s *core.SDK, o *goja.Object) property.List {
	return property.ListOf(s, s.Object(jsvalue.Get(o, "values")))
}

// scopeVariable finds an enabled variable in the scope, then in its layers, nil when there is
// none.
func scopeVariable(s *core.SDK, o *goja.Object, key string) *goja.Object {
	if v := property.EnabledVariable(scopeValues(s, o), key); v != nil {
		return v
	}
	for _, layer := range core.Items(jsvalue.Get(o, "_layers")) {
		if v := property.EnabledVariable(property.ListOf(s, s.Object(layer)), key); v != nil {
			return v
		}
	}
	return nil
}

// scopeObject merges the layers, the last one first, and the scope's own variables last, so
// that what get finds is what the object has. The arguments are those of
// PropertyList.toObject.
func scopeObject(s *core.SDK, this *goja.Object, a core.Args) goja.Value {
	result := s.VM.NewObject()
	layers := core.Items(jsvalue.Get(this, "_layers"))
	// -1 stands for the scope itself.
	for i := len(layers) - 1; i >= -1; i-- {
		l := scopeValues(s, this)
		if i >= 0 {
			l = property.ListOf(s, s.Object(layers[i]))
		}
		o := property.ListObject(s, l, a)
		for _, key := range o.Keys() {
			core.Set(result, key, jsvalue.Get(o, key))
		}
	}
	return result
}

// scopeReplace is replaceIn: it resolves in this scope first, then in its layers. A text
// gives a text; an object gives a copy with its texts replaced; everything else is returned
// as it is.
func scopeReplace(s *core.SDK, this *goja.Object, a core.Args) goja.Value {
	find := property.Sources(s, append(core.Args{jsvalue.Get(this, "values")}, core.Items(jsvalue.Get(this, "_layers"))...))
	if v := a.At(0); jsvalue.IsString(v) {
		return s.VM.ToValue(property.Expander(s, find)(core.Text(v)))
	}
	return property.ExpandIn(s, a.At(0), find)
}
