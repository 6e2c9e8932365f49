package engine

import (
	"slices"
	"strings"

	"github.com/dop251/goja"

	"posthaste/script/engine/failure"
	"posthaste/script/engine/message"
	"posthaste/script/engine/rewrite"
	"posthaste/script/engine/syntax"
)

// evalSource is what the engine calls every text of eval and Function, in stack traces.
const evalSource = "<eval>"

// maxEvaluated is how many texts are kept for the words of errors. Scripts that evaluate in a
// loop use the newest.
const maxEvaluated = 32

// remember keeps a text that is compiled. The engine does not say which text a place belongs
// to, so the newest that has what an error speaks of at that place is taken for it.
func (b *bounds) remember(text, compiled string) {
	b.showGuards()
	if len(b.evaluated) == maxEvaluated {
		b.evaluated = append(b.evaluated[:0], b.evaluated[1:]...)
	}
	b.evaluated = append(b.evaluated, evaluated{text, compiled})
}

// showGuards makes the guards of such texts visible to them, when there is a text.
func (b *bounds) showGuards() {
	if b.shown {
		return
	}
	b.shown = true
	guards := map[string]string{rewrite.StackGuardInText: rewrite.StackGuard, rewrite.CaughtInText: rewrite.CaughtGuard}
	for _, guard := range rewrite.TextGuards() {
		guards[rewrite.InText(guard)] = guard
	}
	for hidden, guard := range guards {
		_ = b.vm.GlobalObject().DefineDataProperty(hidden, b.guard(guard), goja.FLAG_FALSE, goja.FLAG_FALSE, goja.FLAG_FALSE)
	}
}

// worded words an error at a place of a remembered text as V8 does. When none fits, the
// engine's words stay. native is the native function that threw, "" for none.
func (b *bounds) worded(f *failure.Fault, line, col int, native string) string {
	for i := len(b.evaluated) - 1; i >= 0; i-- {
		text := b.evaluated[i].compiled
		source := failure.LineOf(text, line)
		if line > 1 && strings.Count(text, "\n") < line-1 || col > len(source)+1 {
			continue
		}
		at := &failure.Fault{Name: f.Name, Message: f.Message, Line: line, Col: col, Source: source, Raw: failure.SpotInText{Line: line, Col: col}}
		if m := message.Translate(at, func() string { return text }, native); m != f.Message {
			return m
		}
	}
	return f.Message
}

// An evaluated text is one that a script gave to eval or Function, and what was compiled in
// its place.
type evaluated struct{ text, compiled string }

// installFunctionText has the functions of a text shown as they were written, without guards:
// some libraries read the source of functions.
func installFunctionText(r *Realm) {
	proto := r.prototype("Function")
	native, ok := goja.AssertFunction(proto.Get("toString"))
	if !ok {
		return
	}
	f := r.VM.ToValue(func(call goja.FunctionCall) goja.Value {
		v, err := native(call.This, call.Arguments...)
		if err != nil {
			panic(r.Rethrow(err))
		}
		if text := v.String(); rewrite.HasGuard(text) {
			return r.VM.ToValue(r.bounds.written(text))
		}
		return v
	}).(*goja.Object)
	old := proto.Get("toString").ToObject(r.VM)
	for _, property := range []string{"name", "length"} {
		_ = f.DefineDataProperty(property, old.Get(property), goja.FLAG_FALSE, goja.FLAG_TRUE, goja.FLAG_FALSE)
	}
	_ = proto.DefineDataProperty("toString", f, goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE)
}

// written returns the text of a function as it stood in what a script evaluated: the function
// with the same number in it. Guards add no functions, so the numbers agree.
func (b *bounds) written(source string) string {
	for i := len(b.evaluated) - 1; i >= 0; i-- {
		e := b.evaluated[i]
		if e.text == e.compiled || !strings.Contains(e.compiled, source) {
			continue
		}
		compiled, text := syntax.Sources(e.compiled), syntax.Sources(e.text)
		if at := slices.Index(compiled, source); at >= 0 && len(compiled) == len(text) {
			return text[at]
		}
	}
	return source
}
