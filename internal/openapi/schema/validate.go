package schema

import (
	"fmt"
	"slices"
	"strings"

	"posthaste/internal/openapi/node"
)

// at validates a value that no schema was held against yet, below a schema that is at work on
// what it is in. The list of schemas at work begins again: a recursive schema may be applied
// to a child.
func (r *run) at(s *Schema, v *node.Node, at *place) bool {
	outer := r.inplace
	r.inplace = nil
	ok := r.apply(s, v, at, &evaluated{})
	r.inplace = outer
	return ok
}

// apply holds a value against a schema, and notes what of it was looked at. It is false where
// the value does not fit; why is in r.failures. Beyond maxChecks everything fits, and
// Validate reports that it gave up.
func (r *run) apply(s *Schema, v *node.Node, at *place, ev *evaluated) bool {
	r.checks++
	if r.checks > maxChecks || slices.Contains(r.inplace, s) {
		return true // a schema that leads back to itself asks for nothing new
	}
	if s.never {
		r.fail(Failure{Keyword: "false", Message: "nothing is allowed here", Schema: s.Node, Value: v}, at)
		return false
	}
	// For cycles and for $dynamicRef; both are taken off again below.
	r.inplace = append(r.inplace, s)
	r.scopes = append(r.scopes, s.scope)
	own := ev
	if s.arrays != nil && s.arrays.unevaluated != nil || s.objects != nil && s.objects.unevaluated != nil {
		own = &evaluated{} // what schemas beside this one have looked at does not count
	}
	if s.together != nil {
		r.unions = append(r.unions, union{v, s.together})
	}
	ok := r.keywords(s, v, at, own)
	if s.together != nil {
		r.unions = r.unions[:len(r.unions)-1]
	}
	if own != ev {
		ev.merge(own)
	}
	r.scopes = r.scopes[:len(r.scopes)-1]
	r.inplace = r.inplace[:len(r.inplace)-1]
	return ok
}

// keywords applies the groups of keywords in an order that gives the best messages: null and
// references, then the type, which makes the rest pointless when it is wrong, then the
// others.
func (r *run) keywords(s *Schema, v *node.Node, at *place, ev *evaluated) bool {
	// nullable allows null whatever type, enum and the others say. (OpenAPI 3.0.3 made null
	// subject to enum, which nearly all files overlook.)
	if s.nullable && v.Kind == node.Null {
		return true
	}
	ok := true
	if s.ref != nil {
		ok = r.apply(s.ref, v, at, ev)
		if s.ignoring {
			return ok
		}
	}
	// Behind $ref, so that a schema it leads to may still say what is known of the value.
	if r.opt.Unknown != nil && r.opt.Unknown(v) {
		return true
	}
	if s.dynamic != nil {
		ok = r.apply(r.dynamicTarget(s.dynamic), v, at, ev) && ok
	}
	if !r.typed(s, v, at) {
		return false // what else is asked is of no use
	}
	ok = r.values(s, v, at) && ok
	ok = r.logic(s, v, at, ev) && ok
	switch v.Kind {
	case node.Number:
		ok = r.number(s, v, at) && ok
	case node.String:
		ok = r.text(s, v, at) && ok
	case node.Array:
		ok = r.array(s, v, at, ev) && ok
	case node.Object:
		ok = r.object(s, v, at, ev) && ok
	default:
	}
	return ok
}

// dynamicTarget is where a $dynamicRef leads: to the outermost schema at work that has such
// an anchor. A generic schema so refers to its extension without knowing it (2020-12 core,
// 8.2.3.2).
func (r *run) dynamicTarget(d *dynamic) *Schema {
	if d.anchor != "" {
		for _, res := range r.scopes {
			if s := res.schemas[d.anchor]; s != nil {
				return s
			}
		}
	}
	return d.to
}

// typed holds the kind of a value against type. 1.0 and 1e2 are integers (draft 6 and later;
// also taken so in OAS30).
func (r *run) typed(s *Schema, v *node.Node, at *place) bool {
	if s.types == 0 || s.types.has(v.Kind) {
		return true
	}
	if v.Kind == node.Number && s.types&integer != 0 && node.IsInteger(v.Text) {
		return true
	}
	is := v.Kind.String()
	r.fail(Failure{Keyword: "type", Message: is + " where " + s.types.words() + " is asked", Schema: keywordAt(s.Node, "type"), Value: v}, at)
	return false
}

// keywordAt is the place of a keyword, or of its schema where the keyword does not stand
// there itself, as with required by dependentRequired.
func keywordAt(n *node.Node, keyword string) *node.Node {
	if v := n.Get(keyword); v != nil {
		return v
	}
	return n
}

