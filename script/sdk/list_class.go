package sdk

import (
	"math"

	"github.com/dop251/goja"
)

func (s *SDK) propertyListClass() *class {
	return &class{
		parent:  "PropertyBase",
		init:    s.initPropertyList,
		methods: append(s.listEdits(), s.listReads()...),
		statics: []method{s.isStatic("PropertyList")},
		setup: func(proto *goja.Object) {
			// The SDK's lists cannot be iterated; ours go through their members.
			values := s.function(method{"[Symbol.iterator]", 0, func(this *goja.Object, _ args) goja.Value {
				v, err := s.engine.iterator(s.list(this).memberArray())
				s.check(err)
				return v
			}})
			_ = proto.DefineDataPropertySymbol(goja.SymIterator, values, goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE)
		},
		marks: map[string]any{
			"_postman_propertyIsList": true, "_postman_listIndexKey": "id",
			"_postman_listIndexCaseInsensitive": false, "_postman_listAllowsMultipleValues": false,
		},
	}
}

// initPropertyList takes (type, parent, populate).
func (s *SDK) initPropertyList(o *goja.Object, a args) {
	hide(o, parentKey, a.at(1))
	if !isArray(get(o, "members")) {
		set(o, "members", s.vm.NewArray())
	}
	if isNil(get(o, "reference")) {
		set(o, "reference", s.vm.CreateObject(nil))
	}
	set(o, "Type", a.at(0))
	for _, name := range [...]string{"IndexKey", "IndexCaseInsensitive", "AllowsMultipleValues"} {
		of := "_postman_property" + name
		if v := field(a.at(0), of); truthy(v) && s.has(a.at(0), of) {
			set(o, "_postman_list"+name, v)
		}
	}
	if truthy(a.at(2)) {
		s.list(o).populate(a.at(2))
	}
}

// newList makes a list of a class of ours.
func (s *SDK) newList(listClass, of string, parent, populate goja.Value) *goja.Object {
	o := s.allocate(s.class(listClass))
	s.initPropertyList(o, args{s.class(of).ctor, parent, populate})
	return o
}

// listEdits are the methods that change a list.
func (s *SDK) listEdits() []method {
	edit := func(name string, length int, fn func(l list, a args)) method {
		return method{name, length, func(this *goja.Object, a args) goja.Value {
			fn(s.list(this), a)
			return nil
		}}
	}
	insert := func(l list, item, before goja.Value) {
		if o, ok := item.(*goja.Object); ok {
			l.insert(o, before)
		}
	}
	at := func(l list, i int) goja.Value {
		if all := l.members(); i >= 0 && i < len(all) {
			return all[i]
		}
		return goja.Undefined()
	}
	return []method{
		edit("insert", 2, func(l list, a args) { insert(l, a.at(0), a.at(1)) }),
		edit("insertAfter", 2, func(l list, a args) { insert(l, a.at(0), at(l, l.indexOf(a.at(1))+1)) }),
		edit("append", 1, func(l list, a args) { insert(l, a.at(0), goja.Undefined()) }),
		edit("prepend", 1, func(l list, a args) { insert(l, a.at(0), at(l, 0)) }),
		edit("add", 1, func(l list, a args) { l.add(a) }),
		edit("clear", 0, func(l list, _ args) { l.clear() }),
		edit("populate", 1, func(l list, a args) { l.populate(a.at(0)) }),
		edit("repopulate", 1, func(l list, a args) {
			l.clear()
			l.populate(a.at(0))
		}),
		edit("assimilate", 2, func(l list, a args) { l.assimilate(a.at(0), truthy(a.at(1))) }),
		edit("remove", 2, s.removeFrom),
		{"upsert", 1, func(this *goja.Object, a args) goja.Value { return s.list(this).upsert(a.at(0)) }},
	}
}

// removeFrom removes by key, by member or by predicate.
func (s *SDK) removeFrom(l list, a args) {
	what, context := a.at(0), a.at(1)
	if !truthy(context) {
		context = l.object
	}
	switch o, _ := what.(*goja.Object); {
	case isString(what):
		l.removeKey(text(what))
	case isFunction(what):
		all := l.memberArray()
		i := -1
		l.removeWhere(func(v goja.Value) bool {
			i++
			return truthy(s.call(what, context, v, s.vm.ToValue(i), all))
		})
	case o != nil:
		l.removeWhere(func(v goja.Value) bool { return v == o })
	}
}

