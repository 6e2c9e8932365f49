package chai

import (
	"github.com/dop251/goja"

	"posthaste/script/jsvalue"
	"posthaste/script/lib/chai/assert"
)

// should gives every object a should, and returns the functions of that style.
func (c *Chai) should(goja.FunctionCall) goja.Value {
	get := c.B.Func("shouldGetter", func(in goja.FunctionCall) goja.Value {
		v := in.This
		if o, ok := v.(*goja.Object); ok {
			switch c.B.TagOf(o) {
			case "String", "Number", "Boolean", "Symbol", "BigInt":
				v = c.B.Invoke(o, "this", "valueOf")
			}
		}
		return c.Library.Expect(v, goja.Null()).Value()
	})
	set := c.B.Func("shouldSetter", func(in goja.FunctionCall) goja.Value {
		if o, ok := in.This.(*goja.Object); ok {
			jsvalue.Must(o.DefineDataProperty("should", in.Argument(0), goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_TRUE))
		}
		return nil
	})
	jsvalue.Must(c.B.ObjectProto.DefineAccessorProperty("should", get, set, goja.FLAG_TRUE, goja.FLAG_FALSE))
	style, not := c.B.VM.NewObject(), c.B.VM.NewObject()
	jsvalue.Must(style.Set("fail", c.FailFunc("should.fail()")))
	for _, m := range []struct{ name, spec string }{
		{"equal", "equal/1"}, {"Throw", "Throw/2"}, {"exist", ".exist"},
	} {
		jsvalue.Must(style.Set(m.name, assert.Func(c.Library, m.name, assert.Parse(c.Library, m.spec))))
		jsvalue.Must(not.Set(m.name, assert.Func(c.Library, m.name, assert.Parse(c.Library, "not "+m.spec))))
	}
	jsvalue.Must(style.Set("not", not))
	jsvalue.Must(style.Set("throw", style.Get("Throw")))
	jsvalue.Must(not.Set("throw", not.Get("Throw")))
	return style
}
