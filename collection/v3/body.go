package v3

import (
	"path"
	"slices"
	"strings"

	"posthaste/collection"
	"posthaste/internal/near"
)

// body reads {type, content}. Some writers put the content under the type's name, or write
// the type as format 2 or HTML forms call it; that is understood, with a warning. The shape
// of format 2 is not: its keys mean other things.
func (r *reader) body(v value) *collection.Body {
	switch {
	case v.isNull():
		return nil
	case !v.isMap():
		r.wrong(v, "write {type: json, content: …}", "body: expected a map with type and content, found %s", v.shown())
		return nil
	case v.has("mode"):
		r.wrong(v.get("mode"), "write type and content: format 3 has no mode", "body: mode is of format 2")
		return nil
	}
	kind := r.bodyType(v.get("type"), v)
	content := v.get("content")
	keys := []string{"type", "content"}
	if !v.has("content") && kind != "none" && v.has(kind) {
		content = v.get(kind)
		keys = append(keys, kind)
		r.warn(content, "body-content", "write it under content:", "the body stands under %s", kind)
	}
	r.known(v, "body", keys...)
	switch kind {
	case "urlencoded":
		return &collection.Body{Mode: kind, URLEncoded: r.urlencoded(content)}
	case "formdata":
		return &collection.Body{Mode: kind, FormData: r.formdata(content)}
	case "file":
		return &collection.Body{Mode: kind, File: r.bodyFile(content)}
	case "graphql":
		return r.bodyGraphQL(content)
	case "none", "":
		return nil
	}
	// A map here is JSON that somebody wrote as YAML; how its numbers should be written is
	// not known.
	if content.isMap() || content.isList() {
		r.wrong(content, "write the body as text: content: |-", "body: content of type %s must be a text, found %s", kind, content.kind())
	}
	return &collection.Body{
		Mode: "raw", Raw: content.text(), Language: kind,
		Options: []byte(`{"raw":{"language":` + collection.Quote(kind) + `}}`),
	}
}

// bodyType returns the type in the format's word for it; "" after an error. body is where a
// missing type is reported.
func (r *reader) bodyType(v, body value) string {
	kind := r.text(v, "body type")
	known := []string{"none", "json", "text", "xml", "html", "javascript", "urlencoded", "formdata", "file"}
	if slices.Contains(known, kind) || kind == "graphql" {
		return kind
	}
	meant := ""
	switch strings.ToLower(kind) {
	case "":
		r.wrong(body, "write type: json, text, urlencoded, formdata, file …", "the body has no type")
		return ""
	case "x-www-form-urlencoded", "application/x-www-form-urlencoded":
		meant = "urlencoded"
	case "form-data", "multipart/form-data":
		meant = "formdata"
	case "raw":
		meant = "text"
	case "binary":
		meant = "file"
	}
	if meant == "" {
		hint := "the types are " + strings.Join(known, ", ")
		if names := near.Names(kind, known, 1); len(names) > 0 {
			hint = "did you mean " + names[0] + "?"
		}
		r.wrong(v, hint, "body: %q is no type that Postman knows", kind)
		return ""
	}
	r.warn(v, "body-type", "write type: "+meant, "body type %q is not the format's", kind)
	return meant
}

// urlencoded reads the rows of a form. A null value is sent without "=", unlike an empty one.
// The list is never nil: an empty form is a form.
func (r *reader) urlencoded(v value) []collection.Param {
	list := []collection.Param{}
	for _, e := range r.entryPairs(v, "urlencoded") {
		p := collection.Param{Key: e.key, Value: collection.Text(r.text(e.value, "parameter "+e.key)), Disabled: e.disabled, Description: e.description}
		if e.value.isNull() {
			p.Value = collection.NullValue()
		}
		list = append(list, p)
	}
	return list
}

// formdata reads the rows of a multipart form. A row with src is a file even without type.
// Paths are relative to the file that names them, see located.
func (r *reader) formdata(v value) []collection.FormParam {
	list := []collection.FormParam{}
	for _, e := range r.entryPairs(v, "formdata", "type", "src", "contentType") {
		p := collection.FormParam{Key: e.key, Type: "text", Disabled: e.disabled, Description: e.description}
		if e.node.isMap() {
			p.ContentType = r.text(e.node.get("contentType"), "contentType")
			if t := r.text(e.node.get("type"), "formdata: type"); t == "file" || t == "" && e.node.has("src") {
				p.Type = "file"
			} else if t != "" && t != "text" {
				r.wrong(e.node.get("type"), "write text or file", "formdata: Postman does not know type %q", t)
			}
		}
		switch src := e.node.get("src"); {
		case p.Type == "text":
			p.Value = collection.Text(r.text(e.value, "parameter "+e.key))
		case src.isList():
			p.SrcList, p.Src = true, []string{}
			for _, s := range src.elements() {
				p.Src = append(p.Src, r.located(s))
			}
		case !src.isNull():
			p.Src = []string{r.located(src)}
		}
		list = append(list, p)
	}
	return list
}

// bodyFile reads {src}, or the path alone. A body of this type without a path is kept, and
// fails when it is sent.
func (r *reader) bodyFile(v value) *collection.File {
	if v.isScalar() && !v.isNull() {
		return &collection.File{Src: r.located(v)}
	}
	if !v.isNull() && !v.isMap() {
		r.wrong(v, "write content: {src: ./file}", "body: a file is {src: path}, found %s", v.kind())
	}
	r.known(v, "a file body", "src")
	return &collection.File{Src: r.located(v.get("src"))}
}

// bodyGraphQL reads what the raw conversion of format 2 emits: a query inside of an
// http-request. The app itself does not show such a body, hence the warning.
func (r *reader) bodyGraphQL(v value) *collection.Body {
	r.warn(v, "graphql-body", "write a graphql-request", "a query stands in the body of an http-request")
	r.known(v, "a graphql body", "query", "variables", "operationName")
	g := &collection.GraphQL{Query: r.text(v.get("query"), "query"), QueryKind: collection.String}
	if name := v.get("operationName"); !name.isNull() {
		g.OperationName, g.OperationNameKind = r.text(name, "operationName"), collection.String
	}
	switch vars := v.get("variables"); {
	case vars.isMap():
		g.Variables = vars.json()
	case !vars.isNull():
		g.Variables = collection.Text(r.text(vars, "variables"))
	}
	return &collection.Body{Mode: "graphql", GraphQL: g}
}

// located returns a path as it can be opened. What it is relative to is not documented, so
// the request's directory is tried, then the collection's; what lies in neither is left for
// the working directory. Files outside of the collection and behind links are not looked at.
func (r *reader) located(v value) string {
	src := r.text(v, "src")
	if !r.opt.Locate || src == "" || path.IsAbs(src) || strings.Contains(src, "{{") {
		return src
	}
	for _, dir := range [...]string{path.Dir(v.f.path), r.root} {
		name := path.Join(dir, strings.ReplaceAll(src, `\`, "/"))
		if inside(r.root, name) && isFile(r.fsys, name) && !linked(r.fsys, r.root, name) {
			return r.opt.name(name)
		}
	}
	return src
}
