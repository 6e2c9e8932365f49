package sdk

import (
	"github.com/dop251/goja"

	"posthaste/internal/expansion"
)

// A lookup finds the text of a variable.
type lookup func(name string) (expansion.Value, bool)

// sources makes one lookup of what scripts pass: variable lists, plain objects, and arrays of these.
// The first that knows a name wins; dynamic variables come last.
func (s *SDK) sources(given args) lookup {
	var all []*goja.Object
	var flatten func(v goja.Value)
	flatten = func(v goja.Value) {
		if isArray(v) {
			defer s.enter()()
			for _, x := range items(v) {
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
			if v, ok := s.variableText(o, name); ok {
				return v, true
			}
		}
		if s.env.Dynamic == nil {
			return expansion.Value{}, false
		}
		v, ok := s.env.Dynamic(name)
		return expansion.Value{Text: v, Fresh: true}, ok
	}
}

// variableText finds a variable in a VariableList or a plain object.
func (s *SDK) variableText(o *goja.Object, name string) (value expansion.Value, ok bool) {
	if s.is(o, "VariableList") {
		variable := s.enabledVariable(s.list(o), name)
		if variable == nil {
			return value, false
		}
		return expansion.Value{Text: s.variableString(variable)}, true
	}
	if !s.has(o, name) {
		return value, false
	}
	v := get(o, name)
	if value.Fresh = isFunction(v); value.Fresh {
		v = s.call(v, goja.Undefined())
	}
	if isNil(v) {
		return value, false
	}
	value.Text = text(v)
	return value, true
}

// expandIn returns a copy of an object with the placeholders of its strings replaced.
func (s *SDK) expandIn(v goja.Value, find lookup) goja.Value {
	if _, ok := v.(*goja.Object); !ok {
		return v
	}
	return s.expandAll(s.clone(v), s.expander(find))
}

func (s *SDK) expandAll(v goja.Value, expand func(string) string) goja.Value {
	if isString(v) {
		return s.vm.ToValue(expand(text(v)))
	}
	defer s.enter()()
	if o, ok := v.(*goja.Object); ok && (isArray(o) || s.isPlain(o)) {
		for _, key := range o.Keys() {
			set(o, key, s.expandAll(get(o, key), expand))
		}
	}
	return v
}

// toObjectResolved is the object's JSON with the variables of its parents filled in.
func (s *SDK) toObjectResolved(this *goja.Object, a args) goja.Value {
	reference := s.object(s.toJSON(this))
	if isArray(get(reference, "variable")) {
		unset(reference, "variable")
	}
	if truthy(field(a.at(2), "ignoreOwnVariables")) {
		return s.expandIn(reference, s.sources(args{a.at(1)}))
	}
	from := a.at(0)
	if !truthy(from) {
		from = this
	}
	var lists args
	add := func(v goja.Value) {
		if vars := field(v, "variables"); truthy(vars) {
			lists = append(lists, vars)
		}
	}
	add(from)
	for up := range above(from) {
		add(up)
	}
	if len(lists) == 0 {
		s.throw("Unable to resolve variables. Require a List type property for variable auto resolution.")
	}
	return s.expandIn(reference, s.sources(append(lists, a.at(1))))
}

// findTokens lists the distinct placeholder names in a value, in the order of appearance.
func (s *SDK) findTokens(v goja.Value) []string {
	var names []string
	known := map[string]bool{}
	seen := map[*goja.Object]bool{}
	var walk func(v goja.Value)
	walk = func(v goja.Value) {
		if isString(v) {
			for name := range expansion.Names(text(v)) {
				if !known[name] {
					known[name] = true
					names = append(names, name)
				}
			}
			return
		}
		o, ok := v.(*goja.Object)
		if !ok || seen[o] || isFunction(o) {
			return
		}
		seen[o] = true
		defer s.enter()()
		for _, key := range o.Keys() {
			walk(get(o, key))
		}
	}
	walk(v)
	return names
}
