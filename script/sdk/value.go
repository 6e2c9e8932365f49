package sdk

import (
	"github.com/dop251/goja"

	"posthaste/script/module/lazy"
)

// get reads a property; a missing one is undefined.
func get(o *goja.Object, key string) goja.Value {
	if v := o.Get(key); v != nil {
		return v
	}
	return goja.Undefined()
}

// field reads a property of anything, undefined for what has none.
func field(v goja.Value, key string) goja.Value {
	if o, ok := v.(*goja.Object); ok {
		return get(o, key)
	}
	return goja.Undefined()
}

// set writes an ordinary property. A frozen object keeps what it has.
func set(o *goja.Object, key string, v goja.Value) { _ = o.Set(key, v) }

// hide writes a property that enumeration does not show.
func hide(o *goja.Object, key string, v goja.Value) {
	_ = o.DefineDataProperty(key, v, goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE)
}

// has tells whether v is an object with an own property of that name.
func (s *SDK) has(v goja.Value, key string) bool {
	o, ok := v.(*goja.Object)
	if !ok {
		return false
	}
	found, err := s.engine.hasOwn(o, s.vm.ToValue(key))
	return err == nil && found.ToBoolean()
}

func isNil(v goja.Value) bool { return v == nil || goja.IsUndefined(v) || goja.IsNull(v) }

func isString(v goja.Value) bool {
	_, ok := v.(goja.String)
	return ok
}

func isNumber(v goja.Value) bool {
	if _, object := v.(*goja.Object); object {
		return false
	}
	switch v.Export().(type) {
	case int64, float64:
		return true
	}
	return false
}

func isBool(v goja.Value) bool {
	if _, object := v.(*goja.Object); object {
		return false
	}
	_, ok := v.Export().(bool)
	return ok
}

func isFunction(v goja.Value) bool {
	_, ok := goja.AssertFunction(v)
	return ok
}

func isArray(v goja.Value) bool {
	o, ok := v.(*goja.Object)
	return ok && lazy.Class(o) == "Array"
}

// isPlain tells whether v was made by {} or new Object.
func (s *SDK) isPlain(v goja.Value) bool {
	o, ok := v.(*goja.Object)
	if !ok || o.ClassName() != "Object" || isFunction(o) {
		return false
	}
	proto := o.Prototype()
	return proto == nil || proto == s.engine.objectProto
}

// object returns v as an object, or an empty one, so that callers need not ask.
func (s *SDK) object(v goja.Value) *goja.Object {
	if o, ok := v.(*goja.Object); ok {
		return o
	}
	return s.vm.NewObject()
}

func truthy(v goja.Value) bool { return v != nil && v.ToBoolean() }

// orUndefined shows "" as undefined.
func (s *SDK) orUndefined(text string) goja.Value {
	if text == "" {
		return goja.Undefined()
	}
	return s.vm.ToValue(text)
}

// text turns v into text as String(v) does, calling toString of objects.
func text(v goja.Value) string { return v.String() }

// maxItems bounds the arrays that Go walks without giving the engine a chance to interrupt. Longer ones,
// which are sparse or an attack, are seen up to there.
const (
	maxItems = 1 << 20
	maxBytes = 1 << 24 // of those that hold the bytes of a body
)
