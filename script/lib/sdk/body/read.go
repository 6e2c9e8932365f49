package body

import (
	"github.com/dop251/goja"

	"posthaste/collection"
	"posthaste/script/jsvalue"
	"posthaste/script/lib/sdk/core"
	"posthaste/script/lib/sdk/property"
)

// Read reads a body back, whatever form a script gave it. What has no mode, such as null, is
// a body without one, which is not sent and which the next script sees as {} (newman).
// Undefined is nil: the request has no body. The result shares nothing with the script's
// objects.
func Read(s *core.SDK, v goja.Value) *collection.Body {
	if v == nil || goja.IsUndefined(v) {
		return nil
	}
	if goja.IsNull(v) {
		return &collection.Body{}
	}
	// Through the class again: a script may have assigned a plain object or a text.
	o := s.Make("RequestBody", property.ToJSON(s, v))
	mode := jsvalue.Get(o, "mode")
	if !jsvalue.Truthy(mode) {
		return &collection.Body{}
	}
	b := &collection.Body{Mode: core.Text(mode), Disabled: jsvalue.Truthy(jsvalue.Get(o, "disabled"))}
	switch b.Mode {
	case "raw":
		raw := jsvalue.Get(o, "raw")
		b.Raw = s.TextOr(raw)
		// newman sends the JSON of a raw body that is an object, a number or true.
		if value := s.Read(raw); !jsvalue.IsString(raw) && !jsvalue.IsNullish(raw) {
			b.Raw, b.RawJSON = value.JSONText(), true
		}
	case "urlencoded":
		for _, p := range property.MembersOf(s, jsvalue.Get(o, "urlencoded")) {
			b.URLEncoded = append(b.URLEncoded, collection.Param{
				Key: KeyText(p), Value: s.Read(jsvalue.Field(p, "value")),
				Disabled: jsvalue.Truthy(jsvalue.Field(p, "disabled")), Description: property.DescriptionText(p),
			})
		}
	case "formdata":
		for _, p := range property.MembersOf(s, jsvalue.Get(o, "formdata")) {
			b.FormData = append(b.FormData, readFormParam(s, p))
		}
	case "file":
		b.File = readFile(jsvalue.Get(o, "file"))
	case "graphql":
		b.GraphQL = readGraphQL(s, jsvalue.Get(o, "graphql"))
	}
	if options := jsvalue.Get(o, "options"); jsvalue.Truthy(options) {
		b.Options = []byte(s.Read(options).JSONText())
		// The language decides the Content-Type that a raw body gets.
		if language := jsvalue.Field(jsvalue.Field(options, "raw"), "language"); jsvalue.IsString(language) {
			b.Language = core.Text(language)
		}
	}
	return b
}

// KeyText is the key of a parameter as text, "" for one that has no key.
func KeyText(p goja.Value) string {
	if key := jsvalue.Field(p, "key"); !jsvalue.IsNullish(key) {
		return core.Text(key)
	}
	return ""
}

// readFormParam reads what a script made of a row. Any type but "file" is a text; without a
// type the sender decides by src.
func readFormParam(s *core.SDK, p goja.Value) collection.FormParam {
	f := collection.FormParam{
		Key: KeyText(p), Value: s.Read(jsvalue.Field(p, "value")),
		Disabled: jsvalue.Truthy(jsvalue.Field(p, "disabled")), Description: property.DescriptionText(p),
		FileName: s.TextOr(jsvalue.Field(p, "fileName")), ContentType: s.TextOr(jsvalue.Field(p, "contentType")),
	}
	if kind := jsvalue.Field(p, "type"); jsvalue.IsString(kind) {
		if f.Type = "text"; core.Text(kind) == "file" {
			f.Type = "file"
		}
	}
	switch src := jsvalue.Field(p, "src"); {
	// Also for one file, so that the collection keeps its form.
	case core.IsArray(src):
		f.Src, f.SrcList = core.ReadTexts(src), true
	case jsvalue.IsString(src):
		f.Src = []string{core.Text(src)}
	}
	return f
}

// readFile ignores paths and contents that are no text, such as a stream.
func readFile(v goja.Value) *collection.File {
	f := &collection.File{}
	if src := jsvalue.Field(v, "src"); jsvalue.IsString(src) {
		f.Src = core.Text(src)
	}
	if content := jsvalue.Field(v, "content"); jsvalue.IsString(content) {
		f.Content, f.HasContent = core.Text(content), true
	}
	return f
}

// readGraphQL keeps the kind of query and operationName beside their text, since null and ""
// are sent differently.
func readGraphQL(s *core.SDK, v goja.Value) *collection.GraphQL {
	query, operation := jsvalue.Field(v, "query"), jsvalue.Field(v, "operationName")
	return &collection.GraphQL{
		Query: s.TextOr(query), QueryKind: s.Read(query).Kind(),
		OperationName: s.TextOr(operation), OperationNameKind: s.Read(operation).Kind(),
		Variables: s.Read(jsvalue.Field(v, "variables")),
	}
}
