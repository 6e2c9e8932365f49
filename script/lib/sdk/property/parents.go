package property

import (
	"iter"

	"github.com/dop251/goja"

	"posthaste/script/jsvalue"
	"posthaste/script/lib/sdk/core"
)

// ParentKey is the property under which a member knows what it belongs to.
const ParentKey = "__parent"

// maxParents bounds the way up, which scripts can make a circle.
const maxParents = 1000

// Above yields what is above v, the nearest first: lists and what owns them alike.
func Above(v goja.Value) iter.Seq[goja.Value] {
	return climb(v, func(v goja.Value) goja.Value { return jsvalue.Field(v, ParentKey) })
}

// Owners yields what is above v without the lists between.
func Owners(s *core.SDK, v goja.Value) iter.Seq[goja.Value] {
	return climb(v, func(v goja.Value) goja.Value { return parent(s, s.Object(v)) })
}

// climb goes up a bounded number of parents: scripts can make an item its own parent.
func climb(v goja.Value, up func(v goja.Value) goja.Value) iter.Seq[goja.Value] {
	return func(yield func(v goja.Value) bool) {
		for range maxParents {
			if v = up(v); !jsvalue.Truthy(v) || !yield(v) {
				return
			}
		}
	}
}

// parent is the owner of the list that holds o, or what o was put under.
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

// findOwner climbs to the first parent that has a property, or that the customizer accepts.
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
