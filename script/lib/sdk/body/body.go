// Package body is the classes RequestBody and FormParam.
//
// What a script writes to a body is read back when the script ends, and what it did not touch is sent as it was.
package body

import (
	"strings"

	"github.com/dop251/goja"

	"posthaste/script/jsvalue"
	"posthaste/script/lib/sdk/core"
	"posthaste/script/lib/sdk/property"
	"posthaste/script/lib/sdk/url"
)

// bodyModes are the modes that a body may have; any other text means raw. They are sorted,
// which is the order of RequestBody.MODES.
func bodyModes() []string { return []string{"file", "formdata", "graphql", "raw", "urlencoded"} }

// Class describes RequestBody: a mode, and under the name of each mode what it sends. Only
// the current mode is sent.
func Class(s *core.SDK) *core.Class {
	return &core.Class{
		Parent: "PropertyBase",
		Init: func(o *goja.Object, a core.Args) {
			if jsvalue.Truthy(a.At(0)) {
				property.InitBase(s, o, a)
				updateBody(s, o, a.At(0))
			}
		},
		Methods: []core.Method{
			{Name: "update", Length: 1, Fn: func(this *goja.Object, a core.Args) goja.Value {
				updateBody(s, this, a.At(0))
				return nil
			}},
			{Name: "toString", Length: 0, Fn: func(this *goja.Object, _ core.Args) goja.Value { return s.VM.ToValue(bodyText(s, this)) }},
			{Name: "isEmpty", Length: 0, Fn: func(this *goja.Object, _ core.Args) goja.Value { return s.VM.ToValue(bodyEmpty(s, this)) }},
			{Name: "toJSON", Length: 0, Fn: func(this *goja.Object, _ core.Args) goja.Value {
				o := property.JSON(s, this)
				// A file's content can be a stream, which has no JSON.
				if c := jsvalue.Field(jsvalue.Get(o, "file"), "content"); jsvalue.Truthy(c) && !jsvalue.IsString(c) {
					property.Unset(o, "file", "content")
				}
				return o
			}},
		},
		Values: func(ctor *goja.Object) {
			modes := s.VM.NewObject()
			for _, mode := range bodyModes() {
				core.Set(modes, mode, s.VM.ToValue(mode))
			}
			core.Set(ctor, "MODES", modes)
		},
	}
}

// updateBody takes text, which is a raw body, or an object with a mode; without a mode
// nothing changes. All modes are replaced. That of the current mode always exists afterwards,
// empty if need be; the others only if given.
func updateBody(s *core.SDK, o *goja.Object, options goja.Value) {
	if jsvalue.IsString(options) {
		raw := s.VM.NewObject()
		core.Set(raw, "mode", s.VM.ToValue("raw"))
		core.Set(raw, "raw", options)
		options = raw
	}
	given, ok := options.(*goja.Object)
	if !ok || !jsvalue.Truthy(jsvalue.Get(given, "mode")) {
		return
	}
	if s.Is(given, "RequestBody") {
		given = s.Object(property.ToJSON(s, given))
	}
	wanted, mode := strings.ToLower(core.Text(jsvalue.Get(given, "mode"))), "raw"
	for _, known := range bodyModes() {
		if known == wanted {
			mode = known
		}
	}
	// part gives one mode its value: made from what is given, empty if it is the current
	// mode, or as it is.
	part := func(key string, make func(v goja.Value) goja.Value, empty func() goja.Value) goja.Value {
		v := jsvalue.Get(given, key)
		if jsvalue.Truthy(v) {
			return make(v)
		}
		if mode == key {
			return empty()
		}
		return v
	}
	params := func(kind string) (func(v goja.Value) goja.Value, func() goja.Value) {
		fill := func(v goja.Value) goja.Value {
			if jsvalue.IsString(v) && kind == "QueryParam" {
				v = s.Array(url.ParseQuery(s, core.Text(v)))
			}
			if l, ok := v.(*goja.Object); ok && s.Is(l, "PropertyList") {
				v = property.ToJSON(s, l) // copies: members stay in the list they are in
			}
			return property.NewList(s, "PropertyList", kind, o, listed(s, v))
		}
		return fill, func() goja.Value { return property.NewList(s, "PropertyList", kind, o, goja.Undefined()) }
	}
	// A raw body that is no text, such as an object, is kept: newman sends its JSON.
	same := func(v goja.Value) goja.Value { return v }
	core.Set(o, "mode", s.VM.ToValue(mode))
	core.Set(o, "raw", part("raw", same, func() goja.Value { return s.VM.ToValue("") }))
	fill, empty := params("QueryParam")
	core.Set(o, "urlencoded", part("urlencoded", fill, empty))
	fill, empty = params("FormParam")
	core.Set(o, "formdata", part("formdata", fill, empty))
	core.Set(o, "file", bodyFile(s, jsvalue.Get(given, "file")))
	core.Set(o, "graphql", part("graphql", func(v goja.Value) goja.Value { return bodyGraphQL(s, v) }, func() goja.Value { return s.VM.NewObject() }))
	core.Set(o, "options", goja.Undefined())
	if extra, ok := jsvalue.Get(given, "options").(*goja.Object); ok {
		core.Set(o, "options", extra)
	}
	core.Set(o, "disabled", jsvalue.Get(given, "disabled"))
}

