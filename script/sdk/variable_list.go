package sdk

import (
	"github.com/dop251/goja"
)

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
				return s.vm.ToValue(s.expander(s.sources(args{this, a.at(1)}))(text(a.at(0))))
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
