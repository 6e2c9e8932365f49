package inspect

import (
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/dop251/goja"

	"posthaste/script/jsvalue"
	"posthaste/script/lib/native"
)

func itoa(i int) string { return strconv.Itoa(i) }

// A shape is how one object is to be printed, decided from its class. Contents are printed
// later, when it is known that the depth allows it.
type shape struct {
	base          string                   // printed before the brace: a function, a date, an error
	open, closing string                   // braces, with the class name before the opening one
	keys          []goja.Value             // properties to print, strings and symbols
	list          bool                     // array-like: items without names, in columns
	entries       func(depth int) []string // contents that are no properties
	empty         string                   // the whole text when there is nothing inside
}

// raw prints an object by its class (Node: formatRaw).
func (p *printer) raw(o *goja.Object, depth int) string {
	name, null := p.constructor(o)
	tag := p.tag(o)
	s := p.shape(o, name, null, tag, depth)
	if s.empty != "" {
		return s.empty
	}
	// Too deep: only the class.
	if p.depth >= 0 && depth > p.depth {
		text := strings.TrimSuffix(prefix(name, null, tag, "Object", ""), " ")
		if null {
			return text
		}
		return "[" + text + "]"
	}
	depth++
	p.seen = append(p.seen, o)
	p.current = depth
	var output []string
	if s.entries != nil {
		output = s.entries(depth)
	}
	for _, key := range s.keys {
		output = append(output, p.property(o, key, depth))
	}
	p.seen = p.seen[:len(p.seen)-1]
	// The object contains itself: references to it show this number.
	if i := slices.Index(p.circular, o); i >= 0 {
		reference := "<ref *" + itoa(i+1) + ">"
		if s.base == "" {
			s.base = reference
		} else {
			s.base = reference + " " + s.base
		}
	}
	// The elements of an array keep their order.
	if p.opt.Sorted {
		if s.list {
			items := len(output) - len(s.keys)
			slices.Sort(output[items:])
		} else {
			slices.Sort(output)
		}
	}
	return p.join(output, s.base, s.open, s.closing, s.list, depth, o)
}

// constructor finds the class name as Node does: the nearest own constructor property that
// the object is an instance of. null says that there is no prototype. Getters are not called.
func (p *printer) constructor(o *goja.Object) (name string, null bool) {
	for at := o; at != nil; at = at.Prototype() {
		d := p.descriptor(at, p.vm.ToValue("constructor"))
		if d == nil {
			continue
		}
		ctor, ok := d.Get("value").(*goja.Object)
		if !ok {
			continue
		}
		if _, callable := goja.AssertFunction(ctor); !callable {
			continue
		}
		if n := ctor.Get("name"); n != nil && n.String() != "" && p.inherits(o, ctor) {
			return n.String(), false
		}
	}
	if o.Prototype() == nil {
		return "", true
	}
	// No constructor was found: Node shows the prototype.
	return o.ClassName() + " <" + p.value(o.Prototype(), p.depth+1) + ">", false
}

// inherits says whether ctor.prototype is among o's prototypes, like instanceof without
// Symbol.hasInstance.
func (p *printer) inherits(o, ctor *goja.Object) bool {
	proto, ok := ctor.Get("prototype").(*goja.Object)
	if !ok {
		return false
	}
	for at := o.Prototype(); at != nil; at = at.Prototype() {
		if at == proto {
			return true
		}
	}
	return false
}

// descriptor is Object.getOwnPropertyDescriptor, nil when the property does not exist.
func (p *printer) descriptor(o *goja.Object, key goja.Value) *goja.Object {
	if p.describe == nil {
		return nil
	}
	v, err := p.describe(p.object, o, key)
	if err != nil {
		panic(err)
	}
	return jsvalue.Object(v)
}

// tag is the object's Symbol.toStringTag unless it is printed as a property anyway; ""
// without one.
func (p *printer) tag(o *goja.Object) string {
	v := o.GetSymbol(goja.SymToStringTag)
	if _, ok := v.(goja.String); !ok || slices.Contains(o.Symbols(), goja.SymToStringTag) {
		return ""
	}
	return v.String()
}

// prefix is the class name before a brace, with a blank after it. fallback names an object
// without prototype; size is "(3)" or "".
func prefix(name string, null bool, tag, fallback, size string) string {
	if null {
		if tag != "" && fallback != tag {
			return "[" + fallback + size + ": null prototype] [" + tag + "] "
		}
		return "[" + fallback + size + ": null prototype] "
	}
	if tag != "" && name != tag {
		return name + size + " [" + tag + "] "
	}
	return name + size + " "
}

// keys lists the properties to print: strings, enumerable ones unless ShowHidden is set, then
// symbols.
func (p *printer) keys(o *goja.Object) []goja.Value {
	names := o.Keys()
	if p.opt.ShowHidden {
		names = o.GetOwnPropertyNames()
	}
	keys := make([]goja.Value, 0, len(names))
	for _, name := range names {
		keys = append(keys, p.vm.ToValue(name))
	}
	for _, symbol := range o.Symbols() {
		keys = append(keys, symbol)
	}
	return keys
}

// extras lists the properties of an array-like of length n that are no indices. Those of very
// long ones are not looked for, since that would take longer than the printing.
func (p *printer) extras(o *goja.Object, n int) []goja.Value {
	if n > 20000 {
		return nil
	}
	return slices.DeleteFunc(p.keys(o), func(key goja.Value) bool {
		if _, ok := key.(goja.String); !ok {
			return false
		}
		_, isIndex := index(key.String())
		return isIndex
	})
}

// index reads an array index in its canonical form: "01" is a name and no index.
func index(name string) (n int, ok bool) {
	u, err := strconv.ParseUint(name, 10, 32)
	return int(u), err == nil && u < 1<<32-1 && strconv.FormatUint(u, 10) == name
}

// property prints one property with its name: "a: 1".
func (p *printer) property(o *goja.Object, key goja.Value, depth int) string {
	d := p.descriptor(o, key)
	var text string
	enumerable := true
	if d == nil {
		p.indent += 2
		text = p.value(o.Get(key.String()), depth)
		p.indent -= 2
	} else {
		enumerable = d.Get("enumerable").ToBoolean()
		text = p.described(d, depth)
	}
	return p.name(key, enumerable) + ": " + text
}

// described shows a property by its descriptor without calling its getter: printing must not
// run a script's code.
func (p *printer) described(d *goja.Object, depth int) string {
	set, get := d.Get("set"), d.Get("get")
	switch {
	case get != nil && !goja.IsUndefined(get):
		if set != nil && !goja.IsUndefined(set) {
			return "[Getter/Setter]"
		}
		return "[Getter]"
	case set != nil && !goja.IsUndefined(set):
		return "[Setter]"
	}
	p.indent += 2
	defer func() { p.indent -= 2 }()
	return p.value(d.Get("value"), depth)
}

// name is a property's name as inspect writes it: symbols and properties that are not
// enumerable in brackets, others quoted if need be.
func (p *printer) name(key goja.Value, enumerable bool) string {
	if symbol, ok := key.(*goja.Symbol); ok {
		return "[" + p.primitive(symbol) + "]"
	}
	name := key.String()
	switch {
	case name == "__proto__":
		return "['__proto__']"
	case !enumerable:
		return "[" + name + "]"
	case identifier(name):
		return name
	}
	return quote(native.UTF16(key))
}

// is says whether o exports to the Go type T, by which the engine's classes are distinguished
// without running script code.
func is[T any](o *goja.Object) bool { return o.ExportType() == reflect.TypeFor[T]() }
