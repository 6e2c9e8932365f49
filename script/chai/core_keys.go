package chai

import (
	"sort"
	"strings"

	"github.com/dop251/goja"
)

// keys asserts the own enumerable keys of an object, or the keys of a Map or
// the members of a Set.
func (a *Assertion) keys(args []goja.Value) {
	v := orUndefined(a.object)
	kind := a.c.kindOf(v)
	var have, want []goja.Value
	word := ""
	if kind == "Map" || kind == "Set" {
		if a.is(deep) {
			word = "deeply "
		}
		o, _ := v.(*goja.Object)
		have, _ = a.c.entries(o)
		want = a.c.keyArguments(args)
	} else {
		have = a.c.ownKeys(v)
		want = a.objectKeys(args)
	}
	if len(want) == 0 {
		a.Raise("keys required")
	}
	if !a.broken(a.keysHold(want, have)) {
		return
	}
	text := word + a.keyWords(want)
	a.fail(Failure{
		Message: "expected #{this} to " + text, Negated: "expected #{this} to not " + text,
		Expected: a.c.sorted(want), Actual: a.c.sorted(have),
	})
}

// keyArguments are the keys of a Map or Set: an array's items or all arguments.
func (c *Chai) keyArguments(args []goja.Value) []goja.Value {
	if o, ok := arg(args, 0).(*goja.Object); ok && c.kindOf(o) == "Array" {
		return c.items(o)
	}
	return append([]goja.Value(nil), args...)
}

// objectKeys are the keys of an object: an array's items, an object's own keys,
// or all arguments, as strings and symbols.
func (a *Assertion) objectKeys(args []goja.Value) []goja.Value {
	keys := append([]goja.Value(nil), args...)
	first, _ := arg(args, 0).(*goja.Object)
	if first != nil {
		kind := a.c.kindOf(first)
		if len(args) > 1 && (kind == "Array" || kind == "Object") {
			a.Raise("when testing keys against an object or an array you must give a single Array|Object|String argument or multiple String arguments")
		}
		switch kind {
		case "Array":
			keys = a.c.items(first)
		case "Object":
			keys = nil
			for _, name := range first.Keys() {
				keys = append(keys, a.c.vm.ToValue(name))
			}
		}
	}
	for i, key := range keys {
		if _, ok := key.(*goja.Symbol); !ok {
			keys[i] = a.c.valueOf(a.c.str(key))
		}
	}
	return keys
}

// ownKeys are a value's own enumerable names and symbols.
func (c *Chai) ownKeys(v goja.Value) []goja.Value {
	if isNullish(v) {
		c.throwType("Cannot convert undefined or null to object")
	}
	o := v.ToObject(c.vm)
	var out []goja.Value
	for _, name := range o.Keys() {
		out = append(out, c.vm.ToValue(name))
	}
	for _, s := range o.Symbols() {
		out = append(out, s)
	}
	return out
}

func (a *Assertion) keysHold(want, have []goja.Value) bool {
	in := func(key goja.Value) bool {
		for _, h := range have {
			a.c.step()
			if a.same(key, h) {
				return true
			}
		}
		return false
	}
	if a.is(anyKey) {
		for _, key := range want {
			if in(key) {
				return true
			}
		}
		return false
	}
	for _, key := range want {
		if !in(key) {
			return false
		}
	}
	return a.is(contains) || len(want) == len(have)
}

// keyWords is the message's have keys 'a', 'b', and 'c'.
func (a *Assertion) keyWords(want []goja.Value) string {
	texts := make([]string, len(want))
	for i, key := range want {
		texts[i] = a.c.inspect(key)
	}
	verb := "have "
	if a.is(contains) {
		verb = "contain "
	}
	last := len(texts) - 1
	if last == 0 {
		return verb + "key " + texts[0]
	}
	joint := ", and "
	if a.is(anyKey) {
		joint = ", or "
	}
	return verb + "keys " + strings.Join(texts[:last], ", ") + joint + texts[last]
}

// sorted is an array of the values in the order of their inspected texts.
func (c *Chai) sorted(values []goja.Value) goja.Value {
	items := make([]entry, len(values))
	for i, v := range values {
		items[i] = entry{value: v, text: c.inspect(v)}
	}
	sort.SliceStable(items, func(i, j int) bool { return lessUnits(items[i].text, items[j].text) })
	out := make([]any, len(items))
	for i := range items {
		out[i] = items[i].value
	}
	return c.vm.NewArray(out...)
}
