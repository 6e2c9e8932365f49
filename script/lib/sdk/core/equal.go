package core

import (
	"slices"

	"github.com/dop251/goja"

	"posthaste/script/jsvalue"
	"posthaste/script/lib/lazy"
)

// Equal compares as lodash's isEqual does: through arrays and objects, NaN equal to itself and 0 to -0,
// dates and regular expressions by what they say. Maps and sets are equal only to themselves.
func (s *SDK) Equal(a, b goja.Value) bool { return s.equalWithin(a, b, map[[2]*goja.Object]bool{}) }

// seen holds the pairs that are being compared: a pair that comes again is taken for equal, so cycles end.
func (s *SDK) equalWithin(a, b goja.Value, seen map[[2]*goja.Object]bool) bool {
	if a.StrictEquals(b) {
		return true
	}
	x, ok1 := a.(*goja.Object)
	y, ok2 := b.(*goja.Object)
	if !ok1 || !ok2 {
		return !ok1 && !ok2 && IsNumber(a) && IsNumber(b) && goja.IsNaN(a) && goja.IsNaN(b)
	}
	pair := [2]*goja.Object{x, y}
	if seen[pair] {
		return true
	}
	seen[pair] = true
	defer s.Enter()()
	if lazy.Class(x) != lazy.Class(y) || IsFunction(x) || IsFunction(y) {
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
		p, q := Items(x), Items(y)
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
		if !s.Has(y, key) || !s.equalWithin(jsvalue.Get(x, key), jsvalue.Get(y, key), seen) {
			return false
		}
	}
	return true
}

// sameClass says whether two objects have one constructor; objects without one match any.
func (s *SDK) sameClass(x, y *goja.Object) bool {
	p, q := jsvalue.Get(x, "constructor"), jsvalue.Get(y, "constructor")
	return p.StrictEquals(q) || s.Has(x, "constructor") || s.Has(y, "constructor") || jsvalue.IsNullish(p) || jsvalue.IsNullish(q)
}
