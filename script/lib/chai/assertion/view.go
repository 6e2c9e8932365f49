package assertion

import (
	"reflect"
	"slices"

	"github.com/dop251/goja"

	"posthaste/script/jsvalue"
)

// Assertions are shown to scripts by two objects, as chai has a proxy and its
// target. What reads an assertion goes through the proxy, which throws for names
// that do not exist; getters of the chain have the target as this.

// A proxied is an assertion behind its proxy.
type proxied Assertion

// A bare is an assertion without its proxy.
type bare Assertion

// Value is the assertion as scripts see it.
func (a *Assertion) Value() *goja.Object {
	switch {
	case a.self != nil:
	case a.l.ProxyOn():
		a.self = a.l.B.VM.NewDynamicObject((*proxied)(a))
		jsvalue.Must(a.self.SetPrototype(a.prototype()))
	default:
		a.self = a.target()
	}
	return a.self
}

// target is the assertion as getters see it.
func (a *Assertion) target() *goja.Object {
	if a.bare == nil {
		a.bare = a.l.B.VM.NewDynamicObject((*bare)(a))
		jsvalue.Must(a.bare.SetPrototype(a.prototype()))
	}
	return a.bare
}

func (a *Assertion) prototype() *goja.Object {
	if a.proto != nil {
		return a.proto
	}
	return a.l.proto
}

// Get reads one link of the chain. Names that neither the chain nor a prototype
// knows throw, so that a misspelt assertion does not pass in silence.
func (p *proxied) Get(name string) goja.Value {
	a := (*Assertion)(p)
	l := a.l
	if !l.shown {
		if k := l.links[name]; k != nil {
			return a.link(k)
		}
	}
	if v := a.own(name); v != nil {
		return v
	}
	switch name {
	case "constructor", "__proto__", "__methods":
		l.Show()
	case "assert", "_obj":
	default:
		if l.shown && !a.Is(lockSsfi) {
			a.origin = &origin{}
		}
	}
	if a.chained != "" && !l.shown {
		switch name {
		case "call":
			return l.B.FunctionCall
		case "apply":
			return l.B.FunctionApply
		}
	}
	l.last = a
	if v := a.target().Get(name); v != nil {
		return v
	}
	if l.excluded(name) {
		return nil
	}
	l.B.ThrowError(l.suggest(name, a))
	return nil
}

// link reads a link before the prototype is shown.
func (a *Assertion) link(k *link) goja.Value {
	if a.l.standIn.is(a.object) && !k.stands {
		a.object = a.l.standIn.real()
	}
	switch {
	case k.chain != nil:
		if a.chained != "" && k.name == "length" {
			a.l.B.ThrowError(chainedLength(a.chained))
		}
		return a.l.chainable(a, k)
	case k.method != nil:
		a.l.last = a
		return a.l.methodFunc(k)
	}
	if v := k.property(a); !jsvalue.IsUndefined(v) {
		return v
	}
	return a.follow()
}

// own reads what the object itself has: its flags and what scripts set.
func (a *Assertion) own(name string) goja.Value {
	if name == "__flags" {
		return a.l.B.VM.NewDynamicObject((*flagView)(a))
	}
	return lookup(a.props, name)
}

// setOwn lets plugins replace all flags at once by writing __flags.
func (a *Assertion) setOwn(name string, v goja.Value) bool {
	if name != "__flags" {
		a.props = with(a.props, name, v)
		return true
	}
	if flags, ok := v.(*goja.Object); ok {
		a.extra, a.flags, a.wrote = nil, 0, 0
		for _, key := range flags.Keys() {
			a.SetFlag(key, flags.Get(key))
		}
	}
	return true
}

func (a *Assertion) hasOwn(name string) bool {
	return name == "__flags" || slices.ContainsFunc(a.props, func(n named) bool { return n.name == name })
}

func (a *Assertion) deleteOwn(name string) bool {
	a.props = without(a.props, name)
	return true
}

func (a *Assertion) ownNames() []string {
	out := []string{"__flags"}
	for _, n := range a.props {
		out = append(out, n.name)
	}
	return out
}

// Set sets a property of the object. What the prototype has a setter for, such as
// _obj, does not come here.
func (p *proxied) Set(name string, v goja.Value) bool { return (*Assertion)(p).setOwn(name, v) }

// Has says whether the object itself has the property.
func (p *proxied) Has(name string) bool { return (*Assertion)(p).hasOwn(name) }

// Delete removes what a script has set.
func (p *proxied) Delete(name string) bool { return (*Assertion)(p).deleteOwn(name) }

// Keys lists the object's own properties.
func (p *proxied) Keys() []string { return (*Assertion)(p).ownNames() }

// Get reads an own property; the engine then looks at the prototype.
func (b *bare) Get(name string) goja.Value { return (*Assertion)(b).own(name) }

// Set sets an own property.
func (b *bare) Set(name string, v goja.Value) bool { return (*Assertion)(b).setOwn(name, v) }

// Has says whether the object itself has the property.
func (b *bare) Has(name string) bool { return (*Assertion)(b).hasOwn(name) }

// Delete removes what a script has set.
func (b *bare) Delete(name string) bool { return (*Assertion)(b).deleteOwn(name) }

// Keys lists the object's own properties.
func (b *bare) Keys() []string { return (*Assertion)(b).ownNames() }

// Receiver finds the assertion that a function of the chain was called on: the
// object itself, the one behind a chainable method's function, or an object with
// flags of its own.
func (l *Library) Receiver(this goja.Value) *Assertion {
	if l.last != nil && this == goja.Value(l.last.self) {
		return l.last
	}
	if a := l.assertionOf(this); a != nil {
		return a
	}
	o, ok := this.(*goja.Object)
	if !ok || o == l.proto {
		l.B.ThrowType("this.assert is not a function")
	}
	return l.adopt(o)
}

// assertionOf is the assertion that a value stands for, nil when it is not an assertion.
func (l *Library) assertionOf(v goja.Value) *Assertion {
	o, _ := v.(*goja.Object)
	for range 4 { // the function of a chainable method is two steps away
		if o == nil {
			return nil
		}
		switch o.ExportType() {
		case reflect.TypeFor[*proxied]():
			h, _ := o.Export().(*proxied)
			return (*Assertion)(h)
		case reflect.TypeFor[*bare]():
			h, _ := o.Export().(*bare)
			return (*Assertion)(h)
		case l.B.ProxyType: // the function of a chainable method behind its proxy
			p, _ := o.Export().(goja.Proxy)
			o = p.Target()
		default:
			o = o.Prototype()
		}
	}
	return nil
}
