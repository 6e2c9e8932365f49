package schema

import (
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"

	"posthaste/internal/openapi/node"
)

// An Example says how values are made of schemas.
type Example struct {
	// Rand chooses among what fits; nil takes the first that fits, so that the value is always the same.
	Rand *rand.Rand
	// Request makes a value to send: without readOnly properties. Else it is one to receive, without writeOnly ones.
	Request bool
	// Minimal leaves out what is not required.
	Minimal bool
}

// deepestExample is how deep optional parts of a value go, and mostRepeats how often a schema may stand in itself.
const (
	deepestExample = 8
	mostRepeats    = 1
)

// Value makes a value that fits the schema: the file's own example where that fits, else one that is made up. What cannot be
// made up, such as a text for a pattern with a lookahead, may not fit.
func (e Example) Value(s *Schema) *node.Node {
	m := &maker{Example: e, open: map[*Schema]int{}}
	return m.value(s, "", 0)
}

// Fits reports whether a value fits the schema in the direction of the example.
func (e Example) Fits(s *Schema, v *node.Node) bool {
	return s == nil || len(s.Validate(v, Options{Request: e.Request, Response: !e.Request, Formats: true}).Failures) == 0
}

type maker struct {
	Example
	open map[*Schema]int
}

// pick is an index below n.
func (m *maker) pick(n int) int {
	if m.Rand == nil || n < 2 {
		return 0
	}
	return m.Rand.IntN(n)
}

// value makes a value of a schema; name is that of the property, which says what a text is.
func (m *maker) value(s *Schema, name string, depth int) *node.Node {
	if s == nil {
		return node.Text(textFor(name))
	}
	if v := m.given(s); v != nil {
		return v
	}
	m.open[s]++
	defer func() { m.open[s]-- }()
	if depth > 3*deepestExample {
		return &node.Node{Kind: node.Null, Text: "null"}
	}
	for _, try := range m.tries(s) {
		v := m.made(s, try, name, depth)
		if v != nil && (m.Fits(s, v) || depth > 0 && try == nil) {
			return v
		}
	}
	return m.made(s, m.tries(s)[0], name, depth)
}

// given is a value that the file itself names.
func (m *maker) given(s *Schema) *node.Node {
	if s.Node.Kind != node.Object {
		return nil
	}
	candidates := []*node.Node{s.Node.Get("example"), s.konst, s.Node.Get("default")}
	candidates = append(candidates, s.Node.List("examples")...)
	if s.dynamic == nil && !s.ignoring {
		for _, v := range candidates {
			if v != nil && m.Fits(s, v) {
				return v
			}
		}
	}
	if len(s.Enum) > 0 && !s.ignoring {
		begin := m.pick(len(s.Enum))
		for i := range s.Enum {
			if v := s.Enum[(begin+i)%len(s.Enum)]; v.Kind != node.Null && m.Fits(s, v) {
				return v
			}
		}
	}
	return nil
}

// tries are the alternatives of a schema, each of which may make a value that fits; nil if missing.
func (m *maker) tries(s *Schema) []*Schema {
	list := append(append([]*Schema{}, s.oneOf...), s.anyOf...)
	if len(list) == 0 {
		return []*Schema{nil}
	}
	if m.Rand != nil {
		m.Rand.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
	}
	slices.SortStableFunc(list, func(a, b *Schema) int { return m.open[a.target()] - m.open[b.target()] }) // those that do not lead back
	return list
}

// target is what a schema that is nothing but a reference leads to.
func (s *Schema) target() *Schema {
	for range mostRefs {
		if s.ref == nil || !s.ignoring && len(s.Node.Keys) > 1 {
			break
		}
		s = s.ref
	}
	return s
}

// made puts a value together of what the schema, its parts and one alternative ask for.
func (m *maker) made(s, alternative *Schema, name string, depth int) *node.Node {
	if s.ref != nil && s.ignoring {
		return m.value(s.ref, name, depth)
	}
	parts := append([]*Schema{}, s.allOf...)
	if s.ref != nil {
		parts = append(parts, s.ref)
	}
	if s.dynamic != nil {
		parts = append(parts, s.dynamic.to)
	}
	if alternative != nil {
		parts = append(parts, alternative)
	}
	v := m.own(s, name, depth, len(parts) > 0)
	for _, part := range parts {
		v = merged(v, m.value(part, name, depth))
	}
	if v != nil && v.Kind == node.Object && s.branches != nil {
		v = m.named(s, alternative, v)
	}
	return v
}

// named sets the property that says which alternative a value is.
func (m *maker) named(s, alternative *Schema, v *node.Node) *node.Node {
	var names []string
	for name, sub := range s.branches.byValue {
		if sub == alternative || alternative != nil && sub.target() == alternative.target() {
			names = append(names, name)
		}
	}
	if len(names) == 0 {
		return v
	}
	slices.Sort(names)
	with := merged(v, node.Map(nil, []string{s.branches.property}, []*node.Node{node.Text(names[0])}))
	if !m.Fits(alternative, with) {
		return v // its own enum forbids the name
	}
	return with
}

