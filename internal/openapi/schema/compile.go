package schema

import (
	"errors"
	"fmt"

	"posthaste/internal/openapi/node"
	"posthaste/internal/openapi/reference"
)

// A Compiler makes Schemas of nodes, each once. It is not safe for concurrent use.
type Compiler struct {
	// The files that references may lead to; the Compiler loads more into it as it meets
	// them.
	Set *reference.Set
	// Dialect is the one of schemas without a $schema of their own.
	Dialect Dialect
	// Problem is told what of a schema is wrong and was left out, such as a pattern that is no regular expression.
	Problem func(at *node.Node, message string)
	// Broken is told of a reference that leads nowhere; what it stands for asks for nothing then. Nil makes it an error.
	Broken func(err error)
	// Together reads additionalProperties: false of a part of allOf as what its author means: a field that another part lists
	// is allowed. By the letter it could never be there. Each such place is told to Problem.
	Together bool
	// Named finds the schema of a file that has a name, nil for none. Nil knows no names.
	Named func(at *node.Node, name string) *node.Node
	// Extending lists by name the schemas of a file that extend one by allOf. Nil knows none.
	Extending func(base *node.Node) map[string]*node.Node

	// done has the schemas by node and resource, those in the making, too: this is what ends
	// cycles.
	done map[key]*Schema
	// scanned are the nodes whose ids and anchors have been gathered already.
	scanned map[*node.Node]bool
	// resources by their absolute URI without a fragment, from $id (id in draft 4).
	resources map[string]*resource
	// anchors by the base of their resource, # and the name.
	anchors     map[string]*node.Node
	files       map[*node.File]*resource
	usesDynamic bool      // there is a $dynamicRef somewhere
	joined      []*Schema // those that Together is about and that were not looked at yet
}

// A key is a schema in its resource: a node that aliases of YAML share may be in two.
type key struct {
	n   *node.Node
	res *resource
}

// maxNesting is how deep schemas may nest without a reference between them.
const maxNesting = 500

// Compile makes the schema that stands at a node. References are followed; one that leads nowhere is an error with its
// place.
func (c *Compiler) Compile(n *node.Node) (*Schema, error) {
	// The zero Compiler is ready for use: its maps are made on first call.
	if c.done == nil {
		c.done, c.scanned, c.resources = map[key]*Schema{}, map[*node.Node]bool{}, map[string]*resource{}
		c.anchors, c.files = map[string]*node.Node{}, map[*node.File]*resource{}
	}
	res := c.fileOf(n)
	// Ids and anchors are gathered before anything is compiled, since a reference may lead to
	// one that stands further below.
	c.scan(n, res, c.Dialect, 0)
	s, err := c.compile(n, res, 0)
	if err == nil && c.usesDynamic {
		err = c.compileDynamic()
	}
	if err == nil {
		c.join()
	}
	if err != nil {
		c.done = map[key]*Schema{} // half made schemas are not to be found again
	}
	return s, err
}

// compileDynamic compiles all that a $dynamicRef may come to lead to. Which schema a
// $dynamicRef leads to depends on the path by which a value reached it (JSON Schema 2020-12
// core, 8.2.3.2), so that each candidate must be at hand before validation begins. Compiling
// one may find further candidates: the loop goes on until a round adds none.
func (c *Compiler) compileDynamic() error {
	for again := true; again; {
		again = false
		for _, res := range c.all() {
			for name, n := range res.dynamic {
				if res.schemas[name] != nil {
					continue
				}
				s, err := c.compile(n, res, 0)
				if err != nil {
					return err
				}
				if res.schemas == nil {
					res.schemas = map[string]*Schema{}
				}
				res.schemas[name], again = s, true
			}
		}
	}
	return nil
}

// all are the resources that are known. The order is that of maps, and matters to nobody:
// each is compiled in any case.
func (c *Compiler) all() []*resource {
	list := make([]*resource, 0, len(c.resources)+len(c.files))
	for _, res := range c.resources {
		list = append(list, res)
	}
	for _, res := range c.files {
		list = append(list, res)
	}
	return list
}

