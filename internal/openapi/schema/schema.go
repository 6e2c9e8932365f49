package schema

import (
	"github.com/dlclark/regexp2/v2"

	"posthaste/internal/openapi/node"
)

// A Schema is compiled. Fields at their zero value ask for nothing. It is read only: callers
// must not change what the exported fields refer to.
type Schema struct {
	Node *node.Node // where it stands

	Properties []Property // in the order of the file
	// The values as the file has them, for messages and comparisons; nil without the keyword.
	Enum       []*node.Node
	ReadOnly   bool
	WriteOnly  bool
	Deprecated bool

	// The resource that the schema stands in, for $dynamicRef.
	scope *resource
	// The schema false: no value fits.
	never bool
	// 0 allows every type.
	types    types
	nullable bool
	// The value of const, a word that Go keeps for itself.
	konst *node.Node
	// What $ref leads to, nil without one.
	ref     *Schema
	dynamic *dynamic
	allOf   []*Schema
	anyOf   []*Schema
	oneOf   []*Schema
	not     *Schema
	cond    *condition
	// OpenAPI's discriminator, by which one alternative is chosen instead of trying all.
	branches *discriminator

	numbers  *numberRules
	strings  *stringRules
	arrays   *arrayRules
	objects  *objectRules
	ignoring bool // all but ref is ignored
	// What schemas that this one is made of forbid and all the same allow in it; nil without any.
	together permission
}

// A Property is a named property of a Schema. The Schema of a name that a file writes with an
// empty value is one that allows everything.
type Property struct {
	Name   string
	Schema *Schema
}

// types is a set of node.Kinds, one bit for each, and of integer, which is no kind of its
// own: a value 1.0 is a Number.
type types uint16

// A bit beyond those of the kinds.
const integer types = 1 << 8

// has reports whether the set has a kind; integer alone does not count as Number.
func (t types) has(k node.Kind) bool { return t&(1<<k) != 0 }

// numberRules are the keywords for numbers. Limits are texts and compared exactly, without
// the rounding of a float64.
type numberRules struct {
	minimum, maximum               string // texts, "" for none
	exclusiveMinimum, exclusiveMax bool
	// exclusiveMinimum and exclusiveMaximum as numbers, of draft 6 and later.
	above, below string
	multipleOf   string
	bits         int // of format int32 and int64
}

// stringRules are the keywords for strings; lengths are in characters.
type stringRules struct {
	minLength, maxLength int // -1: no limit
	pattern              *regexp2.Regexp
	patternText          string
	format               string
}

// arrayRules are the keywords for lists, under the names of draft 2020-12.
type arrayRules struct {
	minItems, maxItems int // -1: no limit
	unique             bool
	// The schemas of the first elements, one for each place; items are those of the rest.
	prefix   []*Schema
	items    *Schema
	contains *Schema
	// maxContains is -1 for no limit; minContains is 1 unless the file says otherwise.
	minContains, maxContains int
	unevaluated              *Schema
}

// objectRules are the keywords for objects. The nodes at the end are where a keyword stands
// that may forbid a field, as its failure names that line.
type objectRules struct {
	min, max int // -1: no limit
	required []string
	index    map[string]*Schema // of Properties
	// Those of patternProperties, in the file's order.
	patterns   []patternProperty
	additional *Schema
	// propertyNames: each key, as a string, must fit.
	names       *Schema
	dependent   []dependency
	unevaluated *Schema
	requiredAt  *node.Node
	additionalAt,
	unevaluatedAt *node.Node
}

// A patternProperty is the schema of all fields whose name has a match of the pattern,
// anywhere in the name unless the pattern is anchored.
type patternProperty struct {
	pattern *regexp2.Regexp
	schema  *Schema
}

// A dependency is what a field asks for when it is there: other fields, or that the whole
// object fits a schema.
type dependency struct {
	name     string
	required []string
	schema   *Schema
}

// A condition is if, then and else. then and otherwise may be nil.
type condition struct{ when, then, otherwise *Schema }

// A discriminator chooses one of several schemas by the value of a property, such as petType:
// "cat".
type discriminator struct {
	property string
	// By the text of the property.
	byValue map[string]*Schema
	at      *node.Node
	alone   bool // there is no oneOf or anyOf beside it: subschemas extend this one
}

// A resource is a schema with an id, or a file: what references within it begin at (2020-12
// core, 8.2.1).
type resource struct {
	// base is the URI or file name against which relative references are resolved, without a
	// fragment.
	base    string
	root    *node.Node
	named   bool                  // by an id
	dynamic map[string]*node.Node // $dynamicAnchor
	schemas map[string]*Schema    // of these
}

// A dynamic is a $dynamicRef or $recursiveRef.
type dynamic struct {
	to     *Schema
	anchor string // "" where it is an ordinary reference
}

// Required are the names of the properties that must be there, by this schema's own keyword:
// those of allOf and $ref are not included. The list belongs to the Schema.
func (s *Schema) Required() []string {
	if s.objects == nil {
		return nil
	}
	return s.objects.required
}

// Below calls a function for each schema that this one is made of, itself not included.
// Property is the name of the property that the schema is of, "" for others. It goes one
// level deep: who walks further must remember what it has seen, since schemas may refer to
// themselves.
//
// not and if are left out: what they describe is not what a value has.
func (s *Schema) Below(each func(property string, sub *Schema)) {
	visit := func(list ...*Schema) {
		for _, sub := range list {
			if sub != nil {
				each("", sub)
			}
		}
	}
	// Beside a $ref that stands alone, nothing else counts.
	visit(s.ref)
	if s.ignoring {
		return
	}
	if s.dynamic != nil {
		visit(s.dynamic.to)
	}
	visit(s.allOf...)
	visit(s.anyOf...)
	visit(s.oneOf...)
	if s.cond != nil {
		visit(s.cond.then, s.cond.otherwise)
	}
	if s.branches != nil {
		for _, sub := range s.branches.byValue {
			visit(sub)
		}
	}
	for _, p := range s.Properties {
		each(p.Name, p.Schema)
	}
	if a := s.arrays; a != nil {
		visit(a.prefix...)
		visit(a.items, a.contains, a.unevaluated)
	}
	if o := s.objects; o != nil {
		for _, p := range o.patterns {
			visit(p.schema)
		}
		visit(o.additional, o.unevaluated)
		for _, d := range o.dependent {
			visit(d.schema)
		}
	}
}
