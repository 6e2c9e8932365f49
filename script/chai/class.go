package chai

import (
	"github.com/dop251/goja"
)

// makeAssertion builds the Assertion class. Its prototype shows the chain only
// once a script asks for the module: reading goes through handler anyway.
func (c *Chai) makeAssertion() {
	c.assertion = c.vm.ToValue(func(call goja.ConstructorCall) *goja.Object {
		a := &Assertion{c: c, object: call.Argument(0)}
		if msg := call.Argument(1); truthy(msg) {
			a.message = msg
		}
		return a.value()
	}).(*goja.Object)
	must(c.assertion.DefineDataProperty("name", c.vm.ToValue("Assertion"),
		goja.FLAG_FALSE, goja.FLAG_TRUE, goja.FLAG_FALSE))
	c.assertionProto = proto(c.assertion)
	c.hide(c.assertionProto, "assert", c.native("assert", c.scriptAssert))
}

// scriptAssert is Assertion.prototype.assert(expr, msg, negateMsg, expected,
// actual, showDiff), which plugins build on. A message may be a function.
func (c *Chai) scriptAssert(call goja.FunctionCall) goja.Value {
	a, args := c.receiver(call.This), call.Arguments
	if !a.broken(truthy(arg(args, 0))) {
		return nil
	}
	f := Failure{Expected: arg(args, 3)}
	if a.is(negate) {
		f.Negated = c.messageText(arg(args, 2))
	} else {
		f.Message = c.messageText(arg(args, 1))
	}
	if len(args) > 4 {
		f.Actual = args[4]
	}
	show := arg(args, 5)
	f.NoDiff = typeOf(show) == "boolean" && !show.ToBoolean()
	a.fail(f)
	return nil
}

func (c *Chai) messageText(v goja.Value) string {
	if f, ok := goja.AssertFunction(v); ok {
		v = call(f, goja.Undefined())
	}
	if !truthy(v) {
		return ""
	}
	return c.str(v)
}

// show defines a link of the chain on Assertion.prototype, for scripts that look
// there for what exists or take a getter from it.
func (c *Chai) show(name string) {
	getter := c.native(name, func(call goja.FunctionCall) goja.Value {
		if call.This == goja.Value(c.assertionProto) {
			return nil
		}
		return (*handler)(c.receiver(call.This)).Get(name)
	})
	must(c.assertionProto.DefineAccessorProperty(name, getter, nil, goja.FLAG_TRUE, goja.FLAG_FALSE))
}

// addClassMethods adds Assertion.addMethod and its like.
func (c *Chai) addClassMethods() {
	for _, name := range []string{
		"addProperty", "addMethod", "addChainableMethod",
		"overwriteProperty", "overwriteMethod", "overwriteChainableMethod",
	} {
		util, _ := goja.AssertFunction(c.util.Get(name))
		must(c.assertion.Set(name, c.native(name, func(in goja.FunctionCall) goja.Value {
			call(util, goja.Undefined(), append([]goja.Value{c.assertionProto}, in.Arguments...)...)
			return nil
		})))
	}
}
