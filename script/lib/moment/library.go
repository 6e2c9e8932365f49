// Package moment is require('moment'): moment 2.29.4 for the engine, written in Go.
//
// What scripts can see is moment's: the fields of its objects (_d, _isUTC, _offset, _locale, _pf …), which plugins read
// and write, the hooks of the module (moment.now, moment.updateOffset, moment.parseTwoDigitYear …), the methods of a locale,
// which a script may replace one by one, and the texts of warnings. The work is done on numbers in Go; a hook or a method
// is only called as a script's function where a script has put one there.
//
// The clock is Date.now of the sandbox and the zone that of its Date. One library belongs to one runtime.
package moment

import (
	"math"
	"time"

	"github.com/dop251/goja"

	"posthaste/script/jsvalue"
	"posthaste/script/lib/lazy"
	"posthaste/script/lib/moment/civil"
	"posthaste/script/lib/native"
)

// version is what moment.version says.
const version = "2.29.4"

// values makes values of the runtime and asks it about them. The functions are taken from the
// runtime before a script can change them.
type values struct {
	env *native.Env
	vm  *goja.Runtime

	date    *goja.Object // the constructor
	setTime goja.Callable
	regexp  *goja.Object
	match   goja.Callable // String.prototype.match
}

// A library is moment in one runtime, and its state: locales, thresholds, what was warned of.
type library struct {
	*values

	module, proto, construct *goja.Object
	durations, locales       *goja.Object // the prototypes
	own                      map[string]*goja.Object

	registry   registry
	formats    map[string][]piece
	updating   bool // a moment is being made while updateOffset runs
	round      goja.Callable
	roundValue goja.Value
	thresholds *goja.Object
	said       map[string]bool // deprecations, by name
}

// args are the arguments of a call; those that are missing are undefined.
type args []goja.Value

// at is an argument, undefined beyond the end.
func (a args) at(i int) goja.Value {
	if i < len(a) {
		return a[i]
	}
	return goja.Undefined()
}

// A member is a function that scripts find under a name. length is the one that the function
// shows.
type member struct {
	name   string
	length int
	run    func(l *library, this *goja.Object, a args) goja.Value
}

// New makes the value of require('moment'). env is that of the runtime; each runtime needs
// its own.
func New(env *native.Env) goja.Value {
	vm := env.VM
	l := &library{values: &values{env: env, vm: vm}, own: map[string]*goja.Object{}, formats: map[string][]piece{}, said: map[string]bool{}}
	global := vm.GlobalObject()
	l.date, l.regexp = global.Get("Date").(*goja.Object), global.Get("RegExp").(*goja.Object)
	l.setTime, _ = goja.AssertFunction(l.date.Get("prototype").ToObject(vm).Get("setTime"))
	l.match, _ = goja.AssertFunction(global.Get("String").ToObject(vm).Get("prototype").ToObject(vm).Get("match"))
	l.roundValue = global.Get("Math").ToObject(vm).Get("round")
	l.round, _ = goja.AssertFunction(l.roundValue)
	l.registry = newRegistry()
	l.install()
	return l.module
}

// function shows a member to scripts. this is nil for one that is called without an object.
func (l *library) function(m member) *goja.Object {
	return l.env.Func(m.name, m.length, func(call goja.FunctionCall) goja.Value {
		this, _ := call.This.(*goja.Object)
		return m.run(l, this, call.Arguments)
	})
}

// members defines functions under their names, writable and enumerable as moment's are.
func (l *library) members(of *goja.Object, list []member) {
	for _, m := range list {
		_ = of.Set(m.name, l.function(m))
	}
}

// pause gives up long work when the script has been interrupted, which the engine cannot do in the middle of it.
func (l *values) pause() {
	if l.env.Stopped != nil && l.env.Stopped() {
		l.env.Throw("Error", "interrupted")
	}
}

// number shows a float64 to scripts: whole numbers as integers, which the engine is faster
// with. -0 stays -0.
func (l *values) number(v float64) goja.Value {
	if v == math.Trunc(v) && math.Abs(v) < 1<<53 && (v != 0 || !math.Signbit(v)) {
		return l.vm.ToValue(int64(v))
	}
	return l.vm.ToValue(v)
}

