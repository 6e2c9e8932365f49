package chai

import (
	"math"

	"github.com/dop251/goja"
)

// A change is the verb of a change assertion: change, increase or decrease.
type change string

// A delta is what a change assertion saw.
type delta struct {
	verb           change
	what           string // the value before, or the property's name
	initial, final goja.Value
}

// assert calls the subject and compares a value before and after: what a
// function returns, or a property.
func (verb change) assert(a *Assertion, args []goja.Value) {
	a.takeMessage(args, 2)
	of, prop := arg(args, 0), arg(args, 1)
	a.needs(a.object, "function")
	var initial goja.Value
	if !truthy(prop) {
		a.needs(of, "function")
		initial = a.c.callValue(of, "subject")
	} else {
		on := &Assertion{c: a.c, object: of, message: a.message}
		on.property([]goja.Value{prop})
		initial = on.object
	}
	if verb != "change" {
		a.needs(initial, "number")
	}
	a.c.callValue(a.object, "fn")
	d := &delta{verb: verb, initial: initial}
	if isNullish(prop) {
		d.final, d.what = a.c.callValue(of, "subject"), a.c.str(initial)
	} else {
		d.final, _ = a.c.atKey(of, prop)
		d.what = "." + a.c.str(prop)
	}
	a.delta = d
	a.Assertf(d.changed(), "expected "+d.what+" to "+string(verb), "expected "+d.what+" to not "+string(verb))
}

func (d *delta) changed() bool {
	switch d.verb {
	case "increase":
		return number(d.final)-number(d.initial) > 0
	case "decrease":
		return number(d.final)-number(d.initial) < 0
	}
	return !strictEqual(d.initial, d.final)
}

// by asserts the size of the change before it in the chain.
func (a *Assertion) by(args []goja.Value) {
	a.takeMessage(args, 1)
	want := arg(args, 0)
	d := a.delta
	if d == nil { // no change came before: chai prints what it does not have
		d = &delta{verb: "undefined", what: "undefined"}
	}
	by := math.Abs(number(want))
	var holds bool
	switch d.verb {
	case "change":
		holds = math.Abs(number(d.final)-number(d.initial)) == by
	case "increase":
		holds = number(d.final)-number(d.initial) == by
	case "decrease":
		holds = number(d.initial)-number(d.final) == by
	}
	text := string(d.verb) + " by " + a.c.str(want)
	a.Assertf(holds, "expected "+d.what+" to "+text, "expected "+d.what+" to not "+text)
}

func (c *Chai) callValue(v goja.Value, label string) goja.Value {
	f, ok := goja.AssertFunction(v)
	if !ok {
		c.throwType(label + " is not a function")
	}
	return call(f, goja.Undefined())
}
