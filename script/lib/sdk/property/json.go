package property

import (
	"strings"

	"github.com/dop251/goja"

	"posthaste/script/jsvalue"
	"posthaste/script/lib/sdk/core"
)

// ToJSON calls the toJSON of an object, if it has one, as JSON.stringify would. Other values
// are returned as they are. The result of a script's own toJSON is not checked.
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

// JSON is PropertyBase's toJSON: the enumerable properties without those that are undefined,
// lists under the singular of their name, so that "events" of an Item is "event" as in a
// collection file. The result shares nothing with o that has no toJSON of its own.
func JSON(s *core.SDK, o *goja.Object) *goja.Object {
	// Counts the depth: an item that a script made its own child ends with an exception.
	defer s.Enter()()
	result := s.VM.NewObject()
	for _, key := range o.Keys() {
		v := jsvalue.Get(o, key)
		if goja.IsUndefined(v) {
			continue
		}
		if inner, ok := v.(*goja.Object); ok {
			// The misspelled mark is the SDK's. A list that has it keeps its plural, such as
			// "matches" of a certificate.
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

// clone copies arrays and plain objects at every depth, as lodash's cloneDeep; what has a
// toJSON becomes its result. A value that contains itself is copied once, so that the copy
// contains itself too.
func clone(s *core.SDK, v goja.Value) goja.Value {
	return cloneInto(s, v, map[*goja.Object]goja.Value{})
}

// cloneInto is clone with the objects that were copied already, so that circles end.
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
		// The elements are read before the result is filled: a getter may change the array.
		list := core.Items(o)
		result := s.VM.NewArray()
		seen[o] = result
		for i, x := range list {
			list[i] = cloneInto(s, x, seen)
		}
		s.Refill(result, list)
		return result
	// lodash: cloneDeep makes {} of a function.
	case core.IsFunction(o):
		return s.VM.NewObject()
	// Dates, regular expressions and the like are shared. Nothing here changes them.
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

// Unset deletes the property at a path of names, as lodash's unset. A step that is missing
// ends it without an error.
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
