package assertion

import (
	"reflect"

	"github.com/dop251/goja"

	"posthaste/script/jsvalue"
)

// maxPrototypes ends the walk up a chain that a proxy can make endless.
const maxPrototypes = 1000

// detailThreshold is the number of characters after which Details shortens.
const detailThreshold = 200

// IsAssertion reports whether a thrown value is an AssertionError of this library.
func IsAssertion(v goja.Value) bool {
	e, ok := v.(*goja.Object)
	return ok && libraryOf(e) != nil
}

// IsAssertionError reports whether a thrown value is an AssertionError of the library.
func (l *Library) IsAssertionError(v goja.Value) bool {
	_, ok := v.(*goja.Object)
	return ok && l.B.VM.InstanceOf(v, l.errorClass)
}

// Details gives what an AssertionError expected and what it got, as short
// texts for reports: as utils.inspect prints them, but up to 200 characters and without
// summaries. It reports false for other values, and for assertions that compare
// nothing, such as expect(x).to.be.ok. It may run outside of a script, on the
// runtime's goroutine, and never panics; getters of the compared values run, so
// call it while the script's time limit holds.
func Details(v goja.Value) (expected, actual string, ok bool) {
	e, isObject := v.(*goja.Object)
	if !isObject {
		return "", "", false
	}
	defer func() {
		if recover() != nil { // a getter of the compared values threw
			expected, actual, ok = "", "", false
		}
	}()
	l := libraryOf(e)
	if l == nil {
		return "", "", false
	}
	ex := l.B.VM.Try(func() {
		want, got := jsvalue.OrUndefined(e.Get("expected")), jsvalue.OrUndefined(e.Get("actual"))
		if jsvalue.IsUndefined(want) && !jsvalue.Truthy(e.Get("showDiff")) {
			return
		}
		expected, actual, ok = l.detail(want), l.detail(got), true
	})
	if ex != nil {
		return "", "", false
	}
	return expected, actual, ok
}

func (l *Library) detail(v goja.Value) string {
	return jsvalue.Printable(l.Print(v, detailThreshold))
}

// libraryOf finds the library whose AssertionError an object is.
func libraryOf(e *goja.Object) *Library {
	p := e.Prototype()
	for i := 0; p != nil && i < maxPrototypes; i++ {
		for _, sym := range p.Symbols() {
			o, isObject := p.GetSymbol(sym).(*goja.Object)
			if !isObject || o.ExportType() != reflect.TypeFor[*mark]() {
				continue
			}
			if m, isMark := o.Export().(*mark); isMark {
				return m.l
			}
		}
		p = p.Prototype()
	}
	return nil
}
