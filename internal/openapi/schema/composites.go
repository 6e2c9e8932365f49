package schema

import (
	"slices"
	"strconv"
	"strings"

	"posthaste/internal/openapi/node"
)

// An outline is an object while it is made: what all parts say of its fields.
type outline struct {
	*maker
	k           *conjunction
	depth       int
	names       []string // of the fields that it will have
	must        map[string]bool
	least, most int // of fields; most is -1 for no limit
}

// object makes an object.
func (m *maker) object(k *conjunction, depth int) *node.Node {
	o := &outline{maker: m, k: k, depth: depth, must: map[string]bool{}, most: -1}
	o.begin()
	o.depend()
	// What is optional goes first where there are too many.
	for i := len(o.names) - 1; i >= 0 && o.most >= 0 && len(o.names) > o.most; i-- {
		if !o.must[o.names[i]] {
			o.names = slices.Delete(o.names, i, i+1)
		}
	}
	var keys []string
	var values []*node.Node
	for _, name := range o.names {
		subs, _ := o.subs(name)
		v := o.field(name, subs)
		if !o.must[name] && !m.fits(subs, v) {
			continue // nothing that can be made up fits
		}
		keys, values = append(keys, name), append(values, v)
	}
	for i := 1; len(keys) < o.least && i < o.least+mostTries; i++ {
		name := o.invent(i, keys)
		subs, _ := o.subs(name)
		if slices.Contains(keys, name) || slices.ContainsFunc(subs, func(s *Schema) bool { return s.never }) {
			continue
		}
		keys, values = append(keys, name), append(values, o.field(name, subs))
	}
	m.nodes++
	return node.Map(nil, keys, values)
}

// field makes the value of a field.
func (o *outline) field(name string, subs []*Schema) *node.Node {
	if text, ok := o.k.forced[name]; ok {
		return node.Text(text)
	}
	return o.value(subs, name, o.depth+1)
}

// begin lists the fields that must be there, and those that may.
func (o *outline) begin() {
	var known []string
	for _, s := range o.k.parts {
		for _, p := range s.Properties {
			if !slices.Contains(known, p.Name) {
				known = append(known, p.Name)
			}
		}
		for _, name := range s.Required() {
			if !o.wrongWay(name) {
				o.must[name] = true
			}
		}
		if r := s.objects; r != nil {
			o.least = max(o.least, r.min)
			if r.max >= 0 && (o.most < 0 || r.max < o.most) {
				o.most = r.max
			}
		}
	}
	for name := range o.k.forced {
		o.must[name] = true
	}
	for _, name := range known {
		if o.must[name] || o.wanted(name) {
			o.names = append(o.names, name)
		}
	}
	var rest []string
	for name := range o.must {
		if !slices.Contains(o.names, name) {
			rest = append(rest, name)
		}
	}
	slices.Sort(rest)
	o.names = append(o.names, rest...)
}

// wanted reports whether an optional field is made.
func (o *outline) wanted(name string) bool {
	// As many as must be there are made in any case.
	isFew := len(o.names) < o.least
	if !isFew && (o.Minimal || o.lean == o.depth || o.depth >= deepestExample || o.nodes > mostNodes && o.depth > 1) {
		return false
	}
	// A value that is tried again at random has some fields and not others.
	if o.lean < 0 && o.Rand == nil && o.random != nil && o.random.IntN(3) == 0 {
		return false
	}
	subs, allowed := o.subs(name)
	return allowed && !o.wrongWay(name) && !o.leadsBack(subs) && o.named(name)
}

// wrongWay reports whether a field is for the other direction: readOnly in a request, writeOnly in a response.
func (o *outline) wrongWay(name string) bool {
	return slices.ContainsFunc(o.k.parts, func(s *Schema) bool {
		if s.objects == nil || s.objects.index[name] == nil {
			return false
		}
		readOnly, writeOnly := s.objects.index[name].access(0)
		return o.Request && readOnly || !o.Request && writeOnly
	})
}

