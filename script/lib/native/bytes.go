package native

import (
	"reflect"
	"slices"

	"github.com/dop251/goja"

	"posthaste/script/jsvalue"
)

// Bytes returns the memory behind an ArrayBuffer, typed array or DataView, shared
// with the script and not copied. ok is false for any other value.
func (e *Env) Bytes(v goja.Value) (b []byte, ok bool) {
	o := jsvalue.Object(v)
	if o == nil {
		return nil, false
	}
	// The type is asked first because exporting a plain object copies all of it.
	switch o.ExportType() {
	case reflect.TypeFor[goja.ArrayBuffer]():
		return o.Export().(goja.ArrayBuffer).Bytes(), true
	case reflect.TypeFor[[]byte]():
		return o.Export().([]byte), true
	}
	return e.view(o)
}

// view finds the bytes of views whose elements are not bytes, through their buffer.
func (e *Env) view(o *goja.Object) (b []byte, ok bool) {
	if !IsView(o) {
		return nil, false
	}
	buffer, ok := o.Get("buffer").Export().(goja.ArrayBuffer)
	if !ok {
		return nil, false
	}
	offset, length := int(o.Get("byteOffset").ToInteger()), int(o.Get("byteLength").ToInteger())
	all := buffer.Bytes()
	if offset < 0 || length < 0 || offset+length > len(all) {
		return nil, false
	}
	return all[offset : offset+length], true
}

// Class is the built-in class of an object as util.types tells them apart: the
// engine's class name, and Map, Set, Promise, WeakMap and WeakSet, which the engine
// calls Object. No script code runs but a getter of Symbol.toStringTag.
func Class(o *goja.Object) string {
	class := o.ClassName()
	if class != "Object" {
		return class
	}
	switch o.ExportType() {
	case reflect.TypeFor[[][2]any]():
		return "Map"
	case reflect.TypeFor[[]any]():
		return "Set"
	case reflect.TypeFor[*goja.Promise]():
		return "Promise"
	}
	switch tag := o.GetSymbol(goja.SymToStringTag); {
	case tag == nil || slices.Contains(o.Symbols(), goja.SymToStringTag):
	case tag.String() == "WeakMap", tag.String() == "WeakSet":
		return tag.String()
	}
	return class
}

// IsTyped says that o is a typed array.
func IsTyped(o *goja.Object) bool {
	switch o.ExportType() {
	case reflect.TypeFor[[]byte](), reflect.TypeFor[[]int8](), reflect.TypeFor[[]int16](), reflect.TypeFor[[]uint16](),
		reflect.TypeFor[[]int32](), reflect.TypeFor[[]uint32](), reflect.TypeFor[[]float32](), reflect.TypeFor[[]float64](),
		reflect.TypeFor[[]int64](), reflect.TypeFor[[]uint64]():
		return true
	}
	return false
}

// IsView says that o is a typed array or a DataView.
func IsView(o *goja.Object) bool {
	if IsTyped(o) {
		return true
	}
	if o.ExportType() != reflect.TypeFor[map[string]any]() {
		return false
	}
	tag := o.GetSymbol(goja.SymToStringTag)
	return tag != nil && tag.String() == "DataView" && jsvalue.Object(o.Get("buffer")) != nil
}

// Uint8Array makes a Uint8Array over b, which it then owns.
func (e *Env) Uint8Array(b []byte) *goja.Object {
	o, err := e.VM.New(e.VM.GlobalObject().Get("Uint8Array"), e.VM.ToValue(e.VM.NewArrayBuffer(b)))
	e.Check(err)
	return o
}
