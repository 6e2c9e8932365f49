package sdk

import (
	"errors"
	"strconv"
	"strings"
	"unicode/utf16"

	"github.com/dop251/goja"

	"posthaste/collection"
)

// intrinsics are the engine's own functions, remembered before a script can replace them.
type intrinsics struct {
	hasOwn      goja.Callable
	parse       goja.Callable
	errorClass  *goja.Object
	dateClass   *goja.Object
	regexpProto *goja.Object
	objectProto *goja.Object
	iterator    goja.Callable // Array.prototype[Symbol.iterator]
	toUTC       goja.Callable // Date.prototype.toUTCString
	regexpExec  goja.Callable
	rangeError  *goja.Object
	uint8Array  *goja.Object
	weakMap     *goja.Object
	weakGet     goja.Callable
	weakSet     goja.Callable
}

func captureIntrinsics(vm *goja.Runtime) intrinsics {
	global := func(name string) *goja.Object { return vm.GlobalObject().Get(name).(*goja.Object) }
	proto := func(name string) *goja.Object { return global(name).Get("prototype").(*goja.Object) }
	call := func(v goja.Value) goja.Callable {
		fn, _ := goja.AssertFunction(v)
		return fn
	}
	object, weak := proto("Object"), proto("WeakMap")
	weakMap, err := vm.New(global("WeakMap"))
	if err != nil {
		panic(err) // a runtime without WeakMap is not the engine
	}
	return intrinsics{
		hasOwn:      call(object.Get("hasOwnProperty")),
		parse:       call(global("JSON").Get("parse")),
		errorClass:  global("Error"),
		dateClass:   global("Date"),
		regexpProto: proto("RegExp"),
		objectProto: object,
		iterator:    call(proto("Array").Get("values")),
		toUTC:       call(proto("Date").Get("toUTCString")),
		regexpExec:  call(proto("RegExp").Get("exec")),
		rangeError:  global("RangeError"),
		uint8Array:  global("Uint8Array"),
		weakMap:     weakMap,
		weakGet:     call(weak.Get("get")),
		weakSet:     call(weak.Get("set")),
	}
}

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
	return ok && o.ClassName() == "Array"
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

// items reads an array into a slice; what is no array is empty.
func items(v goja.Value) []goja.Value { return itemsUpTo(v, maxItems) }

func itemsUpTo(v goja.Value, most int) []goja.Value {
	o, ok := v.(*goja.Object)
	if !ok || o.ClassName() != "Array" {
		return nil
	}
	n := min(int(get(o, "length").ToInteger()), most)
	list := make([]goja.Value, 0, min(n, 1<<16))
	for i := range n {
		list = append(list, get(o, strconv.Itoa(i)))
	}
	return list
}

// array makes a JavaScript array.
func (s *SDK) array(list []goja.Value) *goja.Object {
	anys := make([]any, len(list))
	for i, v := range list {
		anys[i] = v
	}
	return s.vm.NewArray(anys...)
}

// texts makes a JavaScript array of strings.
func (s *SDK) texts(list []string) *goja.Object {
	anys := make([]any, len(list))
	for i, v := range list {
		anys[i] = v
	}
	return s.vm.NewArray(anys...)
}

// refill makes an existing array hold list.
func (s *SDK) refill(o *goja.Object, list []goja.Value) {
	for i, v := range list {
		set(o, strconv.Itoa(i), v)
	}
	_ = o.Set("length", len(list))
}

// call calls fn and throws what it throws.
func (s *SDK) call(fn, this goja.Value, a ...goja.Value) goja.Value {
	f, ok := goja.AssertFunction(fn)
	if !ok {
		panic(s.vm.NewTypeError("%s is not a function", fn.String()))
	}
	v, err := f(this, a...)
	s.check(err)
	return v
}

// invoke calls a method by its name.
func (s *SDK) invoke(o *goja.Object, name string, a ...goja.Value) goja.Value {
	return s.call(get(o, name), o, a...)
}

// check throws err. Exceptions keep value and stack; interrupts go on as they are.
func (s *SDK) check(err error) {
	if err == nil {
		return
	}
	var exception *goja.Exception
	if errors.As(err, &exception) {
		panic(exception)
	}
	panic(err)
}

// throw throws a new Error.
func (s *SDK) throw(message string) {
	e, err := s.vm.New(s.engine.errorClass, s.vm.ToValue(message))
	s.check(err)
	panic(e)
}

// parseJSON parses as Postman does and throws what is wrong.
func (s *SDK) parseJSON(text string) goja.Value {
	if s.env.ParseJSON != nil {
		v, err := s.env.ParseJSON(text)
		s.check(err)
		return v
	}
	v, err := s.engine.parse(goja.Undefined(), s.vm.ToValue(strings.TrimPrefix(text, "\ufeff")))
	s.check(err)
	return v
}

// fromJSON shows JSON text of our own making; what is no JSON is undefined.
func (s *SDK) fromJSON(text string) goja.Value {
	v, err := s.engine.parse(goja.Undefined(), s.vm.ToValue(text))
	if err != nil {
		return goja.Undefined()
	}
	return v
}

// show turns a value of the model into a JavaScript value.
func (s *SDK) show(v collection.Value) goja.Value {
	switch v.Kind() {
	case collection.Undefined:
		return goja.Undefined()
	case collection.Null:
		return goja.Null()
	case collection.Bool:
		return s.vm.ToValue(v.Truthy())
	case collection.Number:
		f, _ := v.Float()
		return s.vm.ToValue(f)
	case collection.String:
		return s.vm.ToValue(v.String())
	default:
		return s.fromJSON(v.JSONText())
	}
}

// read turns a JavaScript value into one of the model. Functions and symbols are undefined.
func (s *SDK) read(v goja.Value) collection.Value {
	switch {
	case v == nil, goja.IsUndefined(v), isFunction(v):
		return collection.Value{}
	case goja.IsNull(v):
		return collection.NullValue()
	case isString(v):
		return collection.Text(v.String())
	case isNumber(v):
		return collection.NumberValue(v.ToFloat())
	case isBool(v):
		return collection.BoolValue(v.ToBoolean())
	}
	o, ok := v.(*goja.Object)
	if !ok {
		return collection.Value{}
	}
	raw, err := o.MarshalJSON()
	if err != nil {
		s.check(err)
	}
	return collection.JSONValue(string(raw))
}

// maxDepth is how deep Go follows values that scripts nest; beyond, a script sees what V8 throws there.
const maxDepth = 5000

// enter counts one step down into a value; the function it returns counts it back.
func (s *SDK) enter() func() {
	if s.depth >= maxDepth {
		e, err := s.vm.New(s.engine.rangeError, s.vm.ToValue("Maximum call stack size exceeded"))
		s.check(err)
		panic(e)
	}
	s.depth++
	return func() { s.depth-- }
}

// units is the length of text as JavaScript counts it.
func units(text string) int {
	n := 0
	for _, r := range text {
		n += utf16.RuneLen(r)
	}
	return n
}
