// Package inspect prints JavaScript values as chai's messages show them, which is
// what loupe 2.3 does: cut to a number of UTF-16 units, with the number of items
// that were left out.
package inspect

import (
	"strings"

	"github.com/dop251/goja"

	"posthaste/script/jsvalue"
)

const (
	// Unlimited is a truncation length that no text reaches.
	Unlimited = 1 << 50
	// maxDepth and maxNodes bound an inspection. The texts of messages are cut
	// far earlier, but chai looks at two items a level to know where to cut.
	maxDepth = 200
	maxNodes = 100_000
	// maxWalk is the nesting of all walks of the runtime at which printing ends.
	maxWalk = 8000
)

// A Printer prints the values of one runtime.
type Printer struct {
	B *jsvalue.Builtins
	// Threshold is config.truncateThreshold, the length in UTF-16 units that a text
	// is cut to; 0 means no limit.
	Threshold func() int
}

// options are the state that loupe hands down: how many characters are left.
// Functions take away what they have used, and each value gets its own copy.
type options struct{ truncate int }

// An inspector prints one value.
type inspector struct {
	b     *jsvalue.Builtins
	color bool
	seen  []*goja.Object // the objects being printed, outermost first
	nodes int
	most  int // the depth at which printing ends

	show, levels goja.Value // showHidden and depth, which custom functions are given
}

// Inspect is chai's util.inspect. Getters and inspect functions of the value run,
// and may throw.
func (p *Printer) Inspect(v goja.Value) string { return p.inspect(v, false, nil, nil) }

// With is util.inspect with its other arguments: showHidden and depth, which only
// custom inspect functions see, and whether to add the escapes of a terminal's colors.
func (p *Printer) With(v, showHidden, depth goja.Value, color bool) string {
	return p.inspect(v, color, showHidden, depth)
}

func (p *Printer) inspect(v goja.Value, color bool, showHidden, depth goja.Value) string {
	limit := p.Threshold()
	if limit == 0 {
		limit = Unlimited
	}
	return p.run(inspector{b: p.B, color: color, show: showHidden, levels: depth}, v, limit)
}

// Print inspects within a limit of UTF-16 units.
func (p *Printer) Print(v goja.Value, limit int) string {
	return p.run(inspector{b: p.B}, v, limit)
}

// run leaves the shared depth as it was even when a getter throws.
func (p *Printer) run(in inspector, v goja.Value, limit int) string {
	before := p.B.Depth
	defer func() { p.B.Depth = before }()
	in.most = before + maxDepth
	return in.inspect(jsvalue.OrUndefined(v), &options{truncate: limit})
}

// Display is chai's util.objDisplay: the value as failure messages show it, with a
// summary in place of what is longer than the threshold.
func (p *Printer) Display(v goja.Value) string {
	text := p.Inspect(v)
	limit := p.Threshold()
	if limit == 0 || jsvalue.Length(text) < limit {
		return text
	}
	o, ok := v.(*goja.Object)
	if !ok {
		return text
	}
	switch p.B.TagOf(o) {
	case "Function":
		if name := o.Get("name"); jsvalue.Truthy(name) {
			return "[Function: " + p.B.Str(name) + "]"
		}
		return "[Function]"
	case "Array":
		return "[ Array(" + p.B.Str(o.Get("length")) + ") ]"
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
	if in.b.Depth >= min(in.most, maxWalk) || in.nodes > maxNodes {
		return jsvalue.Ellipsis
	}
	in.b.Depth++
	text := in.object(obj, &o)
	in.b.Depth--
	return text
}

// primitive prints what is not an object.
func (in *inspector) primitive(v goja.Value, o *options) string {
	switch x := v.(type) {
	case goja.String:
		return in.quote(jsvalue.TextOf(x), o)
	case *goja.Symbol:
		return jsvalue.SymbolText(x)
	}
	switch kind := jsvalue.TypeOf(v); kind {
	case "number":
		return in.style(numberText(v, o), "number")
	case "bigint":
		text := jsvalue.Truncate(v.String(), o.truncate-1)
		if text != jsvalue.Ellipsis {
			text += "n"
		}
		return in.style(text, "bigint")
	case "object":
		return in.style("null", "null")
	default:
		return in.style(v.String(), kind)
	}
}

// object prints an object by its tag, a class by its name.
func (in *inspector) object(v *goja.Object, o *options) string {
	if jsvalue.IsFunction(v) {
		name := v.Get("name")
		if !jsvalue.Truthy(name) {
			return in.style("[Function]", "special")
		}
		return in.style("[Function "+jsvalue.Truncate(in.b.Str(name), o.truncate-11)+"]", "special")
	}
	tag := in.b.TagOf(v)
	if text, ok := in.builtin(v, tag, o); ok {
		return text
	}
	if text, ok := in.custom(v, o); ok {
		return text
	}
	p := v.Prototype()
	if p == in.b.ObjectProto || p == nil {
		return in.properties(v, o)
	}
	maker := v.Get("constructor")
	if maker == nil || jsvalue.StrictEqual(maker, in.b.ObjectProto.Get("constructor")) {
		return in.properties(v, o)
	}
	return in.class(v, maker, o)
}

// class prints an instance: its class, then its properties.
func (in *inspector) class(v *goja.Object, maker goja.Value, o *options) string {
	name := ""
	if tag := v.GetSymbol(goja.SymToStringTag); jsvalue.Truthy(tag) {
		name = in.b.Str(tag)
	}
	if f, ok := maker.(*goja.Object); ok && name == "" && jsvalue.IsFunction(f) {
		if n := f.Get("name"); jsvalue.Truthy(n) {
			name = in.b.Str(n)
		}
	}
	if name == "" || name == "_class" {
		name = "<Anonymous Class>"
	}
	o.truncate -= jsvalue.Length(name)
	return name + in.properties(v, o)
}

func symbolProperty(o *goja.Object, sym *goja.Symbol) goja.Value {
	if sym == nil {
		return nil
	}
	return o.GetSymbol(sym)
}
