package v3

import (
	"errors"
	"fmt"

	"go.yaml.in/yaml/v3"

	"posthaste/collection/v3/format"
)

// A checker walks over a document once, aliases followed, so that whoever reads it later
// needs no bounds. It is used for one document.
type checker struct {
	f     *file
	nodes int // bytes of scalars, aliases counted as often as they stand
	text  int
	open  map[*yaml.Node]bool // anchors whose content is being walked
}

// fail is an error at a node.
func (c *checker) fail(n *yaml.Node, hint, format string, args ...any) error {
	return c.f.errorAt(c.f.place(n), hint, fmt.Errorf(format, args...))
}

// check goes through a document before it is read. YAML's aliases can make a small file
// expand to gigabytes ("billion laughs"), so nodes and text are counted as if they were
// written out. depth is that of n.
func (c *checker) check(n *yaml.Node, depth int) error {
	c.nodes++
	c.text += len(n.Value)
	switch {
	case depth > format.MaxNest:
		return c.fail(n, "no Postman file needs this; it may be damaged", "nests deeper than %d levels", format.MaxNest)
	case c.nodes > maxNodes || c.text > maxText:
		return c.fail(n, "write out what the aliases stand for", "the file grows too large when its aliases are expanded")
	}
	switch n.Kind {
	case yaml.AliasNode:
		if c.open[n.Alias] {
			return c.fail(n, "write out what it stands for", "alias *%s stands inside of what it names", n.Value)
		}
		return c.check(n.Alias, depth)
	case yaml.MappingNode:
		if err := c.keys(n); err != nil {
			return err
		}
	default:
	}
	// An alias to what surrounds it would never end.
	if n.Anchor != "" {
		c.open[n] = true
		defer delete(c.open, n)
	}
	for _, child := range n.Content {
		if err := c.check(child, depth+1); err != nil {
			return err
		}
	}
	return nil
}

// keys refuses keys that are no texts, and keys that come twice. A value such as {{host}}
// without quotes is a map in a map to YAML, and the most frequent mistake; so its message
// says how to write it.
func (c *checker) keys(n *yaml.Node) error {
	seen := make(map[string]*yaml.Node, len(n.Content)/2)
	for i := 0; i+1 < len(n.Content); i += 2 {
		key := n.Content[i]
		for key.Kind == yaml.AliasNode {
			key = key.Alias
		}
		if key.Kind == yaml.MappingNode && key.Style&yaml.FlowStyle != 0 && len(key.Content) == 2 {
			name := key.Content[0].Value
			fix := "quote the value: " + format.Quote("{{"+name+"}}")
			if pos, _, better := c.f.unquoted(); pos.Line == n.Line {
				fix = better
			}
			return c.fail(n, fix, "{{%s}} is not quoted, and YAML reads its braces as maps", name)
		}
		if key.Kind != yaml.ScalarNode {
			return c.fail(key, "write a name before the colon", "a key must be text")
		}
		if key.Tag == "!!merge" {
			return c.fail(key, "write out what is merged", "merge keys are not part of the format")
		}
		if first := seen[key.Value]; first != nil {
			return c.f.errorAt(c.f.place(n.Content[i]), "keep one of them", fmt.Errorf("key %q stands in line %d already", key.Value, first.Line))
		}
		seen[key.Value] = key
	}
	if len(n.Content)%2 != 0 {
		return errors.New("a map with a key and no value") // the library never makes one
	}
	return nil
}
