package core

import (
	"slices"
	"strings"

	"github.com/dop251/goja"

	"posthaste/script/jsvalue"
	"posthaste/script/lib/chai/assertion"
)

// an is the assertion of a type: a('string'), an('array'). Case does not matter. The misuse
// of passing no string throws what chai's code runs into.
func an(a *assertion.Assertion, args []goja.Value) {
	a.TakeMessage(args, 1)
	s, ok := jsvalue.Arg(args, 0).(goja.String)
	if !ok {
		s, ok = a.Builtins().Invoke(jsvalue.Arg(args, 0), "type", "toLowerCase").(goja.String)
		if !ok {
			a.Builtins().ThrowType("type.charAt is not a function")
		}
	}
	isA(a, strings.ToLower(jsvalue.TextOf(s)))
}

// isA asserts a type by its lower-case name (type-detect).
func isA(a *assertion.Assertion, kind string) {
	a.Check(kind == a.Builtins().Kind(a.Object()), func() assertion.Failure {
		what := article(kind) + kind
		return assertion.Failure{Message: "expected #{this} to be " + what, Negated: "expected #{this} not to be " + what}
	})
}

// needs asserts a type on behalf of another assertion. It is not negated when the chain is,
// so a misuse always fails.
func needs(a *assertion.Assertion, v goja.Value, kind string) {
	a.New(v).Call("a", a.Runtime().ToValue(kind))
}

// article is "a " or "an ", by the first letter.
func article(kind string) string {
	if kind != "" && strings.Contains("aeiou", kind[:1]) {
		return "an "
	}
	return "a "
}

// arguments asserts that the subject is a function's arguments object.
func arguments(a *assertion.Assertion) {
	kind := a.Builtins().KindOf(a.Object())
	a.Assertf(kind == "Arguments", "expected #{this} to be arguments but got "+kind, "expected #{this} to not be arguments")
}

// empty asserts a length or size of 0, or no own enumerable keys. It refuses what has no
// size, so that a misuse does not pass.
func empty(a *assertion.Assertion) {
	v := a.Object()
	var none bool
	switch a.Builtins().Kind(v) {
	case "array", "string":
		none = jsvalue.StrictEqual(a.Builtins().At(v, "length"), a.Runtime().ToValue(0))
	case "map", "set":
		none = jsvalue.StrictEqual(a.Builtins().At(v, "size"), a.Runtime().ToValue(0))
	case "weakmap", "weakset":
		a.Raise(".empty was passed a weak collection")
	case "function":
		text := a.Prefix() + ".empty was passed a function " + a.Builtins().Str(a.Builtins().At(v, "name"))
		a.RaiseBare(strings.TrimSpace(text))
	default:
		o, ok := v.(*goja.Object)
		if !ok {
			a.Raise(".empty was passed non-string primitive " + a.Library().Inspect(v))
		}
		none = len(o.Keys()) == 0
	}
	a.Assertf(none, "expected #{this} to be empty", "expected #{this} not to be empty")
}

// instanceOf asserts the class of the subject. A TypeError of instanceof means that the right
// side is no constructor; other errors are the script's own.
func instanceOf(a *assertion.Assertion, args []goja.Value) {
	a.TakeMessage(args, 1)
	maker, ok := jsvalue.Arg(args, 0).(*goja.Object)
	holds := false
	if ok {
		if ex := a.Runtime().Try(func() { holds = a.Runtime().InstanceOf(a.Object(), maker) }); ex != nil {
			if !a.Runtime().InstanceOf(ex.Value(), a.Builtins().TypeErrorClass) {
				panic(ex)
			}
			ok = false
		}
	}
	if !ok {
		a.Raise("The instanceof assertion needs a constructor but " + a.Builtins().KindOf(jsvalue.Arg(args, 0)) + " was given.")
	}
	a.Check(holds, func() assertion.Failure {
		name := "an unnamed constructor"
		if jsvalue.IsFunction(maker) {
			name = a.Builtins().Str(maker.Get("name"))
		}
		return assertion.Failure{
			Message: "expected #{this} to be an instance of " + name,
			Negated: "expected #{this} to not be an instance of " + name,
		}
	})
}

// respondTo asserts a method. Of a constructor its instances must have it, unless .itself is
// in the chain before.
func respondTo(a *assertion.Assertion, args []goja.Value) {
	a.TakeMessage(args, 1)
	v, name := a.Object(), jsvalue.Arg(args, 0)
	if o, ok := v.(*goja.Object); ok && jsvalue.IsFunction(o) && !a.Is(assertion.Itself) {
		v = a.Builtins().At(v, "prototype")
	}
	f, _ := a.Builtins().AtKey(v, name)
	a.Check(jsvalue.TypeOf(f) == "function", func() assertion.Failure {
		text := a.Library().Inspect(name)
		return assertion.Failure{
			Message: "expected #{this} to respond to " + text,
			Negated: "expected #{this} to not respond to " + text,
		}
	})
}

// satisfy asserts that a function of the script returns a truthy value for the subject.
func satisfy(a *assertion.Assertion, args []goja.Value) {
	a.TakeMessage(args, 1)
	f, ok := goja.AssertFunction(jsvalue.Arg(args, 0))
	if !ok {
		a.Builtins().ThrowType("matcher is not a function")
	}
	result := jsvalue.Call(f, goja.Undefined(), a.Object())
	a.Check(jsvalue.Truthy(result), func() assertion.Failure {
		text := a.Library().Display(jsvalue.Arg(args, 0))
		return assertion.Failure{
			Message:  "expected #{this} to satisfy " + text,
			Negated:  "expected #{this} to not satisfy" + text, // chai has no space here
			Expected: a.Runtime().ToValue(!a.Is(assertion.Negate)), Actual: jsvalue.OrUndefined(result),
		}
	})
}

// match calls exec of what it is given, which need not be a regular expression.
func match(a *assertion.Assertion, args []goja.Value) {
	a.TakeMessage(args, 1)
	re := jsvalue.Arg(args, 0)
	a.Check(jsvalue.Truthy(a.Builtins().Invoke(re, "re", "exec", a.Object())), func() assertion.Failure {
		text := a.Builtins().Str(re)
		return assertion.Failure{Message: "expected #{this} to match " + text, Negated: "expected #{this} not to match " + text}
	})
}

// contentString asserts that a string contains another.
func contentString(a *assertion.Assertion, args []goja.Value) {
	a.TakeMessage(args, 1)
	needs(a, a.Object(), "string")
	part := jsvalue.Arg(args, 0)
	a.Check(strings.Contains(a.Builtins().Str(a.Object()), a.Builtins().Str(part)), func() assertion.Failure {
		text := a.Library().Inspect(part)
		return assertion.Failure{Message: "expected #{this} to contain " + text, Negated: "expected #{this} to not contain " + text}
	})
}

// ExpectTypes asserts that the subject is of one of some types, for plugins
// (chai.util.expectTypes).
func ExpectTypes(a *assertion.Assertion, types []goja.Value) {
	kinds := make([]string, len(types))
	for i, t := range types {
		kinds[i] = strings.ToLower(a.Builtins().Str(t))
	}
	slices.Sort(kinds)
	kind := a.Builtins().Kind(a.Object())
	if slices.Contains(kinds, kind) {
		return
	}
	for i, k := range kinds {
		or := ""
		if len(kinds) > 1 && i == len(kinds)-1 {
			or = "or "
		}
		kinds[i] = or + article(k) + k
	}
	a.Raise("object tested must be " + strings.Join(kinds, ", ") + ", but " + kind + " given")
}
