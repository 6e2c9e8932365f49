package equal

import (
	"bytes"
	"slices"
	"sort"
	"strings"

	"github.com/dop251/goja"

	"posthaste/script/jsvalue"
)

// collections compares Maps and Sets. Their entries are put in the order of
// their texts first, so order matters only among entries that print alike.
func (e *comparison) collections(a, b *goja.Object) bool {
	kind := e.b.Collection(a)
	if kind == "" || kind != e.b.Collection(b) || !jsvalue.StrictEqual(a.Get("size"), b.Get("size")) {
		return false // neither, for all that the tag says
	}
	x, y := e.entries(a), e.entries(b)
	if len(x) != len(y) {
		return false
	}
	for i := range x {
		if !e.equal(x[i].value, y[i].value) || !e.equal(x[i].key, y[i].key) {
			return false
		}
	}
	return true
}

// maxJoin is the nesting at which an array counts as empty in a text.
const maxJoin = 200

type entry struct {
	key, value goja.Value
	text       string
}

// entries sorts by text, so that order does not matter (chai: deep-eql does the same).
func (e *comparison) entries(o *goja.Object) []entry {
	keys, values := e.b.Entries(o)
	out := make([]entry, len(keys))
	for i := range keys {
		out[i] = entry{key: keys[i], value: values[i]}
		if len(keys) > 1 {
			out[i].text = e.joinText(values[i], nil) + "," + e.joinText(keys[i], nil)
		}
	}
	sort.SliceStable(out, func(i, j int) bool { return jsvalue.LessUnits(out[i].text, out[j].text) })
	return out
}

// joinText is a value as Array.prototype.join writes it; within are the arrays
// being joined, which are empty when met again.
func (e *comparison) joinText(v goja.Value, within []*goja.Object) string {
	if jsvalue.IsNullish(v) {
		return ""
	}
	o, ok := v.(*goja.Object)
	if !ok || !e.b.IsArray(o) {
		return e.b.Str(v)
	}
	if slices.Contains(within, o) || len(within) > maxJoin {
		return ""
	}
	e.b.Tick()
	within = append(within, o)
	var parts []string
	for _, item := range e.b.Items(o) {
		parts = append(parts, e.joinText(item, within))
	}
	return strings.Join(parts, ",")
}

// sortTexts is Array.prototype.sort without a comparison: by text, undefined
// last.
func (e *comparison) sortTexts(values []goja.Value) {
	if len(values) < 2 {
		return
	}
	texts := make([]entry, len(values))
	for i, v := range values {
		texts[i] = entry{value: v}
		if !jsvalue.IsUndefined(v) {
			texts[i].text = e.sortText(v)
		}
	}
	sort.SliceStable(texts, func(i, j int) bool {
		if u, w := jsvalue.IsUndefined(texts[i].value), jsvalue.IsUndefined(texts[j].value); u || w {
			return !u && w
		}
		return jsvalue.LessUnits(texts[i].text, texts[j].text)
	})
	for i := range texts {
		values[i] = texts[i].value
	}
}

// sortText is ToString, arrays joined without the help of user code.
func (e *comparison) sortText(v goja.Value) string {
	if o, ok := v.(*goja.Object); ok && e.b.IsArray(o) {
		return e.joinText(o, nil)
	}
	return e.b.Str(v)
}

// typedArrays compares by number; bytes at once.
func (e *comparison) typedArrays(a, b *goja.Object) bool {
	x, okX := a.Export().([]byte)
	y, okY := b.Export().([]byte)
	if okX && okY {
		return bytes.Equal(x, y)
	}
	return e.lists(a, b)
}

// views compares DataViews by their whole buffers, as chai does.
func (e *comparison) views(a, b *goja.Object) bool {
	x, okX := a.Get("buffer").(*goja.Object)
	y, okY := b.Get("buffer").(*goja.Object)
	return okX && okY && e.buffers(x, y)
}

func (e *comparison) buffers(a, b *goja.Object) bool {
	x, okX := a.Export().(goja.ArrayBuffer)
	y, okY := b.Export().(goja.ArrayBuffer)
	return okX && okY && bytes.Equal(x.Bytes(), y.Bytes())
}