// named reports whether a field may have its name, by propertyNames.
func (o *outline) named(name string) bool {
	return !slices.ContainsFunc(o.k.parts, func(s *Schema) bool {
		return s.objects != nil && s.objects.names != nil && !o.Fits(s.objects.names, node.Text(name))
	})
}

// leadsBack reports whether a field is of a schema that is being made, or a list of one.
func (m *maker) leadsBack(subs []*Schema) bool {
	return slices.ContainsFunc(subs, func(s *Schema) bool {
		items := s.Items()
		return m.open[s.target()] > 0 || items != nil && m.open[items.target()] > 0
	})
}

// subs are the schemas of a field, of all parts; false where one of them allows no such field.
func (o *outline) subs(name string) (list []*Schema, allowed bool) {
	known := false
	for _, s := range o.k.parts {
		r := s.objects
		if r == nil {
			continue
		}
		matched := false
		if sub := r.index[name]; sub != nil {
			list, matched = append(list, sub), true
		}
		for _, p := range r.patterns {
			if ok, err := p.pattern.MatchString(name); err == nil && ok {
				list, matched = append(list, p.schema), true
			}
		}
		if !matched && r.additional != nil && (!r.additional.never || !o.k.together[s][name]) {
			list = append(list, r.additional)
			matched = !r.additional.never
		}
		known = known || matched
	}
	for _, s := range o.k.parts {
		if r := s.objects; r != nil && r.unevaluated != nil && !known {
			list = append(list, r.unevaluated)
		}
	}
	list = slices.DeleteFunc(list, func(s *Schema) bool { return s == nil })
	return list, !slices.ContainsFunc(list, func(s *Schema) bool { return s.target().never })
}

// depend adds what the fields that are there ask for: other fields, or schemas of the whole.
func (o *outline) depend() {
	for again := true; again; {
		again = false
		for _, s := range slices.Clone(o.k.parts) {
			if s.objects == nil {
				continue
			}
			for _, d := range s.objects.dependent {
				if !slices.Contains(o.names, d.name) {
					continue
				}
				for _, name := range d.required {
					if !slices.Contains(o.names, name) {
						o.names, again = append(o.names, name), true
					}
					o.must[name] = true
				}
				if d.schema == nil || slices.Contains(o.k.seen, d.schema) {
					continue
				}
				o.k.add(d.schema)
				again = true
				for _, name := range d.schema.AllRequired(!o.Request) {
					if !slices.Contains(o.names, name) {
						o.names = append(o.names, name)
					}
					o.must[name] = true
				}
			}
		}
	}
	o.k.open = nil // alternatives that a dependency has are left to chance
}

// invent is a name for a field that no part of the object names: the i-th, so that several differ.
func (o *outline) invent(i int, keys []string) string {
	var names []*Schema
	var texts []string
	for _, s := range o.k.parts {
		if s.objects == nil {
			continue
		}
		if s.objects.names != nil {
			names = append(names, s.objects.names)
		}
		for _, p := range s.objects.patterns {
			if p.schema != nil && !p.schema.never {
				texts = append(texts, o.textFor(p.pattern, p.pattern.String(), i))
			}
		}
	}
	if len(names) > 0 {
		return o.other(names, "key", o.depth+1, func(v *node.Node) bool { return v.Kind == node.String && !slices.Contains(keys, v.Text) }).Text
	}
	if len(texts) > 0 {
		return texts[(i-1)%len(texts)]
	}
	return "key" + strconv.Itoa(i)
}

// A listing is what all parts ask of a list.
type listing struct {
	least, most int // elements; most is -1 for no limit
	prefixed    int // how many have a schema by their place
	unique      bool
	leadsBack   bool
	contained   []*Schema // each as often as it has to be there
}

