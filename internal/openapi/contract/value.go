package contract

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"mime"
	"mime/multipart"
	"net/url"
	"strings"
	"unicode/utf8"

	"posthaste/internal/openapi"
	"posthaste/internal/openapi/node"
	"posthaste/internal/openapi/schema"
)

// readParameter makes a value of the text of a parameter, by its style and by what its schema
// asks for. Nil is a text that is no JSON where one is asked. p.Schema must not be nil unless
// the parameter has a JSON content.
func readParameter(p *openapi.Parameter, values []string) *node.Node {
	if p.Media != "" && isJSON(p.Media) {
		v, err := node.ParseJSON(strings.Join(values, ","), nil)
		if err != nil {
			return nil
		}
		return v
	}
	s := p.Schema
	switch {
	case len(values) == 0:
		return node.List(nil, nil)
	case s.Accepts(node.Array) && !s.Accepts(node.String):
		items := s.Items()
		var list []*node.Node
		for _, text := range split(p, values) {
			list = append(list, innerElement(items, text))
		}
		return node.List(nil, list)
	case s.Accepts(node.Object) && !s.Accepts(node.String):
		return object(p, values)
	}
	// A scalar that came several times has its values joined, as intermediaries do with
	// headers (RFC 9110 5.3).
	return scalar(s, strings.Join(values, ","))
}

// split takes a list apart as its style has it (OpenAPI 3.0.3, Style Values): a,b or a b or
// a|b, or the values that came one by one.
func split(p *openapi.Parameter, values []string) []string {
	if p.Explode && p.In == "query" || len(values) > 1 {
		return values
	}
	separator := ","
	switch p.Style {
	case "spaceDelimited":
		separator = " "
	case "pipeDelimited":
		separator = "|"
	case openapi.TabDelimited:
		separator = "\t"
	}
	// ?ids= is the empty list, not a list of one empty text.
	if values[0] == "" {
		return nil
	}
	list := strings.Split(values[0], separator)
	for i := range list {
		if p.In == "header" {
			list[i] = strings.TrimSpace(list[i])
		}
	}
	return list
}

// innerElement is an element of a list, which may be a list itself: Swagger 2.0 has a collectionFormat for each level.
func innerElement(s *schema.Schema, text string) *node.Node {
	if s == nil || !s.Accepts(node.Array) || s.Accepts(node.String) {
		return scalar(s, text)
	}
	separator := map[string]string{"ssv": " ", "tsv": "\t", "pipes": "|"}[s.Node.Str("collectionFormat")]
	var list []*node.Node
	for one := range strings.SplitSeq(text, cmp.Or(separator, ",")) {
		list = append(list, innerElement(s.Items(), one))
	}
	return node.List(nil, list)
}

// object reads a,1,b,2 and a=1,b=2, the two ways of the styles form and simple to write an
// object in one text.
func object(p *openapi.Parameter, values []string) *node.Node {
	parts := strings.Split(strings.Join(values, ","), ",")
	var keys []string
	var items []*node.Node
	for i := 0; i < len(parts); i++ {
		key, value, has := strings.Cut(parts[i], "=")
		if !has && i+1 < len(parts) {
			i++
			value = parts[i]
		}
		keys, items = append(keys, key), append(items, scalar(p.Schema.Property(key), value))
	}
	return node.Map(nil, keys, items)
}

// scalar is a text as the type that a schema asks for: a number where it must be one and
// reads as one. A text that does not read as the type stays a string, so that validation
// reports it.
func scalar(s *schema.Schema, text string) *node.Node {
	if s == nil || s.Accepts(node.String) {
		return node.Text(text)
	}
	if v, err := node.ParseJSON(text, nil); err == nil && v.Kind != node.Array && v.Kind != node.Object && v.Kind != node.String && s.Accepts(v.Kind) {
		return v
	}
	if text == "" && s.Accepts(node.Null) {
		return &node.Node{Kind: node.Null, Text: "null"}
	}
	return node.Text(text)
}

// readBody makes a value of a body by its content type, kind, or by the documented one where
// it has none. Nil without an error is a body that no schema says anything about, such as a
// picture.
func readBody(m *openapi.Media, kind string, data []byte) (*node.Node, error) {
	if kind == "" {
		kind = m.Type
	}
	plain := plainType(kind)
	switch {
	case isJSON(plain):
		v, err := node.ParseJSON(string(data), nil)
		if err != nil {
			return nil, fmt.Errorf("the body is no JSON: %w", err)
		}
		return v, nil
	case isXML(plain):
		return readXML(m.Schema, data)
	case plain == "application/x-www-form-urlencoded":
		return readForm(m.Schema, data)
	case plain == "multipart/form-data":
		return readParts(m.Schema, kind, data)
	case strings.HasPrefix(plain, "text/") && utf8.Valid(data):
		// A schema of an object for text/plain occurs where the file's author meant JSON;
		// nothing sensible can be said.
		if m.Schema == nil || m.Schema.Accepts(node.Object) && !m.Schema.Accepts(node.String) {
			return nil, nil
		}
		return scalar(m.Schema, string(data)), nil
	}
	return nil, nil
}

