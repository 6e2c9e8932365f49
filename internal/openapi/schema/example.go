package schema

import (
	"math/rand/v2"
	"slices"

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
	// Odd is told of a value that fits by the letter and may not be what the file means. Nil is not told.
	Odd func(message string)
}

const (
	// deepestExample is how deep optional parts of a value go; parts that must be there may go three times as deep.
	deepestExample = 8
	// mostTries is how often a value is made in another way before its schema counts as one that no value was found for.
	mostTries = 8
	// mostChoices is how many combinations of alternatives are tried each time.
	mostChoices = 48
	// mostBuilds bounds the work for one value, as schemas within schemas multiply the tries.
	mostBuilds = 4000
	// mostNodes is how large a value gets before what is optional is left out below its first levels.
	mostNodes = 600
)

// Value makes a value that fits the schema: the file's own example where that fits, else one that is made up. What was not
// found may not fit, such as a text for a contradiction; Misfit says so.
func (e Example) Value(s *Schema) *node.Node {
	m := &maker{Example: e, random: e.Rand, open: map[*Schema]int{}, hopeless: map[*Schema]bool{}, lean: -1}
	if s == nil {
		return node.Text(m.free(""))
	}
	return m.value([]*Schema{s}, "", 0)
}

// options are those by which values are judged.
func (e Example) options() Options {
	return Options{Request: e.Request, Response: !e.Request, Formats: true}
}

// Fits reports whether a value fits the schema in the direction of the example.
func (e Example) Fits(s *Schema, v *node.Node) bool {
	return s == nil || len(s.Validate(v, e.options()).Failures) == 0
}

// Misfit says what of a value does not fit the schema, with the place that asks: "/a: it is missing (api.yaml:7:3)". It is "" where all fits.
func (e Example) Misfit(s *Schema, v *node.Node) string {
	if s == nil {
		return ""
	}
	list := s.Validate(v, e.options()).Failures
	if len(list) == 0 {
		return ""
	}
	text := list[0].Message
	if list[0].Pointer != "" {
		text = list[0].Pointer + ": " + text
	}
	if place := list[0].Schema.Place(); place != "" {
		text += " (" + place + ")"
	}
	return text
}

// A maker makes one value.
type maker struct {
	Example
	random *rand.Rand      // of the try at hand; nil takes the first
	open   map[*Schema]int // schemas that are being made, to end what leads back to them
	// Schemas that no value was found for: they are tried once more where they come again, not many times.
	hopeless map[*Schema]bool
	lean     int  // the depth at which optional properties are left out; -1 for none
	fresh    bool // no example of the file is taken: another value than the first is wanted
	vary     bool // texts differ from those of the first try
	builds   int
	nodes    int
}

// pick is an index below n.
func (m *maker) pick(n int) int {
	if m.random == nil || n < 2 {
		return 0
	}
	return m.random.IntN(n)
}

// again is a source for another try, the same in each run where the Example has none.
func (m *maker) again(try int) *rand.Rand {
	if m.Rand != nil {
		return m.Rand
	}
	return rand.New(rand.NewPCG(uint64(try), 0)) //nolint:gosec // values, no secrets
}

// fits reports whether a value fits all of several schemas.
func (m *maker) fits(list []*Schema, v *node.Node) bool {
	return !slices.ContainsFunc(list, func(s *Schema) bool { return !m.Fits(s, v) })
}

// value makes a value that fits several schemas at once; name is that of the property, which says what a text is. Where no try
// fits, it is the first.
func (m *maker) value(list []*Schema, name string, depth int) *node.Node {
	list = slices.DeleteFunc(slices.Clone(list), func(s *Schema) bool { return s == nil })
	if len(list) == 0 {
		return m.node(node.String, m.free(name))
	}
	if depth > 3*deepestExample {
		return m.node(node.Null, "null")
	}
	random, lean, vary := m.random, m.lean, m.vary
	defer func() { m.random, m.lean, m.vary = random, lean, vary }()
	var first *node.Node
	tries := mostTries
	if m.hopeless[list[0]] {
		tries = 1
	}
	for try := range tries {
		switch try {
		case 0:
		case 1:
			m.lean = depth // with what must be there and nothing else
		default:
			m.lean, m.vary, m.random = lean, true, m.again(try)
		}
		choice := &choices{}
		for range mostChoices {
			v := m.build(list, choice, name, depth)
			if v != nil && m.fits(list, v) {
				return v
			}
			if first == nil {
				first = v
			}
			if m.builds > mostBuilds || !choice.next() {
				break
			}
		}
		if m.builds > mostBuilds {
			break
		}
	}
	if v := m.apart(list, first); v != nil {
		return v
	}
	m.hopeless[list[0]] = true
	if first == nil {
		first = m.node(node.Null, "null")
	}
	return first
}

