package property

import (
	"strings"

	"github.com/dop251/goja"

	"posthaste/script/jsvalue"
	"posthaste/script/lib/sdk/core"
)

// ToJSON calls the toJSON of an object as JSON.stringify would: our own classes directly.
func ToJSON(s *core.SDK, v goja.Value) goja.Value {
	o, ok := v.(*goja.Object)
	if !ok {
		return v
	}
	if fn := jsvalue.Get(o, "toJSON"); core.IsFunction(fn) {
		return s.Call(fn, o)
	}
	return o
}

// JSON is PropertyBase's toJSON: the enumerable properties without those that are undefined, lists
// under the singular of their name.
func JSON(s *core.SDK, o *goja.Object) *goja.Object {
	defer s.Enter()()
	result := s.VM.NewObject()
	for _, key := range o.Keys() {
		v := jsvalue.Get(o, key)
		if goja.IsUndefined(v) {
			continue
		}
		if inner, ok := v.(*goja.Object); ok {
			if strings.HasSuffix(key, "s") && jsvalue.Truthy(jsvalue.Get(inner, "_postman_propertyIsList")) &&
				!jsvalue.Truthy(jsvalue.Get(inner, "_postman_proprtyIsSerialisedAsPlural")) {
				key = key[:len(key)-1]
			}
			if core.IsFunction(jsvalue.Get(inner, "toJSON")) {
				v = ToJSON(s, inner)
			} else {
				v = clone(s, inner)
			}
		}
		core.Set(result, key, v)
	}
	return result
}

// clone copies arrays and plain objects through and through; what has a toJSON becomes its result.
// A value that holds itself is copied once.
func clone(s *core.SDK, v goja.Value) goja.Value {
	return cloneInto(s, v, map[*goja.Object]goja.Value{})
}

// cloneInto copies values, also ones that contain themselves.
func cloneInto(s *core.SDK, v goja.Value, seen map[*goja.Object]goja.Value) goja.Value {
	o, ok := v.(*goja.Object)
	if !ok {
		return v
	}
	if copied, ok := seen[o]; ok {
		return copied
	}
	if core.IsFunction(jsvalue.Get(o, "toJSON")) {
		return ToJSON(s, o)
	}
	defer s.Enter()()
	switch {
	case core.IsArray(o):
		list := core.Items(o)
		result := s.VM.NewArray()
		seen[o] = result
		for i, x := range list {
			list[i] = cloneInto(s, x, seen)
		}
		s.Refill(result, list)
		return result
	case core.IsFunction(o):
		return s.VM.NewObject()
	case o.ClassName() != "Object":
		return o
	}
	result := s.VM.NewObject()
	seen[o] = result
	for _, key := range o.Keys() {
		core.Set(result, key, cloneInto(s, jsvalue.Get(o, key), seen))
	}
	return result
}

// Unset removes a property of a property, if both are there.
func Unset(o goja.Value, path ...string) {
	for i, key := range path {
		object, ok := o.(*goja.Object)
		if !ok {
			return
		}
		if i == len(path)-1 {
			_ = object.Delete(key)
			return
		}
		o = jsvalue.Get(object, key)
	}
}
