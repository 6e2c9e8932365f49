// Package jsontext parses JSON into the values of a runtime, with Postman's error texts (sandbox: liquid-json). The large
// parts of a long text are made when a script looks into them.
package jsontext

import (
	"math"
	"strconv"
	"strings"

	"github.com/dop251/goja"
)

// maxJSONDepth bounds nesting; V8 has no bound, but no response of an API comes near it. The
// parser recurses.
const maxJSONDepth = 10000

// Parse reads strict JSON into the values of vm: objects keep the order of their keys,
// "__proto__" is a key like others, numbers beyond float64 are Infinity, lone surrogates
// survive. A byte order mark is skipped. Errors are an *Error.
func Parse(vm *goja.Runtime, text string) (goja.Value, error) { return ParseUntil(vm, text, nil) }

// WithoutMark is a text without its byte order mark: that of UTF-8 or UTF-16, or one of these read as Latin-1 (sandbox:
// liquid-json).
func WithoutMark(text string) string {
	for _, mark := range []string{"\uFEFF", "\u00EF\u00BB\u00BF", "\u00FE\u00FF", "\u00FF\u00FE"} {
		if rest, ok := strings.CutPrefix(text, mark); ok {
			return rest
		}
	}
	return text
}

// ParseUntil does as Parse does, and gives up when stop says that the script was told to end.
// stop may be nil.
func ParseUntil(vm *goja.Runtime, text string, stop func() bool) (goja.Value, error) {
	text = WithoutMark(text)
	p := parser{vm: vm, s: text, stop: stop}
	p.space()
	if p.i >= len(text) {
		if len(text) == 0 {
			return nil, newError(text, 0, "No data, empty input")
		}
		return nil, newError(text, p.i, "No data, only a whitespace")
	}
	v := p.value()
	if p.err == nil {
		p.space()
		if p.i < len(text) {
			p.fail(p.i, "")
		}
	}
	if p.err != nil {
		return nil, p.err
	}
	return v, nil
}

// parser is a recursive descent over s. After err is set no value counts. i is the cursor, in
// bytes.
type parser struct {
	vm    *goja.Runtime
	s     string
	i     int
	depth int
	err   *Error
	items []any // elements of the arrays that are open, the innermost last

	index *Index // where lazy parts are; nil makes everything at once
	next  int    // the first of its parts that may be at the cursor or behind it
	maker *Maker // of lazy values; set with index

	stop  func() bool           // asked now and then whether to go on; may be nil
	n     int                   // values read
	short map[string]goja.Value // short texts seen, which often come again: values are immutable
}

// usualItem is how many bytes of a text of lists there are for an item, roughly: room for the items is made once.
const usualItem = 100

// Short texts up to this length are shared, so many of them, where the whole text is so long that they come again.
const (
	manyTexts  = 4 << 10
	shortText  = 24
	shortTexts = 1024
)

// fail keeps the first error and gives no value.
func (p *parser) fail(at int, message string) goja.Value {
	if p.err == nil {
		p.err = newError(p.s, at, message)
	}
	return nil
}

// space moves over JSON's white space.
func (p *parser) space() {
	for p.i < len(p.s) {
		switch p.s[p.i] {
		case ' ', '\t', '\n', '\r':
			p.i++
		default:
			return
		}
	}
}

// value reads a value. Every few thousand of them it asks whether the script was interrupted,
// since the engine cannot stop Go code.
func (p *parser) value() goja.Value {
	if p.n++; p.n&4095 == 0 && p.stop != nil && p.stop() {
		return p.fail(p.i, "interrupted")
	}
	if p.i >= len(p.s) {
		return p.fail(p.i, "")
	}
	c := p.s[p.i]
	if p.index != nil && (c == '{' || c == '[') {
		if v := p.part(); v != nil {
			return v
		}
	}
	switch {
	case c == '{':
		return p.object()
	case c == '[':
		return p.array()
	case c == '"':
		return p.string()
	case c == '-' || c >= '0' && c <= '9':
		return p.number()
	case c == 't':
		return p.keyword("true", p.vm.ToValue(true))
	case c == 'f':
		return p.keyword("false", p.vm.ToValue(false))
	case c == 'n':
		return p.keyword("null", goja.Null())
	}
	return p.fail(p.i, "")
}

// keyword reads true, false or null.
func (p *parser) keyword(word string, v goja.Value) goja.Value {
	if !strings.HasPrefix(p.s[p.i:], word) {
		return p.fail(p.i, "")
	}
	p.i += len(word)
	return v
}

// enter bounds the nesting, because the parser recurses. Whoever enters takes the depth back
// when it leaves.
func (p *parser) enter() bool {
	p.depth++
	if p.depth > maxJSONDepth {
		p.fail(p.i, "Nested too deeply")
		return false
	}
	return true
}

