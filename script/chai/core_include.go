package chai

import (
	"strings"

	"github.com/dop251/goja"
)

// include asserts that a string, array, Set or Map holds something, or that an
// object has some properties.
func (a *Assertion) include(args []goja.Value) {
	a.takeMessage(args, 1)
	want := arg(args, 0)
	v := orUndefined(a.object)
	kind := a.c.kind(v)
	var found bool
	switch kind {
	case "string":
		found = strings.Contains(a.c.str(v), a.c.str(want))
	case "weakset":
		if a.is(deep) {
			a.Raise("unable to use .deep.include with WeakSet")
		}
		found = call(a.c.in.weakSetHas, v, want).ToBoolean()
	case "map", "set":
		found = a.collectionIncludes(v, want, kind)
	case "array":
		found = a.arrayIncludes(v, want)
	default:
		a.includeProperties(want, kind)
		return
	}
	if a.broken(found) {
		word := "include "
		if a.is(deep) {
			word = "deep include "
		}
		text := word + a.c.inspect(want)
		a.fail(Failure{Message: "expected #{this} to " + text, Negated: "expected #{this} to not " + text})
	}
}

func (a *Assertion) collectionIncludes(v, want goja.Value, kind string) bool {
	if kind == "set" && !a.is(deep) {
		return call(a.c.in.setHas, v, want).ToBoolean()
	}
	o, ok := v.(*goja.Object)
	if !ok || a.c.collection(o) == "" {
		a.c.throwType("obj.forEach is not a function")
	}
	_, values := a.c.entries(o)
	for _, item := range values {
		if a.is(deep) && a.c.eql(item, want) || !a.is(deep) && sameValueZero(item, want) {
			return true
		}
	}
	return false
}

func (a *Assertion) arrayIncludes(v, want goja.Value) bool {
	o, ok := v.(*goja.Object)
	if !ok {
		return false
	}
	for _, item := range a.c.items(o) {
		if a.is(deep) && a.c.eql(item, want) || !a.is(deep) && strictEqual(item, want) {
			return true
		}
	}
	return false
}

// includeProperties asserts each property of want. Negated, it fails only when
// all of them are there, with the message of the first.
func (a *Assertion) includeProperties(want goja.Value, kind string) {
	o, ok := want.(*goja.Object)
	if !ok {
		other := a.c.kind(want)
		a.Raise("the given combination of arguments (" + kind + " and " + other + ") is invalid for this assertion. " +
			"You can use an array, a map, an object, a set, a string, or a weakset instead of a " + other)
	}
	names := o.Keys()
	var first *goja.Exception
	failed := 0
	for _, name := range names {
		on := a.next()
		pair := []goja.Value{a.c.vm.ToValue(name), orUndefined(o.Get(name))}
		if !a.is(negate) || len(names) == 1 {
			on.property(pair)
			continue
		}
		if ex := a.c.vm.Try(func() { on.property(pair) }); ex != nil {
			if !a.c.isAssertionError(ex.Value()) {
				panic(ex)
			}
			if first == nil {
				first = ex
			}
			failed++
		}
	}
	if a.is(negate) && len(names) > 1 && failed == len(names) {
		panic(first)
	}
}

// members asserts that an array has the same members as another, or holds them.
func (a *Assertion) members(args []goja.Value) {
	a.takeMessage(args, 1)
	a.needs(a.object, "array")
	a.needs(arg(args, 0), "array")
	want, _ := arg(args, 0).(*goja.Object)
	have, _ := a.object.(*goja.Object)
	if a.broken(a.covers(a.c.items(want), a.c.items(have))) {
		subject := "have the same "
		switch {
		case a.is(contains) && a.is(ordered):
			subject = "be an ordered superset of"
		case a.is(contains):
			subject = "be a superset of"
		case a.is(ordered):
			subject += "ordered members as"
		default:
			subject += "members as"
		}
		a.fail(Failure{
			Message: "expected #{this} to " + subject + " #{exp}", Negated: "expected #{this} to not " + subject + " #{exp}",
			Expected: want, Actual: have,
		})
	}
}

// covers says whether all of want is in have. Unless the chain says contain,
// each item of have counts once and none may be left.
func (a *Assertion) covers(want, have []goja.Value) bool {
	whole := !a.is(contains)
	if whole && len(want) != len(have) {
		return false
	}
	taken := make([]bool, len(have))
	for i, w := range want {
		if a.is(ordered) {
			var h goja.Value
			if i < len(have) {
				h = have[i]
			}
			if !a.same(w, h) {
				return false
			}
			continue
		}
		found := false
		for k, h := range have {
			a.c.step()
			if !taken[k] && a.same(w, h) {
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

// same compares two items as the flags want it.
func (a *Assertion) same(x, y goja.Value) bool {
	if a.is(deep) {
		return a.c.eql(x, y)
	}
	return strictEqual(x, y)
}

func (a *Assertion) oneOf(args []goja.Value) {
	a.takeMessage(args, 1)
	a.needs(arg(args, 0), "array")
	list, _ := arg(args, 0).(*goja.Object)
	v := orUndefined(a.object)
	found := false
	for _, item := range a.c.items(list) {
		switch {
		case a.is(contains):
			found = number(a.c.invoke(v, "expected", "indexOf", item)) > -1
		case a.is(deep):
			found = a.c.eql(v, item)
		default:
			found = strictEqual(v, item)
		}
		if found {
			break
		}
	}
	if a.broken(found) {
		f := Failure{
			Message: "expected #{this} to be one of #{exp}", Negated: "expected #{this} to not be one of #{exp}",
			Expected: list, Actual: v,
		}
		switch {
		case a.is(contains):
			f.Message, f.Negated = "expected #{this} to contain one of #{exp}", "expected #{this} to not contain one of #{exp}"
		case a.is(deep): // chai says the same of both
			f.Message, f.Negated = "expected #{this} to deeply equal one of #{exp}", "expected #{this} to deeply equal one of #{exp}"
		}
		a.fail(f)
	}
}
