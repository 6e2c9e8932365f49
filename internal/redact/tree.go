package redact

import "strings"

// A tree finds many needles in one pass over a text. It looks at every fifth pair of bytes: shift says how far the next
// needle can begin at least (Wu and Manber 1994). Only where one may begin is the tree walked, which takes the same
// time for one needle as for thousands. The zero tree is empty. Who changes it keeps others from reading it.
type tree struct {
	shift   []uint8 // by pair of bytes: how far the window moves; nil while the tree is empty
	root    node
	longest int // bytes
}

// window is the length of the beginnings that shift knows, furthest how far the window can move.
const (
	window   = Short
	furthest = window - 1
)

// A node is a piece of needles that begin alike.
type node struct {
	label    string
	origin   string // of the needle that ends here; "" when none does
	children []*node
}

// add makes text a needle of the secret origin. The first origin of a text stays.
func (t *tree) add(text, origin string) {
	if t.shift == nil {
		t.shift = make([]uint8, 1<<16)
		for i := range t.shift {
			t.shift[i] = furthest
		}
	}
	for i := range furthest {
		p := pair(text[i], text[i+1])
		t.shift[p] = min(t.shift[p], uint8(furthest-1-i))
	}
	t.longest = max(t.longest, len(text))
	t.root.add(text, origin)
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

// add puts text below n.
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

// match returns the length of the longest needle that text begins with, 0 for none, and its origin.
func (t *tree) match(text string) (length int, origin string) {
	n, at := &t.root, 0
	for at < len(text) {
		child := n.child(text[at])
		if child == nil || !strings.HasPrefix(text[at:], child.label) {
			break
		}
		at += len(child.label)
		n = child
		if n.origin != "" {
			length, origin = at, n.origin
		}
	}
	return length, origin
}

// all calls found for every place of text where a needle begins, with the longest there. It ends when found is false.
func (t *tree) all(text string, found func(start, length int, origin string) bool) {
	if t.shift == nil {
		return
	}
	shift := t.shift[:1<<16]
	for i := furthest; i < len(text); {
		if far := int(shift[pair(text[i-1], text[i])]); far > 0 {
			i += far
			continue
		}
		start := i - furthest
		if length, origin := t.match(text[start:]); length > 0 && !found(start, length, origin) {
			return
		}
		i++
	}
}

// begins returns how many bytes at the end of text are the beginning of a needle that is longer than that, 0 for none.
func (t *tree) begins(text string) int {
	if t.shift == nil {
		return 0
	}
	for i := max(0, len(text)-t.longest+1); i < len(text); i++ {
		if t.goesOn(text[i:]) {
			return len(text) - i
		}
	}
	return 0
}

// goesOn reports whether some needle longer than text begins with it.
func (t *tree) goesOn(text string) bool {
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
