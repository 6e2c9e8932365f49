package chai

import (
	"math"
	"strings"

	"github.com/dop251/goja"
)

// addCore builds the chain. The order is chai's: of two names equally close to
// a misspelt one, the message suggests the first.
func (c *Chai) addCore() {
	for _, name := range strings.Fields("to be been is and has have with that which at of same but does still also") {
		c.AddProperty(name, func(*Assertion) goja.Value { return nil })
	}
	c.flag("not", negate, 0)
	c.flag("deep", deep, 0)
	c.flag("nested", nested, 0)
	c.flag("own", own, 0)
	c.flag("ordered", ordered, 0)
	c.flag("any", anyKey, allKeys)
	c.flag("all", allKeys, anyKey)
	c.chainables((*Assertion).an, nil, "an", "a")
	c.chainables((*Assertion).include, func(a *Assertion) { a.set(contains, true) },
		"include", "contain", "contains", "includes")
	c.addStates()
	c.property((*Assertion).empty, "empty")
	c.property((*Assertion).arguments, "arguments", "Arguments")
	c.methods((*Assertion).equal, "equal", "equals", "eq")
	c.methods((*Assertion).eql, "eql", "eqls")
	c.addOrder()
	c.methods((*Assertion).within, "within")
	c.methods((*Assertion).instanceOf, "instanceof", "instanceOf")
	c.methods((*Assertion).property, "property")
	c.methods((*Assertion).ownProperty, "ownProperty", "haveOwnProperty")
	c.methods((*Assertion).ownDescriptor, "ownPropertyDescriptor", "haveOwnPropertyDescriptor")
	c.chainables((*Assertion).lengthOf, func(a *Assertion) { a.set(doLength, true) }, "length", "lengthOf")
	c.methods((*Assertion).match, "match", "matches")
	c.methods((*Assertion).contentString, "string")
	c.methods((*Assertion).keys, "keys", "key")
	c.methods((*Assertion).throws, "throw", "throws", "Throw")
	c.methods((*Assertion).respondTo, "respondTo", "respondsTo")
	c.flag("itself", itself, 0)
	c.methods((*Assertion).satisfy, "satisfy", "satisfies")
	c.methods((*Assertion).closeTo, "closeTo", "approximately")
	c.methods((*Assertion).members, "members")
	c.methods((*Assertion).oneOf, "oneOf")
	c.methods(change("change").assert, "change", "changes")
	c.methods(change("increase").assert, "increase", "increases")
	c.methods(change("decrease").assert, "decrease", "decreases")
	c.methods((*Assertion).by, "by")
	c.addIntegrity()
}

// flag adds a property that sets some flags and clears others.
func (c *Chai) flag(name string, on, off flags) {
	c.AddProperty(name, func(a *Assertion) goja.Value {
		a.flags = a.flags&^off | on
		return nil
	})
}

func (c *Chai) property(check func(a *Assertion), names ...string) {
	for _, name := range names {
		c.AddProperty(name, func(a *Assertion) goja.Value {
			check(a)
			return nil
		})
	}
}

func (c *Chai) methods(check func(a *Assertion, args []goja.Value), names ...string) {
	for _, name := range names {
		c.AddMethod(name, plain(check))
	}
}

func (c *Chai) chainables(check func(a *Assertion, args []goja.Value), chain func(a *Assertion), names ...string) {
	for _, name := range names {
		c.AddChainableMethod(name, plain(check), chain)
	}
}

func plain(check func(a *Assertion, args []goja.Value)) Method {
	return func(a *Assertion, args []goja.Value) goja.Value {
		check(a, args)
		return nil
	}
}

// addStates adds the properties that ask one thing of the subject.
func (c *Chai) addStates() {
	state := func(name, message, negated string, holds func(v goja.Value) bool) {
		c.property(func(a *Assertion) {
			if a.broken(holds(orUndefined(a.object))) {
				a.fail(Failure{Message: message, Negated: negated})
			}
		}, name)
	}
	boolean := func(name string, want bool, message, negated string) {
		c.property(func(a *Assertion) {
			if a.broken(typeOf(a.object) == "boolean" && a.object.ToBoolean() == want) {
				a.fail(Failure{Message: message, Negated: negated, Expected: c.vm.ToValue(want != a.is(negate))})
			}
		}, name)
	}
	state("ok", "expected #{this} to be truthy", "expected #{this} to be falsy", truthy)
	boolean("true", true, "expected #{this} to be true", "expected #{this} to be false")
	boolean("false", false, "expected #{this} to be false", "expected #{this} to be true")
	state("null", "expected #{this} to be null", "expected #{this} not to be null", goja.IsNull)
	state("undefined", "expected #{this} to be undefined", "expected #{this} not to be undefined", goja.IsUndefined)
	state("NaN", "expected #{this} to be NaN", "expected #{this} not to be NaN", isNaN)
	for _, name := range []string{"exist", "exists"} {
		state(name, "expected #{this} to exist", "expected #{this} to not exist",
			func(v goja.Value) bool { return !isNullish(v) })
	}
}

// addIntegrity adds what Object says of an object, and finite.
func (c *Chai) addIntegrity() {
	state := func(name string, primitive bool, ask goja.Callable) {
		c.property(func(a *Assertion) {
			holds := primitive
			if o, ok := a.object.(*goja.Object); ok {
				holds = call(ask, goja.Undefined(), o).ToBoolean()
			}
			a.Assertf(holds, "expected #{this} to be "+name, "expected #{this} to not be "+name)
		}, name)
	}
	state("extensible", false, c.in.isExtensible)
	state("sealed", true, c.in.isSealed)
	state("frozen", true, c.in.isFrozen)
	c.property(func(a *Assertion) {
		v := orUndefined(a.object)
		finite := goja.IsNumber(v) && !math.IsNaN(v.ToFloat()) && !math.IsInf(v.ToFloat(), 0)
		a.Assertf(finite, "expected #{this} to be a finite number", "expected #{this} to not be a finite number")
	}, "finite")
}
