package chai

import (
	"github.com/dop251/goja"

	"posthaste/script/jsvalue"
	"posthaste/script/lib/chai/assertion"
	"posthaste/script/lib/chai/core"
)

// A utility is a member of util, of its arguments.
type utility struct {
	name string
	fn   func(args []goja.Value) goja.Value
}

// makeUtil builds the object that plugins get as their second argument, in chai's
// order.
func (c *Chai) makeUtil() {
	c.util = c.B.VM.NewObject()
	c.addReaders()
	jsvalue.Must(c.util.Set("eql", c.EqualFunc()))
	c.addDefiners()
	jsvalue.Must(c.util.Set("checkError", c.checkError()))
	c.addProxies()
}

// addReaders adds what looks at an assertion: its flags, its values, its message.
func (c *Chai) addReaders() {
	c.addUtilities(c.util,
		utility{"test", c.test},
		utility{"type", func(args []goja.Value) goja.Value { return c.B.String(c.B.KindOf(jsvalue.Arg(args, 0))) }},
		utility{"expectTypes", c.expectTypes},
		utility{"getMessage", c.getMessage},
		utility{"getActual", c.getActual},
		utility{"inspect", c.utilInspect},
		utility{"objDisplay", func(args []goja.Value) goja.Value { return c.B.String(c.Display(jsvalue.Arg(args, 0))) }},
		utility{"flag", c.flag},
		utility{"transferFlags", func(args []goja.Value) goja.Value {
			c.Transfer(jsvalue.Arg(args, 0), jsvalue.Arg(args, 1), len(args) != 3 || jsvalue.Truthy(args[2]))
			return nil
		}},
	)
}

// addDefiners adds what gives assertions new members, which is what plugins are made of.
func (c *Chai) addDefiners() {
	define := assertion.Definer{Library: c.Library}
	c.addUtilities(c.util,
		utility{"getPathInfo", c.getPathInfo},
		utility{"hasProperty", c.hasProperty},
		utility{"getName", c.getName},
		utility{"addProperty", c.on(func(ctx *goja.Object, name string, args []goja.Value) {
			define.AddPropertyTo(ctx, name, jsvalue.Arg(args, 0))
		})},
		utility{"addMethod", c.on(func(ctx *goja.Object, name string, args []goja.Value) {
			define.AddMethodTo(ctx, name, jsvalue.Arg(args, 0))
		})},
		utility{"overwriteProperty", c.on(func(ctx *goja.Object, name string, args []goja.Value) {
			define.OverwritePropertyOf(ctx, name, jsvalue.Arg(args, 0))
		})},
		utility{"overwriteMethod", c.on(func(ctx *goja.Object, name string, args []goja.Value) {
			define.OverwriteMethodOf(ctx, name, jsvalue.Arg(args, 0))
		})},
		utility{"addChainableMethod", c.on(func(ctx *goja.Object, name string, args []goja.Value) {
			define.AddChainableTo(ctx, name, jsvalue.Arg(args, 0), jsvalue.Arg(args, 1))
		})},
		utility{"overwriteChainableMethod", c.on(func(ctx *goja.Object, name string, args []goja.Value) {
			define.OverwriteChainableOf(ctx, name, jsvalue.Arg(args, 0), jsvalue.Arg(args, 1))
		})},
		utility{"compareByInspect", c.compareByInspect},
		utility{"getOwnEnumerablePropertySymbols", c.ownSymbols},
		utility{"getOwnEnumerableProperties", func(args []goja.Value) goja.Value {
			return c.B.Array(c.B.OwnKeys(jsvalue.Arg(args, 0)))
		}},
	)
}

// addProxies adds what keeps a misspelled member from passing in silence.
func (c *Chai) addProxies() {
	c.addUtilities(c.util,
		utility{"proxify", func(args []goja.Value) goja.Value {
			o, ok := jsvalue.Arg(args, 0).(*goja.Object)
			if !ok {
				c.B.ThrowType("Cannot create proxy with a non-object as target or handler")
			}
			name := ""
			if jsvalue.Truthy(jsvalue.Arg(args, 1)) {
				name = c.B.Str(args[1])
			}
			return c.Proxify(o, name)
		}},
		utility{"addLengthGuard", func(args []goja.Value) goja.Value {
			if fn, ok := jsvalue.Arg(args, 0).(*goja.Object); ok {
				c.LengthGuard(fn, c.B.Str(jsvalue.Arg(args, 1)), jsvalue.Truthy(jsvalue.Arg(args, 2)))
			}
			return jsvalue.Arg(args, 0)
		}},
		utility{"isProxyEnabled", func([]goja.Value) goja.Value { return c.B.VM.ToValue(c.ProxyOn()) }},
		utility{"isNaN", func(args []goja.Value) goja.Value { return c.B.VM.ToValue(jsvalue.IsNaN(jsvalue.Arg(args, 0))) }},
		utility{"getOperator", c.getOperator},
	)
}

