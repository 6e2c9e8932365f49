package openapi

import (
	"regexp"
	"slices"
	"strings"
	"sync"

	"posthaste/internal/openapi/node"
)

// parameters reads a list of parameters; those of an operation go before those of its path
// that are the same, by name and place (OpenAPI 3.0.3, Operation Object). shared is not
// changed.
func (l *loader) parameters(list *node.Node, shared []*Parameter) []*Parameter {
	all := slices.Clone(shared)
	if list == nil {
		return all
	}
	for _, at := range list.Items {
		n := l.object(l.follow(at), "a parameter")
		// Swagger's body and form fields become o.Body.
		if n == nil || l.Version == "2.0" && (n.Str("in") == "body" || n.Str("in") == "formData") {
			continue
		}
		if n.Str("name") == "" || n.Str("in") == "" {
			l.failAt(n, "a parameter has no name, or does not say where it is")
			continue
		}
		p := l.parameter(n.Str("name"), n.Str("in"), n)
		// An operation's parameter takes the place of the shared one, so that the order is
		// kept.
		if i := slices.IndexFunc(all, func(o *Parameter) bool { return o.Name == p.Name && o.In == p.In }); i >= 0 {
			all[i] = p
		} else {
			all = append(all, p)
		}
	}
	return all
}

// parameter reads a parameter, or a header of a response. Style and Explode always are set:
// to the defaults of the specification for its place where the file says nothing.
func (l *loader) parameter(name, in string, n *node.Node) *Parameter {
	p := &Parameter{
		Name: name, In: in, Description: n.Str("description"), Required: n.True("required") || in == "path",
		Deprecated: n.True("deprecated"), MayEmpty: n.True("allowEmptyValue"), Style: n.Str("style"), Node: n, Examples: examples(l, n),
	}
	if l.Version == "2.0" {
		// Swagger 2.0 has type, format and limits in the parameter itself.
		p.Schema = l.schema(schemaOf2(n))
		p.Style, p.Explode = style2(n.Str("collectionFormat"))
		return p
	}
	// OpenAPI 3.0.3: form for query and cookie, simple for path and header.
	if p.Style == "" {
		p.Style = "simple"
		if in == "query" || in == "cookie" {
			p.Style = "form"
		}
	}
	p.Explode = p.Style == "form"
	if v := n.Get("explode"); v != nil {
		p.Explode = n.True("explode")
	}
	p.Schema = l.schema(n.Get("schema"))
	// content has exactly one entry, for a value that is a document of its own (a filter in
	// JSON).
	if content := n.Get("content"); content != nil && content.Kind == node.Object && len(content.Keys) > 0 {
		p.Media = content.Keys[0]
		p.Schema = l.schema(content.Items[0].Get("schema"))
	}
	return p
}

// examples are the values that a file gives, the best first: the author's one example, then
// those with names, then Swagger's extension. externalValue, a URL, is not fetched.
func examples(l *loader, n *node.Node) []*node.Node {
	var list []*node.Node
	if v := n.Get("example"); v != nil {
		list = append(list, v)
	}
	if m := n.Get("examples"); m != nil && m.Kind == node.Object {
		for _, one := range m.Items {
			if one = l.follow(one); one != nil && one.Get("value") != nil {
				list = append(list, one.Get("value"))
			}
		}
	}
	if v := n.Get("x-example"); v != nil {
		list = append(list, v)
	}
	return list
}

// body is the requestBody of OpenAPI 3; nil without one, and where its reference leads
// nowhere.
func (l *loader) body(at *node.Node) *Body {
	n := l.object(l.follow(at), "requestBody")
	if n == nil {
		return nil
	}
	return &Body{Required: n.True("required"), Content: l.content(n.Get("content")), Node: n}
}

// content reads the forms of a body, by content type and in the file's order.
func (l *loader) content(at *node.Node) []*Media {
	n := l.object(at, "content")
	if n == nil {
		return nil
	}
	var list []*Media
	for i, name := range n.Keys {
		m := l.follow(n.Items[i])
		if m == nil {
			continue
		}
		media := &Media{Type: name, Schema: l.schema(m.Get("schema")), Examples: examples(l, m), Node: m}
		// Only the content type of parts is used; their headers and styles are not checked.
		if encoding := m.Get("encoding"); encoding != nil && encoding.Kind == node.Object {
			media.Encoding = map[string]string{}
			for i, part := range encoding.Keys {
				media.Encoding[part] = encoding.Items[i].Str("contentType")
			}
		}
		list = append(list, media)
	}
	return list
}