// listReads are the methods that only look.
func (s *SDK) listReads() []method {
	read := func(name string, length int, fn func(l list, a args) goja.Value) method {
		return method{name, length, func(this *goja.Object, a args) goja.Value { return fn(s.list(this), a) }}
	}
	return []method{
		read("all", 0, func(l list, _ args) goja.Value { return s.array(l.members()) }),
		read("one", 1, func(l list, a args) goja.Value { return l.one(text(a.at(0))) }),
		read("get", 1, func(l list, a args) goja.Value { return l.value(text(a.at(0))) }),
		read("has", 2, s.listHas),
		read("count", 0, func(l list, _ args) goja.Value { return s.vm.ToValue(l.count()) }),
		read("idx", 1, func(l list, a args) goja.Value { return field(get(l.object, "members"), text(a.at(0))) }),
		read("indexOf", 1, func(l list, a args) goja.Value { return s.vm.ToValue(l.indexOf(a.at(0))) }),
		read("each", 2, s.listEach),
		read("filter", 2, func(l list, a args) goja.Value {
			rule, kept := s.iteratee(l, a, false), []goja.Value(nil)
			for i, v := range l.members() {
				if truthy(rule(v, i)) {
					kept = append(kept, v)
				}
			}
			return s.array(kept)
		}),
		read("find", 2, func(l list, a args) goja.Value {
			rule := s.iteratee(l, a, false)
			for i, v := range l.members() {
				if truthy(rule(v, i)) {
					return v
				}
			}
			return nil
		}),
		read("map", 2, func(l list, a args) goja.Value {
			rule, all := s.iteratee(l, a, true), l.members()
			for i, v := range all {
				all[i] = rule(v, i)
			}
			return s.array(all)
		}),
		read("reduce", 3, s.listReduce),
		read("eachParent", 2, s.eachParent),
		read("toObject", 4, func(l list, a args) goja.Value { return s.listObject(l, a) }),
		read("toString", 0, s.listText),
		read("toJSON", 0, s.listJSON),
	}
}

func (s *SDK) listHas(l list, a args) goja.Value {
	var match []goja.Value
	if isString(a.at(0)) {
		found := get(l.reference(), l.name(text(a.at(0))))
		switch {
		case l.multi && isArray(found):
			match = items(found)
		case truthy(found):
			match = []goja.Value{found}
		}
	} else if l.indexOf(a.at(0)) >= 0 {
		match = []goja.Value{a.at(0)}
		if len(a) > 1 && !l.multi {
			// The SDK compares the array of found members with the value here, which is never equal.
			return s.vm.ToValue(false)
		}
	}
	if len(a) < 2 {
		return s.vm.ToValue(len(match) > 0)
	}
	for _, v := range match {
		if s.valueOf(v).StrictEquals(a.at(1)) {
			return s.vm.ToValue(true)
		}
	}
	return s.vm.ToValue(false)
}

// listEach stops when the iterator returns false, as lodash does.
func (s *SDK) listEach(l list, a args) goja.Value {
	if !isFunction(a.at(0)) {
		return nil
	}
	context := a.at(1)
	if !truthy(context) {
		context = get(l.object, parentKey)
	}
	members := l.memberArray()
	for i := 0; i < l.count() && i < math.MaxInt32; i++ {
		v := field(members, s.vm.ToValue(i).String())
		if r := s.call(a.at(0), context, v, s.vm.ToValue(i), members); isBool(r) && !r.ToBoolean() {
			break
		}
	}
	return nil
}

func (s *SDK) listReduce(l list, a args) goja.Value {
	context := a.at(2)
	if !truthy(context) {
		context = l.object
	}
	members := l.memberArray()
	sum := a.at(1)
	for i, v := range l.members() {
		sum = s.call(a.at(0), context, sum, v, s.vm.ToValue(i), members)
	}
	return sum
}

func (s *SDK) eachParent(l list, a args) goja.Value {
	if !isFunction(a.at(0)) {
		return nil
	}
	context := a.at(1)
	if !truthy(context) {
		context = l.object
	}
	previous := goja.Undefined()
	for up := range above(l.object) {
		s.call(a.at(0), context, up, previous)
		previous = up
	}
	return nil
}

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
