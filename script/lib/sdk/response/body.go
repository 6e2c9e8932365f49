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

// headerTexts returns a way to look up headers of a response as text, "" for those that are
// missing. The last of several headers of a name counts, as with list.get. It does not build
// the list of headers for that: pm.response.json() alone would otherwise build an object for
// each header.
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
	// A script has read or replaced the headers, so its list counts.
	headers, ok := jsvalue.Get(o, "headers").(*goja.Object)
	return func(name string) string {
		if !ok {
			return ""
		}
		return s.TextOr(property.ListOf(s, headers).Value(name))
	}
}

// bodyOf returns the text of a body, decoded by the charset of its Content-Type; ok is false
// when there is no body. The order is the SDK's: the bytes of stream, a text in stream, then
// the body property.
func bodyOf(s *core.SDK, o *goja.Object) (body string, ok bool) {
	if st := s.State(o); st.Pending("stream") {
		// Decoded once: tests call text() and json() again and again.
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

// streamBytes returns the bytes of a body that was given as such. They are shared with the
// response and must not be changed.
func streamBytes(s *core.SDK, o *goja.Object) ([]byte, bool) {
	if st := s.State(o); st.Pending("stream") {
		return st.Response.Body, true
	}
	return bytesOf(jsvalue.Get(o, "stream"))
}

// bytesOf returns the memory of an ArrayBuffer or a view on one. The slice is not a copy.
func bytesOf(v goja.Value) ([]byte, bool) {
	o, ok := v.(*goja.Object)
	if !ok {
		return nil, false
	}
	switch o.ClassName() {
	case "ArrayBuffer":
		buffer, ok := o.Export().(goja.ArrayBuffer)
		return buffer.Bytes(), ok
	// A Buffer of ours has the class Object.
	case "Object", "Uint8Array":
		b, ok := o.Export().([]byte)
		return b, ok
	}
	return nil, false
}

// normalStream turns the forms that JSON gives to bytes into bytes again: {type: "Buffer",
// data: [1, 2]} of Node's Buffer and {type: "Base64", data: "AQI="} of Postman's recorded
// responses. Everything else is returned as it is, except that what is not truthy becomes
// undefined.
func normalStream(s *core.SDK, v goja.Value) goja.Value {
	data := jsvalue.Field(v, "data")
	switch kind := s.TextOr(jsvalue.Field(v, "type")); {
	case !jsvalue.Truthy(v):
		return goja.Undefined()
	case kind == "Buffer" && core.IsArray(data):
		// Bounded, because a script can set length to anything.
		list := core.ItemsUpTo(data, core.MaxBytes)
		b := make([]byte, len(list))
		for i, x := range list {
			b[i] = byte(x.ToInteger())
		}
		return bytesValue(s, b)
	case kind == "Base64" && jsvalue.IsString(data):
		// Node's decoder accepts a missing padding; what still cannot be read gives the bytes
		// before the fault.
		b, err := base64.StdEncoding.DecodeString(core.Text(data))
		if err != nil {
			b, _ = base64.RawStdEncoding.DecodeString(strings.TrimRight(core.Text(data), "="))
		}
		return bytesValue(s, b)
	}
	return v
}

// bytesValue shows bytes to a script as a Buffer, or as a Uint8Array where the sandbox has no
// Buffer.
func bytesValue(s *core.SDK, b []byte) goja.Value {
	if s.Env.Bytes != nil {
		return s.Env.Bytes(b)
	}
	return uint8Array(s, b)
}

// number reads a decimal number. ok is false for other text, also for the empty one.
func number(in string) (float64, bool) {
	f, err := strconv.ParseFloat(strings.TrimSpace(in), 64)
	return f, err == nil
}
