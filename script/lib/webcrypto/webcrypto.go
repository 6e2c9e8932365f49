// Package webcrypto is the arithmetic of the Web Crypto API, over Go's standard library. What
// arguments mean, which errors they give and what a CryptoKey is, is decided in
// js/crypto/subtle.js and the files beside it.
package webcrypto

import (
	"encoding/base64"
	"encoding/hex"
	"reflect"
	"strings"

	"github.com/dop251/goja"

	"posthaste/script/jsvalue"
	"posthaste/script/lib/inspect"
	"posthaste/script/lib/native"
)

// maxDerived is how many bytes one call may derive or draw at random.
const maxDerived = 1 << 24

// A host shows Go's functions to the JavaScript of the module.
type host struct{ env *native.Env }

// Host makes the functions that js/crypto/subtle.js and the files beside it need of Go, by
// their names there. A function that fails returns undefined; the caller knows which error
// that is.
func Host(env *native.Env) map[string]goja.Value {
	h := &host{env}
	table := map[string]func(goja.FunctionCall) goja.Value{}
	h.addBytes(table)
	h.addKeys(table)
	h.addOperations(table)
	out := map[string]goja.Value{}
	for name, fn := range table {
		out[name] = env.Func(name, 0, fn)
	}
	return out
}

// bytes is the memory of a buffer or a view, not a copy; nil for other values.
func (h *host) bytes(v goja.Value) []byte {
	b, _ := h.env.Bytes(v)
	return b
}

// buffer makes an ArrayBuffer over b, which it then owns; an error gives undefined.
func (h *host) buffer(b []byte, err error) goja.Value {
	if err != nil {
		return goja.Undefined()
	}
	return h.env.VM.ToValue(h.env.VM.NewArrayBuffer(b))
}

// addBytes adds the functions for bytes and text, random ones included.
func (h *host) addBytes(table map[string]func(goja.FunctionCall) goja.Value) {
	vm := h.env.VM
	table["isBuffer"] = func(call goja.FunctionCall) goja.Value {
		_, ok := h.env.Bytes(call.Argument(0))
		return vm.ToValue(ok)
	}
	table["isUint8Array"] = func(call goja.FunctionCall) goja.Value {
		return vm.ToValue(typedKind(call.Argument(0)) == "Uint8Array")
	}
	table["isIntegers"] = func(call goja.FunctionCall) goja.Value {
		kind := typedKind(call.Argument(0))
		return vm.ToValue(kind != "" && !strings.HasPrefix(kind, "Float"))
	}
	table["copy"] = func(call goja.FunctionCall) goja.Value {
		return h.buffer(append([]byte{}, h.bytes(call.Argument(0))...), nil)
	}
	table["random"] = func(call goja.FunctionCall) goja.Value {
		// The JavaScript limits getRandomValues to 65536 bytes; this is for keys.
		n := int(min(call.Argument(0).ToInteger(), maxDerived))
		return h.buffer(h.env.Random(n), nil)
	}
	table["fill"] = func(call goja.FunctionCall) goja.Value {
		b := h.bytes(call.Argument(0))
		copy(b, h.env.Random(len(b)))
		return goja.Undefined()
	}
	table["randomUUID"] = func(goja.FunctionCall) goja.Value {
		b := h.env.Random(16)
		b[6], b[8] = b[6]&0x0f|0x40, b[8]&0x3f|0x80 // RFC 9562: version 4 and variant
		text := hex.EncodeToString(b)
		return vm.ToValue(text[:8] + "-" + text[8:12] + "-" + text[12:16] + "-" + text[16:20] + "-" + text[20:])
	}
	table["base64url"] = func(call goja.FunctionCall) goja.Value {
		return vm.ToValue(base64.RawURLEncoding.EncodeToString(h.bytes(call.Argument(0))))
	}
	table["fromBase64url"] = func(call goja.FunctionCall) goja.Value {
		return h.buffer(loose(call.Argument(0).String()), nil)
	}
	table["utf8"] = func(call goja.FunctionCall) goja.Value {
		text, _ := native.UTF8(call.Argument(0))
		return h.buffer([]byte(text), nil)
	}
	table["fromUTF8"] = func(call goja.FunctionCall) goja.Value {
		return vm.ToValue(native.DecodeUTF8(h.bytes(call.Argument(0))))
	}
	table["inspect"] = func(call goja.FunctionCall) goja.Value {
		return vm.ToValue(inspect.Value(vm, call.Argument(0), inspect.Options{}))
	}
}

// loose decodes base64 of both alphabets, with or without padding, and leaves out characters
// that belong to neither, as Node's Buffer does for the members of a JWK.
func loose(text string) []byte {
	clean := strings.Map(func(r rune) rune {
		switch {
		case r == '+':
			return '-'
		case r == '/':
			return '_'
		case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', r >= '0' && r <= '9', r == '-', r == '_':
			return r
		}
		return -1
	}, text)
	// One character alone is less than a byte.
	if len(clean)%4 == 1 {
		clean = clean[:len(clean)-1]
	}
	b, _ := base64.RawURLEncoding.DecodeString(clean)
	return b
}

// typedKind names the class of a typed array, "" for other values. Floats are recognised by
// their Go type, which a script cannot change.
func typedKind(v goja.Value) string {
	o := jsvalue.Object(v)
	if o == nil || !native.IsTyped(o) {
		return ""
	}
	if o.ExportType() == reflect.TypeFor[[]float64]() {
		return "Float64Array"
	}
	if o.ExportType() == reflect.TypeFor[[]float32]() {
		return "Float32Array"
	}
	return typedName(o)
}

// typedName is the class by Symbol.toStringTag.
func typedName(o *goja.Object) string {
	if tag := o.GetSymbol(goja.SymToStringTag); tag != nil {
		return tag.String()
	}
	return "TypedArray"
}
