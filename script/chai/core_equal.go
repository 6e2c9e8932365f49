package chai

import (
	"math"

	"github.com/dop251/goja"
)

func (a *Assertion) equal(args []goja.Value) {
	a.takeMessage(args, 1)
	if a.is(deep) {
		a.eql(args[:min(len(args), 1)])
		return
	}
	if want := arg(args, 0); a.broken(strictEqual(want, a.object)) {
		a.fail(Failure{
			Message: "expected #{this} to equal #{exp}", Negated: "expected #{this} to not equal #{exp}",
			Expected: want, Actual: orUndefined(a.object),
		})
	}
}

func (a *Assertion) eql(args []goja.Value) {
	a.takeMessage(args, 1)
	if want := arg(args, 0); a.broken(a.c.eql(want, a.object)) {
		a.fail(Failure{
			Message: "expected #{this} to deeply equal #{exp}", Negated: "expected #{this} to not deeply equal #{exp}",
			Expected: want, Actual: orUndefined(a.object),
		})
	}
}

// An order is one of the four comparisons by size. It has messages for the
// subject itself and for its number of items, where % is the word for that.
type order struct {
	names                      [3]string
	holds                      func(x, y float64) bool
	message, negated           string
	countMessage, countNegated string
}

func (c *Chai) addOrder() {
	orders := []order{
		{
			[3]string{"above", "gt", "greaterThan"},
			func(x, y float64) bool { return x > y },
			"to be above", "to be at most", "to have a % above", "to not have a % above",
		},
		{
			[3]string{"least", "gte", "greaterThanOrEqual"},
			func(x, y float64) bool { return x >= y },
			"to be at least", "to be below", "to have a % at least", "to have a % below",
		},
		{
			[3]string{"below", "lt", "lessThan"},
			func(x, y float64) bool { return x < y },
			"to be below", "to be at least", "to have a % below", "to not have a % below",
		},
		{
			[3]string{"most", "lte", "lessThanOrEqual"},
			func(x, y float64) bool { return x <= y },
			"to be at most", "to be above", "to have a % at most", "to have a % above",
		},
	}
	for _, o := range orders {
		c.methods(o.assert, o.names[:]...)
	}
}

func (o order) assert(a *Assertion, args []goja.Value) {
	a.takeMessage(args, 1)
	want := arg(args, 0)
	kind, wantKind := a.c.kind(orUndefined(a.object)), a.c.kind(want)
	a.needsLength(kind)
	switch sized := a.is(doLength); {
	case !sized && kind == "date" && wantKind != "date":
		a.Raise("the argument to " + o.names[0] + " must be a date")
	case wantKind != "number" && (sized || kind == "number"):
		a.Raise("the argument to " + o.names[0] + " must be a number")
	case !sized && kind != "date" && kind != "number":
		a.Raise("expected " + a.subjectText(kind) + " to be a number or a date")
	}
	if a.is(doLength) {
		what, n := a.count(kind)
		if a.broken(o.holds(number(n), number(want))) {
			a.fail(Failure{
				Message:  "expected #{this} " + counted(o.countMessage, what) + " #{exp} but got #{act}",
				Negated:  "expected #{this} " + counted(o.countNegated, what) + " #{exp}",
				Expected: want, Actual: n,
			})
		}
		return
	}
	if a.broken(o.holds(a.c.size(a.object), a.c.size(want))) {
		a.fail(Failure{
			Message: "expected #{this} " + o.message + " #{exp}", Negated: "expected #{this} " + o.negated + " #{exp}",
			Expected: want,
		})
	}
}

func (a *Assertion) within(args []goja.Value) {
	a.takeMessage(args, 2)
	low, high := arg(args, 0), arg(args, 1)
	kind, lowKind, highKind := a.c.kind(orUndefined(a.object)), a.c.kind(low), a.c.kind(high)
	var bounds string
	if lowKind == "date" && highKind == "date" {
		bounds = call(a.c.in.dateISO, low).String() + ".." + call(a.c.in.dateISO, high).String()
	} else {
		bounds = a.c.str(low) + ".." + a.c.str(high)
	}
	a.needsLength(kind)
	switch sized := a.is(doLength); {
	case !sized && kind == "date" && (lowKind != "date" || highKind != "date"):
		a.Raise("the arguments to within must be dates")
	case (lowKind != "number" || highKind != "number") && (sized || kind == "number"):
		a.Raise("the arguments to within must be numbers")
	case !sized && kind != "date" && kind != "number":
		a.Raise("expected " + a.subjectText(kind) + " to be a number or a date")
	}
	if a.is(doLength) {
		what, n := a.count(kind)
		x := number(n)
		a.Assertf(x >= number(low) && x <= number(high),
			"expected #{this} to have a "+what+" within "+bounds, "expected #{this} to not have a "+what+" within "+bounds)
		return
	}
	x := a.c.size(a.object)
	a.Assertf(x >= a.c.size(low) && x <= a.c.size(high),
		"expected #{this} to be within "+bounds, "expected #{this} to not be within "+bounds)
}

func (a *Assertion) closeTo(args []goja.Value) {
	a.takeMessage(args, 2)
	want, delta := arg(args, 0), arg(args, 1)
	a.needs(a.object, "number")
	if !goja.IsNumber(want) || !goja.IsNumber(delta) {
		text := "the arguments to closeTo or approximately must be numbers"
		if isUndefined(delta) {
			text += ", and a delta is required"
		}
		a.Raise(text)
	}
	if a.broken(math.Abs(number(a.object)-number(want)) <= number(delta)) {
		text := a.c.str(want) + " +/- " + a.c.str(delta)
		a.fail(Failure{Message: "expected #{this} to be close to " + text, Negated: "expected #{this} not to be close to " + text})
	}
}

func (a *Assertion) lengthOf(args []goja.Value) {
	a.takeMessage(args, 1)
	kind := a.c.kind(orUndefined(a.object))
	if kind != "map" && kind != "set" {
		a.hasLength()
	}
	what, n := a.count(kind)
	if want := arg(args, 0); a.broken(looseEqual(n, want)) {
		a.fail(Failure{
			Message:  "expected #{this} to have a " + what + " of #{exp} but got #{act}",
			Negated:  "expected #{this} to not have a " + what + " of #{act}",
			Expected: want, Actual: n,
		})
	}
}
