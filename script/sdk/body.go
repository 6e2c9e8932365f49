package sdk

import (
	"strings"

	"github.com/dop251/goja"

	"posthaste/collection"
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

// newBody makes the RequestBody of a body of the model.
func (s *SDK) newBody(b *collection.Body) *goja.Object {
	given := s.vm.NewObject()
	set(given, "mode", s.vm.ToValue(b.Mode))
	switch b.Mode {
	case "raw":
		set(given, "raw", s.vm.ToValue(b.Raw))
		if b.RawJSON {
			set(given, "raw", s.fromJSON(b.Raw))
		}
	case "urlencoded":
		list := make([]goja.Value, len(b.URLEncoded))
		for i, p := range b.URLEncoded {
			list[i] = s.paramForm(p.Key, p.Value, p.Disabled, p.Description)
		}
		set(given, b.Mode, s.array(list))
	case "formdata":
		list := make([]goja.Value, len(b.FormData))
		for i, p := range b.FormData {
			list[i] = s.formForm(p)
		}
		set(given, b.Mode, s.array(list))
	case "file":
		set(given, b.Mode, s.fileForm(b.File))
	case "graphql":
		set(given, b.Mode, s.graphQLForm(b.GraphQL))
	}
	if len(b.Options) > 0 {
		set(given, "options", s.fromJSON(string(b.Options)))
	}
	if b.Disabled {
		set(given, "disabled", s.vm.ToValue(true))
	}
	return s.make("RequestBody", given)
}

func (s *SDK) paramForm(key string, value collection.Value, disabled bool, description string) *goja.Object {
	o := s.vm.NewObject()
	set(o, "key", s.vm.ToValue(key))
	set(o, "value", s.show(value))
	if disabled {
		set(o, "disabled", s.vm.ToValue(true))
	}
	if description != "" {
		set(o, "description", s.vm.ToValue(description))
	}
	return o
}

func (s *SDK) formForm(p collection.FormParam) *goja.Object {
	o := s.paramForm(p.Key, p.Value, p.Disabled, p.Description)
	set(o, "type", s.orUndefined(p.Type))
	switch {
	case p.SrcList:
		set(o, "src", s.texts(p.Src))
	case len(p.Src) > 0:
		set(o, "src", s.vm.ToValue(p.Src[0]))
	case p.Type == "file":
		set(o, "src", goja.Null())
	}
	set(o, "contentType", s.orUndefined(p.ContentType))
	set(o, "fileName", s.orUndefined(p.FileName))
	return o
}

func (s *SDK) fileForm(f *collection.File) goja.Value {
	o := s.vm.NewObject()
	if f == nil {
		return o
	}
	if f.Src != "" {
		set(o, "src", s.vm.ToValue(f.Src))
	}
	if f.HasContent {
		set(o, "content", s.vm.ToValue(f.Content))
	}
	return o
}

func (s *SDK) graphQLForm(g *collection.GraphQL) goja.Value {
	o := s.vm.NewObject()
	if g == nil {
		return o
	}
	set(o, "query", s.vm.ToValue(g.Query))
	set(o, "operationName", s.orUndefined(g.OperationName))
	set(o, "variables", s.show(g.Variables))
	return o
}
