package sdk

import (
	"iter"

	"github.com/dop251/goja"
)

const parentKey = "__parent"

// maxParents bounds the way up, which scripts can make a circle.
const maxParents = 1000

// above yields what is above v, the nearest first: lists and what owns them alike.
func above(v goja.Value) iter.Seq[goja.Value] {
	return climb(v, func(v goja.Value) goja.Value { return field(v, parentKey) })
}

// owners yields what is above v without the lists between.
func (s *SDK) owners(v goja.Value) iter.Seq[goja.Value] {
	return climb(v, func(v goja.Value) goja.Value { return s.parent(s.object(v)) })
}

func climb(v goja.Value, up func(v goja.Value) goja.Value) iter.Seq[goja.Value] {
	return func(yield func(v goja.Value) bool) {
		for range maxParents {
			if v = up(v); !truthy(v) || !yield(v) {
				return
			}
		}
	}
}

// parent is the owner of the list that holds o, or what o was put under.
func (s *SDK) parent(o *goja.Object) goja.Value {
	up := field(o, parentKey)
	if over := field(up, parentKey); truthy(over) && s.is(up, "PropertyList") {
		return over
	}
	if truthy(up) {
		return up
	}
	return goja.Undefined()
}

func (s *SDK) forEachParent(this *goja.Object, a args) goja.Value {
	options, iterator := a.at(0), a.at(1)
	if isFunction(options) {
		options, iterator = goja.Undefined(), options
	}
	if !isFunction(iterator) {
		return nil
	}
	withRoot := truthy(field(options, "withRoot"))
	for up := range s.owners(this) {
		if !withRoot && !truthy(s.parent(s.object(up))) {
			break
		}
		s.call(iterator, goja.Undefined(), up)
	}
	return nil
}

// findOwner climbs to the first parent that has a property, or that the customizer accepts.
func (s *SDK) findOwner(this *goja.Object, a args) *goja.Object {
	owns := func(v goja.Value) bool {
		if isFunction(a.at(1)) {
			return truthy(s.call(a.at(1), this, v))
		}
		return truthy(field(v, text(a.at(0))))
	}
	if owns(this) {
		return this
	}
	for up := range above(this) {
		if owns(up) {
			return s.object(up)
		}
	}
	return nil
}
