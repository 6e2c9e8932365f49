package sdk

import (
	"strings"

	"github.com/dop251/goja"
)

// toJSON calls the toJSON of an object as JSON.stringify would: our own classes directly.
func (s *SDK) toJSON(v goja.Value) goja.Value {
	o, ok := v.(*goja.Object)
	if !ok {
		return v
	}
	if fn := get(o, "toJSON"); isFunction(fn) {
		return s.call(fn, o)
	}
	return o
}

// baseJSON is PropertyBase's toJSON: the enumerable properties without those that are undefined, lists
// under the singular of their name.
func (s *SDK) baseJSON(o *goja.Object) *goja.Object {
	defer s.enter()()
	result := s.vm.NewObject()
	for _, key := range o.Keys() {
		v := get(o, key)
		if goja.IsUndefined(v) {
			continue
		}
		if inner, ok := v.(*goja.Object); ok {
			if strings.HasSuffix(key, "s") && truthy(get(inner, "_postman_propertyIsList")) &&
				!truthy(get(inner, "_postman_proprtyIsSerialisedAsPlural")) {
				key = key[:len(key)-1]
			}
			if isFunction(get(inner, "toJSON")) {
				v = s.toJSON(inner)
			} else {
				v = s.clone(inner)
			}
		}
		set(result, key, v)
	}
	return result
}

// clone copies arrays and plain objects through and through; what has a toJSON becomes its result.
// A value that holds itself is copied once.
func (s *SDK) clone(v goja.Value) goja.Value { return s.cloneInto(v, map[*goja.Object]goja.Value{}) }

func (s *SDK) cloneInto(v goja.Value, seen map[*goja.Object]goja.Value) goja.Value {
	o, ok := v.(*goja.Object)
	if !ok {
		return v
	}
	if copied, ok := seen[o]; ok {
		return copied
	}
	if isFunction(get(o, "toJSON")) {
		return s.toJSON(o)
	}
	defer s.enter()()
	switch {
	case isArray(o):
		list := items(o)
		result := s.vm.NewArray()
		seen[o] = result
		for i, x := range list {
			list[i] = s.cloneInto(x, seen)
		}
		s.refill(result, list)
		return result
	case isFunction(o):
		return s.vm.NewObject()
	case o.ClassName() != "Object":
		return o
	}
	result := s.vm.NewObject()
	seen[o] = result
	for _, key := range o.Keys() {
		set(result, key, s.cloneInto(get(o, key), seen))
	}
	return result
}

// unset removes a property of a property, if both are there.
func unset(o goja.Value, path ...string) {
	for i, key := range path {
		object, ok := o.(*goja.Object)
		if !ok {
			return
		}
		if i == len(path)-1 {
			_ = object.Delete(key)
			return
		}
		o = get(object, key)
	}
}
