package v3

import (
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"

	"posthaste/collection"
)

// A value is one value of a file. The zero value is absent; it reads as null does. It keeps
// the file, so that messages can name the place.
type value struct {
	f *file
	n *yaml.Node // never an alias or a document
}

// A pair is one key of a map with its value.
type pair struct {
	key   string
	place value // of the key
	value value
}

// value steps over documents and aliases. The checker has seen that this ends.
func (f *file) value(n *yaml.Node) value {
	for n != nil {
		switch {
		case n.Kind == yaml.DocumentNode && len(n.Content) > 0:
			n = n.Content[0]
		case n.Kind == yaml.AliasNode:
			n = n.Alias
		default:
			return value{f, n}
		}
	}
	return value{f: f}
}

// These look at the kind of node alone; a null is a scalar.
func (v value) isMap() bool    { return v.n != nil && v.n.Kind == yaml.MappingNode }
func (v value) isList() bool   { return v.n != nil && v.n.Kind == yaml.SequenceNode }
func (v value) isScalar() bool { return v.n != nil && v.n.Kind == yaml.ScalarNode }

// isNull reports whether there is nothing, or null in one of its spellings: null, ~, or an
// empty value.
func (v value) isNull() bool {
	return v.n == nil || v.n.Kind == 0 || v.isScalar() && v.n.Tag == "!!null"
}

// text returns a scalar's source text; what is null or no scalar is "". Quotes and escapes
// are undone.
func (v value) text() string {
	if v.isNull() || !v.isScalar() {
		return ""
	}
	return v.n.Value
}

// isPlain reports whether a scalar stands without quotes and in no block.
func (v value) isPlain() bool {
	return v.isScalar() && v.n.Style&(yaml.DoubleQuotedStyle|yaml.SingleQuotedStyle|yaml.LiteralStyle|yaml.FoldedStyle) == 0
}

// kind names what stands there, as messages do.
func (v value) kind() string {
	switch {
	case v.isNull():
		return "nothing"
	case v.isMap():
		return "a map"
	case v.isList():
		return "a list"
	}
	return "a text"
}

// pos is where the value begins, the zero place when it is absent.
func (v value) pos() collection.Pos {
	if v.n == nil {
		return collection.Pos{}
	}
	return v.f.place(v.n)
}

// pairs returns a map's keys in file order, and none of anything else. The checker has seen
// that keys are texts.
func (v value) pairs() []pair {
	if !v.isMap() {
		return nil
	}
	list := make([]pair, 0, len(v.n.Content)/2)
	for i := 0; i+1 < len(v.n.Content); i += 2 {
		key := v.f.value(v.n.Content[i])
		list = append(list, pair{key.n.Value, value{v.f, v.n.Content[i]}, v.f.value(v.n.Content[i+1])})
	}
	return list
}

// get returns the value of a key; it is absent where the map has none. Maps are small, so
// they are searched.
func (v value) get(key string) value {
	for _, p := range v.pairs() {
		if p.key == key {
			return p.value
		}
	}
	return value{f: v.f}
}

// has reports whether the key is there, be it with null.
func (v value) has(key string) bool { return v.get(key).n != nil }

// elements returns a list's values, and none of anything else.
func (v value) elements() []value {
	if !v.isList() {
		return nil
	}
	list := make([]value, len(v.n.Content))
	for i, n := range v.n.Content {
		list[i] = v.f.value(n)
	}
	return list
}

// json returns the value as JSON. Scalars without quotes that JSON knows are what they look
// like; a number must print as it is written, so 007 and 1.0 are texts.
func (v value) json() collection.Value {
	switch {
	case v.isNull():
		return collection.NullValue()
	case v.isScalar():
		if !v.isPlain() {
			return collection.Text(v.n.Value)
		}
		if v.n.Value == "true" || v.n.Value == "false" {
			return collection.BoolValue(v.n.Value == "true")
		}
		if f, err := strconv.ParseFloat(v.n.Value, 64); err == nil && collection.FormatNumber(f) == v.n.Value && v.n.Value != "Infinity" && v.n.Value != "-Infinity" && v.n.Value != "NaN" {
			return collection.NumberValue(f)
		}
		return collection.Text(v.n.Value)
	}
	var b strings.Builder
	if v.isList() {
		b.WriteByte('[')
		for i, e := range v.elements() {
			if i > 0 {
				b.WriteByte(',')
			}
			b.WriteString(e.json().JSONText())
		}
		b.WriteByte(']')
		return collection.JSONValue(b.String())
	}
	b.WriteByte('{')
	for i, p := range v.pairs() {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString(collection.Quote(p.key) + ":" + p.value.json().JSONText())
	}
	b.WriteByte('}')
	return collection.JSONValue(b.String())
}

// lines returns where each line of a text begins in the file: of a literal block each line,
// else the one place. When the file does not have the lines as expected, it is the one place
// too.
func (v value) lines() []collection.Pos {
	text := strings.Split(v.text(), "\n")
	if !v.isScalar() || v.n.Style&yaml.LiteralStyle == 0 {
		return []collection.Pos{v.pos()}
	}
	list := make([]collection.Pos, 0, len(text))
	for i, line := range text {
		at := v.n.Line + i                           // the block begins below its header
		if i > 0 && i == len(text)-1 && line == "" { // the line end that closes the block
			list = append(list, collection.Pos{Line: at + 1, Col: 1})
			continue
		}
		if at >= len(v.f.lines) || !strings.HasSuffix(strings.TrimSuffix(v.f.lines[at], "\r"), line) {
			return []collection.Pos{v.pos()}
		}
		list = append(list, collection.Pos{Line: at + 1, Col: len(strings.TrimSuffix(v.f.lines[at], "\r")) - len(line) + 1})
	}
	return list
}
