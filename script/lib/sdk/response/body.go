package response

import (
	"encoding/base64"
	"strconv"
	"strings"

	"github.com/dop251/goja"

	"posthaste/internal/charset"
	"posthaste/script/jsvalue"
	"posthaste/script/lib/sdk/core"
	"posthaste/script/lib/sdk/property"
)

// headerTexts returns a way to look up headers of a response as text, "" for those that are missing. It
// does not build the list of headers for that.
func headerTexts(s *core.SDK, o *goja.Object) func(name string) string {
	if st := s.State(o); st.Pending("headers") {
		return func(name string) string {
			value := ""
			for _, h := range st.Response.Header {
				if strings.EqualFold(h.Key, name) {
					value = h.Value
				}
			}
			return value
		}
	}
	headers, ok := jsvalue.Get(o, "headers").(*goja.Object)
	return func(name string) string {
		if !ok {
			return ""
		}
		return s.TextOr(property.ListOf(s, headers).Value(name))
	}
}

// bodyOf returns the text of a body; ok is false when there is no body.
func bodyOf(s *core.SDK, o *goja.Object) (body string, ok bool) {
	if st := s.State(o); st.Pending("stream") {
		if !st.HasBody {
			st.Body, st.HasBody = decodeShared(st.Response.Body, charsetOf(headerTexts(s, o)("Content-Type"))), true
		}
		return st.Body, true
	}
	if b, ok := streamBytes(s, o); ok {
		return charset.Decode(b, charsetOf(headerTexts(s, o)("Content-Type"))), true
	}
	if stream := jsvalue.Get(o, "stream"); jsvalue.IsString(stream) {
		return core.Text(stream), true
	}
	v := jsvalue.Get(o, "body")
	if jsvalue.IsNullish(v) {
		return "", false
	}
	return core.Text(v), true
}

// streamBytes returns the bytes of a body that was given as such.
func streamBytes(s *core.SDK, o *goja.Object) ([]byte, bool) {
	if st := s.State(o); st.Pending("stream") {
		return st.Response.Body, true
	}
	return bytesOf(jsvalue.Get(o, "stream"))
}

// bytesOf returns the memory of an ArrayBuffer or a view on one.
func bytesOf(v goja.Value) ([]byte, bool) {
	o, ok := v.(*goja.Object)
	if !ok {
		return nil, false
	}
	switch o.ClassName() {
	case "ArrayBuffer":
		buffer, ok := o.Export().(goja.ArrayBuffer)
		return buffer.Bytes(), ok
	case "Object", "Uint8Array":
		b, ok := o.Export().([]byte)
		return b, ok
	}
	return nil, false
}

// normalStream turns the forms that JSON gives to bytes into bytes again.
func normalStream(s *core.SDK, v goja.Value) goja.Value {
	data := jsvalue.Field(v, "data")
	switch kind := s.TextOr(jsvalue.Field(v, "type")); {
	case !jsvalue.Truthy(v):
		return goja.Undefined()
	case kind == "Buffer" && core.IsArray(data):
		list := core.ItemsUpTo(data, core.MaxBytes)
		b := make([]byte, len(list))
		for i, x := range list {
			b[i] = byte(x.ToInteger())
		}
		return bytesValue(s, b)
	case kind == "Base64" && jsvalue.IsString(data):
		b, err := base64.StdEncoding.DecodeString(core.Text(data))
		if err != nil {
			b, _ = base64.RawStdEncoding.DecodeString(strings.TrimRight(core.Text(data), "="))
		}
		return bytesValue(s, b)
	}
	return v
}

func bytesValue(s *core.SDK, b []byte) goja.Value {
	if s.Env.Bytes != nil {
		return s.Env.Bytes(b)
	}
	return uint8Array(s, b)
}

func number(in string) (float64, bool) {
	f, err := strconv.ParseFloat(strings.TrimSpace(in), 64)
	return f, err == nil
}
