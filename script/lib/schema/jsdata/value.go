// Package jsdata reads script values as the schema validators see them: kinds, properties, equality.
//
// ajv and tv4 share it. Values are read as JSON.parse made them, but scripts may hand in anything, also objects with
// getters.
package jsdata

import (
	"errors"
	"math"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/dop251/goja"

	"posthaste/script/jsvalue"
	"posthaste/script/lib/lazy"
)

// A Kind is what typeof says, with null and arrays told apart.
type Kind string

// The kinds.
const (
	KindUndefined Kind = "undefined"
	KindNull      Kind = "null"
	KindBoolean   Kind = "boolean"
	KindNumber    Kind = "number"
	KindString    Kind = "string"
	KindArray     Kind = "array"
	KindObject    Kind = "object"
	KindFunction  Kind = "function"
	KindOther     Kind = "other" // symbols and bigints
)

// KindOf returns the kind of a value.
func KindOf(v goja.Value) Kind {
	switch {
	case v == nil || goja.IsUndefined(v):
		return KindUndefined
	case goja.IsNull(v):
		return KindNull
	}
	switch x := v.(type) {
	case goja.String:
		return KindString
	case *goja.Object:
		switch lazy.Class(x) {
		case "Array":
			return KindArray
		case "Function":
			return KindFunction
		}
		return KindObject
	}
	switch t := v.ExportType(); {
	case t == nil:
		return KindOther
	case t.Kind() == reflect.Int64, t.Kind() == reflect.Float64:
		return KindNumber
	case t.Kind() == reflect.Bool:
		return KindBoolean
	}
	return KindOther
}

// IsThing says that typeof v is "object" and v is not null, which arrays are too.
func IsThing(v goja.Value) bool {
	k := KindOf(v)
	return k == KindObject || k == KindArray
}

// Defined says whether a value is there and not undefined.
func Defined(v goja.Value) bool { return v != nil && !goja.IsUndefined(v) }

// Has says that v has a property key that is not undefined.
func Has(v goja.Value, key string) bool { return Defined(jsvalue.Field(v, key)) }

// IsTrue says whether a value is the boolean true.
func IsTrue(v goja.Value) bool {
	return KindOf(v) == KindBoolean && v.ToBoolean()
}

// IsFalse says whether a value is the boolean false.
func IsFalse(v goja.Value) bool {
	return KindOf(v) == KindBoolean && !v.ToBoolean()
}

// Keys are the own enumerable names of an object; a primitive has none.
func Keys(v goja.Value) []string {
	if o, ok := v.(*goja.Object); ok {
		return o.Keys()
	}
	return nil
}

// Length returns the length of a list or a text.
func Length(v goja.Value) int {
	return int(jsvalue.Field(v, "length").ToInteger())
}

// Items are the elements of an array.
func Items(v goja.Value) []goja.Value {
	if KindOf(v) != KindArray {
		return nil
	}
	list := make([]goja.Value, Length(v))
	for i := range list {
		list[i] = jsvalue.Field(v, strconv.Itoa(i))
	}
	return list
}

// Texts returns the elements of a list as texts.
func Texts(v goja.Value) []string {
	values := Items(v)
	out := make([]string, len(values))
	for i, item := range values {
		out[i] = item.String()
	}
	return out
}

// Equal is deep equality as fast-deep-equal has it for what JSON can say: order of names is nothing, NaN is
// NaN, and 0 is -0.
func Equal(a, b goja.Value, depth int) bool {
	ka, kb := KindOf(a), KindOf(b)
	if ka != kb || depth > MaxDepth {
		return false
	}
	switch ka {
	case KindNumber:
		x, y := a.ToFloat(), b.ToFloat()
		return x == y || math.IsNaN(x) && math.IsNaN(y)
	case KindArray, KindObject:
		if a.StrictEquals(b) {
			return true
		}
		if ka == KindArray {
			return equalArrays(a, b, depth)
		}
		return equalObjects(a, b, depth)
	default:
		return a.StrictEquals(b)
	}
}

