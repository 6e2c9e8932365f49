package chai

import (
	"github.com/dop251/goja"
)

// A handler is an Assertion as the engine sees it: each property that a script
// reads comes here first. It is what chai's Proxy does, without one.
type handler Assertion

// Get reads one link of the chain. Names that neither the chain nor a prototype
// knows throw, so that a misspelt assertion does not pass in silence.
func (h *handler) Get(name string) goja.Value {
	a := (*Assertion)(h)
	l := a.c.chains[name]
	switch {
	case l == nil:
		return a.unknown(name)
	case l.chain != nil:
		if a.function && name == "length" {
			a.c.throwError(chainedLength(a.name))
		}
		return a.c.chainable(a, name, l)
	case l.method != nil:
		a.c.last = a
		if l.fn == nil {
			l.fn = a.c.methodFunc(name, l.method)
		}
		return l.fn
	}
	if v := l.property(a); !isUndefined(v) {
		return v
	}
	return a.next().value()
}

// unknown reads what is no link: chai's own members, then the prototypes.
func (a *Assertion) unknown(name string) goja.Value {
	switch name {
	case "_obj":
		return orUndefined(a.object)
	case "__flags":
		return a.c.vm.NewDynamicObject((*flagView)(a))
	case "call":
		if a.function {
			return a.c.in.functionCall
		}
	case "apply":
		if a.function {
			return a.c.in.functionApply
		}
	}
	if v := a.extra["."+name]; v != nil {
		return v
	}
	if a.c.excluded(name) || a.c.hasProperty(a.c.assertionProto, name) {
		return nil
	}
	a.c.throwError(a.c.suggest(name, a.function))
	return nil
}

// Set changes the subject through _obj; other properties are kept as they are
// set, but a link of the chain cannot be hidden by one.
func (h *handler) Set(name string, v goja.Value) bool {
	a := (*Assertion)(h)
	switch name {
	case "_obj":
		a.object = v
	case "__flags":
	default:
		a.SetFlag("."+name, v)
	}
	return true
}

// Has says whether the name is part of the chain.
func (h *handler) Has(name string) bool {
	if name == "_obj" || name == "__flags" {
		return true
	}
	return h.c.chains[name] != nil || h.extra["."+name] != nil
}

// Delete does nothing: the chain is not the script's.
func (h *handler) Delete(string) bool { return true }

// Keys lists what chai's assertions own.
func (h *handler) Keys() []string { return []string{"__flags"} }

// methodFunc makes the function that stands for a method on every assertion.
func (c *Chai) methodFunc(name string, m Method) *goja.Object {
	fn := c.native(name, func(call goja.FunctionCall) goja.Value {
		a := c.receiver(call.This)
		if v := m(a, call.Arguments); !isUndefined(v) {
			return v
		}
		return a.next().value()
	})
	// What a function does not have ends at a guard, which explains the mistake.
	must(fn.Delete("length"))
	must(fn.SetPrototype(c.vm.NewDynamicObject(&guard{c: c, method: name})))
	return fn
}

// chainable makes the function that reading a chainable method gives: it can be
// called, and it carries the chain on.
func (c *Chai) chainable(a *Assertion, name string, l *link) goja.Value {
	l.chain(a)
	b := a.next()
	b.function, b.name = true, name
	fn := c.vm.ToValue(func(call goja.FunctionCall) goja.Value {
		on := a
		if call.This != goja.Value(a.self) && !isUndefined(call.This) {
			on = c.receiver(call.This)
		}
		if v := l.method(on, call.Arguments); !isUndefined(v) {
			return v
		}
		return on.next().value()
	}).(*goja.Object)
	must(fn.Delete("length"))
	must(fn.SetPrototype(b.value()))
	return fn
}

// receiver finds the assertion that a method was called on: the object itself,
// or the one behind a chainable method's function.
func (c *Chai) receiver(this goja.Value) *Assertion {
	if c.last != nil && this == goja.Value(c.last.self) {
		return c.last
	}
	if a := c.assertionOf(this); a != nil {
		return a
	}
	c.throwType("this is not a chai assertion")
	return nil
}

// assertionOf is the assertion that a value stands for, nil when it is none.
func (c *Chai) assertionOf(v goja.Value) *Assertion {
	o, _ := v.(*goja.Object)
	for range 3 { // the function of a chainable method is one step away
		if o == nil {
			return nil
		}
		if o.ExportType() == c.in.assertionType {
			h, _ := o.Export().(*handler)
			return (*Assertion)(h)
		}
		o = o.Prototype()
	}
	return nil
}

// A flagView shows an assertion's flags as chai's __flags object.
type flagView Assertion

// Get reads a flag.
func (f *flagView) Get(name string) goja.Value { return (*Assertion)(f).Flag(name) }

// Set sets a flag.
func (f *flagView) Set(name string, v goja.Value) bool {
	(*Assertion)(f).SetFlag(name, v)
	return true
}

// Has says whether a flag is set.
func (f *flagView) Has(name string) bool { return (*Assertion)(f).Flag(name) != nil }

// Delete clears a flag.
func (f *flagView) Delete(name string) bool {
	(*Assertion)(f).SetFlag(name, goja.Undefined())
	return true
}

// Keys lists the flags that are set.
func (f *flagView) Keys() []string {
	var out []string
	for _, name := range []string{
		"object", "message", "negate", "deep", "nested", "own", "ordered", "any", "all", "contains", "doLength", "itself",
	} {
		if (*Assertion)(f).Flag(name) != nil {
			out = append(out, name)
		}
	}
	return out
}
