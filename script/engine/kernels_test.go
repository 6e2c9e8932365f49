package engine

import (
	"strings"
	"testing"

	"posthaste/script/engine/rewrite"
	"posthaste/script/engine/syntax"
)

func TestKernelsAreGuarded(t *testing.T) {
	tests := map[string]struct {
		give string
		want int
	}{
		"a name":              {"function f() {} X.prototype.modPow = f", 1},
		"a minified library":  {"X.prototype.modPow=function(a,b){return a}", 1},
		"within a function":   {"(function () { BN.prototype._invmp = function _invmp (p) { assert(p.negative === 0); return f(p) }; })()", 1},
		"an object":           {"sjcl.bn.prototype = { powermod: function (x, n) { return f(x) } }", 1},
		"only some functions": {"P.prototype.mul = function mul(k) { return this.curve._wnafMul(this, k) }; BN.prototype.mul = function (n) { return f(n) }", 1},
		"other names":         {"X.prototype.power = function () {}; x.modPow(1, 2); y = x.modPow", 0},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			tree, err := syntax.ParseText(test.give)
			if err != nil {
				t.Fatal(err)
			}
			text := rewrite.GuardTree(tree, test.give, [2]string{})
			if got := strings.Count(text, rewrite.KernelGuard+"("); got != test.want {
				t.Errorf("%d guards in %s", got, text)
			}
			if _, err := syntax.ParseText(text); err != nil {
				t.Errorf("%s: %v", text, err)
			}
		})
	}
}
