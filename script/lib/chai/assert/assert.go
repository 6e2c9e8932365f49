// Package assert is chai's assert function and its members.
//
// Most functions are chains of expect, so they come from a table; the few that are not are functions here.
package assert

import (
	"github.com/dop251/goja"

	"posthaste/script/jsvalue"
	"posthaste/script/lib/chai/assertion"
)

// New makes the assert function with all of its members, in chai's order.
func New(l *assertion.Library) *goja.Object {
	assert := l.B.Func("assert", func(in goja.FunctionCall) goja.Value {
		a := l.Expect(goja.Null(), goja.Undefined()).Within()
		a.Check(jsvalue.Truthy(in.Argument(0)), func() assertion.Failure {
			return assertion.Failure{
				Message: l.MessageText(in.Argument(1)), Negated: "[ negation message unavailable ]",
			}
		})
		return nil
	})
	set := func(name string, fn *goja.Object) { jsvalue.Must(assert.Set(name, fn)) }
	set("fail", l.FailFunc("assert.fail()"))
	for _, m := range members {
		switch {
		case m.name == "deepEqual":
			jsvalue.Must(assert.Set(m.name, assert.Get("deepStrictEqual")))
		case m.spec == "loose":
			set(m.name, loose(l, m.name))
		case m.spec == "change":
			set(m.name, changeFunc(l, m.name))
		case m.spec == "operator":
			set(m.name, operator(l))
		case m.spec == "error":
			set(m.name, ifError(l))
		default:
			set(m.name, Func(l, m.name, Parse(l, m.spec)))
		}
	}
	for _, a := range aliases() {
		jsvalue.Must(assert.Set(a.as, assert.Get(a.name)))
	}
	return assert
}

// A Spec says how an assert function is put together from the chain: it takes
// the subject, the arguments of the assertion, and a message.
type Spec struct {
	flags []string     // properties of the chain that come first
	call  string       // the method, or
	read  string       // the property
	args  int          // of the method, besides the subject
	fixed []goja.Value // given to the method in their place
}

// Func makes an assert function of its spec.
func Func(l *assertion.Library, name string, s Spec) *goja.Object {
	return l.B.Func(name, func(in goja.FunctionCall) goja.Value {
		args := in.Arguments
		a := l.Expect(in.Argument(0), jsvalue.Arg(args, 1+s.args)).Within()
		for _, flag := range s.flags {
			a.Set(assertion.FlagNamed(flag), true)
		}
		switch {
		case s.read != "":
			a.Read(s.read)
		case s.fixed != nil:
			a.Call(s.call, s.fixed...)
		default:
			given := make([]goja.Value, s.args) // all of them, even when left out
			for i := range given {
				given[i] = jsvalue.Arg(args, i+1)
			}
			a.Call(s.call, given...)
		}
		if name == "throws" {
			return a.Object()
		}
		return nil
	})
}

// loose makes equal or notEqual, which compare with ==.
func loose(l *assertion.Library, name string) *goja.Object {
	want, f := true, assertion.Failure{Message: "expected #{this} to equal #{exp}", Negated: "expected #{this} to not equal #{act}"}
	if name == "notEqual" {
		want, f = false, assertion.Failure{Message: "expected #{this} to not equal #{exp}", Negated: "expected #{this} to equal #{act}"}
	}
	return l.B.Func(name, func(in goja.FunctionCall) goja.Value {
		a := l.Expect(in.Argument(0), in.Argument(2)).Within()
		f.Expected, f.Actual = in.Argument(1), in.Argument(0)
		a.Assert(jsvalue.LooseEqual(in.Argument(1), in.Argument(0)) == want, f)
		return nil
	})
}

// ifError throws what it is given, as it is, so that the error of a callback keeps its stack.
func ifError(l *assertion.Library) *goja.Object {
	return l.B.Func("ifError", func(in goja.FunctionCall) goja.Value {
		if v := in.Argument(0); jsvalue.Truthy(v) {
			panic(v)
		}
		return nil
	})
}
