package chai

import (
	"slices"

	"github.com/dop251/goja"

	"posthaste/script/jsvalue"
	"posthaste/script/lib/chai/assert"
)

// Module is what require("chai") gives. It is made at the first call and the same
// ever after.
func (c *Chai) Module() *goja.Object {
	if c.module != nil {
		return c.module
	}
	class := c.Class()
	c.makeUtil()
	c.addClassMethods(class)
	m := c.B.VM.NewObject()
	should := c.B.Func("loadShould", c.should)
	for _, p := range []struct {
		name  string
		value any
	}{
		{"version", version},
		{"AssertionError", c.ErrorClass()},
		{"use", c.B.Func("", c.use)},
		{"util", c.util},
		{"config", c.Config()},
		{"Assertion", class},
		{"expect", c.expect},
		{"should", should},
		{"Should", should},
		{"assert", assert.New(c.Library)},
	} {
		jsvalue.Must(m.Set(p.name, p.value))
	}
	c.module = m
	return m
}

// addClassMethods adds Assertion.addMethod and its like, which add to the
// prototype of the class they are called on, and the old names of two options.
func (c *Chai) addClassMethods(class *goja.Object) {
	for _, name := range []string{"includeStack", "showDiff"} {
		get := func(goja.FunctionCall) goja.Value { return c.Config().Get(name) }
		set := func(in goja.FunctionCall) goja.Value {
			jsvalue.Must(c.Config().Set(name, in.Argument(0)))
			return nil
		}
		jsvalue.Must(class.DefineAccessorProperty(name, c.B.Func("get", get), c.B.Func("set", set), goja.FLAG_FALSE, goja.FLAG_FALSE))
	}
	for _, name := range []string{
		"addProperty", "addMethod", "addChainableMethod",
		"overwriteProperty", "overwriteMethod", "overwriteChainableMethod",
	} {
		util, _ := goja.AssertFunction(c.util.Get(name))
		jsvalue.Must(class.Set(name, c.B.Func("", func(in goja.FunctionCall) goja.Value {
			on := c.B.At(in.This, "prototype")
			jsvalue.Call(util, goja.Undefined(), append([]goja.Value{on}, in.Arguments...)...)
			return nil
		})))
	}
}

// use runs a plugin once: plugin(chai, utils).
func (c *Chai) use(in goja.FunctionCall) goja.Value {
	plugin, _ := in.Argument(0).(*goja.Object)
	if plugin != nil && slices.Contains(c.used, plugin) {
		return c.module
	}
	f, ok := goja.AssertFunction(in.Argument(0))
	if !ok {
		c.B.ThrowType("fn is not a function")
	}
	jsvalue.Call(f, goja.Undefined(), c.module, c.util)
	c.used = append(c.used, plugin)
	return c.module
}
