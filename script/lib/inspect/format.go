package inspect

import (
	"math"
	"strings"

	"github.com/dop251/goja"

	"posthaste/script/jsvalue"
)

// Format is util.format, which console.log uses: printf-like directives in a first string,
// the other arguments after it with blanks between, strings as they are. Without further
// arguments the string is not searched for directives.
func Format(vm *goja.Runtime, args []goja.Value, opt Options) string {
	var b strings.Builder
	next := 0
	if len(args) > 1 {
		if _, ok := args[0].(goja.String); ok {
			next = 1
			directives(vm, &b, args, &next, opt)
		}
	}
	for ; next < len(args); next++ {
		if b.Len() > 0 || next > 0 {
			b.WriteByte(' ')
		}
		if _, ok := args[next].(goja.String); ok {
			b.WriteString(args[next].String())
		} else {
			b.WriteString(Value(vm, args[next], opt))
		}
	}
	return b.String()
}

// directives replaces %s and its like, as long as there are arguments; *next is the next one.
// An unknown directive stays as it is written, "%%" is one sign.
func directives(vm *goja.Runtime, b *strings.Builder, args []goja.Value, next *int, opt Options) {
	text := args[0].String()
	for {
		i := strings.IndexByte(text, '%')
		if i < 0 || i+1 >= len(text) {
			b.WriteString(text)
			return
		}
		b.WriteString(text[:i])
		c := text[i+1]
		switch {
		case c == '%':
			b.WriteByte('%')
		case *next < len(args) && strings.IndexByte("sdifjoOc", c) >= 0:
			b.WriteString(directive(vm, c, args[*next], opt))
			*next++
		default:
			b.WriteByte('%')
			text = text[i+1:]
			continue
		}
		text = text[i+2:]
	}
}

// directive formats one argument as Node's util.format does. c is the letter behind the "%".
func directive(vm *goja.Runtime, c byte, v goja.Value, opt Options) string {
	p := newPrinter(vm, opt)
	_, isObject := v.(*goja.Object)
	_, isSymbol := v.(*goja.Symbol)
	switch c {
	case 's':
		return asText(vm, v, opt)
	case 'd', 'i', 'f':
		switch {
		case goja.IsBigInt(v) && c != 'f':
			return v.String() + "n"
		case isSymbol, isObject && c == 'd':
			return "NaN"
		case c == 'd':
			return p.primitive(v.ToNumber())
		}
		return p.primitive(parse(vm, c, v))
	case 'j':
		return asJSON(vm, v)
	case 'o':
		depth := 4 // Node: depth 4 and hidden properties
		opt.Depth, opt.ShowHidden = &depth, true
		return Value(vm, v, opt)
	case 'O':
		return Value(vm, v, opt)
	}
	return "" // %c takes a style and shows nothing
}

// parse calls parseInt or parseFloat, so that "12px" is 12.
func parse(vm *goja.Runtime, c byte, v goja.Value) goja.Value {
	name := "parseFloat"
	if c == 'i' {
		name = "parseInt"
	}
	fn, ok := goja.AssertFunction(vm.GlobalObject().Get(name))
	if !ok {
		return vm.ToValue(math.NaN())
	}
	n, err := fn(nil, v)
	if err != nil {
		panic(err)
	}
	return n
}

// asText is %s: String(v), but objects that have only the built-in toString are inspected
// without their inner objects.
func asText(vm *goja.Runtime, v goja.Value, opt Options) string {
	o := jsvalue.Object(v)
	if o == nil {
		if _, ok := v.(goja.String); ok {
			return v.String()
		}
		return newPrinter(vm, opt).primitive(v)
	}
	if _, callable := goja.AssertFunction(o); callable || ownToString(o) {
		return o.String()
	}
	depth := 0
	opt.Depth = &depth
	return Value(vm, v, opt)
}

// ownToString says whether a script defined toString on the object or its class. Built-in
// functions show "[native code]" as their source.
func ownToString(o *goja.Object) bool {
	for at := o; at != nil; at = at.Prototype() {
		for _, name := range at.GetOwnPropertyNames() {
			if name == "toString" {
				fn := jsvalue.Object(at.Get("toString"))
				return fn != nil && !strings.Contains(fn.String(), "[native code]")
			}
		}
	}
	return false
}

// asJSON is %j, JSON.stringify. A cycle is "[Circular]"; any other error of toJSON is the
// script's and is thrown.
func asJSON(vm *goja.Runtime, v goja.Value) string {
	json, ok := vm.GlobalObject().Get("JSON").(*goja.Object)
	if !ok {
		return "undefined"
	}
	stringify, ok := goja.AssertFunction(json.Get("stringify"))
	if !ok {
		return "undefined"
	}
	text, err := stringify(json, v)
	if err != nil {
		if strings.Contains(err.Error(), "ircular") {
			return "[Circular]"
		}
		panic(err)
	}
	return text.String()
}
