package engine

import (
	"strconv"

	"github.com/dop251/goja"

	"posthaste/script/jsvalue"
	"posthaste/script/lib/lazy"
)

// pause ends a native function of a script that was stopped: what it throws reaches the
// script's own text, where the engine stops it. Without it, a native call in a loop of native
// calls would never look.
func (r *Realm) pause() {
	if r.halted.Load() {
		panic(jsvalue.NewError(r.VM, "Error", "interrupted"))
	}
}

// tooLong throws V8's RangeError for what is "array" or "string".
func (r *Realm) tooLong(what string) {
	panic(jsvalue.NewError(r.VM, "RangeError", "Invalid "+what+" length"))
}

// installListBounds guards what walks or builds lists in one step. Methods that call back are
// interrupted by what they call, so they may walk longer.
func (r *Realm) installListBounds() {
	list := r.prototype("Array")
	limit := func(owner *goja.Object, most int64, this bool, names ...string) {
		for _, name := range names {
			r.bound(owner, name, func(call goja.FunctionCall) {
				v := call.This
				if !this {
					v = call.Argument(0)
				}
				if lengthOf(v) > most {
					r.tooLong("array")
				}
			})
		}
	}
	limit(list, maxArray, true, "fill", "forEach", "map", "filter", "some", "every", "reduce", "reduceRight", "indexOf",
		"lastIndexOf", "includes", "find", "findIndex", "findLast", "findLastIndex", "slice", "flatMap", "with")
	limit(list, maxWalk, true, "toLocaleString", "reverse", "sort", "copyWithin", "splice", "shift", "unshift",
		"toReversed", "toSorted", "toSpliced", "keys", "entries")
	object := r.VM.Get("Object").ToObject(r.VM)
	names := func(owner *goja.Object, methods ...string) {
		for _, name := range methods {
			r.bound(owner, name, func(call goja.FunctionCall) {
				for _, v := range call.Arguments {
					if indexesOf(v) > maxWalk {
						r.tooLong("array")
					}
				}
			})
		}
	}
	names(object, "assign", "keys", "values", "entries", "freeze", "seal", "isFrozen", "isSealed", "fromEntries",
		"getOwnPropertyNames", "getOwnPropertyDescriptors", "defineProperties", "preventExtensions")
	r.bound(r.VM.Get("String").ToObject(r.VM), "raw", func(call goja.FunctionCall) {
		if o, ok := call.Argument(0).(*goja.Object); ok && lengthOf(o.Get("raw")) > maxWalk {
			r.tooLong("array")
		}
	})
	names(r.VM.Get("Reflect").ToObject(r.VM), "ownKeys")
	limit(r.VM.Get("Array").ToObject(r.VM), maxArray, false, "from")
	r.bound(list, "join", r.checkJoin)
	r.bound(list, "toString", r.checkJoin)
	installSumBounds(r, list)
}

// installSumBounds guards what puts several lists or texts together: each may be short, and
// all together too long.
func installSumBounds(r *Realm, list *goja.Object) {
	r.bound(list, "concat", func(call goja.FunctionCall) {
		total := lengthOf(call.This)
		for _, v := range call.Arguments {
			if o, ok := v.(*goja.Object); ok {
				total += lengthOf(o)
			}
		}
		if total > maxArray {
			r.tooLong("array")
		}
	})
	r.bound(list, "flat", func(call goja.FunctionCall) {
		depth := int64(1)
		if v := call.Argument(0); !goja.IsUndefined(v) {
			depth = v.ToInteger()
		}
		// flat can multiply its length with each level, when lists occur several times.
		budget := int64(maxWalk)
		r.countFlat(call.This, depth, &budget)
	})
	r.guardConstructor("BigInt", true, func(args []goja.Value) []goja.Value {
		if len(args) > 0 && lengthOfText(args[0]) > maxDigits {
			panic(jsvalue.NewError(r.VM, "RangeError", "Maximum BigInt size exceeded"))
		}
		return args
	})
}

// checkJoin refuses a list whose texts are too long together. Items that are no texts are
// taken to be short.
func (r *Realm) checkJoin(call goja.FunctionCall) {
	o, ok := call.This.(*goja.Object)
	if !ok {
		return
	}
	n := lengthOf(o)
	if n > maxWalk {
		r.tooLong("array")
	}
	separator := int64(1)
	if v := call.Argument(0); !goja.IsUndefined(v) {
		separator = lengthOfText(v)
	}
	if separator*n+r.textsOf(o, n) > maxText {
		r.tooLong("string")
	}
}

// textsOf adds up the lengths of the texts in a list, in UTF-16 units. Getters of the items
// run, as join would have them run.
func (r *Realm) textsOf(o *goja.Object, n int64) (total int64) {
	for i := range n {
		total += lengthOfText(o.Get(strconv.FormatInt(i, 10)))
	}
	return total
}

// countFlat takes from budget what flat would put into one list, and throws when it is used
// up.
func (r *Realm) countFlat(v goja.Value, depth int64, budget *int64) {
	o, ok := v.(*goja.Object)
	if !ok {
		return
	}
	n := lengthOf(o)
	if *budget -= n; *budget < 0 {
		r.tooLong("array")
	}
	for i := int64(0); depth > 0 && i < n; i++ {
		if item, ok := o.Get(strconv.FormatInt(i, 10)).(*goja.Object); ok && lazy.Class(item) == "Array" {
			r.countFlat(item, depth-1, budget)
		}
	}
}

// checkReplace refuses a replacement that would make a text too long. Where the lengths alone
// cannot tell, what would be replaced is counted.
func (r *Realm) checkReplace(call goja.FunctionCall) {
	size, by := lengthOfText(call.This), lengthOfText(call.Argument(1))
	if size == 0 || by == 0 || (size+1)*by <= maxText {
		return
	}
	matches := int64(1)
	if pattern, ok := call.Argument(0).(*goja.Object); ok {
		if global := pattern.Get("global"); global != nil && global.ToBoolean() {
			match, _ := goja.AssertFunction(r.prototype("String").Get("match"))
			found, err := match(call.This, pattern)
			if err != nil {
				panic(r.Rethrow(err))
			}
			matches = lengthOf(found)
		}
	} else {
		matches = size/max(lengthOfText(call.Argument(0)), 1) + 1
	}
	if matches*by > maxText {
		r.tooLong("string")
	}
}

// lengthOfText is the length of a string in UTF-16 units, 0 of anything else.
func lengthOfText(v goja.Value) int64 {
	if s, ok := v.(goja.String); ok {
		return int64(s.Length())
	}
	return 0
}