// fileOf is the resource that a file is. A node without a file (made by a test or from
// Swagger's form fields) is the root of its own resource.
func (c *Compiler) fileOf(n *node.Node) *resource {
	if res := c.files[n.File]; res != nil {
		return res
	}
	res := &resource{root: n}
	if n.File != nil {
		res.base, res.root = n.File.Name, n.File.Root
	}
	c.files[n.File] = res
	return res
}

// compile makes a schema, and those below it. A schema that is being made is returned as it is, so that cycles end.
func (c *Compiler) compile(n *node.Node, res *resource, depth int) (*Schema, error) {
	// An id within the schema begins a new resource, against which the references below it
	// are resolved.
	if own := c.ownResource(n, res, c.dialectOf(n)); own != nil {
		res = own
	}
	if s := c.done[key{n, res}]; s != nil {
		return s, nil
	}
	s := &Schema{Node: n, scope: res}
	// It is known before it is complete: a reference back to it, from below, gets this
	// pointer, and its fields are filled by the time anything validates.
	c.done[key{n, res}] = s
	if depth > maxNesting {
		return nil, placed(n, fmt.Errorf("schemas nest deeper than %d levels", maxNesting))
	}
	// true allows everything and false nothing (draft 6 and later); other dialects are read
	// with the same leniency.
	switch {
	case n.Kind == node.Bool:
		s.never = n.Text == "false"
		return s, nil
	case n.Kind == node.Null && c.Problem != nil: // an empty value in YAML, which generators write, too
		c.Problem(n, "a schema is an object or a boolean, not null: it asks for nothing")
		return s, nil
	case n.Kind != node.Object:
		return nil, placed(n, fmt.Errorf("a schema is an object or a boolean, not %s", article(n.Kind)))
	}
	b := &builder{Compiler: c, s: s, n: n, res: res, depth: depth, dialect: c.dialectOf(n)}
	b.references()
	// Before draft 2019-09 a $ref hides all keywords beside it. The siblings are not even
	// compiled, for they may be nonsense.
	if s.ref == nil || !b.dialect.refAlone() {
		b.general()
		b.logic()
		b.number()
		b.text()
		b.array()
		b.object()
		b.discriminator()
	} else {
		s.ignoring = true
	}
	if s.allOf != nil || s.oneOf != nil || s.anyOf != nil || s.objects != nil && s.objects.additional != nil {
		c.joined = append(c.joined, s)
	}
	return s, b.err
}

// dialectOf is the dialect of a schema, which $schema may choose. An unknown URI leaves the
// Compiler's dialect: vocabularies of others are not supported, and most of their keywords
// are common to all.
func (c *Compiler) dialectOf(n *node.Node) Dialect {
	if uri := n.Str("$schema"); uri != "" {
		if d, ok := DialectOf(uri); ok {
			return d
		}
	}
	return c.Dialect
}

// A placedError is an error with its place, file:line:column, before the message. The place
// is left out for nodes that come from no file.
type placedError struct {
	at  *node.Node
	err error
}

func (e *placedError) Error() string {
	if place := e.at.Place(); place != "" {
		return place + ": " + e.err.Error()
	}
	return e.err.Error()
}

func (e *placedError) Unwrap() error { return e.err }

// placed attaches the node at which an error arose.
func placed(at *node.Node, err error) error { return &placedError{at, err} }

// article is the name of a kind with its indefinite article, as messages use it: "an object",
// "a string", "null".
func article(k node.Kind) string {
	switch k {
	case node.Null:
		return "null"
	case node.Array, node.Object:
		return "an " + k.String()
	default:
		return "a " + k.String()
	}
}