// object reads an object. The messages for its faults are those of liquid-json.
func (p *parser) object() goja.Value {
	if !p.enter() {
		return nil
	}
	defer func() { p.depth-- }()
	o := p.vm.NewObject()
	p.i++
	p.space()
	if p.i < len(p.s) && p.s[p.i] == '}' {
		p.i++
		return o
	}
	for {
		p.space()
		if p.i < len(p.s) && p.s[p.i] == '}' {
			return p.fail(p.i, "Trailing comma in object")
		}
		if p.i >= len(p.s) || p.s[p.i] != '"' {
			return p.fail(p.i, "")
		}
		key, units := p.text()
		p.space()
		if p.err != nil || p.i >= len(p.s) || p.s[p.i] != ':' {
			return p.fail(p.i, "")
		}
		p.i++
		p.space()
		if p.i >= len(p.s) || !startsValue(p.s[p.i]) {
			return p.fail(p.i, "No value found for key "+key)
		}
		v := p.value()
		if p.err != nil {
			return nil
		}
		p.set(o, key, units, v)
		p.space()
		if p.i >= len(p.s) {
			return p.fail(p.i+1, "")
		}
		switch p.s[p.i] {
		case ',':
			p.i++
		case '}':
			p.i++
			return o
		default:
			return p.fail(p.i+1, "") // newman's parser has moved on by one here
		}
	}
}

// set puts a property as JSON.parse does: never through a setter, whatever the key. units are
// given for a key with lone surrogates.
func (p *parser) set(o *goja.Object, key string, units []uint16, v goja.Value) {
	switch {
	case units != nil:
		f := p.vm.GlobalObject().Get("Object").ToObject(p.vm).Get("defineProperty")
		define, _ := goja.AssertFunction(f)
		desc := p.vm.NewObject()
		_ = desc.Set("value", v)
		for _, flag := range []string{"writable", "enumerable", "configurable"} {
			_ = desc.Set(flag, true)
		}
		_, _ = define(goja.Undefined(), o, goja.StringFromUTF16(units), desc)
	case key == "__proto__":
		_ = o.DefineDataProperty(key, v, goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_TRUE)
	default:
		_ = o.Set(key, v)
	}
}

// startsValue knows the first bytes of values.
func startsValue(c byte) bool {
	return c == '{' || c == '[' || c == '"' || c == '-' || c == 't' || c == 'f' || c == 'n' || c >= '0' && c <= '9'
}

// array reads a list. Elements of all open lists share p.items, so a list is allocated once,
// with its length known.
func (p *parser) array() goja.Value {
	if !p.enter() {
		return nil
	}
	defer func() { p.depth-- }()
	p.i++
	p.space()
	if p.i < len(p.s) && p.s[p.i] == ']' {
		p.i++
		return p.vm.NewArray()
	}
	if p.items == nil {
		p.items = make([]any, 0, 16+len(p.s)/usualItem)
	}
	base := len(p.items)
	for {
		p.space()
		if p.i < len(p.s) && p.s[p.i] == ',' {
			return p.fail(p.i+1, "Elisions are not supported")
		}
		if p.i < len(p.s) && p.s[p.i] == ']' {
			return p.fail(p.i, "Trailing comma in array")
		}
		v := p.value()
		if p.err != nil {
			return nil
		}
		p.items = append(p.items, v)
		p.space()
		if p.i >= len(p.s) {
			return p.fail(p.i, "")
		}
		switch p.s[p.i] {
		case ',':
			p.i++
		case ']':
			p.i++
			list := p.vm.NewArray(p.items[base:]...)
			p.items = p.items[:base]
			return list
		default:
			return p.fail(p.i, "")
		}
	}
}

// number reads a number by JSON's grammar. Whole numbers of fewer than 16 digits are exact as
// integers, which the engine keeps smaller.
func (p *parser) number() goja.Value {
	start := p.i
	if p.s[p.i] == '-' {
		p.i++
	}
	whole := p.digits()
	if whole == 0 {
		return p.fail(start, `Bad numeric literal - "`+p.s[start:p.i]+`"`)
	}
	first := p.s[p.i-whole]
	if whole > 1 && first == '0' {
		return p.fail(p.i-whole+1, "")
	}
	integer := true
	if p.i < len(p.s) && p.s[p.i] == '.' {
		integer = false
		p.i++
		if p.digits() == 0 {
			return p.fail(p.i-1, `Non-json numeric literal - "`+p.s[start:p.i]+`"`)
		}
	}
	if p.i < len(p.s) && (p.s[p.i] == 'e' || p.s[p.i] == 'E') {
		integer = false
		p.i++
		if p.i < len(p.s) && (p.s[p.i] == '+' || p.s[p.i] == '-') {
			p.i++
		}
		if p.digits() == 0 {
			return p.fail(p.i, `Bad numeric literal - "`+p.s[start:p.i]+`"`)
		}
	}
	text := p.s[start:p.i]
	if integer && len(text) < 16 && text != "-0" {
		n, _ := strconv.ParseInt(text, 10, 64)
		return p.vm.ToValue(n)
	}
	f, err := strconv.ParseFloat(text, 64)
	if err != nil && !math.IsInf(f, 0) {
		return p.fail(start, "")
	}
	return p.vm.ToValue(f)
}

// digits passes over digits and says how many there were.
func (p *parser) digits() int {
	start := p.i
	for p.i < len(p.s) && p.s[p.i] >= '0' && p.s[p.i] <= '9' {
		p.i++
	}
	return p.i - start
}
