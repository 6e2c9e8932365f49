package collection

import (
	"sort"
	"strconv"
	"strings"

	"github.com/tidwall/gjson"
)

// compact returns valid JSON as JavaScript's JSON.stringify(JSON.parse(…)) does: no white
// space, a key that comes twice counts once, keys that are array indexes come first, numbers
// in JavaScript's form. For example {"b": 1.0, "1": 2} becomes {"1":2,"b":1}. JSON that is
// not valid gives an unspecified text.
func compact(raw string) string {
	v := gjson.Parse(raw)
	if v.Type != gjson.JSON {
		return scalarJSON(v)
	}
	var b strings.Builder
	b.Grow(len(raw))
	writeCompact(&b, v)
	return b.String()
}

// scalarJSON is a value as JSON.stringify writes it: numbers in JavaScript's shortest form,
// texts with its escapes. true, false and null are as in the source.
func scalarJSON(v gjson.Result) string {
	switch v.Type {
	case gjson.String:
		return Quote(v.Str)
	case gjson.Number:
		return NumberValue(v.Num).JSONText()
	default:
		return v.Raw
	}
}

// writeCompact writes JSON as JSON.stringify(JSON.parse(text)) would, without blanks.
// JavaScript lists keys that are array indexes first, in the order of their numbers. Its
// depth is bounded, because the source was checked for the depth of nesting before.
func writeCompact(b *strings.Builder, v gjson.Result) {
	n := newNode(v)
	switch {
	case n.isObject():
		b.WriteByte('{')
		for i, f := range sortIndexes(n.object().fields) {
			if i > 0 {
				b.WriteByte(',')
			}
			b.WriteString(Quote(f.key))
			b.WriteByte(':')
			writeCompact(b, f.val.result())
		}
		b.WriteByte('}')
	case n.isArray():
		b.WriteByte('[')
		first := true
		n.result().ForEach(func(_, e gjson.Result) bool {
			if !first {
				b.WriteByte(',')
			}
			first = false
			writeCompact(b, e)
			return true
		})
		b.WriteByte(']')
	default:
		b.WriteString(scalarJSON(v))
	}
}

// sortIndexes moves keys that JavaScript takes for array indexes to the front, in numeric
// order. Without such keys it returns fields itself, which is nearly always.
func sortIndexes(fields []field) []field {
	var indexes, rest []field
	for _, f := range fields {
		if isIndex(f.key) {
			indexes = append(indexes, f)
		} else {
			rest = append(rest, f)
		}
	}
	if indexes == nil {
		return fields
	}
	// Indexes have no leading zeros, so a longer one is a greater one.
	sort.Slice(indexes, func(i, j int) bool {
		a, b := indexes[i].key, indexes[j].key
		return len(a) < len(b) || len(a) == len(b) && a < b
	})
	return append(indexes, rest...)
}

// isIndex says whether JavaScript takes a key for an array index: a canonical integer below
// 2^32-1 (ECMA-262, 6.1.7). "01" and "1.0" are plain keys.
func isIndex(key string) bool {
	if key == "" || len(key) > 10 || key[0] < '0' || key[0] > '9' || key[0] == '0' && key != "0" {
		return false
	}
	n, err := strconv.ParseUint(key, 10, 32)
	return err == nil && n < 1<<32-1
}
