package contract

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"posthaste/internal/openapi"
	"posthaste/internal/openapi/node"
	"posthaste/internal/openapi/schema"
	"posthaste/runner/event"
)

// request checks parameters and body. A request that the server refused with 4xx was often wrong on purpose, and the
// server has said so: it counts for coverage and is not held against the file.
func (k *check) request() {
	// The server's own answer says what was wrong.
	refused := k.exchange.Response.Code >= 400 && k.exchange.Response.Code < 500
	violations, notices := len(k.verdict.Violations), len(k.verdict.Notices)
	op := k.match.Operation
	for _, p := range op.Parameters {
		k.parameter(p)
	}
	// After the parameters that the file has, so that the order of violations is that of the
	// file.
	k.strangers(op)
	k.requestBody(op)
	// A notice in any case: calling a deprecated operation is as documented.
	if op.Deprecated {
		v := Violation{Where: "operation", Keyword: "deprecated", Message: "the operation is deprecated", Place: op.Node.Place()}
		k.finish(&v)
		k.verdict.Notices = append(k.verdict.Notices, v)
	}
	if refused {
		k.verdict.Violations, k.verdict.Notices = k.verdict.Violations[:violations], k.verdict.Notices[:notices]
	}
}

// ignoredHeader are the headers that OpenAPI leaves to other parts of the file: content and
// security (3.0.3, Parameter Object: "the parameter definition SHALL be ignored").
func ignoredHeader(name string) bool {
	return strings.EqualFold(name, "Accept") || strings.EqualFold(name, "Content-Type") || strings.EqualFold(name, "Authorization")
}

// parameter checks one documented parameter: that it is there when it must be, and that its
// value fits the schema.
func (k *check) parameter(p *openapi.Parameter) {
	var values []string
	there := false
	switch p.In {
	case "path":
		for _, v := range k.match.Path {
			if v.Name == p.Name {
				values, there = []string{v.Value}, true
			}
		}
		if !there {
			return // the template does not have it: the file is wrong, not the request
		}
	case "query":
		values, there = k.query(p)
	case "header":
		if ignoredHeader(p.Name) {
			return
		}
		values = headerValues(k.exchange.Request.Header, p.Name)
		there = values != nil
	case "cookie":
		values, there = cookie(k.exchange.Request.Header, p.Name)
	}
	where := p.In + " " + p.Name
	if !there {
		if p.Required && !k.mayHave(p.In) {
			k.add(Violation{Where: where, Keyword: "required", Message: "it is missing", Place: p.Node.Place()})
		}
		return
	}
	k.seen.parameters = append(k.seen.parameters, p)
	if p.Deprecated {
		v := Violation{Where: where, Keyword: "deprecated", Message: "the parameter is deprecated", Place: p.Node.Place()}
		k.finish(&v)
		k.verdict.Notices = append(k.verdict.Notices, v)
	}
	var pieces []piece
	if values == nil {
		pieces = k.pieces(p)
	}
	if p.Schema == nil || k.unknown(values...) || k.unknown(textsOf(pieces)...) {
		return // what is not known may be a list, an object or JSON
	}
	if p.MayEmpty && p.In == "query" && len(values) == 1 && values[0] == "" {
		return
	}
	var v *node.Node
	if values == nil {
		v = assembled(p, pieces)
	} else {
		v = readParameter(p, plainStyle(p, values))
	}
	// Only a parameter with content is asked to be JSON.
	if v == nil {
		k.add(Violation{Where: where, Keyword: "type", Message: "it is no JSON", Place: p.Node.Place()})
		return
	}
	k.validate(p.Schema, v, where, true, p.Node)
}

// mayHave reports whether a parameter that is not there may be one whose name is not known.
func (k *check) mayHave(in string) bool {
	if k.opt.Unknown == nil {
		return false
	}
	switch in {
	case "query":
		for name := range k.url.Query() {
			if k.unknown(name) {
				return true
			}
		}
	case "header":
		return slices.ContainsFunc(k.exchange.Request.Header, func(h event.Header) bool { return k.unknown(h.Key) })
	case "cookie":
		return k.unknown(headerValues(k.exchange.Request.Header, "Cookie")...)
	}
	return false
}

// query are the values of a parameter of the query: several where it is written several
// times. nil and true means that it is there in pieces: filter[a]=1, or, exploded, a=1.
func (k *check) query(p *openapi.Parameter) ([]string, bool) {
	query := k.url.Query()
	if list, ok := query[p.Name]; ok {
		return list, true
	}
	// PHP's and Rails' way to write lists, which OpenAPI has no style for.
	if list, ok := query[p.Name+"[]"]; ok {
		return list, true
	}
	isObject := p.Schema != nil && p.Schema.Accepts(node.Object) && !p.Schema.Accepts(node.String)
	for name := range query {
		if strings.HasPrefix(name, p.Name+"[") {
			return nil, true
		}
		if isObject && p.Style == "form" && p.Explode && p.Schema.Property(name) != nil {
			return nil, true
		}
	}
	return nil, false
}

// headerValues are the values of all headers of a name, in any case; nil without one.
func headerValues(list []event.Header, name string) []string {
	var values []string
	for _, h := range list {
		if strings.EqualFold(h.Key, name) {
			values = append(values, h.Value)
		}
	}
	return values
}