// readForm makes an object of a URL-encoded form (WHATWG URL, 5).
func readForm(s *schema.Schema, data []byte) (*node.Node, error) {
	form, err := url.ParseQuery(string(data))
	if err != nil {
		return nil, errors.New("the body is no form: it is not encoded as one")
	}
	var keys []string
	for pair := range strings.SplitSeq(string(data), "&") { // in their order
		key, _, _ := strings.Cut(pair, "=")
		if key, err = url.QueryUnescape(key); err == nil {
			keys = append(keys, key)
		}
	}
	return fields(s, keys, form), nil
}

// fields makes an object of a form. keys give the order, values may have several texts for a
// key. Names such as card[number] are of the objects that they name.
func fields(s *schema.Schema, keys []string, values map[string][]string) *node.Node {
	var names []string
	var items []*node.Node
	seen := map[string]bool{}
	for _, key := range keys {
		// All keys of an object are read at its first one.
		name, _, deep := strings.Cut(key, "[")
		if seen[name] || name == "" {
			continue
		}
		seen[name] = true
		var property *schema.Schema
		if s != nil {
			property = s.Property(name)
		}
		names = append(names, name)
		switch {
		case deep:
			items = append(items, nested(property, name, keys, values))
		case property != nil && property.Accepts(node.Array) && !property.Accepts(node.String):
			items = append(items, elements(property, values[key]))
		default:
			items = append(items, field(property, strings.Join(values[key], ",")))
		}
	}
	return node.Map(nil, names, items)
}

// elements is a list of fields of one name. One field may have the whole list as JSON.
func elements(s *schema.Schema, texts []string) *node.Node {
	if len(texts) == 1 && strings.HasPrefix(strings.TrimSpace(texts[0]), "[") {
		if v, err := node.ParseJSON(texts[0], nil); err == nil && v.Kind == node.Array {
			return v
		}
	}
	var list []*node.Node
	for _, text := range texts {
		list = append(list, field(s.Items(), text))
	}
	return node.List(nil, list)
}

// field is the value of a field of a form: JSON where an object is asked, as parts of a form
// are by default (OpenAPI 3.0.3, Special Considerations for multipart Content).
func field(s *schema.Schema, text string) *node.Node {
	if s != nil && s.Accepts(node.Object) && !s.Accepts(node.String) {
		if v, err := node.ParseJSON(text, nil); err == nil {
			return v
		}
	}
	return scalar(s, text)
}

// nested is the object, or list, of fields such as card[number] and items[0][price]: what
// stands in the first brackets becomes the name one level below.
func nested(s *schema.Schema, name string, keys []string, values map[string][]string) *node.Node {
	var inner []string
	below := map[string][]string{}
	for _, key := range keys {
		rest, ok := strings.CutPrefix(key, name+"[")
		if !ok {
			continue
		}
		// "number" of number], "0[price]" of 0][price].
		first, more, _ := strings.Cut(rest, "]")
		inner = append(inner, first+more)
		below[first+more] = values[key]
	}
	// Indices only group the fields of an element; their order is that of the form.
	if s != nil && s.Accepts(node.Array) && !s.Accepts(node.Object) {
		var list []*node.Node
		done := map[string]bool{}
		for _, key := range inner {
			index, _, deep := strings.Cut(key, "[")
			switch {
			case done[index] && index != "":
			case deep:
				done[index] = true
				list = append(list, nested(s.Items(), index, inner, below))
			default:
				done[index] = true
				for _, text := range below[key] {
					list = append(list, scalar(s.Items(), text))
				}
			}
		}
		return node.List(nil, list)
	}
	return fields(s, inner, below)
}

// mostOfPart is how many bytes of the parts of a form are held in memory; ReadForm writes
// files beyond it to disk, and fails for texts beyond it and 10 MB.
const mostOfPart = 1 << 20

// readParts makes an object of a multipart form (RFC 7578). A file is an empty string: its
// content is not judged.
func readParts(s *schema.Schema, kind string, data []byte) (*node.Node, error) {
	_, params, err := mime.ParseMediaType(kind)
	if err != nil || params["boundary"] == "" {
		return nil, errors.New("the content type has no boundary")
	}
	form, err := multipart.NewReader(bytes.NewReader(data), params["boundary"]).ReadForm(mostOfPart)
	if err != nil {
		return nil, nil // files are not in it: what was sent is not known
	}
	// ReadForm may have put parts into temporary files.
	defer func() { _ = form.RemoveAll() }()
	var keys []string
	values := map[string][]string{}
	for name, list := range form.Value {
		keys, values[name] = append(keys, name), list
	}
	for name := range form.File {
		keys, values[name] = append(keys, name), []string{""}
	}
	return fields(s, keys, values), nil
}
