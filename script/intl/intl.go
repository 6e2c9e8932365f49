// Package intl is the Intl object of scripts, and the methods of numbers, dates, text and lists that follow a locale.
//
// What languages are like stands in cldr, how numbers and dates are written in number and date. This package reads the
// arguments as ECMA-402 says, with the errors of V8. What is not carried throws a RangeError that says so: a text in
// the wrong language would go unnoticed.
package intl

import (
	"fmt"
	"time"

	"github.com/dop251/goja"

	"posthaste/script/intl/date"
	"posthaste/script/intl/number"
	"posthaste/script/jsvalue"
	"posthaste/script/lib/native"
)

// An Intl serves one runtime, and one goroutine at a time like that. The caches grow with the
// locales that scripts use, which are few.
type Intl struct {
	env      *native.Env
	vm       *goja.Runtime
	now      func() time.Time
	state    *goja.Symbol // what a formatter's object keeps its Go value under
	classes  map[string]*goja.Object
	numbers  map[string]*number.Formatter // of toLocaleString, by locale
	dates    map[string]*dateFormat       // of toLocaleString without options, by method and locale
	patterns map[string]*date.Generator   // by locale
	walking  []*goja.Object               // arrays whose toLocaleString is at work
}

// Install defines Intl and the locale methods in vm. now is the clock of formatters that are
// given no date; nil is Date's. Nothing is loaded before a script uses it: Intl is a getter
// until then.
func Install(vm *goja.Runtime, now func() time.Time) {
	l := &Intl{
		env: &native.Env{VM: vm, Now: now}, vm: vm, now: now, state: goja.NewSymbol("Intl"), classes: map[string]*goja.Object{},
		numbers: map[string]*number.Formatter{}, dates: map[string]*dateFormat{}, patterns: map[string]*date.Generator{},
	}
	l.installMethods()
	global := vm.GlobalObject()
	// The getter replaces itself by what it made; an assignment replaces it too, as for a
	// plain property.
	settle := func(v goja.Value) {
		_ = global.DefineDataProperty("Intl", v, goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE)
	}
	get := vm.ToValue(func(goja.FunctionCall) goja.Value {
		object := l.object()
		settle(object)
		return object
	})
	set := vm.ToValue(func(call goja.FunctionCall) goja.Value {
		settle(call.Argument(0))
		return goja.Undefined()
	})
	_ = global.DefineAccessorProperty("Intl", get, set, goja.FLAG_TRUE, goja.FLAG_FALSE)
}

// object makes Intl. Its classes are made when they are asked for, each by a getter as Intl
// itself.
func (l *Intl) object() *goja.Object {
	o := l.vm.NewObject()
	_ = o.DefineDataPropertySymbol(goja.SymToStringTag, l.vm.ToValue("Intl"), goja.FLAG_FALSE, goja.FLAG_TRUE, goja.FLAG_FALSE)
	l.env.Method(o, "getCanonicalLocales", 1, func(call goja.FunctionCall) goja.Value {
		return l.texts(l.canonicalList(call.Argument(0)))
	})
	l.env.Method(o, "supportedValuesOf", 1, func(call goja.FunctionCall) goja.Value { return l.texts(l.supportedValues(call.Argument(0).String())) })
	for _, name := range []string{
		"DateTimeFormat", "NumberFormat", "Collator", "PluralRules", "RelativeTimeFormat", "ListFormat", "Locale", "DisplayNames", "Segmenter",
	} {
		settle := func(v goja.Value) {
			_ = o.DefineDataProperty(name, v, goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE)
		}
		get := l.vm.ToValue(func(goja.FunctionCall) goja.Value {
			class := l.class(name)
			settle(class)
			return class
		})
		set := l.vm.ToValue(func(call goja.FunctionCall) goja.Value {
			settle(call.Argument(0))
			return goja.Undefined()
		})
		_ = o.DefineAccessorProperty(name, get, set, goja.FLAG_TRUE, goja.FLAG_FALSE)
	}
	return o
}

// class makes a class when it is first used: most scripts use none. An unknown name cannot
// come.
func (l *Intl) class(name string) *goja.Object {
	if made, ok := l.classes[name]; ok {
		return made
	}
	var made *goja.Object
	switch name {
	case "NumberFormat":
		made = l.numberFormatClass()
	case "DateTimeFormat":
		made = l.dateTimeFormatClass()
	case "Collator":
		made = l.collatorClass()
	case "PluralRules":
		made = l.pluralRulesClass()
	case "RelativeTimeFormat":
		made = l.relativeTimeClass()
	case "ListFormat":
		made = l.listFormatClass()
	case "Locale":
		made = l.localeClass()
	case "DisplayNames":
		made = l.displayNamesClass()
	default:
		made = l.segmenterClass()
	}
	l.classes[name] = made
	return made
}

