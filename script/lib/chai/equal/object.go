package equal

import (
	"slices"

	"github.com/dop251/goja"

	"posthaste/script/jsvalue"
)

// properties compares objects by their enumerable properties, inherited ones
// included, or, when they have none, by what they iterate over.
func (e *comparison) properties(a, b *goja.Object) bool {
	x, y := e.keys(a, 0), e.keys(b, 0)
	sx, sy := a.Symbols(), b.Symbols()
	n := len(x) + len(sx)
	if n > 0 && n == len(y)+len(sy) {
		return e.sameKeys(x, y, sx, sy) && e.sameProperties(a, b, x, sx)
	}
	p, q := e.iterate(a), e.iterate(b)
	if len(p) > 0 && len(p) == len(q) {
		e.sortTexts(p)
		e.sortTexts(q)
		return e.sameValues(p, q)
	}
	return n == 0 && len(y)+len(sy) == 0 && len(p) == 0 && len(q) == 0
}

// maxPrototypes ends the walk up a chain that a proxy can make endless.
const maxPrototypes = 1000

// keys are the names that for…in visits.
func (e *comparison) keys(o *goja.Object, level int) []string {
	keys := o.Keys()
	p := o.Prototype()
	if p == nil || level > maxPrototypes {
		return keys
	}
	more, known := e.inherited[p]
	if !known {
		more = e.keys(p, level+1)
		if e.inherited == nil {
			e.inherited = map[*goja.Object][]string{}
		}
		e.inherited[p] = more
	}
	if len(more) == 0 {
		return keys
	}
	own := o.GetOwnPropertyNames() // an own name hides an inherited one, enumerable or not
	for _, key := range more {
		if !slices.Contains(own, key) {
			keys = append(keys, key)
		}
	}
	return keys
}

// sameKeys compares the names in any order; symbols count by their description.
func (e *comparison) sameKeys(x, y []string, sx, sy []*goja.Symbol) bool {
	if len(sx)+len(sy) == 0 && slices.Equal(x, y) {
		return true
	}
	x, y = keyNames(x, sx), keyNames(y, sy)
	slices.Sort(x)
	slices.Sort(y)
	return slices.Equal(x, y)
}

func keyNames(names []string, symbols []*goja.Symbol) []string {
	out := slices.Clone(names)
	for _, s := range symbols {
		out = append(out, jsvalue.SymbolText(s))
	}
	return out
}

func (e *comparison) sameProperties(a, b *goja.Object, names []string, symbols []*goja.Symbol) bool {
	for _, name := range names {
		if !e.equal(a.Get(name), b.Get(name)) {
			return false
		}
	}
	for _, s := range symbols {
		if !e.equal(a.GetSymbol(s), b.GetSymbol(s)) {
			return false
		}
	}
	return true
}

// iterate lists what an iterable object yields, nothing when it throws or is
// none.
func (e *comparison) iterate(o *goja.Object) (out []goja.Value) {
	f, ok := goja.AssertFunction(o.GetSymbol(goja.SymIterator))
	if !ok {
		return nil
	}
	if ex := e.b.VM.Try(func() { out = e.drain(jsvalue.Call(f, o)) }); ex != nil {
		return nil
	}
	return out
}

// drain runs an iterator to its end; what it returns then counts as well.
func (e *comparison) drain(iterator goja.Value) []goja.Value {
	var out []goja.Value
	for {
		step := e.b.Invoke(iterator, "generator", "next")
		out = append(out, e.b.At(step, "value"))
		done := e.b.At(step, "done")
		if jsvalue.TypeOf(done) != "boolean" || done.ToBoolean() {
			return out
		}
	}
}
