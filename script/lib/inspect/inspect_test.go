package inspect_test

import (
	"strings"
	"testing"

	"github.com/dop251/goja"

	"posthaste/script/lib/inspect"
)

// What Node prints is held by the table of package module; here is what the options
// of the Go API add and what hostile values must not do.
func TestValue(t *testing.T) {
	top, all := 0, -1
	tests := map[string]struct {
		code string
		opt  inspect.Options
		want string
	}{
		"an error without its stack":            {`new TypeError('boom')`, inspect.Options{NoStack: true}, "[TypeError: boom]"},
		"a nested error without its stack":      {`({e: new Error('x')})`, inspect.Options{NoStack: true}, "{ e: [Error: x] }"},
		"a stack has no instruction counters":   {`(function f() { return new Error('x') })()`, inspect.Options{}, "Error: x\n    at f (test.js:1:24)\n    at test.js:1:41"},
		"depth zero shows the top alone":        {`({a: {b: 1}})`, inspect.Options{Depth: &top}, "{ a: [Object] }"},
		"a negative depth shows all":            {`({a: {b: {c: {d: {}}}}})`, inspect.Options{Depth: &all}, "{\n  a: { b: { c: { d: {} } } }\n}"},
		"getters are not called":                {`({get x() { throw 1 }})`, inspect.Options{}, "{ x: [Getter] }"},
		"a throwing inspection is shown":        {`({[Symbol.for('nodejs.util.inspect.custom')]() { throw new Error('no') }})`, inspect.Options{}, "[Error: no at"},
		"a revoked proxy is not touched":        {`var r = Proxy.revocable({}, {}); r.revoke(); r.proxy`, inspect.Options{}, "<Revoked Proxy>"},
		"proxy traps are not called":            {`new Proxy({a: 1}, {ownKeys() { throw 1 }, get() { throw 2 }})`, inspect.Options{}, "{ a: 1 }"},
		"a hundred thousand levels end":         {`var o = {}; for (var i = 0; i < 1e5; i++) o = {o}; o`, inspect.Options{Depth: &all}, "{"},
		"a value that doubles at each level":    {`var o = {}; for (var i = 0; i < 40; i++) o = {a: o, b: o}; o`, inspect.Options{}, "{"},
		"a sparse array of four billion is one": {`var a = []; a[4e9] = 1; a`, inspect.Options{}, "[ <4000000000 empty items>, 1 ]"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			vm := goja.New()
			v, err := vm.RunScript("test.js", test.code)
			if err != nil {
				t.Fatal(err)
			}
			got := inspect.Value(vm, v, test.opt)
			prefixed := len(test.want) == 1 || strings.HasSuffix(test.want, " at")
			if got != test.want && (!prefixed || !strings.HasPrefix(got, test.want)) {
				t.Errorf("Value(%s) = %.300q, want %q", test.code, got, test.want)
			}
		})
	}
}
