package chai

import (
	"github.com/dop251/goja"
)

// addLoose adds equal and notEqual, which compare with ==, and ifError.
func (c *Chai) addLoose(assert *goja.Object) {
	loose := func(name string, want bool, message, negated string) {
		must(assert.Set(name, c.native(name, func(in goja.FunctionCall) goja.Value {
			a := &Assertion{c: c, object: in.Argument(0)}
			a.takeMessage(in.Arguments, 2)
			a.Assert(looseEqual(in.Argument(1), in.Argument(0)) == want, Failure{
				Message: message, Negated: negated, Expected: in.Argument(1), Actual: in.Argument(0),
			})
			return nil
		})))
	}
	loose("equal", true, "expected #{this} to equal #{exp}", "expected #{this} to not equal #{act}")
	loose("notEqual", false, "expected #{this} to not equal #{exp}", "expected #{this} to equal #{act}")
	must(assert.Set("ifError", c.native("ifError", func(in goja.FunctionCall) goja.Value {
		if v := in.Argument(0); truthy(v) {
			panic(v)
		}
		return nil
	})))
}

// addOperator adds assert.operator(value, operator, other, message).
func (c *Chai) addOperator(assert *goja.Object) {
	must(assert.Set("operator", c.native("operator", func(in goja.FunctionCall) goja.Value {
		x, y := in.Argument(0), in.Argument(2)
		a := &Assertion{c: c}
		a.takeMessage(in.Arguments, 3)
		op := c.str(in.Argument(1))
		holds, known := c.compare(x, op, y)
		if !known {
			prefix := a.prefix()
			if prefix == "" {
				prefix = c.str(in.Argument(3)) // chai prints the message it did not get
			}
			c.throwAssertion(prefix+`Invalid operator "`+op+`"`, errorProps{})
		}
		a.object = c.vm.ToValue(holds)
		if a.broken(holds) {
			a.fail(Failure{Message: "expected " + c.inspect(x) + " to be " + op + " " + c.inspect(y)})
		}
		return nil
	})))
}

func (c *Chai) compare(x goja.Value, op string, y goja.Value) (holds, known bool) {
	switch op {
	case "==":
		return looseEqual(x, y), true
	case "===":
		return strictEqual(x, y), true
	case "!=":
		return !looseEqual(x, y), true
	case "!==":
		return !strictEqual(x, y), true
	case ">":
		return c.less(y, x), true
	case "<":
		return c.less(x, y), true
	case ">=":
		return c.less(y, x) || c.level(x, y), true
	case "<=":
		return c.less(x, y) || c.level(x, y), true
	}
	return false, false
}

// less is the < operator: strings by unit, everything else by number.
func (c *Chai) less(x, y goja.Value) bool {
	s, t, text := c.bothStrings(x, y)
	if text {
		return s.CompareTo(t) < 0
	}
	return c.size(x) < c.size(y)
}

// level says whether neither operand is greater, and both can be compared.
func (c *Chai) level(x, y goja.Value) bool {
	s, t, text := c.bothStrings(x, y)
	if text {
		return s.CompareTo(t) == 0
	}
	return c.size(x) == c.size(y)
}

func (c *Chai) bothStrings(x, y goja.Value) (s, t goja.String, ok bool) {
	s, okS := x.(goja.String)
	t, okT := y.(goja.String)
	return s, t, okS && okT
}

// addChangeFuncs adds changes, increasesBy and so on. Their arguments are (fn,
// object, property), or (fn, getter), then a delta, then a message; which of
// them were given is told by number.
func (c *Chai) addChangeFuncs(assert *goja.Object) {
	for name, f := range map[string]changeSpec{
		"changes": {verb: "change"}, "doesNotChange": {verb: "change", not: true},
		"changesBy": {verb: "change", by: true}, "changesButNotBy": {verb: "change", by: true, notBy: true},
		"increases": {verb: "increase"}, "doesNotIncrease": {verb: "increase", not: true},
		"increasesBy": {verb: "increase", by: true}, "increasesButNotBy": {verb: "increase", by: true, notBy: true},
		"decreases": {verb: "decrease"}, "doesNotDecrease": {verb: "decrease", not: true},
		"decreasesBy": {verb: "decrease", by: true}, "decreasesButNotBy": {verb: "decrease", by: true, notBy: true},
		"doesNotDecreaseBy": {verb: "decrease", not: true, by: true},
	} {
		must(assert.Set(name, c.native(name, func(in goja.FunctionCall) goja.Value {
			f.run(c, in.Arguments)
			return nil
		})))
	}
}

type changeSpec struct {
	verb           change
	not, by, notBy bool
}

func (f changeSpec) run(c *Chai, args []goja.Value) {
	prop, by, msg := arg(args, 2), arg(args, 3), arg(args, 4)
	getter := typeOf(arg(args, 1)) == "function"
	switch {
	case !f.by:
		msg = by
		if len(args) == 3 && getter {
			prop, msg = goja.Null(), prop
		}
	case len(args) == 4 && getter: // chai leaves the delta as the property, too
		by, msg = prop, by
	case len(args) == 3:
		prop, by = goja.Null(), prop
	}
	a := &Assertion{c: c, object: arg(args, 0)}
	if truthy(msg) {
		a.message = msg
	}
	a.set(negate, f.not)
	a.Call(string(f.verb), arg(args, 1), prop)
	if f.by {
		a.set(negate, f.not || f.notBy)
		a.Call("by", by)
	}
}
