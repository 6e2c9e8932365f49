package collection

import (
	"maps"
	"slices"

	"github.com/tidwall/gjson"
)

// request writes a request; nil is written as one that sends nothing. The order of the keys
// is that of postman-collection's Request.
func (j *jsonWriter) request(q *Request) {
	if q == nil {
		q = &Request{Method: "GET"}
	}
	j.open('{')
	j.meta(q.Extra)
	j.optional("name", q.Name)
	j.description(q.Description)
	j.key("url")
	j.url(q.URL)
	if len(q.Header) > 0 {
		j.headers("header", q.Header)
	}
	j.text("method", q.Method)
	if q.Body != nil {
		j.key("body")
		j.body(q.Body)
	}
	j.auth(q.Auth)
	j.close('}')
}

// headers writes a list under a key; disabled headers are written with their mark.
func (j *jsonWriter) headers(key string, list []Header) {
	j.key(key)
	j.open('[')
	for _, h := range list {
		j.open('{')
		j.identity(h.Extra)
		j.flag("disabled", h.Disabled)
		j.description(h.Description)
		j.text("key", h.Key)
		j.text("value", h.Value)
		j.flag("system", h.System)
		j.close('}')
	}
	j.close(']')
}

// url writes the parts of a URL. For Postman the text is written too, because its app shows
// raw and not the parts. Keys are in the order of postman-collection's Url; query and
// variable are written even when they are empty.
func (j *jsonWriter) url(u URL) {
	j.open('{')
	if j.postman {
		j.text("raw", u.String())
	}
	if u.User != nil {
		j.key("auth")
		j.open('{')
		j.text("user", u.User.User)
		if u.User.HasPassword {
			j.text("password", u.User.Password)
		}
		j.close('}')
	}
	// The flags tell an empty part from a missing one: "://host" and "host" are two URLs.
	if u.Protocol != "" || u.HasProtocol {
		j.text("protocol", u.Protocol)
	}
	if u.Port != "" || u.EmptyPort {
		j.text("port", u.Port)
	}
	if u.HasPath || len(u.Path) > 0 {
		j.texts("path", u.Path)
	}
	if u.HasHash {
		j.text("hash", u.Hash)
	}
	if len(u.Host) > 0 {
		j.texts("host", u.Host)
	}
	j.key("query")
	j.open('[')
	for _, p := range u.Query {
		j.open('{')
		j.identity(p.Extra)
		j.flag("disabled", p.Disabled)
		j.description(p.Description)
		j.nullable("key", p.Key, p.NoKey)
		j.nullable("value", p.Value, p.NoValue)
		j.close('}')
	}
	j.close(']')
	j.key("variable")
	j.open('[')
	for _, v := range u.Variables {
		j.open('{')
		j.optional("id", v.ID)
		j.flag("disabled", v.Disabled)
		j.description(v.Description)
		j.typedValue(v.Type, v.Value)
		j.optional("key", v.Key)
		j.close('}')
	}
	j.close(']')
	j.close('}')
}

// nullable writes null or a text: "?a" has the value null, "?a=" has "".
func (j *jsonWriter) nullable(key, value string, null bool) {
	if null {
		j.raw(key, "null")
		return
	}
	j.text(key, value)
}

// body writes a body; one without mode is an empty object. The options are for Postman's
// editor.
func (j *jsonWriter) body(b *Body) {
	j.open('{')
	if b.Mode != "" {
		j.text("mode", b.Mode)
		j.bodyData(b)
		if b.Options != nil {
			j.raw("options", string(b.Options))
		}
		j.flag("disabled", b.Disabled)
	}
	j.close('}')
}

// bodyData writes the data of the body's mode, and of other modes where there is any. The
// mode's own key is written even when it is empty.
func (j *jsonWriter) bodyData(b *Body) {
	switch {
	case b.RawJSON:
		j.raw("raw", b.Raw)
	case b.Raw != "" || b.Mode == BodyRaw:
		j.text("raw", b.Raw)
	}
	if b.URLEncoded != nil || b.Mode == BodyURLEncoded {
		j.key("urlencoded")
		j.open('[')
		for _, p := range b.URLEncoded {
			j.open('{')
			j.identity(p.Extra)
			j.flag("disabled", p.Disabled)
			j.description(p.Description)
			j.text("key", p.Key)
			j.value("value", p.Value)
			j.close('}')
		}
		j.close(']')
	}
	if b.FormData != nil || b.Mode == BodyFormData {
		j.key("formdata")
		j.open('[')
		for _, p := range b.FormData {
			j.formParam(p)
		}
		j.close(']')
	}
	if b.File != nil {
		j.key("file")
		j.open('{')
		j.optional("src", b.File.Src)
		if b.File.HasContent {
			j.text("content", b.File.Content)
		}
		j.close('}')
	}
	if b.GraphQL != nil {
		j.key("graphql")
		j.open('{')
		j.graphText("query", b.GraphQL.Query, b.GraphQL.QueryKind)
		j.graphText("operationName", b.GraphQL.OperationName, b.GraphQL.OperationNameKind)
		j.value("variables", b.GraphQL.Variables)
		j.close('}')
	}
}

// graphText writes a field of a GraphQL body. Null, missing and "" are three different things
// to a server. kind is what the file had.
func (j *jsonWriter) graphText(key, text string, kind Kind) {
	switch {
	case kind == Null:
		j.raw(key, "null")
	case kind != Undefined || text != "":
		j.text(key, text)
	}
}

// formParam writes a row of formdata with one source as a text and several as a list, as they
// were read. A text part without a value gets "", as Postman writes it.
func (j *jsonWriter) formParam(p FormParam) {
	j.open('{')
	j.identity(p.Extra)
	j.flag("disabled", p.Disabled)
	j.description(p.Description)
	j.text("key", p.Key)
	switch {
	case p.Value.Kind() == Null, p.Value.Kind() == Undefined && p.Type != "file":
		j.text("value", "")
	default:
		j.value("value", p.Value)
	}
	j.optional("type", p.Type)
	switch {
	case p.SrcList:
		j.texts("src", p.Src)
	case len(p.Src) > 0:
		j.text("src", p.Src[0])
	}
	j.optional("contentType", p.ContentType)
	j.optional("fileName", p.FileName)
	j.close('}')
}

// sortedKeys gives a map an order.
func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }

// fieldsOf returns the fields of a JSON object, none for nil.
func fieldsOf(raw []byte) []field { return newNode(gjson.ParseBytes(raw)).object().fields }
