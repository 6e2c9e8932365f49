package chai

import (
	"errors"
	"testing"
	"time"

	"github.com/dop251/goja"
)

// message runs a script and gives the message of what it throws, "" for nothing.
func message(t *testing.T, vm *goja.Runtime, src string) string {
	t.Helper()
	_, err := vm.RunString("(function () {" + src + "\n})()")
	if err == nil {
		return ""
	}
	var ex *goja.Exception
	if !errors.As(err, &ex) {
		t.Fatalf("%s: %v", src, err)
	}
	if o, ok := ex.Value().(*goja.Object); ok {
		return o.Get("message").String()
	}
	return ex.Value().String()
}

func TestPatchedPrototypesChangeNothing(t *testing.T) {
	const patch = `
		var no = function () { throw new Error('patched') };
		['indexOf', 'some', 'every', 'map', 'forEach', 'push', 'join', 'sort', 'slice', 'toString'].forEach(function (n) {
			Object.defineProperty(Array.prototype, n, {value: no}) });
		Map.prototype.forEach = Set.prototype.forEach = Set.prototype.has = Date.prototype.getTime = no;
		Date.prototype.toISOString = Date.prototype.toJSON = String.prototype.indexOf = String.prototype.replace = no;
		Object.keys = Object.getOwnPropertyNames = Object.getOwnPropertySymbols = Object.isFrozen = Array.isArray = no;
		Object.getOwnPropertyDescriptor = Reflect.has = Object.prototype.hasOwnProperty = Function.prototype.call = no;
		Error = TypeError = RangeError = Map = Set = undefined;`
	tests := map[string]struct{ give, want string }{
		"equal":         {"expect(1).to.equal(2)", "expected 1 to equal 2"},
		"array":         {"expect([1]).to.include(2)", "expected [ 1 ] to include 2"},
		"map":           {"expect(map).to.have.keys('z')", "expected Map{ 'a' => 1, 'b' => 2 } to have key 'z'"},
		"set":           {"expect(set).to.include(2)", "expected Set{ 1 } to include 2"},
		"deep":          {"expect({d: date, m: map}).to.eql({d: date, m: map})", ""},
		"date":          {"expect(date).to.be.null", "expected 1970-01-01T00:00:00.000Z to be null"},
		"own":           {"expect({}).to.have.own.property('a')", "expected {} to have own property 'a'"},
		"frozen":        {"expect({}).to.be.frozen", "expected {} to be frozen"},
		"chainable":     {"expect('x').to.be.a.string('y')", "expected 'x' to contain 'y'"},
		"string":        {"expect('abc').to.include('z')", "expected 'abc' to include 'z'"},
		"unknown links": {"expect(1).to.be.an.array", `Invalid Chai property: array. Did you mean "apply"?`},
		"unknown names": {"expect(1).to.be.fasle", `Invalid Chai property: fasle. Did you mean "false"?`},
	}
	vm, _ := library(t)
	if _, err := vm.RunString(`var map = new Map([['a', 1], ['b', 2]]), set = new Set([1]), date = new Date(0);` + patch); err != nil {
		t.Fatal(err)
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if got := message(t, vm, test.give); got != test.want {
				t.Errorf("got  %q\nwant %q", got, test.want)
			}
		})
	}
}

