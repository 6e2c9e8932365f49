package tv4

import (
	"net/url"
	"regexp"
	"slices"
	"strings"

	"github.com/dop251/goja"

	"posthaste/script/jsvalue"
	"posthaste/script/lib/schema/jsdata"
)

// names is a set of texts in the order in which they came. Scripts see that order in
// getSchemaUris and in errors.
type names struct {
	order []string
	has   map[string]bool
}

func newNames() *names { return &names{has: map[string]bool{}} }

func (n *names) add(name string) {
	if !n.has[name] {
		n.has[name] = true
		n.order = append(n.order, name)
	}
}

func (n *names) remove(name string) {
	if n.has[name] {
		delete(n.has, name)
		n.order = slices.DeleteFunc(n.order, func(s string) bool { return s == name })
	}
}

// A schemaMap is schemas by URL, over those of a parent. Adding never changes the parent, so
// what one validation finds is gone after it.
type schemaMap struct {
	parent *schemaMap
	urls   *names
	byURL  map[string]goja.Value
}

func newSchemaMap(parent *schemaMap) *schemaMap {
	return &schemaMap{parent: parent, urls: newNames(), byURL: map[string]goja.Value{}}
}

// get looks in the maps around too: a validation sees the validator's schemas. It is
// undefined for an unknown URL.
func (m *schemaMap) get(url string) goja.Value {
	for at := m; at != nil; at = at.parent {
		if v, ok := at.byURL[url]; ok {
			return v
		}
	}
	return goja.Undefined()
}

func (m *schemaMap) set(url string, schema goja.Value) {
	m.urls.add(url)
	m.byURL[url] = schema
}

// schemaMethods are the methods of the api that deal with schemas and URLs.
func (t *validator) schemaMethods() []named {
	return []named{
		{"addSchema", func(call goja.FunctionCall) goja.Value {
			t.addSchema(t.schemas, t.missing, call.Argument(0), call.Argument(1))
			return goja.Undefined()
		}},
		{"getSchema", func(call goja.FunctionCall) goja.Value {
			// A check is needed only to follow references; nothing is validated.
			c := &check{validator: t, schemas: t.schemas, wanted: t.missing}
			v, f := c.schemaAt(call.Argument(0).String(), newNames())
			if f != nil {
				return t.show(f)
			}
			return v
		}},
		{"getSchemaMap", func(goja.FunctionCall) goja.Value {
			o := t.VM.NewObject()
			for _, url := range t.schemas.urls.order {
				_ = o.Set(url, t.schemas.byURL[url])
			}
			return o
		}},
		{"getSchemaUris", func(call goja.FunctionCall) goja.Value {
			return t.filtered(t.schemas.urls.order, call.Argument(0))
		}},
		{"getMissingUris", func(call goja.FunctionCall) goja.Value {
			return t.filtered(t.missing.order, call.Argument(0))
		}},
		{"dropSchemas", func(goja.FunctionCall) goja.Value {
			t.schemas, t.missing = newSchemaMap(nil), newNames()
			return goja.Undefined()
		}},
		{"normSchema", func(call goja.FunctionCall) goja.Value {
			base := ""
			if jsdata.Defined(call.Argument(1)) {
				base = call.Argument(1).String()
			}
			t.normalize(call.Argument(0), base, 0)
			return goja.Undefined()
		}},
		{"resolveUrl", func(call goja.FunctionCall) goja.Value {
			return t.VM.ToValue(joinURL(jsdata.TextOr(call.Argument(0)), jsdata.TextOr(call.Argument(1))))
		}},
		{"getDocumentUri", func(call goja.FunctionCall) goja.Value {
			document, _ := jsdata.SplitRef(call.Argument(0).String())
			return t.VM.ToValue(document)
		}},
	}
}

// filtered lists URLs, those that match when filter is a RegExp.
func (t *validator) filtered(urls []string, filter goja.Value) goja.Value {
	re, ok := filter.(*goja.Object)
	return t.textList(slices.DeleteFunc(slices.Clone(urls), func(url string) bool {
		return ok && !t.Matches(re, t.VM.ToValue(url))
	}))
}

