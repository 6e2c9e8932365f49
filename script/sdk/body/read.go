package body

import (
	"github.com/dop251/goja"

	"posthaste/collection"
	"posthaste/script/sdk/core"
	"posthaste/script/sdk/property"
)

// Read reads a body back, whatever form a script gave it. What is no body is nil.
func Read(s *core.SDK, v goja.Value) *collection.Body {
	if core.IsNil(v) {
		return nil
	}
	o := s.Make("RequestBody", property.ToJSON(s, v))
	mode := core.Get(o, "mode")
	if !core.Truthy(mode) {
		return nil
	}
	b := &collection.Body{Mode: core.Text(mode), Disabled: core.Truthy(core.Get(o, "disabled"))}
	switch b.Mode {
	case "raw":
		raw := core.Get(o, "raw")
		b.Raw = s.TextOr(raw)
		if value := s.Read(raw); !core.IsString(raw) && !core.IsNil(raw) {
			b.Raw, b.RawJSON = value.JSONText(), true
		}
	case "urlencoded":
		for _, p := range property.MembersOf(s, core.Get(o, "urlencoded")) {
			b.URLEncoded = append(b.URLEncoded, collection.Param{
				Key: KeyText(p), Value: s.Read(core.Field(p, "value")),
				Disabled: core.Truthy(core.Field(p, "disabled")), Description: property.DescriptionText(p),
			})
		}
	case "formdata":
		for _, p := range property.MembersOf(s, core.Get(o, "formdata")) {
			b.FormData = append(b.FormData, readFormParam(s, p))
		}
	case "file":
		b.File = readFile(core.Get(o, "file"))
	case "graphql":
		b.GraphQL = readGraphQL(s, core.Get(o, "graphql"))
	}
	if options := core.Get(o, "options"); core.Truthy(options) {
		b.Options = []byte(s.Read(options).JSONText())
		if language := core.Field(core.Field(options, "raw"), "language"); core.IsString(language) {
			b.Language = core.Text(language)
		}
	}
	return b
}

// KeyText is the key of a parameter as text, "" for one that has no key.
func KeyText(p goja.Value) string {
	if key := core.Field(p, "key"); !core.IsNil(key) {
		return core.Text(key)
	}
	return ""
}

func readFormParam(s *core.SDK, p goja.Value) collection.FormParam {
	f := collection.FormParam{
		Key: KeyText(p), Value: s.Read(core.Field(p, "value")), Type: "text",
		Disabled: core.Truthy(core.Field(p, "disabled")), Description: property.DescriptionText(p),
		FileName: s.TextOr(core.Field(p, "fileName")), ContentType: s.TextOr(core.Field(p, "contentType")),
	}
	if kind := core.Field(p, "type"); core.IsString(kind) && core.Text(kind) == "file" {
		f.Type = "file"
	}
	switch src := core.Field(p, "src"); {
	case core.IsArray(src):
		f.Src, f.SrcList = core.ReadTexts(src), true
	case core.IsString(src):
		f.Src = []string{core.Text(src)}
	}
	return f
}

func readFile(v goja.Value) *collection.File {
	f := &collection.File{}
	if src := core.Field(v, "src"); core.IsString(src) {
		f.Src = core.Text(src)
	}
	if content := core.Field(v, "content"); core.IsString(content) {
		f.Content, f.HasContent = core.Text(content), true
	}
	return f
}

func readGraphQL(s *core.SDK, v goja.Value) *collection.GraphQL {
	query, operation := core.Field(v, "query"), core.Field(v, "operationName")
	return &collection.GraphQL{
		Query: s.TextOr(query), QueryKind: s.Read(query).Kind(),
		OperationName: s.TextOr(operation), OperationNameKind: s.Read(operation).Kind(),
		Variables: s.Read(core.Field(v, "variables")),
	}
}
