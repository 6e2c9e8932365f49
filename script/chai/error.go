package chai

import (
	"reflect"

	"github.com/dop251/goja"
)

// unspecified is the message of an error that was given none.
const unspecified = "Unspecified AssertionError"

// errorProps are the properties of an AssertionError besides its message.
type errorProps struct {
	actual, expected goja.Value
	showDiff         bool
	operator         string
	set              bool // actual and expected are own properties even if undefined
}

// A mark sits under a symbol on AssertionError.prototype and leads Go from an
// error back to the library that made it.
type mark struct {
	nothing
	c *Chai
}

// nothing is a dynamic object without properties.
type nothing struct{}

// Get finds nothing.
func (nothing) Get(string) goja.Value { return nil }

// Set refuses.
func (nothing) Set(string, goja.Value) bool { return false }

// Has says no.
func (nothing) Has(string) bool { return false }

// Delete has nothing to do.
func (nothing) Delete(string) bool { return true }

// Keys lists nothing.
func (nothing) Keys() []string { return nil }

// makeAssertionError builds the AssertionError class.
func (c *Chai) makeAssertionError() {
	c.errorCtor = c.vm.ToValue(func(call goja.ConstructorCall) *goja.Object {
		message, props := call.Argument(0), call.Argument(1)
		class := c.errorCtor
		if call.NewTarget != nil { // a subclass, perhaps
			class = call.NewTarget
		}
		e := c.newAssertion(class, unspecified)
		if truthy(message) {
			must(e.Set("message", message))
		}
		if o, ok := props.(*goja.Object); ok {
			for _, key := range o.Keys() {
				switch key {
				case "name", "message", "stack", "constructor", "toJSON":
				default:
					must(e.Set(key, o.Get(key)))
				}
			}
		}
		return e
	}).(*goja.Object)
	must(c.errorCtor.DefineDataProperty("name", c.vm.ToValue("AssertionError"),
		goja.FLAG_FALSE, goja.FLAG_TRUE, goja.FLAG_FALSE))
	p := proto(c.errorCtor)
	must(p.SetPrototype(proto(c.in.errorCtor)))
	must(p.Set("name", "AssertionError"))
	must(p.Set("constructor", c.errorCtor))
	must(p.Set("toJSON", c.native("toJSON", c.errorJSON)))
	must(p.SetSymbol(goja.NewSymbol("chai"), c.vm.NewDynamicObject(&mark{c: c})))
}

// errorJSON is AssertionError.prototype.toJSON([stack]).
func (c *Chai) errorJSON(call goja.FunctionCall) goja.Value {
	this := call.This.ToObject(c.vm)
	out := c.vm.NewObject()
	must(out.Set("name", orUndefined(this.Get("name"))))
	for _, key := range this.Keys() {
		if key != "constructor" && key != "toJSON" && key != "stack" {
			must(out.Set(key, this.Get(key)))
		}
	}
	if want := call.Argument(0); typeOf(want) != "boolean" || want.ToBoolean() {
		if stack := this.Get("stack"); truthy(stack) {
			must(out.Set("stack", stack))
		}
	}
	return out
}

// newAssertion makes an AssertionError: an Error in every respect, whose message
// is enumerable as chai's is.
func (c *Chai) newAssertion(class *goja.Object, message string) *goja.Object {
	e, err := c.in.newError(class)
	must(err)
	must(e.Set("message", c.valueOf(message)))
	must(e.Set("showDiff", false))
	return e
}

func (c *Chai) throwAssertion(message string, p errorProps) {
	if message == "" {
		message = unspecified
	}
	e := c.newAssertion(c.errorCtor, message)
	if p.set {
		must(e.Set("showDiff", p.showDiff))
		must(e.Set("actual", p.actual))
		must(e.Set("expected", p.expected))
	}
	if p.operator != "" {
		must(e.Set("operator", p.operator))
	}
	panic(e)
}

// failFunc is expect.fail and assert.fail: (message) or
// (actual, expected, message, operator).
func (c *Chai) failFunc(fallback string) *goja.Object {
	return c.native("fail", func(call goja.FunctionCall) goja.Value {
		actual, message := call.Argument(0), call.Argument(2)
		if len(call.Arguments) < 2 {
			actual, message = goja.Undefined(), actual
		}
		e := c.newAssertion(c.errorCtor, fallback)
		if truthy(message) {
			must(e.Set("message", message))
		}
		must(e.Set("actual", actual))
		must(e.Set("expected", call.Argument(1)))
		must(e.Set("operator", call.Argument(3)))
		panic(e)
	})
}

// detailThreshold is the number of characters after which Details shortens.
const detailThreshold = 200

// IsAssertion tells whether a thrown value is an AssertionError of this library.
func IsAssertion(v goja.Value) bool {
	e, ok := v.(*goja.Object)
	return ok && libraryOf(e) != nil
}

// Details gives what an AssertionError expected and what it got, as short
// texts for reports: as Inspect prints them, but up to 200 characters and without
// summaries. It reports false for other values, and for assertions that compare
// nothing, such as expect(x).to.be.ok. It may run outside of a script, on the
// runtime's goroutine, and never panics; getters of the compared values run, so
// call it while the script's time limit holds.
func Details(v goja.Value) (expected, actual string, ok bool) {
	e, isObject := v.(*goja.Object)
	if !isObject {
		return "", "", false
	}
	defer func() {
		if recover() != nil { // a getter of the compared values threw
			expected, actual, ok = "", "", false
		}
	}()
	c := libraryOf(e)
	if c == nil {
		return "", "", false
	}
	ex := c.vm.Try(func() {
		want, got := orUndefined(e.Get("expected")), orUndefined(e.Get("actual"))
		if isUndefined(want) && !truthy(e.Get("showDiff")) {
			return
		}
		expected, actual, ok = c.detail(want), c.detail(got), true
	})
	if ex != nil {
		return "", "", false
	}
	return expected, actual, ok
}

func (c *Chai) detail(v goja.Value) string {
	return printable(c.print(v, detailThreshold))
}

// libraryOf finds the library whose AssertionError an object is.
func libraryOf(e *goja.Object) *Chai {
	p := e.Prototype()
	for i := 0; p != nil && i < maxPrototypes; i++ {
		for _, sym := range p.Symbols() {
			o, isObject := p.GetSymbol(sym).(*goja.Object)
			if !isObject || o.ExportType() != reflect.TypeFor[*mark]() {
				continue
			}
			if m, isMark := o.Export().(*mark); isMark {
				return m.c
			}
		}
		p = p.Prototype()
	}
	return nil
}
