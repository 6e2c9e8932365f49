package chai

import (
	"errors"
	"testing"

	"github.com/dop251/goja"

	"posthaste/script/jsvalue"
)

// withStatus adds assertions as a host does: about an object that is its own.
func withStatus(t *testing.T) *goja.Runtime {
	t.Helper()
	vm, c := library(t)
	c.AddMethod("status", func(a *Assertion, args []goja.Value) goja.Value {
		code := a.Object().ToObject(vm).Get("code")
		a.Assert(code.StrictEquals(args[0]), Failure{
			Message:  "expected response to have status code #{exp} but got #{act}",
			Negated:  "expected response to not have status code #{act}",
			Expected: args[0], Actual: code,
		})
		return nil
	})
	c.OverwriteProperty("ok", func(original Property) Property {
		return func(a *Assertion) goja.Value {
			o, ok := a.Object().(*goja.Object)
			if !ok || o.Get("code") == nil {
				return original(a)
			}
			a.Assertf(o.Get("code").ToInteger() == 200, "expected response to be ok", "expected response not to be ok")
			return nil
		}
	})
	c.OverwriteMethod("equal", func(original Method) Method {
		return func(a *Assertion, args []goja.Value) goja.Value {
			if goja.IsNull(args[0]) {
				a.Raise("null is not to be compared with")
			}
			return original(a, args)
		}
	})
	c.AddChainableMethod("time", func(a *Assertion, args []goja.Value) goja.Value {
		a.New(a.Object()).Call("equal", args[0])
		return nil
	}, func(a *Assertion) { a.SetObject(a.Object().ToObject(vm).Get("ms")) })
	return vm
}

func TestGoPlugins(t *testing.T) {
	tests := map[string]struct{ give, want string }{
		"a method that holds":     {"expect({code: 200}).to.have.status(200).and.not.be.null", ""},
		"a method that fails":     {"expect({code: 404}).to.have.status(200)", "expected response to have status code 200 but got 404"},
		"a method negated":        {"expect({code: 404}).to.not.have.status(404)", "expected response to not have status code 404"},
		"the message comes first": {"expect({code: 404}, 'login').to.have.status(200)", "login: expected response to have status code 200 but got 404"},
		"overwritten property":    {"expect({code: 404}).to.be.ok", "expected response to be ok"},
		"original property":       {"expect(0).to.be.ok", "expected 0 to be truthy"},
		"overwritten method":      {"expect(1).to.equal(null)", "null is not to be compared with"},
		"original method":         {"expect(1).to.equal(2)", "expected 1 to equal 2"},
		"chainable as a link":     {"expect({ms: 30}).to.have.time.below(20)", "expected 30 to be below 20"},
		"chainable as a method":   {"expect({ms: 30}).to.have.time(20)", "expected 30 to equal 20"},
		"suggested":               {"expect(1).to.have.statsu(1)", `Invalid Chai property: statsu. Did you mean "status"?`},
	}
	vm := withStatus(t)
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			want := test.want
			if name == "original property" {
				want = "expected +0 to be truthy"
			}
			if got := message(t, vm, test.give); got != want {
				t.Errorf("got  %q\nwant %q", got, want)
			}
		})
	}
}

func TestDetails(t *testing.T) {
	tests := map[string]struct {
		give, expected, actual string
		ok                     bool
	}{
		"a comparison":        {"expect(1).to.equal(2)", "2", "1", true},
		"objects in full":     {"expect({a: 'x'.repeat(40), b: 1}).to.eql({})", "{}", "{ a: 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx', b: 1 }", true},
		"a length":            {"expect([1]).to.have.lengthOf(2)", "2", "1", true},
		"expect.fail":         {"expect.fail('a', 'b', 'no')", "'b'", "'a'", true},
		"nothing to compare":  {"expect(0).to.be.ok", "", "", false},
		"another error":       {"throw new Error('x')", "", "", false},
		"no error":            {"throw 5", "", "", false},
		"an unknown property": {"expect(0).to.be.okk", "", "", false},
		"a getter that throws afterwards": {
			"var n = 0; expect(1).to.equal({get x() { if (n++) throw new Error('late'); return 1 }})", "", "", false,
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			vm, _ := library(t)
			_, err := vm.RunString(test.give)
			var ex *goja.Exception
			if !errors.As(err, &ex) {
				t.Fatalf("ended with %v", err)
			}
			expected, actual, ok := Details(ex.Value())
			if expected != test.expected || actual != test.actual || ok != test.ok {
				t.Errorf("got %q, %q, %v; want %q, %q, %v", expected, actual, ok, test.expected, test.actual, test.ok)
			}
		})
	}
}

func TestErrorIsAnError(t *testing.T) {
	vm, c := library(t)
	jsvalue.Must(vm.Set("chai", c.Module()))
	const src = `
		var caught; try { expect({a: 1}).to.eql({a: 2}) } catch (e) { caught = e }
		[caught instanceof Error, caught instanceof chai.AssertionError, caught.name, String(caught),
		 /^AssertionError: expected/.test(caught.stack), Object.keys(caught).join()].join('|')`
	v, err := vm.RunString(src)
	if err != nil {
		t.Fatal(err)
	}
	const want = "true|true|AssertionError|AssertionError: expected { a: 1 } to deeply equal { a: 2 }|true|" +
		"message,showDiff,actual,expected,operator"
	if got := v.String(); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func TestModuleIsMadeOnce(t *testing.T) {
	_, c := library(t)
	if first, second := c.Module(), c.Module(); first != second {
		t.Error("two calls give two modules")
	}
	if got, want := c.Module().Get("expect"), c.Expect(); got != want {
		t.Error("the module has another expect")
	}
}
