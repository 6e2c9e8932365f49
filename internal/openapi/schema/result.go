package schema

import (
	"strconv"
	"strings"

	"posthaste/internal/openapi/node"
)

// Options say how values are judged. The zero Options judge by the schema alone.
type Options struct {
	Request  bool // the value is sent: readOnly properties have no place in it
	Response bool // the value was received: writeOnly properties have no place in it
	Formats  bool // format is asked for, too
	// Unknown reports that a value is not known, such as a masked one: it fits any schema of its type. Nil knows all.
	Unknown func(*node.Node) bool
	// Trace wants Marks and Undocumented.
	Trace bool
}

// A Failure says what of a value does not fit.
type Failure struct {
	Pointer  string     // JSON pointer of the value, "" for the whole
	Keyword  string     // that asks
	Message  string     // "string where integer is asked"
	Schema   *node.Node // where the keyword stands, or its schema
	Value    *node.Node // nil where something is missing
	Count    int        // how many elements of lists fail in the same way; Pointer is of the first
	elements string     // Pointer without its indices
	// Without its indices, so that the same fault in 200 elements is one failure with a Count.
}

// A Mark is a property or an enum value that was met.
type Mark struct {
	Schema *Schema // of the property, or that has the enum
	Enum   int     // 1 + index of the value, 0 for a property
}

// A Result is what validating a value came to.
type Result struct {
	Failures []Failure
	Marks    []Mark
	// Undocumented are the fields that no schema knows, where a schema lists properties and does not say that there
	// are others.
	Undocumented []Failure
	// Exhausted says that the schema asks for more checks than are done: the value was not judged.
	Exhausted bool
}

// maxChecks is how many schemas one value is held against, as a bound of time: combinations of
// anyOf within anyOf multiply with every level of their depth. Beyond it the result is Exhausted.
const maxChecks = 2_000_000

// Validate holds a value against the schema. The value must not be changed meanwhile. It is
// safe for concurrent use, since a Schema is read only once compiled.
func (s *Schema) Validate(v *node.Node, opt Options) Result {
	r := &run{opt: opt}
	r.at(s, v, nil)
	out := Result{Failures: r.failures, Marks: r.marks, Exhausted: r.checks > maxChecks}
	if opt.Trace && !out.Exhausted {
		out.Undocumented = r.undocumented(v)
	}
	return out
}

// A place is where a value stands: a list from the value up to the root, which is nil.
// Pointers are made only for failures, as most values fit.
type place struct {
	up    *place
	key   string
	index int // -1 for a key
}

func (p *place) String() string { return p.text(true) }

// text is the JSON pointer (RFC 6901) of the place; without indices each element of a list is
// "*".
func (p *place) text(indices bool) string {
	if p == nil {
		return ""
	}
	// From the innermost to the outermost, and reversed below.
	var parts []string
	for ; p != nil; p = p.up {
		switch {
		case p.index < 0:
			parts = append(parts, node.Escape(p.key))
		case indices:
			parts = append(parts, strconv.Itoa(p.index))
		default:
			parts = append(parts, "*")
		}
	}
	var b strings.Builder
	for i := len(parts) - 1; i >= 0; i-- {
		b.WriteByte('/')
		b.WriteString(parts[i])
	}
	return b.String()
}

// run is one validation of one value. It gathers results while schemas are applied, and is
// not shared between goroutines.
type run struct {
	opt      Options
	failures []Failure
	marks    []Mark
	// For Undocumented: which objects were held against properties, and which of their fields
	// a schema knew.
	known []known
	// The resources of the schemas at work, the outermost first, for $dynamicRef.
	scopes []*resource
	// A schema that appears here twice would recurse without end.
	inplace []*Schema // those that are at work on the value at hand
	unions  []union   // objects at work that several schemas describe together
	// How many schemas were applied so far, against maxChecks.
	checks int
}

// known says that a schema with properties was held against an object; open, that it allows any others.
type known struct {
	object *node.Node
	at     *place
	index  int // of the property that a schema knows; -1 lists the object itself
	open   bool
	// The schema asks for the field by its name alone, and has no list of properties: this
	// makes the field known, and does not make the others unknown.
	asked bool
}

// evaluated is what keywords have looked at of one value, for unevaluatedProperties and unevaluatedItems.
type evaluated struct {
	keys  []bool
	items []bool
}

// key notes that member i of the object has been looked at. The slices are made on first use,
// since most schemas have no unevaluated keywords.
func (e *evaluated) key(v *node.Node, i int) {
	if e.keys == nil {
		e.keys = make([]bool, len(v.Keys))
	}
	e.keys[i] = true
}

// item is the same for element i of a list.
func (e *evaluated) item(v *node.Node, i int) {
	if e.items == nil {
		e.items = make([]bool, len(v.Items))
	}
	e.items[i] = true
}

// merge adds what a subschema that fits has looked at; those that fail contribute nothing
// (2020-12 core, 7.7.1).
func (e *evaluated) merge(o *evaluated) {
	if o.keys != nil {
		if e.keys == nil {
			e.keys = make([]bool, len(o.keys))
		}
		for i, set := range o.keys {
			e.keys[i] = e.keys[i] || set
		}
	}
	if o.items != nil {
		if e.items == nil {
			e.items = make([]bool, len(o.items))
		}
		for i, set := range o.items {
			e.items[i] = e.items[i] || set
		}
	}
}

// fail adds a failure; in a list, one of a kind is kept and counted. f.Pointer, where it is
// set, is relative to at. The search is linear: a value has few failures, or few kinds of
// them.
func (r *run) fail(f Failure, at *place) {
	elements := at.text(false)
	if f.Pointer != "" {
		elements += f.Pointer
	}
	f.Pointer, f.Count, f.elements = at.String()+f.Pointer, 1, elements
	for i := range r.failures {
		o := &r.failures[i]
		if o.Schema == f.Schema && o.Keyword == f.Keyword && o.elements == elements && strings.Contains(elements, "*") {
			o.Count++
			return
		}
	}
	r.failures = append(r.failures, f)
}

// undocumented lists the fields of objects that no schema knows. A field counts as known when
// any of the schemas that were held against its object and fit has it: with allOf, each knows
// a part.
func (r *run) undocumented(root *node.Node) []Failure {
	type seen struct {
		at   *place
		open bool
		keys []bool
	}
	// The order in which objects were met, so that reports are the same from run to run.
	var order []*node.Node
	objects := map[*node.Node]*seen{}
	for _, k := range r.known {
		o := objects[k.object]
		if k.asked {
			continue
		}
		if o == nil {
			o = &seen{at: k.at, keys: make([]bool, len(k.object.Keys))}
			objects[k.object] = o
			order = append(order, k.object)
		}
		if k.index >= 0 {
			o.keys[k.index] = true
		}
		o.open = o.open || k.open
	}
	for _, k := range r.known {
		if o := objects[k.object]; k.asked && o != nil {
			o.keys[k.index] = true
		}
	}
	_ = root
	// fail counts and merges; the list of failures is set aside so that these stay apart.
	list := r.failures
	r.failures = nil
	for _, object := range order {
		o := objects[object]
		if o.open {
			continue
		}
		for i, known := range o.keys {
			if !known {
				r.fail(Failure{Pointer: "/" + node.Escape(object.Keys[i]), Keyword: "undocumented", Message: "the file has no such field", Value: object.Items[i]}, o.at)
			}
		}
	}
	found := r.failures
	r.failures = list
	return found
}
