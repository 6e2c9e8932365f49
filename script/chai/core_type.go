package chai

import (
	"slices"
	"strings"

	"github.com/dop251/goja"
)

// an is the assertion of a type: a('string'), an('array').
func (a *Assertion) an(args []goja.Value) {
	a.takeMessage(args, 1)
	s, ok := arg(args, 0).(goja.String)
	if !ok {
		s, ok = a.c.invoke(arg(args, 0), "type", "toLowerCase").(goja.String)
		if !ok {
			a.c.throwType("type.charAt is not a function")
		}
	}
	a.isA(strings.ToLower(textOf(s)))
}

// isA asserts a type by its lower-case name.
func (a *Assertion) isA(kind string) {
	if a.broken(kind == a.c.kind(orUndefined(a.object))) {
		what := article(kind) + kind
		a.fail(Failure{Message: "expected #{this} to be " + what, Negated: "expected #{this} not to be " + what})
	}
}

// needs asserts a type on behalf of another assertion, negated or not.
func (a *Assertion) needs(v goja.Value, kind string) {
	on := &Assertion{c: a.c, object: v, message: a.message}
	on.isA(kind)
}

func article(kind string) string {
	if kind != "" && strings.Contains("aeiou", kind[:1]) {
		return "an "
	}
	return "a "
}

func (a *Assertion) arguments() {
	kind := a.c.kindOf(orUndefined(a.object))
	a.Assertf(kind == "Arguments", "expected #{this} to be arguments but got "+kind, "expected #{this} to not be arguments")
}

func (a *Assertion) empty() {
	v := orUndefined(a.object)
	var none bool
	switch a.c.kind(v) {
	case "array", "string":
		none = strictEqual(a.c.at(v, "length"), a.c.vm.ToValue(0))
	case "map", "set":
		none = strictEqual(a.c.at(v, "size"), a.c.vm.ToValue(0))
	case "weakmap", "weakset":
		a.Raise(".empty was passed a weak collection")
	case "function":
		text := a.prefix() + ".empty was passed a function " + a.c.str(a.c.at(v, "name"))
		a.c.throwAssertion(strings.TrimSpace(text), errorProps{})
	default:
		o, ok := v.(*goja.Object)
		if !ok {
			a.Raise(".empty was passed non-string primitive " + a.c.inspect(v))
		}
		none = len(o.Keys()) == 0
	}
	a.Assertf(none, "expected #{this} to be empty", "expected #{this} not to be empty")
}

func (a *Assertion) instanceOf(args []goja.Value) {
	a.takeMessage(args, 1)
	maker, ok := arg(args, 0).(*goja.Object)
	holds := false
	if ok {
		if ex := a.c.vm.Try(func() { holds = a.c.vm.InstanceOf(orUndefined(a.object), maker) }); ex != nil {
			if !a.c.vm.InstanceOf(ex.Value(), a.c.in.typeErrorCtor) {
				panic(ex)
			}
			ok = false
		}
	}
	if !ok {
		a.Raise("The instanceof assertion needs a constructor but " + a.c.kindOf(arg(args, 0)) + " was given.")
	}
	if a.broken(holds) {
		name := "an unnamed constructor"
		if isFunction(maker) {
			name = a.c.str(maker.Get("name"))
		}
		a.fail(Failure{
			Message: "expected #{this} to be an instance of " + name,
			Negated: "expected #{this} to not be an instance of " + name,
		})
	}
}

func (a *Assertion) respondTo(args []goja.Value) {
	a.takeMessage(args, 1)
	v, name := orUndefined(a.object), arg(args, 0)
	if o, ok := v.(*goja.Object); ok && isFunction(o) && !a.is(itself) {
		v = a.c.at(v, "prototype")
	}
	f, _ := a.c.atKey(v, name)
	if a.broken(typeOf(f) == "function") {
		text := a.c.inspect(name)
		a.fail(Failure{
			Message: "expected #{this} to respond to " + text,
			Negated: "expected #{this} to not respond to " + text,
		})
	}
}

func (a *Assertion) satisfy(args []goja.Value) {
	a.takeMessage(args, 1)
	f, ok := goja.AssertFunction(arg(args, 0))
	if !ok {
		a.c.throwType("matcher is not a function")
	}
	result := call(f, goja.Undefined(), orUndefined(a.object))
	if a.broken(truthy(result)) {
		text := a.c.display(arg(args, 0))
		a.fail(Failure{
			Message:  "expected #{this} to satisfy " + text,
			Negated:  "expected #{this} to not satisfy" + text, // chai has no space here
			Expected: a.c.vm.ToValue(!a.is(negate)), Actual: orUndefined(result),
		})
	}
}

func (a *Assertion) match(args []goja.Value) {
	a.takeMessage(args, 1)
	re := arg(args, 0)
	if a.broken(truthy(a.c.invoke(re, "re", "exec", orUndefined(a.object)))) {
		text := a.c.str(re)
		a.fail(Failure{Message: "expected #{this} to match " + text, Negated: "expected #{this} not to match " + text})
	}
}

func (a *Assertion) contentString(args []goja.Value) {
	a.takeMessage(args, 1)
	a.needs(a.object, "string")
	part := arg(args, 0)
	if a.broken(strings.Contains(a.c.str(a.object), a.c.str(part))) {
		text := a.c.inspect(part)
		a.fail(Failure{Message: "expected #{this} to contain " + text, Negated: "expected #{this} to not contain " + text})
	}
}

// expectTypes asserts that the subject is of one of some types, for plugins.
func (a *Assertion) expectTypes(types []goja.Value) {
	kinds := make([]string, len(types))
	for i, t := range types {
		kinds[i] = strings.ToLower(a.c.str(t))
	}
	slices.Sort(kinds)
	kind := a.c.kind(orUndefined(a.object))
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