// addSchema makes a schema known by its URL, or by its id when it comes alone, and the
// schemas inside of it by theirs. A schema without a URL is ignored. The schema itself is
// changed, see normalize.
func (t *validator) addSchema(to *schemaMap, missing *names, at, schema goja.Value) {
	if jsdata.KindOf(at) != jsdata.KindString || !jsdata.Defined(schema) {
		if !jsdata.IsThing(at) || jsdata.KindOf(jsvalue.Field(at, "id")) != jsdata.KindString {
			return
		}
		at, schema = jsvalue.Field(at, "id"), at
	}
	name := at.String()
	// "http://x/s#" and "http://x/s" are one document.
	if document, fragment := jsdata.SplitRef(name); fragment == "" {
		name = document
	}
	to.set(name, schema)
	missing.remove(name)
	t.normalize(schema, name, 0)
	t.search(to, missing, schema, name, 0)
}

// normalize makes ids and references absolute, in the schema itself, as tv4 does; a second
// call changes nothing. Values in enum are data and not touched.
func (t *validator) normalize(schema goja.Value, base string, depth int) {
	if depth > jsdata.MaxDepth {
		t.TooMuch()
	}
	if !jsdata.IsThing(schema) {
		return
	}
	o := schema.(*goja.Object)
	if id := jsvalue.Field(schema, "id"); jsdata.KindOf(id) == jsdata.KindString {
		base = joinURL(base, id.String())
		_ = o.Set("id", base)
	}
	// In an array "$ref" would be an index.
	if jsdata.KindOf(schema) == jsdata.KindObject {
		if ref := jsvalue.Field(schema, "$ref"); jsdata.KindOf(ref) == jsdata.KindString {
			_ = o.Set("$ref", joinURL(base, ref.String()))
		}
	}
	for _, name := range jsdata.Keys(schema) {
		if name != "enum" {
			t.normalize(jsvalue.Field(schema, name), base, depth+1)
		}
	}
}

// search adds the schemas inside of a schema whose ids lie below its own URL, and notes the
// documents that it refers to and nobody added.
func (t *validator) search(to *schemaMap, missing *names, schema goja.Value, base string, depth int) {
	if depth > jsdata.MaxDepth {
		t.TooMuch()
	}
	if !jsdata.IsThing(schema) {
		return
	}
	if id := jsvalue.Field(schema, "id"); jsdata.KindOf(id) == jsdata.KindString && isTrusted(base, id.String()) && !jsdata.Defined(to.get(id.String())) {
		to.set(id.String(), schema)
	}
	for _, name := range jsdata.Keys(schema) {
		v := jsvalue.Field(schema, name)
		switch {
		// "enum" as an index of an array is no keyword.
		case name == "enum" && jsdata.KindOf(schema) != jsdata.KindArray:
		case jsdata.IsThing(v):
			t.search(to, missing, v, base, depth+1)
		case name == "$ref" && jsdata.KindOf(v) == jsdata.KindString:
			document, _ := jsdata.SplitRef(v.String())
			if document != "" && !jsdata.Defined(to.get(document)) {
				missing.add(document)
			}
		}
	}
}

// isTrusted says that a schema at base may define id: what is loaded from one place must not
// replace the schemas of another (tv4: isTrustedUrl).
func isTrusted(base, id string) bool {
	rest, ok := strings.CutPrefix(id, base)
	if !ok {
		return false
	}
	return base != "" && strings.HasSuffix(base, "/") || strings.HasPrefix(rest, "#") || strings.HasPrefix(rest, "?")
}

