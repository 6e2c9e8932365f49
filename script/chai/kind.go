package chai

import (
	"strings"

	"github.com/dop251/goja"
)

// kindOf names a value's type as chai does: typeof for what is no object, else
// Symbol.toStringTag, else the built-in class ("Array", "Date", "Object").
func (c *Chai) kindOf(v goja.Value) string {
	o, ok := v.(*goja.Object)
	if !ok {
		if v != nil && goja.IsNull(v) {
			return "null"
		}
		return typeOf(v)
	}
	if isFunction(o) {
		return "function"
	}
	if o == c.vm.GlobalObject() {
		return "global"
	}
	tag := o.GetSymbol(goja.SymToStringTag)
	if tag == nil && c.isArray(o) {
		return "Array"
	}
	if s, ok := tag.(goja.String); ok {
		return textOf(s)
	}
	return c.classTag(o)
}

// kind is kindOf in lower case, as most assertions compare it.
func (c *Chai) kind(v goja.Value) string { return strings.ToLower(c.kindOf(v)) }

// tagOf is the T of Object.prototype.toString's "[object T]".
func (c *Chai) tagOf(v goja.Value) string {
	switch {
	case isUndefined(v):
		return "Undefined"
	case goja.IsNull(v):
		return "Null"
	}
	o := v.ToObject(c.vm)
	if s, ok := o.GetSymbol(goja.SymToStringTag).(goja.String); ok {
		return textOf(s)
	}
	if c.isArray(o) {
		return "Array"
	}
	return c.classTag(o)
}

// isArray is Array.isArray; only a proxy needs the real function.
func (c *Chai) isArray(o *goja.Object) bool {
	switch o.ClassName() {
	case "Array":
		return true
	case "Object":
		return o.ExportType() == c.in.proxyType && call(c.in.isArray, goja.Undefined(), o).ToBoolean()
	}
	return false
}

// classTag is the class of an object that no toStringTag names. The language
// gives a tag of their own to few classes; the rest are objects, chai's own
// errors among them.
func (c *Chai) classTag(o *goja.Object) string {
	switch class := o.ClassName(); class {
	case "Error":
		if c.isAssertionError(o) {
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

func (c *Chai) isAssertionError(v goja.Value) bool {
	_, ok := v.(*goja.Object)
	return ok && c.errorCtor != nil && c.vm.InstanceOf(v, c.errorCtor)
}

// isError says whether a value inherits from the Error the runtime began with.
func (c *Chai) isError(v goja.Value) bool {
	_, ok := v.(*goja.Object)
	return ok && c.vm.InstanceOf(v, c.in.errorCtor)
}

func (c *Chai) isRegExp(v goja.Value) bool {
	_, ok := v.(*goja.Object)
	return ok && c.vm.InstanceOf(v, c.in.regExpCtor)
}
