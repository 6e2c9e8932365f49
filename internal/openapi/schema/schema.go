package schema

import (
	"github.com/dlclark/regexp2/v2"

	"posthaste/internal/openapi/node"
)

// A Schema is compiled. Fields at their zero value ask for nothing.
type Schema struct {
	Node *node.Node // where it stands

	Properties []Property // in the order of the file
	Enum       []*node.Node
	ReadOnly   bool
	WriteOnly  bool
	Deprecated bool

	scope    *resource
	never    bool
	types    types
	nullable bool
	konst    *node.Node
	ref      *Schema
	dynamic  *dynamic
	allOf    []*Schema
	anyOf    []*Schema
	oneOf    []*Schema
	not      *Schema
	cond     *condition
	branches *discriminator

	numbers  *numberRules
	strings  *stringRules
	arrays   *arrayRules
	objects  *objectRules
	ignoring bool // all but ref is ignored
}

// A Property is a named property of a Schema.
type Property struct {
	Name   string
	Schema *Schema
}

// types is a set of node.Kinds, and of integer.
type types uint16

const integer types = 1 << 8

func (t types) has(k node.Kind) bool { return t&(1<<k) != 0 }

type numberRules struct {
	minimum, maximum               string // texts, "" for none
	exclusiveMinimum, exclusiveMax bool
	above, below                   string
	multipleOf                     string
	bits                           int // of format int32 and int64
}

type stringRules struct {
	minLength, maxLength int // -1: no limit
	pattern              *regexp2.Regexp
	patternText          string
	format               string
}

type arrayRules struct {
	minItems, maxItems       int // -1: no limit
	unique                   bool
	prefix                   []*Schema
	items                    *Schema
	contains                 *Schema
	minContains, maxContains int
	unevaluated              *Schema
}

type objectRules struct {
	min, max    int // -1: no limit
	required    []string
	index       map[string]*Schema // of Properties
	patterns    []patternProperty
	additional  *Schema
	names       *Schema
	dependent   []dependency
	unevaluated *Schema
	requiredAt  *node.Node
	additionalAt,
	unevaluatedAt *node.Node
}

type patternProperty struct {
	pattern *regexp2.Regexp
	schema  *Schema
}

type dependency struct {
	name     string
	required []string
	schema   *Schema
}

type condition struct{ when, then, otherwise *Schema }

// A discriminator chooses one of several schemas by the value of a property.
type discriminator struct {
	property string
	byValue  map[string]*Schema
	at       *node.Node
	alone    bool // there is no oneOf or anyOf beside it: subschemas extend this one
}

// A resource is a schema with an id, or a file: what references within it begin at.
type resource struct {
	base    string
	root    *node.Node
	named   bool                  // by an id
	dynamic map[string]*node.Node // $dynamicAnchor
	schemas map[string]*Schema    // of these
}

// A dynamic is a $dynamicRef.
type dynamic struct {
	to     *Schema
	anchor string // "" where it is an ordinary reference
}

// Required are the names of the properties that must be there.
func (s *Schema) Required() []string {
	if s.objects == nil {
		return nil
	}
	return s.objects.required
}

// Below calls a function for each schema that this one is made of, itself not included. Property is the name of the
// property that the schema is of, "" for others.
func (s *Schema) Below(each func(property string, sub *Schema)) {
	visit := func(list ...*Schema) {
		for _, sub := range list {
			if sub != nil {
				each("", sub)
			}
		}
	}
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