// text makes a string.
func (l *values) text(s string) goja.Value { return l.vm.ToValue(s) }

// newDate makes a Date of a time value, in milliseconds; NaN makes an invalid one.
func (l *values) newDate(t float64) *goja.Object {
	o, err := l.vm.New(l.date, l.vm.ToValue(civil.Clip(t)))
	l.env.Check(err)
	return o
}

// call calls a function of a script. What it throws goes on.
func (l *values) call(fn, this goja.Value, list ...goja.Value) goja.Value {
	return l.env.Call(fn, this, "hook", list...)
}

// hook returns a function of the module if a script has put another one in the place of ours,
// else nil. That spares a call into the engine for nearly every moment.
func (l *library) hook(name string) goja.Value {
	v := l.module.Get(name)
	if o, ok := v.(*goja.Object); ok && o != l.own[name] {
		return o
	}
	return nil
}

// now is the time value of the clock, by moment.now, which tests of scripts replace.
func (l *library) now() float64 {
	if f := l.module.Get("now"); f != nil {
		return civil.Clip(l.call(f, l.module).ToFloat())
	}
	return math.NaN()
}

// clock is moment.now: the sandbox's Date.now, as the script sees it then.
func clock(l *library, _ *goja.Object, _ args) goja.Value {
	date := l.vm.GlobalObject().Get("Date").ToObject(l.vm)
	return l.call(date.Get("now"), date)
}

func isUndefined(v goja.Value) bool { return v == nil || goja.IsUndefined(v) }

// class is what Object.prototype.toString says of an object, for the built-in classes; "" for
// what is no object.
func class(v goja.Value) string {
	o := jsvalue.Object(v)
	if o == nil {
		return ""
	}
	c := lazy.Class(o)
	if c == "Object" {
		if tag := o.GetSymbol(goja.SymToStringTag); tag != nil && jsvalue.IsString(tag) {
			return tag.String()
		}
	}
	return c
}

// These go by the class, so they know objects of Number and values that are made lazily.
func isArray(v goja.Value) bool    { return class(v) == "Array" }
func isDate(v goja.Value) bool     { return class(v) == "Date" }
func isPlain(v goja.Value) bool    { return class(v) == "Object" }
func isNumber(v goja.Value) bool   { return v != nil && goja.IsNumber(v) || class(v) == "Number" }
func isFunction(v goja.Value) bool { o := jsvalue.Object(v); return o != nil && jsvalue.IsFunction(o) }

// timeOf is the time value of a Date, NaN of anything else.
func timeOf(v goja.Value) float64 {
	o := jsvalue.Object(v)
	if o == nil {
		return math.NaN()
	}
	if o.ClassName() == "Date" {
		if t, ok := o.Export().(time.Time); ok {
			return float64(t.UnixMilli())
		}
		return math.NaN()
	}
	if f := o.Get("getTime"); isFunction(f) { // a Date of another kind
		if t, err := mustCall(f)(o); err == nil {
			return t.ToFloat()
		}
	}
	return math.NaN()
}

// mustCall is the Go form of a function; the value must be one.
func mustCall(v goja.Value) goja.Callable {
	f, _ := goja.AssertFunction(v)
	return f
}

// whole is the number in a value without its fraction, 0 where there is no finite one
// (moment: toInt).
func whole(v goja.Value) float64 {
	if v == nil {
		return 0
	}
	return wholeOf(v.ToFloat())
}

// wholeOf is the same of a float64.
func wholeOf(f float64) float64 {
	if math.IsNaN(f) || math.IsInf(f, 0) {
		return 0
	}
	return math.Trunc(f) + 0
}

// entries calls fn with the own enumerable properties of an object, in their order. nil has
// none.
func entries(o *goja.Object, fn func(key string, v goja.Value)) {
	if o == nil {
		return
	}
	o = lazy.Real(o)
	for _, key := range o.Keys() {
		fn(key, o.Get(key))
	}
}

// owns reports whether an object has a property of its own.
func owns(o *goja.Object, key string) bool {
	for _, k := range o.GetOwnPropertyNames() {
		if k == key {
			return true
		}
	}
	return false
}
