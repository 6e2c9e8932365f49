package schema

import (
	"errors"
	"net/url"
	"path"
	"strings"

	"posthaste/internal/openapi/node"
	"posthaste/internal/openapi/reference"
)

// recursive stands for $recursiveAnchor: true among dynamic anchors.
const recursive = "\x00recursive"

// scan finds what schemas below a node call themselves, so that references find them.
func (c *Compiler) scan(n *node.Node, res *resource, d Dialect, depth int) {
	if n == nil || n.Kind != node.Object || c.scanned[n] || depth > maxNesting {
		return
	}
	c.scanned[n] = true
	if d.refAlone() && n.Get("$ref") != nil && n.Get("$ref").Kind == node.String {
		return
	}
	if own := c.ownResource(n, res, d); own != nil {
		res = own
	}
	for _, keyword := range []string{"$anchor", "$dynamicAnchor"} {
		if name := n.Str(keyword); name != "" {
			c.anchors[res.base+"#"+name] = n
			if keyword == "$dynamicAnchor" {
				res.addDynamic(name, n)
			}
		}
	}
	if n.True("$recursiveAnchor") {
		res.addDynamic(recursive, n)
	}
	if id := n.Str(d.idKeyword()); d < Draft2019 && strings.HasPrefix(id, "#") && len(id) > 1 {
		c.anchors[res.base+id] = n
	}
	for i, keyword := range n.Keys {
		v := n.Items[i]
		switch kindOf(keyword) {
		case one:
			c.scan(v, res, d, depth+1)
			if v.Kind != node.Array {
				continue
			}
			fallthrough
		case many, named:
			for _, sub := range v.Items {
				c.scan(sub, res, d, depth+1)
			}
		}
	}
}

func (r *resource) addDynamic(name string, n *node.Node) {
	if r.dynamic == nil {
		r.dynamic = map[string]*node.Node{}
	}
	r.dynamic[name] = n
}

// The ways in which keywords hold schemas.
const (
	none  = iota
	one   // a schema; items may also be a list
	many  // a list
	named // an object of them
)

func kindOf(keyword string) int {
	switch keyword {
	case "items", "additionalItems", "contains", "additionalProperties", "propertyNames", "not", "if", "then", "else",
		"unevaluatedItems", "unevaluatedProperties", "contentSchema":
		return one
	case "allOf", "anyOf", "oneOf", "prefixItems":
		return many
	case "properties", "patternProperties", "$defs", "definitions", "dependentSchemas", "dependencies":
		return named
	}
	return none
}

// ownResource is the resource that a schema with an id begins, nil for others.
func (c *Compiler) ownResource(n *node.Node, within *resource, d Dialect) *resource {
	id := n.Str(d.idKeyword())
	if v := n.Get(d.idKeyword()); v == nil || v.Kind != node.String || strings.HasPrefix(id, "#") || id == "" {
		return nil
	}
	if d.refAlone() && n.Get("$ref") != nil {
		return nil
	}
	if within.root == n && within.named {
		return within
	}
	base := strings.TrimSuffix(join(within.base, id), "#")
	if res := c.resources[base]; res != nil && res.root == n {
		return res
	}
	res := &resource{base: base, root: n, named: true}
	c.resources[base] = res
	return res
}

// join resolves a reference against a base, which may be the name of a file.
func join(base, ref string) string {
	b, err := url.Parse(base)
	if err != nil {
		return ref
	}
	r, err := url.Parse(ref)
	if err != nil {
		return ref
	}
	if b.Opaque != "" && ref == "" {
		return base
	}
	if !b.IsAbs() && !r.IsAbs() && !strings.HasPrefix(ref, "/") {
		if ref == "" {
			return base
		}
		return path.Join(path.Dir(b.Path), ref)
	}
	return b.ResolveReference(r).String()
}

// locate finds what a reference leads to, and the resource that is in.
func (c *Compiler) locate(at *node.Node, ref string, res *resource) (n *node.Node, in *resource, anchor string, err error) {
	name, fragment, _ := strings.Cut(ref, "#")
	if name != "" {
		target := join(res.base, name)
		switch known := c.resources[target]; {
		case known != nil:
			res = known
		default:
			if res, err = c.load(at, name, target, res); err != nil {
				return nil, nil, "", &reference.Error{At: at, Ref: ref, Err: err}
			}
		}
	}
	if strings.Contains(fragment, "%") {
		if plain, err := url.PathUnescape(fragment); err == nil {
			fragment = plain
		}
	}
	switch {
	case fragment == "":
		return res.root, res, "", nil
	case fragment[0] != '/':
		n, anchor = c.anchors[res.base+"#"+fragment], fragment
	default:
		n, res = c.walk(res, fragment)
		if n == nil && at.File != nil && name == "" { // an id in the file of an API does not hide its components
			n, res = c.walk(c.fileOf(at.File.Root), fragment)
		}
	}
	if n == nil {
		return nil, nil, "", &reference.Error{At: at, Ref: ref, Err: errNowhere}
	}
	return n, res, anchor, nil
}

// load reads another file. A base that is an id is tried first; where that is no place to look for a file, the file that
// the reference stands in is one.
func (c *Compiler) load(at *node.Node, name, target string, res *resource) (*resource, error) {
	var root *node.Node
	if at.File == nil || res.base != at.File.Name {
		if f, err := c.Set.Linked(target); err == nil {
			root = f.Root
		}
	}
	if root == nil {
		var err error
		if root, err = c.Set.Resolve(at, name); err != nil {
			var r *reference.Error
			if errors.As(err, &r) {
				return nil, r.Err
			}
			return nil, err
		}
	}
	in := c.fileOf(root)
	c.scan(root, in, c.Dialect, 0)
	if own := c.ownResource(root, in, c.dialectOf(root)); own != nil {
		return own, nil
	}
	return in, nil
}

// walk follows a pointer, and notices the resources that it passes.
func (c *Compiler) walk(res *resource, pointer string) (*node.Node, *resource) {
	n := res.root
	for token := range strings.SplitSeq(pointer[1:], "/") {
		if n = n.Pointer("/" + token); n == nil {
			return nil, nil
		}
		if n.Kind == node.Object {
			if own := c.resources[strings.TrimSuffix(join(res.base, n.Str(c.Dialect.idKeyword())), "#")]; own != nil && own.root == n {
				res = own
			}
		}
	}
	return n, res
}
