package contract

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"

	"posthaste/internal/openapi/node"
	"posthaste/internal/openapi/schema"
)

// An element is one of an XML document. Names are without their namespace prefix.
type element struct {
	name       string
	attributes map[string]string
	below      []*element
	text       string
}

// readXML makes a value of an XML document by what a schema says of its shape: names,
// attributes, lists with and without an element of their own (OpenAPI's xml object). Nil
// without a schema: XML alone does not say what is a list.
func readXML(s *schema.Schema, data []byte) (*node.Node, error) {
	root, err := parseXML(data)
	if err != nil {
		return nil, fmt.Errorf("the body is no XML: %w", err)
	}
	if s == nil {
		return nil, nil
	}
	if name := s.ElementName(); name != "" && name != root.name {
		return nil, fmt.Errorf("the outermost element of the body is <%s> where <%s> is asked", root.name, name)
	}
	return valueOf(s, root, 0), nil
}

// parseXML reads a document into elements. Comments and processing instructions are left out;
// the text of an element is all its character data in one.
func parseXML(data []byte) (*element, error) {
	d := xml.NewDecoder(bytes.NewReader(data))
	// Bodies were decoded to UTF-8 already, whatever the declaration says of an encoding.
	d.CharsetReader = func(_ string, r io.Reader) (io.Reader, error) { return r, nil }
	top := &element{}
	stack := []*element{top}
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, err
		}
		last := stack[len(stack)-1]
		switch t := token.(type) {
		case xml.StartElement:
			e := &element{name: t.Name.Local, attributes: map[string]string{}}
			for _, a := range t.Attr {
				e.attributes[a.Name.Local] = a.Value
			}
			last.below = append(last.below, e)
			stack = append(stack, e)
		case xml.EndElement:
			stack = stack[:len(stack)-1]
		case xml.CharData:
			last.text += string(t)
		}
	}
	if len(top.below) != 1 {
		return nil, fmt.Errorf("it has %d outermost elements", len(top.below))
	}
	return top.below[0], nil
}

// deepest is how deep elements may nest to be looked at; below, an element counts as text. It
// bounds the recursion for schemas that refer to themselves.
const deepest = 100

// valueOf is the value of an element by its schema: a list of its children, an object of
// them, or its text.
func valueOf(s *schema.Schema, e *element, depth int) *node.Node {
	switch {
	case s == nil || depth > deepest:
		return node.Text(strings.TrimSpace(e.text))
	case s.Accepts(node.Array) && !s.Accepts(node.String) && !s.Accepts(node.Object):
		var list []*node.Node
		for _, one := range e.below {
			list = append(list, valueOf(s.Items(), one, depth+1))
		}
		return node.List(nil, list)
	case s.Accepts(node.Object) && (!s.Accepts(node.String) || len(e.below) > 0):
		return objectOf(s, e, depth)
	}
	return scalar(s, strings.TrimSpace(e.text))
}

// objectOf makes an object of an element: for each property of the schema its attribute,
// element or elements; then those elements that the schema does not know, as texts, so that
// they are reported as undocumented.
func objectOf(s *schema.Schema, e *element, depth int) *node.Node {
	var keys []string
	var values []*node.Node
	known := map[string]bool{}
	for _, p := range s.AllProperties() {
		hints := p.Schema.XML()
		name := p.Name
		if given := hints.Str("name"); given != "" {
			name = given
		}
		if hints.True("attribute") {
			known[name] = true
			if text, ok := e.attributes[name]; ok {
				keys, values = append(keys, p.Name), append(values, scalar(p.Schema, text))
			}
			continue
		}
		// A wrapped list has an element around its elements; others stand directly among the
		// properties.
		isList := p.Schema.Accepts(node.Array) && !p.Schema.Accepts(node.String) && !p.Schema.Accepts(node.Object)
		if isList && !hints.True("wrapped") {
			if given := p.Schema.Items().XML().Str("name"); given != "" {
				name = given
			}
		}
		known[name] = true
		var list []*node.Node
		for _, one := range e.below {
			if one.name != name {
				continue
			}
			if isList && !hints.True("wrapped") {
				list = append(list, valueOf(p.Schema.Items(), one, depth+1))
			} else {
				list = append(list, valueOf(p.Schema, one, depth+1))
			}
		}
		switch {
		case isList && !hints.True("wrapped") && list != nil:
			keys, values = append(keys, p.Name), append(values, node.List(nil, list))
		case list != nil:
			// An element that is repeated though it is no list: the first counts.
			keys, values = append(keys, p.Name), append(values, list[0])
		}
	}
	for _, one := range e.below {
		if !known[one.name] {
			known[one.name] = true
			keys, values = append(keys, one.name), append(values, valueOf(nil, one, depth+1))
		}
	}
	return node.Map(nil, keys, values)
}
