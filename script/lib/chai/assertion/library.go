// Package assertion is chai 4's Assertion as JavaScript sees it: the class and its
// prototype, chains with flags, the functions that plugins add and overwrite
// assertions with, AssertionError, and the proxies that catch misspelt names.
//
// Until a script asks for the class, the prototype is empty and chains are looked
// up in a table of Go functions, which is all that most scripts need. From then on
// every property of an assertion is read through the prototype.
package assertion

import (
	"github.com/dop251/goja"

	"posthaste/script/jsvalue"
	"posthaste/script/lib/chai/inspect"
)

// A Property computes what reading a property of an assertion gives; nil lets
// the chain go on with the assertion's flags.
type Property func(a *Assertion) goja.Value

// A Method computes what calling a method of an assertion gives; nil lets the
// chain go on with the assertion's flags. It may not keep args.
type Method func(a *Assertion, args []goja.Value) goja.Value

// A Library is the class Assertion of one runtime, with what belongs to it. Like
// the runtime it belongs to one goroutine.
type Library struct {
	B *jsvalue.Builtins
	inspect.Printer

	links map[string]*link
	order []string // the names in links, as they came; suggestions follow it
	shown bool     // the prototype holds the links

	class      *goja.Object // the Assertion constructor
	proto      *goja.Object
	assertFunc *goja.Object // Assertion.prototype.assert as it was made
	errorClass *goja.Object // the AssertionError constructor
	config     *goja.Object // nil until a script asks for it: the defaults hold
	eqlFunc    *goja.Object // utils.eql, nil until then

	last    *Assertion // the assertion whose method was read last, to know it by
	origins origins
	scripts bool // a script has added to the chain
	standIn standIn
}

// A standIn is an object that stands for a subject which is made when an assertion needs it.
type standIn struct {
	object *goja.Object // nil for none
	real   func() goja.Value
}

func (s standIn) is(v goja.Value) bool { return s.object != nil && v == goja.Value(s.object) }

// StandIn makes object stand for a subject that is the result of real. Assertions of these names, and links that do nothing, know the
// object; for others it is replaced.
func StandIn(l *Library, object *goja.Object, real func() goja.Value, names ...string) {
	l.standIn = standIn{object, real}
	for _, name := range names {
		if k := l.links[name]; k != nil {
			k.stands = true
		}
	}
}

// UseReal replaces an object that stands for the subject by the subject.
func (a *Assertion) UseReal() { a.object = a.l.standIn.real() }

// Passing is Expect for a chain that is followed to its end at once.
func Passing(l *Library, value, message goja.Value) *Assertion {
	a := l.Expect(value, message)
	a.passing = !l.shown
	return a
}

// Shown says whether scripts see the class, and may have changed it.
func Shown(l *Library) bool { return l.shown }

// A link is one entry of the chain: a property, a method, or both.
type link struct {
	name     string
	impl     string // what chai calls the function that does the work
	property Property
	method   Method
	chain    func(a *Assertion) // runs when a chainable method is read
	stands   bool               // it knows what stands for a subject, see StandIn

	fn       *goja.Object // the method as a function, once it was read
	behavior *goja.Object // the entry of __methods, once it is shown
	natives  [2]*goja.Object
}

// New makes the class. It must be called before user code runs.
func New(vm *goja.Runtime) *Library {
	l := &Library{B: jsvalue.Capture(vm), links: make(map[string]*link, 160)}
	l.Printer = inspect.Printer{B: l.B, Threshold: l.threshold}
	l.makeErrorClass()
	l.makeClass()
	return l
}

// VM is the runtime of the library.
func (l *Library) VM() *goja.Runtime { return l.B.VM }

// Class is the Assertion constructor. Its prototype shows the chain from then on.
func (l *Library) Class() *goja.Object {
	l.Show()
	return l.class
}

// ErrorClass is the AssertionError constructor.
func (l *Library) ErrorClass() *goja.Object { return l.errorClass }

// AddProperty adds a property to the chain, or replaces one.
func (l *Library) AddProperty(name string, get Property) { l.put(&link{name: name, property: get}) }

// AddMethod adds a method to the chain, or replaces one.
func (l *Library) AddMethod(name string, call Method) { l.put(&link{name: name, method: call}) }

// AddNamedMethod is AddMethod with the name that chai's own function has, which
// stack traces show when config.includeStack is on.
func (l *Library) AddNamedMethod(name, impl string, call Method) {
	l.put(&link{name: name, impl: impl, method: call})
}

// AddChainableMethod adds a method that can also be read as a link of the chain,
// like a and include. The function chain, which may be nil, runs whenever the
// name is read, before a call.
func (l *Library) AddChainableMethod(name string, call Method, chain func(a *Assertion)) {
	l.AddNamedChainable(name, "", call, chain)
}

// AddNamedChainable is AddChainableMethod with the name of chai's own function.
func (l *Library) AddNamedChainable(name, impl string, call Method, chain func(a *Assertion)) {
	if chain == nil {
		chain = func(*Assertion) {}
	}
	l.put(&link{name: name, impl: impl, method: call, chain: chain})
}

// OverwriteProperty replaces a property by one that may fall through to the
// original: wrap is given it, or one that does nothing.
func (l *Library) OverwriteProperty(name string, wrap func(original Property) Property) {
	original := func(*Assertion) goja.Value { return nil }
	if k := l.links[name]; k != nil && k.property != nil {
		original = k.property
	}
	l.put(&link{name: name, property: wrap(original)})
}

// OverwriteMethod replaces a method by one that may fall through to the original.
// A chainable method stays chainable. Without an original, falling through throws.
func (l *Library) OverwriteMethod(name string, wrap func(original Method) Method) {
	k := link{name: name, method: func(*Assertion, []goja.Value) goja.Value {
		l.B.ThrowError(name + " is not a function")
		return nil
	}}
	if have := l.links[name]; have != nil && have.method != nil {
		k = link{name: name, impl: have.impl, method: have.method, chain: have.chain}
	}
	k.method = wrap(k.method)
	l.put(&k)
}

// IsProperty says whether a name of the chain is a property, which cannot be called.
func (l *Library) IsProperty(name string) bool {
	k := l.links[name]
	return k != nil && k.property != nil
}

// put adds a member. Once the prototype was shown to a script, later members are shown as they come.
func (l *Library) put(k *link) {
	if _, known := l.links[k.name]; !known {
		l.order = append(l.order, k.name)
	}
	l.links[k.name] = k
	if l.shown {
		l.show(k)
	}
}

// Expect is a new assertion on a value, as expect(value, message) makes it.
func (l *Library) Expect(value, message goja.Value) *Assertion {
	a := &Assertion{l: l, object: value, eql: l.deepEqual()}
	if !jsvalue.IsUndefined(message) {
		a.message = message
	}
	return a
}
