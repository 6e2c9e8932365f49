package collection

import (
	"fmt"
	"iter"
	"strconv"
	"strings"

	"github.com/tidwall/gjson"

	"posthaste/collection/source"
)

// jsonPath returns the path of the value that begins at an offset, as JavaScript would write
// it: item[2].request.url. It is looked up only for errors, by walking down from the root, so
// reading costs nothing for it.
func jsonPath(s *source.Source, offset int) string {
	v := gjson.Parse(s.Text[s.Start:])
	v.Index = s.Start
	var b strings.Builder
	// Each round goes down one level, to the child in whose text the offset lies.
	for v.Index < offset {
		found := false
		list, i := newNode(v).isArray(), 0
		v.ForEach(func(key, child gjson.Result) bool {
			if child.Index+len(child.Raw) <= offset {
				i++
				return true
			}
			if list {
				b.WriteString("[" + strconv.Itoa(i) + "]")
			} else {
				b.WriteString("." + key.Str)
			}
			v, found = child, child.Index <= offset
			return false
		})
		if !found { // the offset lies between two values
			break
		}
	}
	return strings.TrimPrefix(b.String(), ".")
}

// A node is a JSON value; its Index is where it begins in the source, in bytes. The zero node
// is absent; a JSON null has the Raw text "null", but isNull is true for both.
type node struct {
	Type  gjson.Type
	Raw   string // as in the source
	Str   string // of a string, decoded
	Num   float64
	Index int
}

// newNode keeps what is needed of gjson's result, which is half as large again; large
// collections have millions of them.
func newNode(r gjson.Result) node {
	return node{Type: r.Type, Raw: r.Raw, Str: r.Str, Num: r.Num, Index: r.Index}
}

// result gives gjson back what it needs to walk the value.
func (n node) result() gjson.Result {
	return gjson.Result{Type: n.Type, Raw: n.Raw, Str: n.Str, Num: n.Num, Index: n.Index}
}

// These four look at the type alone. A string with only blanks is a string, and an empty list
// is a list.
func (n node) isObject() bool { return n.Type == gjson.JSON && n.Raw != "" && n.Raw[0] == '{' }
func (n node) isArray() bool  { return n.Type == gjson.JSON && n.Raw != "" && n.Raw[0] == '[' }
func (n node) isString() bool { return n.Type == gjson.String }
func (n node) isNull() bool   { return n.Type == gjson.Null }

// truthy reports whether JavaScript takes the value for true. Absent and null are false; []
// and {} are true.
func (n node) truthy() bool {
	switch n.Type {
	case gjson.True, gjson.JSON:
		return true
	case gjson.String:
		return n.Str != ""
	case gjson.Number:
		return n.Num != 0
	default:
		return false
	}
}

// kind names the value's type as messages do. Absent values are "null" too: messages do not
// tell them apart.
func (n node) kind() string {
	switch {
	case n.isObject():
		return "an object"
	case n.isArray():
		return "a list"
	case n.Type == gjson.String:
		return "a string"
	case n.Type == gjson.Number:
		return "a number"
	case n.Type == gjson.True, n.Type == gjson.False:
		return "a boolean"
	}
	return "null"
}

// text returns a scalar as JavaScript's String does; null and absent values are "". Lists and
// objects are their compact JSON, where JavaScript has "1,2" and "[object Object]"; jsString
// has these.
func (n node) text() string {
	switch n.Type {
	case gjson.Number:
		return FormatNumber(n.Num)
	case gjson.JSON:
		return compact(n.Raw)
	case gjson.Null:
		return ""
	case gjson.String:
		return n.Str
	default:
		return n.Raw
	}
}

// value returns the node as a Value: absent is undefined, arrays and objects are compacted.
// Numbers are float64, so long integers lose digits as they do in JavaScript.
func (n node) value() Value {
	switch {
	case n.Raw == "":
		return Value{}
	case n.Type == gjson.String:
		return Text(n.Str)
	case n.Type == gjson.Number:
		return NumberValue(n.Num)
	case n.Type == gjson.JSON:
		return Value{JSON, compact(n.Raw)}
	case n.Type == gjson.Null:
		return NullValue()
	}
	return BoolValue(n.Type == gjson.True)
}

