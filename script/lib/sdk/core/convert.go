package core

import (
	"strings"
	"unicode/utf16"

	"github.com/dop251/goja"

	"posthaste/collection"
	"posthaste/script/jsvalue"
)

// ParseJSON parses as Postman does and throws what is wrong.
func (s *SDK) ParseJSON(text string) goja.Value {
	if s.Env.ParseJSON != nil {
		v, err := s.Env.ParseJSON(text)
		s.Check(err)
		return v
	}
	v, err := s.Engine.parse(goja.Undefined(), s.VM.ToValue(strings.TrimPrefix(text, "\ufeff")))
	s.Check(err)
	return v
}

// NoJSON is the error of a response without a body, which is read as JSON (newman's words).
func (s *SDK) NoJSON() *goja.Object {
	err, _ := s.VM.New(s.VM.Get("SyntaxError"), s.VM.ToValue("\"undefined\" is not valid JSON"))
	Set(err, "name", s.VM.ToValue("JSONError"))
	return err
}

// FromJSON shows JSON text of our own making; what is no JSON is undefined.
func (s *SDK) FromJSON(text string) goja.Value {
	v, err := s.Engine.parse(goja.Undefined(), s.VM.ToValue(text))
	if err != nil {
		return goja.Undefined()
	}
	return v
}

// Show turns a value of the model into a JavaScript value.
func (s *SDK) Show(v collection.Value) goja.Value {
	switch v.Kind() {
	case collection.Undefined:
		return goja.Undefined()
	case collection.Null:
		return goja.Null()
	case collection.Bool:
		return s.VM.ToValue(v.Truthy())
	case collection.Number:
		f, _ := v.Float()
		return s.VM.ToValue(f)
	case collection.String:
		return s.VM.ToValue(v.String())
	default:
		return s.FromJSON(v.JSONText())
	}
}

// Read turns a JavaScript value into one of the model. Functions and symbols are undefined.
func (s *SDK) Read(v goja.Value) collection.Value {
	switch {
	case v == nil, goja.IsUndefined(v), IsFunction(v):
		return collection.Value{}
	case goja.IsNull(v):
		return collection.NullValue()
	case jsvalue.IsString(v):
		return collection.Text(v.String())
	case IsNumber(v):
		return collection.NumberValue(v.ToFloat())
	case IsBool(v):
		return collection.BoolValue(v.ToBoolean())
	}
	o, ok := v.(*goja.Object)
	if !ok {
		return collection.Value{}
	}
	raw, err := o.MarshalJSON()
	if err != nil {
		s.Check(err)
	}
	return collection.JSONValue(string(raw))
}

// Units is the length of text as JavaScript counts it.
func Units(text string) int {
	n := 0
	for _, r := range text {
		n += utf16.RuneLen(r)
	}
	return n
}
