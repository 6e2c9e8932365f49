package assert

import (
	"github.com/dop251/goja"

	"posthaste/script/jsvalue"
	"posthaste/script/lib/chai/assertion"
)

// A change is an assert function about a value before and after a call.
type change struct {
	verb           string
	not, by, notBy bool
}

// changes are changes, increasesBy and so on. Their arguments are (fn, object,
// property), or (fn, getter), then a delta, then a message; which of them were
// given is told by number.
func changes() map[string]change {
	return map[string]change{
		"changes": {verb: "change"}, "doesNotChange": {verb: "change", not: true},
		"changesBy": {verb: "change", by: true}, "changesButNotBy": {verb: "change", by: true, notBy: true},
		"increases": {verb: "increase"}, "doesNotIncrease": {verb: "increase", not: true},
		"increasesBy": {verb: "increase", by: true}, "increasesButNotBy": {verb: "increase", by: true, notBy: true},
		"decreases": {verb: "decrease"}, "doesNotDecrease": {verb: "decrease", not: true},
		"decreasesBy": {verb: "decrease", by: true}, "decreasesButNotBy": {verb: "decrease", by: true, notBy: true},
		"doesNotDecreaseBy": {verb: "decrease", not: true, by: true},
	}
}

func changeFunc(l *assertion.Library, name string) *goja.Object {
	c := changes()[name]
	return l.B.Func(name, func(in goja.FunctionCall) goja.Value {
		c.run(l, in.Arguments)
		return nil
	})
}

// run sorts the arguments out: a function instead of object and property moves the others up.
func (c change) run(l *assertion.Library, args []goja.Value) {
	prop, by, msg := jsvalue.Arg(args, 2), jsvalue.Arg(args, 3), jsvalue.Arg(args, 4)
	getter := jsvalue.TypeOf(jsvalue.Arg(args, 1)) == "function"
	switch {
	case !c.by:
		msg = by
		if len(args) == 3 && getter {
			prop, msg = goja.Null(), prop
		}
	case len(args) == 4 && getter: // chai leaves the delta as the property, too
		by, msg = prop, by
	case len(args) == 3:
		prop, by = goja.Null(), prop
	}
	a := l.Expect(jsvalue.Arg(args, 0), msg).Within()
	if c.not {
		a.Set(assertion.Negate, true)
	}
	a.Call(c.verb, jsvalue.Arg(args, 1), prop)
	if c.by {
		if c.notBy {
			a.Set(assertion.Negate, true)
		}
		a.Call("by", by)
	}
}
