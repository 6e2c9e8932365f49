package sdk

import (
	"github.com/dop251/goja"

	"posthaste/collection"
)

// readBody reads a body back, whatever form a script gave it. What is no body is nil.
func (s *SDK) readBody(v goja.Value) *collection.Body {
	if isNil(v) {
		return nil
	}
	o := s.make("RequestBody", s.toJSON(v))
	mode := get(o, "mode")
	if !truthy(mode) {
		return nil
	}
	b := &collection.Body{Mode: text(mode), Disabled: truthy(get(o, "disabled"))}
	switch b.Mode {
	case "raw":
		raw := get(o, "raw")
		b.Raw = s.textOr(raw)
		if value := s.read(raw); !isString(raw) && !isNil(raw) {
			b.Raw, b.RawJSON = value.JSONText(), true
		}
	case "urlencoded":
		for _, p := range s.membersOf(get(o, "urlencoded")) {
			b.URLEncoded = append(b.URLEncoded, collection.Param{
				Key: s.keyText(p), Value: s.read(field(p, "value")),
				Disabled: truthy(field(p, "disabled")), Description: description(p),
			})
		}
	case "formdata":
		for _, p := range s.membersOf(get(o, "formdata")) {
			b.FormData = append(b.FormData, s.readFormParam(p))
		}
	case "file":
		b.File = readFile(get(o, "file"))
	case "graphql":
		b.GraphQL = s.readGraphQL(get(o, "graphql"))
	}
	if options := get(o, "options"); truthy(options) {
		b.Options = []byte(s.read(options).JSONText())
		if language := field(field(options, "raw"), "language"); isString(language) {
			b.Language = text(language)
		}
	}
	return b
}

func (s *SDK) keyText(p goja.Value) string {
	if key := field(p, "key"); !isNil(key) {
		return text(key)
	}
	return ""
}

func (s *SDK) readFormParam(p goja.Value) collection.FormParam {
	f := collection.FormParam{
		Key: s.keyText(p), Value: s.read(field(p, "value")), Type: "text",
		Disabled: truthy(field(p, "disabled")), Description: description(p),
		FileName: s.textOr(field(p, "fileName")), ContentType: s.textOr(field(p, "contentType")),
	}
	if kind := field(p, "type"); isString(kind) && text(kind) == "file" {
		f.Type = "file"
	}
	switch src := field(p, "src"); {
	case isArray(src):
		f.Src, f.SrcList = readTexts(src), true
	case isString(src):
		f.Src = []string{text(src)}
	}
	return f
}

func readFile(v goja.Value) *collection.File {
	f := &collection.File{}
	if src := field(v, "src"); isString(src) {
		f.Src = text(src)
	}
	if content := field(v, "content"); isString(content) {
		f.Content, f.HasContent = text(content), true
	}
	return f
}

func (s *SDK) readGraphQL(v goja.Value) *collection.GraphQL {
	query, operation := field(v, "query"), field(v, "operationName")
	return &collection.GraphQL{
		Query: s.textOr(query), QueryKind: s.read(query).Kind(),
		OperationName: s.textOr(operation), OperationNameKind: s.read(operation).Kind(),
		Variables: s.read(field(v, "variables")),
	}
}
