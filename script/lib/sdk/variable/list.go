package variable

import (
	"github.com/dop251/goja"

	"posthaste/script/jsvalue"
	"posthaste/script/lib/sdk/core"
	"posthaste/script/lib/sdk/property"
)

// ListClass describes VariableList. Its members are found by key; of several of a name the
// last that is enabled counts.
func ListClass(s *core.SDK) *core.Class {
	return &core.Class{
		Parent: "PropertyList",
		Init: func(o *goja.Object, a core.Args) {
			property.InitList(s, o, core.Args{s.Class("Variable").Ctor, a.At(0), a.At(1)})
		},
		Methods: []core.Method{
			{Name: "replace", Length: 2, Fn: func(this *goja.Object, a core.Args) goja.Value {
				if !jsvalue.IsString(a.At(0)) {
					return a.At(0)
				}
				return s.VM.ToValue(property.Expander(s, property.Sources(s, core.Args{this, a.At(1)}))(core.Text(a.At(0))))
			}},
			// substitute looks in this list, then in those of the parents, then in what it is
			// given.
			{Name: "substitute", Length: 3, Fn: func(this *goja.Object, a core.Args) goja.Value {
				lists := core.Args{this}
				for up := range property.Above(this) {
					if vars := jsvalue.Field(up, "variables"); jsvalue.Truthy(vars) && vars != goja.Value(this) {
						lists = append(lists, vars)
					}
				}
				return property.ExpandIn(s, a.At(0), property.Sources(s, append(lists, a.At(1))))
			}},
			{Name: "syncFromObject", Length: 3, Fn: func(this *goja.Object, a core.Args) goja.Value {
				// prune is on when it is not given.
				prune := goja.IsUndefined(a.At(2)) || jsvalue.Truthy(a.At(2))
				ops := SyncFrom(s, property.ListOf(s, this), a.At(0), prune)
				// The SDK returns false here instead of nothing.
				if !jsvalue.Truthy(a.At(1)) {
					return s.VM.ToValue(jsvalue.Truthy(a.At(1)))
				}
				return ops
			}},
			{Name: "syncToObject", Length: 1, Fn: func(this *goja.Object, a core.Args) goja.Value { return SyncTo(s, property.ListOf(s, this), a.At(0)) }},
			{Name: "oneNormalizedVariable", Length: 1, Fn: func(this *goja.Object, a core.Args) goja.Value {
				l := property.ListOf(s, this)
				if v := property.EnabledVariable(l, core.Text(a.At(0))); v != nil {
					return v
				}
				// All of that name are disabled: what the lookup has, which may be one of
				// them.
				return jsvalue.Get(l.Reference(), core.Text(a.At(0)))
			}},
		},
		Statics: []core.Method{s.IsStatic("VariableList")},
	}
}

// SyncFrom sets variables from the properties of an object and, with prune, removes the
// others. It returns {created, updated, deleted}, arrays of names. What is no object changes
// nothing.
func SyncFrom(s *core.SDK, l property.List, from goja.Value, prune bool) goja.Value {
	var created, updated, deleted []string
	if o, ok := from.(*goja.Object); ok {
		for _, key := range o.Keys() {
			value := jsvalue.Get(o, key)
			if v, ok := l.One(key).(*goja.Object); ok {
				// The value only: type and disabled of the variable stay.
				setVariable(s, v, value)
				updated = append(updated, key)
				continue
			}
			given := s.VM.NewObject()
			core.Set(given, "value", value)
			core.Set(given, l.Key, s.VM.ToValue(key))
			l.Add(core.Args{given})
			created = append(created, key)
		}
		for _, key := range l.Reference().Keys() {
			if prune && !s.Has(o, key) {
				l.RemoveKey(key)
				deleted = append(deleted, key)
			}
		}
	}
	ops := s.VM.NewObject()
	core.Set(ops, "created", s.Texts(created))
	core.Set(ops, "updated", s.Texts(updated))
	core.Set(ops, "deleted", s.Texts(deleted))
	return ops
}

// SyncTo writes all variables into an object, disabled ones too, and removes what is no
// variable from it. It changes and returns into, or a new object when into is none.
func SyncTo(s *core.SDK, l property.List, into goja.Value) goja.Value {
	o := s.Object(into)
	for _, key := range o.Keys() {
		if !s.Has(l.Reference(), key) {
			_ = o.Delete(key)
		}
	}
	for _, v := range l.Members() {
		core.Set(o, core.Text(jsvalue.Field(v, "key")), property.ValueOf(s, v))
	}
	return o
}
