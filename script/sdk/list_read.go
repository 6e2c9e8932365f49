package sdk

import (
	"math"

	"github.com/dop251/goja"
)

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
