package sdk

import (
	"github.com/dop251/goja"
)

func (s *SDK) variableScopeClass() *class {
	return &class{
		parent: "Property", needsID: true,
		init: s.initScope,
		methods: []method{
			{"get", 1, func(this *goja.Object, a args) goja.Value {
				if v := s.scopeVariable(this, text(a.at(0))); v != nil {
					return s.variableValue(v)
				}
				return nil
			}},
			{"has", 1, func(this *goja.Object, a args) goja.Value {
				return s.vm.ToValue(s.scopeVariable(this, text(a.at(0))) != nil)
			}},
			{"set", 3, s.scopeSet},
			{"unset", 1, s.scopeUnset},
			{"clear", 0, s.scopeClear},
			{"toObject", 2, s.scopeObject},
			{"replaceIn", 1, s.scopeReplace},
			{"toJSON", 0, func(this *goja.Object, _ args) goja.Value {
				o := s.baseJSON(this)
				if v := get(o, "value"); truthy(v) {
					unset(o, "value")
					set(o, "values", v)
				}
				unset(o, "_layers")
				if truthy(get(o, "_postman_enableTracking")) {
					unset(o, "_postman_enableTracking")
				}
				return o
			}},
			{"addLayer", 1, func(this *goja.Object, a args) goja.Value {
				if s.is(a.at(0), "VariableList") {
					set(this, "_layers", s.array(append(items(get(this, "_layers")), a.at(0))))
				}
				return nil
			}},
			{"syncVariablesFrom", 2, func(this *goja.Object, a args) goja.Value {
				return s.invoke(s.object(get(this, "values")), "syncFromObject", a.at(0), a.at(1))
			}},
			{"syncVariablesTo", 1, func(this *goja.Object, a args) goja.Value { return s.syncTo(s.scopeValues(this), a.at(0)) }},
			{"enableTracking", 1, s.scopeTrack},
			{"disableTracking", 0, func(this *goja.Object, _ args) goja.Value {
				set(this, "_postman_enableTracking", s.vm.ToValue(false))
				return nil
			}},
			{"applyMutation", 3, func(this *goja.Object, a args) goja.Value {
				if fn := get(this, text(a.at(0))); isFunction(fn) {
					s.call(fn, this, a.at(1), a.at(2))
				}
				return nil
			}},
			s.discontinued("variables",
				"`VariableScope#variables` has been discontinued, use `VariableScope#syncVariablesTo` instead."),
		},
		statics: []method{s.isStatic("VariableScope")},
	}
}

// initScope takes (definition, layers): a scope, or just its variables.
func (s *SDK) initScope(o *goja.Object, a args) {
	definition := a.at(0)
	values := field(definition, "values")
	if isArray(definition) || s.is(definition, "VariableList") {
		values, definition = definition, s.vm.NewObject()
	}
	s.initProperty(o, args{definition})
	if s.is(values, "VariableList") {
		values = s.toJSON(values)
	}
	set(o, "values", s.newList("VariableList", "Variable", o, values))
	if mutations := field(definition, "mutations"); truthy(mutations) {
		defer func() { set(o, "mutations", s.make("MutationTracker", mutations)) }() // after the layers
	}
	if !truthy(a.at(1)) {
		return
	}
	layers := []goja.Value{a.at(1)}
	if isArray(a.at(1)) {
		layers = items(a.at(1))
	}
	var kept []goja.Value
	for _, l := range layers {
		if s.is(l, "VariableList") {
			kept = append(kept, l)
		}
	}
	set(o, "_layers", s.array(kept))
}

func (s *SDK) scopeValues(o *goja.Object) list { return s.list(s.object(get(o, "values"))) }

// scopeVariable finds an enabled variable in the scope, then in its layers.
func (s *SDK) scopeVariable(o *goja.Object, key string) *goja.Object {
	if v := s.enabledVariable(s.scopeValues(o), key); v != nil {
		return v
	}
	for _, layer := range items(get(o, "_layers")) {
		if v := s.enabledVariable(s.list(s.object(layer)), key); v != nil {
			return v
		}
	}
	return nil
}

// scopeObject merges the layers, the outermost first, and the scope's own variables last.
func (s *SDK) scopeObject(this *goja.Object, a args) goja.Value {
	result := s.vm.NewObject()
	layers := items(get(this, "_layers"))
	for i := len(layers) - 1; i >= -1; i-- {
		l := s.scopeValues(this)
		if i >= 0 {
			l = s.list(s.object(layers[i]))
		}
		o := s.listObject(l, a)
		for _, key := range o.Keys() {
			set(result, key, get(o, key))
		}
	}
	return result
}

func (s *SDK) scopeReplace(this *goja.Object, a args) goja.Value {
	find := s.sources(append(args{get(this, "values")}, items(get(this, "_layers"))...))
	if v := a.at(0); isString(v) {
		return s.vm.ToValue(s.expander(find)(text(v)))
	}
	return s.expandIn(a.at(0), find)
}
