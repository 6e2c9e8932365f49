package schema

import (
	"maps"
	"slices"
)

// A conjunction is schemas whose own keywords a value has to meet together: those by $ref and allOf, and one of each alternative.
type conjunction struct {
	parts  []*Schema
	never  bool
	forced map[string]string // properties whose value an alternative is chosen by
	seen   []*Schema
	open   [][]alternative // still to be decided
	// What parts forbid and all the same allow.
	together permission
}

// An alternative is schemas that come together. Property and value are those of a discriminator, "" without one.
type alternative struct {
	schemas         []*Schema
	property, value string
}

// mostParts bounds a conjunction. No real schema has as many.
const mostParts = 500

// choices are which alternative is taken at each place where there are several, in the order in which making a value comes to
// them. next goes on to the next combination, as a counter whose last digit runs fastest.
type choices struct {
	at, of []int
	i      int
}

// pick is the choice among n at the next place.
func (c *choices) pick(n int) int {
	if n < 2 {
		return 0
	}
	if c.i == len(c.at) {
		c.at, c.of = append(c.at, 0), append(c.of, n)
	}
	c.of[c.i] = n // what comes behind another choice may have another number
	c.i++
	return min(c.at[c.i-1], n-1)
}

// next is the next combination; false where there is none.
func (c *choices) next() bool {
	c.at, c.of, c.i = c.at[:c.i], c.of[:c.i], 0
	for last := len(c.at) - 1; last >= 0; last-- {
		if c.at[last]++; c.at[last] < c.of[last] {
			return true
		}
		c.at, c.of = c.at[:last], c.of[:last]
	}
	return false
}

// gather takes schemas apart into a conjunction.
func (m *maker) gather(list []*Schema, choice *choices) *conjunction {
	k := &conjunction{forced: map[string]string{}, together: permission{}}
	for _, s := range list {
		k.add(s)
	}
	for len(k.open) > 0 {
		options := k.open[0]
		k.open = k.open[1:]
		if m.random != nil {
			options = slices.Clone(options)
			m.random.Shuffle(len(options), func(i, j int) { options[i], options[j] = options[j], options[i] })
		}
		// Those that are there already, then those that do not lead back.
		slices.SortStableFunc(options, func(a, b alternative) int { return m.cost(k, a) - m.cost(k, b) })
		one := options[choice.pick(len(options))]
		if one.property != "" {
			if _, known := k.forced[one.property]; !known {
				k.forced[one.property] = one.value
			}
		}
		for _, s := range one.schemas {
			k.add(s)
		}
	}
	return k
}

// cost orders alternatives.
func (m *maker) cost(k *conjunction, a alternative) int {
	n := 0
	for _, s := range a.schemas {
		to := s.target()
		if slices.Contains(k.seen, to) {
			return -1
		}
		n += m.open[to]
	}
	return n
}

// add adds a schema with what it is made of.
func (k *conjunction) add(s *Schema) {
	if s == nil || slices.Contains(k.seen, s) || len(k.seen) > mostParts {
		return
	}
	k.seen = append(k.seen, s)
	k.never = k.never || s.never
	k.add(s.ref)
	if s.ignoring {
		return
	}
	k.parts = append(k.parts, s)
	for part, names := range s.together {
		if k.together[part] == nil {
			k.together[part] = map[string]bool{}
		}
		maps.Copy(k.together[part], names)
	}
	if s.dynamic != nil {
		k.add(s.dynamic.to)
	}
	for _, part := range s.allOf {
		k.add(part)
	}
	for _, options := range s.alternatives() {
		if len(options) > 0 {
			k.open = append(k.open, options)
		}
	}
}

// alternatives are the lists from which one schema each has to be chosen: oneOf, anyOf, the two cases of if, and those of a discriminator.
func (s *Schema) alternatives() [][]alternative {
	var lists [][]alternative
	if s.cond != nil {
		lists = append(lists, []alternative{{schemas: []*Schema{s.cond.when, s.cond.then}}, {schemas: []*Schema{s.cond.otherwise}}})
	}
	named := s.named()
	for _, list := range [][]*Schema{s.oneOf, s.anyOf} {
		if len(list) == 0 {
			continue
		}
		options := slices.Clone(named)
		for _, sub := range list {
			options = append(options, alternative{schemas: []*Schema{sub}})
		}
		lists = append(lists, options)
	}
	if s.branches != nil && s.branches.alone {
		lists = append(lists, append(named, alternative{}))
	}
	for i := range lists {
		for j := range lists[i] {
			lists[i][j].schemas = slices.DeleteFunc(slices.Clone(lists[i][j].schemas), func(s *Schema) bool { return s == nil })
		}
	}
	return lists
}

// named are the alternatives of a discriminator, in the order of the lists that have them, and else by name.
func (s *Schema) named() []alternative {
	if s.branches == nil {
		return nil
	}
	var options []alternative
	values := slices.Sorted(maps.Keys(s.branches.byValue))
	add := func(value string) {
		if !slices.ContainsFunc(options, func(o alternative) bool { return o.value == value }) {
			options = append(options, alternative{schemas: []*Schema{s.branches.byValue[value]}, property: s.branches.property, value: value})
		}
	}
	for _, sub := range slices.Concat(s.oneOf, s.anyOf) {
		for _, value := range values {
			if s.branches.byValue[value].target() == sub.target() {
				add(value)
			}
		}
	}
	for _, value := range values {
		add(value)
	}
	return options
}
