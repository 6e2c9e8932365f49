package assertion

import (
	"github.com/dop251/goja"

	"posthaste/script/jsvalue"
)

// Flags are the boolean flags of an assertion, by bit.
type Flags uint16

// The flags that chai's own assertions set and ask.
const (
	Negate Flags = 1 << iota
	Deep
	Nested
	Own
	Ordered
	Any
	All
	Contains
	DoLength
	Itself
	lockSsfi
)

// flagNames are the names of the flags, in the order of their bits.
func flagNames() [11]string {
	return [...]string{"negate", "deep", "nested", "own", "ordered", "any", "all", "contains", "doLength", "itself", "lockSsfi"}
}

// FlagNamed is the boolean flag of that name, 0 when no flag has it.
func FlagNamed(name string) Flags {
	for i, known := range flagNames() {
		if known == name {
			return 1 << i
		}
	}
	return 0
}

// An Assertion is one step of a chain: a subject and the flags that the chain
// has set so far. Scripts see it as an object whose properties are the chain.
type Assertion struct {
	l       *Library
	object  goja.Value
	message goja.Value // nil when none was given
	flags   Flags
	wrote   Flags      // flags that were set to false, which differs from never set
	eql     goja.Value // the comparison, nil for chai's own
	extra   []named    // flags that plugins set; never changed once shared
	props   []named    // properties that scripts set on the object
	origin  *origin    // where stack traces begin
	at      *link      // the link whose function runs, while config.includeStack may ask

	chained string       // the chainable method whose function it stands behind
	self    *goja.Object // as scripts see it; nil until they do
	bare    *goja.Object // the same without the proxy
	proto   *goja.Object // the prototype of a subclass, nil for the library's own
	foreign *goja.Object // an object of a script that has flags, see adopt

	// The chain is followed to its end at once, and nobody keeps a step of it: so each step may be the same object.
	passing bool
}

// A named value is a flag or property.
type named struct {
	name  string
	value goja.Value
}

// Library is what the assertion belongs to.
func (a *Assertion) Library() *Library { return a.l }

// Builtins are the built-in functions of the assertion's runtime.
func (a *Assertion) Builtins() *jsvalue.Builtins { return a.l.B }

// Runtime is the runtime of the assertion.
func (a *Assertion) Runtime() *goja.Runtime { return a.l.B.VM }

// Object is the subject, chai's flag "object".
func (a *Assertion) Object() goja.Value { return jsvalue.OrUndefined(a.object) }

// Actual is what util.getActual finds when an assertion gave nothing else: the
// property _obj.
func (a *Assertion) Actual() goja.Value {
	if a.foreign != nil {
		return jsvalue.OrUndefined(a.foreign.Get("_obj"))
	}
	return a.Object()
}

// SetObject changes the subject of the rest of the chain.
func (a *Assertion) SetObject(v goja.Value) { a.object = v }

// Negated says whether the chain holds a not.
func (a *Assertion) Negated() bool { return a.Is(Negate) }

// Message is the message given to expect, the prefix of failures; "" if none.
func (a *Assertion) Message() string {
	if !jsvalue.Truthy(a.message) {
		return ""
	}
	return jsvalue.Printable(a.l.B.Str(a.message))
}

// New starts an assertion on another subject, with the same message: what a
// plugin uses to build on existing assertions. Its failures are the caller's in
// stack traces.
func (a *Assertion) New(object goja.Value) *Assertion {
	return &Assertion{l: a.l, object: object, message: a.message, eql: a.l.deepEqual(), origin: a.origin, flags: lockSsfi}
}

// Next is the step after this one: the same flags, another object.
func (a *Assertion) Next() *Assertion {
	b := *a
	b.self, b.bare, b.chained, b.props, b.foreign, b.proto = nil, nil, "", nil, nil, nil
	return &b
}

// follow is the step after this one as scripts see it.
func (a *Assertion) follow() *goja.Object {
	if a.passing && a.chained == "" && a.self != nil && !a.l.shown {
		return a.self
	}
	return a.Next().Value()
}

// Within is Next for an assertion that another one makes: its failures are the
// outer one's in stack traces.
func (a *Assertion) Within() *Assertion {
	b := a.Next()
	b.flags |= lockSsfi
	return b
}

// Call calls a method of the chain on the assertion, as a script would. A name
// that is no method throws.
func (a *Assertion) Call(name string, args ...goja.Value) goja.Value {
	b := a.l.B
	if a.l.shown {
		this := a.Value()
		return b.Invoke(this, "assertion", name, args...)
	}
	k := a.l.links[name]
	if k == nil || k.method == nil {
		b.ThrowType(name + " is not a function")
	}
	if k.chain != nil {
		k.chain(a)
	}
	return k.method(a, args)
}

// Read reads a property of the chain, as a script would. A name that is no
// property throws.
func (a *Assertion) Read(name string) goja.Value {
	if a.l.shown {
		return a.Value().Get(name)
	}
	k := a.l.links[name]
	if k == nil || k.property == nil {
		a.l.B.ThrowError("Invalid Chai property: " + name)
	}
	return k.property(a)
}

// Is says whether any of the flags is set.
func (a *Assertion) Is(f Flags) bool { return a.flags&f != 0 }

// Set sets flags, or sets them to false.
func (a *Assertion) Set(f Flags, on bool) {
	if len(a.extra) > 0 {
		for i, name := range flagNames() {
			if f&(1<<i) != 0 {
				a.extra = without(a.extra, name)
			}
		}
	}
	if on {
		a.flags |= f
		return
	}
	a.flags &^= f
	a.wrote |= f
}

// TakeMessage makes the i-th argument, if truthy, the assertion's message.
func (a *Assertion) TakeMessage(args []goja.Value, i int) {
	if i < len(args) && jsvalue.Truthy(args[i]) {
		a.message = args[i]
	}
}

// Prefix is what a message given to expect puts before a failure's text.
func (a *Assertion) Prefix() string {
	if !jsvalue.Truthy(a.message) {
		return ""
	}
	return a.l.B.Str(a.message) + ": "
}

// Equal compares as deep assertions do: by config.deepEqual, or the flag eql of a
// plugin, where a script set one.
func (a *Assertion) Equal(x, y goja.Value) bool {
	if f, ok := goja.AssertFunction(a.eql); ok {
		return jsvalue.Truthy(jsvalue.Call(f, goja.Undefined(), jsvalue.OrUndefined(x), jsvalue.OrUndefined(y)))
	}
	return a.l.Equal(x, y)
}

// running are the names of chai's own functions that run for the assertion, the
// innermost first, which the stack of the engine does not show.
func (a *Assertion) running() []string {
	switch {
	case a.at == nil:
		return nil
	case a.at.method != nil:
		return []string{a.at.impl}
	}
	return []string{a.at.name, "propertyGetter", "proxyGetter"}
}
