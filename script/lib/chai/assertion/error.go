package assertion

import (
	"github.com/dop251/goja"

	"posthaste/script/jsvalue"
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
	l *Library
}

// makeErrorClass builds the AssertionError class.
func (l *Library) makeErrorClass() {
	l.errorClass = l.B.VM.ToValue(func(call goja.ConstructorCall) *goja.Object {
		message, props := call.Argument(0), call.Argument(1)
		class := l.errorClass
		if call.NewTarget != nil { // a subclass, perhaps
			class = call.NewTarget
		}
		e := l.newError(class, unspecified)
		if jsvalue.Truthy(message) {
			jsvalue.Must(e.Set("message", message))
		}
		if o, ok := props.(*goja.Object); ok {
			for _, key := range o.Keys() {
				switch key {
				case "name", "message", "stack", "constructor", "toJSON":
				default:
					jsvalue.Must(e.Set(key, o.Get(key)))
				}
			}
		}
		l.setStack(e, l.originOf(call.Argument(2)))
		return e
	}).(*goja.Object)
	jsvalue.Must(l.errorClass.DefineDataProperty("name", l.B.VM.ToValue("AssertionError"),
		goja.FLAG_FALSE, goja.FLAG_TRUE, goja.FLAG_FALSE))
	l.B.PlainErrors = l.errorClass
	p := jsvalue.Proto(l.errorClass)
	jsvalue.Must(p.SetPrototype(jsvalue.Proto(l.B.ErrorClass)))
	jsvalue.Must(p.Set("name", "AssertionError"))
	jsvalue.Must(p.Delete("constructor"))
	jsvalue.Must(p.Set("constructor", l.errorClass))
	jsvalue.Must(p.Set("toJSON", l.B.Func("toJSON", l.errorJSON)))
	jsvalue.Must(p.SetSymbol(goja.NewSymbol("chai"), l.B.VM.NewDynamicObject(&mark{l: l})))
}

// errorJSON is AssertionError.prototype.toJSON([stack]).
func (l *Library) errorJSON(call goja.FunctionCall) goja.Value {
	this := call.This.ToObject(l.B.VM)
	out := l.B.VM.NewObject()
	jsvalue.Must(out.Set("name", jsvalue.OrUndefined(this.Get("name"))))
	for _, key := range this.Keys() {
		if key != "constructor" && key != "toJSON" && key != "stack" {
			jsvalue.Must(out.Set(key, this.Get(key)))
		}
	}
	if want := call.Argument(0); jsvalue.TypeOf(want) != "boolean" || want.ToBoolean() {
		if stack := this.Get("stack"); jsvalue.Truthy(stack) {
			jsvalue.Must(out.Set("stack", stack))
		}
	}
	return out
}

// newError makes an AssertionError: an Error in every respect, whose message
// is enumerable as chai's is.
func (l *Library) newError(class *goja.Object, message string) *goja.Object {
	e, err := l.B.NewError(class)
	jsvalue.Must(err)
	jsvalue.Must(e.Set("message", l.B.String(message)))
	jsvalue.Must(e.Set("showDiff", false))
	return e
}

// throwAssertion throws the failure of an assertion.
func (l *Library) throwAssertion(message string, p errorProps, a *Assertion) {
	if message == "" {
		message = unspecified
	}
	e := l.newError(l.errorClass, message)
	if p.set {
		jsvalue.Must(e.Set("showDiff", p.showDiff))
		jsvalue.Must(e.Set("actual", p.actual))
		jsvalue.Must(e.Set("expected", p.expected))
	}
	if p.operator != "" {
		jsvalue.Must(e.Set("operator", p.operator))
	}
	l.setStack(e, a.origin, a.running()...)
	panic(e)
}

// FailFunc is expect.fail and assert.fail: (message) or
// (actual, expected, message, operator).
func (l *Library) FailFunc(fallback string) *goja.Object {
	return l.B.Func("fail", func(call goja.FunctionCall) goja.Value {
		actual, message := call.Argument(0), call.Argument(2)
		if len(call.Arguments) < 2 {
			actual, message = goja.Undefined(), actual
		}
		e := l.newError(l.errorClass, fallback)
		if jsvalue.Truthy(message) {
			jsvalue.Must(e.Set("message", message))
		}
		jsvalue.Must(e.Set("actual", actual))
		jsvalue.Must(e.Set("expected", call.Argument(1)))
		jsvalue.Must(e.Set("operator", call.Argument(3)))
		l.setStack(e, nil)
		panic(e)
	})
}
