package inspect

import (
	"github.com/dop251/goja"

	"posthaste/script/jsvalue"
)

// escapes turn a style on and off in a terminal, by the kind of a value or the name of a style.
func escapes(kind string) (on, off string) {
	switch kind {
	case "special", "cyan":
		return "\x1b[36m", "\x1b[39m"
	case "number", "bigint", "boolean", "yellow":
		return "\x1b[33m", "\x1b[39m"
	case "undefined", "grey":
		return "\x1b[90m", "\x1b[39m"
	case "null", "bold":
		return "\x1b[1m", "\x1b[22m"
	case "string", "symbol", "green":
		return "\x1b[32m", "\x1b[39m"
	case "date", "magenta":
		return "\x1b[35m", "\x1b[39m"
	case "regexp", "red":
		return "\x1b[31m", "\x1b[39m"
	case "blue":
		return "\x1b[34m", "\x1b[39m"
	case "dim":
		return "\x1b[2m", "\x1b[22m"
	case "italic":
		return "\x1b[3m", "\x1b[23m"
	case "underline":
		return "\x1b[4m", "\x1b[24m"
	case "inverse":
		return "\x1b[7m", "\x1b[27m"
	case "hidden":
		return "\x1b[8m", "\x1b[28m"
	case "strike":
		return "\x1b[9m", "\x1b[29m"
	case "black":
		return "\x1b[30m", "\x1b[39m"
	case "white":
		return "\x1b[37m", "\x1b[39m"
	}
	return "", ""
}

// style colors a text by the kind of the value.
func (in *inspector) style(text, kind string) string {
	if !in.color {
		return text
	}
	on, off := escapes(kind)
	return on + text + off
}

// custom uses the inspect function of a value that brings one.
func (in *inspector) custom(v *goja.Object, o *options) (string, bool) {
	var out goja.Value
	if f, ok := goja.AssertFunction(symbolProperty(v, in.b.InspectSymbol)); ok {
		out = jsvalue.Call(f, v, in.shown(o))
	} else if f, ok := goja.AssertFunction(v.Get("inspect")); ok {
		opts := in.shown(o)
		out = jsvalue.Call(f, v, opts.Get("depth"), opts)
	}
	if !jsvalue.Truthy(out) {
		return "", false
	}
	if s, ok := out.(goja.String); ok {
		return jsvalue.TextOf(s), true
	}
	return in.inspect(out, o), true
}

// shown are the options as a custom inspect function sees them.
func (in *inspector) shown(o *options) *goja.Object {
	vm := in.b.VM
	left, infinite := vm.ToValue(o.truncate), vm.ToValue(goja.PositiveInf())
	if o.truncate > Unlimited/2 {
		left = infinite
	}
	depth := in.levels
	if jsvalue.IsUndefined(depth) {
		depth = vm.ToValue(2)
	}
	seen := make([]any, len(in.seen))
	for i, v := range in.seen {
		seen[i] = v
	}
	opts := vm.NewObject()
	for _, p := range []struct {
		name  string
		value any
	}{
		{"showHidden", jsvalue.Truthy(in.show)},
		{"depth", depth.ToNumber()},
		{"colors", in.color},
		{"customInspect", true},
		{"showProxy", false},
		{"maxArrayLength", infinite},
		{"breakLength", infinite},
		{"truncate", left},
		{"seen", vm.NewArray(seen...)},
		{"stylize", in.b.Func("stylize", func(call goja.FunctionCall) goja.Value {
			return in.b.String(in.style(in.b.Str(call.Argument(0)), in.b.Str(call.Argument(1))))
		})},
		{"inspect", in.b.Func("inspect", func(call goja.FunctionCall) goja.Value {
			inner := options{truncate: Unlimited}
			if given, ok := call.Argument(1).(*goja.Object); ok && !jsvalue.IsUndefined(given.Get("truncate")) {
				if n := given.Get("truncate").ToFloat(); n < Unlimited {
					inner.truncate = int(n)
				}
			}
			return in.b.String(in.inspect(call.Argument(0), &inner))
		})},
	} {
		jsvalue.Must(opts.Set(p.name, p.value))
	}
	return opts
}
