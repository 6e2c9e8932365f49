package engine

import (
	"errors"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/dop251/goja"
)

// A JSONError says where a text departs from JSON, in the words and the layout of Postman's parser
// (sandbox: liquid-json).
type JSONError struct {
	Text      string // the message with the line and the caret below it
	Line, Col int    // 1-based; columns count UTF-16 units
}

// Error returns Text.
func (e *JSONError) Error() string { return e.Text }

// Lines are cut so far before the error, and so long in all.
const (
	jsonBefore = 70
	jsonWidth  = 79
)

func newJSONError(s string, at int, message string) *JSONError {
	if message == "" {
		message = "Unexpected end of input"
		if at < len(s) {
			r, _ := utf8.DecodeRuneInString(s[at:])
			message = "Unexpected token " + jsonToken(r)
		}
	}
	inside := min(at, len(s))
	lineStart := strings.LastIndexAny(s[:inside], "\n\r") + 1
	line := 1 + strings.Count(strings.ReplaceAll(s[:lineStart], "\r\n", "\n"), "\n") + strings.Count(strings.ReplaceAll(s[:lineStart], "\r\n", ""), "\r")
	before := []rune(s[lineStart:inside])
	col := len(before) + at - inside
	e := &JSONError{Line: line, Col: col + 1}

	// A few hundred bytes hold every line that is shown.
	rest := s[inside:min(len(s), inside+4*jsonWidth)]
	if i := strings.IndexAny(rest, "\n\r"); i >= 0 {
		rest = rest[:i]
	}
	if len(before) > jsonBefore-1 {
		before = before[len(before)-jsonBefore+1:]
	}
	shown := append(before[:len(before):len(before)], []rune(rest)...)
	if len(shown) > jsonWidth {
		shown = shown[:jsonWidth]
	}
	var under strings.Builder
	for _, r := range before {
		if r == '\t' {
			under.WriteByte('\t')
			continue
		}
		under.WriteByte(' ')
	}
	under.WriteByte('^')
	e.Text = message + " at " + strconv.Itoa(line) + ":" + strconv.Itoa(col+1) + "\n" + string(shown) + "\n" + under.String()
	return e
}

// jsonToken quotes a character: as JSON would, but with double quotes bare and single quotes escaped.
func jsonToken(r rune) string {
	switch {
	case r == '\n':
		return `'\n'`
	case r == '\r':
		return `'\r'`
	case r == '\t':
		return `'\t'`
	case r == '\\':
		return `'\\'`
	case r == '\'':
		return `'\''`
	case r < ' ':
		return `'\u00` + strconv.FormatInt(int64(r)+0x100, 16)[1:] + `'`
	}
	return "'" + string(r) + "'"
}

// installJSON puts the parser behind JSON.parse; stringify stays the engine's but for its errors.
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
		text := call.Argument(0).String()
		if _, ok := goja.AssertFunction(call.Argument(1)); !ok {
			return r.JSON(text)
		}
		return r.revive(json, native, r.JSONAtOnce(text), call.Argument(1))
	})
	r.installStringify(json)
}

// JSON parses text for a script and throws a JSONError into it. Large objects and arrays are made when they are first
// looked into (package lazy).
func (r *Realm) JSON(text string) goja.Value {
	text = strings.TrimPrefix(text, "\uFEFF")
	if index := r.json.index(text, r.Stopped); index != nil {
		return r.parseLazily(index)
	}
	return r.JSONAtOnce(text)
}

// JSONAtOnce is JSON with nothing left for later.
func (r *Realm) JSONAtOnce(text string) goja.Value {
	v, err := parseJSON(r.VM, text, r.Stopped)
	if err != nil {
		panic(r.jsonError(err))
	}
	return v
}

func (r *Realm) jsonError(err error) *goja.Object {
	ctor, _ := r.VM.GlobalObject().Get("SyntaxError").(*goja.Object)
	o, failed := r.VM.New(ctor, r.VM.ToValue(err.Error()))
	if failed != nil {
		panic(failed)
	}
	_ = o.DefineDataProperty("name", r.VM.ToValue("JSONError"), goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE)
	return o
}

// revive walks v with a reviver by way of the engine's own parse, whose walk is right in every corner: the
// values travel as JSON text.
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

// Rethrow returns what to panic with so that a script sees err as it was thrown. Interrupts pass on.
func (r *Realm) Rethrow(err error) any {
	if ex, ok := err.(*goja.Exception); ok { //nolint:errorlint // goja returns it bare
		return ex.Value()
	}
	return err
}
