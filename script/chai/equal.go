package chai

import (
	"math"

	"github.com/dop251/goja"
)

// maxEqualDepth is the nesting at which a comparison gives up with the error
// that Node throws at about the same depth.
const maxEqualDepth = 8000

// DeepEqual says whether two values are deeply equal by the rules of deep-eql:
// NaN equals NaN, -0 differs from +0, errors are equal by name, message and
// code, functions and promises by identity, and cycles end. For a runtime that
// has run scripts, Chai.DeepEqual is safer: it uses the intrinsics of before.
func DeepEqual(vm *goja.Runtime, a, b goja.Value) bool {
	c := &Chai{vm: vm, in: capture(vm)}
	return c.DeepEqual(a, b)
}

// DeepEqual is the package's DeepEqual with the intrinsics that New captured.
func (c *Chai) DeepEqual(a, b goja.Value) bool {
	return (&comparison{c: c}).run(a, b)
}

// eql compares as the assertions do: by config.deepEqual when a script set it.
func (c *Chai) eql(a, b goja.Value) bool {
	if c.config != nil {
		if f, ok := goja.AssertFunction(c.config.Get("deepEqual")); ok {
			return call(f, goja.Undefined(), orUndefined(a), orUndefined(b)).ToBoolean()
		}
	}
	return c.DeepEqual(a, b)
}

// A comparison is one call of deep equality.
type comparison struct {
	c          *Chai
	comparator goja.Callable // asked first when not nil
	seen       map[pair]bool // what is known, and what is assumed on the way
	inherited  map[*goja.Object][]string
}

type pair struct{ a, b *goja.Object }

// run compares, and leaves the shared depth as it was even when a getter throws.
func (e *comparison) run(a, b goja.Value) bool {
	before := e.c.depth
	defer func() { e.c.depth = before }()
	return e.equal(a, b)
}

func (e *comparison) equal(a, b goja.Value) bool {
	if e.comparator != nil {
		v := call(e.comparator, goja.Undefined(), orUndefined(a), orUndefined(b))
		if typeOf(v) == "boolean" {
			return v.ToBoolean()
		}
	}
	if strictEqual(a, b) {
		return !goja.IsNumber(orUndefined(a)) || sameSign(a, b)
	}
	if isNaN(a) && isNaN(b) {
		return true
	}
	if !isPlain(a) || !isPlain(b) {
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
	e.c.step()
	if e.c.depth++; e.c.depth > maxEqualDepth {
		e.c.throwRange("Maximum call stack size exceeded")
	}
	kind := e.c.kindOf(p.a)
	if e.seen == nil {
		e.seen = map[pair]bool{}
	}
	e.seen[p] = true
	equal := kind == e.c.kindOf(p.b) && e.byKind(kind, p.a, p.b)
	if !equal {
		e.seen[p] = false
	}
	e.c.depth--
	return equal
}

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
		return e.c.str(a) == e.c.str(b)
	case "Generator":
		return e.sameValues(e.drain(a), e.drain(b))
	case "DataView":
		return e.views(a, b)
	case "ArrayBuffer":
		return e.buffers(a, b)
	case "Map", "Set":
		return e.collections(a, b)
	}
	if isNumericArray(kind) {
		return e.typedArrays(a, b)
	}
	return e.properties(a, b)
}

// primitive is the value that a boxed primitive or a date holds.
func (e *comparison) primitive(o *goja.Object) goja.Value {
	if o.ClassName() == "Date" {
		return call(e.c.in.dateTime, o)
	}
	return e.c.invoke(o, "object", "valueOf")
}

func (e *comparison) lists(a, b *goja.Object) bool {
	x, y := a.Get("length"), b.Get("length")
	if !strictEqual(x, y) {
		return false
	}
	for i := range listLength(a) {
		e.c.step()
		if !e.equal(index(a, i), index(b, i)) {
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

func (c *Chai) throwRange(msg string) {
	o, err := c.in.newRangeError(nil, c.vm.ToValue(msg))
	must(err)
	panic(o)
}
