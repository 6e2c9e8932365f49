// Package chai is chai 4's assertion library for goja, written in Go: the
// expect function, the assert functions, and the object that require("chai")
// returns, with the whole surface that plugins build on. Behaviour and messages
// are those of chai 4.4.1, with deep-eql 4.1, loupe 2.3, pathval 1.1 and
// type-detect 4.1, whose texts end up in the messages.
//
// One Chai belongs to one runtime and, like it, to one goroutine. The built-ins
// that assertions need are read when it is made, and the work is done in Go, so
// scripts that patch prototypes do not change what an assertion means.
//
// What differs from chai:
//   - Values nested deeper than a Go stack should go end early: deep equality
//     throws Node's RangeError, inspection prints an ellipsis. Arrays that
//     contain themselves are printed so too, where chai runs out of stack.
//   - Object.prototype.toString says [object Error] of an AssertionError, which is
//     an Error in every respect, where chai gives it the class of an object.
//   - HTML elements and Temporal values are not special; Node's
//     util.inspect.custom is not asked, as in the sandbox of newman; a promise is
//     printed as Promise{…} whatever its state.
//   - util.eql takes the comparator option and ignores a memoize option.
//   - An assertion takes no symbols and no accessors as own properties.
//   - The prototype of an assertion is empty until the class was asked for:
//     Object.getPrototypeOf(pm.expect(1)) before require('chai') finds no members.
package chai

import (
	"github.com/dop251/goja"

	"posthaste/script/jsvalue"
	"posthaste/script/lib/chai/assertion"
	"posthaste/script/lib/chai/core"
	"posthaste/script/lib/chai/equal"
)

// version is what chai 4.3.8 and 4.4.1 both say of themselves.
const version = "4.3.8"

// An Assertion is one step of a chain, see assertion.Assertion.
type Assertion = assertion.Assertion

// A Failure says what an assertion that does not hold reports.
type Failure = assertion.Failure

// A Property computes what reading a property of an assertion gives.
type Property = assertion.Property

// A Method computes what calling a method of an assertion gives.
type Method = assertion.Method

// A Chai is the assertion library of one runtime.
type Chai struct {
	*assertion.Library

	expect *goja.Object
	passed *goja.Object   // expect where its chain is followed at once; nil before it is asked for
	module *goja.Object   // nil until a script asks for it
	util   *goja.Object   // made with the module
	used   []*goja.Object // plugins that chai.use has run
}

// New builds chai for one runtime. It must be called before user code runs.
func New(vm *goja.Runtime) *Chai {
	c := &Chai{Library: assertion.New(vm)}
	core.Install(c.Library)
	c.expect = c.B.Func("", func(call goja.FunctionCall) goja.Value {
		return c.Library.Expect(call.Argument(0), call.Argument(1)).Value()
	})
	jsvalue.Must(c.expect.Set("fail", c.FailFunc("expect.fail()")))
	return c
}

// Expect is the expect function, which has expect.fail.
func (c *Chai) Expect() goja.Value { return c.expect }

// Passing is the expect function for chains that are followed to their end at once and not kept: it makes less.
func (c *Chai) Passing() goja.Value {
	if c.passed == nil {
		c.passed = c.B.Func("", func(call goja.FunctionCall) goja.Value {
			return assertion.Passing(c.Library, call.Argument(0), call.Argument(1)).Value()
		})
	}
	return c.passed
}

// Inspect is the value as failure messages show it: chai's objDisplay, which
// puts a summary in place of what is longer than config.truncateThreshold (40).
// Getters and inspect functions of the value run, and may throw.
func (c *Chai) Inspect(v goja.Value) string { return jsvalue.Printable(c.Display(v)) }

// DeepEqual is the package's DeepEqual with the built-ins that New captured.
func (c *Chai) DeepEqual(a, b goja.Value) bool { return c.Equal(a, b) }

// DeepEqual says whether two values are deeply equal by the rules of deep-eql.
// For a runtime that has run scripts, Chai.DeepEqual is safer.
func DeepEqual(vm *goja.Runtime, a, b goja.Value) bool { return equal.DeepEqual(vm, a, b) }

// IsAssertion reports whether a thrown value is an AssertionError of this library.
func IsAssertion(v goja.Value) bool { return assertion.IsAssertion(v) }

// Details gives what an AssertionError expected and what it got, see
// assertion.Details.
func Details(v goja.Value) (expected, actual string, ok bool) { return assertion.Details(v) }
