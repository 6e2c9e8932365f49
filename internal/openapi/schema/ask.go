package schema

import (
	"slices"

	"posthaste/internal/openapi/node"
)

// mostRefs bounds how far in-place schemas are followed by the questions of this file.
// Schemas may refer to themselves (a tree of nodes), and these questions have no value whose
// depth would end the recursion.
const mostRefs = 32

// Accepts reports whether values of a kind may fit at all, by the types that the schema and what it is made of ask for. A
// schema that says nothing of types accepts strings.
func (s *Schema) Accepts(k node.Kind) bool { return s.accepts(k, 0) }

// accepts is Accepts with the number of schemas followed so far. Beyond mostRefs everything
// is accepted: the question serves to choose between readings of a text, and an open answer
// is safe there.
func (s *Schema) accepts(k node.Kind, depth int) bool {
	if s == nil || depth > mostRefs {
		return true
	}
	// OpenAPI's integer is a number without a fraction, so that a type integer accepts
	// numbers here; whether a given one is whole, validation says.
	if s.types != 0 {
		return s.types.has(k) || k == node.Number && s.types&integer != 0 || k == node.Null && s.nullable
	}
	// Conjunctions: each of them must allow the kind.
	for _, in := range append(append([]*Schema{}, s.ref), s.allOf...) {
		if in != nil && !in.accepts(k, depth+1) {
			return false
		}
	}
	// Alternatives: one that allows the kind is enough, and an empty list asks for nothing.
	for _, list := range [][]*Schema{s.anyOf, s.oneOf} {
		fits := len(list) == 0
		for _, in := range list {
			fits = fits || in.accepts(k, depth+1)
		}
		if !fits {
			return false
		}
	}
	// No type is named, but properties or items are: the author means an object or a list,
	// though JSON Schema would let strings pass.
	if s.Properties != nil && k == node.String || s.arrays != nil && s.arrays.items != nil && (k == node.String || k == node.Object) {
		return false
	}
	// The values of an enum have kinds, too.
	if len(s.Enum) > 0 {
		for _, v := range s.Enum {
			if v.Kind == k {
				return true
			}
		}
		return false
	}
	return true
}

// inPlace calls a function for the schema and those that a value of it is held against, too, until that returns false.
func (s *Schema) inPlace(each func(*Schema) bool, depth int) bool {
	if s == nil || depth > mostRefs {
		return true
	}
	if !each(s) {
		return false
	}
	for _, list := range [][]*Schema{{s.ref}, s.allOf, s.anyOf, s.oneOf} {
		for _, in := range list {
			if !in.inPlace(each, depth+1) {
				return false
			}
		}
	}
	return true
}

// Property is the schema of a property, also where it comes by allOf, anyOf, oneOf or $ref; nil if missing.
// in.objects.index has no entry for patternProperties and additionalProperties: only names
// that a file spells out are found.
func (s *Schema) Property(name string) *Schema {
	var found *Schema
	s.inPlace(func(in *Schema) bool {
		if in.objects != nil && in.objects.index[name] != nil {
			found = in.objects.index[name]
		}
		return found == nil
	}, 0)
	return found
}

// AllProperties are the properties of the schema, and of those by allOf, anyOf, oneOf and $ref, each name once.
// The order is that of the schemas as inPlace visits them, and within one that of the file.
// The first schema of a name is kept.
func (s *Schema) AllProperties() []Property {
	var list []Property
	seen := map[string]bool{}
	s.inPlace(func(in *Schema) bool {
		for _, p := range in.Properties {
			if !seen[p.Name] {
				seen[p.Name] = true
				list = append(list, p)
			}
		}
		return true
	}, 0)
	return list
}

// Items is the schema of the elements of a list, nil where nothing is asked of them.
// Of schemas combined by allOf and the like, the first that has items is taken; prefixItems
// are not looked at.
func (s *Schema) Items() *Schema {
	var found *Schema
	s.inPlace(func(in *Schema) bool {
		if in.arrays != nil && in.arrays.items != nil {
			found = in.arrays.items
		}
		return found == nil
	}, 0)
	return found
}

// XML is OpenAPI's xml object of the schema, or of what it refers to; nil without one.
// Get of a node that is no object is nil, so that boolean schemas are passed over.
func (s *Schema) XML() *node.Node {
	var found *node.Node
	s.inPlace(func(in *Schema) bool {
		found = in.Node.Get("xml")
		return found == nil
	}, 0)
	return found
}

// ElementName is the name that the xml object gives to an element of this schema, "" where there is none, or where
// the schema is composed of others, which may have names of their own.
func (s *Schema) ElementName() string {
	composed := false
	s.inPlace(func(in *Schema) bool {
		for _, key := range []string{"allOf", "anyOf", "oneOf"} {
			composed = composed || in.Node.Get(key) != nil
		}
		return true
	}, 0)
	if composed {
		return ""
	}
	return s.XML().Str("name")
}

// AllRequired are the properties that an object must have, also where allOf or $ref says so. Of a response those that are only sent are left out, of a
// request those that are only received.
func (s *Schema) AllRequired(isResponse bool) []string { return s.allRequired(isResponse, 0, nil) }

func (s *Schema) allRequired(isResponse bool, depth int, list []string) []string {
	if s == nil || depth > mostRefs {
		return list
	}
	for _, name := range s.Required() {
		var readOnly, writeOnly bool
		if p := s.Property(name); p != nil {
			readOnly, writeOnly = p.access(0)
		}
		if !slices.Contains(list, name) && (!isResponse || !writeOnly) && (isResponse || !readOnly) {
			list = append(list, name)
		}
	}
	list = s.ref.allRequired(isResponse, depth+1, list)
	for _, part := range s.allOf {
		list = part.allRequired(isResponse, depth+1, list)
	}
	return list
}
