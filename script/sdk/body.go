package sdk

import (
	"strings"

	"github.com/dop251/goja"
)

// bodyModes are the modes that a body may have; any other text means raw.
func bodyModes() []string { return []string{"file", "formdata", "graphql", "raw", "urlencoded"} }

func (s *SDK) requestBodyClass() *class {
	return &class{
		parent: "PropertyBase",
		init: func(o *goja.Object, a args) {
			if truthy(a.at(0)) {
				s.initPropertyBase(o, a)
				s.updateBody(o, a.at(0))
			}
		},
		methods: []method{
			{"update", 1, func(this *goja.Object, a args) goja.Value {
				s.updateBody(this, a.at(0))
				return nil
			}},
			{"toString", 0, func(this *goja.Object, _ args) goja.Value { return s.vm.ToValue(s.bodyText(this)) }},
			{"isEmpty", 0, func(this *goja.Object, _ args) goja.Value { return s.vm.ToValue(s.bodyEmpty(this)) }},
			{"toJSON", 0, func(this *goja.Object, _ args) goja.Value {
				o := s.baseJSON(this)
				if c := field(get(o, "file"), "content"); truthy(c) && !isString(c) {
					unset(o, "file", "content")
				}
				return o
			}},
		},
		values: func(ctor *goja.Object) {
			modes := s.vm.NewObject()
			for _, mode := range bodyModes() {
				set(modes, mode, s.vm.ToValue(mode))
			}
			set(ctor, "MODES", modes)
		},
	}
}

// updateBody takes text, which is a raw body, or an object with a mode; without one nothing changes.
func (s *SDK) updateBody(o *goja.Object, options goja.Value) {
	if isString(options) {
		raw := s.vm.NewObject()
		set(raw, "mode", s.vm.ToValue("raw"))
		set(raw, "raw", options)
		options = raw
	}
	given, ok := options.(*goja.Object)
	if !ok || !truthy(get(given, "mode")) {
		return
	}
	if s.is(given, "RequestBody") {
		given = s.object(s.toJSON(given))
	}
	wanted, mode := strings.ToLower(text(get(given, "mode"))), "raw"
	for _, known := range bodyModes() {
		if known == wanted {
			mode = known
		}
	}
	part := func(key string, make func(v goja.Value) goja.Value, empty func() goja.Value) goja.Value {
		v := get(given, key)
		if truthy(v) {
			return make(v)
		}
		if mode == key {
			return empty()
		}
		return v
	}
	params := func(kind string) (func(v goja.Value) goja.Value, func() goja.Value) {
		fill := func(v goja.Value) goja.Value {
			if isString(v) && kind == "QueryParam" {
				v = s.array(s.parseQuery(text(v)))
			}
			if l, ok := v.(*goja.Object); ok && s.is(l, "PropertyList") {
				v = s.toJSON(l) // copies: members stay in the list they are in
			}
			return s.newList("PropertyList", kind, o, v)
		}
		return fill, func() goja.Value { return s.newList("PropertyList", kind, o, goja.Undefined()) }
	}
	same := func(v goja.Value) goja.Value { return v }
	set(o, "mode", s.vm.ToValue(mode))
	set(o, "raw", part("raw", same, func() goja.Value { return s.vm.ToValue("") }))
	fill, empty := params("QueryParam")
	set(o, "urlencoded", part("urlencoded", fill, empty))
	fill, empty = params("FormParam")
	set(o, "formdata", part("formdata", fill, empty))
	set(o, "file", s.bodyFile(get(given, "file")))
	set(o, "graphql", part("graphql", s.bodyGraphQL, func() goja.Value { return s.vm.NewObject() }))
	set(o, "options", goja.Undefined())
	if extra, ok := get(given, "options").(*goja.Object); ok {
		set(o, "options", extra)
	}
	set(o, "disabled", get(given, "disabled"))
}

func (s *SDK) bodyFile(v goja.Value) goja.Value {
	if !isString(v) {
		return v
	}
	file := s.vm.NewObject()
	set(file, "src", v)
	return file
}

func (s *SDK) bodyGraphQL(v goja.Value) goja.Value {
	o := s.vm.NewObject()
	for _, key := range []string{"query", "operationName", "variables"} {
		set(o, key, field(v, key))
	}
	return o
}

// bodyText is the body as text where that is known without encoding it: raw and urlencoded.
func (s *SDK) bodyText(o *goja.Object) string {
	switch mode := text(get(o, "mode")); mode {
	case "urlencoded":
		v := get(o, mode)
		if list, ok := v.(*goja.Object); ok && s.is(list, "PropertyList") {
			return s.unparseQuery(list)
		}
		return s.textOr(v)
	case "raw":
		return s.textOr(get(o, mode))
	}
	return ""
}

// textOr is the text of what is not empty.
func (s *SDK) textOr(v goja.Value) string {
	if !truthy(v) {
		return ""
	}
	return text(v)
}

func (s *SDK) bodyEmpty(o *goja.Object) bool {
	mode := get(o, "mode")
	if !truthy(mode) {
		return true
	}
	data := get(o, text(mode))
	object, ok := data.(*goja.Object)
	switch {
	case !truthy(data):
		return true
	case text(mode) == "file":
		return !truthy(field(data, "src")) && !truthy(field(data, "content"))
	case isString(data):
		return text(data) == ""
	case !ok:
		return true
	case s.is(object, "PropertyList"):
		return s.list(object).count() == 0
	}
	return len(object.Keys()) == 0
}
