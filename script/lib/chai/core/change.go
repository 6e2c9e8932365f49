package core

import (
	"math"

	"github.com/dop251/goja"

	"posthaste/script/jsvalue"
	"posthaste/script/lib/chai/assertion"
)

// A change is the verb of a change assertion: change, increase or decrease. It is part of the
// messages.
type change string

// assert calls the subject and compares a value before and after: what a function returns,
// expect(fn).to.change(get), or a property, expect(fn).to.change(obj, "a"). The numbers are
// left in flags for .by, which may follow.
func (verb change) assert(a *assertion.Assertion, args []goja.Value) {
	a.TakeMessage(args, 2)
	of, prop := jsvalue.Arg(args, 0), jsvalue.Arg(args, 1)
	needs(a, a.Object(), "function")
	var initial goja.Value
	if !jsvalue.Truthy(prop) {
		needs(a, of, "function")
		initial = callValue(a.Library(), of, "subject")
	} else {
		a.New(of).Call("property", prop)
		initial, _ = a.Builtins().AtKey(of, prop)
	}
	if verb != "change" {
		needs(a, initial, "number")
	}
	callValue(a.Library(), a.Object(), "fn")
	var final goja.Value
	var what string // the value before, or the property's name
	// chai tests truthiness above and null here, so a property name of "" reads the property.
	if jsvalue.IsNullish(prop) {
		final, what = callValue(a.Library(), of, "subject"), a.Builtins().Str(initial)
	} else {
		final, _ = a.Builtins().AtKey(of, prop)
		what = "." + a.Builtins().Str(prop)
	}
	a.SetFlag("deltaMsgObj", a.Builtins().String(what))
	a.SetFlag("initialDeltaValue", initial)
	a.SetFlag("finalDeltaValue", final)
	a.SetFlag("deltaBehavior", a.Runtime().ToValue(string(verb)))
	a.SetFlag("realDelta", a.Runtime().ToValue(!jsvalue.StrictEqual(initial, final)))
	if verb != "change" {
		a.SetFlag("realDelta", a.Runtime().ToValue(jsvalue.Number(final)-jsvalue.Number(initial)))
	}
	a.Assertf(verb.happened(initial, final), "expected "+what+" to "+string(verb), "expected "+what+" to not "+string(verb))
}

// happened says whether the value changed in the way of the verb. Sizes are compared as
// numbers, a plain change with !==.
func (verb change) happened(initial, final goja.Value) bool {
	switch verb {
	case "increase":
		return jsvalue.Number(final)-jsvalue.Number(initial) > 0
	case "decrease":
		return jsvalue.Number(final)-jsvalue.Number(initial) < 0
	}
	return !jsvalue.StrictEqual(initial, final)
}

// by asserts the size of the change before it in the chain: .increase(obj, "a").by(2).
func by(a *assertion.Assertion, args []goja.Value) {
	a.TakeMessage(args, 1)
	want := jsvalue.Arg(args, 0)
	// When no change came before, chai prints what it does not have.
	what, verb := a.Builtins().Str(a.Flag("deltaMsgObj")), a.Builtins().Str(a.Flag("deltaBehavior"))
	initial, final := jsvalue.Number(a.Flag("initialDeltaValue")), jsvalue.Number(a.Flag("finalDeltaValue"))
	size := math.Abs(jsvalue.Number(want))
	var holds bool
	switch change(verb) {
	case "change":
		holds = math.Abs(final-initial) == size
	case "increase":
		holds = final-initial == size
	case "decrease":
		holds = initial-final == size
	}
	text := verb + " by " + a.Builtins().Str(want)
	a.Assertf(holds, "expected "+what+" to "+text, "expected "+what+" to not "+text)
}

// callValue calls a function of the script; label names it in Node's TypeError.
func callValue(l *assertion.Library, v goja.Value, label string) goja.Value {
	f, ok := goja.AssertFunction(v)
	if !ok {
		l.B.ThrowType(label + " is not a function")
	}
	return jsvalue.Call(f, goja.Undefined())
}
