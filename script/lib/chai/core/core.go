// Package core is chai's own assertions: the words that link a chain, its flags,
// and what expect and should can say of a value. Behaviour and messages are those
// of chai 4.4.1.
package core

import (
	"math"
	"strings"

	"github.com/dop251/goja"

	"posthaste/script/jsvalue"
	"posthaste/script/lib/chai/assertion"
)

// Install adds the assertions. The order is chai's: of two names equally close to a
// misspelled one, the message suggests the first.
func Install(l *assertion.Library) {
	in := installer{l}
	// Language chains: they do nothing.
	for _, name := range strings.Fields("to be been is and has have with that which at of same but does still also") {
		l.AddProperty(name, func(*assertion.Assertion) goja.Value { return nil })
	}
	in.flag("not", assertion.Negate, 0)
	in.flag("deep", assertion.Deep, 0)
	in.flag("nested", assertion.Nested, 0)
	in.flag("own", assertion.Own, 0)
	in.flag("ordered", assertion.Ordered, 0)
	in.flag("any", assertion.Any, assertion.All)
	in.flag("all", assertion.All, assertion.Any)
	in.chainables("an", an, nil, "an", "a")
	in.chainables("include", include, func(a *assertion.Assertion) { a.Set(assertion.Contains, true) },
		"include", "contain", "contains", "includes")
	in.addStates()
	in.property(empty, "empty")
	in.property(arguments, "arguments", "Arguments")
	in.methods("assertEqual", equal, "equal", "equals", "eq")
	in.methods("assertEql", eql, "eql", "eqls")
	in.addOrder()
	in.methods("", within, "within")
	in.methods("assertInstanceOf", instanceOf, "instanceof", "instanceOf")
	in.methods("assertProperty", property, "property")
	in.methods("assertOwnProperty", ownProperty, "ownProperty", "haveOwnProperty")
	in.methods("assertOwnPropertyDescriptor", ownDescriptor, "ownPropertyDescriptor", "haveOwnPropertyDescriptor")
	in.chainables("assertLength", lengthOf, func(a *assertion.Assertion) { a.Set(assertion.DoLength, true) }, "length", "lengthOf")
	in.methods("assertMatch", match, "match", "matches")
	in.methods("", contentString, "string")
	in.methods("assertKeys", keys, "keys", "key")
	in.methods("assertThrows", throws, "throw", "throws", "Throw")
	in.methods("respondTo", respondTo, "respondTo", "respondsTo")
	in.flag("itself", assertion.Itself, 0)
	in.methods("satisfy", satisfy, "satisfy", "satisfies")
	in.methods("closeTo", closeTo, "closeTo", "approximately")
	in.methods("", members, "members")
	in.methods("oneOf", oneOf, "oneOf")
	in.methods("assertChanges", change("change").assert, "change", "changes")
	in.methods("assertIncreases", change("increase").assert, "increase", "increases")
	in.methods("assertDecreases", change("decrease").assert, "decrease", "decreases")
	in.methods("assertDelta", by, "by")
	in.addIntegrity()
}

// An installer adds assertions under all of their names.
type installer struct{ *assertion.Library }

// flag adds a property that sets some flags and clears others, such as .any, which ends .all.
func (in installer) flag(name string, on, off assertion.Flags) {
	in.AddProperty(name, func(a *assertion.Assertion) goja.Value {
		a.Set(on, true)
		if off != 0 {
			a.Set(off, false)
		}
		return nil
	})
}

// property adds a property that asserts something, under all of its names.
func (in installer) property(check func(a *assertion.Assertion), names ...string) {
	for _, name := range names {
		in.AddProperty(name, func(a *assertion.Assertion) goja.Value {
			check(a)
			return nil
		})
	}
}

// A check is an assertion that a chain calls with arguments.
type check func(a *assertion.Assertion, args []goja.Value)

// methods adds a method under some names; impl is what chai calls its function, which shows
// as the name of the method.
func (in installer) methods(impl string, assert check, names ...string) {
	for _, name := range names {
		in.AddNamedMethod(name, impl, assert.method())
	}
}

// chainables adds methods that can also be used as words in a chain: .include.keys("a").
// chain runs when the word is read.
func (in installer) chainables(impl string, assert check, chain func(a *assertion.Assertion), names ...string) {
	for _, name := range names {
		in.AddNamedChainable(name, impl, assert.method(), chain)
	}
}

// method is c as the library wants it, without a result.
func (c check) method() assertion.Method {
	return func(a *assertion.Assertion, args []goja.Value) goja.Value {
		c(a, args)
		return nil
	}
}

// addStates adds the properties that assert one thing of the subject: ok, true, null, exist
// and so on.
func (in installer) addStates() {
	state := func(name, message, negated string, holds func(v goja.Value) bool) {
		in.property(func(a *assertion.Assertion) { a.Assertf(holds(a.Object()), message, negated) }, name)
	}
	boolean := func(name string, want bool, message, negated string) {
		in.property(func(a *assertion.Assertion) {
			a.Check(jsvalue.TypeOf(a.Object()) == "boolean" && a.Object().ToBoolean() == want, func() assertion.Failure {
				return assertion.Failure{
					// expected and actual show in the report; negated the expectation turns
					// around.
					Message: message, Negated: negated, Expected: a.Runtime().ToValue(want != a.Negated()),
				}
			})
		}, name)
	}
	state("ok", "expected #{this} to be truthy", "expected #{this} to be falsy", jsvalue.Truthy)
	boolean("true", true, "expected #{this} to be true", "expected #{this} to be false")
	boolean("false", false, "expected #{this} to be false", "expected #{this} to be true")
	state("null", "expected #{this} to be null", "expected #{this} not to be null", goja.IsNull)
	state("undefined", "expected #{this} to be undefined", "expected #{this} not to be undefined", goja.IsUndefined)
	state("NaN", "expected #{this} to be NaN", "expected #{this} not to be NaN", jsvalue.IsNaN)
	for _, name := range []string{"exist", "exists"} {
		state(name, "expected #{this} to exist", "expected #{this} to not exist",
			func(v goja.Value) bool { return !jsvalue.IsNullish(v) })
	}
}

// addIntegrity adds extensible, sealed and frozen, which ask Object, and finite. primitive is
// the answer for values that are no objects (ECMA-262: primitives are sealed and frozen).
func (in installer) addIntegrity() {
	state := func(name string, primitive bool, ask goja.Callable) {
		in.property(func(a *assertion.Assertion) {
			holds := primitive
			if o, ok := a.Object().(*goja.Object); ok {
				holds = jsvalue.Call(ask, goja.Undefined(), o).ToBoolean()
			}
			a.Assertf(holds, "expected #{this} to be "+name, "expected #{this} to not be "+name)
		}, name)
	}
	state("extensible", false, in.B.IsExtensible)
	state("sealed", true, in.B.IsSealed)
	state("frozen", true, in.B.IsFrozen)
	in.property(func(a *assertion.Assertion) {
		v := a.Object()
		finite := goja.IsNumber(v) && !math.IsNaN(v.ToFloat()) && !math.IsInf(v.ToFloat(), 0)
		a.Assertf(finite, "expected #{this} to be a finite number", "expected #{this} to not be a finite number")
	}, "finite")
}
