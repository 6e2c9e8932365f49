package engine

import "testing"

// In a function that uses arguments the engine puts surplus ones over variables that inner functions use.
func TestVariablesBesideArguments(t *testing.T) {
	tests := map[string]struct{ give, want string }{
		"no parameter":             {"function p() { arguments; var e; return (() => e)() } say(p(1))", "undefined"},
		"fewer than arguments":     {"function p(a) { arguments; var e; return (() => a + '' + e)() } say(p(1, 2))", "1undefined"},
		"strict":                   {"function p() { 'use strict'; arguments; var e; return (() => e)() } say(p(1))", "undefined"},
		"arguments in an arrow":    {"function p() { var e; return (() => arguments.length + '' + e)() } say(p(1))", "1undefined"},
		"declared at the end":      {"function p() { arguments; const f = () => e; return f(); var e = 1 } say(p(7))", "undefined"},
		"a method":                 {"class A { m() { var e; arguments; return (() => e)() } } say(new A().m(5))", "undefined"},
		"the parameter's name":     {"function p(a) { var a; arguments; return (() => a)() } say(p(5))", "5"},
		"a function's name":        {"function p() { var f; arguments; return (() => f())(); function f() { return 'f' } } say(p(5))", "f"},
		"a default's name":         {"function p(a = 1) { var a; arguments; return (() => a)() } say(p(3, 6))", "3"},
		"a generator":              {"function* p() { arguments; var e; yield (() => e)() } say(p(3).next().value)", "undefined"},
		"a loop's variable":        {"function p() { for (var n = arguments.length, i = 0; i < n; i++); var e; return (() => i + '' + e)() } say(p(3, 4))", "2undefined"},
		"a function in a block":    {"function p() { arguments; { function q() {} } return (() => typeof q)() } say(p(3))", "function"},
		"an inner function's own":  {"function p() { var e; function q() { return arguments.length } return (() => e + '' + q(1))() } say(p(3))", "undefined1"},
		"a variable that has been": {"function p() { arguments; var e = 4; return (() => e)() } say(p(3))", "4"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if o := run(t, test.give); len(o.said) != 1 || o.said[0] != test.want {
				t.Errorf("got %v (%v), want %s", o.said, o.fault, test.want)
			}
		})
	}
}
