package lodash

import (
	"reflect"
	"strings"

	"github.com/dop251/goja"
)

// deepest is how far Go follows nested data. What is deeper, cycles too, is left to the JavaScript that knows both.
const deepest = 400

// A plainKind is what an object is to the functions in Go.
type plainKind int

const (
	other plainKind = iota
	plainArray
	plainObject
)

// kind says whether an object is an ordinary array or object, without symbols or a constructor of its own.
func (l *library) kind(o *goja.Object) plainKind {
	switch o.ClassName() {
	case "Array":
		if o.ExportType() == reflect.TypeFor[[]any]() && o.Prototype() == l.arrayProto {
			return plainArray
		}
	case "Object":
		if o.ExportType() == reflect.TypeFor[map[string]any]() && o.Prototype() == l.objectProto && len(o.Symbols()) == 0 {
			return plainObject
		}
	}
	return other
}

// items reads an array at once. ok is false for an array with holes, at which the engine's export panics.
func (l *library) items(o *goja.Object) (items []goja.Value, ok bool) {
	defer func() {
		if x := recover(); x != nil {
			if _, hole := x.(*reflect.ValueError); !hole {
				panic(x)
			}
			items, ok = nil, false
		}
	}()
	return items, l.env.VM.ExportTo(o, &items) == nil
}

// special says that a key cannot be handled as text, or means something else where it is inherited.
func (l *library) special(key string) bool {
	return l.objectProto.Get(key) != nil || strings.ContainsRune(key, '\uFFFD')
}

// clone copies plain data. It gives undefined for what holds anything else, a function for instance.
func (l *library) clone(call goja.FunctionCall) goja.Value {
	o, ok := call.Argument(0).(*goja.Object)
	if !ok {
		return goja.Undefined()
	}
	c := &cloner{library: l, copies: map[*goja.Object]*goja.Object{}}
	made := c.object(o, 0)
	if made == nil {
		return goja.Undefined()
	}
	return made
}

type cloner struct {
	*library
	copies map[*goja.Object]*goja.Object
	steps  int
}

// object copies an object that may be met again; nil where it cannot.
func (c *cloner) object(o *goja.Object, depth int) *goja.Object {
	if made := c.copies[o]; made != nil {
		return made
	}
	if depth > deepest {
		return nil
	}
	c.steps++
	c.env.Pause(c.steps)
	switch c.kind(o) {
	case plainArray:
		return c.array(o, depth)
	case plainObject:
	default:
		return nil
	}
	made := c.env.VM.NewObject()
	c.copies[o] = made
	for _, key := range o.Keys() {
		if c.special(key) {
			return nil
		}
		v := c.value(o.Get(key), depth)
		if v == nil {
			return nil
		}
		c.env.Check(made.Set(key, v))
	}
	return made
}

func (c *cloner) array(o *goja.Object, depth int) *goja.Object {
	items, ok := c.items(o)
	if !ok {
		return nil
	}
	if len(items) > 0 && goja.IsString(items[0]) && o.Get("index") != nil {
		return nil // what a regular expression found
	}
	made := make([]any, len(items))
	for i, item := range items {
		v := c.value(item, depth)
		if v == nil {
			return nil
		}
		made[i] = v
	}
	// An array is known only when it is whole: a cycle through it ends at the greatest depth, and JavaScript copies it.
	array := c.env.VM.NewArray(made...)
	c.copies[o] = array
	return array
}

func (c *cloner) value(v goja.Value, depth int) goja.Value {
	switch x := v.(type) {
	case nil:
		return goja.Undefined()
	case *goja.Object:
		if made := c.object(x, depth+1); made != nil {
			return made
		}
		return nil
	}
	return v
}

// equal compares plain data. It gives undefined where there is anything else in either.
func (l *library) equal(call goja.FunctionCall) goja.Value {
	c := &comparer{library: l, sure: true}
	same := c.values(call.Argument(0), call.Argument(1), 0)
	if !c.sure {
		return goja.Undefined()
	}
	return l.env.VM.ToValue(same)
}

type comparer struct {
	*library
	sure  bool
	steps int
}

func (c *comparer) values(a, b goja.Value, depth int) bool {
	if a == nil {
		a = goja.Undefined()
	}
	if b == nil {
		b = goja.Undefined()
	}
	one, ok1 := a.(*goja.Object)
	two, ok2 := b.(*goja.Object)
	switch {
	case !ok1 && !ok2:
		return a.StrictEquals(b) || goja.IsNaN(a) && goja.IsNaN(b)
	case !ok1 || !ok2:
		if nullish(a) || nullish(b) {
			return false
		}
		return c.unsure() // Object(1) equals 1
	case one == two:
		return true
	}
	c.steps++
	c.env.Pause(c.steps)
	kind := c.kind(one)
	if depth > deepest || kind == other || c.kind(two) == other {
		return c.unsure()
	}
	if kind != c.kind(two) {
		return false
	}
	if kind == plainArray {
		return c.arrays(one, two, depth)
	}
	return c.objects(one, two, depth)
}

func nullish(v goja.Value) bool { return goja.IsUndefined(v) || goja.IsNull(v) }

func (c *comparer) unsure() bool {
	c.sure = false
	return false
}

func (c *comparer) arrays(one, two *goja.Object, depth int) bool {
	a, ok1 := c.items(one)
	b, ok2 := c.items(two)
	if !ok1 || !ok2 {
		return c.unsure()
	}
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if !c.values(a[i], b[i], depth+1) {
			return false
		}
	}
	return true
}

func (c *comparer) objects(one, two *goja.Object, depth int) bool {
	keys, others := one.Keys(), two.Keys()
	for _, key := range keys {
		if c.special(key) {
			return c.unsure()
		}
	}
	if len(keys) != len(others) {
		return false
	}
	for _, key := range keys {
		if two.Get(key) == nil {
			return false
		}
	}
	for _, key := range keys {
		if !c.values(one.Get(key), two.Get(key), depth+1) {
			return false
		}
	}
	return true
}
