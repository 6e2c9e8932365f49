package chai

import (
	"github.com/dop251/goja"
)

// property asserts a property, and makes its value the subject. With a value as
// second argument, even undefined, it asserts that as well.
func (a *Assertion) property(args []goja.Value) {
	a.takeMessage(args, 2)
	name := arg(args, 0)
	a.checkPropertyName(name)
	value, exists := a.lookUp(name)
	want := arg(args, 1)
	if len(args) <= 1 {
		if a.broken(exists) {
			text := a.propertyWords() + a.c.inspect(name)
			a.fail(Failure{Message: "expected #{this} to have " + text, Negated: "expected #{this} to not have " + text})
		}
		a.object = value
		return
	}
	if !exists && !a.is(negate) {
		a.fail(Failure{Message: "expected #{this} to have " + a.propertyWords() + a.c.inspect(name)})
	}
	holds := exists
	if holds && a.is(deep) {
		holds = a.c.eql(want, value)
	} else if holds {
		holds = strictEqual(want, value)
	}
	if a.broken(holds) {
		text := a.propertyWords() + a.c.inspect(name)
		a.fail(Failure{
			Message:  "expected #{this} to have " + text + " of #{exp}, but got #{act}",
			Negated:  "expected #{this} to not have " + text + " of #{act}",
			Expected: want, Actual: value,
		})
	}
	a.object = value
}

func (a *Assertion) checkPropertyName(name goja.Value) {
	kind := typeOf(name)
	switch {
	case a.is(nested) && kind != "string":
		a.Raise("the argument to property must be a string when using nested syntax")
	case kind != "string" && kind != "number" && kind != "symbol":
		a.Raise("the argument to property must be a string, number, or symbol")
	case a.is(nested) && a.is(own):
		a.Raise(`The "nested" and "own" flags cannot be combined.`)
	case isNullish(a.object):
		a.Raise("Target cannot be null or undefined.")
	}
}

// lookUp finds the property by the rules that the flags set.
func (a *Assertion) lookUp(name goja.Value) (value goja.Value, exists bool) {
	if a.is(nested) {
		info := a.c.pathInfo(a.object, a.c.str(name))
		return info.value, info.exists
	}
	value, exists = a.c.atKey(a.object, name)
	if a.is(own) {
		exists = call(a.c.in.hasOwn, a.object, name).ToBoolean()
	}
	return value, exists
}

func (a *Assertion) propertyWords() string {
	words := ""
	if a.is(deep) {
		words += "deep "
	}
	if a.is(own) {
		words += "own "
	}
	if a.is(nested) {
		words += "nested "
	}
	return words + "property "
}

func (a *Assertion) ownProperty(args []goja.Value) {
	a.set(own, true)
	a.property(args)
}

func (a *Assertion) ownDescriptor(args []goja.Value) {
	name, want, message := arg(args, 0), arg(args, 1), arg(args, 2)
	if s, ok := want.(goja.String); ok {
		message, want = s, goja.Null()
	}
	if truthy(message) {
		a.message = message
	}
	have := goja.Undefined()
	if !isNullish(a.object) {
		have = call(a.c.in.ownDescriptor, goja.Undefined(), a.object.ToObject(a.c.vm), name)
	}
	if truthy(have) && truthy(want) {
		if a.broken(a.c.eql(want, have)) {
			text := "expected the own property descriptor for " + a.c.inspect(name) + " on #{this} to "
			a.fail(Failure{
				Message:  text + "match " + a.c.inspect(want) + ", got " + a.c.inspect(have),
				Negated:  text + "not match " + a.c.inspect(want),
				Expected: want, Actual: have,
			})
		}
	} else if a.broken(truthy(have)) {
		text := "have an own property descriptor for " + a.c.inspect(name)
		a.fail(Failure{Message: "expected #{this} to " + text, Negated: "expected #{this} to not " + text})
	}
	a.object = have
}
