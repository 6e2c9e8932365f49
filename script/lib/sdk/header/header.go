// Package header is the classes Header and HeaderList.
//
// Names are compared without case. Several lines of one name are kept, in their order.
package header

import (
	"github.com/dop251/goja"

	"posthaste/collection"
	"posthaste/script/jsvalue"
	"posthaste/script/lib/sdk/core"
	"posthaste/script/lib/sdk/property"
)

// Class describes Header. null is kept as the value, because newman sends it as the text
// "null".
func Class(s *core.SDK) *core.Class {
	return &core.Class{
		ValueOf: func(o *goja.Object) goja.Value { return jsvalue.Get(o, "value") },
		Parent:  "Property", IndexKey: "key", Caseless: true, Multi: true,
		Init: func(o *goja.Object, a core.Args) { initHeader(s, o, a) },
		Methods: []core.Method{
			{Name: "toString", Length: 0, Fn: func(this *goja.Object, _ core.Args) goja.Value {
				return s.VM.ToValue(headerLine(this))
			}},
			{Name: "valueOf", Length: 0, Fn: func(this *goja.Object, _ core.Args) goja.Value { return jsvalue.Get(this, "value") }},
			{Name: "update", Length: 1, Fn: func(this *goja.Object, a core.Args) goja.Value {
				updateHeader(s, this, a.At(0))
				return nil
			}},
		},
		Statics: []core.Method{
			s.IsStatic("Header"),
			// Lists make members from (value, key) by it; see property.List.Add.
			{Name: "create", Length: 2, Fn: func(_ *goja.Object, a core.Args) goja.Value { return s.Make("Header", a...) }},
			{Name: "parse", Length: 1, Fn: func(_ *goja.Object, a core.Args) goja.Value {
				var list []goja.Value
				for _, h := range parseHeaders(core.Text(a.At(0))) {
					list = append(list, pair(s, h.Key, h.Value))
				}
				return s.Array(list)
			}},
			{Name: "parseSingle", Length: 1, Fn: func(_ *goja.Object, a core.Args) goja.Value {
				if !jsvalue.IsString(a.At(0)) {
					return pair(s, "", "")
				}
				key, value := parseHeader(core.Text(a.At(0)))
				return pair(s, key, value)
			}},
			{Name: "unparse", Length: 2, Fn: func(_ *goja.Object, a core.Args) goja.Value {
				// The separator ends each header, the last one too, as HTTP has it.
				separator := "\r\n"
				if !goja.IsUndefined(a.At(1)) {
					separator = core.Text(a.At(1))
				}
				return s.VM.ToValue(Unparse(s, a.At(0), separator))
			}},
			{Name: "unparseSingle", Length: 1, Fn: func(_ *goja.Object, a core.Args) goja.Value {
				if o, ok := a.At(0).(*goja.Object); ok {
					return s.VM.ToValue(headerLine(o))
				}
				return s.VM.ToValue("")
			}},
		},
	}
}

// ListClass describes HeaderList, the class of pm.request.headers and pm.response.headers.
func ListClass(s *core.SDK) *core.Class {
	return &core.Class{
		Parent: "PropertyList", Label: "HeaderList",
		Init: func(o *goja.Object, a core.Args) {
			property.InitList(s, o, core.Args{s.Class("Header").Ctor, a.At(0), a.At(1)})
		},
		// In UTF-16 units, as JavaScript counts; for ASCII that is bytes.
		Methods: []core.Method{{Name: "contentSize", Length: 0, Fn: func(this *goja.Object, _ core.Args) goja.Value {
			return s.VM.ToValue(core.Units(Unparse(s, this, "\r\n")))
		}}},
		Statics: []core.Method{s.IsStatic("HeaderList")},
	}
}

// pair makes a plain {key, value}.
func pair(s *core.SDK, key, value string) *goja.Object {
	o := s.VM.NewObject()
	core.Set(o, "key", s.VM.ToValue(key))
	core.Set(o, "value", s.VM.ToValue(value))
	return o
}

// initHeader takes "Name: value" as one text, value and name as two (in this order), or an
// object with key and value.
func initHeader(s *core.SDK, o *goja.Object, a core.Args) {
	options := a.At(0)
	if jsvalue.IsString(options) {
		if jsvalue.IsString(a.At(1)) {
			options = pair(s, core.Text(a.At(1)), core.Text(options))
		} else {
			key, value := parseHeader(core.Text(options))
			options = pair(s, key, value)
		}
	}
	property.Init(s, o, core.Args{options})
	updateHeader(s, o, options)
}

// updateHeader makes "" of a missing key or value. null stays as the value, see Read.
func updateHeader(s *core.SDK, o *goja.Object, options goja.Value) {
	key := jsvalue.Field(options, "key")
	if !jsvalue.Truthy(key) {
		key = s.VM.ToValue("")
	}
	value := jsvalue.Field(options, "value")
	if goja.IsUndefined(value) {
		value = s.VM.ToValue("")
	}
	core.Set(o, "key", key)
	core.Set(o, "value", value)
	s.CopyOwn(o, options, "system", "disabled")
}

// List makes the list of a request or a response, in the order on the wire. parent is the
// object that it belongs to.
func List(s *core.SDK, parent goja.Value, list []collection.Header) *goja.Object {
	o := property.NewList(s, "HeaderList", "Header", parent, goja.Undefined())
	l := property.ListOf(s, o)
	for _, h := range list {
		header := s.Allocate(s.Class("Header"))
		if h.Disabled {
			core.Set(header, "disabled", s.VM.ToValue(true))
		}
		property.Describe(s, header, h.Description)
		core.Set(header, "key", s.VM.ToValue(h.Key))
		core.Set(header, "value", s.VM.ToValue(h.Value))
		if h.System {
			core.Set(header, "system", s.VM.ToValue(true))
		}
		l.Insert(header, goja.Undefined())
	}
	return o
}

// Read reads a header list back, whatever a script put into it. Disabled headers are kept.
// Values that are no text become one.
func Read(s *core.SDK, v goja.Value) []collection.Header {
	var list []collection.Header
	for _, h := range property.MembersOf(s, v) {
		value := jsvalue.Field(h, "value")
		if goja.IsUndefined(value) || value == nil {
			value = s.VM.ToValue("") // newman: null goes out as its text
		}
		key := jsvalue.Field(h, "key")
		if jsvalue.IsNullish(key) {
			key = s.VM.ToValue("")
		}
		list = append(list, collection.Header{
			Key: core.Text(key), Value: core.Text(value),
			Disabled: jsvalue.Truthy(jsvalue.Field(h, "disabled")), System: jsvalue.Truthy(jsvalue.Field(h, "system")),
			Description: property.DescriptionText(h),
		})
	}
	return list
}