func TestHostileValuesEndEarly(t *testing.T) {
	const nest = `function nest(n, array) { var v = array ? [] : {}; for (var i = 0; i < n; i++) v = array ? [v] : {v: v}; return v }`
	tests := map[string]struct{ give, want string }{
		"deep objects compare":     {"expect(nest(1e5)).to.eql(nest(1e5))", "Maximum call stack size exceeded"},
		"deep arrays compare":      {"expect(nest(1e5, true)).to.eql(nest(1e5, true))", "Maximum call stack size exceeded"},
		"deep but possible":        {"expect(nest(2000)).to.eql(nest(2000))", ""},
		"deep objects print":       {"expect(nest(1e5)).to.be.null", "expected { v: { v: { v: { v: { …(1) } } } } } to be null"},
		"deep arrays print":        {"expect(nest(1e5, true)).to.be.null", "expected [ Array(1) ] to be null"},
		"an array in itself":       {"var a = []; a.push(a); expect(a).to.be.null", "expected [ Array(1) ] to be null"},
		"a Set of itself twice":    {"var s = new Set(), a = []; a.push(a, a); s.add(a); s.add(1); var r = new Set([a, 1]); expect(s).to.eql(r)", ""},
		"a wide tree prints":       {"var v = 1; for (var i = 0; i < 60; i++) v = [v, v]; expect(v).to.be.null", "any"},
		"a wide tree compares":     {"var v = 1, w = 1; for (var i = 0; i < 60; i++) { v = [v, v]; w = [w, w] } expect(v).to.eql(w)", ""},
		"a getter that compares":   {"function g() { return {get x() { expect(g()).to.eql(g()); return 1 }} } expect(g()).to.eql(g())", "stack"},
		"endless prototypes":       {"function p() { return new Proxy({}, {getPrototypeOf: p, ownKeys: function () { return [] }}) } expect(p()).to.eql(p())", "any"},
		"a long sparse array":      {"var a = []; a.length = 4294967295; expect(a).to.be.null", "expected [ undefined, undefined, …(4294967293) ] to be null"},
		"a strange length":         {"expect({[Symbol.toStringTag]: 'Uint8Array', length: -5}).to.be.null", "expected Uint8Array[ , length: -5 ] to be null"},
		"a revoked proxy compares": {"var p = Proxy.revocable({}, {}); p.revoke(); expect(p.proxy).to.eql({})", "any"},
		"a throwing getter":        {"expect({get x() { throw new Error('mine') }}).to.eql({x: 1})", "mine"},
		"a foreign this":           {"var f = expect(1).equal; f.call({}, 1)", "this.assert is not a function"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			vm, c := library(t)
			if _, err := vm.RunString(nest); err != nil {
				t.Fatal(err)
			}
			if test.want == "stack" { // the engine's own limit ends it, which no script catches
				vm.SetMaxCallStackSize(300) // unwinding takes long
				if _, err := vm.RunString(test.give); err == nil {
					t.Error("ended without an error")
				}
				return
			}
			if got := message(t, vm, test.give); got != test.want && test.want != "any" {
				t.Errorf("got  %q\nwant %q", got, test.want)
			}
			if c.B.Depth != 0 {
				t.Errorf("depth is %d afterwards, want 0", c.B.Depth)
			}
		})
	}
}

func TestInterruptEndsLongLoops(t *testing.T) {
	tests := map[string]string{
		"comparing sparse arrays": "var a = [], b = []; a.length = b.length = 4294967295; expect(a).to.eql(b)",
		"members of long arrays":  "var a = []; for (var i = 0; i < 3e5; i++) a.push(i); expect(a).to.have.members(a.slice().reverse())",
	}
	for name, src := range tests {
		t.Run(name, func(t *testing.T) {
			vm, _ := library(t)
			timer := time.AfterFunc(200*time.Millisecond, func() { vm.Interrupt("time is up") })
			defer timer.Stop()
			_, err := vm.RunString("try {" + src + "} catch (e) {}")
			var interrupted *goja.InterruptedError
			if !errors.As(err, &interrupted) {
				t.Errorf("ended with %v, want the interrupt", err)
			}
		})
	}
}

func TestDeepEqualWithoutNew(t *testing.T) {
	vm := goja.New()
	tests := map[string]struct {
		a, b string
		want bool
	}{
		"same objects":     {"({a: [1, new Date(5)]})", "({a: [1, new Date(5)]})", true},
		"other sign":       {"[0]", "[-0]", false},
		"sets":             {"new Set([1, 2])", "new Set([2, 1])", true},
		"errors by values": {"new Error('x')", "new Error('x')", true},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			a, err := vm.RunString(test.a)
			if err != nil {
				t.Fatal(err)
			}
			b, err := vm.RunString(test.b)
			if err != nil {
				t.Fatal(err)
			}
			if got := DeepEqual(vm, a, b); got != test.want {
				t.Errorf("DeepEqual(%s, %s) = %v, want %v", test.a, test.b, got, test.want)
			}
		})
	}
}
