package schema

import (
	"errors"
	"net/url"
	"path"
	"strings"

	"posthaste/internal/openapi/node"
	"posthaste/internal/openapi/reference"
)

// recursive stands for $recursiveAnchor: true among dynamic anchors. The zero byte keeps it
// apart from any name that a file could use.
const recursive = "\x00recursive"

// scan finds what schemas below a node call themselves, so that references find them. It
// visits only places where a schema may stand: an id within an enum or an example names
// nothing.
func (c *Compiler) scan(n *node.Node, res *resource, d Dialect, depth int) {
	if n == nil || n.Kind != node.Object || c.scanned[n] || depth > maxNesting {
		return
	}
	c.scanned[n] = true
	// A node that is only a reference has no id and no children, in the dialects that ignore
	// siblings.
	if d.refAlone() && n.Get("$ref") != nil && n.Get("$ref").Kind == node.String {
		return
	}
	if own := c.ownResource(n, res, d); own != nil {
		res = own
	}
	// $dynamicAnchor also is an ordinary anchor (2020-12 core, 8.2.2).
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
	// Up to draft 7 an anchor is written as an id that begins with #.
	if id := n.Str(d.idKeyword()); d < Draft2019 && strings.HasPrefix(id, "#") && len(id) > 1 {
		c.anchors[res.base+id] = n
	}
	for i, keyword := range n.Keys {
		v := n.Items[i]
		switch kindOf(keyword) {
		case one:
			// A boolean or a list here returns at once. Of a list of items the elements are
			// scanned below.
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

// addDynamic notes a dynamic anchor. Its schema is compiled later, by compileDynamic.
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

// kindOf is how a keyword holds schemas, in any dialect: "items" and "dependencies" are found
// in one form or the other, and scan looks at the value.
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

// ownResource is the resource that a schema with an id begins, nil for others. The same node
// gives the same resource each time. An id that is only a fragment is an anchor, not a
// resource.
func (c *Compiler) ownResource(n *node.Node, within *resource, d Dialect) *resource {
	id := n.Str(d.idKeyword())
	if v := n.Get(d.idKeyword()); v == nil || v.Kind != node.String || strings.HasPrefix(id, "#") || id == "" {
		return nil
	}
	if d.refAlone() && n.Get("$ref") != nil {
		return nil
	}
	// The root of a file with an id: the resource at hand is this one already.
	if within.root == n && within.named {
		return within
	}
	// An id may be relative to that of the schema around it (core, 8.2.1).
	base := strings.TrimSuffix(join(within.base, id), "#")
	if res := c.resources[base]; res != nil && res.root == n {
		return res
	}
	res := &resource{base: base, root: n, named: true}
	c.resources[base] = res
	return res
}

// join resolves a reference against a base (RFC 3986, 5.2), which may be the name of a file.
// Names of files are joined as paths, since url.ResolveReference would make "../a.yaml" of a
// relative base absolute.
func join(base, ref string) string {
	b, err := url.Parse(base)
	if err != nil {
		return ref
	}
	r, err := url.Parse(ref)
	if err != nil {
		return ref
	}
	// urn:uuid:… has no path to resolve against.
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

// locate finds what a reference leads to, the resource that is in, and the anchor's name
// where the fragment is no pointer. res is the resource that the reference stands in. Errors
// are reference.Errors with the place of the reference.
func (c *Compiler) locate(at *node.Node, ref string, res *resource) (n *node.Node, in *resource, anchor string, err error) {
	name, fragment, _ := strings.Cut(ref, "#")
	if name != "" {
		target := join(res.base, name)
		// A schema of this id in any file goes before a file of that name.
		switch known := c.resources[target]; {
		case known != nil:
			res = known
		default:
			if res, err = c.load(at, name, target, res); err != nil {
				return nil, nil, "", &reference.Error{At: at, Ref: ref, Err: err}
			}
		}
	}
	// Fragments are URI-encoded in references, also within pointers: #/paths/~1a%7Bid%7D.
	if strings.Contains(fragment, "%") {
		if plain, err := url.PathUnescape(fragment); err == nil {
			fragment = plain
		}
	}
	switch {
	case fragment == "":
		return res.root, res, "", nil
	// A plain name: an anchor of the resource.
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
	// A reference that stands in a schema with an id is relative to that, unless nothing is
	// found there.
	var root *node.Node
	if at.File == nil || res.base != at.File.Name {
		from := ""
		if at.File != nil {
			from = at.File.Name
		}
		if f, err := c.Set.Linked(from, target); err == nil {
			root = f.Root
		}
	}
	if root == nil {
		var err error
		if root, err = c.Set.Resolve(at, name); err != nil {
			// The caller wraps the reason with its own reference; one wrapping is enough.
			var r *reference.Error
			if errors.As(err, &r) {
				return nil, r.Err
			}
			return nil, err
		}
	}
	in := c.fileOf(root)
	// The file's ids and anchors must be known before the fragment is looked up.
	c.scan(root, in, c.Dialect, 0)
	if own := c.ownResource(root, in, c.dialectOf(root)); own != nil {
		return own, nil
	}
	return in, nil
}

// walk follows a JSON pointer from the root of a resource, and notices the resources that it
// passes: references within the target are resolved against the innermost. nil where the
// pointer leads nowhere.
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
