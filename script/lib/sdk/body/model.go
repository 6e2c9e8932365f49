package body

import (
	"github.com/dop251/goja"

	"posthaste/collection"
	"posthaste/script/lib/sdk/core"
)

// New makes the RequestBody of a body of the model. Only the current mode is filled in:
// others that the file has are not sent, and scripts rarely look.
func New(s *core.SDK, b *collection.Body) *goja.Object {
	given := s.VM.NewObject()
	core.Set(given, "mode", s.VM.ToValue(b.Mode))
	switch b.Mode {
	case "raw":
		core.Set(given, "raw", s.VM.ToValue(b.Raw))
		// The file has an object or a number where text belongs; scripts see it as that.
		if b.RawJSON {
			core.Set(given, "raw", s.FromJSON(b.Raw))
		}
	case "urlencoded":
		list := make([]goja.Value, len(b.URLEncoded))
		for i, p := range b.URLEncoded {
			list[i] = paramForm(s, p.Key, p.Value, p.Disabled, p.Description)
		}
		core.Set(given, b.Mode, s.Array(list))
	case "formdata":
		list := make([]goja.Value, len(b.FormData))
		for i, p := range b.FormData {
			list[i] = formForm(s, p)
		}
		core.Set(given, b.Mode, s.Array(list))
	case "file":
		core.Set(given, b.Mode, fileForm(s, b.File))
	case "graphql":
		core.Set(given, b.Mode, graphQLForm(s, b.GraphQL))
	}
	if len(b.Options) > 0 {
		core.Set(given, "options", s.FromJSON(string(b.Options)))
	}
	if b.Disabled {
		core.Set(given, "disabled", s.VM.ToValue(true))
	}
	return s.Make("RequestBody", given)
}

// paramForm is a row as collection files have it. A value keeps its type.
func paramForm(s *core.SDK, key string, value collection.Value, disabled bool, description string) *goja.Object {
	o := s.VM.NewObject()
	core.Set(o, "key", s.VM.ToValue(key))
	core.Set(o, "value", s.Show(value))
	if disabled {
		core.Set(o, "disabled", s.VM.ToValue(true))
	}
	if description != "" {
		core.Set(o, "description", s.VM.ToValue(description))
	}
	return o
}

// formForm shows a row of formdata as postman-collection does. src is a text, an array for
// several files, or null for a file that was not chosen.
func formForm(s *core.SDK, p collection.FormParam) *goja.Object {
	o := paramForm(s, p.Key, p.Value, p.Disabled, p.Description)
	core.Set(o, "type", s.OrUndefined(p.Type))
	switch {
	case p.SrcList:
		core.Set(o, "src", s.Texts(p.Src))
	case len(p.Src) > 0:
		core.Set(o, "src", s.VM.ToValue(p.Src[0]))
	case p.Type == "file":
		core.Set(o, "src", goja.Null())
	}
	core.Set(o, "contentType", s.OrUndefined(p.ContentType))
	core.Set(o, "fileName", s.OrUndefined(p.FileName))
	return o
}

// fileForm keeps a missing content apart from an empty one: an empty content is sent instead
// of the file.
func fileForm(s *core.SDK, f *collection.File) goja.Value {
	o := s.VM.NewObject()
	if f == nil {
		return o
	}
	if f.Src != "" {
		core.Set(o, "src", s.VM.ToValue(f.Src))
	}
	if f.HasContent {
		core.Set(o, "content", s.VM.ToValue(f.Content))
	}
	return o
}

// graphQLForm keeps null and undefined apart, as they were in the file, since GraphQL servers
// tell "variables": null from no variables.
func graphQLForm(s *core.SDK, g *collection.GraphQL) goja.Value {
	o := s.VM.NewObject()
	if g == nil {
		return o
	}
	text := func(text string, kind collection.Kind) goja.Value {
		switch kind {
		case collection.Null:
			return goja.Null()
		case collection.String:
			return s.VM.ToValue(text)
		default:
			return s.OrUndefined(text)
		}
	}
	core.Set(o, "query", text(g.Query, g.QueryKind))
	core.Set(o, "operationName", text(g.OperationName, g.OperationNameKind))
	core.Set(o, "variables", s.Show(g.Variables))
	return o
}
