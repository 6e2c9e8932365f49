package engine

import (
	"math"
	"math/big"
	"reflect"
	"runtime"

	"github.com/dop251/goja"

	"posthaste/script/engine/newer"
	"posthaste/script/engine/rewrite"
	"posthaste/script/engine/syntax"
	"posthaste/script/jsvalue"
)

// Bounds for what the engine does in one step that nothing can interrupt. Lengths are far
// above what scripts need and far below what ends the process.
const (
	maxRepeat = 1 << 26 // the longest text that one call may repeat
	maxText   = 1 << 28 // the longest text that one call may put together
	maxArray  = 1 << 22 // the longest array that one call may walk, calling back for each item
	maxWalk   = 1 << 20 // the longest that a call may walk on its own
	maxSource = 1 << 20 // the longest text that eval and Function take
	maxDigits = 1 << 17 // of a BigInt given as text
	maxBuffer = 1 << 28 // bytes of an ArrayBuffer
	maxBigInt = 1 << 24 // bits of a power or a shift

	maxFramesDeep = 8000 // Go frames under a yield*
)

// bounds checks the operands of powers and shifts of BigInts and the text given to eval.
// Calls of its three functions are put around them when a script is compiled, under names
// that no script can write. It has the other guards of package rewrite too, each made when it
// is first needed.
type bounds struct {
	vm       *goja.Runtime
	indirect goja.Value // eval for all but direct calls
	direct   goja.Value // the engine's own eval, which direct calls are made with
	bases    []int      // bit lengths of the left operands that wait for their right ones
	pattern  func(goja.Value)
	made     map[string]goja.Value

	evaluating func(Evaluated) // Options.Evaluating
	host       func(name string) goja.Value
	newer      *newer.Lowerer
	depths     depthReader
	caught     func(goja.Value) // words an error that a script catches
	shown      bool             // the guards of evaluated texts are there
	evaluated  []evaluated      // the last texts of eval and Function
}

// begin readies the guards for a script: it has no power half computed, whatever the one before left.
func (b *bounds) begin() { b.bases = b.bases[:0] }

// values returns the guards by those names, as arguments of a script.
func (b *bounds) values(names []string) []goja.Value {
	args := make([]goja.Value, len(names))
	for i, name := range names {
		args[i] = b.guard(name)
	}
	return args
}

// guard makes a guard when a script first needs it; most scripts need few. An unknown name
// gives eval, which is harmless. The names are those of package rewrite.
func (b *bounds) guard(name string) goja.Value {
	if v, ok := b.made[name]; ok {
		return v
	}
	v := b.indirect
	switch name {
	case rewrite.EvalGuard:
	case rewrite.DirectEval:
		v = b.direct
	case rewrite.ReadGuard:
		v = b.reading("read", "reading")
	case rewrite.IterableGuard:
		v = b.iterable()
	case rewrite.PatternGuard:
		v = b.unpacked()
	case rewrite.SourceGuard:
		v = b.vm.ToValue(func(call goja.FunctionCall) goja.Value { return b.evalText(call.Argument(0), inFunction) })
	case rewrite.ScriptSourceGuard:
		v = b.vm.ToValue(func(call goja.FunctionCall) goja.Value { return b.evalText(call.Argument(0), inScript) })
	case rewrite.HostGuard:
		v = b.vm.ToValue(b.beginning)
	case rewrite.SetGuard:
		v = b.reading("set", "setting")
	case rewrite.AssertionGuard:
		v = b.called()
	case rewrite.CaughtGuard:
		v = b.vm.ToValue(func(call goja.FunctionCall) goja.Value {
			b.caught(call.Argument(0))
			return goja.Undefined()
		})
	case rewrite.RaiseGuard:
		v = b.raised()
	case rewrite.ExtendsGuard:
		v = b.extended()
	case rewrite.SpreadGuard:
		v = b.spreadArguments()
	case rewrite.InGuard:
		v = b.searched()
	case rewrite.InstanceGuard:
		v = b.class()
	case rewrite.SpreadableGuard:
		v = b.spreadable()
	// The plain checks: each looks at one operand and hands it on.
	default:
		check := map[string]func(goja.Value){
			rewrite.BaseGuard: b.base, rewrite.PowerGuard: b.power, rewrite.LengthGuard: b.length,
			rewrite.WalkGuard: b.walk, rewrite.DepthGuard: b.depth, rewrite.RegexpGuard: b.pattern, rewrite.TextGuard: b.text, rewrite.StackGuard: b.stack,
		}[name]
		v = b.vm.ToValue(func(call goja.FunctionCall) goja.Value {
			operand := call.Argument(0)
			check(operand)
			return operand
		})
	}
	if b.made == nil {
		b.made = map[string]goja.Value{}
	}
	b.made[name] = v
	return v
}

