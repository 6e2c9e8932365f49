package variable

import (
	"strings"

	"github.com/dop251/goja"

	"posthaste/script/jsvalue"
	"posthaste/script/lib/sdk/core"
)

// variableType is the name of the type, "" when a script removed it, which casts nothing.
func variableType(s *core.SDK, o *goja.Object) string { return s.TextOr(jsvalue.Get(o, "type")) }

// setVariableType changes the type when it is one that the SDK knows, and converts the value
// unless noCast is set. The result is the type that holds afterwards; an unknown type changes
// nothing, so valueType() without an argument reads it. Case is ignored.
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
	// A function is called when the value is read, and its result converted then.
	if !noCast && !core.IsFunction(jsvalue.Get(o, "value")) {
		setVariable(s, o, variableValue(s, o))
	}
	return s.VM.ToValue(name)
}

// variableTypes fills Variable.types: the constructors of the simple types and {in, out}
// functions for the others. Scripts can look at them; replacing one does not change how
// variables convert.
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

// castIn turns what is set into what is stored. Arrays and objects are stored as their JSON
// text, as the SDK does, so that a later change of the object does not change the variable. A
// value that cannot be converted becomes what JavaScript makes of it: Number("x") is NaN.
func castIn(s *core.SDK, kind string, v goja.Value) goja.Value {
	switch kind {
	case "string":
		return s.VM.ToValue(core.Text(v))
	case "number":
		return v.ToNumber()
	case "boolean":
		return s.VM.ToValue(v.ToBoolean())
	case "array", "object":
		// A text is taken to be JSON already.
		if jsvalue.IsString(v) || goja.IsUndefined(v) {
			return v
		}
		return s.VM.ToValue(s.Read(v).JSONText())
	}
	return v
}

// castOut turns what is stored into what get returns: JSON text into a new object for arrays
// and objects. Text that is not an array or object of JSON is undefined, and so is an array
// where the type is object.
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
