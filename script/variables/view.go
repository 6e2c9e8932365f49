package variables

import (
	"github.com/dop251/goja"

	"posthaste/internal/variable"
)

// Plain is toObject: all layers merged, the narrowest last, disabled entries too unless told not to.
func (s *Scopes) Plain(kind Kind, enabledOnly bool) goja.Value {
	o := s.class.env.VM.NewObject()
	all := layers(kind)
	for i := len(all) - 1; i >= 0; i-- {
		for _, v := range s.scope(all[i]).Variables() {
			if v.Disabled && enabledOnly {
				continue
			}
			shown, held := s.live[all[i]][v.Key]
			switch {
			case held:
				shown = s.value(shown)
			case v.Type == "array" || v.Type == "object":
				shown = s.class.ToScript(variable.Cast(v.Value, v.Type))
			default:
				shown = s.class.ToScript(v.Value)
			}
			_ = o.DefineDataProperty(v.Key, shown, goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_TRUE)
		}
	}
	return o
}

// list shows the entries of one scope as plain objects.
func (s *Scopes) list(kind Kind) []any {
	vars := s.scope(kind).Variables()
	list := make([]any, 0, len(vars))
	for _, v := range vars {
		o := s.class.env.VM.NewObject()
		typ := v.Type
		if typ == "" {
			typ = "any"
		}
		_ = o.Set("type", typ)
		shown, held := s.live[kind][v.Key]
		if !held {
			shown = s.class.ToScript(v.Value)
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

// json is toJSON.
func (s *Scopes) json(kind Kind) goja.Value {
	o := s.class.env.VM.NewObject()
	id, name := s.labels(kind)
	if id != "" {
		_ = o.Set("id", id)
	}
	if name != "" {
		_ = o.Set("name", name)
	}
	_ = o.Set("values", s.class.env.VM.NewArray(s.list(kind)...))
	return o
}

func (s *Scopes) labels(kind Kind) (id, name string) {
	if kind == Environment {
		return s.call.EnvironmentID, s.call.EnvironmentName
	}
	if kind == Globals {
		if s.call.GlobalsName == "" {
			return s.call.GlobalsID, "globals"
		}
		return s.call.GlobalsID, s.call.GlobalsName
	}
	return "", ""
}

// values is the values property: a list of the entries of a scope. Changing the list changes no variable.
func (s *Scopes) values(kind Kind) goja.Value { return s.class.asList(s.list(kind)) }
