package schema

import (
	"fmt"

	"posthaste/internal/openapi/node"
)

// apart changes an object that fits several alternatives of a oneOf, where exactly one must fit: it gets a field that the others
// know, with a value that they do not allow. Nil where that is not what is wrong. Files whose alternatives overlap have no better value.
func (m *maker) apart(list []*Schema, v *node.Node) *node.Node {
	if v == nil || v.Kind != node.Object || m.builds > mostBuilds {
		return nil
	}
	wrong := []*node.Node{node.Text("text"), {Kind: node.Bool, Text: "true"}, {Kind: node.Number, Text: "0.5"}, node.List(nil, nil)}
	for _, s := range m.gather(list, &choices{}).parts {
		for _, alternative := range s.oneOf {
			for _, p := range alternative.AllProperties() {
				if v.Index(p.Name) >= 0 {
					continue
				}
				for _, value := range wrong {
					other := merged(v, p.Name, value)
					if m.Fits(p.Schema, value) || !m.fits(list, other) {
						continue
					}
					if m.Odd != nil {
						m.Odd(fmt.Sprintf("the alternatives of oneOf overlap, and only a wrong %q tells them apart (%s)", p.Name, s.Node.Place()))
					}
					return other
				}
			}
		}
	}
	return nil
}

// merged is an object with one more field.
func merged(v *node.Node, key string, value *node.Node) *node.Node {
	return node.Map(nil, append(append([]string{}, v.Keys...), key), append(append([]*node.Node{}, v.Items...), value))
}
