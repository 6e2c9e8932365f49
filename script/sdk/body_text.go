package sdk

import (
	"encoding/base64"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/dop251/goja"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/unicode"
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
			st.body, st.hasBody = decode(st.response.Body, charset(s.headerTexts(o)("Content-Type"))), true
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

// decode turns bytes into text by the name of a charset; unknown names mean UTF-8. A byte order mark is
// dropped.
func decode(b []byte, charset string) string {
	if charset != "" && charset != "utf8" && charset != "utf-8" {
		if encoding, err := htmlindex.Get(charset); err == nil {
			if decoded, err := encoding.NewDecoder().Bytes(b); err == nil {
				b = decoded
			}
		}
	}
	if !utf8.Valid(b) {
		if decoded, err := unicode.UTF8.NewDecoder().Bytes(b); err == nil {
			b = decoded
		}
	}
	return strings.TrimPrefix(string(b), "\ufeff")
}

// charset reads the charset of a content type, in lower case; "" when it names none.
func charset(contentType string) string {
	in := lower(contentType)
	for _, key := range []string{"charset", "encoding"} {
		_, after, ok := strings.Cut(in, key)
		after = strings.TrimLeft(after, " \t")
		if !ok || !strings.HasPrefix(after, "=") {
			continue
		}
		after = strings.TrimLeft(after[1:], " \t'\"")
		end := strings.IndexFunc(after, func(r rune) bool {
			return r != '-' && r != '_' && (r < '0' || r > '9') && (r < 'a' || r > 'z')
		})
		if end >= 0 {
			after = after[:end]
		}
		if after == "utf-8" {
			return "utf8"
		}
		return after
	}
	return ""
}

// stripCall takes the call around JSONP off: what stands before the first bracket's line end in "(", and
// the last ")".
func stripCall(body string) string {
	line, rest, more := strings.Cut(body, "\n")
	if open := strings.LastIndexByte(line, '('); open > 0 && line[0] != '{' && line[0] != '(' {
		body = line[open+1:]
		if more {
			body += "\n" + rest
		}
	}
	for i := range len(body) {
		if body[i] != ')' || i+1 < len(body) && body[i+1] == '}' {
			continue
		}
		if i+1 < len(body) && strings.Contains(body[i+1:], "\n") {
			continue
		}
		return body[:i]
	}
	return body
}

// revive runs a JSON reviver over a parsed value, children first.
func (s *SDK) revive(v, reviver goja.Value) goja.Value {
	if !isFunction(reviver) {
		return v
	}
	holder := s.vm.NewObject()
	set(holder, "", v)
	return s.reviveKey(holder, "", reviver)
}

func (s *SDK) reviveKey(holder *goja.Object, key string, reviver goja.Value) goja.Value {
	defer s.enter()()
	if o, ok := get(holder, key).(*goja.Object); ok {
		keys := o.Keys()
		if isArray(o) {
			keys = make([]string, len(items(o)))
			for i := range keys {
				keys[i] = strconv.Itoa(i)
			}
		}
		for _, k := range keys {
			if v := s.reviveKey(o, k, reviver); goja.IsUndefined(v) {
				_ = o.Delete(k)
			} else {
				set(o, k, v)
			}
		}
	}
	return s.call(reviver, holder, s.vm.ToValue(key), get(holder, key))
}

func number(in string) (float64, bool) {
	f, err := strconv.ParseFloat(strings.TrimSpace(in), 64)
	return f, err == nil
}