// node makes a node and counts it.
func (m *maker) node(kind node.Kind, text string) *node.Node {
	m.nodes++
	return &node.Node{Kind: kind, Text: text}
}

// build makes a value by one combination of alternatives; nil where that asks for what is not possible.
func (m *maker) build(list []*Schema, choice *choices, name string, depth int) *node.Node {
	m.builds++
	k := m.gather(list, choice)
	if k.never {
		return nil
	}
	if v := m.given(k, list); v != nil {
		return v
	}
	for _, s := range k.parts {
		m.open[s]++
	}
	defer func() {
		for _, s := range k.parts {
			m.open[s]--
		}
	}()
	switch m.kind(k, choice) {
	case node.Object:
		return m.object(k, depth)
	case node.Array:
		return m.array(k, name, depth)
	case node.Number:
		return m.node(node.Number, m.numberText(k))
	case node.Bool:
		return m.node(node.Bool, []string{"true", "false"}[m.pick(2)])
	case node.Null:
		return m.node(node.Null, "null")
	default:
		return m.node(node.String, m.text(k, name))
	}
}

// given is a value that the file itself names: an example, a default, a value of an enum.
func (m *maker) given(k *conjunction, list []*Schema) *node.Node {
	for _, s := range k.parts {
		if s.Node.Kind != node.Object || s.dynamic != nil {
			continue
		}
		candidates := []*node.Node{s.konst}
		if !m.fresh {
			candidates = append([]*node.Node{s.Node.Get("example"), s.konst, s.Node.Get("default")}, s.Node.List("examples")...)
		}
		for _, v := range candidates {
			if v != nil && m.fits(list, v) {
				return v
			}
		}
	}
	for _, s := range k.parts {
		begin := m.pick(len(s.Enum))
		for i := range s.Enum {
			if v := s.Enum[(begin+i)%len(s.Enum)]; (v.Kind != node.Null || len(s.Enum) == 1) && m.fits(list, v) {
				return v
			}
		}
	}
	return nil
}

// kind is the type of the value: what all parts allow, and of that what the keywords are about.
func (m *maker) kind(k *conjunction, choice *choices) node.Kind {
	allowed, asked := ^types(0), false
	var about types // what keywords speak of
	isNot := false
	for _, s := range k.parts {
		if s.types != 0 {
			one := s.types
			if s.nullable {
				one |= 1 << node.Null
			}
			allowed, asked = allowed&one, true
		}
		if s.Properties != nil || s.objects != nil {
			about |= 1 << node.Object
		}
		if s.arrays != nil {
			about |= 1 << node.Array
		}
		if s.strings != nil {
			about |= 1 << node.String
		}
		if s.numbers != nil {
			about |= integer | 1<<node.Number
		}
		isNot = isNot || s.not != nil
	}
	order := []node.Kind{node.Object, node.Array, node.String, node.Number, node.Bool, node.Null}
	if !asked {
		order = []node.Kind{node.String, node.Object, node.Array, node.Number, node.Bool, node.Null}
	}
	var list []node.Kind
	add := func(set types) {
		for _, kind := range order {
			bit := types(1) << kind
			if kind == node.Number {
				bit |= integer
			}
			if set&bit != 0 && !slices.Contains(list, kind) {
				list = append(list, kind)
			}
		}
	}
	add(allowed & about)
	add(allowed)
	switch {
	case len(list) == 0: // a contradiction
		return node.String
	case isNot && !asked: // the type may be what must not be
		return list[choice.pick(len(list))]
	}
	return list[0]
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
