package engine

import (
	"testing"

	"posthaste/script/engine/rewrite"
)

func TestGuardText(t *testing.T) {
	tests := map[string]struct{ give, want string }{
		"no pattern":             {"a / b / c", "a / b / c"},
		"a harmless one":         {"/a+/.test(b)", "/a+/.test(b)"},
		"a function that calls":  {"function f() { g() } x => x(1); x => ({})", "function f() {;ᅟ(); g() } x => ᅟ()||x(1); x => ({})"},
		"a strict one":           {"(function () { 'use strict'; g() })", "(function () { 'use strict';ᅟ();; g() })"},
		"what cannot be guarded": {"x => y = z(); x => z() ?? 1", "x => y = z(); x => z() ?? 1"},
		"one that can hang":      {"x = /(?=a)b/g.test(y)", `x =  new (/x/.constructor)("(?=a)b","g").test(y)`},
		"after a word":           {"if (1) typeof/(?=a)/", `if (1) typeof new (/x/.constructor)("(?=a)","")`},
		"two":                    {"[/(?!a)/, /\\1/y]", `[ new (/x/.constructor)("(?!a)",""),  new (/x/.constructor)("\\1","y")]`},
		"in a template":          {"`${/(?=a)/}`", "`${ new (/x/.constructor)(\"(?=a)\",\"\")}`"},
		"quotes":                 {`/(?=")'/`, ` new (/x/.constructor)("(?=\")'","")`},
		"a property":             {`/\p{Lu}/u`, ` new (/x/.constructor)("\\p{Lu}","u")`},
		"a chain":                {"(a) < b() < c", "((a) < b()) < c"},
		"a chain in brackets":    {"a < (b < c)", "a < (b < c)"},
		"a var in its catch":     {"try { } catch (e) { var e = 1, i; for (var e in x); } // z", "try { } catch (e) {ᅟᅟ(e);    e = 1, i; for (var e in x); } // z\n;var e,i;"},
		"a var in another catch": {"try { } catch (e) { var f = 1; x => { var e } }", "try { } catch (e) {ᅟᅟ(e); var f = 1; x => { var e } }"},
		"a pattern in its catch": {"try { } catch (e) { var {e} = 1 }", "try { } catch (e) {ᅟᅟ(e);  0, {e} = ᅟᅟᅟᅟᅟᅟ(1,\"1\",\"e\") }\n;var e;"},
		"defaults in a pattern":  {"let {a: [b = 1] = []} = {}", "let {a: [ᅟ1] = [], ᅟ2: {0: b = 1, } = {0: ᅟ1, }} = ᅟᅟᅟᅟᅟᅟ({},\"{}\",\"a\")"},
		"a labelled function":    {"l: function f() { }", "function f() { }"},
		"newer flags":            {"x = /a/d", `x =  new (/x/.constructor)("a","d")`},
		"a function in a block":  {"if (x) { function f() { } }", "if (x) { var f=function f() { }; }"},
		"one that is used first": {"{ f(); function f() { } }", "{ f(); function f() { } }"},
		"one that sets itself":   {"{ function f() { f = 1 } }", "{ function f() { f = 1 } }"},
		"one beside a let":       {"let f; { function f() { } }", "let f; { function f() { } }"},
		"a strict block":         {"'use strict'; { function f() { } }", "'use strict'; { function f() { } }"},
		"a generator in a block": {"{ function* f() { } }", "{ function* f() { } }"},
		"reads of names":         {"x = a.b.c; d\na.b; new a.B(); new (f()).C()", `x = ((a??ᅟᅟᅟ(a,"b")).b??ᅟᅟᅟ(a.b,"c")).c; d` + "\n" + `ᅟᅟᅟ(a,"b").b; new (a??ᅟᅟᅟ(a,"B")).B(); new (ᅟᅟᅟ(f(),"C")).C()`},
		"no script":              {"/(?=a)/ (", "/(?=a)/ ("},
		"only a text":            {"'(?=a)'", "'(?=a)'"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if got := rewrite.GuardText(test.give, [2]string{}); got != test.want {
				t.Errorf("got %s, want %s", got, test.want)
			}
		})
	}
}
