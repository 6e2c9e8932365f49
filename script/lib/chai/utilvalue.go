package chai

import (
	"github.com/dop251/goja"

	"posthaste/script/jsvalue"
	"posthaste/script/lib/chai/path"
)

// utilInspect is util.inspect(value, showHidden, depth, colors).
func (c *Chai) utilInspect(args []goja.Value) goja.Value {
	return c.B.String(c.With(jsvalue.Arg(args, 0), jsvalue.Arg(args, 1), jsvalue.Arg(args, 2), jsvalue.Truthy(jsvalue.Arg(args, 3))))
}

func (c *Chai) getPathInfo(args []goja.Value) goja.Value {
	info := path.Find(c.B, jsvalue.Arg(args, 0), c.B.Str(jsvalue.Arg(args, 1)))
	o := c.B.VM.NewObject()
	jsvalue.Must(o.Set("parent", info.Parent))
	jsvalue.Must(o.Set("name", info.Name))
	jsvalue.Must(o.Set("value", info.Value))
	jsvalue.Must(o.Set("exists", info.Exists))
	return o
}

func (c *Chai) hasProperty(args []goja.Value) goja.Value {
	if jsvalue.IsNullish(jsvalue.Arg(args, 0)) {
		return c.B.VM.ToValue(false)
	}
	return jsvalue.Call(c.B.Has, goja.Undefined(), args[0].ToObject(c.B.VM), jsvalue.Arg(args, 1))
}

// getName is the name of a function, null of any other value.
func (c *Chai) getName(args []goja.Value) goja.Value {
	if f, ok := jsvalue.Arg(args, 0).(*goja.Object); ok && jsvalue.IsFunction(f) {
		return f.Get("name")
	}
	return goja.Null()
}

func (c *Chai) compareByInspect(args []goja.Value) goja.Value {
	x, y := c.Library.Inspect(jsvalue.Arg(args, 0)), c.Library.Inspect(jsvalue.Arg(args, 1))
	if jsvalue.LessUnits(x, y) {
		return c.B.VM.ToValue(-1)
	}
	return c.B.VM.ToValue(1)
}

func (c *Chai) ownSymbols(args []goja.Value) goja.Value {
	var out []goja.Value
	for _, s := range jsvalue.Arg(args, 0).ToObject(c.B.VM).Symbols() {
		out = append(out, s)
	}
	return c.B.Array(out)
}
