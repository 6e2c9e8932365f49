package core

import (
	"github.com/dop251/goja"

	"posthaste/script/jsvalue"
	"posthaste/script/lib/lazy"
)

// Set writes an ordinary property. A frozen object keeps what it has.
func Set(o *goja.Object, key string, v goja.Value) { _ = o.Set(key, v) }

// Hide writes a property that enumeration does not show.
func Hide(o *goja.Object, key string, v goja.Value) {
	_ = o.DefineDataProperty(key, v, goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE)
}

// Has says whether v is an object with an own property of that name.
func (s *SDK) Has(v goja.Value, key string) bool {
	o, ok := v.(*goja.Object)
	if !ok {
		return false
	}
	found, err := s.Engine.hasOwn(o, s.VM.ToValue(key))
	return err == nil && found.ToBoolean()
}

// IsNumber says whether a value is a number.
func IsNumber(v goja.Value) bool {
	if _, object := v.(*goja.Object); object {
		return false
	}
	switch v.Export().(type) {
	case int64, float64:
		return true
	}
	return false
}

// IsBool says whether a value is true or false.
func IsBool(v goja.Value) bool {
	if _, object := v.(*goja.Object); object {
		return false
	}
	_, ok := v.Export().(bool)
	return ok
}

// IsFunction says whether a value can be called.
func IsFunction(v goja.Value) bool {
	_, ok := goja.AssertFunction(v)
	return ok
}

// IsArray says whether a value is an array.
func IsArray(v goja.Value) bool {
	o, ok := v.(*goja.Object)
	return ok && lazy.Class(o) == "Array"
}

// IsPlain says whether v was made by {} or new Object.
func (s *SDK) IsPlain(v goja.Value) bool {
	o, ok := v.(*goja.Object)
	if !ok || o.ClassName() != "Object" || IsFunction(o) {
		return false
	}
	proto := o.Prototype()
	return proto == nil || proto == s.Engine.objectProto
}

// Object returns v as an object, or an empty one, so that callers need not ask.
func (s *SDK) Object(v goja.Value) *goja.Object {
	if o, ok := v.(*goja.Object); ok {
		return o
	}
	return s.VM.NewObject()
}

// OrUndefined shows "" as undefined.
func (s *SDK) OrUndefined(text string) goja.Value {
	if text == "" {
		return goja.Undefined()
	}
	return s.VM.ToValue(text)
}

// Text turns v into text as String(v) does, calling toString of objects.
func Text(v goja.Value) string { return v.String() }

// maxItems bounds the arrays that Go walks without giving the engine a chance to interrupt. Longer ones,
// which are sparse or an attack, are seen up to there.
const (
	maxItems = 1 << 20
	MaxBytes = 1 << 24 // of those that hold the bytes of a body
)

// TextOr is the text of what is not empty.
func (s *SDK) TextOr(v goja.Value) string {
	if !jsvalue.Truthy(v) {
		return ""
	}
	return Text(v)
}

// Define1 sets a property unless the value is undefined.
func (s *SDK) Define1(o *goja.Object, key string, v goja.Value) {
	if !goja.IsUndefined(v) {
		Set(o, key, v)
	}
}

// Maybe makes an instance of what is given, undefined of nothing.
func (s *SDK) Maybe(class string, v goja.Value) goja.Value {
	if !jsvalue.Truthy(v) {
		return goja.Undefined()
	}
	return s.Make(class, v)
}

// CopyOwn copies the named properties that options has itself.
func (s *SDK) CopyOwn(o *goja.Object, options goja.Value, keys ...string) {
	for _, key := range keys {
		if v := jsvalue.Field(options, key); !goja.IsUndefined(v) || s.Has(options, key) {
			Set(o, key, v)
		}
	}
}
