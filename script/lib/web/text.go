package web

import (
	"strings"
	"unicode/utf8"

	"github.com/dop251/goja"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/htmlindex"

	"posthaste/script/jsvalue"
	"posthaste/script/lib/native"
)

// newTextEncoder makes the TextEncoder class (encoding.spec.whatwg.org), which knows UTF-8
// only.
func newTextEncoder(env *native.Env) goja.Value {
	ctor := env.Constructor("TextEncoder", 0, func(goja.ConstructorCall) *goja.Object { return nil })
	proto := ctor.Get("prototype").(*goja.Object)
	env.Getter(proto, "encoding", true, func(goja.Value) goja.Value { return env.VM.ToValue("utf-8") })
	env.Method(proto, "encode", 0, func(call goja.FunctionCall) goja.Value {
		if goja.IsUndefined(call.Argument(0)) {
			return env.Uint8Array(nil)
		}
		text, _ := native.UTF8(call.Argument(0).ToString())
		return env.Uint8Array([]byte(text))
	})
	// Only whole characters are written; read counts UTF-16 units, written bytes.
	env.Method(proto, "encodeInto", 2, func(call goja.FunctionCall) goja.Value {
		text, _ := native.UTF8(call.Argument(0).ToString())
		target, ok := env.Bytes(call.Argument(1))
		if !ok {
			env.ThrowCode("TypeError", "ERR_INVALID_ARG_TYPE", `The "dest" argument must be an instance of Uint8Array.`)
		}
		read, written := 0, 0
		for _, r := range text {
			n := utf8.RuneLen(r)
			if written+n > len(target) {
				break
			}
			written += utf8.EncodeRune(target[written:], r)
			read++
			if r > 0xffff {
				read++
			}
		}
		o := env.VM.NewObject()
		_ = o.Set("read", read)
		_ = o.Set("written", written)
		return o
	})
	return ctor
}

// A textDecoder is the state of one TextDecoder.
type textDecoder struct {
	name             string
	encoding         encoding.Encoding // nil is UTF-8
	fatal, ignoreBOM bool
	started          bool   // a chunk was decoded before, so a byte order mark is text
	kept             []byte // bytes of a character that is not complete yet
}

// newTextDecoder makes the TextDecoder class. Its state hangs on the object under a symbol
// that no script can name.
func newTextDecoder(env *native.Env) goja.Value {
	sym := goja.NewSymbol("decoder")
	ctor := env.Constructor("TextDecoder", 0, func(call goja.ConstructorCall) *goja.Object {
		d := &textDecoder{name: "utf-8"}
		if label := call.Argument(0); !goja.IsUndefined(label) {
			d.choose(env, label.String())
		}
		if options := jsvalue.Object(call.Argument(1)); options != nil {
			d.fatal = truthy(options, "fatal")
			d.ignoreBOM = truthy(options, "ignoreBOM")
		}
		_ = call.This.DefineDataPropertySymbol(sym, env.VM.ToValue(d), goja.FLAG_FALSE, goja.FLAG_FALSE, goja.FLAG_FALSE)
		return nil
	})
	proto := ctor.Get("prototype").(*goja.Object)
	get := func(this goja.Value) *textDecoder {
		if o := jsvalue.Object(this); o != nil {
			if v := o.GetSymbol(sym); v != nil {
				return v.Export().(*textDecoder)
			}
		}
		env.ThrowCode("TypeError", "ERR_INVALID_THIS", `Value of "this" must be of type TextDecoder`)
		return nil
	}
	env.Getter(proto, "encoding", true, func(this goja.Value) goja.Value { return env.VM.ToValue(get(this).name) })
	env.Getter(proto, "fatal", true, func(this goja.Value) goja.Value { return env.VM.ToValue(get(this).fatal) })
	env.Getter(proto, "ignoreBOM", true, func(this goja.Value) goja.Value { return env.VM.ToValue(get(this).ignoreBOM) })
	env.Method(proto, "decode", 0, func(call goja.FunctionCall) goja.Value {
		d := get(call.This)
		b, ok := env.Bytes(call.Argument(0))
		if !ok && !goja.IsUndefined(call.Argument(0)) {
			env.ThrowCode("TypeError", "ERR_INVALID_ARG_TYPE", `The "list" argument must be an instance of SharedArrayBuffer, ArrayBuffer or ArrayBufferView.`)
		}
		stream := false
		if options := jsvalue.Object(call.Argument(1)); options != nil {
			stream = truthy(options, "stream")
		}
		return env.VM.ToValue(d.decode(env, b, stream))
	})
	return ctor
}

func truthy(o *goja.Object, name string) bool {
	v := o.Get(name)
	return v != nil && v.ToBoolean()
}

// choose finds an encoding by any label of the Encoding standard, whatever its case; an
// unknown one throws.
func (d *textDecoder) choose(env *native.Env, label string) {
	e, err := htmlindex.Get(strings.TrimSpace(label))
	if err != nil {
		env.ThrowCode("RangeError", "ERR_ENCODING_NOT_SUPPORTED", `The "`+label+`" encoding is not supported`)
	}
	name, _ := htmlindex.Name(e)
	d.name = name
	if name != "utf-8" {
		d.encoding = e
	}
}

// decode turns a chunk into text. It keeps an unfinished character for the next call when it
// streams, for UTF-8 only: other encodings decode each chunk on its own. A byte order mark
// counts at the start only.
func (d *textDecoder) decode(env *native.Env, b []byte, stream bool) string {
	all := append(d.kept, b...)
	d.kept = nil
	if d.encoding != nil {
		out, err := d.encoding.NewDecoder().Bytes(all)
		if err != nil && d.fatal {
			d.refuse(env)
		}
		return strings.TrimPrefix(string(out), "\ufeff")
	}
	if stream {
		keep := native.IncompleteUTF8(all)
		d.kept = append([]byte{}, all[len(all)-keep:]...)
		all = all[:len(all)-keep]
	}
	if d.fatal && !utf8.Valid(all) {
		d.refuse(env)
	}
	text := native.DecodeUTF8(all)
	if !d.started && !d.ignoreBOM {
		text = strings.TrimPrefix(text, "\ufeff")
	}
	d.started = stream && (d.started || len(all) > 0)
	return text
}

// refuse throws the error of a decoder with fatal set.
func (d *textDecoder) refuse(env *native.Env) {
	env.ThrowCode("TypeError", "ERR_ENCODING_INVALID_ENCODED_DATA", "The encoded data was not valid for encoding "+d.name)
}
