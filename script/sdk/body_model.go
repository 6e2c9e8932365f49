package sdk

import (
	"github.com/dop251/goja"

	"posthaste/collection"
)

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
	text := func(text string, kind collection.Kind) goja.Value {
		switch kind {
		case collection.Null:
			return goja.Null()
		case collection.String:
			return s.vm.ToValue(text)
		default:
			return s.orUndefined(text)
		}
	}
	set(o, "query", text(g.Query, g.QueryKind))
	set(o, "operationName", text(g.OperationName, g.OperationNameKind))
	set(o, "variables", s.show(g.Variables))
	return o
}
