package cryptojs

import (
	"encoding/binary"
	"math"

	"github.com/dop251/goja"

	"posthaste/script/jsvalue"
	"posthaste/script/lib/lazy"
	"posthaste/script/lib/native"
)

// words is the content of a WordArray: b has its words in big-endian order, sig says how many
// bytes count. sig can be less than len(b), and negative after a decryption with the wrong
// key took off more padding than there was data.
type words struct {
	b   []byte
	sig int
}

// whole makes the words of a byte string, a copy, with the last word filled up with zeros.
func whole(b []byte) words {
	padded := make([]byte, (len(b)+3)/4*4)
	copy(padded, b)
	return words{padded, len(b)}
}

// significant is the content alone; bytes beyond the words count as zero. The result may
// share w's memory.
func (w words) significant() []byte {
	n := max(w.sig, 0)
	if n > len(w.b) {
		return sized(w.b, n)
	}
	return w.b[:n]
}

// at is one byte, 0 outside of the words.
func (w words) at(i int) byte {
	if i < 0 || i >= len(w.b) {
		return 0
	}
	return w.b[i]
}

// read takes the content of a WordArray-like object. What has no words is empty. sigBytes
// ending in .5 is rounded up.
func (l *library) read(v goja.Value) words {
	o := jsvalue.Object(v)
	if o == nil {
		return words{}
	}
	list := jsvalue.Object(o.Get("words"))
	if list == nil {
		return words{}
	}
	w := words{b: l.readWords(list)}
	if sig := o.Get("sigBytes"); sig != nil {
		if f := sig.ToFloat(); !math.IsNaN(f) {
			w.sig = int(math.Ceil(f))
		}
	}
	if w.sig > native.MaxBuffer {
		l.env.Throw("RangeError", "Invalid array length")
	}
	return w
}

// readWords reads words as 32 bits each, with JavaScript's wrapping of what is larger; holes
// are 0. Plain arrays of numbers, the usual case, are exported in one step.
func (l *library) readWords(list *goja.Object) []byte {
	list = lazy.Real(list)
	if list.ClassName() != "Array" {
		if b, ok := l.env.Bytes(list); ok && !native.IsTyped(list) {
			return b
		}
		n := min(int(list.Get("length").ToInteger()), native.MaxBuffer/4)
		b := make([]byte, 0, 4*max(n, 0))
		for i := range max(n, 0) {
			b = binary.BigEndian.AppendUint32(b, int32Of(list.Get(itoa(i))))
		}
		return b
	}
	items, _ := list.Export().([]any)
	b := make([]byte, 4*len(items))
	for i, item := range items {
		var n uint32
		switch item := item.(type) {
		case int64:
			n = uint32(item)
		case float64:
			n = wrap(item)
		case nil:
		default:
			n = wrap(l.env.VM.ToValue(item).ToFloat())
		}
		binary.BigEndian.PutUint32(b[i*4:], n)
	}
	return b
}

// int32Of is one word of a list that is no plain array.
func int32Of(v goja.Value) uint32 {
	if v == nil {
		return 0
	}
	return wrap(v.ToFloat())
}

// wrap is JavaScript's ToUint32 (ECMA-262, 7.1.7).
func wrap(f float64) uint32 {
	if math.IsNaN(f) || math.IsInf(f, 0) {
		return 0
	}
	return uint32(int64(math.Mod(math.Trunc(f), 1<<32)))
}

// array makes the JavaScript array of signed 32-bit words, as bit operations leave them.
func (l *library) array(b []byte) *goja.Object {
	items := make([]any, len(b)/4)
	for i := range items {
		items[i] = int64(int32(binary.BigEndian.Uint32(b[i*4:])))
	}
	return l.env.VM.NewArray(items...)
}

// wordArray makes a WordArray as `new WordArray.init(words, sigBytes)` does, from words that
// it copies.
func (l *library) wordArray(w words) *goja.Object {
	o := l.env.VM.CreateObject(l.words)
	l.fill(o, w)
	return o
}

// fill sets the two properties, in the original's order.
func (l *library) fill(o *goja.Object, w words) {
	_ = o.Set("words", l.array(w.b))
	_ = o.Set("sigBytes", w.sig)
}

// message is the bytes of what scripts pass as a message: a string as UTF-8, or a WordArray.
// null and undefined add nothing.
func (l *library) message(v goja.Value) []byte {
	if jsvalue.IsNullish(v) {
		return nil
	}
	if jsvalue.IsString(v) {
		return []byte(l.utf8(v))
	}
	if o := jsvalue.Object(v); o != nil && o.Get("words") == nil {
		// Node's bytes are accepted for convenience; crypto-js hashes garbage here.
		if b, ok := l.env.Bytes(o); ok {
			return b
		}
	}
	return l.read(v).significant()
}

// utf8 encodes a string and throws what encodeURIComponent throws for a lone surrogate.
func (l *library) utf8(v goja.Value) string {
	text, ok := native.UTF8(v)
	if !ok {
		l.env.Throw("URIError", "URI malformed")
	}
	return text
}
