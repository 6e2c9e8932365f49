package variables

import (
	"github.com/dop251/goja"

	"posthaste/script/host"
	"posthaste/script/lib"
)

// A Class makes the objects of a realm that show variable scopes to scripts. Objects carry their kind under a symbol on a
// prototype of their own, so that one that an earlier script kept still shows the variables as they are now.
type Class struct {
	env        *lib.Env
	stringify  goja.Callable
	rethrow    func(err error) any
	compat     bool
	asList     func(entries []any) goja.Value
	tracker    func() *goja.Object
	current    func() *Scopes
	base       *goja.Object
	prototypes map[Kind]*goja.Object
	shared     [kinds]goja.Value
	symbol     *goja.Symbol
}

// Options say what a Class needs of the sandbox around it.
type Options struct {
	Env       *lib.Env
	Stringify goja.Callable                  // JSON.stringify, before any script could change it
	Rethrow   func(err error) any            // what to panic with for an error of Stringify
	Compat    bool                           // newman's results
	AsList    func(entries []any) goja.Value // shows entries as the property values
	Tracker   func() *goja.Object            // makes a MutationTracker
	Current   func() *Scopes                 // those of the script that runs, nil between scripts
}

// NewClass returns the class of a realm.
func NewClass(o Options) *Class {
	return &Class{
		env: o.Env, stringify: o.Stringify, rethrow: o.Rethrow, compat: o.Compat, asList: o.AsList, current: o.Current, tracker: o.Tracker,
		prototypes: map[Kind]*goja.Object{}, symbol: goja.NewSymbol("scope"),
	}
}

// A Scopes is the variable scopes of one call, as its script sees and changes them.
type Scopes struct {
	Undefined []string // variables that were set to undefined
	Given     []string // variables that were set to something else, in that order; at most host.MostSet

	class   *Class
	call    *host.Call
	host    host.Host
	changes [kinds][]change
	noted   int                          // the size of changes
	live    [kinds]map[string]goja.Value // values that the script holds, and may change in place
	typed   map[heldKey]forNow           // variables that have a type for this script alone
	of      [kinds]host.Scope
	objects [kinds]goja.Value
}

// Scopes returns the scopes of a call. h resolves placeholders.
func (c *Class) Scopes(call *host.Call, h host.Host) Scopes {
	return Scopes{class: c, call: call, host: h}
}

func (c *Class) prototype(kind Kind) *goja.Object {
	if c.prototypes[kind] == nil {
		if c.base == nil {
			c.base = c.makeBase()
		}
		p := c.env.VM.CreateObject(c.base)
		_ = p.DefineDataPropertySymbol(c.symbol, c.env.VM.ToValue(int(kind)), goja.FLAG_FALSE, goja.FLAG_FALSE, goja.FLAG_FALSE)
		c.prototypes[kind] = p
	}
	return c.prototypes[kind]
}

// kindOf returns the kind that a method was called on.
func (c *Class) kindOf(v goja.Value) Kind {
	if o, ok := v.(*goja.Object); ok && c.current() != nil {
		if k := o.GetSymbol(c.symbol); k != nil && !goja.IsUndefined(k) {
			return Kind(k.ToInteger())
		}
	}
	c.env.Throw("TypeError", "not a variable scope")
	return 0
}

// makeBase is the prototype with the methods of Postman's VariableScope.
func (c *Class) makeBase() *goja.Object {
	p := c.env.VM.NewObject()
	method := func(name string, length int, fn func(s *Scopes, kind Kind, call goja.FunctionCall) goja.Value) {
		c.env.Method(p, name, length, func(call goja.FunctionCall) goja.Value {
			return fn(c.current(), c.kindOf(call.This), call)
		})
	}
	method("get", 1, func(s *Scopes, kind Kind, call goja.FunctionCall) goja.Value {
		v, _ := s.Lookup(kind, call.Argument(0).String())
		return v
	})
	method("has", 1, func(s *Scopes, kind Kind, call goja.FunctionCall) goja.Value {
		_, ok := s.Lookup(kind, call.Argument(0).String())
		return s.class.env.VM.ToValue(ok)
	})
	method("set", 3, func(s *Scopes, kind Kind, call goja.FunctionCall) goja.Value {
		typ := ""
		if t := call.Argument(2); goja.IsString(t) {
			typ = t.String()
		}
		s.Set(kind, call.Argument(0).String(), call.Argument(1), typ)
		return goja.Undefined()
	})
	method("unset", 1, func(s *Scopes, kind Kind, call goja.FunctionCall) goja.Value {
		s.Unset(kind, call.Argument(0).String())
		return goja.Undefined()
	})
	method("clear", 0, func(s *Scopes, kind Kind, _ goja.FunctionCall) goja.Value {
		s.Clear(kind)
		return goja.Undefined()
	})
	method("toObject", 1, func(s *Scopes, kind Kind, call goja.FunctionCall) goja.Value {
		return s.Plain(kind, call.Argument(0).ToBoolean())
	})
	c.env.Method(p, "replaceIn", 1, func(call goja.FunctionCall) goja.Value {
		if goja.IsUndefined(call.This) || goja.IsNull(call.This) { // newman: taken off its scope it knows dynamic variables
			return c.current().replaceValue(call.Argument(0), nil, 0)
		}
		return c.current().replaceIn(c.kindOf(call.This), call.Argument(0))
	})
	method("toJSON", 0, func(s *Scopes, kind Kind, _ goja.FunctionCall) goja.Value { return s.json(kind) })
	c.env.Getter(p, "name", false, func(this goja.Value) goja.Value { return c.label(this, true) })
	c.env.Getter(p, "id", false, func(this goja.Value) goja.Value { return c.label(this, false) })
	c.env.Getter(p, "values", false, func(this goja.Value) goja.Value {
		return c.current().values(c.kindOf(this))
	})
	c.env.Getter(p, "mutations", false, func(this goja.Value) goja.Value {
		return c.mutations(c.current().changes[c.kindOf(this)])
	})
	return p
}

// mutations shows the changes that the script has made so far as a MutationTracker.
func (c *Class) mutations(changes []change) goja.Value {
	tracker := c.tracker()
	track, ok := goja.AssertFunction(tracker.Get("track"))
	if !ok {
		return tracker
	}
	for _, change := range changes {
		args := []goja.Value{c.env.VM.ToValue(change.what), c.env.VM.ToValue(change.key)}
		if change.value != nil {
			args = append(args, change.value)
		}
		if _, err := track(tracker, args...); err != nil {
			panic(c.rethrow(err))
		}
	}
	return tracker
}

// Inherit makes the objects instances of the SDK's VariableScope, which a script has asked for.
func (c *Class) Inherit(scope *goja.Object) {
	if c.base == nil {
		c.base = c.makeBase()
	}
	if proto, ok := scope.Get("prototype").(*goja.Object); ok {
		_ = c.base.SetPrototype(proto)
	}
}

func (c *Class) label(this goja.Value, name bool) goja.Value {
	id, label := c.current().labels(c.kindOf(this))
	if name {
		id = label
	}
	if id == "" {
		return goja.Undefined()
	}
	return c.env.VM.ToValue(id)
}
