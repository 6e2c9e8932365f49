package property

import (
	"github.com/dop251/goja"

	"posthaste/internal/expansion"
	"posthaste/script/jsvalue"
	"posthaste/script/lib/sdk/core"
)

// A lookup finds the text of a variable. The second result is false when nobody knows the
// name.
type lookup func(name string) (expansion.Value, bool)

// Sources makes one lookup of what scripts pass: variable lists, plain objects, and arrays of
// these at any depth. The first that knows a name wins; dynamic variables such as $guid come
// last. The objects are asked again for each name, so later changes are seen.
func Sources(s *core.SDK, given core.Args) lookup {
	var all []*goja.Object
	var flatten func(v goja.Value)
	flatten = func(v goja.Value) {
		if core.IsArray(v) {
			// Counts the depth: an array can contain itself.
			defer s.Enter()()
			for _, x := range core.Items(v) {
				flatten(x)
			}
		} else if o, ok := v.(*goja.Object); ok {
			all = append(all, o)
		}
	}
	for _, v := range given {
		flatten(v)
	}
	return func(name string) (expansion.Value, bool) {
		for _, o := range all {
			if v, ok := variableText(s, o, name); ok {
				return v, true
			}
		}
		if s.Env.Dynamic == nil {
			return expansion.Value{}, false
		}
		v, ok := s.Env.Dynamic(name)
		// Fresh: each occurrence of a dynamic variable is a new value, so it must not be
		// remembered.
		return expansion.Value{Text: v, Fresh: true}, ok
	}
}

// variableText finds a variable in a VariableList or a plain object. A function as the value
// is called for each occurrence; null and undefined leave the placeholder for the next
// source.
func variableText(s *core.SDK, o *goja.Object, name string) (value expansion.Value, ok bool) {
	if s.Is(o, "VariableList") {
		found := EnabledVariable(ListOf(s, o), name)
		if found == nil {
			return value, false
		}
		return expansion.Value{Text: VariableString(s, found)}, true
	}
	if !s.Has(o, name) {
		return value, false
	}
	v := jsvalue.Get(o, name)
	if value.Fresh = core.IsFunction(v); value.Fresh {
		v = s.Call(v, goja.Undefined())
	}
	if jsvalue.IsNullish(v) {
		return value, false
	}
	value.Text = core.Text(v)
	return value, true
}

// ExpandIn returns a copy of an object with the placeholders of its strings replaced, keys
// excepted. What is no object is returned as it is, even a string: the SDK's
// replaceSubstitutionsIn does so.
func ExpandIn(s *core.SDK, v goja.Value, find lookup) goja.Value {
	if _, ok := v.(*goja.Object); !ok {
		return v
	}
	return expandAll(s, clone(s, v), Expander(s, find))
}

// expandAll replaces placeholders in every text of a value, in place. The caller passes a
// copy.
func expandAll(s *core.SDK, v goja.Value, expand func(string) string) goja.Value {
	if jsvalue.IsString(v) {
		return s.VM.ToValue(expand(core.Text(v)))
	}
	defer s.Enter()()
	if o, ok := v.(*goja.Object); ok && (core.IsArray(o) || s.IsPlain(o)) {
		for _, key := range o.Keys() {
			core.Set(o, key, expandAll(s, jsvalue.Get(o, key), expand))
		}
	}
	return v
}

// toObjectResolved is the object's JSON with the variables of its parents filled in. It takes
// (scope, overrides, {ignoreOwnVariables}). The scope is where the climb begins, this object
// by default; overrides come last and win over nothing.
func toObjectResolved(s *core.SDK, this *goja.Object, a core.Args) goja.Value {
	reference := s.Object(ToJSON(s, this))
	// The variables themselves are not part of the result: they were used up in it.
	if core.IsArray(jsvalue.Get(reference, "variable")) {
		Unset(reference, "variable")
	}
	if jsvalue.Truthy(jsvalue.Field(a.At(2), "ignoreOwnVariables")) {
		return ExpandIn(s, reference, Sources(s, core.Args{a.At(1)}))
	}
	from := a.At(0)
	if !jsvalue.Truthy(from) {
		from = this
	}
	var lists core.Args
	add := func(v goja.Value) {
		if vars := jsvalue.Field(v, "variables"); jsvalue.Truthy(vars) {
			lists = append(lists, vars)
		}
	}
	add(from)
	for up := range Above(from) {
		add(up)
	}
	// The message is the SDK's.
	if len(lists) == 0 {
		s.Throw("Unable to resolve variables. Require a List type property for variable auto resolution.")
	}
	return ExpandIn(s, reference, Sources(s, append(lists, a.At(1))))
}

// findTokens lists the distinct placeholder names in a value, in the order of appearance.
// Keys of objects are not searched.
func findTokens(s *core.SDK, v goja.Value) []string {
	var names []string
	known := map[string]bool{}
	seen := map[*goja.Object]bool{}
	var walk func(v goja.Value)
	walk = func(v goja.Value) {
		if jsvalue.IsString(v) {
			for name := range expansion.Names(core.Text(v)) {
				if !known[name] {
					known[name] = true
					names = append(names, name)
				}
			}
			return
		}
		o, ok := v.(*goja.Object)
		if !ok || seen[o] || core.IsFunction(o) {
			return
		}
		seen[o] = true
		defer s.Enter()()
		for _, key := range o.Keys() {
			walk(jsvalue.Get(o, key))
		}
	}
	walk(v)
	return names
}

// VariableString is the value of a variable as text, as a placeholder shows it: null is
// "null", undefined is empty.
func VariableString(s *core.SDK, o *goja.Object) string {
	switch v := s.Class("Variable").ValueOf(o); {
	case goja.IsNull(v):
		return "null"
	case goja.IsUndefined(v):
		return ""
	default:
		return core.Text(v)
	}
}
