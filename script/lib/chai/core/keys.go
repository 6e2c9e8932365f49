package core

import (
	"sort"
	"strings"

	"github.com/dop251/goja"

	"posthaste/script/jsvalue"
	"posthaste/script/lib/chai/assertion"
)

// keys asserts the own enumerable keys of an object, the keys of a Map, or the members of a
// Set. No keys at all is a misuse.
func keys(a *assertion.Assertion, args []goja.Value) {
	v := a.Object()
	kind := a.Builtins().KindOf(v)
	var have, want []goja.Value
	word := ""
	if kind == "Map" || kind == "Set" {
		if a.Is(assertion.Deep) {
			word = "deeply "
		}
		o, _ := v.(*goja.Object)
		have, _ = a.Builtins().Entries(o)
		want = keyArguments(a.Library(), args)
	} else {
		have = a.Builtins().OwnKeys(v)
		want = objectKeys(a, args)
	}
	if len(want) == 0 {
		a.Raise("keys required")
	}
	a.Check(keysHold(a, want, have), func() assertion.Failure {
		text := word + keyWords(a, want)
		return assertion.Failure{
			Message: "expected #{this} to " + text, Negated: "expected #{this} to not " + text,
			Expected: sorted(a.Library(), want), Actual: sorted(a.Library(), have),
		}
	})
}

// keyArguments are the keys of a Map or Set: an array's items or all arguments, of any type.
func keyArguments(l *assertion.Library, args []goja.Value) []goja.Value {
	if o, ok := jsvalue.Arg(args, 0).(*goja.Object); ok && l.B.KindOf(o) == "Array" {
		return l.B.Items(o)
	}
	return append([]goja.Value(nil), args...)
}

// objectKeys are the keys of an object as strings and symbols: an array's items, an object's
// own keys, or all arguments.
func objectKeys(a *assertion.Assertion, args []goja.Value) []goja.Value {
	keys := append([]goja.Value(nil), args...)
	first, _ := jsvalue.Arg(args, 0).(*goja.Object)
	if first != nil {
		kind := a.Builtins().KindOf(first)
		if len(args) > 1 && (kind == "Array" || kind == "Object") {
			a.Raise("when testing keys against an object or an array you must give a single Array|Object|String argument or multiple String arguments")
		}
		switch kind {
		case "Array":
			keys = a.Builtins().Items(first)
		case "Object":
			keys = nil
			for _, name := range first.Keys() {
				keys = append(keys, a.Runtime().ToValue(name))
			}
		}
	}
	for i, key := range keys {
		if _, ok := key.(*goja.Symbol); !ok {
			keys[i] = a.Builtins().String(a.Builtins().Str(key))
		}
	}
	return keys
}

// keysHold decides on .any, .all and .contain. Without .contain the subject must have no
// other keys.
func keysHold(a *assertion.Assertion, want, have []goja.Value) bool {
	in := func(key goja.Value) bool {
		for _, h := range have {
			a.Builtins().Step()
			if same(a, key, h) {
				return true
			}
		}
		return false
	}
	if a.Is(assertion.Any) {
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
	return a.Is(assertion.Contains) || len(want) == len(have)
}

// keyWords is the message's "have keys 'a', 'b', and 'c'".
func keyWords(a *assertion.Assertion, want []goja.Value) string {
	texts := make([]string, len(want))
	for i, key := range want {
		texts[i] = a.Library().Inspect(key)
	}
	verb := "have "
	if a.Is(assertion.Contains) {
		verb = "contain "
	}
	last := len(texts) - 1
	if last == 0 {
		return verb + "key " + texts[0]
	}
	joint := ", and "
	if a.Is(assertion.Any) {
		joint = ", or "
	}
	return verb + "keys " + strings.Join(texts[:last], ", ") + joint + texts[last]
}

// sorted is an array of the values in the order of their inspected texts, by UTF-16 units.
// Reports compare them side by side.
func sorted(l *assertion.Library, values []goja.Value) goja.Value {
	texts, order := make([]string, len(values)), make([]int, len(values))
	for i, v := range values {
		texts[i], order[i] = l.Inspect(v), i
	}
	sort.SliceStable(order, func(i, j int) bool { return jsvalue.LessUnits(texts[order[i]], texts[order[j]]) })
	out := make([]goja.Value, len(values))
	for i, at := range order {
		out[i] = values[at]
	}
	return l.B.Array(out)
}
