package chai

import (
	"github.com/dop251/goja"
)

// The functions here are chai's utils for plugins. Most are called with
// Assertion.prototype as ctx; for another object they define an ordinary
// property or method on it, with no chain behind it.

// addFunc makes one of utils.addMethod, addProperty and addChainableMethod.
func (c *Chai) addFunc(name string, add func(ctx *goja.Object, name string, args []goja.Value)) {
	must(c.util.Set(name, c.native(name, func(in goja.FunctionCall) goja.Value {
		ctx, ok := in.Argument(0).(*goja.Object)
		if !ok {
			c.throwType(name + " needs an object to add to")
		}
		add(ctx, c.str(in.Argument(1)), in.Arguments[min(2, len(in.Arguments)):])
		return nil
	})))
}

func (c *Chai) addPluginFuncs() {
	c.addFunc("addMethod", func(ctx *goja.Object, name string, args []goja.Value) {
		if ctx != c.assertionProto {
			must(ctx.Set(name, arg(args, 0)))
			return
		}
		c.AddMethod(name, c.scriptMethod(arg(args, 0)))
	})
	c.addFunc("addProperty", func(ctx *goja.Object, name string, args []goja.Value) {
		if ctx != c.assertionProto {
			must(ctx.DefineAccessorProperty(name, arg(args, 0), nil, goja.FLAG_TRUE, goja.FLAG_FALSE))
			return
		}
		c.AddProperty(name, c.scriptProperty(arg(args, 0)))
	})
	c.addFunc("addChainableMethod", func(ctx *goja.Object, name string, args []goja.Value) {
		if ctx != c.assertionProto {
			must(ctx.Set(name, arg(args, 0)))
			return
		}
		c.AddChainableMethod(name, c.scriptMethod(arg(args, 0)), c.scriptChain(arg(args, 1)))
	})
	c.addFunc("overwriteMethod", c.overwriteMethod)
	c.addFunc("overwriteChainableMethod", c.overwriteChainable)
	c.addFunc("overwriteProperty", c.overwriteProperty)
}

func (c *Chai) overwriteMethod(ctx *goja.Object, name string, args []goja.Value) {
	if ctx != c.assertionProto {
		must(ctx.Set(name, call(c.function(arg(args, 0)), goja.Undefined(), orUndefined(ctx.Get(name)))))
		return
	}
	c.OverwriteMethod(name, func(original Method) Method {
		return func(a *Assertion, in []goja.Value) goja.Value {
			super := c.superMethod(name, original)
			f := call(c.function(arg(args, 0)), goja.Undefined(), super)
			return call(c.function(f), a.value(), in...)
		}
	})
}

func (c *Chai) overwriteChainable(ctx *goja.Object, name string, args []goja.Value) {
	l := c.chains[name]
	if ctx != c.assertionProto || l == nil || l.chain == nil {
		c.throwType("Cannot read properties of undefined (reading 'chainingBehavior')")
	}
	chain := l.chain
	c.overwriteMethod(ctx, name, args)
	c.chains[name].chain = func(a *Assertion) {
		super := c.native(name, func(in goja.FunctionCall) goja.Value {
			chain(c.receiver(in.This))
			return nil
		})
		f := call(c.function(arg(args, 1)), goja.Undefined(), super)
		call(c.function(f), a.value())
	}
}

func (c *Chai) overwriteProperty(ctx *goja.Object, name string, args []goja.Value) {
	if ctx != c.assertionProto {
		c.throwType("overwriteProperty works on chai.Assertion.prototype only")
	}
	c.OverwriteProperty(name, func(original Property) Property {
		return func(a *Assertion) goja.Value {
			super := c.native(name, func(in goja.FunctionCall) goja.Value {
				return c.continued(c.receiver(in.This), original(c.receiver(in.This)))
			})
			f := call(c.function(arg(args, 0)), goja.Undefined(), super)
			return call(c.function(f), a.value())
		}
	})
}

// superMethod is what an overwriting method falls through to.
func (c *Chai) superMethod(name string, m Method) *goja.Object {
	return c.native(name, func(in goja.FunctionCall) goja.Value {
		a := c.receiver(in.This)
		return c.continued(a, m(a, in.Arguments))
	})
}

// continued gives what a link returned, or the next assertion of the chain.
func (c *Chai) continued(a *Assertion, v goja.Value) goja.Value {
	if !isUndefined(v) {
		return v
	}
	return a.next().value()
}

func (c *Chai) scriptMethod(v goja.Value) Method {
	f := c.function(v)
	return func(a *Assertion, args []goja.Value) goja.Value { return call(f, a.value(), args...) }
}

func (c *Chai) scriptProperty(v goja.Value) Property {
	if isUndefined(v) {
		return func(*Assertion) goja.Value { return nil }
	}
	f := c.function(v)
	return func(a *Assertion) goja.Value { return call(f, a.value()) }
}

func (c *Chai) scriptChain(v goja.Value) func(a *Assertion) {
	f, ok := goja.AssertFunction(v)
	if !ok {
		return nil
	}
	return func(a *Assertion) { call(f, a.value()) }
}

func (c *Chai) function(v goja.Value) goja.Callable {
	f, ok := goja.AssertFunction(v)
	if !ok {
		c.throwType(c.inspect(v) + " is not a function")
	}
	return f
}
