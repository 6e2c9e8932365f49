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
