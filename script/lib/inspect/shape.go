package inspect

import (
	"slices"
	"strings"
	"time"

	"github.com/dop251/goja"

	"posthaste/script/lib/native"
)

// shape decides how o is printed. name, null and tag are its class as raw found it. The order
// of the cases is Node's.
func (p *printer) shape(o *goja.Object, name string, null bool, tag string, depth int) shape {
	class := native.Class(o)
	head := func(fallback string) string { return prefix(name, null, tag, fallback, "") }
	s := shape{open: "{", closing: "}"}
	if native.IsTyped(o) {
		return p.typedArray(o, name, null, tag)
	}
	switch class {
	case "Array":
		return p.array(o, name, null, tag)
	case "Map", "Set":
		return p.collection(o, class, name, null, tag)
	}
	s.keys = p.keys(o)
	bare := len(s.keys) == 0
	_, callable := goja.AssertFunction(o)
	switch {
	case callable:
		s.base = p.function(o, name, null, tag)
		s.emptyIf(bare, s.base)
	case class == "Arguments":
		s.open = "[Arguments] {"
		s.emptyIf(bare, s.open+"}")
	case class == "RegExp":
		s.base = o.String()
		if h := head("RegExp"); h != "RegExp " {
			s.base = h + s.base
		}
		s.emptyIf(bare || p.depth >= 0 && depth > p.depth, s.base)
	case class == "Date":
		s.base = date(o)
		if h := head("Date"); h != "Date " {
			s.base = h + s.base
		}
		s.emptyIf(bare, s.base)
	case class == "Error":
		s.base = p.failure(o, name, null, &s.keys)
		s.emptyIf(len(s.keys) == 0, s.base)
	case p.binary(o, class, head, &s):
	case boxed(o, class):
		s.base = p.box(o, class, name, null, tag, &s.keys)
		s.emptyIf(len(s.keys) == 0, s.base)
	case name == "Object" && !null && tag == "":
		s.emptyIf(bare, "{}")
	default:
		s.open = head("Object") + "{"
		s.emptyIf(bare, s.open+"}")
	}
	return s
}

// binary decides the shape of objects with contents that are no properties: buffers, promises
// and weak collections. It says whether o is one of these.
func (p *printer) binary(o *goja.Object, class string, head func(fallback string) string, s *shape) bool {
	switch {
	case is[goja.ArrayBuffer](o):
		s.open = head("ArrayBuffer") + "{"
		s.keys = slices.Insert(s.keys, 0, p.vm.ToValue("byteLength"))
		s.entries = func(int) []string { return []string{p.contents(o.Export().(goja.ArrayBuffer).Bytes())} }
	case native.IsView(o):
		s.open = head("DataView") + "{"
		s.keys = slices.Insert(s.keys, 0, p.vm.ToValue("byteLength"), p.vm.ToValue("byteOffset"), p.vm.ToValue("buffer"))
	case class == "Promise":
		s.open = head("Promise") + "{"
		s.entries = func(depth int) []string { return []string{p.promise(o.Export().(*goja.Promise), depth)} }
	case class == "WeakSet" || class == "WeakMap":
		s.open = head(class) + "{"
		s.entries = func(int) []string { return []string{"<items unknown>"} }
	default:
		return false
	}
	return true
}

// emptyIf makes text the whole output when there is nothing inside.
func (s *shape) emptyIf(empty bool, text string) {
	if empty {
		s.empty = text
	}
}

// date prints what toISOString returns, or "Invalid Date". Years outside of 0 to 9999 have a
// sign and six digits (ECMA-262, Date Time String Format).
func date(o *goja.Object) string {
	t, ok := o.Export().(time.Time)
	// NaN is the only number that differs from itself; the zero time alone is a valid date.
	if !ok || t.IsZero() && o.ToFloat() != o.ToFloat() {
		return "Invalid Date"
	}
	t = t.UTC()
	rest := t.Format("-01-02T15:04:05.000Z")
	switch year := t.Year(); {
	case year >= 0 && year <= 9999:
		return t.Format("2006") + rest
	case year < 0:
		return "-" + padded(-year) + rest
	default:
		return "+" + padded(year) + rest
	}
}

// padded is a year with six digits.
func padded(year int) string {
	text := itoa(year)
	return strings.Repeat("0", max(6-len(text), 0)) + text
}

// promise prints the state of a promise and its result.
func (p *printer) promise(promise *goja.Promise, depth int) string {
	if promise.State() == goja.PromiseStatePending {
		return "<pending>"
	}
	p.indent += 2
	text := p.value(promise.Result(), depth)
	p.indent -= 2
	if promise.State() == goja.PromiseStateRejected {
		return "<rejected> " + text
	}
	return text
}

// boxed says whether o is new Number(1) and the like. class is the engine's name of its
// class.
func boxed(o *goja.Object, class string) bool {
	switch class {
	case "Number", "String", "Boolean":
		// Prototypes of classes share the class name but hold the value they box.
		return true
	}
	if tag := o.GetSymbol(goja.SymToStringTag); tag != nil && o.ExportType() != nil {
		return (tag.String() == "Symbol" || tag.String() == "BigInt") && primitiveOf(o) != nil
	}
	return false
}

// primitiveOf unboxes a Symbol or BigInt object; nil when o is not one. It calls valueOf,
// which may be the script's.
func primitiveOf(o *goja.Object) goja.Value {
	valueOf, ok := goja.AssertFunction(o.Get("valueOf"))
	if !ok {
		return nil
	}
	v, err := valueOf(o)
	if err != nil {
		return nil
	}
	if _, isObject := v.(*goja.Object); isObject {
		return nil
	}
	return v
}

// box shows an object around a primitive: "[Number: 1]". Indexes of a String are not listed,
// since they are the text.
func (p *printer) box(o *goja.Object, class, name string, null bool, tag string, keys *[]goja.Value) string {
	v := primitiveOf(o)
	kind := class
	switch {
	case v == nil:
		v = o.ToString()
	case kind == "Object" && goja.IsBigInt(v):
		kind = "BigInt"
	case kind == "Object":
		kind = "Symbol"
	}
	if kind == "String" {
		*keys = slices.DeleteFunc(*keys, func(key goja.Value) bool {
			_, isIndex := index(key.String())
			return isIndex
		})
	}
	text := "[" + kind
	if kind != name {
		if null {
			text += " (null prototype)"
		} else {
			text += " (" + name + ")"
		}
	}
	// The text inside is never broken into lines.
	unlimited := *p
	unlimited.opt.BreakLength, unlimited.indent = 1<<40, 0
	text += ": " + unlimited.primitive(v) + "]"
	if tag != "" && tag != name {
		text += " [" + tag + "]"
	}
	return text
}
