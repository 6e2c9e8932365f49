package sdk

import (
	"strings"

	"github.com/dop251/goja"
)

func (s *SDK) variableClass() *class {
	return &class{
		parent: "Property", indexKey: "key",
		init: s.initVariable,
		methods: []method{
			{"get", 0, func(this *goja.Object, _ args) goja.Value { return s.variableValue(this) }},
			{"set", 1, func(this *goja.Object, a args) goja.Value {
				s.setVariable(this, a.at(0))
				return nil
			}},
			{"valueOf", 1, func(this *goja.Object, a args) goja.Value {
				if len(a) > 0 {
					s.setVariable(this, a.at(0))
				}
				return s.variableValue(this)
			}},
			{"toString", 0, func(this *goja.Object, _ args) goja.Value { return s.vm.ToValue(s.variableString(this)) }},
			{"cast", 1, func(this *goja.Object, a args) goja.Value { return s.castOut(s.variableType(this), a.at(0)) }},
			{"castIn", 1, func(this *goja.Object, a args) goja.Value { return s.castIn(s.variableType(this), a.at(0)) }},
			{"castOut", 1, func(this *goja.Object, a args) goja.Value { return s.castOut(s.variableType(this), a.at(0)) }},
			{"valueType", 2, func(this *goja.Object, a args) goja.Value {
				return s.setVariableType(this, a.at(0), truthy(a.at(1)))
			}},
			{"update", 1, func(this *goja.Object, a args) goja.Value {
				s.updateVariable(this, a.at(0))
				return nil
			}},
		},
		statics: []method{s.isStatic("Variable")},
	}
}

func (s *SDK) initVariable(o *goja.Object, a args) {
	definition := a.at(0)
	s.initProperty(o, args{definition})
	set(o, "type", s.vm.ToValue("any"))
	set(o, "value", goja.Undefined())
	if isNil(definition) {
		return
	}
	s.copyOwn(o, definition, "key")
	s.updateVariable(o, definition)
}

func (s *SDK) updateVariable(o *goja.Object, options goja.Value) {
	if _, ok := options.(*goja.Object); !ok {
		return
	}
	if s.has(options, "type") {
		s.setVariableType(o, field(options, "type"), s.has(options, "value"))
	}
	if s.has(options, "value") {
		s.setVariable(o, field(options, "value"))
	}
	s.copyOwn(o, options, "system", "disabled")
	if s.has(options, "description") {
		s.invoke(o, "describe", field(options, "description"))
	}
}

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

func (s *SDK) setVariable(o *goja.Object, v goja.Value) {
	if !isFunction(v) {
		v = s.castIn(s.variableType(o), v)
	}
	set(o, "value", v)
}

// variableValue is the value as its type has it; a function is called for it.
func (s *SDK) variableValue(o *goja.Object) goja.Value {
	v := get(o, "value")
	if isFunction(v) {
		v = s.call(v, o)
	}
	return s.castOut(s.variableType(o), v)
}

func (s *SDK) variableString(o *goja.Object) string {
	switch v := s.variableValue(o); {
	case goja.IsNull(v):
		return "null"
	case goja.IsUndefined(v):
		return ""
	default:
		return text(v)
	}
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

func (s *SDK) variableListClass() *class {
	return &class{
		parent: "PropertyList",
		init: func(o *goja.Object, a args) {
			s.initPropertyList(o, args{s.class("Variable").ctor, a.at(0), a.at(1)})
		},
		methods: []method{
			{"replace", 2, func(this *goja.Object, a args) goja.Value {
				if !isString(a.at(0)) {
					return a.at(0)
				}
				return s.vm.ToValue(s.expand(text(a.at(0)), s.sources(args{this, a.at(1)})))
			}},
			{"substitute", 3, func(this *goja.Object, a args) goja.Value {
				lists := args{this}
				for up := range above(this) {
					if vars := field(up, "variables"); truthy(vars) && vars != goja.Value(this) {
						lists = append(lists, vars)
					}
				}
				return s.expandIn(a.at(0), s.sources(append(lists, a.at(1))))
			}},
			{"syncFromObject", 3, func(this *goja.Object, a args) goja.Value {
				prune := goja.IsUndefined(a.at(2)) || truthy(a.at(2))
				ops := s.syncFrom(s.list(this), a.at(0), prune)
				if !truthy(a.at(1)) {
					return s.vm.ToValue(truthy(a.at(1)))
				}
				return ops
			}},
			{"syncToObject", 1, func(this *goja.Object, a args) goja.Value { return s.syncTo(s.list(this), a.at(0)) }},
			{"oneNormalizedVariable", 1, func(this *goja.Object, a args) goja.Value {
				l := s.list(this)
				if v := s.enabledVariable(l, text(a.at(0))); v != nil {
					return v
				}
				return get(l.reference(), text(a.at(0)))
			}},
		},
		statics: []method{s.isStatic("VariableList")},
	}
}

// enabledVariable is the last variable of a name that is not disabled, nil when there is none.
func (s *SDK) enabledVariable(l list, name string) *goja.Object {
	if v, ok := get(l.reference(), name).(*goja.Object); ok && !truthy(get(v, "disabled")) {
		return v
	}
	all := l.members()
	for i := len(all) - 1; i >= 0; i-- {
		v, ok := all[i].(*goja.Object)
		if ok && text(get(v, l.key)) == name && !truthy(get(v, "disabled")) {
			set(l.reference(), name, v)
			return v
		}
	}
	return nil
}

// syncFrom sets variables from the properties of an object and, with prune, removes the others. It
// returns which were created, updated and deleted.
func (s *SDK) syncFrom(l list, from goja.Value, prune bool) goja.Value {
	var created, updated, deleted []string
	if o, ok := from.(*goja.Object); ok {
		for _, key := range o.Keys() {
			value := get(o, key)
			if v, ok := l.one(key).(*goja.Object); ok {
				s.setVariable(v, value)
				updated = append(updated, key)
				continue
			}
			given := s.vm.NewObject()
			set(given, "value", value)
			set(given, l.key, s.vm.ToValue(key))
			l.add(args{given})
			created = append(created, key)
		}
		for _, key := range l.reference().Keys() {
			if prune && !s.has(o, key) {
				l.removeKey(key)
				deleted = append(deleted, key)
			}
		}
	}
	ops := s.vm.NewObject()
	set(ops, "created", s.texts(created))
	set(ops, "updated", s.texts(updated))
	set(ops, "deleted", s.texts(deleted))
	return ops
}

// syncTo writes all variables into an object and removes what is no variable.
func (s *SDK) syncTo(l list, into goja.Value) goja.Value {
	o := s.object(into)
	for _, key := range o.Keys() {
		if !s.has(l.reference(), key) {
			_ = o.Delete(key)
		}
	}
	for _, v := range l.members() {
		set(o, text(field(v, "key")), s.valueOf(v))
	}
	return o
}
