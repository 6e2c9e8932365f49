package schema

import (
	"strconv"
	"strings"

	"github.com/dop251/goja"

	"posthaste/script/jsvalue"
	"posthaste/script/lib/schema/jsdata"
)

// A spot is a place in the data, linked to the one above. Its path is written only when an
// error needs it, which most places never do.
type spot struct {
	value  goja.Value
	parent *spot
	holder *goja.Object // the object or array that holds value; nil at the root
	key    string       // the name or index in holder
	step   step
}

// A step says how a path goes down to a spot, which decides how it is written.
type step int

const (
	atRoot  step = iota
	byName       // a name the schema knows: .name, or ['na-me']
	byKey        // a name found in the data: ['name']
	byIndex      // [0]
	sameAs       // the parent's own place: the name of a property
)

// child goes down to a value.
func (s *spot) child(v goja.Value, key string, how step) *spot {
	holder, _ := s.value.(*goja.Object)
	return &spot{value: v, parent: s, holder: holder, key: key, step: how}
}

// property goes down to a property by name; its value may be undefined.
func (s *spot) property(key string, how step) *spot {
	return s.child(jsvalue.Field(s.value, key), key, how)
}

// index goes down to an element.
func (s *spot) index(i int) *spot {
	key := strconv.Itoa(i)
	return s.child(jsvalue.Field(s.value, key), key, byIndex)
}

// path writes the way from the root to a spot as ajv's dataPath does.
func (s *spot) path(pointers bool) string {
	var steps []string
	for at := s; at != nil; at = at.parent {
		if text := at.segment(pointers); text != "" {
			steps = append(steps, text)
		}
	}
	var b strings.Builder
	for i := len(steps) - 1; i >= 0; i-- {
		b.WriteString(steps[i])
	}
	return b.String()
}

// segment is the step to this spot as dataPath has it.
func (s *spot) segment(pointers bool) string {
	switch s.step {
	case atRoot:
		return s.key // the dataPath that the caller gave
	case byName:
		if pointers {
			return "/" + jsdata.EscapePointer(s.key)
		}
		return access(s.key)
	case byKey:
		if pointers {
			return "/" + jsdata.EscapePointer(s.key)
		}
		return "['" + s.key + "']"
	case byIndex:
		if pointers {
			return "/" + s.key
		}
		return "[" + s.key + "]"
	case sameAs:
	}
	return ""
}

// access writes how JavaScript accesses a property: .name or ['na-me'].
func access(key string) string {
	if isIdentifier(key) {
		return "." + key
	}
	key = strings.NewReplacer(`\`, `\\`, "'", `\'`, "\n", `\n`, "\r", `\r`, "\f", `\f`, "\t", `\t`).Replace(key)
	return "['" + key + "']"
}

// isIdentifier knows ASCII identifiers only, as ajv's pattern does.
func isIdentifier(key string) bool {
	for i, c := range []byte(key) {
		letter := c|0x20 >= 'a' && c|0x20 <= 'z' || c == '_' || c == '$'
		if !letter && (i == 0 || c < '0' || c > '9') {
			return false
		}
	}
	return key != ""
}

// escapeFragment writes a name for schemaPath, as encodeURIComponent does, after escaping it
// for a JSON pointer.
func escapeFragment(name string) string {
	var b strings.Builder
	for _, c := range []byte(jsdata.EscapePointer(name)) {
		if c|0x20 >= 'a' && c|0x20 <= 'z' || c >= '0' && c <= '9' || strings.IndexByte("-_.!~*'()", c) >= 0 {
			b.WriteByte(c)
			continue
		}
		b.WriteString("%" + strings.ToUpper(hex(c)))
	}
	return b.String()
}

// hex is a byte in two digits.
func hex(c byte) string {
	const digits = "0123456789abcdef"
	return string([]byte{digits[c>>4], digits[c&15]})
}
