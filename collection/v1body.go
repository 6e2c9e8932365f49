package collection

import (
	"strings"

	"github.com/tidwall/gjson"

	"posthaste/collection/source"
)

// body1 reads format 1's body, which is spread over the request: dataMode, data, rawModeData,
// graphqlModeData, dataOptions and dataDisabled. nil is no body.
func (v *v1) body1(o object) *Body {
	mode, data := o.get("dataMode"), o.get("data")
	graphql := o.get("graphqlModeData")
	raw := rawText(o.get("rawModeData"))
	b := &Body{Disabled: o.get("dataDisabled").truthy()}
	switch {
	case mode.isNull() && mode.Raw != "": // "dataMode": null says that there is no body, a missing one says nothing
		return nil
	case mode.truthy():
		b.Mode = bodyMode1(mode.text())
	// Without a mode the data tells it; the order is that of newman's transformer.
	case data.isArray():
		b.Mode = "formdata"
	case graphql.truthy():
		b.Mode = "graphql"
	case data.truthy(), raw != "":
		b.Mode = "raw"
	}
	switch b.Mode {
	case "":
		return nil
	case "raw":
		b.Raw = raw
		if raw == "" && data.isString() {
			b.Raw = data.Str
		}
	case "file":
		b.File = &File{Src: raw}
	case "graphql":
		b.GraphQL = graphQL(graphql)
	case "urlencoded":
		for _, e := range withKey(data) {
			p := param(e)
			p.Disabled = p.Disabled || e.get("enabled").Type == gjson.False
			p.Extra = e.extra("key", "value", "disabled", "description", "enabled", "type")
			b.URLEncoded = append(b.URLEncoded, p)
		}
	case "formdata":
		for _, e := range withKey(data) {
			b.FormData = append(b.FormData, formParam1(e))
		}
	}
	v.options1(b, o.get("dataOptions"))
	return b
}

// bodyMode1 translates the modes of format 1, which calls a form "params" and a file
// "binary". Unknown modes are raw.
func bodyMode1(mode string) string {
	switch mode {
	case "params":
		return "formdata"
	case "binary":
		return "file"
	case "raw", "urlencoded", "graphql":
		return mode
	}
	return "raw"
}

// rawText reads a text or a list that holds one, as one version of Postman's app wrote it.
// Anything else is "".
func rawText(n node) string {
	if e := n.elements(); len(e) > 0 {
		n = e[0]
	}
	if n.isString() {
		return n.Str
	}
	return ""
}

// withKey returns the rows that have a key; the others are dropped, as the transformer does.
func withKey(data node) []object {
	var rows []object
	for _, e := range data.elements() {
		if o := e.object(); o.has("key") {
			rows = append(rows, o)
		}
	}
	return rows
}

// formParam1 reads a row whose value is a path when its type is file. A list of paths is kept
// as a list. The row then has no value.
func formParam1(o object) FormParam {
	p := formParam(o)
	p.Disabled = p.Disabled || o.get("enabled").Type == gjson.False
	p.Extra = o.extra("key", "value", "type", "fileName", "contentType", "disabled", "description", "src", "enabled")
	if p.Type != "file" || p.Src != nil {
		return p
	}
	switch value := o.get("value"); {
	case value.isString() && value.Str != "":
		p.Src = []string{value.Str}
	case value.isArray():
		p.SrcList = true
		p.Src = []string{}
		for _, e := range value.elements() {
			p.Src = append(p.Src, e.text())
		}
	}
	p.Value = Value{}
	return p
}

// options1 renames dataOptions per mode, as bodyMode1 renames the modes. The options of modes
// that are not used are kept too.
func (v *v1) options1(b *Body, n node) {
	if !n.isObject() {
		return
	}
	opts := []byte{'{'}
	for _, f := range n.object().fields {
		key := f.key
		switch key {
		case "params":
			key = "formdata"
		case "binary":
			key = "file"
		}
		if len(opts) > 1 {
			opts = append(opts, ',')
		}
		opts = append(AppendQuote(opts, key), ':')
		opts = append(opts, compact(f.val.Raw)...)
		if key == "raw" {
			b.Language = f.val.object().get("language").text()
		}
	}
	b.Options = append(opts, '}')
}

// responses1 turns format 1's saved examples into those of format 2, as JSON. nil where there
// are none.
func responses1(n node) []byte {
	var j jsonWriter
	j.open('[')
	any := false
	for _, e := range n.elements() {
		if !e.isObject() {
			continue
		}
		any = true
		response1(&j, e.object())
	}
	j.close(']')
	if !any {
		return nil
	}
	return j.buf
}

// response1 writes a saved example in the layout of format 2.1. The request of an example may
// be an object, or JSON inside of a text, or a URL.
func response1(j *jsonWriter, o object) {
	j.open('{')
	if name := o.get("name"); name.truthy() {
		j.text("name", name.text())
	}
	req := o.get("request")
	if req.isString() && strings.HasPrefix(req.Str, "{") && source.CheckJSON(req.Str, 0) == nil {
		req = newNode(gjson.Parse(req.Str))
	}
	switch {
	case req.isObject():
		// An example's oddities break no run: they are read apart, and errors are dropped.
		apart := &v1{reader: &reader{src: &source.Source{}, newID: func() string { return "" }}}
		j.key("originalRequest")
		j.request(apart.request1(req.object(), nil).Request)
	case req.isString() && req.Str != "":
		j.text("originalRequest", req.Str)
	}
	code := o.get("responseCode").object()
	if c := code.get("code"); c.truthy() {
		j.text("status", code.get("name").text())
		j.raw("code", compact(c.Raw))
	}
	apart := &reader{src: &source.Source{}}
	j.headers("header", apart.headers(o.get("headers")))
	j.raw("cookie", rawOr(o.get("cookies"), "[]"))
	if text := o.get("text"); text.isString() {
		j.text("body", text.Str)
	}
	j.close('}')
}

// rawOr returns a list as compact JSON, and other for anything else.
func rawOr(n node, other string) string {
	if n.isArray() {
		return compact(n.Raw)
	}
	return other
}
