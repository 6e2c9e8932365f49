package sdk

import (
	"encoding/base64"
	"strconv"
	"strings"

	"github.com/dop251/goja"
)

// headerTexts returns a way to look up headers of an answer as text, "" for those that are missing. It
// does not build the list of headers for that.
func (s *SDK) headerTexts(o *goja.Object) func(name string) string {
	if st := s.state(o); st.pending("headers") {
		return func(name string) string {
			value := ""
			for _, h := range st.response.Header {
				if strings.EqualFold(h.Key, name) {
					value = h.Value
				}
			}
			return value
		}
	}
	headers, ok := get(o, "headers").(*goja.Object)
	return func(name string) string {
		if !ok {
			return ""
		}
		return s.textOr(s.list(headers).value(name))
	}
}

// bodyOf returns the text of a body; ok is false when there is none.
func (s *SDK) bodyOf(o *goja.Object) (body string, ok bool) {
	if st := s.state(o); st.pending("stream") {
		if !st.hasBody {
			st.body, st.hasBody = decodeShared(st.response.Body, charset(s.headerTexts(o)("Content-Type"))), true
		}
		return st.body, true
	}
	if b, ok := s.streamBytes(o); ok {
		return decode(b, charset(s.headerTexts(o)("Content-Type"))), true
	}
	if stream := get(o, "stream"); isString(stream) {
		return text(stream), true
	}
	v := get(o, "body")
	if isNil(v) {
		return "", false
	}
	return text(v), true
}

// streamBytes returns the bytes of a body that was given as such.
func (s *SDK) streamBytes(o *goja.Object) ([]byte, bool) {
	if st := s.state(o); st.pending("stream") {
		return st.response.Body, true
	}
	return bytesOf(get(o, "stream"))
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
func (s *SDK) normalStream(v goja.Value) goja.Value {
	data := field(v, "data")
	switch kind := s.textOr(field(v, "type")); {
	case !truthy(v):
		return goja.Undefined()
	case kind == "Buffer" && isArray(data):
		list := itemsUpTo(data, maxBytes)
		b := make([]byte, len(list))
		for i, x := range list {
			b[i] = byte(x.ToInteger())
		}
		return s.bytesValue(b)
	case kind == "Base64" && isString(data):
		b, err := base64.StdEncoding.DecodeString(text(data))
		if err != nil {
			b, _ = base64.RawStdEncoding.DecodeString(strings.TrimRight(text(data), "="))
		}
		return s.bytesValue(b)
	}
	return v
}

func (s *SDK) bytesValue(b []byte) goja.Value {
	if s.env.Bytes != nil {
		return s.env.Bytes(b)
	}
	return s.uint8Array(b)
}

func number(in string) (float64, bool) {
	f, err := strconv.ParseFloat(strings.TrimSpace(in), 64)
	return f, err == nil
}
