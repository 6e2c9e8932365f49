package weburl

import (
	"strings"

	"github.com/dop251/goja"

	"posthaste/script/jsvalue"
	"posthaste/script/lib/inspect"
)

// A walker goes over a list that may change meanwhile: it keeps the place, as the standard's iterators do (WebIDL, 3.7.10).
type walker struct {
	list *list
	at   int
	pick func(pair [2]string) goja.Value
}

// walks returns what makes entries, keys and values: methods that return an iterator of the class URLSearchParams Iterator.
func (c *classes) walks() func(name string, pick func(pair [2]string) goja.Value) *goja.Object {
	env, vm := c.env, c.env.VM
	proto := vm.NewObject()
	if iterators := c.iteratorPrototype(); iterators != nil {
		_ = proto.SetPrototype(iterators)
	}
	env.Method(proto, "next", 0, func(call goja.FunctionCall) goja.Value {
		w, result := c.walker(call.This), vm.NewObject()
		_ = result.Set("value", goja.Undefined())
		done := w.at >= len(w.list.pairs)
		if !done {
			_ = result.Set("value", w.pick(w.list.pairs[w.at]))
			w.at++
		}
		_ = result.Set("done", done)
		return result
	})
	tag := vm.ToValue("URLSearchParams Iterator")
	_ = proto.DefineDataPropertySymbol(goja.SymToStringTag, tag, goja.FLAG_FALSE, goja.FLAG_TRUE, goja.FLAG_FALSE)
	c.inspection(proto, func(o goja.Value, opt inspect.Options) string {
		w := c.walker(o)
		var rest []string
		for _, pair := range w.list.pairs[min(w.at, len(w.list.pairs)):] {
			rest = append(rest, inspect.Value(vm, w.pick(pair), opt))
		}
		return "URLSearchParams Iterator { " + strings.Join(rest, ", ") + " }"
	})
	return func(name string, pick func(pair [2]string) goja.Value) *goja.Object {
		return env.Func(name, 0, func(call goja.FunctionCall) goja.Value {
			o := vm.NewObject()
			_ = o.SetPrototype(proto)
			c.attach(o, &walker{list: c.list(call.This), pick: pick})
			return o
		})
	}
}

// walker is the state behind an iterator; anything else throws Node's error.
func (c *classes) walker(v goja.Value) *walker {
	if o := jsvalue.Object(v); o != nil {
		if held := o.GetSymbol(c.sym); held != nil {
			if w, ok := held.Export().(*walker); ok {
				return w
			}
		}
	}
	c.env.ThrowCode("TypeError", "ERR_INVALID_THIS", `Value of "this" must be of type URLSearchParamsIterator`)
	return nil
}

// iteratorPrototype is what the prototypes of all iterators inherit from, so that they can be iterated themselves.
func (c *classes) iteratorPrototype() *goja.Object {
	list := c.env.VM.NewArray()
	iterator := jsvalue.Object(c.env.Call(list.GetSymbol(goja.SymIterator), list, "values"))
	if iterator == nil || iterator.Prototype() == nil {
		return nil
	}
	return iterator.Prototype().Prototype()
}
