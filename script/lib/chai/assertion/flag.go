package assertion

import (
	"slices"

	"github.com/dop251/goja"

	"posthaste/script/jsvalue"
)

// Flag is the value of a flag, as utils.flag reads it: nil when it is not set.
func (a *Assertion) Flag(name string) goja.Value {
	switch name {
	case "object":
		return jsvalue.OrUndefined(a.object)
	case "message":
		return a.message
	case "eql":
		if a.eql != nil {
			return a.eql
		}
		return a.l.EqualFunc()
	case "ssfi":
		return a.l.originFunc(a)
	}
	if f := FlagNamed(name); f != 0 {
		switch v := lookup(a.extra, name); {
		case v != nil: // a plugin gave it a value that is no boolean
			return v
		case a.Is(f):
			return a.l.B.VM.ToValue(true)
		case a.wrote&f != 0:
			return a.l.B.VM.ToValue(false)
		}
		return nil
	}
	return lookup(a.extra, name)
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
	case "eql":
		a.eql = v
		return
	case "ssfi":
		a.origin = a.l.originOf(v)
		return
	}
	if f := FlagNamed(name); f != 0 {
		a.Set(f, jsvalue.Truthy(v))
		if kind := jsvalue.TypeOf(v); kind == "boolean" || kind == "undefined" {
			return
		}
	}
	a.extra = with(a.extra, name, v)
}

// flagged lists the names of the flags that are set.
func (a *Assertion) flagged() []string {
	out := []string{"ssfi", "lockSsfi", "object", "message", "eql"}
	for i, name := range flagNames() {
		if f := Flags(1) << i; name != "lockSsfi" && (a.Is(f) || a.wrote&f != 0) {
			out = append(out, name)
		}
	}
	for _, f := range a.extra {
		if !slices.Contains(out, f.name) {
			out = append(out, f.name)
		}
	}
	return out
}

func lookup(list []named, name string) goja.Value {
	for i := range list {
		if list[i].name == name {
			return list[i].value
		}
	}
	return nil
}

// with is the list with a value set, in a copy: a step before may share the list.
func with(list []named, name string, v goja.Value) []named {
	out := append(make([]named, 0, len(list)+1), list...)
	for i := range out {
		if out[i].name == name {
			out[i].value = v
			return out
		}
	}
	return append(out, named{name, v})
}

// without is the list with a value removed, in a copy.
func without(list []named, name string) []named {
	var out []named
	for _, n := range list {
		if n.name != name {
			out = append(out, n)
		}
	}
	return out
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
func (f *flagView) Has(name string) bool {
	switch name {
	case "ssfi", "lockSsfi", "message":
		return true
	}
	return (*Assertion)(f).Flag(name) != nil
}

// Delete clears a flag.
func (f *flagView) Delete(name string) bool {
	a := (*Assertion)(f)
	if bit := FlagNamed(name); bit != 0 {
		a.flags &^= bit
		a.wrote &^= bit
	}
	a.extra = without(a.extra, name)
	return true
}

// Keys lists the flags that are set.
func (f *flagView) Keys() []string { return (*Assertion)(f).flagged() }

// flagsOf is the __flags object of any object, which is made when it is missing.
func (l *Library) flagsOf(v goja.Value) *goja.Object {
	o, ok := v.(*goja.Object)
	if !ok {
		l.B.ThrowType("Cannot read properties of " + l.B.Str(v) + " (reading '__flags')")
	}
	flags, ok := o.Get("__flags").(*goja.Object)
	if !ok {
		flags = l.B.VM.CreateObject(nil)
		jsvalue.Must(o.Set("__flags", flags))
	}
	return flags
}

// FlagOf is utils.flag(object, name) of an assertion or any other object.
func (l *Library) FlagOf(v goja.Value, name string) goja.Value {
	if a := l.assertionOf(v); a != nil {
		return a.Flag(name)
	}
	return l.flagsOf(v).Get(name)
}

// SetFlagOf is utils.flag(object, name, value).
func (l *Library) SetFlagOf(v goja.Value, name string, flag goja.Value) {
	if a := l.assertionOf(v); a != nil {
		a.SetFlag(name, flag)
		return
	}
	jsvalue.Must(l.flagsOf(v).Set(name, flag))
}

// Transfer is utils.transferFlags: all flags of one object to another, or all but
// those that belong to the assertion itself.
func (l *Library) Transfer(from, to goja.Value, all bool) {
	a, b := l.assertionOf(from), l.assertionOf(to)
	if a != nil && b != nil && all {
		next := a.Next()
		next.self, next.bare, next.chained, next.props, next.proto = b.self, b.bare, b.chained, b.props, b.proto
		*b = *next
		return
	}
	var source *goja.Object
	var names []string
	if a != nil {
		names = a.flagged()
	} else {
		source = l.flagsOf(from)
		names = source.Keys()
	}
	for _, name := range names {
		switch name {
		case "object", "ssfi", "lockSsfi", "message":
			if !all {
				continue
			}
		}
		if a != nil {
			l.SetFlagOf(to, name, jsvalue.OrUndefined(a.Flag(name)))
		} else {
			l.SetFlagOf(to, name, jsvalue.OrUndefined(source.Get(name)))
		}
	}
}

// adopt is an assertion with the flags of an object that is not ours.
func (l *Library) adopt(o *goja.Object) *Assertion {
	a := &Assertion{l: l, foreign: o, self: o, bare: o}
	flags := l.flagsOf(o)
	for _, name := range flags.Keys() {
		a.SetFlag(name, flags.Get(name))
	}
	return a
}

// giveBack writes the flags of an adopted assertion to its object.
func (a *Assertion) giveBack() {
	if a.foreign == nil {
		return
	}
	flags := a.l.flagsOf(a.foreign)
	for _, name := range a.flagged() {
		if v := a.Flag(name); v != nil && name != "eql" && name != "ssfi" {
			jsvalue.Must(flags.Set(name, v))
		}
	}
}
