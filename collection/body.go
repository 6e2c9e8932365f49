package collection

import (
	"strings"

	"github.com/tidwall/gjson"
)

// body reads a text, which is a raw body, or an object with a mode. An unknown mode is raw,
// none is no body. The data of modes that the body does not use is kept for exports. nil
// means that the file has nothing; an empty Body is a body object that sends nothing, which
// exports write again. null is one too, as in newman.
func (r *reader) body(n node) *Body {
	switch {
	case n.isString() && n.Str == "", n.isNull() && n.Raw != "":
		return &Body{}
	case n.isString():
		return &Body{Mode: BodyRaw, Raw: n.Str}
	case n.isNull():
		return nil
	case !n.isObject():
		r.wrong(n, "a body object")
		return nil
	}
	o := n.object()
	if !o.get("mode").truthy() {
		return &Body{}
	}
	b := &Body{
		Mode:     bodyMode(o.get("mode")),
		Disabled: o.get("disabled").truthy(),
		Extra:    o.extra("mode", "raw", "urlencoded", "formdata", "file", "graphql", "disabled", "options"),
	}
	// Options are for the app's editor; a run only reads the language, which decides the
	// Content-Type of a raw body.
	if opt := o.get("options"); opt.isObject() {
		b.Options = []byte(compact(opt.Raw))
		if raw := opt.object().get("raw"); raw.isObject() {
			b.Language = raw.object().get("language").text()
		}
	}
	switch raw := o.get("raw"); {
	// A raw body should be text; old tools wrote the JSON itself, which newman sends as
	// JSON.stringify writes it.
	case raw.isString():
		b.Raw = raw.Str
	case raw.truthy():
		b.Raw, b.RawJSON = raw.text(), true
	}
	b.URLEncoded = r.params(o.get("urlencoded"))
	b.FormData = r.formParams(o.get("formdata"))
	b.File = file(o.get("file"))
	if g := o.get("graphql"); g.truthy() {
		b.GraphQL = graphQL(g)
	}
	return b
}

// bodyMode takes any case, and reads an unknown mode as raw (newman: RequestBody).
func bodyMode(n node) string {
	switch m := strings.ToLower(n.text()); m {
	case "raw", "urlencoded", "formdata", "file", "graphql":
		return m
	}
	return "raw"
}

// params reads a list of keys and values, or text such as a=1&b=2, or one row, or an object
// of names. Null entries in a list are skipped; others that are no rows are errors.
func (r *reader) params(n node) []Param {
	switch {
	case n.isString():
		var list []Param
		if n.Str == "" {
			return nil
		}
		for pair := range strings.SplitSeq(n.Str, "&") {
			list = append(list, paramOf(pair))
		}
		return list
	case n.isObject():
		o := n.object()
		// One row without a list around it. An object without "key" is taken for names and
		// values.
		if o.has("key") {
			return []Param{param(o)}
		}
		var list []Param
		for _, f := range o.fields {
			list = append(list, Param{Key: f.key, Value: f.val.value()})
		}
		return list
	case !n.truthy():
		return nil
	case !n.isArray():
		r.wrong(n, "a list of parameters")
		return nil
	}
	var list []Param
	for _, e := range n.elements() {
		switch {
		case e.isNull():
		case e.isString():
			list = append(list, paramOf(e.Str))
		case e.isObject():
			list = append(list, param(e.object()))
		default:
			r.wrong(e, "a parameter")
		}
	}
	return list
}

// paramOf reads one KEY=value of a body that is given as a text. Without "=" the value is
// null, not "": it is then sent without "=" too. Nothing is decoded: the text is sent as it
// stands.
func paramOf(pair string) Param {
	key, value, ok := strings.Cut(pair, "=")
	if !ok {
		return Param{Key: key, Value: NullValue()}
	}
	return Param{Key: key, Value: Text(value)}
}

// param reads a row of urlencoded. Only the boolean true switches it off; other truthy values
// do not (newman: Property).
func param(o object) Param {
	return Param{
		Key:         o.get("key").text(),
		Value:       o.get("value").value(),
		Disabled:    o.get("disabled").Type == gjson.True,
		Description: description(o.get("description")),
		Extra:       o.extra("key", "value", "disabled", "description"),
	}
}

// formParams reads a formdata body: a list of rows, one row, or an object of names and
// values. The rules for null and for wrong entries are those of params.
func (r *reader) formParams(n node) []FormParam {
	switch {
	case n.isObject() && n.object().has("key"):
		return []FormParam{formParam(n.object())}
	case n.isObject():
		var list []FormParam
		for _, f := range n.object().fields {
			list = append(list, FormParam{Key: f.key, Value: f.val.value()})
		}
		return list
	case n.isString(), !n.truthy():
		return nil // newman: text yields nothing
	case !n.isArray():
		r.wrong(n, "a list of form parameters")
		return nil
	}
	var list []FormParam
	for _, e := range n.elements() {
		switch {
		case e.isNull():
		case e.isObject():
			list = append(list, formParam(e.object()))
		default:
			r.wrong(e, "a form parameter")
		}
	}
	return list
}

// formParam reads a row of formdata. A source may be one path or a list; which one it was is
// kept for the export. Paths are as written: what they are relative to is the runner's
// concern.
func formParam(o object) FormParam {
	p := FormParam{
		Key:         o.get("key").text(),
		Value:       o.get("value").value(),
		Type:        o.get("type").text(),
		FileName:    o.get("fileName").text(),
		ContentType: o.get("contentType").text(),
		Disabled:    o.get("disabled").Type == gjson.True,
		Description: description(o.get("description")),
		Extra:       o.extra("key", "value", "type", "fileName", "contentType", "disabled", "description", "src"),
	}
	switch src := o.get("src"); {
	case src.isString():
		p.Src = []string{src.Str}
	case src.isArray():
		p.SrcList = true
		p.Src = []string{} // [] in the file stays [], not null
		for _, e := range src.elements() {
			if e.isString() {
				p.Src = append(p.Src, e.Str)
			}
		}
	}
	return p
}

// file reads a path, {src} or {content}. Anything else, null included, is no file.
func file(n node) *File {
	switch {
	case n.isString():
		return &File{Src: n.Str}
	case !n.isObject():
		return nil
	}
	o := n.object()
	f := &File{}
	if src := o.get("src"); src.isString() {
		f.Src = src.Str
	}
	// Content that is "" is a file without bytes, which differs from no content.
	if c := o.get("content"); c.isString() {
		f.Content, f.HasContent = c.Str, true
	}
	return f
}

// graphQL reads {query, operationName, variables}. newman: text yields an empty body, since
// it has none of these keys. Which of them were there is kept in the Kinds, because servers
// treat null and missing names differently.
func graphQL(n node) *GraphQL {
	o := n.object()
	return &GraphQL{
		Query:         o.get("query").text(),
		OperationName: o.get("operationName").text(),
		Variables:     o.get("variables").value(),

		QueryKind:         o.get("query").value().Kind(),
		OperationNameKind: o.get("operationName").value().Kind(),
	}
}
