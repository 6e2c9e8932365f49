// Package equal compares values deeply, as deep-eql 4.1 does.
//
// Cycles end, and hostile values can be interrupted. The order of keys, and of elements of maps and sets, does not
// count.
package equal

import (
	"math"

	"github.com/dop251/goja"

	"posthaste/script/jsvalue"
)

// MaxDepth is the nesting at which a comparison gives up with the error
// that Node throws at about the same depth.
const MaxDepth = 8000

// DeepEqual says whether two values are deeply equal by the rules of deep-eql:
// NaN equals NaN, -0 differs from +0, errors are equal by name, message and
// code, functions and promises by identity, and cycles end. For a runtime that
// has run scripts, Deep is safer: it uses the built-ins of before.
func DeepEqual(vm *goja.Runtime, a, b goja.Value) bool {
	return Deep(jsvalue.Capture(vm), a, b)
}

// Deep is DeepEqual with the built-ins that were captured before scripts ran.
func Deep(b *jsvalue.Builtins, x, y goja.Value) bool {
	return (&comparison{b: b}).run(x, y)
}

// With is Deep with a function that is asked first of every pair: it answers with
// a boolean, or leaves the pair to the rules. A nil comparator leaves every pair to the rules.
func With(b *jsvalue.Builtins, comparator goja.Callable, x, y goja.Value) bool {
	return (&comparison{b: b, comparator: comparator}).run(x, y)
}

// A comparison is one call of deep equality.
type comparison struct {
	b          *jsvalue.Builtins
	comparator goja.Callable // asked first when not nil
	seen       map[pair]bool // what is known, and what is assumed on the way
	inherited  map[*goja.Object][]string
}

type pair struct{ a, b *goja.Object }

// run compares, and leaves the shared depth as it was even when a getter throws.
func (e *comparison) run(a, b goja.Value) bool {
	before := e.b.Depth
	defer func() { e.b.Depth = before }()
	return e.equal(a, b)
}

// +0 and -0 differ here, and NaN equals itself.
func (e *comparison) equal(a, b goja.Value) bool {
	if e.comparator != nil {
		v := jsvalue.Call(e.comparator, goja.Undefined(), jsvalue.OrUndefined(a), jsvalue.OrUndefined(b))
		if jsvalue.TypeOf(v) == "boolean" {
			return v.ToBoolean()
		}
	}
	if jsvalue.StrictEqual(a, b) {
		return !goja.IsNumber(jsvalue.OrUndefined(a)) || sameSign(a, b)
	}
	if jsvalue.IsNaN(a) && jsvalue.IsNaN(b) {
		return true
	}
	if !jsvalue.IsPlain(a) || !jsvalue.IsPlain(b) {
		return false
	}
	return e.objects(pair{a.(*goja.Object), b.(*goja.Object)})
}

// sameSign tells +0 from -0; other equal numbers have the same sign anyway.
func sameSign(a, b goja.Value) bool {
	return math.Signbit(a.ToFloat()) == math.Signbit(b.ToFloat())
}

// objects compares two different objects. While it does, they count as equal,
// which is what ends cycles.
func (e *comparison) objects(p pair) bool {
	if known, ok := e.seen[p]; ok {
		return known
	}
	if known, ok := e.seen[pair{p.b, p.a}]; ok {
		return known
	}
	e.b.Step()
	if e.b.Depth++; e.b.Depth > MaxDepth {
		e.b.ThrowRange("Maximum call stack size exceeded")
	}
	kind := e.b.KindOf(p.a)
	if e.seen == nil {
		e.seen = map[pair]bool{}
	}
	e.seen[p] = true
	equal := kind == e.b.KindOf(p.b) && e.byKind(kind, p.a, p.b)
	if !equal {
		e.seen[p] = false
	}
	e.b.Depth--
	return equal
}

// byKind compares two objects of one kind as deep-eql does: errors by name, message and code, functions never.
func (e *comparison) byKind(kind string, a, b *goja.Object) bool {
	switch kind {
	case "String", "Number", "Boolean", "Date":
		return e.equal(e.primitive(a), e.primitive(b))
	case "Promise", "Symbol", "function", "WeakMap", "WeakSet":
		return false // they are not the same, or this would not be asked
	case "Error":
		return e.equal(a.Get("name"), b.Get("name")) &&
			e.equal(a.Get("message"), b.Get("message")) &&
			e.equal(a.Get("code"), b.Get("code"))
	case "Array", "Arguments":
		return e.lists(a, b)
	case "RegExp":
		return e.b.Str(a) == e.b.Str(b)
	case "Generator":
		return e.sameValues(e.drain(a), e.drain(b))
	case "DataView":
		return e.views(a, b)
	case "ArrayBuffer":
		return e.buffers(a, b)
	case "Map", "Set":
		return e.collections(a, b)
	}
	if jsvalue.IsNumericArray(kind) {
		return e.typedArrays(a, b)
	}
	return e.properties(a, b)
}

// primitive is the value that a boxed primitive or a date holds.
func (e *comparison) primitive(o *goja.Object) goja.Value {
	if o.ClassName() == "Date" {
		return jsvalue.Call(e.b.DateTime, o)
	}
	return e.b.Invoke(o, "object", "valueOf")
}

// lists compares elements and not other properties.
func (e *comparison) lists(a, b *goja.Object) bool {
	x, y := a.Get("length"), b.Get("length")
	if !jsvalue.StrictEqual(x, y) {
		return false
	}
	for i := range jsvalue.ListLength(a) {
		e.b.Step()
		if !e.equal(jsvalue.Index(a, i), jsvalue.Index(b, i)) {
			return false
		}
	}
	return true
}

func (e *comparison) sameValues(a, b []goja.Value) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if !e.equal(a[i], b[i]) {
			return false
		}
	}
	return true
}
