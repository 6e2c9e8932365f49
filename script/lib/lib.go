// Package lib holds what scripts get from require() and as library globals, built
// in Go over the engine: fast, there without npm, and indifferent to what scripts
// do to the built-in prototypes.
//
// A Set belongs to one runtime. Nothing is made before a script asks for it, and
// what is made is kept, so that require('x') === require('x').
package lib

import (
	"bytes"
	"slices"

	"github.com/dop251/goja"

	"posthaste/script/lib/native"
)

// Env is what modules may use of the outside world.
type Env = native.Env

// A Loader makes one module in the runtime of env. It throws JavaScript errors.
type Loader func(env *Env) goja.Value

// A Set is the libraries of one runtime; make it with New. Like the runtime it is not safe for concurrent use.
type Set struct {
	env     *Env
	sandbox Sandbox
	table   map[string]Library
	globals map[string]Global
	loaded  map[string]goja.Value
}

// New makes the set of a runtime. It fills env.Require, so that libraries find each other. Without a sandbox (nil) only
// what is made here can be required.
func New(env *Env, sandbox Sandbox) *Set {
	s := &Set{env: env, sandbox: sandbox, table: Table(), globals: Globals(), loaded: map[string]goja.Value{}}
	env.Require = func(name string) goja.Value {
		v, ok := s.load(name)
		if !ok {
			env.Throw("Error", "Cannot find module '"+name+"'")
		}
		return v
	}
	return s
}

// Require returns the module that scripts know as name. ok is false when there is
// none here; the caller then looks elsewhere. Names of internal modules, which
// begin with "#", are not found.
func (s *Set) Require(name string) (v goja.Value, ok bool) {
	if len(name) > 0 && name[0] == '#' {
		return nil, false
	}
	return s.load(name)
}

// load makes a library once. Internal names are found too: this is what libraries require each other by.
func (s *Set) load(name string) (goja.Value, bool) {
	if name == "string-decoder" {
		name = "string_decoder" // Postman's documentation writes it so
	}
	if v, ok := s.loaded[name]; ok {
		return v, true
	}
	library, ok := s.table[name]
	if !ok || library.New == nil && s.sandbox == nil {
		return nil, false
	}
	v := s.make(library)
	s.loaded[name] = v
	return v, true
}

func (s *Set) make(l Library) goja.Value {
	if l.Sandbox != nil {
		return l.Sandbox(s.sandbox)
	}
	return l.New(s.env)
}

// Global returns the value of a global that this package provides, loading its
// module. ok is false when the name is not one of Names.
func (s *Set) Global(name string) (v goja.Value, ok bool) {
	g, ok := s.globals[name]
	if !ok {
		return nil, false
	}
	v = s.env.Require(g.Module)
	if g.Property == "" {
		return v, true
	}
	return v.ToObject(s.env.VM).Get(g.Property), true
}

// Buffer makes a Buffer with a copy of b in it.
func (s *Set) Buffer(b []byte) goja.Value {
	s.load("buffer")
	return s.env.Wrap(bytes.Clone(b))
}

// Names lists the globals in alphabetical order.
func (s *Set) Names() []string {
	names := make([]string, 0, len(s.globals))
	for name := range s.globals {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// Install defines every global of Names on target as a property that loads its
// module on first touch and is a plain one from then on. Scripts may assign to it.
func (s *Set) Install(target *goja.Object) error {
	for _, name := range s.Names() {
		settle := func(v goja.Value) {
			s.env.Check(target.DefineDataProperty(name, v, goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE))
		}
		get := func(goja.FunctionCall) goja.Value {
			v, _ := s.Global(name)
			settle(v)
			return v
		}
		set := func(call goja.FunctionCall) goja.Value {
			settle(call.Argument(0))
			return goja.Undefined()
		}
		err := target.DefineAccessorProperty(name, s.env.VM.ToValue(get), s.env.VM.ToValue(set), goja.FLAG_TRUE, goja.FLAG_FALSE)
		if err != nil {
			return err
		}
	}
	return nil
}
