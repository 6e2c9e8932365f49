package contract

import (
	"posthaste/internal/openapi"
	"posthaste/internal/openapi/node"
	"posthaste/internal/openapi/schema"
	"posthaste/runner/event"
)

// seen is what one exchange covers. It is gathered without a lock and added to the coverage
// at once.
type seen struct {
	operation                   *openapi.Operation
	parameters, headers         []*openapi.Parameter
	response                    *openapi.Response
	requestMarks, responseMarks []schema.Mark
}

// coverage counts what of the files was seen. Its size is that of the files, however long the
// run is. The Contract's lock guards it.
type coverage struct {
	files  []event.Coverage
	places map[any]place // of operations, parameters and responses
	// Properties and enum values, by where they are met.
	request map[schema.Mark]place
	answers map[schema.Mark]place
}

// A place is a point in files: indices of coverage.files and of its Points.
type place struct{ file, point int }

// newCoverage lists every point of the files with a count of 0, so that what is never called
// appears, too.
func newCoverage(docs []*openapi.Document) *coverage {
	c := &coverage{places: map[any]place{}, request: map[schema.Mark]place{}, answers: map[schema.Mark]place{}}
	for i, d := range docs {
		c.files = append(c.files, event.Coverage{File: d.Name, Title: d.Title})
		w := &lister{coverage: c, file: i, named: map[listed]bool{}}
		for _, o := range d.Operations {
			w.operation(o)
		}
	}
	return c
}

// A lister lists what a file documents, in the file's order, which is the order of reports.
type lister struct {
	*coverage
	file  int
	named map[listed]bool // what references lead to and is listed already
}

// A listed is a schema that has a name, in one direction.
type listed struct {
	schema    *schema.Schema
	isRequest bool
}

// point adds a point to the lister's file.
func (w *lister) point(p event.Covered) place {
	f := &w.files[w.file]
	f.Points = append(f.Points, p)
	return place{w.file, len(f.Points) - 1}
}

// operation lists an operation with its parameters, statuses and the properties of its
// schemas. A schema that several operations share is listed with the first.
func (w *lister) operation(o *openapi.Operation) {
	name := o.String()
	w.places[o] = w.point(event.Covered{Kind: event.CoveredOperation, Name: name, Place: lineOf(o.Node), Deprecated: o.Deprecated})
	for _, p := range o.Parameters {
		// Nobody can say whether they were tested: content types and credentials are checked
		// elsewhere.
		if p.In == "header" && ignoredHeader(p.Name) {
			continue
		}
		key := parameterKey{o, p}
		w.places[key] = w.point(event.Covered{Kind: event.CoveredParameter, Operation: name, Name: p.In + " " + p.Name, Place: lineOf(p.Node), Deprecated: p.Deprecated})
		w.schema(p.Schema, p.Name, true, map[*schema.Schema]bool{})
	}
	if o.Body != nil {
		for _, m := range o.Body.Content {
			w.schema(m.Schema, "", true, map[*schema.Schema]bool{})
		}
	}
	for _, r := range o.Responses {
		w.places[r] = w.point(event.Covered{Kind: event.CoveredStatus, Operation: name, Name: r.Status, Place: lineOf(r.Node)})
		for _, h := range r.Headers {
			w.schema(h.Schema, h.Name, false, map[*schema.Schema]bool{})
		}
		for _, m := range r.Content {
			w.schema(m.Schema, "", false, map[*schema.Schema]bool{})
		}
	}
}

// A parameterKey is a parameter of an operation: those of a path are shared by its
// operations, and covered in each.
type parameterKey struct {
	operation *openapi.Operation
	parameter *openapi.Parameter
}

// lineOf is file:line:column of a node, which reports link to.
func lineOf(n *node.Node) string { return n.Place() }

// schema lists the properties and enum values of a schema, once for requests and once for
// responses. name is the path of properties down to the schema, for people: "amount.value".
// visited ends recursion of schemas that refer to themselves.
func (w *lister) schema(s *schema.Schema, name string, isRequest bool, visited map[*schema.Schema]bool) {
	if s == nil || visited[s] {
		return
	}
	visited[s] = true
	into, kind := w.answers, event.CoveredResponse
	if isRequest {
		into, kind = w.request, event.CoveredRequest
	}
	// What a reference leads to is called by its own name, wherever it is used:
	// "Payment.amount". It so has one point for all its users.
	if ref := s.Node.Str("$ref"); ref != "" && s.Node.Kind == node.Object {
		if last := schema.LastToken(ref); last != "" {
			s.Below(func(_ string, sub *schema.Schema) {
				// Once for all that refer to it: schemas that refer to each other would else be walked through again from each operation.
				key := listed{sub, isRequest}
				if !w.named[key] {
					w.named[key] = true
					w.schema(sub, last, isRequest, visited)
				}
			})
			return
		}
	}
	for i, v := range s.Enum {
		mark := schema.Mark{Schema: s, Enum: i + 1}
		if _, known := into[mark]; !known {
			into[mark] = w.point(event.Covered{Kind: event.CoveredEnum, Operation: kind, Name: name + " = " + shown(v), Place: lineOf(v)})
		}
	}
	s.Below(func(property string, sub *schema.Schema) {
		if property == "" {
			w.schema(sub, name, isRequest, visited)
			return
		}
		own := property
		if name != "" {
			own = name + "." + property
		}
		mark := schema.Mark{Schema: sub}
		// readOnly properties are not expected in requests, nor writeOnly ones in responses.
		if readOnly, writeOnly := sub.ReadOnly, sub.WriteOnly; (!isRequest || !readOnly) && (isRequest || !writeOnly) {
			if _, known := into[mark]; !known {
				into[mark] = w.point(event.Covered{Kind: kind, Name: own, Place: lineOf(sub.Node), Deprecated: sub.Deprecated})
			}
		}
		w.schema(sub, own, isRequest, visited)
	})
}

// add counts what an exchange covers; one without an operation covers nothing. The caller has
// the lock.
func (c *coverage) add(s *seen) {
	if s.operation == nil {
		return
	}
	c.count(c.places, s.operation)
	for _, p := range s.parameters {
		c.count(c.places, parameterKey{s.operation, p})
	}
	if s.response != nil {
		c.count(c.places, s.response)
	}
	for _, m := range s.requestMarks {
		c.mark(c.request, m)
	}
	for _, m := range s.responseMarks {
		c.mark(c.answers, m)
	}
}

// skip counts an exchange whose body was not judged, at the file that has its operation. The caller has the lock.
func (c *coverage) skip(o *openapi.Operation) {
	if p, ok := c.places[o]; ok {
		c.files[p.file].NotJudged++
	}
}

// count adds 1 to a point. Things that have none, such as ignored headers, are passed over.
func (c *coverage) count(places map[any]place, key any) {
	if p, ok := places[key]; ok {
		c.files[p.file].Points[p.point].Seen++
	}
}

// mark is count for a property or an enum value.
func (c *coverage) mark(places map[schema.Mark]place, m schema.Mark) {
	if p, ok := places[m]; ok {
		c.files[p.file].Points[p.point].Seen++
	}
}

// Coverage is what the run has covered so far, a file each. The lists are copies.
func (c *Contract) Coverage() []event.Coverage {
	c.mu.Lock()
	defer c.mu.Unlock()
	list := make([]event.Coverage, len(c.coverage.files))
	for i, f := range c.coverage.files {
		f.Points = append([]event.Covered(nil), f.Points...)
		list[i] = f
	}
	return list
}
