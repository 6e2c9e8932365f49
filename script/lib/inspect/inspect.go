// Package inspect prints JavaScript values as Node's util.inspect does, for
// consoles, util.inspect and assertion messages.
//
// Layout, limits and wording are those of Node 20 (lib/internal/util/inspect);
// testdata of package module holds what Node printed. Getters are not called and
// proxies are looked through, so inspecting runs script code only where a script
// asked for it with nodejs.util.inspect.custom.
package inspect

import (
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/dop251/goja"

	"posthaste/script/jsvalue"
	"posthaste/script/lib/lazy"
	"posthaste/script/lib/native"
)

// Options shape the output. The zero value prints as Node does by default.
type Options struct {
	Depth           *int // levels below the top that are shown; nil is 2, negative is all
	BreakLength     int  // columns of a line; 0 is 80, negative is no limit
	MaxArrayLength  int  // items shown of arrays, sets and maps; 0 is 100, negative is all
	MaxStringLength int  // UTF-16 units shown of a string; 0 is 10000, negative is all
	Compact         int  // inner levels put on one line; 0 means 3, a negative number means none
	ShowHidden      bool // also non-enumerable properties
	Sorted          bool // properties in alphabetical order
	NoStack         bool // errors as [Name: message], without stack lines
}

// Value prints v, which may be any value of vm. What a script's own inspection code throws is
// printed in its place, in brackets: printing never fails.
func Value(vm *goja.Runtime, v goja.Value, opt Options) (text string) {
	p := newPrinter(vm, opt)
	if thrown := vm.Try(func() { text = p.value(v, 0) }); thrown != nil {
		return "[" + thrown.Error() + "]"
	}
	return text
}

// A printer is one call of Value. seen and circular belong to the objects on the way from the
// top to the current one.
type printer struct {
	vm       *goja.Runtime
	opt      Options
	depth    int            // -1 is unlimited
	indent   int            // columns that inner lines are indented by
	current  int            // depth of the object printed last
	spent    int            // bytes printed so far, parts of parts counted again
	seen     []*goja.Object // objects that are being printed, outermost first
	circular []*goja.Object // objects that contain themselves, in the order of their numbers
	custom   *goja.Symbol   // nodejs.util.inspect.custom
	describe goja.Callable  // Object.getOwnPropertyDescriptor
	object   *goja.Object   // the global Object
}

// newPrinter fills in Node's defaults: depth 2, 80 columns, 100 elements, 10,000 characters.
// It reads the engine's globals, which a script may have removed; then less is shown.
func newPrinter(vm *goja.Runtime, opt Options) *printer {
	p := &printer{vm: vm, opt: opt, depth: 2}
	if opt.Depth != nil {
		p.depth = max(*opt.Depth, -1)
	}
	p.opt.BreakLength = limit(opt.BreakLength, 80)
	p.opt.MaxArrayLength = limit(opt.MaxArrayLength, 100)
	p.opt.MaxStringLength = limit(opt.MaxStringLength, 10000)
	if opt.Compact == 0 {
		p.opt.Compact = 3
	}
	p.object, _ = vm.GlobalObject().Get("Object").(*goja.Object)
	if p.object != nil {
		p.describe, _ = goja.AssertFunction(p.object.Get("getOwnPropertyDescriptor"))
	}
	if symbol, ok := vm.GlobalObject().Get("Symbol").(*goja.Object); ok {
		if registry, ok := goja.AssertFunction(symbol.Get("for")); ok {
			if v, err := registry(symbol, vm.ToValue("nodejs.util.inspect.custom")); err == nil {
				p.custom, _ = v.(*goja.Symbol)
			}
		}
	}
	return p
}

// deepest is how many levels are walked at most, and budget how many bytes are printed before
// inner objects are cut short; both protect from values that are made to exhaust memory.
const (
	deepest = 400
	budget  = 1 << 27
)

// oneLine is the compact mode true, which puts everything on one line that fits.
const oneLine = 1 << 30

