package engine

import (
	"fmt"
	"time"

	"github.com/dop251/goja"

	"posthaste/script/engine/rewrite"
	"posthaste/script/jsvalue"
)

// The engine runs regular expressions with lookaround or back references by backtracking,
// which can take forever. They have a time limit (see limitRegexps), but the engine takes one
// that ran out for "no match". So each such expression gets an exec of its own, which tells
// the difference; the engine then goes through it for test, match, replace and all the
// others.

// watchPattern gives a regular expression the exec that throws when its time runs out. Other
// values are left alone.
func (r *Realm) watchPattern(v goja.Value) {
	o, ok := v.(*goja.Object)
	if !ok || o.ClassName() != "RegExp" {
		return
	}
	_ = o.DefineDataProperty("exec", r.exec, goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE)
}

// installRegexps makes that exec, and guards the methods that make a regular expression of a
// text: match, matchAll, search and compile.
func (r *Realm) installRegexps() {
	proto := r.prototype("RegExp")
	native, _ := goja.AssertFunction(proto.Get("exec"))
	r.exec = r.VM.ToValue(func(call goja.FunctionCall) goja.Value {
		start := time.Now() //nolint:forbidigo // the matcher's limit is the machine's time
		v, err := native(call.This, call.Arguments...)
		if err != nil {
			panic(r.Rethrow(err))
		}
		//nolint:forbidigo // as above
		if goja.IsNull(v) && time.Since(start) >= regexpTimeout {
			panic(jsvalue.NewError(r.VM, "Error", fmt.Sprintf("a regular expression took longer than %v: %s", regexpTimeout, call.This)))
		}
		return v
	})
	r.installTest(proto)
	text := r.prototype("String")
	for name, flags := range map[string]string{"match": "", "matchAll": "g", "search": ""} {
		r.bound(text, name, func(call goja.FunctionCall) {
			if len(call.Arguments) > 0 && goja.IsString(call.Arguments[0]) && rewrite.Backtracks(call.Arguments[0].String()) {
				call.Arguments[0] = r.newPattern(call.Arguments[0], flags)
			}
		})
	}
	r.bound(proto, "compile", func(call goja.FunctionCall) {
		if len(call.Arguments) > 0 && goja.IsString(call.Arguments[0]) {
			copy(call.Arguments, r.patternArguments(call.Arguments))
			if rewrite.Backtracks(call.Arguments[0].String()) {
				r.watchPattern(call.This)
			}
		}
	})
}

// installTest makes test go through the exec of a watched expression, which the engine's own
// does not.
func (r *Realm) installTest(proto *goja.Object) {
	native, _ := goja.AssertFunction(proto.Get("test"))
	exec, _ := goja.AssertFunction(r.exec)
	f := r.VM.ToValue(func(call goja.FunctionCall) goja.Value {
		watched := false
		if o, ok := call.This.(*goja.Object); ok && o.ClassName() == "RegExp" {
			own := o.Get("exec")
			watched = own != nil && own.SameAs(r.exec)
		}
		if !watched {
			v, err := native(call.This, call.Arguments...)
			if err != nil {
				panic(r.Rethrow(err))
			}
			return v
		}
		v, err := exec(call.This, call.Arguments...)
		if err != nil {
			panic(r.Rethrow(err))
		}
		return r.VM.ToValue(!goja.IsNull(v))
	}).(*goja.Object)
	_ = f.DefineDataProperty("name", r.VM.ToValue("test"), goja.FLAG_FALSE, goja.FLAG_TRUE, goja.FLAG_FALSE)
	_ = proto.DefineDataProperty("test", f, goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE)
}

// newPattern makes a regular expression by way of the guarded constructor, so that it is
// corrected and watched.
func (r *Realm) newPattern(pattern goja.Value, flags string) goja.Value {
	o, err := r.VM.New(r.VM.Get("RegExp"), pattern, r.VM.ToValue(flags))
	if err != nil {
		panic(r.Rethrow(err))
	}
	return o
}
