package sdk

import (
	"strings"
	"unicode/utf16"

	"github.com/dop251/goja"

	"posthaste/collection"
)

// parseJSON parses as Postman does and throws what is wrong.
func (s *SDK) parseJSON(text string) goja.Value {
	if s.env.ParseJSON != nil {
		v, err := s.env.ParseJSON(text)
		s.check(err)
		return v
	}
	v, err := s.engine.parse(goja.Undefined(), s.vm.ToValue(strings.TrimPrefix(text, "\ufeff")))
	s.check(err)
	return v
}

// noJSON is the error of a response without a body, which is read as JSON (newman's words).
func (s *SDK) noJSON() *goja.Object {
	err, _ := s.vm.New(s.vm.Get("SyntaxError"), s.vm.ToValue("\"undefined\" is not valid JSON"))
	set(err, "name", s.vm.ToValue("JSONError"))
	return err
}

// fromJSON shows JSON text of our own making; what is no JSON is undefined.
func (s *SDK) fromJSON(text string) goja.Value {
	v, err := s.engine.parse(goja.Undefined(), s.vm.ToValue(text))
	if err != nil {
		return goja.Undefined()
	}
	return v
}

// show turns a value of the model into a JavaScript value.
func (s *SDK) show(v collection.Value) goja.Value {
	switch v.Kind() {
	case collection.Undefined:
		return goja.Undefined()
	case collection.Null:
		return goja.Null()
	case collection.Bool:
		return s.vm.ToValue(v.Truthy())
	case collection.Number:
		f, _ := v.Float()
		return s.vm.ToValue(f)
	case collection.String:
		return s.vm.ToValue(v.String())
	default:
		return s.fromJSON(v.JSONText())
	}
}

// read turns a JavaScript value into one of the model. Functions and symbols are undefined.
func (s *SDK) read(v goja.Value) collection.Value {
	switch {
	case v == nil, goja.IsUndefined(v), isFunction(v):
		return collection.Value{}
	case goja.IsNull(v):
		return collection.NullValue()
	case isString(v):
		return collection.Text(v.String())
	case isNumber(v):
		return collection.NumberValue(v.ToFloat())
	case isBool(v):
		return collection.BoolValue(v.ToBoolean())
	}
	o, ok := v.(*goja.Object)
	if !ok {
		return collection.Value{}
	}
	raw, err := o.MarshalJSON()
	if err != nil {
		s.check(err)
	}
	return collection.JSONValue(string(raw))
}

// units is the length of text as JavaScript counts it.
func units(text string) int {
	n := 0
	for _, r := range text {
		n += utf16.RuneLen(r)
	}
	return n
}