// words is "integer", or "integer or null". integer is not named beside number, which
// includes it.
func (t types) words() string {
	var list []string
	if t&integer != 0 && !t.has(node.Number) {
		list = append(list, "integer")
	}
	for k := node.Null; k <= node.Object; k++ {
		if t.has(k) {
			list = append(list, k.String())
		}
	}
	if i := slices.Index(list, "null"); i >= 0 { // reads better at the end
		list = append(slices.Delete(list, i, i+1), "null")
	}
	return strings.Join(list, " or ")
}

// values holds a value against enum and const.
func (r *run) values(s *Schema, v *node.Node, at *place) bool {
	ok := true
	if s.Enum != nil {
		i := slices.IndexFunc(s.Enum, func(e *node.Node) bool { return node.Equal(e, v) })
		switch {
		// The first equal value counts as met; a file that lists one twice never covers the
		// second.
		case i >= 0 && r.opt.Trace:
			r.marks = append(r.marks, Mark{Schema: s, Enum: i + 1})
		case i < 0 && !r.uncertain(v):
			r.fail(Failure{Keyword: "enum", Message: v.Short() + " is not one of " + listed(s.Enum), Schema: keywordAt(s.Node, "enum"), Value: v}, at)
			ok = false
		}
	}
	if s.konst != nil && !node.Equal(s.konst, v) && !r.uncertain(v) {
		r.fail(Failure{Keyword: "const", Message: v.Short() + " where " + s.konst.Short() + " is asked", Schema: keywordAt(s.Node, "const"), Value: v}, at)
		ok = false
	}
	return ok
}

// uncertain reports whether a part of a value is not known. Such a value fits whatever it might fit; it is no proof that it
// would not fit something else.
func (r *run) uncertain(v *node.Node) bool {
	if r.opt.Unknown == nil {
		return false
	}
	return r.opt.Unknown(v) || slices.ContainsFunc(v.Items, r.uncertain)
}

// listed is the first of some values for a message, shortened each, with the number of those
// left out.
func listed(values []*node.Node) string {
	const shown = 8
	var list []string
	for _, v := range values[:min(shown, len(values))] {
		list = append(list, v.Short())
	}
	text := strings.Join(list, ", ")
	if more := len(values) - shown; more > 0 {
		text += fmt.Sprintf(" and %d more", more)
	}
	return text
}

// trial runs a check whose failures do not count, and takes back what it noted unless the
// value fits. The failures are returned, for those who want to say why nothing did fit. ev is
// merged by the caller when the trial counts.
func (r *run) trial(s *Schema, v *node.Node, at *place) (ok bool, failures []Failure, ev *evaluated) {
	outer, marks, known := r.failures, len(r.marks), len(r.known)
	r.failures = nil
	ev = &evaluated{}
	ok = r.apply(s, v, at, ev)
	failures, r.failures = r.failures, outer
	if !ok {
		r.marks, r.known = r.marks[:marks], r.known[:known]
	}
	return ok, failures, ev
}

// logic applies what combines schemas: allOf, the discriminator or else anyOf and oneOf, not,
// and if.
func (r *run) logic(s *Schema, v *node.Node, at *place, ev *evaluated) bool {
	ok := true
	for _, sub := range s.allOf {
		ok = r.apply(sub, v, at, ev) && ok
	}
	// A discriminator replaces the trial of all alternatives, so that a failure tells of the
	// one that was meant.
	switch done, fits := r.discriminated(s, v, at, ev); {
	case done:
		ok = fits && ok
	default:
		if s.anyOf != nil {
			ok = r.alternatives(s, s.anyOf, "anyOf", v, at, ev) && ok
		}
		if s.oneOf != nil {
			ok = r.alternatives(s, s.oneOf, "oneOf", v, at, ev) && ok
		}
	}
	if s.not != nil {
		// What is met while a value is held against not says nothing of coverage, also where
		// it fits.
		marks, known := len(r.marks), len(r.known)
		fits, _, _ := r.trial(s.not, v, at)
		r.marks, r.known = r.marks[:marks], r.known[:known]
		if fits && !r.uncertain(v) {
			r.fail(Failure{Keyword: "not", Message: v.Short() + " is what must not be there", Schema: keywordAt(s.Node, "not"), Value: v}, at)
			ok = false
		}
	}
	if s.cond != nil {
		fits, _, seen := r.trial(s.cond.when, v, at)
		if fits && r.uncertain(v) {
			return ok // it may or may not fit, so that neither branch is asked for
		}
		next := s.cond.otherwise
		if fits {
			// What if has looked at counts, if it fits (2020-12 core, 11.2.1).
			ev.merge(seen)
			next = s.cond.then
		}
		if next != nil {
			ok = r.apply(next, v, at, ev) && ok
		}
	}
	return ok
}