// A builder fills one schema, keyword group by keyword group. The first error ends it: later
// calls see err and do nothing, so that the methods need not return it.
type builder struct {
	*Compiler
	// The schema to fill, and the node that it is read from.
	s *Schema
	n *node.Node
	// The resource that the node belongs to, against which its references are resolved.
	res *resource
	// Levels of nesting since the last reference, for maxNesting.
	depth   int
	dialect Dialect
	err     error
}

// sub compiles the schema under a keyword, nil if missing.
func (b *builder) sub(keyword string) *Schema { return b.schemaAt(b.n.Get(keyword)) }

// schemaAt compiles a node within the builder's resource, one level deeper. It is nil for a
// nil node, and once the builder has failed.
func (b *builder) schemaAt(n *node.Node) *Schema {
	if n == nil || b.err != nil {
		return nil
	}
	s, err := b.compile(n, b.res, b.depth+1)
	if err != nil {
		b.err = err
		return nil
	}
	return s
}

// subs compiles the list of schemas under a keyword, in the file's order; nil without the
// keyword. After an error the entries are nil, which nobody sees since the schema is
// discarded.
func (b *builder) subs(keyword string) []*Schema {
	var list []*Schema
	for _, n := range b.n.List(keyword) {
		list = append(list, b.schemaAt(n))
	}
	return list
}

// references resolves $ref, $dynamicRef (draft 2020-12) and $recursiveRef (draft 2019-09, the
// same with one fixed, unnamed anchor).
func (b *builder) references() {
	for _, keyword := range []string{"$ref", "$dynamicRef", "$recursiveRef"} {
		at := b.n.Get(keyword)
		if at == nil || at.Kind != node.String {
			continue // a property may be called $ref
		}
		to, anchor, err := b.refer(at, at.Text)
		if err != nil {
			b.err = err
			return
		}
		if keyword == "$ref" {
			b.s.ref = to
			if b.Broken != nil && (b.dialect.refAlone() || len(b.n.Keys) == 1) && to.leadsTo(b.s) {
				b.Broken(&reference.Error{At: at, Ref: at.Text, Err: errItself})
			}
			continue
		}
		b.usesDynamic = true
		b.s.dynamic = &dynamic{to: to}
		if keyword == "$recursiveRef" {
			anchor = recursive
		}
		// Only a reference whose ordinary target has the dynamic anchor itself is looked up
		// dynamically; any other behaves like $ref (2020-12 core, 8.2.3.2).
		if to != nil && to.scope.dynamic[anchor] == to.Node {
			b.s.dynamic.anchor = anchor
		}
	}
}

// refer compiles what a reference leads to, and returns its plain-name fragment, "" for a
// pointer. The depth begins at 0 again: only nesting without references is limited.
func (b *builder) refer(at *node.Node, ref string) (to *Schema, anchor string, err error) {
	target, res, anchor, err := b.locate(at, ref, b.res)
	if err != nil {
		return b.broken(at, err)
	}
	b.scan(target, res, b.Dialect, 0)
	to, err = b.compile(target, res, 0)
	return to, anchor, err
}

// broken is what a reference that leads nowhere stands for: with a Broken function an empty
// schema, which allows everything, so that one dangling reference does not keep a whole file
// from being used; without one the error.
func (b *builder) broken(at *node.Node, err error) (*Schema, string, error) {
	if b.Broken == nil {
		return nil, "", err
	}
	b.Broken(err)
	return &Schema{Node: at, scope: b.res}, "", nil
}

// leadsTo reports whether a schema is nothing but references that end in another.
func (s *Schema) leadsTo(end *Schema) bool {
	for range mostRefs {
		if s == end {
			return true
		}
		if s == nil || s.ref == nil || !s.ignoring && len(s.Node.Keys) > 1 {
			return false
		}
		s = s.ref
	}
	return false
}

// errItself is the reason for a reference to itself, also by way of others.
var errItself = errors.New("it leads back to itself")

// errNowhere is the reason in a reference.Error: a pointer or anchor that does not exist in
// the file it names.
var errNowhere = errors.New("it leads nowhere")
