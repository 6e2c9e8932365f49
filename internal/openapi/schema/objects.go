package schema

import (
	"fmt"
	"strconv"

	"posthaste/internal/openapi/node"
)

// object holds the members of an object against the schema's keywords. Each is checked, also
// behind a failure: the user wants to see all that is wrong in one run. ev is told which
// members were looked at.
func (r *run) object(s *Schema, v *node.Node, at *place, ev *evaluated) bool {
	o := s.objects
	if o == nil {
		return true
	}
	ok := r.sizes(s, v, at)
	// The failure points at the member that is missing, so that its name appears in the
	// message's place.
	for _, name := range o.required {
		r.asks(v, name, at)
		if v.Index(name) >= 0 || r.notAsked(o.index[name]) || o.index[name] == nil && r.elsewhere(name) {
			continue
		}
		r.fail(Failure{Pointer: "/" + node.Escape(name), Keyword: "required", Message: "it is missing", Schema: keywordAt(s.Node, "required")}, at)
		ok = false
	}
	// That the object was held against a list of properties, whatever they know: without
	// this, its fields are not reported as undocumented.
	if r.opt.Trace && (o.index != nil || o.patterns != nil) {
		r.known = append(r.known, known{object: v, at: at, index: -1})
	}
	for i, key := range v.Keys {
		ok = r.property(s, v, i, key, at, ev) && ok
	}
	for _, d := range o.dependent {
		ok = r.depends(s, d, v, at, ev) && ok
	}
	// Last, as it concerns the members that no other keyword looked at, those of subschemas
	// in place included (2020-12 core, 11.3).
	if o.unevaluated != nil {
		for i, key := range v.Keys {
			if ev.keys != nil && ev.keys[i] {
				continue
			}
			ev.key(v, i)
			r.knows(v, i, at)
			if o.unevaluated.never {
				r.extra(o.unevaluatedAt, "unevaluatedProperties", key, v.Items[i], at)
				ok = false
				continue
			}
			ok = r.at(o.unevaluated, v.Items[i], &place{at, key, -1}) && ok
		}
	}
	return ok
}

// extra fails for a field that additionalProperties or unevaluatedProperties forbids, at the
// field's own place.
func (r *run) extra(where *node.Node, keyword, key string, v *node.Node, at *place) {
	r.fail(Failure{Keyword: keyword, Message: "this field is not allowed", Schema: where, Value: v}, &place{at, key, -1})
}

// knows notes that a schema knows a field.
func (r *run) knows(v *node.Node, i int, at *place) {
	if r.opt.Trace {
		r.known = append(r.known, known{object: v, at: at, index: i})
	}
}

// asks notes that a schema asks for a field, and so knows it.
func (r *run) asks(v *node.Node, name string, at *place) {
	if i := v.Index(name); r.opt.Trace && i >= 0 {
		r.known = append(r.known, known{object: v, at: at, index: i, asked: true})
	}
}

// notAsked says that a property that is required need not be there: OpenAPI 3.0.3, Schema
// Object: "If the property is marked as readOnly being true and is in the required list, the
// required will take effect on the response only", and the reverse for writeOnly.
func (r *run) notAsked(s *Schema) bool {
	if s == nil || !r.opt.Request && !r.opt.Response {
		// Neither direction is known when a value is judged alone, such as an example of the
		// file; then all of required counts.
		return false
	}
	readOnly, writeOnly := s.access(0)
	return r.opt.Request && readOnly || r.opt.Response && writeOnly
}

// access is readOnly and writeOnly of a schema, or of what its $ref leads to. 10 references
// end a cycle; no real file chains as many.
func (s *Schema) access(depth int) (readOnly, writeOnly bool) {
	readOnly, writeOnly = s.ReadOnly, s.WriteOnly
	if s.ref != nil && depth < 10 {
		r, w := s.ref.access(depth + 1)
		readOnly, writeOnly = readOnly || r, writeOnly || w
	}
	return readOnly, writeOnly
}

