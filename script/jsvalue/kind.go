package jsvalue

import (
	"strings"

	"github.com/dop251/goja"
)

// KindOf names a value's type as chai does: typeof for what is no object, else
// Symbol.toStringTag, else the built-in class ("Array", "Date", "Object").
func (b *Builtins) KindOf(v goja.Value) string {
	o, ok := v.(*goja.Object)
	if !ok {
		if v != nil && goja.IsNull(v) {
			return "null"
		}
		return TypeOf(v)
	}
	if IsFunction(o) {
		return "function"
	}
	if o == b.VM.GlobalObject() {
		return "global"
	}
	tag := o.GetSymbol(goja.SymToStringTag)
	if tag == nil && b.IsArray(o) {
		return "Array"
	}
	if s, ok := tag.(goja.String); ok {
		return TextOf(s)
	}
	return b.ClassTag(o)
}

// Kind is kindOf in lower case, as most assertions compare it.
func (b *Builtins) Kind(v goja.Value) string { return strings.ToLower(b.KindOf(v)) }

// TagOf is the T of Object.prototype.toString's "[object T]".
func (b *Builtins) TagOf(v goja.Value) string {
	switch {
	case IsUndefined(v):
		return "Undefined"
	case goja.IsNull(v):
		return "Null"
	}
	o := v.ToObject(b.VM)
	if s, ok := o.GetSymbol(goja.SymToStringTag).(goja.String); ok {
		return TextOf(s)
	}
	if b.IsArray(o) {
		return "Array"
	}
	return b.ClassTag(o)
}

// IsArray is Array.isArray; only a proxy needs the real function.
func (b *Builtins) IsArray(o *goja.Object) bool {
	switch o.ClassName() {
	case "Array":
		return true
	case "Object":
		return o.ExportType() == b.ProxyType && Call(b.ArrayIsArray, goja.Undefined(), o).ToBoolean()
	}
	return false
}

// ClassTag is the class of an object that no toStringTag names. The language
// gives a tag of their own to few classes; the rest are objects, chai's own
// errors among them.
func (b *Builtins) ClassTag(o *goja.Object) string {
	switch class := o.ClassName(); class {
	case "Error":
		if b.CountsAsObject(o) {
			return "Object"
		}
		return class
	case "Arguments", "Function", "Boolean", "Number", "String", "Date", "RegExp",
		"Map", "Set", "WeakMap", "WeakSet", "Promise":
		return class
	case "AsyncFunction", "GeneratorFunction":
		return "Function"
	}
	return "Object"
}

// CountsAsObject says whether an error of the engine is shown to scripts as a plain
// object, see PlainErrors.
func (b *Builtins) CountsAsObject(v goja.Value) bool {
	_, ok := v.(*goja.Object)
	return ok && b.PlainErrors != nil && b.VM.InstanceOf(v, b.PlainErrors)
}

// IsError says whether a value inherits from the Error the runtime began with.
func (b *Builtins) IsError(v goja.Value) bool {
	_, ok := v.(*goja.Object)
	return ok && b.VM.InstanceOf(v, b.ErrorClass)
}

// IsRegExp says whether a value inherits from the RegExp the runtime began with.
func (b *Builtins) IsRegExp(v goja.Value) bool {
	_, ok := v.(*goja.Object)
	return ok && b.VM.InstanceOf(v, b.RegExpClass)
}

// IsObject says whether a value is an object, functions included.
func IsObject(v goja.Value) bool {
	_, ok := v.(*goja.Object)
	return ok
}

// IsNumericArray says whether a class is one of the typed arrays of numbers.
func IsNumericArray(class string) bool {
	switch class {
	case "Int8Array", "Uint8Array", "Uint8ClampedArray", "Int16Array", "Uint16Array",
		"Int32Array", "Uint32Array", "Float32Array", "Float64Array":
		return true
	}
	return false
}
