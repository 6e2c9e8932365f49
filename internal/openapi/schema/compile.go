package schema

import (
	"errors"
	"fmt"

	"posthaste/internal/openapi/node"
	"posthaste/internal/openapi/reference"
)

// A Compiler makes Schemas of nodes, each once. It is not safe for concurrent use.
type Compiler struct {
	Set     *reference.Set
	Dialect Dialect
	// Problem is told what of a schema is wrong and was left out, such as a pattern that is no regular expression.
	Problem func(at *node.Node, message string)
	// Broken is told of a reference that leads nowhere; what it stands for asks for nothing then. Nil makes it an error.
	Broken func(err error)
	// Named finds the schema of a file that has a name, nil for none. Nil knows no names.
	Named func(at *node.Node, name string) *node.Node
	// Extending lists by name the schemas of a file that extend one by allOf. Nil knows none.
	Extending func(base *node.Node) map[string]*node.Node

	done        map[key]*Schema
	scanned     map[*node.Node]bool
	resources   map[string]*resource
	anchors     map[string]*node.Node
	files       map[*node.File]*resource
	usesDynamic bool // there is a $dynamicRef somewhere
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
	if c.done == nil {
		c.done, c.scanned, c.resources = map[key]*Schema{}, map[*node.Node]bool{}, map[string]*resource{}
		c.anchors, c.files = map[string]*node.Node{}, map[*node.File]*resource{}
	}
	res := c.fileOf(n)
	c.scan(n, res, c.Dialect, 0)
	s, err := c.compile(n, res, 0)
	if err == nil && c.usesDynamic {
		err = c.compileDynamic()
	}
	if err != nil {
		c.done = map[key]*Schema{} // half made schemas are not to be found again
	}
	return s, err
}

// compileDynamic compiles all that a $dynamicRef may come to lead to.
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

// all are the resources that are known.
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

// fileOf is the resource that a file is.
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
	if own := c.ownResource(n, res, c.dialectOf(n)); own != nil {
		res = own
	}
	if s := c.done[key{n, res}]; s != nil {
		return s, nil
	}
	s := &Schema{Node: n, scope: res}
	c.done[key{n, res}] = s
	if depth > maxNesting {
		return nil, placed(n, fmt.Errorf("schemas nest deeper than %d levels", maxNesting))
	}
	switch {
	case n.Kind == node.Bool:
		s.never = n.Text == "false"
		return s, nil
	case n.Kind != node.Object:
		return nil, placed(n, fmt.Errorf("a schema is an object or a boolean, not %s", article(n.Kind)))
	}
	b := &builder{Compiler: c, s: s, n: n, res: res, depth: depth, dialect: c.dialectOf(n)}
	b.references()
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
	return s, b.err
}

// dialectOf is the dialect of a schema, which $schema may choose.
func (c *Compiler) dialectOf(n *node.Node) Dialect {
	if uri := n.Str("$schema"); uri != "" {
		if d, ok := DialectOf(uri); ok {
			return d
		}
	}
	return c.Dialect
}

// A placedError is an error with its place.
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

func placed(at *node.Node, err error) error { return &placedError{at, err} }

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

// A builder fills one schema. The first error ends it.
type builder struct {
	*Compiler
	s       *Schema
	n       *node.Node
	res     *resource
	depth   int
	dialect Dialect
	err     error
}

// sub compiles the schema under a keyword, nil where there is none.
func (b *builder) sub(keyword string) *Schema { return b.schemaAt(b.n.Get(keyword)) }

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

// subs compiles the list of schemas under a keyword.
func (b *builder) subs(keyword string) []*Schema {
	var list []*Schema
	for _, n := range b.n.List(keyword) {
		list = append(list, b.schemaAt(n))
	}
	return list
}

// references resolves $ref and $dynamicRef.
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
			continue
		}
		b.usesDynamic = true
		b.s.dynamic = &dynamic{to: to}
		if keyword == "$recursiveRef" {
			anchor = recursive
		}
		if to != nil && to.scope.dynamic[anchor] == to.Node {
			b.s.dynamic.anchor = anchor
		}
	}
}

// refer compiles what a reference leads to.
func (b *builder) refer(at *node.Node, ref string) (to *Schema, anchor string, err error) {
	target, res, anchor, err := b.locate(at, ref, b.res)
	if err != nil {
		return b.broken(at, err)
	}
	b.scan(target, res, b.Dialect, 0)
	to, err = b.compile(target, res, 0)
	return to, anchor, err
}

// broken is what a reference that leads nowhere stands for.
func (b *builder) broken(at *node.Node, err error) (*Schema, string, error) {
	if b.Broken == nil {
		return nil, "", err
	}
	b.Broken(err)
	return &Schema{Node: at, scope: b.res}, "", nil
}

var errNowhere = errors.New("it leads nowhere")
