package property

import (
	"github.com/dop251/goja"

	"posthaste/script/sdk/core"
)

// ListObject takes (excludeDisabled, caseSensitive, multiValue, sanitizeKeys).
func ListObject(s *core.SDK, l List, a core.Args) *goja.Object {
	result := s.VM.NewObject()
	repeated := map[string]*goja.Object{}
	seen := map[string]bool{}
	exact := !l.caseless || core.Truthy(a.At(1))
	multi := l.multi || core.Truthy(a.At(2))
	sanitize := core.Truthy(a.At(3)) || core.Truthy(core.Get(l.object, "_postman_sanitizeKeys"))
	for _, v := range l.Members() {
		key := core.Field(v, l.Key)
		if !s.Has(v, l.Key) || core.Truthy(a.At(0)) && core.Truthy(core.Field(v, "disabled")) || sanitize && !core.Truthy(key) {
			continue
		}
		name := core.Text(key)
		if !exact {
			name = core.Lower(name)
		}
		value := ValueOf(s, v)
		switch {
		case !multi || !seen[name]:
			core.Set(result, name, value)
		case repeated[name] == nil:
			repeated[name] = s.VM.NewArray(core.Get(result, name), value)
			core.Set(result, name, repeated[name])
		default:
			core.Set(repeated[name], core.Text(core.Get(repeated[name], "length")), value)
		}
		seen[name] = true
	}
	return result
}

func listText(s *core.SDK, l List, _ core.Args) goja.Value {
	if kind := l.kind(); kind != nil && core.IsFunction(core.Get(kind, "unparse")) {
		return s.Invoke(kind, "unparse", core.Get(l.object, "members"))
	}
	return s.VM.ToValue("[object Object]")
}

func listJSON(s *core.SDK, l List, _ core.Args) goja.Value {
	all := l.Members()
	for i, v := range all {
		o, ok := v.(*goja.Object)
		switch {
		case !ok:
		case len(o.Keys()) > 0 && core.IsFunction(core.Get(o, "toJSON")):
			all[i] = ToJSON(s, o)
		default:
			all[i] = JSON(s, o)
		}
	}
	return s.Array(all)
}
