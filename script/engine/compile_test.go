package engine

import (
	"errors"
	"testing"

	"posthaste/script/engine/failure"
	"posthaste/script/engine/newer"
)

// No text makes the compiler panic, and what does not compile says why.
func FuzzCompile(f *testing.F) {
	for _, seed := range []string{
		"", "say(1)", "for await (const a of b) {}", "});(async()=>{", "{ function f(){} } f()", "x **= 2n << 3n",
		"(() => arguments)()", "eval(eval)", "class A extends B { #x = super.y; static { z } }", "/\\p{L}[\\P{Lu}]/u",
		"a?.b?.[c]?.(d)", "`${`${x}`}`", "label: for (;;) { continue label }", "async function* f() {}", "yield* x",
	} {
		f.Add(seed)
	}
	hosts := map[string]bool{"say": true, "x": true}
	f.Fuzz(func(t *testing.T, source string) {
		script, err := compileScript(source, hosts, &newer.Lowerer{})
		var fault *failure.Fault
		if err != nil && (!errors.As(err, &fault) || fault.Message == "") {
			t.Errorf("compiling %q: error %v is no Fault with a message", source, err)
		}
		if err == nil && script.prog == nil {
			t.Errorf("compiling %q gives neither program nor error", source)
		}
	})
}
