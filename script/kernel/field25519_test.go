package kernel

import (
	"strings"
	"testing"

	"github.com/dop251/goja"
)

func TestKindsAreToldByTheirShape(t *testing.T) {
	tests := map[string]struct{ source, want string }{
		"a sum":                {"function A(o, a, b) {\n  for (var i = 0; i < 16; i++) o[i] = a[i] + b[i];\n}", fieldSum},
		"a sum, minified":      {"function x(r,t,n){for(var e=0;e<16;e++)r[e]=t[e]+n[e]}", fieldSum},
		"with a variable":      {"function A(o, a, b) {\n  var i;\n  for (i = 0; i < 16; ++i) {\n    o[i] = a[i] + b[i];\n  }\n}", fieldSum},
		"a newer minifier":     {"function x(r,t,n){for(let e=0;e<16;e++)r[e]=t[e]+n[e]}", fieldSum},
		"a difference":         {"function M(r,t,n){for(var e=0;e<16;e++)r[e]=t[e]-n[e]}", fieldDifference},
		"a selection":          {"function sel25519(p, q, b) {\n  var t, c = ~(b-1);\n  for (var i = 0; i < 16; i++) { t = c & (p[i] ^ q[i]); p[i] ^= t; q[i] ^= t; }\n}", fieldSelect},
		"another loop":         {"function x(r,t,n){for(var e=0;e<17;e++)r[e]=t[e]+n[e]}", ""},
		"another operator":     {"function x(r,t,n){for(var e=0;e<16;e++)r[e]=t[e]*n[e]}", ""},
		"more than the loop":   {"function x(r,t,n){for(var e=0;e<16;e++)r[e]=t[e]+n[e];done(16)}", ""},
		"what is in the field": {"function f(a, b, c) { return 16 }", ""},
	}
	for name, test := range tests {
		if got := Kind(test.source); got != test.want {
			t.Errorf("%s: %q, want %q", name, got, test.want)
		}
	}
}

// A function that a guard stands in is asked a few values first; one that gives others keeps its own.
func TestLocalFunctionsAreCheckedFirst(t *testing.T) {
	const product = `function product(o, a, b) {
  if (busy++ >= 0 && guard('25519 product', 'p', o, a, b)) return;
  calls++;
  var t = [], i, j, c, v; for (i = 0; i < 32; i++) t[i] = 0;
  for (i = 0; i < 16; i++) for (j = 0; j < 16; j++) t[i + j] += a[i] * b[j];
  for (i = 0; i < 15; i++) t[i] += FACTOR * t[i + 16];
  for (j = 0; j < 2; j++) { c = 1; for (i = 0; i < 16; i++) { v = t[i] + c + 65535; c = Math.floor(v / 65536); t[i] = v - c * 65536 } t[0] += c - 1 + 37 * (c - 1) }
  for (i = 0; i < 16; i++) o[i] = t[i];
}
var busy = 0, calls = 0; guard('25519 product', 'p', product);
var a = new Float64Array(16).fill(40000), o = new Float64Array(16); product(o, a, a); var first = calls; product(o, o, a); product([], a, a); [calls - first, o[0], o[15]].join()`
	for name, test := range map[string]struct{ factor, want string }{
		"the same":  {"38", "1,3336,43354"},
		"different": {"39", "2,"},
	} {
		vm := goja.New()
		_ = vm.Set("guard", Local(vm))
		v, err := vm.RunString(strings.ReplaceAll(product, "FACTOR", test.factor))
		if err != nil {
			t.Fatal(err)
		}
		if !strings.HasPrefix(v.String(), test.want) {
			t.Errorf("%s: %s, want %s", name, v, test.want)
		}
	}
}
