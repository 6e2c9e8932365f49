package chai

import (
	"strings"

	"github.com/dop251/goja"
)

const (
	ellipsis = "…"
	// unlimited is a truncation length that no text reaches.
	unlimited = 1 << 50
	// maxDepth and maxNodes bound an inspection. The texts of messages are cut
	// far earlier, but chai looks at two items a level to know where to cut.
	maxDepth = 200
	maxNodes = 100_000
)

// options are the state that loupe hands down: how many characters are left.
// Functions take away what they have used, and each value gets its own copy.
type options struct{ truncate int }

// An inspector prints one value.
type inspector struct {
	c     *Chai
	seen  []*goja.Object // the objects being printed, outermost first
	nodes int
	most  int // the depth at which printing ends
}

// Inspect is the value as failure messages show it: chai's objDisplay, which
// puts a summary in place of what is longer than config.truncateThreshold (40).
// Getters and inspect functions of the value run, and may throw.
func (c *Chai) Inspect(v goja.Value) string { return printable(c.display(v)) }

// threshold is config.truncateThreshold, 0 for none.
func (c *Chai) threshold() int {
	if c.config == nil {
		return 40
	}
	v := c.config.Get("truncateThreshold")
	if !truthy(v) {
		return 0
	}
	return int(v.ToInteger())
}

// inspect is chai's util.inspect.
func (c *Chai) inspect(v goja.Value) string {
	limit := c.threshold()
	if limit == 0 {
		limit = unlimited
	}
	return c.print(orUndefined(v), limit)
}

// print inspects within a limit of characters, and leaves the shared depth as it
// was even when a getter throws.
func (c *Chai) print(v goja.Value, limit int) string {
	before := c.depth
	defer func() { c.depth = before }()
	in := inspector{c: c, most: before + maxDepth}
	return in.inspect(v, &options{truncate: limit})
}

// display is chai's util.objDisplay.
func (c *Chai) display(v goja.Value) string {
	text := c.inspect(v)
	limit := c.threshold()
	if limit == 0 || length(text) < limit {
		return text
	}
	o, ok := v.(*goja.Object)
	if !ok {
		return text
	}
	switch c.tagOf(o) {
	case "Function":
		if name := o.Get("name"); truthy(name) {
			return "[Function: " + c.str(name) + "]"
		}
		return "[Function]"
	case "Array":
		return "[ Array(" + c.str(o.Get("length")) + ") ]"
	case "Object":
		keys := o.Keys()
		if len(keys) > 2 {
			keys = append(keys[:2:2], "...")
		}
		return "{ Object (" + strings.Join(keys, ", ") + ") }"
	}
	return text
}

// inspect prints a value within what is left of the options, which stay as
// they are.
func (in *inspector) inspect(v goja.Value, left *options) string {
	o := *left
	obj, ok := v.(*goja.Object)
	if !ok {
		return in.primitive(v, &o)
	}
	in.nodes++
	if in.c.depth >= min(in.most, maxEqualDepth) || in.nodes > maxNodes {
		return ellipsis
	}
	in.c.depth++
	text := in.object(obj, &o)
	in.c.depth--
	return text
}

// primitive prints what is not an object.
func (in *inspector) primitive(v goja.Value, o *options) string {
	switch x := v.(type) {
	case goja.String:
		return quote(textOf(x), o)
	case *goja.Symbol:
		return symbolText(x)
	}
	switch typeOf(v) {
	case "number":
		return numberText(v, o)
	case "bigint":
		text := truncate(v.String(), o.truncate-1)
		if text != ellipsis {
			text += "n"
		}
		return text
	}
	return v.String()
}

// object prints an object by its tag, a class by its name.
func (in *inspector) object(v *goja.Object, o *options) string {
	if isFunction(v) {
		name := v.Get("name")
		if !truthy(name) {
			return "[Function]"
		}
		return "[Function " + truncate(in.c.str(name), o.truncate-11) + "]"
	}
	tag := in.c.tagOf(v)
	if text, ok := in.builtin(v, tag, o); ok {
		return text
	}
	if text, ok := in.custom(v, o); ok {
		return text
	}
	p := v.Prototype()
	if p == in.c.in.objectProto || p == nil {
		return in.properties(v, o)
	}
	maker := v.Get("constructor")
	if maker == nil || strictEqual(maker, in.c.in.objectProto.Get("constructor")) {
		return in.properties(v, o)
	}
	return in.class(v, maker, o)
}

// class prints an instance: its class, then its properties.
func (in *inspector) class(v *goja.Object, maker goja.Value, o *options) string {
	name := ""
	if tag := v.GetSymbol(goja.SymToStringTag); truthy(tag) {
		name = in.c.str(tag)
	}
	if f, ok := maker.(*goja.Object); ok && name == "" && isFunction(f) {
		if n := f.Get("name"); truthy(n) {
			name = in.c.str(n)
		}
	}
	if name == "" || name == "_class" {
		name = "<Anonymous Class>"
	}
	o.truncate -= length(name)
	return name + in.properties(v, o)
}

// custom uses the inspect function of a value that brings one.
func (in *inspector) custom(v *goja.Object, o *options) (string, bool) {
	var out goja.Value
	depth, opts := in.c.vm.ToValue(2), in.c.vm.NewObject()
	must(opts.Set("truncate", o.truncate))
	must(opts.Set("depth", depth))
	if f, ok := goja.AssertFunction(symbolProperty(v, in.c.in.inspectSymbol)); ok {
		out = call(f, v, opts)
	} else if f, ok := goja.AssertFunction(v.Get("inspect")); ok {
		out = call(f, v, depth, opts)
	}
	if !truthy(out) {
		return "", false
	}
	if s, ok := out.(goja.String); ok {
		return textOf(s), true
	}
	return in.inspect(out, o), true
}

func symbolProperty(o *goja.Object, sym *goja.Symbol) goja.Value {
	if sym == nil {
		return nil
	}
	return o.GetSymbol(sym)
}
