package core

import (
	"math"

	"github.com/dop251/goja"

	"posthaste/script/jsvalue"
	"posthaste/script/lib/chai/assertion"
)

// equal is ===, or deep equality behind .deep.
func equal(a *assertion.Assertion, args []goja.Value) {
	a.TakeMessage(args, 1)
	if a.Is(assertion.Deep) {
		a.Call("eql", jsvalue.Arg(args, 0))
		return
	}
	want := jsvalue.Arg(args, 0)
	a.Check(jsvalue.StrictEqual(want, a.Object()), func() assertion.Failure {
		return assertion.Failure{
			Message: "expected #{this} to equal #{exp}", Negated: "expected #{this} to not equal #{exp}",
			Expected: want, Actual: a.Object(),
		}
	})
}

// eql is deep equality (deep-eql 4).
func eql(a *assertion.Assertion, args []goja.Value) {
	a.TakeMessage(args, 1)
	want := jsvalue.Arg(args, 0)
	a.Check(a.Equal(want, a.Object()), func() assertion.Failure {
		return assertion.Failure{
			Message: "expected #{this} to deeply equal #{exp}", Negated: "expected #{this} to not deeply equal #{exp}",
			Expected: want, Actual: a.Object(),
		}
	})
}

// An order is one of the four comparisons by size. It has messages for the subject itself and
// for its number of items, where % is the word for that.
type order struct {
	impl                       string
	names                      [3]string
	holds                      func(x, y float64) bool
	message, negated           string
	countMessage, countNegated string
}

// addOrder adds above, least, below and most. Messages and names are chai's; % stands for
// "length" or "size".
func (in installer) addOrder() {
	orders := []order{
		{
			"assertAbove",
			[3]string{"above", "gt", "greaterThan"},
			func(x, y float64) bool { return x > y },
			"to be above", "to be at most", "to have a % above", "to not have a % above",
		},
		{
			"assertLeast",
			[3]string{"least", "gte", "greaterThanOrEqual"},
			func(x, y float64) bool { return x >= y },
			"to be at least", "to be below", "to have a % at least", "to have a % below",
		},
		{
			"assertBelow",
			[3]string{"below", "lt", "lessThan"},
			func(x, y float64) bool { return x < y },
			"to be below", "to be at least", "to have a % below", "to not have a % below",
		},
		{
			"assertMost",
			[3]string{"most", "lte", "lessThanOrEqual"},
			func(x, y float64) bool { return x <= y },
			"to be at most", "to be above", "to have a % at most", "to have a % above",
		},
	}
	for _, o := range orders {
		in.methods(o.impl, o.assert, o.names[:]...)
	}
}

// assert compares numbers, dates, or the length behind .lengthOf. A number and a date cannot
// be compared: that is a misuse, which fails negated too.
func (o order) assert(a *assertion.Assertion, args []goja.Value) {
	a.TakeMessage(args, 1)
	want := jsvalue.Arg(args, 0)
	kind, wantKind := a.Builtins().Kind(a.Object()), a.Builtins().Kind(want)
	needsLength(a, kind)
	switch sized := a.Is(assertion.DoLength); {
	case !sized && kind == "date" && wantKind != "date":
		a.Raise("the argument to " + o.names[0] + " must be a date")
	case wantKind != "number" && (sized || kind == "number"):
		a.Raise("the argument to " + o.names[0] + " must be a number")
	case !sized && kind != "date" && kind != "number":
		a.Raise("expected " + subjectText(a, kind) + " to be a number or a date")
	}
	if a.Is(assertion.DoLength) {
		what, n := count(a, kind)
		a.Check(o.holds(jsvalue.Number(n), jsvalue.Number(want)), func() assertion.Failure {
			return assertion.Failure{
				Message:  "expected #{this} " + counted(o.countMessage, what) + " #{exp} but got #{act}",
				Negated:  "expected #{this} " + counted(o.countNegated, what) + " #{exp}",
				Expected: want, Actual: n,
			}
		})
		return
	}
	a.Check(o.holds(Size(a.Library(), a.Object()), Size(a.Library(), want)), func() assertion.Failure {
		return assertion.Failure{
			Message: "expected #{this} " + o.message + " #{exp}", Negated: "expected #{this} " + o.negated + " #{exp}",
			Expected: want,
		}
	})
}

// within includes both bounds.
func within(a *assertion.Assertion, args []goja.Value) {
	a.TakeMessage(args, 2)
	low, high := jsvalue.Arg(args, 0), jsvalue.Arg(args, 1)
	kind, lowKind, highKind := a.Builtins().Kind(a.Object()), a.Builtins().Kind(low), a.Builtins().Kind(high)
	var bounds string
	if lowKind == "date" && highKind == "date" {
		bounds = jsvalue.Call(a.Builtins().DateISO, low).String() + ".." + jsvalue.Call(a.Builtins().DateISO, high).String()
	} else {
		bounds = a.Builtins().Str(low) + ".." + a.Builtins().Str(high)
	}
	needsLength(a, kind)
	switch sized := a.Is(assertion.DoLength); {
	case !sized && kind == "date" && (lowKind != "date" || highKind != "date"):
		a.Raise("the arguments to within must be dates")
	case (lowKind != "number" || highKind != "number") && (sized || kind == "number"):
		a.Raise("the arguments to within must be numbers")
	case !sized && kind != "date" && kind != "number":
		a.Raise("expected " + subjectText(a, kind) + " to be a number or a date")
	}
	if a.Is(assertion.DoLength) {
		what, n := count(a, kind)
		x := jsvalue.Number(n)
		a.Assertf(x >= jsvalue.Number(low) && x <= jsvalue.Number(high),
			"expected #{this} to have a "+what+" within "+bounds, "expected #{this} to not have a "+what+" within "+bounds)
		return
	}
	x := Size(a.Library(), a.Object())
	a.Assertf(x >= Size(a.Library(), low) && x <= Size(a.Library(), high),
		"expected #{this} to be within "+bounds, "expected #{this} to not be within "+bounds)
}

// closeTo includes the delta itself.
func closeTo(a *assertion.Assertion, args []goja.Value) {
	a.TakeMessage(args, 2)
	want, delta := jsvalue.Arg(args, 0), jsvalue.Arg(args, 1)
	needs(a, a.Object(), "number")
	if !goja.IsNumber(want) || !goja.IsNumber(delta) {
		text := "the arguments to closeTo or approximately must be numbers"
		if jsvalue.IsUndefined(delta) {
			text += ", and a delta is required"
		}
		a.Raise(text)
	}
	a.Check(math.Abs(jsvalue.Number(a.Object())-jsvalue.Number(want)) <= jsvalue.Number(delta), func() assertion.Failure {
		text := a.Builtins().Str(want) + " +/- " + a.Builtins().Str(delta)
		return assertion.Failure{Message: "expected #{this} to be close to " + text, Negated: "expected #{this} not to be close to " + text}
	})
}

// lengthOf is the size of a map or set. chai compares with ==, so "3" is 3.
func lengthOf(a *assertion.Assertion, args []goja.Value) {
	a.TakeMessage(args, 1)
	kind := a.Builtins().Kind(a.Object())
	if kind != "map" && kind != "set" {
		hasLength(a)
	}
	what, n := count(a, kind)
	want := jsvalue.Arg(args, 0)
	a.Check(jsvalue.LooseEqual(n, want), func() assertion.Failure {
		return assertion.Failure{
			Message:  "expected #{this} to have a " + what + " of #{exp} but got #{act}",
			Negated:  "expected #{this} to not have a " + what + " of #{act}",
			Expected: want, Actual: n,
		}
	})
}