// cookie is the value of a cookie in the request (RFC 6265 4.2.1): a=1; b=2.
func cookie(list []event.Header, name string) ([]string, bool) {
	for _, line := range headerValues(list, "Cookie") {
		for part := range strings.SplitSeq(line, ";") {
			key, value, _ := strings.Cut(strings.TrimSpace(part), "=")
			if key == name {
				return []string{value}, true
			}
		}
	}
	return nil, false
}

// strangers are parameters of the query that the file does not know. API keys in the query
// are known through securitySchemes.
func (k *check) strangers(op *openapi.Operation) {
	if k.url.RawQuery == "" {
		return
	}
	names := make([]string, 0, 4)
	for name := range k.url.Query() {
		if !k.unknown(name) {
			names = append(names, name)
		}
	}
	// Maps have no order, and reports must have one.
	slices.Sort(names)
	for _, name := range names {
		// filter[a] is of the parameter filter.
		plain, _, _ := strings.Cut(name, "[")
		known := slices.ContainsFunc(op.Parameters, func(p *openapi.Parameter) bool {
			return p.In == "query" && (p.Name == name || p.Name == plain || p.Name == plain+"[]" || p.Schema != nil && p.Schema.Accepts(node.Object) && p.Schema.Property(name) != nil)
		})
		known = known || slices.ContainsFunc(op.Document.Schemes, func(s openapi.Scheme) bool { return s.In == "query" && s.Key == name })
		if !known && !op.HasQuery(name) {
			k.odd(Violation{Where: "query " + name, Keyword: "undocumented", Message: "the file has no such parameter", Place: op.Node.Place()})
		}
	}
}

// requestBody checks the body that was sent: whether there must or may be one, its content
// type, and its value.
func (k *check) requestBody(op *openapi.Operation) {
	body := k.exchange.Request.Body
	kind := strings.Join(headerValues(k.exchange.Request.Header, "Content-Type"), "")
	// Size is that of the whole body; Data is what was kept of it.
	if body.Size == 0 && len(body.Data) == 0 {
		if op.Body != nil && op.Body.Required {
			k.add(Violation{Where: "request body", Keyword: "required", Message: "it is missing", Place: op.Body.Node.Place()})
		}
		return
	}
	if op.Body == nil {
		// Bodies of GET, HEAD and DELETE have no meaning (RFC 9110 9.3), and OpenAPI 3.0 lets
		// nobody document them.
		if op.Method != http.MethodGet && op.Method != http.MethodHead && op.Method != http.MethodDelete {
			k.odd(Violation{Where: "request body", Keyword: "undocumented", Message: "the file has none", Place: op.Node.Place()})
		}
		return
	}
	m := mediaFor(op.Body.Content, kind)
	// A body without a type cannot be judged where the file has several.
	if m == nil {
		if kind != "" && len(op.Body.Content) > 0 && !k.unknown(kind) {
			k.add(Violation{Where: "request body", Keyword: "content-type", Message: plainType(kind) + " where " + typesOf(op.Body.Content) + " is asked", Place: op.Body.Node.Place()})
		}
		return
	}
	if body.Cut || len(body.Data) == 0 {
		return // it comes from a file, or was cut: what is not known is not judged
	}
	k.body(m, kind, body.Data, "request ", true)
}

// body checks a body by the content type that it has. prefix is "request " or "". A body that
// cannot be read in its type is one violation; nil is one of a type that has no schema, such
// as a picture.
func (k *check) body(m *openapi.Media, kind string, data []byte, prefix string, isRequest bool) {
	v, err := readBody(m, kind, data)
	where := strings.TrimSuffix(prefix, " ")
	switch {
	case err != nil:
		place := m.Node.Place()
		status := k.exchange.Response.Code
		if isRequest {
			status = 0
		}
		if where == "" {
			where = "body"
		} else {
			where += " body"
		}
		k.add(Violation{Status: status, Where: where, Keyword: "syntax", Message: err.Error(), Place: place})
	case v != nil:
		if prefix == "request " {
			k.validateNamed(m.Schema, v, prefix, isRequest, m.Node)
			return
		}
		k.validate(m.Schema, v, "", isRequest, m.Node)
	}
}

// validateNamed is validate for a body whose pointers have a word in front: "request
// /amount". It is put there afterwards, and the IDs are made again.
func (k *check) validateNamed(s *schema.Schema, v *node.Node, prefix string, isRequest bool, at *node.Node) {
	before, notices := len(k.verdict.Violations), len(k.verdict.Notices)
	k.validate(s, v, "", isRequest, at)
	for _, list := range [][]Violation{k.verdict.Violations[before:], k.verdict.Notices[notices:]} {
		for i := range list {
			list[i].Where = prefix + list[i].Where
			k.finish(&list[i])
		}
	}
}

// CheckRequest holds a request alone against the files: parameters and body. Nothing is counted.
func (c *Contract) CheckRequest(request event.Request) Verdict {
	u, err := url.Parse(request.URL)
	if err != nil {
		return Verdict{}
	}
	m, doc, others := c.match(strings.ToUpper(request.Method), u)
	if doc == nil {
		return Verdict{}
	}
	k := &check{Contract: c, exchange: Exchange{Request: request}, url: u, verdict: Verdict{Served: true, Document: doc, Operation: m.Operation, Path: m.Path}, match: m}
	if m.Operation == nil {
		k.noOperation(others)
	} else {
		k.request()
	}
	return k.verdict
}