// constructor makes a function that may be called with new, and without it where callable is
// set. It is JavaScript, because only there new.target can be seen.
const constructor = `(function (name, callable, make, TypeError, create) {
  var C = {[name]: function () {
    if (new.target === undefined && !callable) throw new TypeError("Constructor Intl." + name + " requires 'new'");
    var o = new.target === undefined ? create(C.prototype) : this;
    make(o, arguments[0], arguments[1]);
    return o;
  }}[name];
  return C;
})`

// newClass makes a constructor whose objects keep what make returns. callable ones need no
// new, as the three oldest classes of ECMA-402. make throws into the script by panicking.
func (l *Intl) newClass(name string, callable bool, make func(locales, options goja.Value) any) (class, proto *goja.Object) {
	maker, err := l.vm.RunString(constructor)
	l.env.Check(err)
	keep := l.env.Func("make", 3, func(call goja.FunctionCall) goja.Value {
		l.keep(call.Argument(0).(*goja.Object), make(call.Argument(1), call.Argument(2)))
		return goja.Undefined()
	})
	class = l.env.Call(maker, nil, name, l.vm.ToValue(name), l.vm.ToValue(callable), keep, l.vm.Get("TypeError"), l.vm.Get("Object").ToObject(l.vm).Get("create")).(*goja.Object)
	l.classes[name] = class
	proto = class.Get("prototype").(*goja.Object)
	_ = class.DefineDataProperty("prototype", proto, goja.FLAG_FALSE, goja.FLAG_FALSE, goja.FLAG_FALSE)
	_ = proto.DefineDataPropertySymbol(goja.SymToStringTag, l.vm.ToValue("Intl."+name), goja.FLAG_FALSE, goja.FLAG_TRUE, goja.FLAG_FALSE)
	// Locale has no supportedLocalesOf in ECMA-402.
	if name != "Locale" {
		l.env.Method(class, "supportedLocalesOf", 1, func(call goja.FunctionCall) goja.Value {
			return l.texts(l.supported(l.canonicalList(call.Argument(0)), call.Argument(1), "Intl."+name))
		})
	}
	return class, proto
}

// className is the name of what made an object, for messages.
func className(o *goja.Object) string {
	if c := jsvalue.Object(o.Get("constructor")); c != nil {
		return c.Get("name").String()
	}
	return "Object"
}

// keep stores a Go value under a symbol that no script has, so that objects cannot be forged.
func (l *Intl) keep(o *goja.Object, state any) {
	_ = o.DefineDataPropertySymbol(l.state, l.vm.ToValue(state), goja.FLAG_FALSE, goja.FLAG_FALSE, goja.FLAG_FALSE)
}

// stateOf is what an object of a class keeps; method names who asks. It throws V8's TypeError
// for objects of another class.
func stateOf[T any](l *Intl, this goja.Value, method string) T {
	if o := jsvalue.Object(this); o != nil {
		if held := o.GetSymbol(l.state); held != nil {
			if state, ok := held.Export().(T); ok {
				return state
			}
		}
	}
	shown := "undefined"
	if o := jsvalue.Object(this); o != nil {
		shown = "#<" + className(o) + ">"
	} else if this != nil {
		shown = this.String()
	}
	if method == "get Intl.NumberFormat.prototype.format" {
		method, shown = "UnwrapNumberFormat", "undefined" // V8's words
	}
	l.env.Throw("TypeError", "Method "+method+" called on incompatible receiver "+shown)
	panic("unreachable")
}

// texts makes an array of strings.
func (l *Intl) texts(list []string) goja.Value {
	items := make([]any, len(list))
	for i, text := range list {
		items[i] = text
	}
	return l.vm.NewArray(items...)
}

// record makes a plain object of pairs: name, value, name, value. A nil value leaves its name
// out.
func (l *Intl) record(pairs ...any) *goja.Object {
	o := l.vm.NewObject()
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i+1] != nil {
			_ = o.Set(pairs[i].(string), pairs[i+1])
		}
	}
	return o
}

// rangeError throws into the script and does not return.
func (l *Intl) rangeError(format string, args ...any) {
	l.env.Throw("RangeError", fmt.Sprintf(format, args...))
}
