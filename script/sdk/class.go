package sdk

import (
	"fmt"
	"runtime"

	"github.com/dop251/goja"
)

// args are the arguments of a call; at gives undefined for those that are missing.
type args []goja.Value

func (a args) at(i int) goja.Value {
	if i < len(a) && a[i] != nil {
		return a[i]
	}
	return goja.Undefined()
}

// A native is a method in Go. this is the receiver; a nil result is undefined.
type native func(this *goja.Object, a args) goja.Value

// A method is a native with the name and length that scripts see.
type method struct {
	name   string
	length int
	fn     native
}

// A class is one constructor of the SDK. The exported name is its key in require('postman-collection').
type class struct {
	name    string // as the SDK exports it
	label   string // the constructor's own name, which assertion messages show; "" is name
	parent  string // "" for the roots
	init    func(o *goja.Object, a args)
	needsID bool
	to      bool           // instances have the assertions under "to"
	marks   map[string]any // on the prototype
	setup   func(proto *goja.Object)
	methods []method
	statics []method
	values  func(ctor *goja.Object) // sets what the constructor has beside functions

	// How lists of this class find their members.
	indexKey        string // "" is the SDK's default, "id"
	caseless, multi bool

	ctor, proto *goja.Object
	super       *class
}

// class returns a class, made on first use.
func (s *SDK) class(name string) *class {
	if c := s.classes[name]; c != nil {
		return c
	}
	c := s.define(name)
	c.name = name
	if c.label == "" {
		c.label = "Postman" + name
	}
	s.classes[name] = c
	if c.parent != "" {
		c.super = s.class(c.parent)
		c.needsID = c.needsID || c.super.needsID
	}
	s.build(c)
	return c
}

// build makes constructor and prototype of c.
func (s *SDK) build(c *class) {
	c.ctor = s.vm.ToValue(func(call goja.ConstructorCall) *goja.Object {
		defer s.guard(c.name)
		c.init(call.This, call.Arguments)
		return call.This
	}).(*goja.Object)
	_ = c.ctor.DefineDataProperty("name", s.vm.ToValue(c.label), goja.FLAG_FALSE, goja.FLAG_TRUE, goja.FLAG_FALSE)
	c.proto = s.object(c.ctor.Get("prototype"))
	_ = c.proto.DefineDataProperty("constructor", c.ctor, goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE)
	if c.super != nil {
		_ = c.proto.SetPrototype(c.super.proto)
		hide(c.ctor, "super_", c.super.ctor)
	}
	for _, m := range c.methods {
		s.method(c.proto, m)
	}
	for _, m := range c.statics {
		_ = c.ctor.Set(m.name, s.function(m))
	}
	if c.values != nil {
		c.values(c.ctor)
	}
	_ = c.ctor.Set("_postman_propertyName", c.name)
	s.describeIndex(c)
	if c.to {
		s.defineTo(c.proto)
	}
	s.byProto[c.proto], s.byCtor[c.ctor] = c, c
}

// describeIndex shows how lists of c find members, as subclasses made by scripts inherit it.
func (s *SDK) describeIndex(c *class) {
	if c.indexKey != "" {
		_ = c.ctor.Set("_postman_propertyIndexKey", c.indexKey)
	}
	if c.caseless {
		_ = c.ctor.Set("_postman_propertyIndexCaseInsensitive", true)
	}
	if c.multi {
		_ = c.ctor.Set("_postman_propertyAllowsMultipleValues", true)
	}
	for key, v := range c.marks {
		set(c.proto, key, s.vm.ToValue(v))
	}
	if c.setup != nil {
		c.setup(c.proto)
	}
	if c.needsID {
		set(c.proto, "_postman_propertyRequiresId", s.vm.ToValue(true))
	}
}

// function shows a native as a function that cannot let a Go panic escape.
func (s *SDK) function(m method) *goja.Object {
	f := s.vm.ToValue(func(call goja.FunctionCall) goja.Value {
		defer s.guard(m.name)
		this, _ := call.This.(*goja.Object)
		if this == nil {
			// A primitive receiver has none of our properties; an empty object behaves the same.
			this = s.vm.NewObject()
		}
		if v := m.fn(this, call.Arguments); v != nil {
			return v
		}
		return goja.Undefined()
	}).(*goja.Object)
	_ = f.DefineDataProperty("name", s.vm.ToValue(m.name), goja.FLAG_FALSE, goja.FLAG_TRUE, goja.FLAG_FALSE)
	_ = f.DefineDataProperty("length", s.vm.ToValue(m.length), goja.FLAG_FALSE, goja.FLAG_TRUE, goja.FLAG_FALSE)
	return f
}

// method defines m on a prototype. As in the SDK for…in sees it, which deep equality depends on.
func (s *SDK) method(proto *goja.Object, m method) { set(proto, m.name, s.function(m)) }

// guard turns a Go runtime panic into a thrown Error; the engine's own unwinding goes on.
func (s *SDK) guard(name string) {
	switch x := recover().(type) {
	case nil:
	case runtime.Error:
		s.throw(fmt.Sprintf("%s: internal error: %v", name, x))
	default:
		panic(x)
	}
}

// make makes an instance as `new` would.
func (s *SDK) make(name string, a ...goja.Value) *goja.Object {
	c := s.class(name)
	o := s.allocate(c)
	c.init(o, a)
	return o
}

// allocate makes an instance without initialising it.
func (s *SDK) allocate(c *class) *goja.Object { return s.vm.CreateObject(c.proto) }

// classOf returns the nearest class of v, nil when it is no instance of any.
func (s *SDK) classOf(v goja.Value) *class {
	o, _ := v.(*goja.Object)
	if o == nil {
		return nil
	}
	for p := o.Prototype(); p != nil; p = p.Prototype() {
		if c := s.byProto[p]; c != nil {
			return c
		}
	}
	return nil
}

// is tells whether v is an instance of the named class or of one that descends from it.
func (s *SDK) is(v goja.Value, name string) bool {
	for c := s.classOf(v); c != nil; c = c.super {
		if c.name == name {
			return true
		}
	}
	return false
}

// isStatic is the isX function that most classes carry.
func (s *SDK) isStatic(name string) method {
	return method{"is" + name, 1, func(_ *goja.Object, a args) goja.Value {
		return s.vm.ToValue(s.is(a.at(0), name))
	}}
}
