package chai

import (
	"maps"

	"github.com/dop251/goja"
)

// flags are the boolean flags of an assertion, by bit.
type flags uint16

const (
	negate flags = 1 << iota
	deep
	nested
	own
	ordered
	anyKey
	allKeys
	contains
	doLength
	itself
)

// An Assertion is one step of a chain: a subject and the flags that the chain
// has set so far. Scripts see it as an object whose properties are the chain.
type Assertion struct {
	c        *Chai
	object   goja.Value
	message  goja.Value // nil when none was given
	flags    flags
	function bool                  // it stands behind a chainable method's function
	name     string                // of that method
	extra    map[string]goja.Value // flags that plugins set; never changed once shared
	delta    *delta                // what a change assertion saw, for by
	self     *goja.Object          // as scripts see it; nil until they do
}

// Runtime is the runtime of the assertion.
func (a *Assertion) Runtime() *goja.Runtime { return a.c.vm }

// Chai is the library the assertion belongs to.
func (a *Assertion) Chai() *Chai { return a.c }

// Object is the subject, chai's flag "object".
func (a *Assertion) Object() goja.Value { return orUndefined(a.object) }

// SetObject changes the subject of the rest of the chain.
func (a *Assertion) SetObject(v goja.Value) { a.object = v }

// Negated says whether the chain holds a not.
func (a *Assertion) Negated() bool { return a.is(negate) }

// Message is the message given to expect, the prefix of failures; "" if none.
func (a *Assertion) Message() string {
	if !truthy(a.message) {
		return ""
	}
	return printable(a.c.str(a.message))
}

// New starts an assertion on another subject, with the same message: what a
// plugin uses to build on existing assertions.
func (a *Assertion) New(object goja.Value) *Assertion {
	return &Assertion{c: a.c, object: object, message: a.message}
}

// Call calls a method of the chain on the assertion, as a script would. A name
// that is no method throws.
func (a *Assertion) Call(name string, args ...goja.Value) goja.Value {
	l := a.c.chains[name]
	if l == nil || l.method == nil {
		a.c.throwType(name + " is not a function")
	}
	if l.chain != nil {
		l.chain(a)
	}
	return l.method(a, args)
}

// Read reads a property of the chain, as a script would. A name that is no
// property throws.
func (a *Assertion) Read(name string) goja.Value {
	l := a.c.chains[name]
	if l == nil || l.property == nil {
		a.c.throwError("Invalid Chai property: " + name)
	}
	return l.property(a)
}

func (a *Assertion) is(f flags) bool { return a.flags&f != 0 }

func (a *Assertion) set(f flags, on bool) {
	if on {
		a.flags |= f
	} else {
		a.flags &^= f
	}
}

// Flag is the value of a flag, as utils.flag reads it: nil when it is not set.
func (a *Assertion) Flag(name string) goja.Value {
	switch name {
	case "object":
		return orUndefined(a.object)
	case "message":
		return a.message
	}
	if f := flagNamed(name); f != 0 {
		if a.is(f) {
			return a.c.vm.ToValue(true)
		}
		return nil
	}
	return a.extra[name]
}

// SetFlag sets a flag, as utils.flag does with three arguments.
func (a *Assertion) SetFlag(name string, v goja.Value) {
	switch name {
	case "object":
		a.object = v
		return
	case "message":
		a.message = v
		return
	}
	if f := flagNamed(name); f != 0 {
		a.set(f, truthy(v))
		return
	}
	next := maps.Clone(a.extra) // a step before may share the map
	if next == nil {
		next = map[string]goja.Value{}
	}
	next[name] = v
	a.extra = next
}

func flagNamed(name string) flags {
	switch name {
	case "negate":
		return negate
	case "deep":
		return deep
	case "nested":
		return nested
	case "own":
		return own
	case "ordered":
		return ordered
	case "any":
		return anyKey
	case "all":
		return allKeys
	case "contains":
		return contains
	case "doLength":
		return doLength
	case "itself":
		return itself
	}
	return 0
}

// next is the step after this one: the same flags, another object.
func (a *Assertion) next() *Assertion {
	b := *a
	b.self, b.function, b.name = nil, false, ""
	return &b
}

// value is the assertion as scripts see it.
func (a *Assertion) value() *goja.Object {
	if a.self == nil {
		a.self = a.c.vm.NewDynamicObject((*handler)(a))
		must(a.self.SetPrototype(a.c.assertionProto))
	}
	return a.self
}

// prefix is what a message given to expect puts before a failure's text.
func (a *Assertion) prefix() string {
	if !truthy(a.message) {
		return ""
	}
	return a.c.str(a.message) + ": "
}

// takeMessage makes the i-th argument, if truthy, the assertion's message.
func (a *Assertion) takeMessage(args []goja.Value, i int) {
	if i < len(args) && truthy(args[i]) {
		a.message = args[i]
	}
}
