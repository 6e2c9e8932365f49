package cryptojs

import (
	"encoding/binary"

	"github.com/dop251/goja"

	"posthaste/script/jsvalue"
	"posthaste/script/lib/native"
)

// makeBase builds lib.Base, the root of the library's prototype inheritance: extend, create,
// init, mixIn, clone. Scripts rarely use it, but all other objects inherit from it and show
// its methods.
func (l *library) makeBase() {
	l.base = l.env.VM.NewObject()
	l.set(l.lib, "Base", l.base)
	l.fn(l.base, "extend", 1, func(call goja.FunctionCall) goja.Value {
		return l.extend(call.This.ToObject(l.env.VM), call.Argument(0))
	})
	l.fn(l.base, "create", 0, func(call goja.FunctionCall) goja.Value {
		return l.create(call.This.ToObject(l.env.VM), call.Arguments...)
	})
	l.set(l.base, "init", l.env.Constructor("init", 0, func(goja.ConstructorCall) *goja.Object { return nil }))
	l.fn(l.base, "mixIn", 1, func(call goja.FunctionCall) goja.Value {
		l.mixIn(call.This.ToObject(l.env.VM), call.Argument(0))
		return goja.Undefined()
	})
	l.fn(l.base, "clone", 0, func(call goja.FunctionCall) goja.Value {
		return l.clone(call.This.ToObject(l.env.VM))
	})
}

// extend makes an object that inherits from super, with overrides copied in. An object
// without an init of its own gets one that calls super's.
func (l *library) extend(super *goja.Object, overrides goja.Value) *goja.Object {
	sub := l.env.VM.CreateObject(super)
	if !jsvalue.IsNullish(overrides) {
		l.mixIn(sub, overrides)
	}
	init := sub.Get("init")
	if init == nil || init.SameAs(super.Get("init")) {
		init = l.env.VM.ToValue(func(call goja.ConstructorCall) *goja.Object {
			l.env.Call(sub.Get("$super").ToObject(l.env.VM).Get("init"), call.This, "init", call.Arguments...)
			return nil
		})
		l.set(sub, "init", init)
	}
	// So that instanceof works with init, as in the original.
	if o := jsvalue.Object(init); o != nil {
		l.set(o, "prototype", sub)
	}
	l.set(sub, "$super", super)
	return sub
}

// define makes a type: an object that extends super and whose init is given. init gets the
// instance and the arguments.
func (l *library) define(super *goja.Object, init func(this *goja.Object, args []goja.Value)) *goja.Object {
	overrides := l.env.VM.NewObject()
	l.set(overrides, "init", l.env.Constructor("init", 0, func(call goja.ConstructorCall) *goja.Object {
		init(call.This, call.Arguments)
		return nil
	}))
	return l.extend(super, overrides)
}

// create makes an instance of a type: type.create(args) in JavaScript.
func (l *library) create(of *goja.Object, args ...goja.Value) *goja.Object {
	instance := l.extend(of, nil)
	l.env.Call(instance.Get("init"), instance, "instance.init", args...)
	return instance
}

// mixIn copies own properties. toString is a property like others; the original treats it
// apart for old browsers.
func (l *library) mixIn(into *goja.Object, from goja.Value) {
	source := jsvalue.Object(from)
	if source == nil {
		return
	}
	for _, key := range source.Keys() {
		l.set(into, key, source.Get(key))
	}
}

// clone makes an object of the same class with this one's properties. Values are shared, not
// copied.
func (l *library) clone(this *goja.Object) *goja.Object {
	proto := jsvalue.Object(l.property(this.Get("init"), "prototype"))
	if proto == nil {
		proto = this.Prototype()
	}
	return l.extend(proto, this)
}

// makeWordArray builds lib.WordArray: 32-bit words in big-endian order, and sigBytes, the
// number of bytes that count.
func (l *library) makeWordArray() {
	vm := l.env.VM
	l.words = l.define(l.base, func(this *goja.Object, args []goja.Value) { l.initWords(this, args) })
	l.set(l.lib, "WordArray", l.words)
	l.fn(l.words, "toString", 1, func(call goja.FunctionCall) goja.Value {
		encoder := call.Argument(0)
		if !encoder.ToBoolean() {
			encoder = l.enc["Hex"]
		}
		return l.env.Call(l.property(encoder, "stringify"), encoder, "(encoder || Hex).stringify", call.This)
	})
	l.fn(l.words, "concat", 1, func(call goja.FunctionCall) goja.Value {
		this := call.This.ToObject(vm)
		// Reading words of something that has none throws, as in the original.
		l.property(call.Argument(0), "words")
		mine, other := l.read(this), l.read(call.Argument(0))
		joined := append(append([]byte{}, mine.significant()...), other.significant()...)
		l.replace(this, whole(joined))
		return this
	})
	l.fn(l.words, "clamp", 0, func(call goja.FunctionCall) goja.Value {
		this := call.This.ToObject(vm)
		l.replace(this, whole(l.read(this).significant()))
		return goja.Undefined()
	})
	l.fn(l.words, "clone", 0, func(call goja.FunctionCall) goja.Value {
		this := call.This.ToObject(vm)
		copied := l.clone(this)
		if list := jsvalue.Object(this.Get("words")); list != nil {
			l.set(copied, "words", l.array(l.readWords(list)))
		}
		return copied
	})
	// The words come from the sandbox's randomness; a seeded run gives the same again.
	l.fn(l.words, "random", 1, func(call goja.FunctionCall) goja.Value {
		n := int(call.Argument(0).ToInteger())
		if n > native.MaxBuffer {
			l.env.Throw("RangeError", "Invalid array length")
		}
		n = max(n, 0)
		return l.wordArray(words{l.env.Random((n + 3) / 4 * 4), n})
	})
}

// replace gives a WordArray new content in the array that it already has, because scripts may
// hold that array.
func (l *library) replace(o *goja.Object, w words) {
	list := jsvalue.Object(o.Get("words"))
	if list == nil {
		l.fill(o, w)
		return
	}
	fresh := len(w.b) / 4
	for i := range fresh {
		l.set(list, itoa(i), int64(int32(binary.BigEndian.Uint32(w.b[i*4:])))) // JavaScript's bit operations give signed words
	}
	l.set(list, "length", fresh)
	l.set(o, "sigBytes", w.sig)
}

// initWords is WordArray's init: (words, sigBytes), or the bytes of a typed array. Without
// sigBytes all words count.
func (l *library) initWords(this *goja.Object, args []goja.Value) {
	first, count := goja.Undefined(), goja.Undefined()
	if len(args) > 0 {
		first = args[0]
	}
	if len(args) > 1 {
		count = args[1]
	}
	if b, ok := l.env.Bytes(first); ok {
		l.fill(this, whole(b))
		return
	}
	if !first.ToBoolean() {
		first = l.env.VM.NewArray()
	}
	l.set(this, "words", first)
	if goja.IsUndefined(count) {
		length := l.property(first, "length")
		count = l.env.VM.ToValue(length.ToFloat() * 4)
	}
	l.set(this, "sigBytes", count)
}
