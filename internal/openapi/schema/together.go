package schema

import (
	"fmt"
	"slices"

	"posthaste/internal/openapi/node"
)

// join looks at the schemas that are made of several, compiled since the last time: now that all are complete.
func (c *Compiler) join() {
	list := c.joined
	c.joined = nil
	if !c.Together {
		return
	}
	for _, s := range list {
		c.together(s)
	}
}

// A permission is the fields that a schema allows in spite of its additionalProperties: false, as another schema of the same
// object lists them.
type permission map[*Schema]map[string]bool

// together finds the fields that a part of a schema lists and that could never be there, because another part forbids them by
// additionalProperties: false. Alternatives may forbid each other's fields: that is what they are for.
func (c *Compiler) together(s *Schema) {
	parts := s.conjoined()
	base := fieldsOf(parts)
	inAny := slices.Clone(base)
	for _, part := range parts {
		for _, list := range [][]*Schema{part.oneOf, part.anyOf} {
			var open [][]*Schema // the parts of each alternative
			for _, one := range list {
				alternative := one.conjoined()
				inAny = append(inAny, fieldsOf(alternative)...)
				open = append(open, alternative)
			}
			c.alternatives(s, base, open)
		}
	}
	for _, part := range parts {
		c.permit(s, part, inAny)
	}
}

// alternatives permits what stands beside a list of alternatives and is forbidden by each of them.
func (c *Compiler) alternatives(s *Schema, base []string, open [][]*Schema) {
	forbids := func(parts []*Schema, name string) bool {
		return slices.ContainsFunc(parts, func(part *Schema) bool { return part.forbids(name) })
	}
	var never []string
	for _, name := range base {
		if !slices.ContainsFunc(open, func(parts []*Schema) bool { return !forbids(parts, name) }) {
			never = append(never, name)
		}
	}
	for _, parts := range open {
		for _, part := range parts {
			c.permit(s, part, never)
		}
	}
}

// permit allows fields that a part forbids, and says so.
func (c *Compiler) permit(s, part *Schema, names []string) {
	first := ""
	for _, name := range names {
		if !part.forbids(name) {
			continue
		}
		if first == "" {
			first = name
		}
		if s.together == nil {
			s.together = permission{}
		}
		if s.together[part] == nil {
			s.together[part] = map[string]bool{}
		}
		s.together[part][name] = true
	}
	if first != "" && c.Problem != nil {
		c.Problem(part.objects.additionalAt, fmt.Sprintf("additionalProperties: false forbids %q, which the same object lists or requires elsewhere; it is allowed all the same", first))
	}
}

// forbids reports whether the schema has additionalProperties: false and does not know a field.
func (s *Schema) forbids(name string) bool {
	o := s.objects
	return o != nil && o.additional != nil && o.additional.never && o.index[name] == nil && !o.matches(name)
}

// fieldsOf are the names of the properties that schemas list or require.
func fieldsOf(parts []*Schema) []string {
	var names []string
	for _, part := range parts {
		for _, p := range part.Properties {
			names = append(names, p.Name)
		}
		names = append(names, part.Required()...)
	}
	return names
}

// conjoined are the schemas that a value has to meet together, by allOf and $ref: this one and those.
func (s *Schema) conjoined() []*Schema {
	var list []*Schema
	var visit func(s *Schema, depth int)
	visit = func(s *Schema, depth int) {
		if s == nil || depth > mostRefs || slices.Contains(list, s) {
			return
		}
		list = append(list, s)
		visit(s.ref, depth+1)
		for _, part := range s.allOf {
			visit(part, depth+1)
		}
	}
	visit(s, 0)
	return list
}

// matches reports whether a pattern of patternProperties is for a name.
func (o *objectRules) matches(name string) bool {
	return slices.ContainsFunc(o.patterns, func(p patternProperty) bool { return matches(p.pattern, name) })
}

// A union is an object that several schemas describe together, while it is validated.
type union struct {
	object *node.Node
	fields permission
}

// permitted reports whether a field of an object is allowed though the schema forbids it.
func (r *run) permitted(s *Schema, v *node.Node, name string) bool {
	return slices.ContainsFunc(r.unions, func(u union) bool { return u.object == v && u.fields[s][name] })
}

// elsewhere reports whether a field that must be there is known to another schema of the same object, which says that it is only
// sent, or only received.
func (r *run) elsewhere(name string) bool {
	return slices.ContainsFunc(r.inplace, func(s *Schema) bool { return r.notAsked(s.Property(name)) })
}