// base remembers how large the base of a power is, before the exponent is known. Bases are a
// stack, because an exponent may hold a power itself.
func (b *bounds) base(v goja.Value) {
	bits := 0
	if n, ok := v.Export().(*big.Int); ok {
		bits = max(n.BitLen(), 1)
	}
	b.bases = append(b.bases, bits)
}

// power checks the exponent, or the distance of a shift, against the base before it. Numbers
// that are no BigInts are bounded by themselves.
func (b *bounds) power(v goja.Value) {
	bits := 1
	if last := len(b.bases) - 1; last >= 0 {
		bits = b.bases[last]
		b.bases = b.bases[:last]
	}
	n, ok := v.Export().(*big.Int)
	if !ok || bits == 0 || n.Sign() <= 0 {
		return
	}
	// bits·n is about the size of the result.
	if !n.IsInt64() || n.Int64() > maxBigInt/int64(bits) {
		panic(jsvalue.NewError(b.vm, "RangeError", "Maximum BigInt size exceeded"))
	}
}

// length checks what becomes the length of an array: an array of four billion holes is walked
// by many methods. A number beyond those that an array can have is left to the engine: it may be for an object that is no
// array, of which only the value is seen here.
func (b *bounds) length(v goja.Value) {
	if goja.IsNumber(v) && v.ToFloat() > maxArray && v.ToFloat() <= math.MaxUint32 {
		panic(jsvalue.NewError(b.vm, "RangeError", "Invalid array length"))
	}
}

// walk checks what a loop over names is given, since the engine lists all names before the
// first turn.
func (b *bounds) walk(v goja.Value) {
	if indexesOf(v) > maxWalk {
		panic(jsvalue.NewError(b.vm, "RangeError", "Invalid array length"))
	}
}

// text checks a text that is about to be put together with itself: that is how a text grows
// beyond all memory before anybody looks.
func (b *bounds) text(v goja.Value) {
	if lengthOfText(v) > maxText/2 {
		panic(jsvalue.NewError(b.vm, "RangeError", "Invalid string length"))
	}
}

// spread checks a list of arguments. The message is that of V8, whose stack ends there.
func (b *bounds) spread(v goja.Value) {
	if lengthOf(v) > maxArguments {
		panic(jsvalue.NewError(b.vm, "RangeError", "Maximum call stack size exceeded"))
	}
}

// depth checks how deep generators stand in each other: the engine's own limit does not see
// them, and Go ends the process when its stack is full.
func (b *bounds) depth(v goja.Value) {
	if !b.canIterate(v) {
		panic(jsvalue.NewError(b.vm, "TypeError", notIterable(v)))
	}
	var pc [1]uintptr
	// Asking for one frame so deep costs little when there are not so many.
	if runtime.Callers(maxFramesDeep, pc[:]) > 0 {
		panic(jsvalue.NewError(b.vm, "RangeError", "Maximum call stack size exceeded"))
	}
}

// source refuses a text of a script that the parser could not handle: it recurses. It also
// refuses texts beyond maxSource, whose parsing cannot be interrupted.
func (b *bounds) source(v goja.Value) {
	if !goja.IsString(v) {
		return
	}
	if f := syntax.CheckNesting(v.String()); f != nil {
		panic(jsvalue.NewError(b.vm, f.Name, f.Message))
	}
	if lengthOf(v) > maxSource {
		panic(jsvalue.NewError(b.vm, "RangeError", "the text of a script is too long"))
	}
}

