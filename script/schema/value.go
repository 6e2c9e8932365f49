package schema

import (
	"math"
	"reflect"
	"strconv"
	"strings"

	"github.com/dop251/goja"

	"posthaste/script/module/lazy"
)

// A kind is what typeof says, with null and arrays told apart.
type kind string

const (
	kindUndefined kind = "undefined"
	kindNull      kind = "null"
	kindBoolean   kind = "boolean"
	kindNumber    kind = "number"
	kindString    kind = "string"
	kindArray     kind = "array"
	kindObject    kind = "object"
	kindFunction  kind = "function"
	kindOther     kind = "other" // symbols and bigints
)

func kindOf(v goja.Value) kind {
	switch {
	case v == nil || goja.IsUndefined(v):
		return kindUndefined
	case goja.IsNull(v):
		return kindNull
	}
	switch x := v.(type) {
	case goja.String:
		return kindString
	case *goja.Object:
		switch lazy.Class(x) {
		case "Array":
			return kindArray
		case "Function":
			return kindFunction
		}
		return kindObject
	}
	switch t := v.ExportType(); {
	case t == nil:
		return kindOther
	case t.Kind() == reflect.Int64, t.Kind() == reflect.Float64:
		return kindNumber
	case t.Kind() == reflect.Bool:
		return kindBoolean
	}
	return kindOther
}

// isThing says that typeof v is "object" and v is not null, which arrays are too.
func isThing(v goja.Value) bool {
	k := kindOf(v)
	return k == kindObject || k == kindArray
}

// get reads a property of any value; what is not there, or not an object, is undefined.
func get(v goja.Value, key string) goja.Value {
	o, ok := v.(*goja.Object)
	if !ok {
		return goja.Undefined()
	}
	if found := o.Get(key); found != nil {
		return found
	}
	return goja.Undefined()
}

func defined(v goja.Value) bool { return v != nil && !goja.IsUndefined(v) }

// has says that v has a property key that is not undefined.
func has(v goja.Value, key string) bool { return defined(get(v, key)) }

func isTrue(v goja.Value) bool {
	return kindOf(v) == kindBoolean && v.ToBoolean()
}

func isFalse(v goja.Value) bool {
	return kindOf(v) == kindBoolean && !v.ToBoolean()
}

// keys are the own enumerable names of an object; a primitive has none.
func keys(v goja.Value) []string {
	if o, ok := v.(*goja.Object); ok {
		return o.Keys()
	}
	return nil
}

func length(v goja.Value) int {
	return int(get(v, "length").ToInteger())
}

// items are the elements of an array.
func items(v goja.Value) []goja.Value {
	if kindOf(v) != kindArray {
		return nil
	}
	list := make([]goja.Value, length(v))
	for i := range list {
		list[i] = get(v, strconv.Itoa(i))
	}
	return list
}

// list shows values as a new array.
func list(vm *goja.Runtime, values []goja.Value) *goja.Object {
	out := make([]any, len(values))
	for i, v := range values {
		out[i] = v
	}
	return vm.NewArray(out...)
}

func texts(v goja.Value) []string {
	values := items(v)
	out := make([]string, len(values))
	for i, item := range values {
		out[i] = item.String()
	}
	return out
}

// equal is deep equality as fast-deep-equal has it for what JSON can say: order of names is nothing, NaN is
// NaN, and 0 is -0.
func equal(a, b goja.Value, depth int) bool {
	ka, kb := kindOf(a), kindOf(b)
	if ka != kb || depth > maxDepth {
		return false
	}
	switch ka {
	case kindNumber:
		x, y := a.ToFloat(), b.ToFloat()
		return x == y || math.IsNaN(x) && math.IsNaN(y)
	case kindArray, kindObject:
		if a.StrictEquals(b) {
			return true
		}
		if ka == kindArray {
			return equalArrays(a, b, depth)
		}
		return equalObjects(a, b, depth)
	default:
		return a.StrictEquals(b)
	}
}

func equalArrays(a, b goja.Value, depth int) bool {
	x, y := items(a), items(b)
	if len(x) != len(y) {
		return false
	}
	for i := range x {
		if !equal(x[i], y[i], depth+1) {
			return false
		}
	}
	return true
}

func equalObjects(a, b goja.Value, depth int) bool {
	names := keys(a)
	if len(names) != len(keys(b)) {
		return false
	}
	other, _ := b.(*goja.Object)
	for _, name := range names {
		v := other.Get(name)
		if v == nil || !equal(get(a, name), v, depth+1) {
			return false
		}
	}
	return true
}

// identity writes a value so that equal ones, in the sense of equal, read the same. It finds duplicates in one
// pass and tells schemas apart. ok is false when v nests too deeply.
func identity(b *strings.Builder, v goja.Value, depth int) (ok bool) {
	if depth > maxDepth {
		return false
	}
	switch k := kindOf(v); k {
	case kindUndefined, kindNull:
		b.WriteString(string(k))
	case kindBoolean:
		b.WriteString(v.String())
	case kindNumber:
		b.WriteString(strconv.FormatFloat(v.ToFloat()+0, 'g', -1, 64))
	case kindString:
		b.WriteString(strconv.Quote(v.String()))
	case kindArray:
		b.WriteByte('[')
		for _, item := range items(v) {
			if !identity(b, item, depth+1) {
				return false
			}
			b.WriteByte(',')
		}
		b.WriteByte(']')
	case kindObject:
		return identityOfObject(b, v, depth)
	case kindFunction, kindOther:
		b.WriteString(v.String())
	}
	return true
}

func identityOfObject(b *strings.Builder, v goja.Value, depth int) bool {
	if class := v.(*goja.Object).ClassName(); class != "Object" {
		b.WriteString(class + v.String()) // dates and regular expressions
	}
	b.WriteByte('{')
	for _, name := range sorted(keys(v)) {
		b.WriteString(strconv.Quote(name) + ":")
		if !identity(b, get(v, name), depth+1) {
			return false
		}
		b.WriteByte(',')
	}
	b.WriteByte('}')
	return true
}
