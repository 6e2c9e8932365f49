package core

import (
	"fmt"
	"runtime"

	"github.com/dop251/goja"
)

// Args are the arguments of a call; at gives undefined for those that are missing.
type Args []goja.Value

// At returns an argument, undefined for one that is missing.
func (a Args) At(i int) goja.Value {
	if i < len(a) && a[i] != nil {
		return a[i]
	}
	return goja.Undefined()
}

// A native is a method in Go. this is the receiver; a nil result is undefined.
type native func(this *goja.Object, a Args) goja.Value

// A Method is a native with the name and length that scripts see.
type Method struct {
	Name   string
	Length int
	Fn     native
}

// A Class is one constructor of the SDK. The exported name is its key in require('postman-collection').
type Class struct {
	Name    string // as the SDK exports it
	Label   string // the constructor's own name, which assertion messages show; "" is name
	Parent  string // "" for the roots
	Init    func(o *goja.Object, a Args)
	NeedsID bool
	To      bool           // instances have the assertions under "to"
	Marks   map[string]any // on the prototype
	Setup   func(proto *goja.Object)
	Methods []Method
	Statics []Method
	Values  func(ctor *goja.Object) // sets what the constructor has beside functions
	Keep    []string                // methods to be found in Kept, whatever scripts make of the prototype
	Kept    map[string]goja.Value
	ValueOf func(o *goja.Object) goja.Value // what lists give for a member; nil gives the member itself

	// How lists of this class find their members.
	IndexKey        string // "" is the SDK's default, "id"
	Caseless, Multi bool

	Ctor, proto *goja.Object
	super       *Class
}

// Prototype is what instances inherit from.
func (c *Class) Prototype() *goja.Object { return c.proto }

// Class returns a class, made on first use.
func (s *SDK) Class(name string) *Class {
	if c := s.classes[name]; c != nil {
		return c
	}
	c := s.define(s, name)
	c.Name = name
	if c.Label == "" {
		c.Label = "Postman" + name
	}
	s.classes[name] = c
	if c.Parent != "" {
		c.super = s.Class(c.Parent)
		c.NeedsID = c.NeedsID || c.super.NeedsID
	}
	s.build(c)
	return c
}

// build makes constructor and prototype of c.
func (s *SDK) build(c *Class) {
	c.Ctor = s.VM.ToValue(func(call goja.ConstructorCall) *goja.Object {
		defer s.guard(c.Name)
		c.Init(call.This, call.Arguments)
		return call.This
	}).(*goja.Object)
	_ = c.Ctor.DefineDataProperty("name", s.VM.ToValue(c.Label), goja.FLAG_FALSE, goja.FLAG_TRUE, goja.FLAG_FALSE)
	c.proto = s.Object(c.Ctor.Get("prototype"))
	_ = c.proto.DefineDataProperty("constructor", c.Ctor, goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE)
	if c.super != nil {
		_ = c.proto.SetPrototype(c.super.proto)
		Hide(c.Ctor, "super_", c.super.Ctor)
	}
	for _, m := range c.Methods {
		s.Method(c.proto, m)
	}
	for _, name := range c.Keep {
		if c.Kept == nil {
			c.Kept = map[string]goja.Value{}
		}
		c.Kept[name] = c.proto.Get(name)
	}
	for _, m := range c.Statics {
		_ = c.Ctor.Set(m.Name, s.Function(m))
	}
	if c.Values != nil {
		c.Values(c.Ctor)
	}
	_ = c.Ctor.Set("_postman_propertyName", c.Name)
	s.describeIndex(c)
	if c.To {
		s.DefineTo(c.proto)
	}
	s.ByProto[c.proto], s.ByCtor[c.Ctor] = c, c
}

// describeIndex shows how lists of c find members, as subclasses made by scripts inherit it.
func (s *SDK) describeIndex(c *Class) {
	if c.IndexKey != "" {
		_ = c.Ctor.Set("_postman_propertyIndexKey", c.IndexKey)
	}
	if c.Caseless {
		_ = c.Ctor.Set("_postman_propertyIndexCaseInsensitive", true)
	}
	if c.Multi {
		_ = c.Ctor.Set("_postman_propertyAllowsMultipleValues", true)
	}
	for key, v := range c.Marks {
		Set(c.proto, key, s.VM.ToValue(v))
	}
	if c.Setup != nil {
		c.Setup(c.proto)
	}
	if c.NeedsID {
		Set(c.proto, "_postman_propertyRequiresId", s.VM.ToValue(true))
	}
}

// Function shows a native as a function that cannot let a Go panic escape.
func (s *SDK) Function(m Method) *goja.Object {
	f := s.VM.ToValue(func(call goja.FunctionCall) goja.Value {
		defer s.guard(m.Name)
		this, _ := call.This.(*goja.Object)
		if this == nil {
			// A primitive receiver has none of our properties; an empty object behaves the same.
			this = s.VM.NewObject()
		}
		if v := m.Fn(this, call.Arguments); v != nil {
			return v
		}
		return goja.Undefined()
	}).(*goja.Object)
	_ = f.DefineDataProperty("name", s.VM.ToValue(m.Name), goja.FLAG_FALSE, goja.FLAG_TRUE, goja.FLAG_FALSE)
	_ = f.DefineDataProperty("length", s.VM.ToValue(m.Length), goja.FLAG_FALSE, goja.FLAG_TRUE, goja.FLAG_FALSE)
	return f
}

// Method defines m on a prototype. As in the SDK for…in sees it, which deep equality depends on.
func (s *SDK) Method(proto *goja.Object, m Method) { Set(proto, m.Name, s.Function(m)) }

// guard turns a Go runtime panic into a thrown Error; the engine's own unwinding goes on.
func (s *SDK) guard(name string) {
	switch x := recover().(type) {
	case nil:
	case runtime.Error:
		s.Throw(fmt.Sprintf("%s: internal error: %v", name, x))
	default:
		panic(x)
	}
}

// Make makes an instance as `new` would.
func (s *SDK) Make(name string, a ...goja.Value) *goja.Object {
	c := s.Class(name)
	o := s.Allocate(c)
	c.Init(o, a)
	return o
}

// Allocate makes an instance without initialising it.
func (s *SDK) Allocate(c *Class) *goja.Object { return s.VM.CreateObject(c.proto) }

// classOf returns the nearest class of v, nil when it is no instance of any.
func (s *SDK) classOf(v goja.Value) *Class {
	o, _ := v.(*goja.Object)
	if o == nil {
		return nil
	}
	for p := o.Prototype(); p != nil; p = p.Prototype() {
		if c := s.ByProto[p]; c != nil {
			return c
		}
	}
	return nil
}

// Is says whether v is an instance of the named class or of one that descends from it.
func (s *SDK) Is(v goja.Value, name string) bool {
	for c := s.classOf(v); c != nil; c = c.super {
		if c.Name == name {
			return true
		}
	}
	return false
}

// IsStatic is the isX function that most classes carry.
func (s *SDK) IsStatic(name string) Method {
	return Method{"is" + name, 1, func(_ *goja.Object, a Args) goja.Value {
		return s.VM.ToValue(s.Is(a.At(0), name))
	}}
}

// Discontinued is a method that only throws.
func (s *SDK) Discontinued(name, message string) Method {
	return Method{name, 0, func(*goja.Object, Args) goja.Value {
		s.Throw(message)
		return nil
	}}
}
