// Package node is a JSON or YAML text as a tree whose nodes know where they stand.
//
// The same tree holds a file that describes an API and the body of a response, so that values of both are compared
// without a conversion. Numbers keep their text: a float would lose digits of long ones.
package node

import (
	"strconv"
	"strings"
)

// A Kind is the type of a value in JSON's words. The kinds are small numbers, used as bits in
// a set by package schema.
type Kind uint8

// The kinds of values. Their order is that in which messages list types.
const (
	Null Kind = iota
	Bool
	Number
	String
	Array
	Object
)

// String is the name of the kind as JSON Schema has it.
func (k Kind) String() string {
	return [...]string{"null", "boolean", "number", "string", "array", "object"}[k]
}

// A File is where nodes come from. It is complete once it was parsed.
type File struct {
	Name string // as the user gave it, or as a reference of another file leads to it
	Root *Node
}

// A Node is one value. It is never changed once it was read, so that goroutines may share it.
// Fields are exported for reading.
type Node struct {
	Kind  Kind
	Text  string   // of a String its value, of a Number its text, of a Bool "true" or "false"
	Keys  []string // of an Object, in the order of the file, each once
	Items []*Node  // of an Array its elements, of an Object the values of Keys
	File  *File    // nil for the body of a message
	Line  int      // 1-based: of the key, for a value in an object; 0 for a node that no text has
	Col   int      // 1-based
	// The place of each key; nil for objects with few keys, and for other kinds.
	index map[string]int
}

// manyKeys is from how many keys on an object has an index. Below it, comparing a few strings
// is as fast and needs no map.
const manyKeys = 12

// Index is the place of a key in Keys, and of its value in Items; -1 where the object does
// not have it.
func (n *Node) Index(key string) int {
	if n.index != nil {
		if i, ok := n.index[key]; ok {
			return i
		}
		return -1
	}
	for i, k := range n.Keys {
		if k == key {
			return i
		}
	}
	return -1
}

// Get is the value of a key, nil where the node is no object or does not have it. Nil has no keys.
func (n *Node) Get(key string) *Node {
	if n == nil || n.Kind != Object {
		return nil
	}
	if i := n.Index(key); i >= 0 {
		return n.Items[i]
	}
	return nil
}

// At is the value behind keys, one below the other, nil if missing. It may be called
// on nil.
func (n *Node) At(keys ...string) *Node {
	for _, key := range keys {
		n = n.Get(key)
	}
	return n
}

// Str is the value of a key that is a string, or a scalar that a YAML file left without
// quotes (version: 1.0); "" else, and without the key.
func (n *Node) Str(key string) string {
	v := n.Get(key)
	if v == nil || v.Kind == Array || v.Kind == Object {
		return ""
	}
	return v.Text
}

// True reports whether the value of a key is the boolean true. "true" in quotes is not.
func (n *Node) True(key string) bool {
	v := n.Get(key)
	return v != nil && v.Kind == Bool && v.Text == "true"
}

// List is the elements of an array that is the value of a key, nil where it is something
// else. The list is the node's own.
func (n *Node) List(key string) []*Node {
	if v := n.Get(key); v != nil && v.Kind == Array {
		return v.Items
	}
	return nil
}

// Int is the value of a key as a whole number, which may be written 1.0 or 1e2. It is false
// for other values.
func (n *Node) Int(key string) (int, bool) {
	v := n.Get(key)
	if v == nil || v.Kind != Number {
		return 0, false
	}
	f, err := strconv.ParseFloat(v.Text, 64)
	if err != nil || f != float64(int(f)) {
		return 0, false
	}
	return int(f), true
}

// Place is file:line:column for messages, "" for a node that no file has, and for nil.
func (n *Node) Place() string {
	if n == nil || n.File == nil {
		return ""
	}
	return n.File.Name + ":" + strconv.Itoa(n.Line) + ":" + strconv.Itoa(n.Col)
}

// Pointer follows a JSON pointer (RFC 6901) without its "#". It is nil where that leads
// nowhere. Indices have no leading zero, as RFC 6901 4 demands.
func (n *Node) Pointer(pointer string) *Node {
	if pointer == "" {
		return n
	}
	if pointer[0] != '/' {
		return nil
	}
	for token := range strings.SplitSeq(pointer[1:], "/") {
		token = Unescape(token)
		switch {
		case n == nil:
			return nil
		case n.Kind == Object:
			n = n.Get(token)
		case n.Kind == Array:
			i, err := strconv.Atoi(token)
			if err != nil || i < 0 || i >= len(n.Items) || len(token) > 1 && token[0] == '0' {
				return nil
			}
			n = n.Items[i]
		default:
			return nil
		}
	}
	return n
}

// Escape makes a token of a JSON pointer of a key: ~ becomes ~0 and / becomes ~1. ~ goes
// first, or ~1 would be escaped again.
func Escape(key string) string {
	if !strings.ContainsAny(key, "~/") {
		return key
	}
	return strings.ReplaceAll(strings.ReplaceAll(key, "~", "~0"), "/", "~1")
}

// Unescape is the key of a token of a JSON pointer. ~0 goes last, so that ~01 is ~1 (RFC 6901
// 4).
func Unescape(token string) string {
	if !strings.Contains(token, "~") {
		return token
	}
	return strings.ReplaceAll(strings.ReplaceAll(token, "~1", "/"), "~0", "~")
}

// Text makes a node of a string that stands nowhere.
func Text(s string) *Node { return &Node{Kind: String, Text: s} }

// set puts a value under a key; a key that comes again has the later value, as in JavaScript,
// at the place of the first. It is only for nodes under construction.
func (n *Node) set(key string, v *Node) {
	if i := n.Index(key); i >= 0 {
		n.Items[i] = v
		return
	}
	n.Keys, n.Items = append(n.Keys, key), append(n.Items, v)
	switch {
	case n.index != nil:
		n.index[key] = len(n.Keys) - 1
	case len(n.Keys) > manyKeys:
		n.index = make(map[string]int, 2*len(n.Keys))
		for i, k := range n.Keys {
			n.index[k] = i
		}
	}
}

// Map makes an object of keys and values that stands where another node does; at may be nil.
// There must be a value for each key.
func Map(at *Node, keys []string, values []*Node) *Node {
	n := &Node{Kind: Object}
	if at != nil {
		n.File, n.Line, n.Col = at.File, at.Line, at.Col
	}
	for i, key := range keys {
		n.set(key, values[i])
	}
	return n
}

// List makes an array that stands where another node does; at may be nil. items are kept.
func List(at *Node, items []*Node) *Node {
	n := &Node{Kind: Array, Items: items}
	if at != nil {
		n.File, n.Line, n.Col = at.File, at.Line, at.Col
	}
	return n
}
