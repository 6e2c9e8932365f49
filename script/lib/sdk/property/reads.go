package property

import (
	"math"

	"github.com/dop251/goja"

	"posthaste/script/jsvalue"
	"posthaste/script/lib/sdk/core"
)

// listReads are the methods that leave a list as it is. Those that call a function of the
// script pass (member, index, members), as lodash does.
func listReads(s *core.SDK) []core.Method {
	read := func(name string, length int, fn func(l List, a core.Args) goja.Value) core.Method {
		return core.Method{Name: name, Length: length, Fn: func(this *goja.Object, a core.Args) goja.Value { return fn(ListOf(s, this), a) }}
	}
	return []core.Method{
		read("all", 0, func(l List, _ core.Args) goja.Value { return s.Array(l.Members()) }),
		read("one", 1, func(l List, a core.Args) goja.Value { return l.One(core.Text(a.At(0))) }),
		read("get", 1, func(l List, a core.Args) goja.Value { return l.Value(core.Text(a.At(0))) }),
		read("has", 2, func(l List, a core.Args) goja.Value { return listHas(s, l, a) }),
		read("count", 0, func(l List, _ core.Args) goja.Value { return s.VM.ToValue(l.Count()) }),
		// idx(i) reads the array as a script would, so idx("length") and a negative index
		// return what JavaScript returns.
		read("idx", 1, func(l List, a core.Args) goja.Value {
			return jsvalue.Field(jsvalue.Get(l.object, "members"), core.Text(a.At(0)))
		}),
		read("indexOf", 1, func(l List, a core.Args) goja.Value { return s.VM.ToValue(l.indexOf(a.At(0))) }),
		read("each", 2, func(l List, a core.Args) goja.Value { return listEach(s, l, a) }),
		read("filter", 2, func(l List, a core.Args) goja.Value {
			rule, kept := iteratee(s, l, a, false), []goja.Value(nil)
			for i, v := range l.Members() {
				if jsvalue.Truthy(rule(v, i)) {
					kept = append(kept, v)
				}
			}
			return s.Array(kept)
		}),
		read("find", 2, func(l List, a core.Args) goja.Value {
			rule := iteratee(s, l, a, false)
			for i, v := range l.Members() {
				if jsvalue.Truthy(rule(v, i)) {
					return v
				}
			}
			return nil
		}),
		read("map", 2, func(l List, a core.Args) goja.Value {
			rule, all := iteratee(s, l, a, true), l.Members()
			for i, v := range all {
				all[i] = rule(v, i)
			}
			return s.Array(all)
		}),
		read("reduce", 3, func(l List, a core.Args) goja.Value { return listReduce(s, l, a) }),
		read("eachParent", 2, func(l List, a core.Args) goja.Value { return eachParent(s, l, a) }),
		read("toObject", 4, func(l List, a core.Args) goja.Value { return ListObject(s, l, a) }),
		read("toString", 0, func(l List, p1 core.Args) goja.Value { return listText(s, l, p1) }),
		read("toJSON", 0, func(l List, p1 core.Args) goja.Value { return listJSON(s, l, p1) }),
	}
}

// listHas finds a member by name or by itself, and compares its value where one is given.
// With several members of the name, one equal value is enough. Values are compared with ===:
// has("n", 1) is false where the value is "1".
func listHas(s *core.SDK, l List, a core.Args) goja.Value {
	var match []goja.Value
	if jsvalue.IsString(a.At(0)) {
		found := jsvalue.Get(l.Reference(), l.name(core.Text(a.At(0))))
		switch {
		case l.multi && core.IsArray(found):
			match = core.Items(found)
		case jsvalue.Truthy(found):
			match = []goja.Value{found}
		}
	} else if l.indexOf(a.At(0)) >= 0 {
		match = []goja.Value{a.At(0)}
		if len(a) > 1 && !l.multi {
			// The SDK compares the array of found members with the value here, which is never equal.
			return s.VM.ToValue(false)
		}
	}
	if len(a) < 2 {
		return s.VM.ToValue(len(match) > 0)
	}
	for _, v := range match {
		if ValueOf(s, v).StrictEquals(a.At(1)) {
			return s.VM.ToValue(true)
		}
	}
	return s.VM.ToValue(false)
}

// listEach stops when the iterator returns false, as lodash does; any other value goes on.
// The owner of the list is the this of the iterator unless a context is given. The length is
// read before each step, because the iterator may add or remove members.
func listEach(s *core.SDK, l List, a core.Args) goja.Value {
	if !core.IsFunction(a.At(0)) {
		return nil
	}
	context := a.At(1)
	if !jsvalue.Truthy(context) {
		context = jsvalue.Get(l.object, ParentKey)
	}
	members := l.memberArray()
	for i := 0; i < l.Count() && i < math.MaxInt32; i++ {
		v := jsvalue.Field(members, s.VM.ToValue(i).String())
		if r := s.Call(a.At(0), context, v, s.VM.ToValue(i), members); core.IsBool(r) && !r.ToBoolean() {
			break
		}
	}
	return nil
}

// listReduce takes (iterator, initial, context). The initial value is undefined when it is
// missing: the first member is not used in its place, unlike Array.reduce.
func listReduce(s *core.SDK, l List, a core.Args) goja.Value {
	context := a.At(2)
	if !jsvalue.Truthy(context) {
		context = l.object
	}
	members := l.memberArray()
	sum := a.At(1)
	for i, v := range l.Members() {
		sum = s.Call(a.At(0), context, sum, v, s.VM.ToValue(i), members)
	}
	return sum
}

// eachParent calls the iterator with (parent, the one below it), the nearest first. Lists
// between are passed too, as in the SDK.
func eachParent(s *core.SDK, l List, a core.Args) goja.Value {
	if !core.IsFunction(a.At(0)) {
		return nil
	}
	context := a.At(1)
	if !jsvalue.Truthy(context) {
		context = l.object
	}
	previous := goja.Undefined()
	for up := range Above(l.object) {
		s.Call(a.At(0), context, up, previous)
		previous = up
	}
	return nil
}