// merged is an object with the keys of both; of others the later.
func merged(a, b *node.Node) *node.Node {
	if a == nil || b == nil || a.Kind != node.Object || b.Kind != node.Object {
		if b == nil {
			return a
		}
		return b
	}
	keys, values := slices.Clone(a.Keys), slices.Clone(a.Items)
	for i, key := range b.Keys {
		if at := slices.Index(keys, key); at >= 0 {
			values[at] = b.Items[i]
		} else {
			keys, values = append(keys, key), append(values, b.Items[i])
		}
	}
	return node.Map(nil, keys, values)
}

// own is a value of what the schema itself asks for; nil where it asks for nothing and its parts do.
func (m *maker) own(s *Schema, name string, depth int, hasParts bool) *node.Node {
	switch {
	case s.never:
		return nil
	case s.types.has(node.Object), s.types == 0 && (s.Properties != nil || s.objects != nil):
		return m.object(s, depth)
	case s.types.has(node.Array) || s.arrays != nil && s.types == 0:
		return m.array(s, name, depth)
	case s.types.has(node.String):
		return node.Text(m.text(s, name))
	case s.types&integer != 0:
		return &node.Node{Kind: node.Number, Text: m.numberText(s)}
	case s.types.has(node.Bool):
		return &node.Node{Kind: node.Bool, Text: "true"}
	case s.types.has(node.Null):
		return &node.Node{Kind: node.Null, Text: "null"}
	case hasParts:
		return nil
	case s.numbers != nil:
		return &node.Node{Kind: node.Number, Text: m.numberText(s)}
	}
	return node.Text(m.text(s, name))
}

func (m *maker) object(s *Schema, depth int) *node.Node {
	var keys []string
	var values []*node.Node
	required := s.Required()
	for _, p := range s.Properties {
		readOnly, writeOnly := p.Schema.access(0)
		must := slices.Contains(required, p.Name)
		repeats := m.open[p.Schema.target()] > mostRepeats-1 || leadsBack(m, p.Schema)
		switch {
		case m.Request && readOnly, !m.Request && writeOnly:
			continue
		case !must && (m.Minimal || depth >= deepestExample || repeats || p.Schema.never):
			continue
		}
		v := m.value(p.Schema, p.Name, depth+1)
		if !must && !m.Fits(p.Schema, v) {
			continue // nothing that can be made up fits
		}
		keys, values = append(keys, p.Name), append(values, v)
	}
	for _, name := range required {
		if slices.Contains(keys, name) || s.objects.index[name] != nil {
			continue
		}
		var sub *Schema
		if s.objects.additional != nil {
			sub = s.objects.additional
		}
		keys, values = append(keys, name), append(values, m.value(sub, name, depth+1))
	}
	if o := s.objects; o != nil {
		for i := len(keys); i < o.min; i++ {
			key := "key" + strconv.Itoa(i+1)
			keys, values = append(keys, key), append(values, m.value(o.additional, key, depth+1))
		}
	}
	return node.Map(nil, keys, values)
}

// leadsBack says that a list is of a schema that is being made.
func leadsBack(m *maker, s *Schema) bool {
	items := s.Items()
	return items != nil && m.open[items.target()] > mostRepeats-1
}

func (m *maker) array(s *Schema, name string, depth int) *node.Node {
	a := s.arrays
	if a == nil {
		return node.List(nil, nil)
	}
	n := max(a.minItems, 1, len(a.prefix))
	if leadsBack(m, s) || depth >= deepestExample {
		n = max(a.minItems, 0)
	}
	if a.maxItems >= 0 {
		n = min(n, a.maxItems)
	}
	var list []*node.Node
	for i := range n {
		sub := a.items
		if i < len(a.prefix) {
			sub = a.prefix[i]
		}
		if sub == nil && a.contains != nil {
			sub = a.contains
		}
		v := m.value(sub, strings.TrimSuffix(name, "s"), depth+1)
		if a.unique && slices.ContainsFunc(list, func(o *node.Node) bool { return node.Equal(o, v) }) {
			v = another(sub, v, i, list)
		}
		list = append(list, v)
	}
	return node.List(nil, list)
}

// another is a value that differs from one that a list has.
func another(s *Schema, v *node.Node, i int, list []*node.Node) *node.Node {
	if s != nil {
		for _, e := range s.target().Enum {
			if !slices.ContainsFunc(list, func(o *node.Node) bool { return node.Equal(o, e) }) {
				return e
			}
		}
	}
	switch v.Kind {
	case node.String:
		return node.Text(v.Text + strconv.Itoa(i))
	case node.Number:
		return &node.Node{Kind: node.Number, Text: strconv.Itoa(i + 1)}
	default:
		return v
	}
}
