package chai

import (
	"encoding/json"
	"errors"
	"os"
	"strings"
	"testing"

	"github.com/dop251/goja"

	"posthaste/script/jsvalue"
)

// A recorded is a snippet with what the real chai threw, by testdata/record.mjs.
type recorded struct {
	JS       string `json:"js"`
	Message  string `json:"message"` // "" when it passed
	Name     string `json:"name"`
	Diff     bool   `json:"diff"`
	Operator string `json:"operator"`
	Actual   string `json:"actual"` // as JSON
	Expected string `json:"expected"`
	Keys     string `json:"keys"` // the names of the error's properties
}

// TestSameAsChai runs what the real chai was recorded to do, in the same order
// and in one runtime, since some snippets add to chai.
func TestSameAsChai(t *testing.T) {
	raw, err := os.ReadFile("testdata/cases.json")
	if err != nil {
		t.Fatal(err)
	}
	var cases []recorded
	if err := json.Unmarshal(raw, &cases); err != nil {
		t.Fatal(err)
	}
	vm, c := library(t)
	module := c.Module()
	var util goja.Value
	jsvalue.Must(module.Get("config").(*goja.Object).Set("showDiff", true))
	use, _ := goja.AssertFunction(module.Get("use"))
	_, err = use(goja.Undefined(), vm.ToValue(func(call goja.FunctionCall) goja.Value {
		util = call.Argument(1)
		return nil
	}))
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range cases {
		jsvalue.Must(module.Get("config").(*goja.Object).Set("truncateThreshold", 40))
		got := recorded{JS: want.JS}
		v, err := vm.RunString("(function (chai, expect, assert, utils) {" + want.JS + "\n})")
		if err != nil {
			t.Errorf("%s\ndoes not compile: %v", want.JS, err)
			continue
		}
		f, _ := goja.AssertFunction(v)
		_, err = f(goja.Undefined(), module, module.Get("expect"), module.Get("assert"), util)
		got.read(t, vm, err)
		if got != want {
			t.Errorf("%s\ngot  %+v\nwant %+v", want.JS, got, want)
		}
	}
}

// read takes the fields of a thrown error.
func (r *recorded) read(t *testing.T, vm *goja.Runtime, err error) {
	t.Helper()
	if err == nil {
		return
	}
	var ex *goja.Exception
	if !errors.As(err, &ex) {
		t.Fatal(err)
	}
	e, ok := ex.Value().(*goja.Object)
	if !ok {
		t.Fatalf("threw %v", ex.Value())
	}
	text := func(name string) string {
		s, isString := e.Get(name).(goja.String)
		if !isString {
			return ""
		}
		return jsonRoundTrip(t, jsvalue.UnitsOf(jsvalue.TextOf(s)))
	}
	r.Message, r.Name, r.Operator = text("message"), text("name"), text("operator")
	r.Diff = jsvalue.Truthy(e.Get("showDiff"))
	if r.Name == "AssertionError" {
		r.Actual, r.Expected, r.Keys = asJSON(t, vm, e.Get("actual")), asJSON(t, vm, e.Get("expected")), strings.Join(e.Keys(), ",")
	}
}

// asJSON is a value as the recorder writes it.
func asJSON(t *testing.T, vm *goja.Runtime, v goja.Value) string {
	t.Helper()
	show, err := vm.RunString(`(v => {
		const plain = (key, v) => key === 'stack' ? 'a stack' : Object.prototype.toString.call(v) === '[object Symbol]' ? {} : v
		try { const s = JSON.stringify(v, plain); return s === undefined ? 'undefined' : s } catch { return 'no JSON' }
	})`)
	if err != nil {
		t.Fatal(err)
	}
	f, _ := goja.AssertFunction(show)
	text, err := f(goja.Undefined(), jsvalue.OrUndefined(v))
	if err != nil {
		t.Fatal(err)
	}
	return text.String()
}

// jsonRoundTrip gives units as encoding/json reads them from the record: it
// replaces lone surrogates.
func jsonRoundTrip(t *testing.T, units []uint16) string {
	t.Helper()
	return goja.StringFromUTF16(units).String()
}
