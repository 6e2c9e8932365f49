package variable

import (
	"strings"

	"github.com/dop251/goja"

	"posthaste/script/jsvalue"
	"posthaste/script/lib/sdk/core"
)

func variableType(s *core.SDK, o *goja.Object) string { return s.TextOr(jsvalue.Get(o, "type")) }

// setVariableType changes the type when it is one that the SDK knows, and casts the value unless asked
// not to.
func setVariableType(s *core.SDK, o *goja.Object, kind goja.Value, noCast bool) goja.Value {
	name := ""
	if !jsvalue.IsNullish(kind) {
		name = strings.ToLower(core.Text(kind))
	}
	switch name {
	case "string", "boolean", "number", "array", "object", "any":
	default:
		if current := jsvalue.Get(o, "type"); jsvalue.Truthy(current) {
			return current
		}
		return s.VM.ToValue("any")
	}
	core.Set(o, "type", s.VM.ToValue(name))
	if !noCast && !core.IsFunction(jsvalue.Get(o, "value")) {
		setVariable(s, o, variableValue(s, o))
	}
	return s.VM.ToValue(name)
}

// variableTypes shows how the types cast, as Variable.types.
func variableTypes(s *core.SDK, ctor *goja.Object) {
	types := s.VM.NewObject()
	for _, name := range []string{"String", "Boolean", "Number"} {
		core.Set(types, strings.ToLower(name), s.VM.Get(name))
	}
	for _, kind := range []string{"array", "object", "any"} {
		o := s.VM.NewObject()
		s.Method(o, core.Method{Name: "in", Length: 1, Fn: func(_ *goja.Object, a core.Args) goja.Value { return castIn(s, kind, a.At(0)) }})
		s.Method(o, core.Method{Name: "out", Length: 1, Fn: func(_ *goja.Object, a core.Args) goja.Value { return castOut(s, kind, a.At(0)) }})
		core.Set(types, kind, o)
	}
	core.Set(ctor, "types", types)
}

// castIn turns what is set into what is kept.
func castIn(s *core.SDK, kind string, v goja.Value) goja.Value {
	switch kind {
	case "string":
		return s.VM.ToValue(core.Text(v))
	case "number":
		return v.ToNumber()
	case "boolean":
		return s.VM.ToValue(v.ToBoolean())
	case "array", "object":
		if jsvalue.IsString(v) || goja.IsUndefined(v) {
			return v
		}
		return s.VM.ToValue(s.Read(v).JSONText())
	}
	return v
}

// castOut turns what is kept into what get returns. Text that is no array or object is undefined.
func castOut(s *core.SDK, kind string, v goja.Value) goja.Value {
	switch kind {
	case "array", "object":
		if goja.IsUndefined(v) {
			return v
		}
		parsed := s.FromJSON(core.Text(v))
		o, ok := parsed.(*goja.Object)
		if !ok || core.IsArray(o) != (kind == "array") {
			return goja.Undefined()
		}
		return o
	}
	return castIn(s, kind, v)
}
