package core

import (
	"strings"

	"github.com/dop251/goja"

	"posthaste/script/jsvalue"
	"posthaste/script/lib/chai/assertion"
)

// include asserts that a string, array, Set or Map contains something, or that an object has
// some properties with their values.
func include(a *assertion.Assertion, args []goja.Value) {
	a.TakeMessage(args, 1)
	want := jsvalue.Arg(args, 0)
	v := a.Object()
	kind := a.Builtins().Kind(v)
	var found bool
	switch kind {
	case "string":
		found = strings.Contains(a.Builtins().Str(v), a.Builtins().Str(want))
	case "weakset":
		if a.Is(assertion.Deep) {
			a.Raise("unable to use .deep.include with WeakSet")
		}
		found = jsvalue.Call(a.Builtins().WeakSetHas, v, want).ToBoolean()
	case "map", "set":
		found = collectionIncludes(a, v, want, kind)
	case "array":
		found = arrayIncludes(a, v, want)
	default:
		includeProperties(a, want, kind)
		return
	}
	a.Check(found, func() assertion.Failure {
		word := "include "
		if a.Is(assertion.Deep) {
			word = "deep include "
		}
		text := word + a.Library().Inspect(want)
		return assertion.Failure{Message: "expected #{this} to " + text, Negated: "expected #{this} to not " + text}
	})
}

// collectionIncludes looks in the values of a map or set; NaN is found, as Set.has finds it.
// Deep equality looks at each value.
func collectionIncludes(a *assertion.Assertion, v, want goja.Value, kind string) bool {
	if kind == "set" && !a.Is(assertion.Deep) {
		return jsvalue.Call(a.Builtins().SetHas, v, want).ToBoolean()
	}
	o, ok := v.(*goja.Object)
	if !ok || a.Builtins().Collection(o) == "" {
		a.Builtins().ThrowType("obj.forEach is not a function")
	}
	_, values := a.Builtins().Entries(o)
	for _, item := range values {
		if a.Is(assertion.Deep) && a.Equal(item, want) || !a.Is(assertion.Deep) && jsvalue.SameValueZero(item, want) {
			return true
		}
	}
	return false
}

// arrayIncludes compares with ===, so NaN is not found, or deeply behind .deep.
func arrayIncludes(a *assertion.Assertion, v, want goja.Value) bool {
	o, ok := v.(*goja.Object)
	if !ok {
		return false
	}
	for _, item := range a.Builtins().Items(o) {
		if a.Is(assertion.Deep) && a.Equal(item, want) || !a.Is(assertion.Deep) && jsvalue.StrictEqual(item, want) {
			return true
		}
	}
	return false
}

// includeProperties asserts each property of want. Negated with several properties, it fails
// only when all of them are there, with the message of the first.
func includeProperties(a *assertion.Assertion, want goja.Value, kind string) {
	o, ok := want.(*goja.Object)
	if !ok {
		other := a.Builtins().Kind(want)
		a.Raise("the given combination of arguments (" + kind + " and " + other + ") is invalid for this assertion. " +
			"You can use an array, a map, an object, a set, a string, or a weakset instead of a " + other)
	}
	names := o.Keys()
	var first *goja.Exception
	failed := 0
	for _, name := range names {
		on := a.Within()
		pair := []goja.Value{a.Runtime().ToValue(name), jsvalue.OrUndefined(o.Get(name))}
		// Usually the first property that is missing ends it.
		if !a.Is(assertion.Negate) || len(names) == 1 {
			on.Call("property", pair...)
			continue
		}
		if ex := a.Runtime().Try(func() { on.Call("property", pair...) }); ex != nil {
			// What a getter throws is the script's, and no failure.
			if !a.Library().IsAssertionError(ex.Value()) {
				panic(ex)
			}
			if first == nil {
				first = ex
			}
			failed++
		}
	}
	if a.Is(assertion.Negate) && len(names) > 1 && failed == len(names) {
		panic(first)
	}
}

// members asserts that an array has the same members as another, or contains them behind
// .contain. Order counts behind .ordered only.
func members(a *assertion.Assertion, args []goja.Value) {
	a.TakeMessage(args, 1)
	needs(a, a.Object(), "array")
	needs(a, jsvalue.Arg(args, 0), "array")
	want, _ := jsvalue.Arg(args, 0).(*goja.Object)
	have, _ := a.Object().(*goja.Object)
	a.Check(covers(a, a.Builtins().Items(want), a.Builtins().Items(have)), func() assertion.Failure {
		subject := "have the same "
		switch {
		case a.Is(assertion.Contains) && a.Is(assertion.Ordered):
			subject = "be an ordered superset of"
		case a.Is(assertion.Contains):
			subject = "be a superset of"
		case a.Is(assertion.Ordered):
			subject += "ordered members as"
		default:
			subject += "members as"
		}
		return assertion.Failure{
			Message: "expected #{this} to " + subject + " #{exp}", Negated: "expected #{this} to not " + subject + " #{exp}",
			Expected: want, Actual: have,
		}
	})
}

// covers says whether all of want is in have. Unless the chain says contain, each item of
// have counts once and none may be left over.
func covers(a *assertion.Assertion, want, have []goja.Value) bool {
	whole := !a.Is(assertion.Contains)
	if whole && len(want) != len(have) {
		return false
	}
	taken := make([]bool, len(have))
	for i, w := range want {
		if a.Is(assertion.Ordered) {
			var h goja.Value
			if i < len(have) {
				h = have[i]
			}
			if !same(a, w, h) {
				return false
			}
			continue
		}
		found := false
		for k, h := range have {
			a.Builtins().Step() // a long comparison can be interrupted
			if !taken[k] && same(a, w, h) {
				taken[k], found = whole, true
				break
			}
		}
		if !found {
			return false
		}
	}
	return true
}

// same compares two items deeply behind .deep, with === otherwise.
func same(a *assertion.Assertion, x, y goja.Value) bool {
	if a.Is(assertion.Deep) {
		return a.Equal(x, y)
	}
	return jsvalue.StrictEqual(x, y)
}

// oneOf asserts that the subject is in a list. Behind .contain it asserts that the subject, a
// string or array, contains one item of the list.
func oneOf(a *assertion.Assertion, args []goja.Value) {
	a.TakeMessage(args, 1)
	needs(a, jsvalue.Arg(args, 0), "array")
	list, _ := jsvalue.Arg(args, 0).(*goja.Object)
	v := a.Object()
	found := false
	for _, item := range a.Builtins().Items(list) {
		switch {
		case a.Is(assertion.Contains):
			found = jsvalue.Number(a.Builtins().Invoke(v, "expected", "indexOf", item)) > -1
		case a.Is(assertion.Deep):
			found = a.Equal(v, item)
		default:
			found = jsvalue.StrictEqual(v, item)
		}
		if found {
			break
		}
	}
	a.Check(found, func() assertion.Failure {
		f := assertion.Failure{
			Message: "expected #{this} to be one of #{exp}", Negated: "expected #{this} to not be one of #{exp}",
			Expected: list, Actual: v,
		}
		switch {
		case a.Is(assertion.Contains):
			f.Message, f.Negated = "expected #{this} to contain one of #{exp}", "expected #{this} to not contain one of #{exp}"
		case a.Is(assertion.Deep): // chai says the same of both
			f.Message, f.Negated = "expected #{this} to deeply equal one of #{exp}", "expected #{this} to deeply equal one of #{exp}"
		}
		return f
	})
}
