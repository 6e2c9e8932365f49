package inspect

import (
	"encoding/hex"
	"fmt"
	"strings"

	"github.com/dop251/goja"
)

// array prints arrays, holes included. A plain array shows no class; others do, with their
// length: "Stack(2) [ 1, 2 ]".
func (p *printer) array(o *goja.Object, name string, null bool, tag string) shape {
	n := int(o.Get("length").ToInteger())
	head := ""
	if name != "Array" || null || tag != "" {
		head = prefix(name, null, tag, "Array", fmt.Sprintf("(%d)", n))
	}
	s := shape{open: head + "[", closing: "]", list: true, keys: p.extras(o, n)}
	s.emptyIf(n == 0 && len(s.keys) == 0, s.open+"]")
	s.entries = func(depth int) []string { return p.items(o, n, depth) }
	return s
}

// items prints the elements, up to the limit. A hole differs from undefined in that the
// property does not exist; holes side by side are one entry.
func (p *printer) items(o *goja.Object, n, depth int) (output []string) {
	most := min(p.opt.MaxArrayLength, n)
	at := 0
	for at < n && len(output) < most {
		v := o.Get(itoa(at))
		if v == nil {
			next := p.afterHole(o, at, n)
			output = append(output, fmt.Sprintf("<%d empty item%s>", next-at, plural(next-at)))
			at = next
			continue
		}
		p.indent += 2
		output = append(output, p.value(v, depth))
		p.indent -= 2
		at++
	}
	if more := n - at; more > 0 {
		output = append(output, fmt.Sprintf("... %d more item%s", more, plural(more)))
	}
	return output
}

// afterHole finds the next element after a hole at i, or n. Long holes are skipped with the
// list of keys: new Array(1e9) has a billion holes and no keys.
func (p *printer) afterHole(o *goja.Object, i, n int) int {
	for at := i + 1; at < min(i+64, n); at++ {
		if o.Get(itoa(at)) != nil {
			return at
		}
	}
	for _, key := range o.Keys() {
		if at, ok := index(key); ok && at > i {
			return at
		}
	}
	return n
}

// collection prints Map and Set: "Map(1) { 'a' => 1 }".
func (p *printer) collection(o *goja.Object, class, name string, null bool, tag string) shape {
	n := 0
	if size := o.Get("size"); size != nil {
		n = int(size.ToInteger())
	}
	head := prefix(name, null, tag, class, fmt.Sprintf("(%d)", n))
	s := shape{open: head + "{", closing: "}", keys: p.keys(o)}
	s.emptyIf(n == 0 && len(s.keys) == 0, s.open+"}")
	s.entries = func(depth int) (output []string) {
		p.indent += 2
		defer func() { p.indent -= 2 }()
		// forEach cannot be stopped, so what is beyond the limit is walked but not printed.
		more := n - p.opt.MaxArrayLength
		p.each(o, class, func(value, key goja.Value) {
			if len(output) >= p.opt.MaxArrayLength {
				return
			}
			text := p.value(value, depth)
			if class == "Map" {
				text = p.value(key, depth) + " => " + text
			}
			output = append(output, text)
		})
		if more > 0 {
			output = append(output, fmt.Sprintf("... %d more item%s", more, plural(more)))
		}
		return output
	}
	return s
}

// each walks a Map or Set with the engine's own forEach, so that a subclass with an own
// iterator cannot interfere.
func (p *printer) each(o *goja.Object, class string, visit func(value, key goja.Value)) {
	ctor, ok := p.vm.GlobalObject().Get(class).(*goja.Object)
	if !ok {
		return
	}
	walk, ok := goja.AssertFunction(ctor.Get("prototype").ToObject(p.vm).Get("forEach"))
	if !ok {
		return
	}
	callback := func(call goja.FunctionCall) goja.Value {
		visit(call.Argument(0), call.Argument(1))
		return goja.Undefined()
	}
	if _, err := walk(o, p.vm.ToValue(callback)); err != nil {
		panic(err)
	}
}

// typedArray prints typed arrays, and Buffers in their own short form.
func (p *printer) typedArray(o *goja.Object, name string, null bool, tag string) shape {
	n := int(o.Get("length").ToInteger())
	// The mark of Buffer, see package buffer.
	if mark := o.Get("_isBuffer"); mark != nil && mark.ToBoolean() {
		b, _ := o.Export().([]byte)
		return shape{empty: bufferText(b)}
	}
	head := prefix(name, null, tag, tag, fmt.Sprintf("(%d)", n))
	s := shape{open: head + "[", closing: "]", list: true, keys: p.extras(o, n)}
	s.emptyIf(n == 0 && len(s.keys) == 0, s.open+"]")
	s.entries = func(int) (output []string) {
		for i := range min(n, p.opt.MaxArrayLength) {
			output = append(output, p.primitive(o.Get(itoa(i))))
		}
		if more := n - p.opt.MaxArrayLength; more > 0 {
			output = append(output, fmt.Sprintf("... %d more item%s", more, plural(more)))
		}
		return output
	}
	return s
}

// bufferText is what Node prints of a Buffer: "<Buffer 01 02>".
func bufferText(b []byte) string {
	return "<Buffer " + hexBytes(b, 50) + ">"
}

// hexBytes writes the first most bytes with blanks between, and how many more there are.
func hexBytes(b []byte, most int) string {
	shown := b[:min(len(b), most)]
	parts := make([]string, len(shown))
	for i := range shown {
		parts[i] = hex.EncodeToString(shown[i : i+1])
	}
	text := strings.Join(parts, " ")
	if more := len(b) - most; more > 0 {
		text += fmt.Sprintf(" ... %d more byte%s", more, plural(more))
	}
	return text
}

// contents is what Node prints inside of an ArrayBuffer.
func (p *printer) contents(b []byte) string {
	return "[Uint8Contents]: <" + hexBytes(b, p.opt.MaxArrayLength) + ">"
}