func equalArrays(a, b goja.Value, depth int) bool {
	x, y := Items(a), Items(b)
	if len(x) != len(y) {
		return false
	}
	for i := range x {
		if !Equal(x[i], y[i], depth+1) {
			return false
		}
	}
	return true
}

func equalObjects(a, b goja.Value, depth int) bool {
	names := Keys(a)
	if len(names) != len(Keys(b)) {
		return false
	}
	other, _ := b.(*goja.Object)
	for _, name := range names {
		v := other.Get(name)
		if v == nil || !Equal(jsvalue.Field(a, name), v, depth+1) {
			return false
		}
	}
	return true
}

// Identity writes a value so that equal ones, in the sense of equal, read the same. It finds duplicates in one
// pass and tells schemas apart. ok is false when v nests too deeply.
func Identity(b *strings.Builder, v goja.Value, depth int) (ok bool) {
	if depth > MaxDepth {
		return false
	}
	switch k := KindOf(v); k {
	case KindUndefined, KindNull:
		b.WriteString(string(k))
	case KindBoolean:
		b.WriteString(v.String())
	case KindNumber:
		b.WriteString(strconv.FormatFloat(v.ToFloat()+0, 'g', -1, 64))
	case KindString:
		b.WriteString(strconv.Quote(v.String()))
	case KindArray:
		b.WriteByte('[')
		for _, item := range Items(v) {
			if !Identity(b, item, depth+1) {
				return false
			}
			b.WriteByte(',')
		}
		b.WriteByte(']')
	case KindObject:
		return identityOfObject(b, v, depth)
	case KindFunction, KindOther:
		b.WriteString(v.String())
	}
	return true
}

// identityOfObject sorts the keys: two schemas that differ in their order are the same one.
func identityOfObject(b *strings.Builder, v goja.Value, depth int) bool {
	if class := v.(*goja.Object).ClassName(); class != "Object" {
		b.WriteString(class + v.String()) // dates and regular expressions
	}
	b.WriteByte('{')
	for _, name := range Sorted(Keys(v)) {
		b.WriteString(strconv.Quote(name) + ":")
		if !Identity(b, jsvalue.Field(v, name), depth+1) {
			return false
		}
		b.WriteByte(',')
	}
	b.WriteByte('}')
	return true
}

// EscapePointer writes a key as a part of a JSON pointer (RFC 6901).
func EscapePointer(s string) string {
	return strings.NewReplacer("~", "~0", "/", "~1").Replace(s)
}

// UnescapePointer reads a part of a JSON pointer.
func UnescapePointer(s string) string {
	return strings.ReplaceAll(strings.ReplaceAll(s, "~1", "/"), "~0", "~")
}

// Thrown is what an error of a call threw.
func Thrown(err error) any {
	var exception *goja.Exception
	if errors.As(err, &exception) {
		return exception.Value()
	}
	return err
}

// Sorted is a sorted copy.
func Sorted(names []string) []string {
	names = slices.Clone(names)
	slices.Sort(names)
	return names
}

// MaxDepth bounds how deeply schemas and data may nest, and how deep a $ref may lead.
const MaxDepth = 1200

// MaxSteps bounds the schema nodes that one validation may visit: a few seconds.
const MaxSteps = 10_000_000

// TextOr is a value as text, "" for what is false.
func TextOr(v goja.Value) string {
	if !v.ToBoolean() {
		return ""
	}
	return v.String()
}

// SplitRef splits a resolved reference into document and fragment.
func SplitRef(ref string) (document, fragment string) {
	document, fragment, _ = strings.Cut(ref, "#")
	return document, fragment
}

// IsInteger says that a number has no fraction; it takes infinities for integers, as ajv does.
func IsInteger(n float64) bool { return n == math.Trunc(n) }