// The keys that responses may have: 200, 4XX, default. Lower-case 4xx is accepted, too.
var statusForm = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^([1-5]\d\d|[1-5][xX]{2}|default)$`) })

// response reads a documented answer. A status of another form is reported and kept, though
// no response will ever have it.
func (l *loader) response(status string, at *node.Node, o *Operation) *Response {
	n := l.object(l.follow(at), "a response")
	if n == nil {
		return nil
	}
	if !statusForm().MatchString(status) {
		l.problem(at, "the status "+status+" is wrong: it has to be three digits, such as 200, or 2XX, or default")
	}
	// Statuses are compared in capitals: 4XX.
	r := &Response{Status: strings.ToUpper(status), Description: n.Str("description"), Node: n}
	if r.Status == "DEFAULT" {
		r.Status = "default"
	}
	if headers := l.object(n.Get("headers"), "headers"); headers != nil {
		for i, name := range headers.Keys {
			if h := l.follow(headers.Items[i]); h != nil {
				p := l.parameter(name, "header", h)
				r.Headers = append(r.Headers, p)
			}
		}
	}
	// Content types stand in the operation in Swagger 2.0.
	if l.Version == "2.0" {
		r.Content = l.content2(n, o)
	} else {
		r.Content = l.content(n.Get("content"))
	}
	if links := n.Get("links"); links != nil && links.Kind == node.Object {
		for i, name := range links.Keys {
			if one := l.follow(links.Items[i]); one != nil {
				r.Links = append(r.Links, link(name, one))
			}
		}
	}
	return r
}

// link reads a link. Values that are no strings (a constant 5) are kept as their text;
// requestBody and server are not used.
func link(name string, n *node.Node) Link {
	out := Link{Name: name, OperationID: n.Str("operationId"), OperationRef: n.Str("operationRef"), Parameters: map[string]string{}}
	if p := n.Get("parameters"); p != nil {
		for i, key := range p.Keys {
			out.Parameters[key] = p.Items[i].Text
		}
	}
	return out
}

// servers reads where the API is served; a base of the user's goes before what the file says,
// for the file names production and a run tests staging.
func (l *loader) servers(base string) {
	if l.Version == "2.0" {
		l.Servers = l.servers2()
	} else {
		l.Servers = l.serversOf(l.Root, nil)
	}
	if base != "" {
		l.Servers = rebased(l.Servers, base)
	}
	// Routes need one server at least; one without a URL matches any host.
	if l.Servers == nil {
		l.Servers = []Server{{URL: ""}}
	}
	l.based = base != ""
}

// rebased is where the user says that the API is served. A host alone, without even a slash, keeps the base paths of the
// file.
func rebased(servers []Server, base string) []Server {
	if _, rest, _ := strings.Cut(base, "://"); strings.Contains(rest, "/") || len(servers) == 0 {
		return []Server{{URL: strings.TrimSuffix(base, "/")}}
	}
	var list []Server
	for _, s := range servers {
		path := s.URL
		if _, rest, ok := strings.Cut(s.URL, "://"); ok {
			_, path, _ = strings.Cut(rest, "/")
			path = "/" + path
		}
		if path != "" && !strings.HasPrefix(path, "/") {
			path = "/" + path
		}
		url := base + strings.TrimSuffix(path, "/")
		if !slices.ContainsFunc(list, func(known Server) bool { return known.URL == url }) {
			list = append(list, Server{URL: url, Variables: s.Variables, Node: s.Node})
		}
	}
	return list
}

// serversOf are the servers that a node names, or else those of what it is in. A base of the
// user's stands above all. An empty list counts as none, as the specification says of the
// file's.
func (l *loader) serversOf(n *node.Node, outer []Server) []Server {
	list := n.Get("servers")
	if l.based || list == nil || list.Kind != node.Array || len(list.Items) == 0 {
		return outer
	}
	var servers []Server
	for _, one := range list.Items {
		s := Server{URL: strings.TrimSuffix(one.Str("url"), "/"), Node: one}
		if vars := one.Get("variables"); vars != nil && vars.Kind == node.Object {
			for i, name := range vars.Keys {
				v := Variable{Name: name, Default: vars.Items[i].Str("default")}
				for _, e := range vars.Items[i].List("enum") {
					v.Enum = append(v.Enum, e.Text)
				}
				s.Variables = append(s.Variables, v)
			}
		}
		servers = append(servers, s)
	}
	return servers
}
