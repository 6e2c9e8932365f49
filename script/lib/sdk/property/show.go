package property

import (
	"github.com/dop251/goja"

	"posthaste/script/jsvalue"
	"posthaste/script/lib/sdk/core"
)

// ListObject is toObject: the members as one plain object. It takes (excludeDisabled,
// caseSensitive, multiValue, sanitizeKeys). Of several members of one name the last wins, or
// with multiValue all values are in an array. sanitizeKeys leaves members without a key out;
// otherwise the empty name is theirs.
func ListObject(s *core.SDK, l List, a core.Args) *goja.Object {
	result := s.VM.NewObject()
	repeated := map[string]*goja.Object{}
	seen := map[string]bool{}
	// Names are in lower case in lists that ignore case, unless the script asks for the
	// original spelling.
	exact := !l.caseless || jsvalue.Truthy(a.At(1))
	multi := l.multi || jsvalue.Truthy(a.At(2))
	sanitize := jsvalue.Truthy(a.At(3)) || jsvalue.Truthy(jsvalue.Get(l.object, "_postman_sanitizeKeys"))
	for _, v := range l.Members() {
		key := jsvalue.Field(v, l.Key)
		if !s.Has(v, l.Key) || jsvalue.Truthy(a.At(0)) && jsvalue.Truthy(jsvalue.Field(v, "disabled")) || sanitize && !jsvalue.Truthy(key) {
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
			repeated[name] = s.VM.NewArray(jsvalue.Get(result, name), value)
			core.Set(result, name, repeated[name])
		default:
			core.Set(repeated[name], core.Text(jsvalue.Get(repeated[name], "length")), value)
		}
		seen[name] = true
	}
	return result
}

// listText is toString: the text that the member class makes of all ("a=1&b=2"), or what
// Object.prototype.toString returns where it makes none.
func listText(s *core.SDK, l List, _ core.Args) goja.Value {
	if kind := l.kind(); kind != nil && core.IsFunction(jsvalue.Get(kind, "unparse")) {
		return s.Invoke(kind, "unparse", jsvalue.Get(l.object, "members"))
	}
	return s.VM.ToValue("[object Object]")
}

// listJSON is toJSON: an array of each member's JSON. Members without a toJSON are written
// like properties; what is no object stays as it is.
func listJSON(s *core.SDK, l List, _ core.Args) goja.Value {
	all := l.Members()
	for i, v := range all {
		o, ok := v.(*goja.Object)
		switch {
		case !ok:
		case len(o.Keys()) > 0 && core.IsFunction(jsvalue.Get(o, "toJSON")):
			all[i] = ToJSON(s, o)
		default:
			all[i] = JSON(s, o)
		}
	}
	return s.Array(all)
}
