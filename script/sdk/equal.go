package sdk

import (
	"slices"

	"github.com/dop251/goja"

	"posthaste/script/module/lazy"
)

// equal compares as lodash's isEqual does: through arrays and objects, NaN equal to itself and 0 to -0,
// dates and regular expressions by what they say. Maps and sets are equal only to themselves.
func (s *SDK) equal(a, b goja.Value) bool { return s.equalWithin(a, b, map[[2]*goja.Object]bool{}) }

func (s *SDK) equalWithin(a, b goja.Value, seen map[[2]*goja.Object]bool) bool {
	if a.StrictEquals(b) {
		return true
	}
	x, ok1 := a.(*goja.Object)
	y, ok2 := b.(*goja.Object)
	if !ok1 || !ok2 {
		return !ok1 && !ok2 && isNumber(a) && isNumber(b) && goja.IsNaN(a) && goja.IsNaN(b)
	}
	pair := [2]*goja.Object{x, y}
	if seen[pair] {
		return true
	}
	seen[pair] = true
	defer s.enter()()
	if lazy.Class(x) != lazy.Class(y) || isFunction(x) || isFunction(y) {
		return false
	}
	switch lazy.Class(x) {
	case "Map", "Set", "WeakMap", "WeakSet", "Promise":
		return false
	case "Date", "Number", "Boolean", "String":
		return s.equalWithin(x.ToNumber(), y.ToNumber(), seen) && x.String() == y.String()
	case "RegExp":
		return x.String() == y.String()
	case "Array":
		p, q := items(x), items(y)
		return slices.EqualFunc(p, q, func(a, b goja.Value) bool { return s.equalWithin(a, b, seen) })
	}
	if lazy.Class(x) == "Object" && !s.sameClass(x, y) {
		return false
	}
	keys := x.Keys()
	if len(keys) != len(y.Keys()) {
		return false
	}
	for _, key := range keys {
		if !s.has(y, key) || !s.equalWithin(get(x, key), get(y, key), seen) {
			return false
		}
	}
	return true
}

// sameClass tells whether two objects have one constructor; objects without one match any.
func (s *SDK) sameClass(x, y *goja.Object) bool {
	p, q := get(x, "constructor"), get(y, "constructor")
	return p.StrictEquals(q) || s.has(x, "constructor") || s.has(y, "constructor") || isNil(p) || isNil(q)
}
