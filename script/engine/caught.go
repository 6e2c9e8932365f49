package engine

import (
	"slices"
	"strings"

	"github.com/dop251/goja"

	"posthaste/script/engine/message"
	"posthaste/script/jsvalue"
)

// What a script catches has the engine's words. So a catch begins with a guard, and functions
// that are called with why a promise was rejected go through one, and both give an error of
// the engine V8's words before the script sees it.

// caught words an error as V8 does. Errors that the script made itself are not touched: only
// texts that are known as the engine's are. The stack begins with the message, so it is
// replaced there too.
func (r *Realm) caught(v goja.Value) {
	o, ok := v.(*goja.Object)
	if !ok || o.ClassName() != "Error" || r.running == nil {
		return
	}
	own, ok := o.Get("message").(goja.String)
	if !ok || !message.Known(own.String()) {
		return
	}
	f := r.Thrown(r.running, v)
	if f.Message == own.String() {
		return
	}
	_ = o.DefineDataProperty("message", r.VM.ToValue(f.Message), goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE)
	if stack, ok := o.Get("stack").(goja.String); ok {
		_ = o.Set("stack", strings.Replace(stack.String(), own.String(), f.Message, 1))
	}
}

// installRejections puts the guard before functions that are called with why a promise was
// rejected: the second argument of then, through which catch and await go as well.
func (r *Realm) installRejections() {
	r.bounds.caught = r.caught
	if proto := r.prototype("AggregateError"); proto != nil { // the engine leaves it out of what Promise.any rejects with
		r.guardConstructor("AggregateError", true, func(args []goja.Value) []goja.Value { return args }, func(v goja.Value) {
			if o, ok := v.(*goja.Object); ok && len(o.GetOwnPropertyNames()) > 0 && !slices.Contains(o.GetOwnPropertyNames(), "message") {
				_ = o.DefineDataProperty("message", r.VM.ToValue(""), goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE)
			}
		})
		r.wordAggregate(proto)
	}
	r.bound(r.prototype("Promise"), "then", func(call goja.FunctionCall) {
		if len(call.Arguments) < 2 {
			return
		}
		handler, ok := goja.AssertFunction(call.Arguments[1])
		if !ok {
			return
		}
		call.Arguments[1] = r.VM.ToValue(func(call goja.FunctionCall) goja.Value {
			r.caught(call.Argument(0))
			v, err := handler(call.This, call.Arguments...)
			if err != nil {
				panic(r.Rethrow(err))
			}
			return v
		})
	})
}

// reworded gives an error of a constructor V8's words: what RegExp says of its pattern. Other
// errors come back as they are.
func (r *Realm) reworded(err error, constructor *goja.Object, args []goja.Value) error {
	exception, ok := err.(*goja.Exception) //nolint:errorlint // goja returns it bare
	if !ok || len(args) == 0 || constructor.Get("name").String() != "RegExp" || !goja.IsString(args[0]) {
		return err
	}
	flags := ""
	if len(args) > 1 && goja.IsString(args[1]) {
		flags = args[1].String()
	}
	o, ok := exception.Value().(*goja.Object)
	if !ok {
		return err
	}
	if m := o.Get("message"); m != nil {
		text := message.Pattern(args[0].String(), flags, m.String())
		_ = o.DefineDataProperty("message", r.VM.ToValue(text), goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE)
	}
	return err
}

// refuseIteration puts an object in the place of a first argument that cannot be iterated:
// asking it for its iterator throws what V8 says, so that a promise is rejected with that.
// Throwing here would throw out of Promise.all instead.
func (r *Realm) refuseIteration(call goja.FunctionCall, v goja.Value) {
	o := r.VM.NewObject()
	_ = o.DefineAccessorPropertySymbol(goja.SymIterator, r.VM.ToValue(func(goja.FunctionCall) goja.Value {
		panic(jsvalue.NewError(r.VM, "TypeError", notIterable(v)))
	}), nil, goja.FLAG_TRUE, goja.FLAG_FALSE)
	if len(call.Arguments) > 0 {
		call.Arguments[0] = o
	}
}

// wordAggregate gives errors of Promise.any, which have no message of their own, V8's. An
// error that a script makes without a message shows none.
func (r *Realm) wordAggregate(proto *goja.Object) {
	getter := r.VM.ToValue(func(call goja.FunctionCall) goja.Value {
		if o, ok := call.This.(*goja.Object); ok && o != proto && o.ClassName() == "Error" {
			return r.VM.ToValue("All promises were rejected")
		}
		return r.VM.ToValue("")
	})
	setter := r.VM.ToValue(func(call goja.FunctionCall) goja.Value {
		if o, ok := call.This.(*goja.Object); ok {
			_ = o.DefineDataProperty("message", call.Argument(0), goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE)
		}
		return goja.Undefined()
	})
	_ = proto.DefineAccessorProperty("message", getter, setter, goja.FLAG_TRUE, goja.FLAG_FALSE)
}
