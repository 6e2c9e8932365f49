package engine

import (
	"strings"

	"github.com/dop251/goja"

	"posthaste/script/jsvalue"
	"posthaste/script/lib/lazy"
)

// installStringify puts Postman's error in front of JSON.stringify: what cannot be shown is a JSONError there
// (sandbox: liquid-json), and a circle is told with its path as V8 does.
func (r *Realm) installStringify(json *goja.Object) {
	native, _ := goja.AssertFunction(json.Get("stringify"))
	f := r.VM.ToValue(func(call goja.FunctionCall) goja.Value {
		v, err := native(call.This, r.counting(call.Arguments)...)
		if err == nil {
			return v
		}
		if ex, ok := err.(*goja.Exception); ok { //nolint:errorlint // goja returns it bare
			if o, ok := ex.Value().(*goja.Object); ok && o.ClassName() == "Error" {
				r.stringifyError(o, call.Argument(0))
			}
		}
		panic(r.Rethrow(err))
	}).(*goja.Object)
	_ = f.DefineDataProperty("name", r.VM.ToValue("stringify"), goja.FLAG_FALSE, goja.FLAG_TRUE, goja.FLAG_FALSE)
	_ = f.DefineDataProperty("length", r.VM.ToValue(3), goja.FLAG_FALSE, goja.FLAG_TRUE, goja.FLAG_FALSE)
	_ = json.DefineDataProperty("stringify", f, goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE)
}

// counting adds a replacer to the arguments of stringify that ends it when the text grows too long or the script
// was stopped: an object that holds others many times makes more text than any memory holds.
func (r *Realm) counting(args []goja.Value) []goja.Value {
	if len(args) == 0 {
		return args
	}
	if _, ok := args[0].(*goja.Object); !ok {
		return args
	}
	given, hasGiven := goja.Callable(nil), false
	if len(args) > 1 && !goja.IsUndefined(args[1]) && !goja.IsNull(args[1]) {
		if given, hasGiven = goja.AssertFunction(args[1]); !hasGiven {
			return args // a list of names
		}
	}
	size, values := int64(0), 0
	replacer := r.VM.ToValue(func(call goja.FunctionCall) goja.Value {
		v := call.Argument(1)
		if hasGiven {
			replaced, err := given(call.This, call.Arguments...)
			if err != nil {
				panic(r.Rethrow(err))
			}
			v = replaced
		}
		size += 4 + lengthOfText(call.Argument(0)) + lengthOfText(v)
		if values++; size > maxText || values > maxArray {
			panic(jsvalue.NewError(r.VM, "RangeError", "Invalid string length"))
		}
		r.pause()
		return v
	})
	rest := []goja.Value{args[0], replacer}
	if len(args) > 2 {
		rest = append(rest, args[2:]...)
	}
	return rest
}

// stringifyError rewords an error of the engine's own stringify.
func (r *Realm) stringifyError(o *goja.Object, v goja.Value) {
	message := o.Get("message").String()
	circular := message == "Converting circular structure to JSON"
	if !circular && message != "Do not know how to serialize a BigInt" {
		return
	}
	if circular {
		_ = r.VM.Try(func() { message += circle(v) })
	}
	text := r.VM.ToValue(message)
	_ = o.DefineDataProperty("message", text, goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE)
	_ = o.DefineDataProperty("name", r.VM.ToValue("JSONError"), goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE)
}

// maxCircle bounds how many objects the search for a circle looks at.
const maxCircle = 10000

// A link is one step on the way to the circle.
type link struct {
	object *goja.Object
	key    string // of the next object, in this one
}

// circle describes the first circle in v, in V8's layout; "" when what was searched has no circle.
func circle(v goja.Value) string {
	start, ok := v.(*goja.Object)
	if !ok {
		return ""
	}
	path, looked := []link{{object: start}}, 0
	var search func() int // returns where the circle begins on the path, -1 for none
	search = func() int {
		last := &path[len(path)-1]
		if looked++; looked > maxCircle {
			return -1
		}
		for _, key := range last.object.Keys() {
			next, ok := last.object.Get(key).(*goja.Object)
			if !ok {
				continue
			}
			path[len(path)-1].key = key
			for i := range path {
				if path[i].object.SameAs(next) {
					return i
				}
			}
			path = append(path, link{object: next})
			if at := search(); at >= 0 {
				return at
			}
			path = path[:len(path)-1]
			last = &path[len(path)-1]
		}
		return -1
	}
	at := search()
	if at < 0 {
		return ""
	}
	return circleText(path[at:])
}

// circleText shows the circle: where it starts, the first two steps and the last, and what closes it.
func circleText(path []link) string {
	var b strings.Builder
	b.WriteString("\n    --> starting at object with constructor '" + className(path[0].object) + "'")
	for i := 1; i < len(path); i++ {
		if i > 2 && i < len(path)-1 {
			if i == 3 {
				b.WriteString("\n    |     ...")
			}
			continue
		}
		b.WriteString("\n    |     " + keyText(path[i-1]) + " -> object with constructor '" + className(path[i].object) + "'")
	}
	b.WriteString("\n    --- " + keyText(path[len(path)-1]) + " closes the circle")
	return b.String()
}

func keyText(l link) string {
	if lazy.Class(l.object) == "Array" {
		return "index " + l.key
	}
	return "property '" + l.key + "'"
}

func className(o *goja.Object) string {
	if c, ok := o.Get("constructor").(*goja.Object); ok {
		if name := c.Get("name"); name != nil {
			return name.String()
		}
	}
	return "Object"
}
