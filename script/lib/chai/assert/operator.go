package assert

import (
	"github.com/dop251/goja"

	"posthaste/script/jsvalue"
	"posthaste/script/lib/chai/assertion"
	"posthaste/script/lib/chai/core"
)

// operator is assert.operator(value, operator, other, message).
func operator(l *assertion.Library) *goja.Object {
	return l.B.Func("operator", func(in goja.FunctionCall) goja.Value {
		x, y := in.Argument(0), in.Argument(2)
		a := l.Expect(goja.Undefined(), in.Argument(3)).Within()
		op := l.B.Str(in.Argument(1))
		holds, known := compare(l, x, op, y)
		if !known {
			prefix := a.Prefix()
			if prefix == "" {
				prefix = l.B.Str(in.Argument(3)) // chai prints the message it did not get
			}
			a.RaiseBare(prefix + `Invalid operator "` + op + `"`)
		}
		a.SetObject(l.B.VM.ToValue(holds))
		a.Check(holds, func() assertion.Failure {
			text := l.Inspect(x) + " to be " + op + " " + l.Inspect(y)
			return assertion.Failure{Message: "expected " + text, Negated: "expected " + l.Inspect(x) + " to not be " + op + " " + l.Inspect(y)}
		})
		return nil
	})
}

// compare knows the operators as JavaScript has them; known is false for any other text.
func compare(l *assertion.Library, x goja.Value, op string, y goja.Value) (holds, known bool) {
	switch op {
	case "==":
		return jsvalue.LooseEqual(x, y), true
	case "===":
		return jsvalue.StrictEqual(x, y), true
	case "!=":
		return !jsvalue.LooseEqual(x, y), true
	case "!==":
		return !jsvalue.StrictEqual(x, y), true
	case ">":
		return less(l, y, x), true
	case "<":
		return less(l, x, y), true
	case ">=":
		return less(l, y, x) || level(l, x, y), true
	case "<=":
		return less(l, x, y) || level(l, x, y), true
	}
	return false, false
}

// less is the < operator: strings by unit, everything else by number.
func less(l *assertion.Library, x, y goja.Value) bool {
	s, t, text := bothStrings(x, y)
	if text {
		return s.CompareTo(t) < 0
	}
	return core.Size(l, x) < core.Size(l, y)
}

// level says whether neither operand is greater, and both can be compared.
func level(l *assertion.Library, x, y goja.Value) bool {
	s, t, text := bothStrings(x, y)
	if text {
		return s.CompareTo(t) == 0
	}
	return core.Size(l, x) == core.Size(l, y)
}

func bothStrings(x, y goja.Value) (s, t goja.String, ok bool) {
	s, okS := x.(goja.String)
	t, okT := y.(goja.String)
	return s, t, okS && okT
}
