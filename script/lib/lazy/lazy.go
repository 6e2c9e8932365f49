// Package lazy makes objects and arrays whose content comes when a script first looks into them.
//
// Such an object is a Proxy without a trap around an ordinary object, so once it is filled everything it does is what
// the engine does with that object: order of keys, freezing, accessors, errors. The engine asks a Proxy's handler
// for its traps before each operation; that question is where an object is filled. Scripts cannot tell it from an
// ordinary one but for the words of some errors about frozen objects. Go code sees a goja.Proxy, of class "Object" even
// where it is an array: Class tells the class and Real gives the object behind.
package lazy

import (
	"reflect"

	"github.com/dop251/goja"
)

// A Content is what a lazy object will hold.
type Content interface {
	// Value makes a single property before the object is filled. The same value is given to Fill's object later.
	// sure is false where only the filled object can tell.
	Value(name string) (v goja.Value, found, sure bool)
	// Fill puts all properties into the empty object that was given to Make.
	Fill(target *goja.Object)
}

// A Maker makes lazy objects for one runtime. Use New, before scripts run: it keeps the engine's own functions.
type Maker struct {
	vm       *goja.Runtime
	proxy    func(newTarget *goja.Object, args ...goja.Value) (*goja.Object, error)
	get, has goja.Callable // Reflect's
}

// New returns a Maker for vm.
func New(vm *goja.Runtime) *Maker {
	m := &Maker{vm: vm}
	m.proxy, _ = goja.AssertConstructor(vm.GlobalObject().Get("Proxy"))
	reflection := vm.GlobalObject().Get("Reflect").ToObject(vm)
	m.get, _ = goja.AssertFunction(reflection.Get("get"))
	m.has, _ = goja.AssertFunction(reflection.Get("has"))
	return m
}

// Make returns an object that shows target, which c fills when that is needed. An array's target has its length
// already and no items.
func (m *Maker) Make(target *goja.Object, c Content) *goja.Object {
	h := &handler{maker: m, target: target, content: c}
	object := m.vm.NewDynamicObject(h)
	_ = object.SetPrototype(nil)
	proxy, err := m.proxy(nil, target, object)
	if err != nil {
		panic(err)
	}
	return proxy
}

// Real returns the ordinary object behind a lazy one, filled; any other object as it is. The two share all but their
// identity, so what goes back to a script is the lazy one.
func Real(o *goja.Object) *goja.Object {
	h := handlerOf(o)
	if h == nil {
		return o
	}
	h.fill()
	return h.target
}

// Class returns o.ClassName(), or that of the object behind a lazy one, which is not filled for it.
func Class(o *goja.Object) string {
	class := o.ClassName()
	if class == "Object" {
		if h := handlerOf(o); h != nil {
			return h.target.ClassName()
		}
	}
	return class
}

// handlerOf returns the handler of a lazy object, nil of any other.
func handlerOf(o *goja.Object) *handler {
	if o == nil || o.ExportType() != reflect.TypeFor[goja.Proxy]() {
		return nil
	}
	p, _ := o.Export().(goja.Proxy)
	object := p.Handler()
	if object == nil || object.ExportType() != reflect.TypeFor[*handler]() {
		return nil
	}
	h, _ := object.Export().(*handler)
	return h
}

// handler is the handler of one Proxy. No script ever holds it.
type handler struct {
	maker    *Maker
	target   *goja.Object
	content  Content // nil once target is filled
	get, has goja.Value
}

// Get is asked for a trap. It fills the object unless the operation needs nothing of its content. Nil is no trap: the
// engine turns to the target.
func (h *handler) Get(trap string) goja.Value {
	if h.content == nil {
		return nil
	}
	switch trap {
	case "getPrototypeOf", "isExtensible":
		return nil
	case "get":
		if h.get == nil {
			h.get = h.maker.vm.ToValue(h.read)
		}
		return h.get
	case "has":
		if h.has == nil {
			h.has = h.maker.vm.ToValue(h.holds)
		}
		return h.has
	}
	h.fill()
	return nil
}

// fill makes the content once; from then on the object is like any other.
func (h *handler) fill() {
	c := h.content
	if c == nil {
		return
	}
	h.content = nil
	c.Fill(h.target)
}

// single looks for a property by itself. Where that says nothing the target is to be asked.
func (h *handler) single(key goja.Value) goja.Value {
	name, ok := key.(goja.String)
	if !ok || h.content == nil {
		return nil
	}
	v, found, sure := h.content.Value(name.String())
	if !sure {
		h.fill()
	}
	if !found {
		return nil
	}
	return v
}

// read is the trap get: of the target, the key and the receiver.
func (h *handler) read(call goja.FunctionCall) goja.Value {
	if v := h.single(call.Argument(1)); v != nil {
		return v
	}
	return h.pass(h.maker.get(goja.Undefined(), call.Arguments...))
}

// holds is the trap has: of the target and the key.
func (h *handler) holds(call goja.FunctionCall) goja.Value {
	if h.single(call.Argument(1)) != nil {
		return h.maker.vm.ToValue(true)
	}
	return h.pass(h.maker.has(goja.Undefined(), call.Arguments...))
}

func (h *handler) pass(v goja.Value, err error) goja.Value {
	if err != nil {
		panic(err)
	}
	return v
}

// Set, Has, Delete and Keys make it a goja.DynamicObject; the engine never calls them for a handler.

// Set refuses.
func (h *handler) Set(string, goja.Value) bool { return false }

// Has denies.
func (h *handler) Has(string) bool { return false }

// Delete refuses.
func (h *handler) Delete(string) bool { return false }

// Keys has none.
func (h *handler) Keys() []string { return nil }
