package kernel

import (
	"testing"

	"github.com/dop251/goja"
)

// A small library in the shape of jsbn, with digits of 8 bits. Its modPow counts its calls, and is wrong where bad is set.
const library = `
var calls = 0, bad = false;
function Big(n) { if (n == null) return; this.s = 0; this.t = 0; while (n > 0) { this[this.t++] = n % 256; n = Math.floor(n / 256); } }
Big.prototype.DB = 8;
Big.prototype.value = function () { var v = 0; for (var i = this.t - 1; i >= 0; i--) v = v * 256 + this[i]; return v };
function modPow(e, m) {
  calls++;
  var r = 1n, b = BigInt(this.value()), n = BigInt(e.value()), mod = BigInt(m.value());
  while (n > 0n) { if (n & 1n) r = r * b % mod; b = b * b % mod; n >>= 1n }
  return new Big(Number(r) + (bad ? 1 : 0));
}
Big.prototype.modPow = wrap('modPow', modPow);
function power(b, e, m) { return new Big(b).modPow(new Big(e), new Big(m)).value() }
`

func newLibrary(t *testing.T) *goja.Runtime {
	t.Helper()
	vm := goja.New()
	_ = vm.Set("wrap", func(call goja.FunctionCall) goja.Value {
		return Wrap(vm, call.Argument(0).String(), call.Argument(1))
	})
	if _, err := vm.RunString(library); err != nil {
		t.Fatal(err)
	}
	return vm
}

func TestReplacement(t *testing.T) {
	tests := map[string]struct{ give, want string }{
		"the library is asked for a few values, then never again": {
			"var a = power(3, 65537, 1000003), n = calls; [a, power(5, 12345, 99991), power(7, 3, 1000), calls - n, n].join()", "486750,46461,343,0,3",
		},
		"a library that answers otherwise keeps its own answers": {
			"bad = true; var a = power(3, 4, 1000); [a, power(3, 4, 1000), calls].join()", "82,82,3",
		},
		"numbers of another shape are the library's": {
			"modPow = Big.prototype.modPow; var o = {value: () => 3}; try { Big.prototype.modPow.call(o, new Big(2), new Big(100)).value() + ',' + calls } catch (e) { String(e) }", "9,1",
		},
		"negative exponents are the library's":      {"var e = new Big(2); e.s = -1; power(1, 2, 5); var n = calls; new Big(3).modPow(e, new Big(7)); calls - n", "1"},
		"what the library throws is thrown":         {"try { new Big(3).modPow({}, new Big(7)); 'no' } catch (e) { e.constructor === TypeError }", "true"},
		"name and length are those of the function": {"Big.prototype.modPow.name + Big.prototype.modPow.length", "modPow2"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			v, err := newLibrary(t).RunString(test.give)
			if err != nil {
				t.Fatal(err)
			}
			if v.String() != test.want {
				t.Errorf("got %s, want %s", v, test.want)
			}
		})
	}
}
