package redact

import (
	"strings"
)

// A table finds many needles in one pass over a text: the first two bytes of each position are looked up in a bit
// set, and only where they begin a needle is the tree walked, which takes the same time for one needle as for
// thousands. The zero table is empty. Who changes it keeps others from reading it.
type table struct {
	starts  [1 << 10]uint64 // a bit for each pair of first bytes
	root    node
	longest int // bytes
	size    int // bytes of all needles, about
}

type needle struct {
	text   string
	origin string // the secret it is a form of
}

// nodeSize is about what a needle takes besides its text: nodes, and its secret's place in the Set.
const nodeSize = 128

// A node is a piece of needles that begin alike.
type node struct {
	label    string
	origin   string // of the needle that ends here; "" when none does
	children []*node
}

func (t *table) add(n needle) {
	if len(n.text) < Short {
		return
	}
	p := pair(n.text[0], n.text[1])
	t.starts[p>>6] |= 1 << (p & 63)
	t.longest = max(t.longest, len(n.text))
	t.size += len(n.text) + nodeSize
	t.root.add(n.text, n.origin)
}

func pair(a, b byte) uint16 { return uint16(a)<<8 | uint16(b) }

// child returns the child whose label begins with c, or nil.
func (n *node) child(c byte) *node {
	for _, child := range n.children {
		if child.label[0] == c {
			return child
		}
	}
	return nil
}

// add puts text below n. The first origin of a text stays.
func (n *node) add(text, origin string) {
	for text != "" {
		child := n.child(text[0])
		if child == nil {
			n.children = append(n.children, &node{label: text, origin: origin})
			return
		}
		same := common(child.label, text)
		if same < len(child.label) {
			rest := *child
			rest.label = child.label[same:]
			*child = node{label: child.label[:same], children: []*node{&rest}}
		}
		n, text = child, text[same:]
	}
	if n.origin == "" {
		n.origin = origin
	}
}

// common returns how many bytes a and b begin with alike.
func common(a, b string) int {
	for i := range min(len(a), len(b)) {
		if a[i] != b[i] {
			return i
		}
	}
	return min(len(a), len(b))
}

// match returns the longest needle that text begins with, and its origin.
func (t *table) match(text string) (needle, origin string) {
	n, at := &t.root, 0
	for at < len(text) {
		child := n.child(text[at])
		if child == nil || !strings.HasPrefix(text[at:], child.label) {
			break
		}
		at += len(child.label)
		n = child
		if n.origin != "" {
			needle, origin = text[:at], n.origin
		}
	}
	return needle, origin
}

// first returns where the first needle begins in text at or after from, or -1.
func (t *table) first(text string, from int) int {
	for i := from; i+Short <= len(text); i++ {
		p := pair(text[i], text[i+1])
		if t.starts[p>>6]&(1<<(p&63)) == 0 {
			continue
		}
		if found, _ := t.match(text[i:]); found != "" {
			return i
		}
	}
	return -1
}

// mask replaces every needle of text, whose first needle begins at i.
func (t *table) mask(text string, i int) string {
	var b strings.Builder
	done := 0
	for i >= 0 {
		found, origin := t.match(text[i:])
		b.WriteString(text[done:i])
		if found[0] >= '0' && found[0] <= '9' && found == listed(origin) {
			b.WriteString(listed(Mask)) // the list stays a list
		} else {
			b.WriteString(Mask)
		}
		done = i + len(found)
		i = t.first(text, done)
	}
	b.WriteString(text[done:])
	return b.String()
}

// begins tells whether some needle longer than text begins with it.
func (t *table) begins(text string) bool {
	n := &t.root
	for {
		child := n.child(text[0])
		if child == nil {
			return false
		}
		same := common(child.label, text)
		if same == len(text) {
			return same < len(child.label) || len(child.children) > 0
		}
		if same < len(child.label) {
			return false
		}
		n, text = child, text[same:]
	}
}
