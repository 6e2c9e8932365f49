package core

import (
	"github.com/dop251/goja"

	"posthaste/script/jsvalue"
	"posthaste/script/lib/chai/assertion"
	"posthaste/script/lib/chai/path"
)

// property asserts a property, and makes its value the subject of what follows. With a value
// as second argument, even undefined, it asserts that as well.
func property(a *assertion.Assertion, args []goja.Value) {
	a.TakeMessage(args, 2)
	name := jsvalue.Arg(args, 0)
	checkPropertyName(a, name)
	value, exists := lookUp(a, name)
	want := jsvalue.Arg(args, 1)
	if len(args) <= 1 {
		a.Check(exists, func() assertion.Failure {
			text := propertyWords(a) + a.Library().Inspect(name)
			return assertion.Failure{Message: "expected #{this} to have " + text, Negated: "expected #{this} to not have " + text}
		})
		a.SetObject(value)
		return
	}
	// Negated with a value, a property that does not exist passes.
	if !a.Is(assertion.Negate) {
		a.Check(exists, func() assertion.Failure {
			text := propertyWords(a) + a.Library().Inspect(name)
			return assertion.Failure{Message: "expected #{this} to have " + text, Negated: "expected #{this} to not have " + text}
		})
	}
	holds := exists
	if holds && a.Is(assertion.Deep) {
		holds = a.Equal(want, value)
	} else if holds {
		holds = jsvalue.StrictEqual(want, value)
	}
	a.Check(holds, func() assertion.Failure {
		text := propertyWords(a) + a.Library().Inspect(name)
		return assertion.Failure{
			Message:  "expected #{this} to have " + text + " of #{exp}, but got #{act}",
			Negated:  "expected #{this} to not have " + text + " of #{act}",
			Expected: want, Actual: value,
		}
	})
	a.SetObject(value)
}

// checkPropertyName refuses names that cannot be a property's, and subjects that have none,
// before anything is read.
func checkPropertyName(a *assertion.Assertion, name goja.Value) {
	kind := jsvalue.TypeOf(name)
	switch {
	case a.Is(assertion.Nested) && kind != "string":
		a.Raise("the argument to property must be a string when using nested syntax")
	case kind != "string" && kind != "number" && kind != "symbol":
		a.Raise("the argument to property must be a string, number, or symbol")
	case a.Is(assertion.Nested) && a.Is(assertion.Own):
		a.Raise(`The "nested" and "own" flags cannot be combined.`)
	case jsvalue.IsNullish(a.Object()):
		a.Raise("Target cannot be null or undefined.")
	}
}

// lookUp finds the property by the rules that the flags set: a path behind .nested, own ones
// only behind .own.
func lookUp(a *assertion.Assertion, name goja.Value) (value goja.Value, exists bool) {
	if a.Is(assertion.Nested) {
		info := path.Find(a.Builtins(), a.Object(), a.Builtins().Str(name))
		return info.Value, info.Exists
	}
	value, exists = a.Builtins().AtKey(a.Object(), name)
	if a.Is(assertion.Own) {
		exists = jsvalue.Call(a.Builtins().HasOwn, a.Object(), name).ToBoolean()
	}
	return value, exists
}

// propertyWords is how the message calls the property.
func propertyWords(a *assertion.Assertion) string {
	words := ""
	if a.Is(assertion.Deep) {
		words += "deep "
	}
	if a.Is(assertion.Own) {
		words += "own "
	}
	if a.Is(assertion.Nested) {
		words += "nested "
	}
	return words + "property "
}

// ownProperty is .own.property.
func ownProperty(a *assertion.Assertion, args []goja.Value) {
	a.Set(assertion.Own, true)
	property(a, args)
}

// ownDescriptor asserts an own property's descriptor, or that there is one. The second
// argument may be the message instead of the descriptor. The descriptor becomes the subject.
func ownDescriptor(a *assertion.Assertion, args []goja.Value) {
	name, want, message := jsvalue.Arg(args, 0), jsvalue.Arg(args, 1), jsvalue.Arg(args, 2)
	if s, ok := want.(goja.String); ok {
		message, want = s, goja.Null()
	}
	if jsvalue.Truthy(message) {
		a.SetFlag("message", message)
	}
	have := goja.Undefined()
	if !jsvalue.IsNullish(a.Object()) {
		have = jsvalue.Call(a.Builtins().OwnDescriptor, goja.Undefined(), a.Object().ToObject(a.Runtime()), name)
	}
	if jsvalue.Truthy(have) && jsvalue.Truthy(want) {
		a.Check(a.Equal(want, have), func() assertion.Failure {
			text := "expected the own property descriptor for " + a.Library().Inspect(name) + " on #{this} to "
			return assertion.Failure{
				Message:  text + "match " + a.Library().Inspect(want) + ", got " + a.Library().Inspect(have),
				Negated:  text + "not match " + a.Library().Inspect(want),
				Expected: want, Actual: have,
			}
		})
	} else {
		a.Check(jsvalue.Truthy(have), func() assertion.Failure {
			text := "have an own property descriptor for " + a.Library().Inspect(name)
			return assertion.Failure{Message: "expected #{this} to " + text, Negated: "expected #{this} to not " + text}
		})
	}
	a.SetObject(have)
}