// listing gathers what the parts ask.
func (m *maker) listing(k *conjunction) *listing {
	l := &listing{most: -1}
	for _, s := range k.parts {
		a := s.arrays
		if a == nil {
			continue
		}
		l.least, l.prefixed, l.unique = max(l.least, a.minItems), max(l.prefixed, len(a.prefix)), l.unique || a.unique
		if a.maxItems >= 0 && (l.most < 0 || a.maxItems < l.most) {
			l.most = a.maxItems
		}
		if a.contains != nil {
			for range min(a.minContains, mostElements) {
				l.contained = append(l.contained, a.contains)
			}
		}
		l.leadsBack = l.leadsBack || a.items != nil && m.leadsBack([]*Schema{a.items})
	}
	return l
}

// place says which element has to be one that the list must contain: nil for those that need not.
func (m *maker) place(l *listing, n int) []*Schema {
	places := make([]*Schema, n)
	// They stand behind those with places of their own, where there is room; another try puts them elsewhere.
	begin := min(l.prefixed, max(0, n-len(l.contained)))
	if m.random != nil && n > 0 {
		begin = m.random.IntN(n)
	}
	for i, s := range l.contained {
		if n > 0 {
			places[(begin+i)%n] = s
		}
	}
	return places
}

// array makes a list.
func (m *maker) array(k *conjunction, name string, depth int) *node.Node {
	l := m.listing(k)
	n := max(l.least, len(l.contained))
	if !l.leadsBack && depth < deepestExample && (m.nodes <= mostNodes || depth < 2) && m.lean != depth && (n > 0 || hasItems(k)) {
		n = max(n, 1, l.prefixed)
	}
	if l.prefixed > 0 && len(l.contained) > 0 {
		n = max(n, l.prefixed+len(l.contained))
	}
	if l.most >= 0 {
		n = min(n, l.most)
	}
	n = min(n, mostElements)
	places := m.place(l, n)
	var list []*node.Node
	for i := range n {
		subs := elements(k, i, places[i])
		if slices.ContainsFunc(subs, func(s *Schema) bool { return s.target().never }) && i >= l.least {
			break
		}
		singular := strings.TrimSuffix(name, "s")
		v := m.value(subs, singular, depth+1)
		if isNew := func(v *node.Node) bool {
			return !slices.ContainsFunc(list, func(o *node.Node) bool { return node.Equal(o, v) })
		}; l.unique && !isNew(v) {
			if v = m.other(subs, singular, depth+1, isNew); !isNew(v) && i >= l.least {
				break
			}
		}
		list = append(list, v)
	}
	m.nodes++
	return node.List(nil, list)
}

// mostElements is how long a list is made: who asks for more gets one that does not fit.
const mostElements = 10_000

// hasItems reports whether anything is said of the elements of a list.
func hasItems(k *conjunction) bool {
	return slices.ContainsFunc(k.parts, func(s *Schema) bool {
		return s.arrays != nil && (s.arrays.items != nil || s.arrays.prefix != nil || s.arrays.unevaluated != nil)
	})
}

// elements are the schemas of the element at an index; contained is what the list has to contain there, nil for nothing.
func elements(k *conjunction, i int, contained *Schema) []*Schema {
	var list []*Schema
	known := contained != nil
	if contained != nil {
		list = append(list, contained)
	}
	for _, s := range k.parts {
		a := s.arrays
		switch {
		case a == nil:
			continue
		case i < len(a.prefix):
			list, known = append(list, a.prefix[i]), true
		case a.items != nil:
			list, known = append(list, a.items), true
		}
	}
	for _, s := range k.parts {
		if s.arrays != nil && s.arrays.unevaluated != nil && !known {
			list = append(list, s.arrays.unevaluated)
		}
	}
	return list
}

// mostOthers is how often another value is tried.
const mostOthers = 40

// other is a value that differs from those that are there; one that does not, where none was found.
func (m *maker) other(subs []*Schema, name string, depth int, isNew func(*node.Node) bool) *node.Node {
	random, fresh := m.random, m.fresh
	defer func() { m.random, m.fresh = random, fresh }()
	m.fresh = true
	var v *node.Node
	for try := range mostOthers {
		m.random = m.again(1000 + try)
		if v = m.value(subs, name, depth); isNew(v) {
			break
		}
	}
	return v
}