// elements returns a list's values, and none for anything else, so that callers need not ask
// first.
func (n node) elements() []node {
	if !n.isArray() {
		return nil
	}
	var list []node
	n.result().ForEach(func(_, v gjson.Result) bool {
		list = append(list, newNode(v))
		return true
	})
	return list
}

// ValueOf returns what gjson read as a Value: what is absent is undefined, and arrays and
// objects are compacted. It is for packages that read other files with gjson.
func ValueOf(r gjson.Result) Value { return newNode(r).value() }

// Members yields the members of a JSON object in the order in which JavaScript has them, each
// key once with its last value. Anything else has no members.
func Members(r gjson.Result) iter.Seq2[string, gjson.Result] {
	return func(yield func(string, gjson.Result) bool) {
		for _, f := range sortIndexes(newNode(r).object().fields) {
			if !yield(f.key, f.val.result()) {
				return
			}
		}
	}
}

// A field is one key of an object.
type field struct {
	key string
	val node
}

// An object is a JSON object's fields in file order, each key once: its last value counts, as
// it does in JavaScript, at the place of the first.
type object struct {
	node
	fields []field
}

// object reads an object; anything else has no fields. Values are not read deeper than one
// level.
func (n node) object() object {
	o := object{node: n}
	if !n.isObject() {
		return o
	}
	o.fields = make([]field, 0, 4) // most objects of a collection have few keys
	var seen map[string]int        // only when a scan would be slow
	n.result().ForEach(func(k, v gjson.Result) bool {
		f := field{k.Str, newNode(v)}
		// From here on, searching the list for each key would make a large object cost the
		// square of its size.
		if len(o.fields) == 16 {
			seen = make(map[string]int)
			for i := range o.fields {
				seen[o.fields[i].key] = i
			}
		}
		if i := o.find(k.Str, seen); i >= 0 {
			o.fields[i].val = f.val
			return true
		}
		if seen != nil {
			seen[k.Str] = len(o.fields)
		}
		o.fields = append(o.fields, f)
		return true
	})
	return o
}

// find returns the place of a key, or -1. seen is an index of the fields, which large objects
// have and small ones do without, because a map costs more than a short search. It may be
// nil.
func (o object) find(key string, seen map[string]int) int {
	if seen != nil {
		if i, ok := seen[key]; ok {
			return i
		}
		return -1
	}
	for i := range o.fields {
		if o.fields[i].key == key {
			return i
		}
	}
	return -1
}

// get returns the value of a key, or absent. The search is along the list.
func (o object) get(key string) node {
	if i := o.find(key, nil); i >= 0 {
		return o.fields[i].val
	}
	return node{}
}

// has reports whether the key is there, be it with null.
func (o object) has(key string) bool { return o.find(key, nil) >= 0 }

// extra returns the fields that are not among the known ones as a JSON object, or nil. It is
// how the model keeps for exports what it does not know; the list must name every key that
// the caller reads, or an export has it twice.
func (o object) extra(known ...string) []byte {
	var b []byte
next:
	for _, f := range o.fields {
		for _, k := range known {
			if k == f.key {
				continue next
			}
		}
		if b == nil {
			b = append(b, '{')
		} else {
			b = append(b, ',')
		}
		b = append(b, Quote(f.key)...)
		b = append(b, ':')
		b = append(b, compact(f.val.Raw)...)
	}
	if b == nil {
		return nil
	}
	return append(b, '}')
}

// A reader turns nodes into the model. It keeps the first error and goes on, so that reading
// code stays free of error paths; whoever started it asks for err at the end. Later errors
// often only follow from the first.
type reader struct {
	src   *source.Source
	newID func() string
	err   *ParseError
}

// wrong records that a value has a type that nothing can be made of. want completes "expected
// …" and "Postman exports … here".
func (r *reader) wrong(n node, want string) {
	if r.err != nil {
		return
	}
	r.err = r.src.ErrorAt(n.Index, "Postman exports "+want+" here; export the file again or correct it by hand",
		fmt.Errorf("%s: expected %s, found %s", jsonPath(r.src, n.Index), want, n.kind()))
}

// pos is the line and column at which a value begins.
func (r *reader) pos(n node) Pos { return r.src.Pos(n.Index) }