// joinURL resolves href against base as RFC 3986, 5.2 describes, on texts only: nothing is
// checked or encoded. net/url would refuse or change what tv4 accepts. Scheme and authority
// keep their punctuation ("http:", "//host").
func joinURL(base, href string) string {
	b, h := parseURL(base), parseURL(href)
	protocol, authority := h[1], h[2]
	if protocol == "" {
		protocol = b[1]
	}
	if h[1] == "" && h[2] == "" {
		authority = b[2]
	}
	path := h[3]
	switch {
	case h[1] != "" || h[2] != "" || strings.HasPrefix(path, "/"):
	// A relative path replaces what stands after the last slash.
	case path != "":
		dir := b[3][:strings.LastIndex(b[3], "/")+1]
		if b[2] != "" && b[3] == "" {
			dir = "/"
		}
		path = dir + path
	default:
		path = b[3]
	}
	query := h[4]
	if h[1] == "" && h[2] == "" && h[3] == "" && query == "" {
		query = b[4]
		// The same document: the query stays.
	}
	return protocol + authority + withoutDots(path) + query + h[5]
}

// parseURL splits a URL into scheme, authority, path, query and fragment, each with its mark,
// at the indexes 1 to 5. Every text matches. The pattern is that of RFC 3986, appendix B,
// with (?s) for fragments over several lines.
func parseURL(s string) []string {
	return regexp.MustCompile(`^([^:/?#]+:)?(//[^/?#]*)?([^?#]*)(\?[^#]*)?((?s:#.*))?`).FindStringSubmatch(strings.TrimSpace(s))
}

// withoutDots takes "." and ".." out of a path: "/a/../b/." is "/b/". A ".." above the root
// is dropped.
func withoutDots(path string) string {
	if !strings.Contains(path, ".") {
		return path
	}
	parts := strings.Split(path, "/")
	var out []string
	for i, part := range parts {
		last := i == len(parts)-1
		switch part {
		case ".", "..":
			if part == ".." && len(out) > 0 && out[len(out)-1] != "" {
				out = out[:len(out)-1]
			}
			// A path that ends in a dot segment names a directory.
			if last && i > 0 {
				out = append(out, "")
			}
		default:
			out = append(out, part)
		}
	}
	return strings.Join(out, "/")
}

// schemaAt finds a schema by URL, following what it refers to. A document that is not known
// is noted as missing, and undefined is returned, which accepts everything: tv4 validates as
// far as it can. history has the references that led here.
func (c *check) schemaAt(at string, history *names) (goja.Value, *finding) {
	if v := c.schemas.get(at); jsdata.Defined(v) {
		return c.resolve(v, history)
	}
	document, fragment := jsdata.SplitRef(at)
	// The fragment is a JSON pointer, percent-encoded: "#/definitions/a%20b".
	if v := c.schemas.get(document); jsdata.IsThing(v) {
		pointer, err := url.PathUnescape(fragment)
		if err != nil {
			c.Env.Throw("URIError", "URI malformed")
		}
		if pointer == "" {
			return c.resolve(v, history)
		}
		// "#name" without an id of that name.
		if !strings.HasPrefix(pointer, "/") {
			return goja.Undefined(), nil
		}
		for _, part := range strings.Split(pointer, "/")[1:] {
			if v = jsvalue.Field(v, jsdata.UnescapePointer(part)); !jsdata.Defined(v) {
				break
			}
		}
		if jsdata.Defined(v) {
			return c.resolve(v, history)
		}
	}
	if !slices.Contains(c.missing, document) {
		c.missing = append(c.missing, document)
		c.wanted.add(document)
	}
	return goja.Undefined(), nil
}

// resolve follows a schema's $ref, as many as come. The second result is the error for
// references in a circle; a schema of null throws what Node throws.
func (c *check) resolve(schema goja.Value, history *names) (goja.Value, *finding) {
	if k := jsdata.KindOf(schema); k == jsdata.KindNull || k == jsdata.KindUndefined {
		c.Env.Throw("TypeError", "Cannot read properties of "+string(k)+" (reading '$ref')")
	}
	ref := jsvalue.Field(schema, "$ref")
	if !jsdata.Defined(ref) {
		return schema, nil
	}
	if history.has[ref.String()] {
		return nil, c.create("CIRCULAR_REFERENCE", "", goja.Undefined(), schema, param{"urls", c.VM.ToValue(strings.Join(history.order, ", "))})
	}
	history.add(ref.String())
	return c.schemaAt(ref.String(), history)
}
