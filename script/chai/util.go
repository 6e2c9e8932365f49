package chai

import (
	"github.com/dop251/goja"
)

// makeUtil builds the object that plugins get as their second argument.
func (c *Chai) makeUtil() {
	c.util = c.vm.NewObject()
	c.addPluginFuncs()
	c.addFlagFuncs()
	c.addValueFuncs()
	c.addErrorFuncs()
}

// utilFunc adds a function of its arguments to util.
func (c *Chai) utilFunc(name string, f func(args []goja.Value) goja.Value) {
	must(c.util.Set(name, c.native(name, func(in goja.FunctionCall) goja.Value { return f(in.Arguments) })))
}

// subject is the assertion that a utility was given as its first argument.
func (c *Chai) subject(args []goja.Value) *Assertion { return c.receiver(arg(args, 0)) }

func (c *Chai) addFlagFuncs() {
	c.utilFunc("flag", func(args []goja.Value) goja.Value {
		name := c.str(arg(args, 1))
		a := c.assertionOf(arg(args, 0))
		if a == nil {
			return c.foreignFlag(args, name)
		}
		if len(args) < 3 {
			return a.Flag(name)
		}
		a.SetFlag(name, args[2])
		return nil
	})
	c.utilFunc("transferFlags", func(args []goja.Value) goja.Value {
		from, to := c.subject(args), c.subject(args[min(1, len(args)):])
		object, message, self := to.object, to.message, *to
		*to = *from
		to.self, to.function, to.name = self.self, self.function, self.name
		if len(args) > 2 && !truthy(args[2]) {
			to.object, to.message = object, message
		}
		return nil
	})
	c.utilFunc("test", func(args []goja.Value) goja.Value {
		given, _ := arg(args, 1).(*goja.Object)
		return c.vm.ToValue(!c.subject(args).broken(given != nil && truthy(index(given, 0))))
	})
	c.utilFunc("getActual", func(args []goja.Value) goja.Value {
		if given, ok := arg(args, 1).(*goja.Object); ok && number(given.Get("length")) > 4 {
			return index(given, 4)
		}
		return c.subject(args).Object()
	})
	c.utilFunc("getMessage", func(args []goja.Value) goja.Value {
		a := c.subject(args)
		given, ok := arg(args, 1).(*goja.Object)
		if !ok {
			c.throwType("getMessage needs the arguments of an assertion")
		}
		actual := a.Object()
		if number(given.Get("length")) > 4 {
			actual = index(given, 4)
		}
		text := index(given, 1)
		if a.is(negate) {
			text = index(given, 2)
		}
		return c.valueOf(a.prefix() + a.fill(c.messageText(text), index(given, 3), actual))
	})
	c.utilFunc("expectTypes", func(args []goja.Value) goja.Value {
		list, ok := arg(args, 1).(*goja.Object)
		if !ok {
			c.throwType("Cannot read properties of undefined (reading 'map')")
		}
		c.subject(args).expectTypes(c.items(list))
		return nil
	})
}

// foreignFlag is utils.flag for an object that is no assertion of ours.
func (c *Chai) foreignFlag(args []goja.Value, name string) goja.Value {
	o, ok := arg(args, 0).(*goja.Object)
	if !ok {
		c.throwType("Cannot read properties of " + c.str(arg(args, 0)) + " (reading '__flags')")
	}
	flags, ok := o.Get("__flags").(*goja.Object)
	if !ok {
		flags = c.vm.CreateObject(nil)
		must(o.Set("__flags", flags))
	}
	if len(args) < 3 {
		return flags.Get(name)
	}
	must(flags.Set(name, args[2]))
	return nil
}

