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

// maxChecks is how many schemas one value is held against.
const maxChecks = 2_000_000

// Validate holds a value against the schema.
func (s *Schema) Validate(v *node.Node, opt Options) Result {
	r := &run{opt: opt}
	r.at(s, v, nil)
	out := Result{Failures: r.failures, Marks: r.marks, Exhausted: r.checks > maxChecks}
	if opt.Trace && !out.Exhausted {
		out.Undocumented = r.undocumented(v)
	}
	return out
}

// A place is where a value stands. Pointers are made only for failures.
type place struct {
	up    *place
	key   string
	index int // -1 for a key
}

func (p *place) String() string { return p.text(true) }

func (p *place) text(indices bool) string {
	if p == nil {
		return ""
	}
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

// run is one validation.
type run struct {
	opt      Options
	failures []Failure
	marks    []Mark
	known    []known
	scopes   []*resource
	inplace  []*Schema // those that are at work on the value at hand
	checks   int
}

// known says that a schema with properties was held against an object; open, that it allows any others.
type known struct {
	object *node.Node
	at     *place
	index  int // of the property that a schema knows; -1 lists the object itself
	open   bool
}

// evaluated is what keywords have looked at of one value, for unevaluatedProperties and unevaluatedItems.
type evaluated struct {
	keys  []bool
	items []bool
}

func (e *evaluated) key(v *node.Node, i int) {
	if e.keys == nil {
		e.keys = make([]bool, len(v.Keys))
	}
	e.keys[i] = true
}

func (e *evaluated) item(v *node.Node, i int) {
	if e.items == nil {
		e.items = make([]bool, len(v.Items))
	}
	e.items[i] = true
}

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

// fail adds a failure; in a list, one of a kind is kept and counted.
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

// undocumented lists the fields of objects that no schema knows.
func (r *run) undocumented(root *node.Node) []Failure {
	type seen struct {
		at   *place
		open bool
		keys []bool
	}
	var order []*node.Node
	objects := map[*node.Node]*seen{}
	for _, k := range r.known {
		o := objects[k.object]
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
	_ = root
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