// listed turns parameters that are given as a map into a list of {key, value}, as in files.
// An array as the value makes a parameter for each element. newman makes one parameter
// without a name of the whole map, which sends nothing useful.
func listed(s *core.SDK, v goja.Value) goja.Value {
	o, ok := v.(*goja.Object)
	// One parameter on its own, or a list.
	if !ok || core.IsArray(v) || s.Has(o, "key") || s.Has(o, "value") {
		return v
	}
	var list []goja.Value
	add := func(key string, value goja.Value) {
		param := s.VM.NewObject()
		core.Set(param, "key", s.VM.ToValue(key))
		core.Set(param, "value", value)
		list = append(list, param)
	}
	for _, key := range o.Keys() {
		value := jsvalue.Get(o, key)
		if !core.IsArray(value) {
			add(key, value)
			continue
		}
		s.VM.ForOf(value, func(item goja.Value) bool {
			add(key, item)
			return true
		})
	}
	return s.Array(list)
}

// bodyFile takes the path of a file or an object with src or content. The file is read when
// the request is sent.
func bodyFile(s *core.SDK, v goja.Value) goja.Value {
	if !jsvalue.IsString(v) {
		return v
	}
	file := s.VM.NewObject()
	core.Set(file, "src", v)
	return file
}

// bodyGraphQL takes the three known members. They are set even when missing, so that they
// exist in this order.
func bodyGraphQL(s *core.SDK, v goja.Value) goja.Value {
	o := s.VM.NewObject()
	for _, key := range []string{"query", "operationName", "variables"} {
		core.Set(o, key, jsvalue.Field(v, key))
	}
	return o
}

// bodyText is the body as text where that is known without encoding it: raw and urlencoded.
// It is "" for all other modes, as in the SDK.
func bodyText(s *core.SDK, o *goja.Object) string {
	switch mode := core.Text(jsvalue.Get(o, "mode")); mode {
	case "urlencoded":
		v := jsvalue.Get(o, mode)
		if list, ok := v.(*goja.Object); ok && s.Is(list, "PropertyList") {
			return url.UnparseQuery(s, list)
		}
		return s.TextOr(v)
	case "raw":
		return s.TextOr(jsvalue.Get(o, mode))
	}
	return ""
}

// bodyEmpty says whether there is nothing to send in the mode that the body has. A list
// counts as something even if all of its members are disabled.
func bodyEmpty(s *core.SDK, o *goja.Object) bool {
	mode := jsvalue.Get(o, "mode")
	if !jsvalue.Truthy(mode) {
		return true
	}
	data := jsvalue.Get(o, core.Text(mode))
	object, ok := data.(*goja.Object)
	switch {
	case !jsvalue.Truthy(data):
		return true
	case core.Text(mode) == "file":
		return !jsvalue.Truthy(jsvalue.Field(data, "src")) && !jsvalue.Truthy(jsvalue.Field(data, "content"))
	case jsvalue.IsString(data):
		return core.Text(data) == ""
	case !ok:
		return true
	case s.Is(object, "PropertyList"):
		return property.ListOf(s, object).Count() == 0
	}
	return len(object.Keys()) == 0
}
