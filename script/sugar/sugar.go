// Package sugar adds to the native prototypes what Postman's sandbox has there from SugarJS 1.x: old
// collections write responseBody.has("x"), [1, 2].sum() and (5).hoursAgo().
//
// The methods are our own, written from the library's public behaviour and compared with what newman's sandbox
// answers (testdata/recorded.json). They are not enumerable, and what the language itself has stays native.
//
// Not here: the library's variants of native methods (an expression for startsWith, a text for map and filter,
// a callback for Object.keys), locales and formats of one's own (Date.addLocale, setLocale, addFormat), Date.range,
// extend, sugarRestore and sugarRevert, and dates in words beyond the usual ones.
package sugar

import (
	"embed"
	"strings"

	"github.com/dop251/goja"

	"posthaste/script/lib/native"
)

//go:embed js/*.js
var files embed.FS

//nolint:gochecknoglobals // a table of embedded files, which keeps what costs milliseconds to compile
var scripts = native.NewScripts(files, "sugar:", "core")

// Install makes the methods available in env's runtime. It must come before scripts run. Little happens now: a method
// is compiled and made when it is first touched. Function's delay, debounce, throttle and lazy use env.Timers, and
// throw without it.
//
// Methods come from an object that stands behind each prototype, or constructor, in its own chain of prototypes;
// what is touched moves to where it belongs. Functions keep their chain, and have a stub for each method.
func Install(env *native.Env) {
	vm := env.VM
	s := &sugar{vm: vm, env: env, loaded: map[string]*goja.Object{}}
	for _, class := range []string{"String", "Number", "Date", "Array", "RegExp"} {
		s.chain(s.prototype(class), class, "proto")
	}
	for _, class := range []string{"Array", "Number", "Date", "Object", "RegExp"} {
		s.chain(vm.Get(class).ToObject(vm), class, "statics")
	}
	proto := s.prototype("Function")
	for name := range names()["Function proto"] {
		s.stub(proto, "Function", "proto", name)
	}
}

type sugar struct {
	vm     *goja.Runtime
	env    *native.Env
	core   *goja.Object
	loaded map[string]*goja.Object
}

func (s *sugar) prototype(class string) *goja.Object {
	return s.vm.Get(class).ToObject(s.vm).Get("prototype").ToObject(s.vm)
}

// load runs the source of a class, once a runtime.
func (s *sugar) load(class string) *goja.Object {
	if o, ok := s.loaded[class]; ok {
		return o
	}
	if s.core == nil {
		s.core = s.run("core", s.vm.NewObject())
		_ = s.core.Set("host", s.hostObject())
		_ = s.core.Set("load", s.env.Func("load", 1, func(call goja.FunctionCall) goja.Value {
			return s.load(call.Argument(0).String())
		}))
	}
	o := s.run(strings.ToLower(class), s.core)
	s.loaded[class] = o
	return o
}

func (s *sugar) run(name string, core *goja.Object) *goja.Object {
	f, err := scripts.Function(s.vm, name)
	s.env.Check(err)
	return s.env.Call(f, goja.Undefined(), name, core).ToObject(s.vm)
}

// method returns the real method, nil when the class has none of that name.
func (s *sugar) method(class, kind, name string) *goja.Object {
	f, _ := s.load(class).Get(kind).ToObject(s.vm).Get(name).(*goja.Object)
	if f != nil {
		s.env.Hidden(f, "name", s.vm.ToValue(name))
	}
	return f
}

// stub defines a function that puts the real one in its place when it is first called. What is there already
// stays.
func (s *sugar) stub(on *goja.Object, class, kind, name string) {
	if on.Get(name) != nil {
		return
	}
	var stub goja.Value
	stub = s.vm.ToValue(func(call goja.FunctionCall) goja.Value {
		f := s.method(class, kind, name)
		if now := on.Get(name); now != nil && now.SameAs(stub) {
			s.env.Hidden(on, name, f)
		}
		return s.env.Call(f, call.This, name, call.Arguments...)
	})
	_ = stub.(*goja.Object).DefineDataProperty("name", s.vm.ToValue(name), goja.FLAG_FALSE, goja.FLAG_TRUE, goja.FLAG_FALSE)
	s.env.Hidden(on, name, stub)
}

// chain puts the methods of a class between an object and its prototype.
func (s *sugar) chain(on *goja.Object, class, kind string) {
	middle := s.vm.NewDynamicObject(&lazy{s: s, class: class, kind: kind, on: on, names: names()[class+" "+kind]})
	_ = middle.SetPrototype(on.Prototype())
	_ = on.SetPrototype(middle)
}

// lazy is the object in the middle. It shows no keys, so that for-in sees none.
type lazy struct {
	s           *sugar
	class, kind string
	on          *goja.Object
	names       map[string]bool // shared by all runtimes
	gone        map[string]bool // those that moved, or were deleted
}

// Get moves the method to where it belongs, and steps out of the way.
func (l *lazy) Get(key string) goja.Value {
	if !l.Has(key) {
		return nil
	}
	f := l.s.method(l.class, l.kind, key)
	if f == nil {
		return nil
	}
	l.Delete(key)
	l.s.env.Hidden(l.on, key, f)
	return f
}

func (l *lazy) Has(key string) bool { return l.names[key] && !l.gone[key] }

func (l *lazy) Delete(key string) bool {
	if l.gone == nil {
		l.gone = map[string]bool{}
	}
	l.gone[key] = true
	return true
}

func (l *lazy) Set(string, goja.Value) bool { return false }
func (l *lazy) Keys() []string              { return nil }
