// Package chai is chai 4's assertion library for goja, written in Go: the
// expect function, the assert functions, and the object that require("chai")
// returns. Behaviour and messages are those of chai 4.3.8 (4.4.1 differs only by
// config.deepEqual, which is there too), with deep-eql 4.1, loupe 2.3 and
// type-detect 4.1, whose texts end up in the messages.
//
// One Chai belongs to one runtime and, like it, to one goroutine. The intrinsics
// that assertions need are read when it is made, and the work is done in Go, so
// scripts that patch prototypes do not change what an assertion means.
//
// What differs from chai:
//   - Values nested deeper than a Go stack should go end early: deep equality
//     throws Node's RangeError, inspection prints an ellipsis. Arrays that
//     contain themselves are printed so too, where chai runs out of stack.
//   - There are no stack-trace options: config.includeStack is kept and ignored,
//     ssfi arguments are accepted and ignored.
//   - Object.prototype.toString says [object Error] of an AssertionError, which is
//     an Error in every respect, where chai gives it the class of an object.
//   - HTML elements, Temporal values and Node's util.inspect.custom are not
//     special; a promise is printed as Promise{…} whatever its state.
//   - util.eql takes the comparator option but no memoize option.
//   - A chain property defined again on Assertion.prototype by
//     Object.defineProperty, not by addProperty or overwriteProperty, is ignored.
package chai

import (
	"github.com/dop251/goja"
)

// version is what chai 4.3.8 and 4.4.1 both say of themselves.
const version = "4.3.8"

// tickEvery is the number of steps after which a long loop in Go lets the
// engine look for an interrupt.
const tickEvery = 4096

// A Property computes what reading a property of an assertion gives; nil lets
// the chain go on with the assertion's flags.
type Property func(a *Assertion) goja.Value

// A Method computes what calling a method of an assertion gives; nil lets the
// chain go on with the assertion's flags. It may not keep args.
type Method func(a *Assertion, args []goja.Value) goja.Value

// A Chai is the assertion library of one runtime.
type Chai struct {
	vm     *goja.Runtime
	in     intrinsics
	chains map[string]*link
	order  []string // the names in chains, as they came; suggestions follow it

	assertion      *goja.Object // the Assertion constructor
	assertionProto *goja.Object
	errorCtor      *goja.Object // the AssertionError constructor
	expect         *goja.Object
	module         *goja.Object // nil until a script asks for it
	config         *goja.Object // nil until then: the defaults hold
	util           *goja.Object
	used           []*goja.Object // plugins that chai.use has run

	last  *Assertion    // the assertion whose method was read last, to know it by
	noop  goja.Callable // an empty script function, for tick
	steps uint

	// depth is the nesting of the values being compared or printed. It is shared
	// by all of them: a getter can start the next comparison within one.
	depth int
}

// A link is one entry of the chain: a property, a method, or both.
type link struct {
	property Property
	method   Method
	chain    func(a *Assertion) // runs when a chainable method is read
	fn       *goja.Object       // the method as a function, once it was read
}

// New builds chai for one runtime. It must be called before user code runs.
func New(vm *goja.Runtime) *Chai {
	c := &Chai{vm: vm, in: capture(vm), chains: make(map[string]*link, 128)}
	c.makeAssertionError()
	c.makeAssertion()
	c.addCore()
	c.expect = c.native("expect", func(call goja.FunctionCall) goja.Value {
		a := &Assertion{c: c, object: call.Argument(0)}
		if msg := call.Argument(1); truthy(msg) {
			a.message = msg
		}
		return a.value()
	})
	must(c.expect.Set("fail", c.failFunc("expect.fail()")))
	return c
}

// Expect is the expect function, which has expect.fail.
func (c *Chai) Expect() goja.Value { return c.expect }

// AddProperty adds a property to the chain, or replaces one.
func (c *Chai) AddProperty(name string, get Property) { c.put(name, &link{property: get}) }

// AddMethod adds a method to the chain, or replaces one.
func (c *Chai) AddMethod(name string, call Method) { c.put(name, &link{method: call}) }

// AddChainableMethod adds a method that can also be read as a link of the chain,
// like a and include. The function chain, which may be nil, runs whenever the
// name is read, before a call.
func (c *Chai) AddChainableMethod(name string, call Method, chain func(a *Assertion)) {
	if chain == nil {
		chain = func(*Assertion) {}
	}
	c.put(name, &link{method: call, chain: chain})
}

// OverwriteProperty replaces a property by one that may fall through to the
// original: wrap is given it, or one that does nothing when there is none.
func (c *Chai) OverwriteProperty(name string, wrap func(original Property) Property) {
	original := func(*Assertion) goja.Value { return nil }
	if l := c.chains[name]; l != nil && l.property != nil {
		original = l.property
	}
	c.put(name, &link{property: wrap(original)})
}

// OverwriteMethod replaces a method by one that may fall through to the original.
// A chainable method stays chainable. Without an original, falling through throws.
func (c *Chai) OverwriteMethod(name string, wrap func(original Method) Method) {
	l := link{method: func(*Assertion, []goja.Value) goja.Value {
		c.throwError(name + " is not a function")
		return nil
	}}
	if have := c.chains[name]; have != nil && have.method != nil {
		l = link{method: have.method, chain: have.chain}
	}
	l.method = wrap(l.method)
	c.put(name, &l)
}

func (c *Chai) put(name string, l *link) {
	if _, known := c.chains[name]; !known {
		c.order = append(c.order, name)
	}
	c.chains[name] = l
	if c.module != nil { // the prototype shows its properties by then
		c.show(name)
	}
}

// native makes a named function.
func (c *Chai) native(name string, fn func(goja.FunctionCall) goja.Value) *goja.Object {
	o := c.vm.ToValue(fn).(*goja.Object)
	must(o.DefineDataProperty("name", c.vm.ToValue(name), goja.FLAG_FALSE, goja.FLAG_TRUE, goja.FLAG_FALSE))
	return o
}

// hide sets a property that is not enumerable, like a built-in method.
func (c *Chai) hide(o *goja.Object, name string, v goja.Value) {
	must(o.DefineDataProperty(name, v, goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE))
}

// must throws on what only fails for objects that are not ours.
func must(err error) {
	if err != nil {
		panic(err)
	}
}

// step counts the rounds of loops that a script can make long.
func (c *Chai) step() {
	if c.steps++; c.steps%tickEvery == 0 {
		c.tick()
	}
}

// tick lets an interrupt end a long loop: only script code looks for one.
func (c *Chai) tick() {
	if c.noop == nil {
		v, err := c.vm.RunString("(function () {})")
		must(err)
		c.noop, _ = goja.AssertFunction(v)
	}
	call(c.noop, goja.Undefined())
}
