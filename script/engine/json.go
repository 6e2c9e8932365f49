package engine

import (
	"errors"
	"fmt"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/dop251/goja"

	"posthaste/script/engine/jsontext"
)

// installJSON puts the parser behind JSON.parse; stringify stays the engine's but for its
// errors. Postman's parser is stricter than V8's and throws errors of another name.
func (r *Realm) installJSON() {
	json, ok := r.VM.GlobalObject().Get("JSON").(*goja.Object)
	if !ok {
		return
	}
	native, _ := goja.AssertFunction(json.Get("parse"))
	_ = json.Set("parse", func(call goja.FunctionCall) goja.Value {
		if goja.IsUndefined(call.Argument(0)) {
			panic(r.jsonError(errors.New(`"undefined" is not valid JSON`)))
		}
		text := jsonSource(call.Argument(0))
		if _, ok := goja.AssertFunction(call.Argument(1)); !ok {
			return r.JSON(text)
		}
		return r.revive(json, native, r.JSONAtOnce(text), call.Argument(1))
	})
	r.installStringify(json)
}

// jsonSource is the text of a value. Half of a surrogate pair, which UTF-8 cannot write, is written as its escape.
func jsonSource(v goja.Value) string {
	text := v.String()
	s, ok := v.(goja.String)
	if !ok || !strings.ContainsRune(text, utf8.RuneError) {
		return text
	}
	var b strings.Builder
	part := 0
	for i := 0; i < s.Length(); i++ {
		switch {
		case !utf16.IsSurrogate(rune(s.CharAt(i))):
		case lonely(s, i):
			b.WriteString(s.Substring(part, i).String())
			fmt.Fprintf(&b, `\u%04x`, s.CharAt(i))
			part = i + 1
		default:
			i++
		}
	}
	b.WriteString(s.Substring(part, s.Length()).String())
	return b.String()
}

// JSON parses text for a script and throws a JSONError into it. Large objects and arrays are
// made when they are first looked into (package lazy). A byte order mark before the text is
// ignored there, as Postman does.
func (r *Realm) JSON(text string) goja.Value {
	if index := r.json.Index(jsontext.WithoutMark(text), r.Stopped); index != nil {
		return r.json.Lazily(r.VM, index, r.Stopped)
	}
	return r.JSONAtOnce(text)
}

// JSONAtOnce is JSON with nothing left for later: for values that are walked at once anyway.
func (r *Realm) JSONAtOnce(text string) goja.Value {
	v, err := jsontext.ParseUntil(r.VM, text, r.Stopped)
	if err != nil {
		panic(r.jsonError(err))
	}
	return v
}

// jsonError makes the JSONError that Postman's JSON parser throws instead of a plain
// SyntaxError. It is a SyntaxError of that name.
func (r *Realm) jsonError(err error) *goja.Object {
	ctor, _ := r.VM.GlobalObject().Get("SyntaxError").(*goja.Object)
	o, failed := r.VM.New(ctor, r.VM.ToValue(err.Error()))
	if failed != nil {
		panic(failed)
	}
	_ = o.DefineDataProperty("name", r.VM.ToValue("JSONError"), goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE)
	return o
}

// revive walks v with a reviver by way of the engine's own parse, whose walk is right in
// every corner: the values travel as JSON text.
func (r *Realm) revive(json *goja.Object, native goja.Callable, v, reviver goja.Value) goja.Value {
	stringify, _ := goja.AssertFunction(json.Get("stringify"))
	text, err := stringify(json, v)
	if err == nil {
		text, err = native(json, text, reviver)
	}
	if err != nil {
		panic(r.Rethrow(err))
	}
	return text
}

// Rethrow returns what to panic with so that a script sees err as it was thrown. Interrupts
// pass on, or a script could catch its own end.
func (r *Realm) Rethrow(err error) any {
	if ex, ok := err.(*goja.Exception); ok { //nolint:errorlint // goja returns it bare
		return ex.Value()
	}
	return err
}
