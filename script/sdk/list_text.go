package sdk

import (
	"github.com/dop251/goja"
)

// listObject takes (excludeDisabled, caseSensitive, multiValue, sanitizeKeys).
func (s *SDK) listObject(l list, a args) *goja.Object {
	result := s.vm.NewObject()
	repeated := map[string]*goja.Object{}
	seen := map[string]bool{}
	exact := !l.caseless || truthy(a.at(1))
	multi := l.multi || truthy(a.at(2))
	sanitize := truthy(a.at(3)) || truthy(get(l.object, "_postman_sanitizeKeys"))
	for _, v := range l.members() {
		key := field(v, l.key)
		if !s.has(v, l.key) || truthy(a.at(0)) && truthy(field(v, "disabled")) || sanitize && !truthy(key) {
			continue
		}
		name := text(key)
		if !exact {
			name = lower(name)
		}
		value := s.valueOf(v)
		switch {
		case !multi || !seen[name]:
			set(result, name, value)
		case repeated[name] == nil:
			repeated[name] = s.vm.NewArray(get(result, name), value)
			set(result, name, repeated[name])
		default:
			set(repeated[name], text(get(repeated[name], "length")), value)
		}
		seen[name] = true
	}
	return result
}

func (s *SDK) listText(l list, _ args) goja.Value {
	if kind := l.kind(); kind != nil && isFunction(get(kind, "unparse")) {
		return s.invoke(kind, "unparse", get(l.object, "members"))
	}
	return s.vm.ToValue("[object Object]")
}

func (s *SDK) listJSON(l list, _ args) goja.Value {
	all := l.members()
	for i, v := range all {
		o, ok := v.(*goja.Object)
		switch {
		case !ok:
		case len(o.Keys()) > 0 && isFunction(get(o, "toJSON")):
			all[i] = s.toJSON(o)
		default:
			all[i] = s.baseJSON(o)
		}
	}
	return s.array(all)
}
