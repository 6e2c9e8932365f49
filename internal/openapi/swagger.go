package openapi

import (
	"slices"

	"posthaste/internal/openapi/node"
)

// Swagger 2.0 has the same things in other places: bodies and forms are parameters, content types stand beside them.

// schemaOf2 is the schema of a parameter or header, which stands in it: its type, format and
// limits beside name and in. Keys that are no keywords are left out, as "required" is a
// boolean here and a list in a schema. nil where there is nothing to check.
func schemaOf2(n *node.Node) *node.Node {
	if s := n.Get("schema"); s != nil {
		return s
	}
	if n.Get("type") == nil && n.Get("enum") == nil {
		return nil
	}
	var keys []string
	var values []*node.Node
	for i, key := range n.Keys {
		switch key {
		case "name", "in", "description", "required", "collectionFormat", "allowEmptyValue":
		default:
			keys, values = append(keys, key), append(values, n.Items[i])
		}
	}
	return node.Map(n, keys, values)
}

// TabDelimited is the style of values with tabs between them: tsv of Swagger 2.0, which has no
// name in OpenAPI 3.
const TabDelimited = "tabDelimited"

// style2 is how OpenAPI 3 calls the way in which several values are written. csv, the
// default, is form without explode.
func style2(collection string) (style string, explode bool) {
	switch collection {
	case "multi":
		return "form", true
	case "ssv":
		return "spaceDelimited", false
	case "pipes":
		return "pipeDelimited", false
	case "tsv":
		return TabDelimited, false
	}
	return "form", false
}

// types2 are the content types of an operation, or else of the file; keyword is consumes or
// produces. An empty list of the operation's own overrides the file's.
func (l *loader) types2(n *node.Node, keyword string) []string {
	list := n.List(keyword)
	if n.Get(keyword) == nil {
		list = l.Root.List(keyword)
	}
	var types []string
	for _, v := range list {
		types = append(types, v.Text)
	}
	return types
}

// body2 makes a body of the parameters that are one: that in the body, or those in formData
// together. A file that has both breaks the specification, and the form is kept.
func (l *loader) body2(o *Operation) {
	var fields []*node.Node
	// Those of the path first, as l.parameters takes them.
	all := append(slices.Clone(l.inPath(o)), o.Node.List("parameters")...)
	for _, at := range all {
		n := l.follow(at)
		switch {
		case n == nil:
		case n.Str("in") == "body":
			o.Body = &Body{Required: n.True("required"), Node: n}
			types := l.types2(o.Node, "consumes")
			if len(types) == 0 {
				// The specification names no default; JSON is what such files mean.
				types = []string{"application/json"}
			}
			for _, name := range types {
				o.Body.Content = append(o.Body.Content, &Media{Type: name, Schema: l.schema(n.Get("schema")), Examples: examples(l, n), Node: n})
			}
		case n.Str("in") == "formData":
			fields = append(fields, n)
		}
	}
	if len(fields) > 0 {
		l.form2(o, fields)
	}
}

// inPath are the parameters of the operation's path, which operations inherit, references not
// followed.
func (l *loader) inPath(o *Operation) []*node.Node {
	return l.Root.Get("paths").Get(o.Path).List("parameters")
}

// form2 makes the schema of a form of its fields: an object that OpenAPI 3 would have in
// requestBody. The schema has the place of the first field.
func (l *loader) form2(o *Operation, fields []*node.Node) {
	var names []string
	var schemas, required []*node.Node
	file := false
	for _, n := range fields {
		names, schemas = append(names, n.Str("name")), append(schemas, schemaOf2(n))
		// A field without a type accepts anything, but is documented.
		if schemas[len(schemas)-1] == nil {
			schemas[len(schemas)-1] = node.Map(n, nil, nil)
		}
		file = file || n.Str("type") == "file"
		if n.True("required") {
			required = append(required, n.Get("name"))
		}
	}
	at := fields[0]
	kind := node.Text("object")
	form := node.Map(at, []string{"type", "properties", "required"}, []*node.Node{kind, node.Map(at, names, schemas), node.List(at, required)})
	types := l.types2(o.Node, "consumes")
	if !slices.Contains(types, "multipart/form-data") && !slices.Contains(types, "application/x-www-form-urlencoded") {
		// consumes names no type for forms: a file can be sent only as multipart.
		types = []string{"application/x-www-form-urlencoded"}
		if file {
			types = []string{"multipart/form-data"}
		}
	}
	o.Body = &Body{Required: len(required) > 0, Node: at}
	for _, name := range types {
		o.Body.Content = append(o.Body.Content, &Media{Type: name, Schema: l.schema(form), Node: at})
	}
}

// content2 is the body of a response in each type that the operation produces; nil for one
// without a schema, which documents no body (Swagger 2.0, Response Object).
func (l *loader) content2(n *node.Node, o *Operation) []*Media {
	s := n.Get("schema")
	if s == nil {
		return nil
	}
	types := l.types2(o.Node, "produces")
	if len(types) == 0 {
		types = []string{"application/json"}
	}
	var list []*Media
	for _, name := range types {
		m := &Media{Type: name, Schema: l.schema(s), Node: n}
		if e := n.Get("examples"); e != nil && e.Get(name) != nil {
			m.Examples = append(m.Examples, e.Get(name))
		}
		list = append(list, m)
	}
	return list
}

// servers2 are the servers of host, basePath and schemes, one for each scheme. Without a host
// the file's own would be meant, so that any is accepted.
func (l *loader) servers2() []Server {
	host, base := l.Root.Str("host"), l.Root.Str("basePath")
	for len(base) > 0 && base[len(base)-1] == '/' {
		base = base[:len(base)-1]
	}
	if host == "" {
		return []Server{{URL: base, Node: l.Root.Get("basePath")}}
	}
	schemes := l.Root.List("schemes")
	if len(schemes) == 0 {
		// Without schemes, that of the file's URL would count; https is what APIs are served
		// by.
		return []Server{{URL: "https://" + host + base, Node: l.Root.Get("host")}}
	}
	var list []Server
	for _, s := range schemes {
		list = append(list, Server{URL: s.Text + "://" + host + base, Node: l.Root.Get("host")})
	}
	return list
}
