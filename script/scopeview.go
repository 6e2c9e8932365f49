package script

import (
	"math"

	"github.com/dop251/goja"

	"posthaste/collection"
	"posthaste/internal/variable"
	"posthaste/script/engine"
)

// toScript shows a value to scripts.
func (s *instance) toScript(v collection.Value) goja.Value {
	switch v.Kind() {
	case collection.Null:
		return goja.Null()
	case collection.Bool:
		return s.vm.ToValue(v.Truthy())
	case collection.Number:
		f, _ := v.Float()
		if f == math.Trunc(f) && math.Abs(f) < 1<<53 {
			return s.vm.ToValue(int64(f))
		}
		return s.vm.ToValue(f)
	case collection.String:
		return s.vm.ToValue(v.String())
	case collection.JSON:
		parsed, err := engine.ParseJSON(s.vm, v.String())
		if err != nil {
			return s.vm.ToValue(v.String())
		}
		return parsed
	default:
		return goja.Undefined()
	}
}

// fromScript is a script's value after JSON: a Date is its text, undefined, functions and NaN are null. exact
// says that a script would not notice the difference.
func (s *instance) fromScript(v goja.Value) (plain collection.Value, exact bool) {
	switch {
	case v == nil || goja.IsUndefined(v):
		return collection.NullValue(), false
	case goja.IsNull(v):
		return collection.NullValue(), true
	case goja.IsString(v):
		return collection.Text(v.String()), true
	case goja.IsNumber(v):
		f := v.ToFloat()
		return collection.NumberValue(f), !math.IsNaN(f) && !math.IsInf(f, 0)
	case goja.IsBigInt(v):
		return collection.Text(v.String()), false
	}
	if o, ok := v.(*goja.Object); ok {
		text, err := s.stringify(goja.Undefined(), o)
		if err != nil {
			panic(s.realm.Rethrow(err))
		}
		if !goja.IsString(text) {
			return collection.NullValue(), false
		}
		return collection.JSONValue(text.String()), false
	}
	if _, ok := v.(*goja.Symbol); ok {
		return collection.NullValue(), false
	}
	return collection.BoolValue(v.ToBoolean()), true
}

// variablesObject is toObject: all layers merged, the narrowest last, disabled entries too unless told not to.
func (r *run) variablesObject(kind scopeKind, enabledOnly bool) goja.Value {
	o := r.vm.NewObject()
	all := layers(kind)
	for i := len(all) - 1; i >= 0; i-- {
		for _, v := range r.scope(all[i]).Variables() {
			if v.Disabled && enabledOnly {
				continue
			}
			shown, held := r.live[all[i]][v.Key]
			switch {
			case held:
			case v.Type == "array" || v.Type == "object":
				shown = r.toScript(variable.Cast(v.Value, v.Type))
			default:
				shown = r.toScript(v.Value)
			}
			_ = o.DefineDataProperty(v.Key, shown, goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_TRUE)
		}
	}
	return o
}

// scopeList shows the entries of one scope as plain objects.
func (r *run) scopeList(kind scopeKind) []any {
	vars := r.scope(kind).Variables()
	list := make([]any, 0, len(vars))
	for _, v := range vars {
		o := r.vm.NewObject()
		typ := v.Type
		if typ == "" {
			typ = "any"
		}
		_ = o.Set("type", typ)
		shown, held := r.live[kind][v.Key]
		if !held {
			shown = r.toScript(v.Value)
		}
		_ = o.Set("value", shown)
		_ = o.Set("key", v.Key)
		if v.Disabled {
			_ = o.Set("disabled", true)
		}
		list = append(list, o)
	}
	return list
}

// scopeJSON is toJSON.
func (r *run) scopeJSON(kind scopeKind) goja.Value {
	o := r.vm.NewObject()
	id, name := r.scopeLabels(kind)
	if id != "" {
		_ = o.Set("id", id)
	}
	if name != "" {
		_ = o.Set("name", name)
	}
	_ = o.Set("values", r.vm.NewArray(r.scopeList(kind)...))
	return o
}

func (r *run) scopeLabels(kind scopeKind) (id, name string) {
	if kind == environmentScope {
		return r.call.EnvironmentID, r.call.EnvironmentName
	}
	if kind == globalsScope {
		if r.call.GlobalsName == "" {
			return r.call.GlobalsID, "globals"
		}
		return r.call.GlobalsID, r.call.GlobalsName
	}
	return "", ""
}

func (s *instance) scopeText(this goja.Value, name bool) goja.Value {
	id, label := s.cur.scopeLabels(s.scopeOfThis(this))
	if name {
		id = label
	}
	if id == "" {
		return goja.Undefined()
	}
	return s.vm.ToValue(id)
}

// memory is the scope of a call that gave none.
type memory struct{ vars []collection.Variable }

func (m *memory) Lookup(key string) (collection.Value, bool) {
	for i := len(m.vars) - 1; i >= 0; i-- {
		if m.vars[i].Key == key && !m.vars[i].Disabled {
			return m.vars[i].Value, true
		}
	}
	return collection.Value{}, false
}

func (m *memory) Set(key string, v collection.Value, typ string) {
	for i := range m.vars {
		if m.vars[i].Key == key {
			m.vars[i].Value, m.vars[i].Type = v, typ
			return
		}
	}
	m.vars = append(m.vars, collection.Variable{Key: key, Value: v, Type: typ})
}

func (m *memory) Unset(key string) {
	for i := range m.vars {
		if m.vars[i].Key == key {
			m.vars = append(m.vars[:i], m.vars[i+1:]...)
			return
		}
	}
}

func (m *memory) Clear() { m.vars = nil }

func (m *memory) Variables() []collection.Variable { return m.vars }
