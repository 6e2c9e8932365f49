package schema

import (
	"fmt"
	"strconv"

	"posthaste/internal/openapi/node"
)

func (r *run) object(s *Schema, v *node.Node, at *place, ev *evaluated) bool {
	o := s.objects
	if o == nil {
		return true
	}
	ok := r.sizes(s, v, at)
	for _, name := range o.required {
		if v.Index(name) >= 0 || r.notAsked(o.index[name]) {
			continue
		}
		r.fail(Failure{Pointer: "/" + node.Escape(name), Keyword: "required", Message: "it is missing", Schema: keywordAt(s.Node, "required")}, at)
		ok = false
	}
	if r.opt.Trace && (o.index != nil || o.patterns != nil) {
		r.known = append(r.known, known{v, at, -1, false})
	}
	for i, key := range v.Keys {
		ok = r.property(s, v, i, key, at, ev) && ok
	}
	for _, d := range o.dependent {
		ok = r.depends(s, d, v, at, ev) && ok
	}
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

func (r *run) extra(where *node.Node, keyword, key string, v *node.Node, at *place) {
	r.fail(Failure{Keyword: keyword, Message: "this field is not allowed", Schema: where, Value: v}, &place{at, key, -1})
}

// knows notes that a schema knows a field.
func (r *run) knows(v *node.Node, i int, at *place) {
	if r.opt.Trace {
		r.known = append(r.known, known{v, at, i, false})
	}
}

// notAsked says that a property that is required need not be there: it is not sent, or not received.
func (r *run) notAsked(s *Schema) bool {
	if s == nil || !r.opt.Request && !r.opt.Response {
		return false
	}
	readOnly, writeOnly := s.access(0)
	return r.opt.Request && readOnly || r.opt.Response && writeOnly
}

// access is readOnly and writeOnly of a schema, or of what its $ref leads to.
func (s *Schema) access(depth int) (readOnly, writeOnly bool) {
	readOnly, writeOnly = s.ReadOnly, s.WriteOnly
	if s.ref != nil && depth < 10 {
		r, w := s.ref.access(depth + 1)
		readOnly, writeOnly = readOnly || r, writeOnly || w
	}
	return readOnly, writeOnly
}

// property holds one property against all schemas for it.
func (r *run) property(s *Schema, v *node.Node, i int, key string, at *place, ev *evaluated) bool {
	o := s.objects
	ok, matched := true, false
	here := &place{at, key, -1}
	value := v.Items[i]
	if sub := o.index[key]; sub != nil {
		matched = true
		if r.opt.Trace {
			r.marks = append(r.marks, Mark{Schema: sub})
		}
		ok = r.direction(sub, value, here) && r.at(sub, value, here)
	}
	for _, p := range o.patterns {
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
		if o.additional.never {
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

// direction refuses properties that are only sent, or only received.
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

// depends is dependencies, dependentRequired and dependentSchemas.
func (r *run) depends(s *Schema, d dependency, v *node.Node, at *place, ev *evaluated) bool {
	if v.Index(d.name) < 0 {
		return true
	}
	ok := true
	for _, name := range d.required {
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
