// Package console is the console of scripts: each call becomes a line of the text that newman prints.
//
// Arguments are printed as Node's util.inspect prints them, after they crossed from the sandbox as they do in
// Postman.
package console

import (
	"reflect"
	"strconv"

	"github.com/dop251/goja"

	"posthaste/script/lib"
	"posthaste/script/lib/inspect"
	"posthaste/script/lib/lazy"
)

// A Console shows values of a realm as newman's console does.
type Console struct {
	env     *lib.Env
	rethrow func(err error) any
	compat  bool
}

// New returns the console of a realm. rethrow says what to panic with for an error of the engine; compat is newman's layout.
func New(env *lib.Env, rethrow func(err error) any, compat bool) *Console {
	return &Console{env: env, rethrow: rethrow, compat: compat}
}

// Object makes the console object. What its methods are given goes to print while heard says so.
func (c *Console) Object(heard func() bool, print func(level string, args []string)) *goja.Object {
	o := c.env.VM.NewObject()
	for _, level := range []string{"log", "info", "warn", "error", "debug", "clear"} {
		_ = o.Set(level, c.env.Func(level, 0, func(call goja.FunctionCall) goja.Value {
			if !heard() {
				return goja.Undefined()
			}
			args := make([]string, len(call.Arguments))
			for i, v := range call.Arguments {
				args[i] = c.Text(v)
			}
			print(level, args)
			return goja.Undefined()
		}))
	}
	return o
}

// newman's inspect options: the depth is its own, the width that of a run without a terminal.
const (
	consoleDepth  = 25
	consoleColumn = 44
)

// Text shows a value as newman's console does: as util.inspect, strings in quotes, after it crossed from the
// sandbox.
func (c *Console) Text(v goja.Value) string {
	depth := consoleDepth
	options := inspect.Options{Depth: &depth}
	if c.compat {
		options.BreakLength = consoleColumn
	}
	if o, ok := v.(*goja.Object); ok {
		crossing := crossing{Console: c, seen: map[*goja.Object]goja.Value{}}
		if ex := c.env.VM.Try(func() { v = crossing.value(o, 0) }); ex != nil {
			v = o
		}
	} else if goja.IsNumber(v) && v.ToFloat() == 0 {
		v = c.env.VM.ToValue(0) // -0 does not cross
	}
	return inspect.Value(c.env.VM, v, options)
}

// A crossing copies values as they cross from newman's sandbox: functions are their names, errors lose their
// stack, what has a toJSON is what that returns, and instances of classes are plain objects.
type crossing struct {
	*Console
	seen map[*goja.Object]goja.Value
	n    int
}

// maxCrossing is how many objects of one argument cross; the rest is shown as it is.
const maxCrossing = 10000

// value copies a value as Postman does when it hands the arguments of console.log from the sandbox to the runtime:
// depth and size are bounded, and functions become their names.
func (c *crossing) value(v goja.Value, depth int) goja.Value {
	o, ok := v.(*goja.Object)
	if !ok {
		return v
	}
	if copied, ok := c.seen[o]; ok {
		return copied
	}
	if c.n++; c.n > maxCrossing || depth > consoleDepth {
		return o
	}
	if _, ok := goja.AssertFunction(o); ok {
		name := ""
		if n := o.Get("name"); n != nil && n.String() != "" {
			name = ": " + n.String()
		}
		return c.env.VM.ToValue("[Function" + name + "]")
	}
	switch lazy.Class(o) {
	case "Error":
		return c.plainError(o)
	case "Array":
		return c.array(o, depth)
	case "Object", "Promise":
		if isView(o) {
			return o
		}
		return c.object(o, depth)
	}
	return o
}

// isView recognises typed arrays and buffers, which cross as they are.
func isView(o *goja.Object) bool {
	switch reflect.Zero(o.ExportType()).Interface().(type) { // Export itself would copy all that o leads to
	case goja.ArrayBuffer, []byte, []int8, []int16, []uint16, []int32, []uint32, []float32, []float64:
		return true
	}
	return false
}

// A list is remembered before its elements are copied, so that a list within itself ends.
func (c *crossing) array(o *goja.Object, depth int) goja.Value {
	n := o.Get("length").ToInteger()
	if n > maxCrossing {
		return o
	}
	items := make([]any, n)
	for i := range items {
		if items[i] = o.Get(strconv.Itoa(i)); items[i] == nil {
			return o // holes are shown as such
		}
	}
	list := c.env.VM.NewArray(items...)
	c.seen[o] = list
	for i := range items {
		_ = list.Set(strconv.Itoa(i), c.value(items[i].(goja.Value), depth+1))
	}
	return list
}

// object asks toJSON first, as JSON.stringify would, but only once: one that returns itself would never end.
func (c *crossing) object(o *goja.Object, depth int) goja.Value {
	if toJSON, ok := goja.AssertFunction(o.Get("toJSON")); ok {
		v, err := toJSON(o)
		if err != nil {
			panic(c.rethrow(err))
		}
		if plain, ok := v.(*goja.Object); !ok || plain == o {
			return v
		} else if _, again := goja.AssertFunction(plain.Get("toJSON")); again {
			return plain
		}
		v = c.value(v, depth)
		c.seen[o] = v
		return v
	}
	plain := c.env.VM.NewObject()
	c.seen[o] = plain
	for _, key := range o.Keys() {
		_ = plain.DefineDataProperty(key, c.value(o.Get(key), depth+1), goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_TRUE)
	}
	return plain
}

// plainError is an Error as it crosses from newman's sandbox: without its stack.
func (c *Console) plainError(o *goja.Object) goja.Value {
	plain := c.env.VM.NewObject()
	_ = plain.Set("type", "Error")
	_ = c.env.VM.Try(func() {
		_ = plain.Set("name", o.Get("name"))
		_ = plain.Set("message", o.Get("message"))
	})
	return plain
}

// InstallErrorJSON gives errors the toJSON that Postman's sandbox gives them.
func (c *Console) InstallErrorJSON() {
	proto := c.env.VM.Get("Error").ToObject(c.env.VM).Get("prototype").ToObject(c.env.VM)
	c.env.Method(proto, "toJSON", 0, func(call goja.FunctionCall) goja.Value {
		if o, ok := call.This.(*goja.Object); ok {
			return c.plainError(o)
		}
		return goja.Undefined()
	})
}