// bound puts check before a native method of a prototype or a constructor. check throws by
// panicking and may change the arguments. Name and length of the method stay, as scripts can
// see them.
func (r *Realm) bound(owner *goja.Object, name string, check func(call goja.FunctionCall)) {
	native, ok := goja.AssertFunction(owner.Get(name))
	if !ok {
		return
	}
	old := owner.Get(name).ToObject(r.VM)
	f := r.VM.ToValue(func(call goja.FunctionCall) goja.Value {
		check(call)
		r.pause()
		v, err := native(call.This, call.Arguments...)
		if err != nil {
			panic(r.Rethrow(err))
		}
		return v
	}).(*goja.Object)
	for _, property := range []string{"name", "length"} {
		_ = f.DefineDataProperty(property, old.Get(property), goja.FLAG_FALSE, goja.FLAG_TRUE, goja.FLAG_FALSE)
	}
	_ = owner.DefineDataProperty(name, f, goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE)
}

// installBounds guards the methods that build or walk as much as they are told to. It must
// run before any script, and after that nothing may hold the engine's own methods.
func (r *Realm) installBounds() {
	r.bounds.vm = r.VM
	fail := func(class, message string) { panic(jsvalue.NewError(r.VM, class, message)) }
	text := r.prototype("String")
	r.bound(text, "repeat", func(call goja.FunctionCall) {
		n := call.Argument(0).ToFloat()
		if n < 0 || math.IsInf(n, 0) {
			fail("RangeError", "Invalid count value: "+call.Argument(0).String())
		}
		if length := lengthOf(call.This); n > 0 && length > 0 && n*float64(length) > maxRepeat {
			fail("RangeError", "Invalid string length")
		}
	})
	for _, name := range []string{"padStart", "padEnd"} {
		r.bound(text, name, func(call goja.FunctionCall) {
			if call.Argument(0).ToFloat() > maxRepeat {
				fail("RangeError", "Invalid string length")
			}
		})
	}
	r.bound(text, "concat", func(call goja.FunctionCall) {
		total := lengthOfText(call.This)
		for _, v := range call.Arguments {
			total += lengthOfText(v)
		}
		if total > maxText {
			fail("RangeError", "Invalid string length")
		}
	})
	r.bound(text, "split", func(call goja.FunctionCall) {
		if lengthOf(call.This) > maxArray && lengthOf(call.Argument(0)) == 0 {
			fail("RangeError", "Invalid array length")
		}
	})
	for _, name := range []string{"replace", "replaceAll"} {
		r.bound(text, name, r.checkReplace)
	}
	r.bound(text, "normalize", func(call goja.FunctionCall) {
		if lengthOf(call.This) > maxArray {
			fail("RangeError", "Invalid string length")
		}
	})
	r.installListBounds()
	installFunctionText(r)
	r.installProtoGuard()
}

// prototype is that of a global class as it is now.
func (r *Realm) prototype(class string) *goja.Object {
	return r.VM.Get(class).ToObject(r.VM).Get("prototype").ToObject(r.VM)
}

// indexesOf is how many names a value has by its length: those of strings and lists, and of proxies for them. The member
// length of another object says nothing about its names, and may be a getter of the script.
func indexesOf(v goja.Value) int64 {
	o, ok := v.(*goja.Object)
	for ok && o != nil && o.ExportType() == reflect.TypeFor[goja.Proxy]() {
		p, _ := o.Export().(goja.Proxy)
		o = p.Target()
	}
	switch {
	case !ok:
		return lengthOf(v)
	case o == nil: // a proxy that was revoked
		return 0
	}
	if o.ExportType().Kind() == reflect.Slice || o.ClassName() == "String" {
		return lengthOf(o)
	}
	return 0
}

// lengthOf is a cheap look at the length of a string or of an array-like object, 0 for
// anything else. It may run a getter of the script.
func lengthOf(v goja.Value) int64 {
	switch v := v.(type) {
	case goja.String:
		return int64(v.Length())
	case *goja.Object:
		if l := v.Get("length"); l != nil && goja.IsNumber(l) {
			return l.ToInteger()
		}
	}
	return 0
}
