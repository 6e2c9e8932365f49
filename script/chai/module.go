package chai

import (
	"slices"
	"sort"
	"strings"

	"github.com/dop251/goja"
)

// Module is what require("chai") gives. It is made at the first call and the same
// ever after.
func (c *Chai) Module() *goja.Object {
	if c.module != nil {
		return c.module
	}
	c.makeUtil()
	c.addClassMethods()
	c.config = c.vm.NewObject()
	for _, p := range []struct {
		name  string
		value goja.Value
	}{
		{"includeStack", c.vm.ToValue(false)},
		{"showDiff", c.vm.ToValue(true)},
		{"truncateThreshold", c.vm.ToValue(40)},
		{"useProxy", c.vm.ToValue(true)},
		{"proxyExcludedKeys", c.vm.NewArray("then", "catch", "inspect", "toJSON")},
		{"deepEqual", goja.Null()},
	} {
		must(c.config.Set(p.name, p.value))
	}
	m := c.vm.NewObject()
	must(m.Set("version", version))
	must(m.Set("AssertionError", c.errorCtor))
	must(m.Set("use", c.native("use", c.use)))
	must(m.Set("util", c.util))
	must(m.Set("config", c.config))
	must(m.Set("Assertion", c.assertion))
	must(m.Set("expect", c.expect))
	should := c.native("should", c.should)
	must(m.Set("should", should))
	must(m.Set("Should", should))
	must(m.Set("assert", c.makeAssert()))
	c.module = m
	for _, name := range c.order {
		c.show(name)
	}
	return m
}

// use runs a plugin once: plugin(chai, utils).
func (c *Chai) use(in goja.FunctionCall) goja.Value {
	f := c.function(in.Argument(0))
	plugin, _ := in.Argument(0).(*goja.Object)
	if !slices.Contains(c.used, plugin) {
		c.used = append(c.used, plugin)
		call(f, goja.Undefined(), c.module, c.util)
	}
	return c.module
}

// should gives every object a should, and returns the functions of that style.
func (c *Chai) should(goja.FunctionCall) goja.Value {
	get := c.native("should", func(in goja.FunctionCall) goja.Value {
		v := in.This
		if o, ok := v.(*goja.Object); ok {
			switch o.ClassName() {
			case "String", "Number", "Boolean":
				v = c.invoke(o, "this", "valueOf")
			}
		}
		return (&Assertion{c: c, object: v}).value()
	})
	set := c.native("should", func(in goja.FunctionCall) goja.Value {
		if o, ok := in.This.(*goja.Object); ok {
			must(o.DefineDataProperty("should", in.Argument(0), goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_TRUE))
		}
		return nil
	})
	must(c.in.objectProto.DefineAccessorProperty("should", get, set, goja.FLAG_TRUE, goja.FLAG_FALSE))
	style, not := c.vm.NewObject(), c.vm.NewObject()
	must(style.Set("fail", c.failFunc("should.fail()")))
	for name, s := range map[string]spec{
		"equal": {call: "equal", args: 1}, "exist": {read: "exist"},
		"Throw": {call: "throw", args: 2}, "throw": {call: "throw", args: 2},
	} {
		must(style.Set(name, c.assertFunc(name, s)))
		s.flags = negate
		must(not.Set(name, c.assertFunc(name, s)))
	}
	must(style.Set("not", not))
	return style
}

// makeAssert builds the assert function with all of its members.
func (c *Chai) makeAssert() *goja.Object {
	assert := c.native("assert", func(in goja.FunctionCall) goja.Value {
		a := &Assertion{c: c, object: goja.Null()}
		if !truthy(in.Argument(0)) {
			a.fail(Failure{Message: c.messageText(in.Argument(1))})
		}
		return nil
	})
	must(assert.Set("fail", c.failFunc("assert.fail()")))
	specs := assertSpecs()
	names := make([]string, 0, len(specs))
	for name := range specs {
		names = append(names, name)
	}
	sort.Strings(names)
	for _, name := range names {
		must(assert.Set(name, c.assertFunc(name, c.parseSpec(specs[name]))))
	}
	c.addLoose(assert)
	c.addOperator(assert)
	c.addChangeFuncs(assert)
	for _, alias := range []string{
		"isOk ok", "isNotOk notOk", "throws throw", "throws Throw", "isExtensible extensible",
		"isNotExtensible notExtensible", "isSealed sealed", "isNotSealed notSealed", "isFrozen frozen",
		"isNotFrozen notFrozen", "isEmpty empty", "isNotEmpty notEmpty",
	} {
		name, as, _ := strings.Cut(alias, " ")
		must(assert.Set(as, assert.Get(name)))
	}
	return assert
}