func (c *Chai) addValueFuncs() {
	c.utilFunc("type", func(args []goja.Value) goja.Value { return c.valueOf(c.kindOf(arg(args, 0))) })
	c.utilFunc("inspect", func(args []goja.Value) goja.Value { return c.valueOf(c.inspect(arg(args, 0))) })
	c.utilFunc("objDisplay", func(args []goja.Value) goja.Value { return c.valueOf(c.display(arg(args, 0))) })
	c.utilFunc("isNaN", func(args []goja.Value) goja.Value { return c.vm.ToValue(isNaN(arg(args, 0))) })
	c.utilFunc("isProxyEnabled", func([]goja.Value) goja.Value { return c.vm.ToValue(c.proxyOn()) })
	c.utilFunc("proxify", func(args []goja.Value) goja.Value { return arg(args, 0) })
	c.utilFunc("addLengthGuard", func(args []goja.Value) goja.Value { return arg(args, 0) })
	c.utilFunc("eql", func(args []goja.Value) goja.Value {
		e := comparison{c: c}
		if o, ok := arg(args, 2).(*goja.Object); ok {
			e.comparator, _ = goja.AssertFunction(o.Get("comparator"))
		}
		return c.vm.ToValue(e.run(arg(args, 0), arg(args, 1)))
	})
	c.utilFunc("getName", func(args []goja.Value) goja.Value {
		if f, ok := arg(args, 0).(*goja.Object); ok && isFunction(f) {
			return f.Get("name")
		}
		return goja.Null()
	})
	c.utilFunc("compareByInspect", func(args []goja.Value) goja.Value {
		if lessUnits(c.inspect(arg(args, 0)), c.inspect(arg(args, 1))) {
			return c.vm.ToValue(-1)
		}
		return c.vm.ToValue(1)
	})
	c.utilFunc("hasProperty", func(args []goja.Value) goja.Value {
		if isNullish(arg(args, 0)) {
			return c.vm.ToValue(false)
		}
		return call(c.in.has, goja.Undefined(), args[0].ToObject(c.vm), arg(args, 1))
	})
	c.utilFunc("getPathInfo", func(args []goja.Value) goja.Value {
		info := c.pathInfo(arg(args, 0), c.str(arg(args, 1)))
		o := c.vm.NewObject()
		must(o.Set("parent", info.parent))
		must(o.Set("name", info.name))
		must(o.Set("value", info.value))
		must(o.Set("exists", info.exists))
		return o
	})
	c.utilFunc("getOwnEnumerableProperties", func(args []goja.Value) goja.Value {
		return c.array(c.ownKeys(arg(args, 0)))
	})
	c.utilFunc("getOwnEnumerablePropertySymbols", func(args []goja.Value) goja.Value {
		var out []goja.Value
		for _, s := range arg(args, 0).ToObject(c.vm).Symbols() {
			out = append(out, s)
		}
		return c.array(out)
	})
}

func (c *Chai) array(values []goja.Value) goja.Value {
	items := make([]any, len(values))
	for i, v := range values {
		items[i] = v
	}
	return c.vm.NewArray(items...)
}

// addErrorFuncs adds getOperator and checkError.
func (c *Chai) addErrorFuncs() {
	c.utilFunc("getOperator", func(args []goja.Value) goja.Value {
		a := c.subject(args)
		given, _ := arg(args, 1).(*goja.Object)
		if given == nil {
			return nil
		}
		text := index(given, 1)
		if a.is(negate) {
			text = index(given, 2)
		}
		if op := a.operator(c.messageText(text), index(given, 3)); op != "" {
			return c.vm.ToValue(op)
		}
		return nil
	})
	check := c.vm.NewObject()
	add := func(name string, f func(x, y goja.Value) goja.Value) {
		must(check.Set(name, c.native(name, func(in goja.FunctionCall) goja.Value {
			return f(in.Argument(0), in.Argument(1))
		})))
	}
	add("compatibleInstance", func(x, y goja.Value) goja.Value { return c.vm.ToValue(c.isError(y) && strictEqual(x, y)) })
	add("compatibleConstructor", func(x, y goja.Value) goja.Value { return c.vm.ToValue(c.sameClass(x, y)) })
	add("compatibleMessage", func(x, y goja.Value) goja.Value { return c.vm.ToValue(c.messageFits(x, y)) })
	add("getMessage", func(x, _ goja.Value) goja.Value {
		if !truthy(x) {
			return c.vm.ToValue("")
		}
		return c.errorMessage(x)
	})
	add("getConstructorName", func(x, _ goja.Value) goja.Value { return c.constructorName(x) })
	must(c.util.Set("checkError", check))
}