// alternatives is anyOf and oneOf. Where none fits, the failures of the one that fits best
// are told: "fits none of 5" helps nobody who made a slip in the third.
func (r *run) alternatives(s *Schema, list []*Schema, keyword string, v *node.Node, at *place, ev *evaluated) bool {
	fits := 0
	var best []Failure
	for _, sub := range list {
		ok, failures, seen := r.trial(sub, v, at)
		switch {
		case ok:
			fits++
			// Each alternative is tried, also behind one that fits, since all of them
			// contribute to what was looked at.
			ev.merge(seen)
		case best == nil || nearer(failures, best):
			best = failures
		}
	}
	switch {
	case fits == 1, fits > 1 && (keyword == "anyOf" || r.uncertain(v)):
		return true
	case fits > 1:
		r.fail(Failure{Keyword: keyword, Message: fmt.Sprintf("it fits %d of %d alternatives where exactly one is asked", fits, len(list)), Schema: keywordAt(s.Node, keyword), Value: v}, at)
	// An empty list is invalid, and asks for nothing.
	case len(list) == 0:
		return true
	case distance(best) < farOff:
		r.failures = append(r.failures, best...)
	default:
		r.fail(Failure{Keyword: keyword, Message: fmt.Sprintf("%s fits none of %d alternatives", article(v.Kind), len(list)), Schema: keywordAt(s.Node, keyword), Value: v}, at)
	}
	return false
}

// farOff is the distance of an alternative that is for another type of value. Below it, an
// alternative is near enough for its failures to be shown.
const farOff = 1000

// distance is how far a value is from an alternative, as a number without a unit. Of failures
// deeper in the value there may be more: a wrong type, constant or enum at the top means that
// another alternative was intended, a wrong one further down does not.
func distance(failures []Failure) int {
	n := len(failures)
	for _, f := range failures {
		switch f.Keyword {
		case "type", "const", "enum", "false":
			if strings.Count(f.Pointer, "/") == shallowest(failures) {
				n += farOff / 2
			}
			if f.Keyword == "type" && f.Pointer == failures[0].Pointer && len(failures) == 1 {
				n += farOff
			}
		}
	}
	return n
}

// shallowest is the smallest depth of the failures, in levels below the root; there must be
// one at least.
func shallowest(failures []Failure) int {
	depth := strings.Count(failures[0].Pointer, "/")
	for _, f := range failures {
		depth = min(depth, strings.Count(f.Pointer, "/"))
	}
	return depth
}

// nearer compares alternatives by their failures; of equals the first in the file is kept.
func nearer(a, b []Failure) bool { return distance(a) < distance(b) }

// discriminated chooses the alternative that the value itself names. It is not done where
// there is no discriminator, where the value is no object, or where the naming property is
// missing, masked or no string.
func (r *run) discriminated(s *Schema, v *node.Node, at *place, ev *evaluated) (done, ok bool) {
	d := s.branches
	if d == nil || v.Kind != node.Object {
		return false, true
	}
	chosen := v.Get(d.property)
	if chosen == nil || chosen.Kind != node.String {
		return false, true // whether it must be there, required says
	}
	if r.opt.Unknown != nil && r.opt.Unknown(chosen) {
		return false, true
	}
	sub := d.byValue[chosen.Text]
	switch {
	// apply, not at: the alternative describes the same value.
	case sub != nil:
		return true, r.apply(sub, v, at, ev)
	// Without alternatives an unknown name is an ordinary value of the base schema; and an enum
	// of an alternative may allow what no mapping names.
	case d.alone, d.knowsOtherwise(chosen):
		return false, true
	}
	r.fail(Failure{
		Pointer: "/" + node.Escape(d.property), Keyword: "discriminator", Schema: d.at, Value: chosen,
		Message: chosen.Short() + " names none of the alternatives",
	}, at)
	return true, false
}

// knowsOtherwise reports whether an alternative itself allows a value that it is not called by: the file has no mapping, and means the
// values of an enum and not the names of schemas.
func (d *discriminator) knowsOtherwise(chosen *node.Node) bool {
	for _, sub := range d.byValue {
		p := sub.Property(d.property)
		if p == nil {
			continue
		}
		p = p.target()
		if p.konst != nil && node.Equal(p.konst, chosen) || slices.ContainsFunc(p.Enum, func(e *node.Node) bool { return node.Equal(e, chosen) }) {
			return true
		}
	}
	return false
}
