package sdk

import (
	"strings"

	"github.com/dop251/goja"
)

func (s *SDK) variableType(o *goja.Object) string { return s.textOr(get(o, "type")) }

// setVariableType changes the type when it is one that the SDK knows, and casts the value unless asked
// not to.
func (s *SDK) setVariableType(o *goja.Object, kind goja.Value, noCast bool) goja.Value {
	name := ""
	if !isNil(kind) {
		name = strings.ToLower(text(kind))
	}
	switch name {
	case "string", "boolean", "number", "array", "object", "any":
	default:
		if current := get(o, "type"); truthy(current) {
			return current
		}
		return s.vm.ToValue("any")
	}
	set(o, "type", s.vm.ToValue(name))
	if !noCast && !isFunction(get(o, "value")) {
		s.setVariable(o, s.variableValue(o))
	}
	return s.vm.ToValue(name)
}

// variableTypes shows how the types cast, as Variable.types.
func (s *SDK) variableTypes(ctor *goja.Object) {
	types := s.vm.NewObject()
	for _, name := range []string{"String", "Boolean", "Number"} {
		set(types, strings.ToLower(name), s.vm.Get(name))
	}
	for _, kind := range []string{"array", "object", "any"} {
		o := s.vm.NewObject()
		s.method(o, method{"in", 1, func(_ *goja.Object, a args) goja.Value { return s.castIn(kind, a.at(0)) }})
		s.method(o, method{"out", 1, func(_ *goja.Object, a args) goja.Value { return s.castOut(kind, a.at(0)) }})
		set(types, kind, o)
	}
	set(ctor, "types", types)
}

// castIn turns what is set into what is kept.
func (s *SDK) castIn(kind string, v goja.Value) goja.Value {
	switch kind {
	case "string":
		return s.vm.ToValue(text(v))
	case "number":
		return v.ToNumber()
	case "boolean":
		return s.vm.ToValue(v.ToBoolean())
	case "array", "object":
		if isString(v) || goja.IsUndefined(v) {
			return v
		}
		return s.vm.ToValue(s.read(v).JSONText())
	}
	return v
}

// castOut turns what is kept into what get returns. Text that is no array or object is undefined.
func (s *SDK) castOut(kind string, v goja.Value) goja.Value {
	switch kind {
	case "array", "object":
		if goja.IsUndefined(v) {
			return v
		}
		parsed := s.fromJSON(text(v))
		o, ok := parsed.(*goja.Object)
		if !ok || isArray(o) != (kind == "array") {
			return goja.Undefined()
		}
		return o
	}
	return s.castIn(kind, v)
}

// valueOf is what lists give as the value of a member.
func (s *SDK) valueOf(v goja.Value) goja.Value {
	o, ok := v.(*goja.Object)
	if !ok {
		return v
	}
	c := s.byProto[o.Prototype()]
	if c == nil {
		if fn := get(o, "valueOf"); isFunction(fn) {
			return s.call(fn, o)
		}
		return o
	}
	switch c.name {
	case "Header", "FormParam":
		return get(o, "value")
	case "QueryParam":
		return s.queryValue(o)
	case "Cookie":
		return s.cookieValue(o)
	case "Variable":
		return s.variableValue(o)
	}
	return o
}