func (c *Chai) addUtilities(to *goja.Object, list ...utility) {
	for _, u := range list {
		jsvalue.Must(to.Set(u.name, c.B.Func(u.name, func(in goja.FunctionCall) goja.Value { return u.fn(in.Arguments) })))
	}
}

// on makes a utility that adds to an object, its first argument, under a name.
func (c *Chai) on(add func(ctx *goja.Object, name string, args []goja.Value)) func([]goja.Value) goja.Value {
	return func(args []goja.Value) goja.Value {
		ctx, ok := jsvalue.Arg(args, 0).(*goja.Object)
		if !ok {
			c.B.ThrowType("Object.defineProperty called on non-object")
		}
		add(ctx, c.B.Str(jsvalue.Arg(args, 1)), args[min(2, len(args)):])
		return nil
	}
}

// flag reads a flag, or sets it when there are three arguments.
func (c *Chai) flag(args []goja.Value) goja.Value {
	name := c.B.Str(jsvalue.Arg(args, 1))
	if len(args) == 3 {
		c.SetFlagOf(args[0], name, args[2])
		return nil
	}
	return c.FlagOf(jsvalue.Arg(args, 0), name)
}

// subject is the assertion, or object with flags, that a utility is given with the
// arguments of an assertion.
func (c *Chai) subject(args []goja.Value) (*Assertion, *goja.Object) {
	given, ok := jsvalue.Arg(args, 1).(*goja.Object)
	if !ok {
		c.B.ThrowType("Cannot read properties of " + c.B.Str(jsvalue.Arg(args, 1)) + " (reading '0')")
	}
	return c.Receiver(jsvalue.Arg(args, 0)), given
}

// test says whether an assertion holds, turned round behind .not.
func (c *Chai) test(args []goja.Value) goja.Value {
	a, given := c.subject(args)
	holds := jsvalue.Index(given, 0)
	if a.Negated() {
		return c.B.VM.ToValue(!jsvalue.Truthy(holds))
	}
	return holds
}

func (c *Chai) getActual(args []goja.Value) goja.Value {
	a, given := c.subject(args)
	return actual(a, given)
}

func actual(a *Assertion, given *goja.Object) goja.Value {
	if jsvalue.Number(given.Get("length")) > 4 {
		return jsvalue.Index(given, 4)
	}
	return a.Actual()
}

func (c *Chai) getMessage(args []goja.Value) goja.Value {
	a, given := c.subject(args)
	return c.B.String(a.Prefix() + a.Fill(c.MessageText(chosen(a, given)), jsvalue.Index(given, 3), actual(a, given)))
}

// chosen is the one of the two messages of an assertion that its flags call for.
func chosen(a *Assertion, given *goja.Object) goja.Value {
	if a.Negated() {
		return jsvalue.Index(given, 2)
	}
	return jsvalue.Index(given, 1)
}

func (c *Chai) getOperator(args []goja.Value) goja.Value {
	a, given := c.subject(args)
	if op := a.Operator(c.MessageText(chosen(a, given)), jsvalue.Index(given, 3)); op != "" {
		return c.B.VM.ToValue(op)
	}
	return nil
}

func (c *Chai) expectTypes(args []goja.Value) goja.Value {
	list, ok := jsvalue.Arg(args, 1).(*goja.Object)
	if !ok {
		c.B.ThrowType("Cannot read properties of undefined (reading 'map')")
	}
	core.ExpectTypes(c.Receiver(jsvalue.Arg(args, 0)), c.B.Items(list))
	return nil
}

// checkError is util.checkError, which compares what was thrown.
func (c *Chai) checkError() *goja.Object {
	l, check := c.Library, c.B.VM.NewObject()
	two := func(f func(l *assertion.Library, x, y goja.Value) bool) func([]goja.Value) goja.Value {
		return func(args []goja.Value) goja.Value {
			return c.B.VM.ToValue(f(l, jsvalue.Arg(args, 0), jsvalue.Arg(args, 1)))
		}
	}
	c.addUtilities(check,
		utility{"compatibleInstance", two(func(l *assertion.Library, x, y goja.Value) bool {
			return l.B.IsError(y) && jsvalue.StrictEqual(x, y)
		})},
		utility{"compatibleConstructor", two(core.SameClass)},
		utility{"compatibleMessage", two(core.MessageFits)},
		utility{"getMessage", func(args []goja.Value) goja.Value {
			if !jsvalue.Truthy(jsvalue.Arg(args, 0)) {
				return c.B.VM.ToValue("")
			}
			return core.ErrorMessage(l, args[0])
		}},
		utility{"getConstructorName", func(args []goja.Value) goja.Value {
			return core.ConstructorName(l, jsvalue.Arg(args, 0))
		}},
	)
	return check
}
