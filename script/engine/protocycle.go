package engine

import (
	"reflect"

	"github.com/dop251/goja"

	"posthaste/script/jsvalue"
)

// maxProtos bounds how long a chain of prototypes is looked through.
const maxProtos = 10_000

// installProtoGuard refuses prototypes that lead back to their object. The engine finds such
// circles itself, but not through a Proxy, and one property read through the circle would end
// the process. Lazy JSON is made of Proxies.
func (r *Realm) installProtoGuard() {
	check := func(o, proto goja.Value) {
		object, isObject := o.(*goja.Object)
		above, hasProto := proto.(*goja.Object)
		if isObject && hasProto && leadsBack(object, above) {
			panic(jsvalue.NewError(r.VM, "TypeError", "Cyclic __proto__ value"))
		}
	}
	both := func(call goja.FunctionCall) { check(call.Argument(0), call.Argument(1)) }
	r.bound(r.VM.Get("Object").ToObject(r.VM), "setPrototypeOf", both)
	r.bound(r.VM.Get("Reflect").ToObject(r.VM), "setPrototypeOf", both)

	object := r.prototype("Object")
	descriptor, _ := goja.AssertFunction(r.VM.Get("Object").ToObject(r.VM).Get("getOwnPropertyDescriptor"))
	v, err := descriptor(goja.Undefined(), object, r.VM.ToValue("__proto__"))
	if err != nil {
		return
	}
	accessor := v.ToObject(r.VM)
	r.bound(accessor, "set", func(call goja.FunctionCall) { check(call.This, call.Argument(0)) })
	_ = object.DefineAccessorProperty("__proto__", accessor.Get("get"), accessor.Get("set"), goja.FLAG_TRUE, goja.FLAG_FALSE)
}

// leadsBack says whether the chain that begins with proto meets o, or what o is a Proxy of,
// by way of a Proxy. A chain that is too long counts as one that does, if a Proxy is in it.
func leadsBack(object, proto *goja.Object) bool {
	o := target(object)
	byProxy := o != object
	for range maxProtos {
		if proto == nil {
			return false
		}
		behind := target(proto)
		byProxy = byProxy || behind != proto
		if behind.SameAs(o) {
			return byProxy
		}
		proto = behind.Prototype()
	}
	return byProxy
}

// target is the object behind a Proxy, and behind one behind it; any other object itself.
func target(o *goja.Object) *goja.Object {
	for range maxProtos {
		if o.ExportType() != reflect.TypeFor[goja.Proxy]() {
			return o
		}
		p, _ := o.Export().(goja.Proxy)
		if p.Target() == nil {
			return o // revoked
		}
		o = p.Target()
	}
	return o
}
