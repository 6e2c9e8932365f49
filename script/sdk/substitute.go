package sdk

import (
	"github.com/dop251/goja"
)

// A lookup finds the text of a variable.
type lookup func(name string) (string, bool)

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
	return func(name string) (string, bool) {
		for _, o := range all {
			if v, ok := s.variableText(o, name); ok {
				return v, true
			}
		}
		if s.env.Dynamic != nil {
			return s.env.Dynamic(name)
		}
		return "", false
	}
}

// variableText finds a variable in a VariableList or a plain object.
func (s *SDK) variableText(o *goja.Object, name string) (string, bool) {
	if s.is(o, "VariableList") {
		variable := s.enabledVariable(s.list(o), name)
		if variable == nil {
			return "", false
		}
		return s.variableString(variable), true
	}
	if !s.has(o, name) {
		return "", false
	}
	v := get(o, name)
	if isFunction(v) {
		v = s.call(v, goja.Undefined())
	}
	if isNil(v) {
		return "", false
	}
	return text(v), true
}

// expandIn returns a copy of an object with the placeholders of its strings replaced.
func (s *SDK) expandIn(v goja.Value, find lookup) goja.Value {
	if _, ok := v.(*goja.Object); !ok {
		return v
	}
	return s.expandAll(s.clone(v), find)
}

func (s *SDK) expandAll(v goja.Value, find lookup) goja.Value {
	if isString(v) {
		return s.vm.ToValue(s.expand(text(v), find))
	}
	defer s.enter()()
	if o, ok := v.(*goja.Object); ok && (isArray(o) || s.isPlain(o)) {
		for _, key := range o.Keys() {
			set(o, key, s.expandAll(get(o, key), find))
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
			rest := text(v)
			for start, end := nextToken(rest); start >= 0; start, end = nextToken(rest) {
				if name := rest[start+2 : end-2]; !known[name] {
					known[name] = true
					names = append(names, name)
				}
				rest = rest[end:]
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