// limit is n, otherwise where n is 0, and practically no limit where it is negative.
func limit(n, otherwise int) int {
	switch {
	case n == 0:
		return otherwise
	case n < 0:
		return 1 << 40
	}
	return n
}

// value prints v at a depth; the top is 0. Proxies are looked through: their traps would run
// script code.
func (p *printer) value(v goja.Value, depth int) string {
	o, ok := v.(*goja.Object)
	if !ok {
		return p.primitive(v)
	}
	o = lazy.Real(o)
	for o.ExportType() == reflect.TypeFor[goja.Proxy]() {
		target := o.Export().(goja.Proxy).Target()
		if target == nil {
			return "<Revoked Proxy>"
		}
		o = lazy.Real(target)
	}
	// Before the check for circles, as in Node: the object decides itself.
	if text, ok := p.customized(o, depth); ok {
		return text
	}
	if slices.Contains(p.seen, o) {
		i := slices.Index(p.circular, o)
		if i < 0 {
			i = len(p.circular)
			p.circular = append(p.circular, o)
		}
		return "[Circular *" + strconv.Itoa(i+1) + "]"
	}
	if depth > deepest {
		return "[" + native.Class(o) + ": Inspection interrupted prematurely. Maximum call stack size exceeded.]"
	}
	text := p.raw(o, depth)
	if p.spent += len(text); p.spent > budget {
		p.depth = 0 // as Node: the rest is shown by class only
	}
	return text
}

// customized asks the object's own inspection function, if it has one. A string that it
// returns is printed as it is, another object is printed in place of o.
func (p *printer) customized(o *goja.Object, depth int) (string, bool) {
	if p.custom == nil {
		return "", false
	}
	fn, ok := goja.AssertFunction(o.GetSymbol(p.custom))
	if !ok {
		return "", false
	}
	options := p.vm.NewObject()
	left := p.vm.ToValue(p.depth - depth)
	if p.depth < 0 {
		left = goja.PositiveInf()
	}
	_ = options.Set("depth", left)
	inspector := p.vm.ToValue(func(call goja.FunctionCall) goja.Value {
		return p.vm.ToValue(Value(p.vm, call.Argument(0), FromScript(call.Argument(1))))
	})
	result, err := fn(o, left, options, inspector)
	if err != nil {
		panic(err)
	}
	if text, ok := result.(goja.String); ok {
		return strings.ReplaceAll(text.String(), "\n", "\n"+strings.Repeat(" ", p.indent)), true
	}
	// Returning itself means "print me as usual".
	if result.SameAs(o) {
		return "", false
	}
	return p.value(result, depth), true
}

// FromScript reads the options object of util.inspect. Infinity and null mean "no limit".
// What is no object gives the defaults.
func FromScript(v goja.Value) (opt Options) {
	o := jsvalue.Object(v)
	if o == nil {
		return opt
	}
	number := func(name string) (n int, set bool) {
		value := o.Get(name)
		switch {
		case value == nil || goja.IsUndefined(value):
			return 0, false
		case goja.IsNull(value) || goja.IsInfinity(value):
			return -1, true
		}
		return int(value.ToInteger()), true
	}
	flag := func(name string) bool {
		value := o.Get(name)
		return value != nil && value.ToBoolean()
	}
	if n, set := number("depth"); set {
		opt.Depth = &n
	}
	opt.BreakLength, _ = number("breakLength")
	opt.MaxArrayLength, _ = number("maxArrayLength")
	opt.MaxStringLength, _ = number("maxStringLength")
	if compact := o.Get("compact"); compact != nil && !goja.IsUndefined(compact) {
		opt.Compact = int(compact.ToInteger())
		if flag, ok := compact.Export().(bool); ok && flag {
			opt.Compact = oneLine
		}
		if opt.Compact == 0 { // false and 0 are the same
			opt.Compact = -1
		}
	}
	opt.ShowHidden, opt.Sorted = flag("showHidden"), flag("sorted")
	return opt
}
