package property

import (
	"iter"

	"github.com/dop251/goja"

	"posthaste/script/jsvalue"
	"posthaste/script/lib/sdk/core"
)

// ParentKey is the property under which a member knows what it belongs to: the list of an
// item, the owner of a list. It is not enumerable, so it is in no JSON. The name is the
// SDK's; scripts do read it.
const ParentKey = "__parent"

// maxParents bounds the way up, which scripts can make a circle with setParent. Folders of a
// collection are nested far less deep.
const maxParents = 1000

// Above yields what is above v, the nearest first: lists and what owns them alike. v itself
// is not yielded.
func Above(v goja.Value) iter.Seq[goja.Value] {
	return climb(v, func(v goja.Value) goja.Value { return jsvalue.Field(v, ParentKey) })
}

// Owners yields what is above v without the lists between: the folders of an item, then the
// collection.
func Owners(s *core.SDK, v goja.Value) iter.Seq[goja.Value] {
	return climb(v, func(v goja.Value) goja.Value { return parent(s, s.Object(v)) })
}

// climb goes up a bounded number of parents. up returns the next one, or what is not truthy
// at the top.
func climb(v goja.Value, up func(v goja.Value) goja.Value) iter.Seq[goja.Value] {
	return func(yield func(v goja.Value) bool) {
		for range maxParents {
			if v = up(v); !jsvalue.Truthy(v) || !yield(v) {
				return
			}
		}
	}
}

// parent is the owner of the list that holds o, or what o was put under; undefined at the
// top. It is the parent() of scripts, which does not show lists.
func parent(s *core.SDK, o *goja.Object) goja.Value {
	up := jsvalue.Field(o, ParentKey)
	if over := jsvalue.Field(up, ParentKey); jsvalue.Truthy(over) && s.Is(up, "PropertyList") {
		return over
	}
	if jsvalue.Truthy(up) {
		return up
	}
	return goja.Undefined()
}

// forEachParent takes ({withRoot}, iterator) or (iterator). The root, which is the
// collection, is left out unless withRoot is true.
func forEachParent(s *core.SDK, this *goja.Object, a core.Args) goja.Value {
	options, iterator := a.At(0), a.At(1)
	if core.IsFunction(options) {
		options, iterator = goja.Undefined(), options
	}
	if !core.IsFunction(iterator) {
		return nil
	}
	withRoot := jsvalue.Truthy(jsvalue.Field(options, "withRoot"))
	for up := range Owners(s, this) {
		if !withRoot && !jsvalue.Truthy(parent(s, s.Object(up))) {
			break
		}
		s.Call(iterator, goja.Undefined(), up)
	}
	return nil
}

// findOwner climbs to the first parent that has a property, or that the customizer accepts,
// and starts with the object itself. It returns nil if missing. Arguments are
// (property, customizer); with a customizer the property is not looked at.
func findOwner(s *core.SDK, this *goja.Object, a core.Args) *goja.Object {
	owns := func(v goja.Value) bool {
		if core.IsFunction(a.At(1)) {
			return jsvalue.Truthy(s.Call(a.At(1), this, v))
		}
		return jsvalue.Truthy(jsvalue.Field(v, core.Text(a.At(0))))
	}
	if owns(this) {
		return this
	}
	for up := range Above(this) {
		if owns(up) {
			return s.Object(up)
		}
	}
	return nil
}