// property holds one property against all schemas for it: its own, those of matching
// patterns, propertyNames, and additionalProperties where neither of the first two concern
// it.
func (r *run) property(s *Schema, v *node.Node, i int, key string, at *place, ev *evaluated) bool {
	o := s.objects
	ok, matched := true, false
	here := &place{at, key, -1}
	value := v.Items[i]
	if sub := o.index[key]; sub != nil {
		matched = true
		// A mark for each documented field that was met, for the coverage of the contract.
		if r.opt.Trace {
			r.marks = append(r.marks, Mark{Schema: sub})
		}
		// The value of a field that must not be there is not checked, too: one failure says
		// enough.
		ok = r.direction(sub, value, here) && r.at(sub, value, here)
	}
	for _, p := range o.patterns {
		// A pattern that runs out of time matches nothing; the field is then subject to
		// additionalProperties.
		if match, err := p.pattern.MatchString(key); err == nil && match {
			matched = true
			ok = r.at(p.schema, value, here) && ok
		}
	}
	if o.names != nil {
		ok = r.at(o.names, node.Text(key), here) && ok
	}
	if !matched && o.additional != nil {
		matched = true
		if o.additional.never && r.permitted(s, v, key) {
			matched = false // the other part knows it
		} else if o.additional.never {
			r.extra(o.additionalAt, "additionalProperties", key, value, at)
			ok = false
		} else {
			ok = r.at(o.additional, value, here) && ok
		}
	}
	if matched {
		ev.key(v, i)
		r.knows(v, i, at)
	}
	return ok
}

// direction refuses properties that are only sent, or only received. The specification says
// SHOULD NOT for these; a contract that names a field readOnly and a client that sends it
// disagree all the same.
func (r *run) direction(s *Schema, v *node.Node, at *place) bool {
	if !r.opt.Request && !r.opt.Response {
		return true
	}
	readOnly, writeOnly := s.access(0)
	switch {
	case r.opt.Response && writeOnly:
		r.fail(Failure{Keyword: "writeOnly", Message: "it is write-only and stands in a response", Schema: keywordAt(s.Node, "writeOnly"), Value: v}, at)
	case r.opt.Request && readOnly:
		r.fail(Failure{Keyword: "readOnly", Message: "it is read-only and stands in a request", Schema: keywordAt(s.Node, "readOnly"), Value: v}, at)
	default:
		return true
	}
	return false
}

// sizes counts the members of an object; an o.min of -1 is never undercut.
func (r *run) sizes(s *Schema, v *node.Node, at *place) bool {
	o, n, ok := s.objects, len(v.Keys), true
	if n < o.min {
		r.fail(Failure{Keyword: "minProperties", Message: fmt.Sprintf("%d properties where at least %d are asked", n, o.min), Schema: keywordAt(s.Node, "minProperties"), Value: v}, at)
		ok = false
	}
	if o.max >= 0 && n > o.max {
		r.fail(Failure{Keyword: "maxProperties", Message: fmt.Sprintf("%d properties where at most %d are allowed", n, o.max), Schema: keywordAt(s.Node, "maxProperties"), Value: v}, at)
		ok = false
	}
	return ok
}

// depends is dependencies, dependentRequired and dependentSchemas: what one field, when it is
// there, asks of the object that has it.
func (r *run) depends(s *Schema, d dependency, v *node.Node, at *place, ev *evaluated) bool {
	if v.Index(d.name) < 0 {
		return true
	}
	ok := true
	for _, name := range d.required {
		r.asks(v, name, at)
		if v.Index(name) < 0 {
			r.fail(Failure{Pointer: "/" + node.Escape(name), Keyword: "dependentRequired", Message: "it is missing where " + strconv.Quote(d.name) + " is there", Schema: s.Node}, at)
			ok = false
		}
	}
	if d.schema != nil {
		ok = r.apply(d.schema, v, at, ev) && ok
	}
	return ok
}
