package schema

import (
	"math"
	"slices"
	"strconv"

	"github.com/dop251/goja"
)

// coercible are the types that option coerceTypes may turn data into.
func (c site) coercible(types []string) []string {
	if c.opts.coerce == "" {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(types), func(name string) bool {
		return name == "object" || name == "array" && c.opts.coerce != "array"
	})
}

// coerce turns the value of a spot into one of types where ajv does, and writes it back into the data.
func (in *instance) coerce(s *spot, types, to []string, o *options) bool {
	v := s.value
	if o.coerce == "array" && kindOf(v) == kindArray && length(v) == 1 {
		v = get(v, "0")
		s.value = v // for the checks that follow, even when no type fits
		if isOneOf(types, v, o.strictNumbers) {
			return s.put(v)
		}
	}
	for _, name := range to {
		if turned := in.turn(v, name); turned != nil {
			return s.put(turned)
		}
	}
	return false
}

func (s *spot) put(v goja.Value) bool {
	s.value = v
	if s.holder != nil {
		_ = s.holder.Set(s.key, v)
	}
	return true
}

// turn makes a value of another type, or nil where that would lose something.
func (in *instance) turn(v goja.Value, to string) goja.Value {
	k := kindOf(v)
	switch to {
	case "string":
		switch k {
		case kindNumber, kindBoolean:
			return in.vm.ToValue(v.String())
		case kindNull:
			return in.vm.ToValue("")
		default:
		}
	case "number", "integer":
		n := v.ToNumber()
		switch {
		case k == kindBoolean, k == kindNull:
			return n
		case k != kindString || v.String() == "" || math.IsNaN(n.ToFloat()):
		case to == "integer" && !isInteger(n.ToFloat()):
		default:
			return n
		}
	case "boolean":
		text := v.String()
		switch {
		case k == kindString && text == "false", k == kindNumber && v.ToFloat() == 0, k == kindNull:
			return in.vm.ToValue(false)
		case k == kindString && text == "true", k == kindNumber && v.ToFloat() == 1:
			return in.vm.ToValue(true)
		}
	case "null":
		if k == kindString && v.String() == "" || k == kindNumber && v.ToFloat() == 0 || isFalse(v) {
			return goja.Null()
		}
	case "array":
		switch k {
		case kindString, kindNumber, kindBoolean, kindNull, kindUndefined:
			return list(in.vm, []goja.Value{v})
		default:
		}
	}
	return nil
}

// defaults makes what fills in the defaults of an object's properties or an array's elements; nil when there
// are none, or inside of alternatives.
func (c site) defaults(kind string) func(s *spot) {
	if c.opts.useDefaults == "" || c.composite && c.opts.strictDefaults == "" {
		return nil
	}
	values := map[string]goja.Value{}
	var names []string
	switch kind {
	case "object":
		properties := get(c.schema, "properties")
		for _, name := range keys(properties) {
			if v := get(get(properties, name), "default"); defined(v) {
				names, values[name] = append(names, name), v
			}
		}
	case "array":
		for i, schema := range items(get(c.schema, "items")) {
			if v := get(schema, "default"); defined(v) {
				name := strconv.Itoa(i)
				names, values[name] = append(names, name), v
			}
		}
	}
	if len(names) == 0 {
		return nil
	}
	if c.composite {
		c.ignoredDefault("data" + access(names[0]))
		return nil
	}
	return func(s *spot) {
		o, ok := s.value.(*goja.Object)
		for _, name := range names {
			if !ok || !c.needsDefault(get(o, name)) {
				continue
			}
			v := values[name]
			if c.opts.useDefaults != "shared" {
				v = c.in.copyOf(v)
			}
			_ = o.Set(name, v)
		}
	}
}

// ignoredDefault says that a default has no effect, as option strictDefaults wants it.
func (c site) ignoredDefault(of string) {
	message := "default is ignored for: " + of
	if c.opts.strictDefaults != "log" {
		c.in.fail(message)
	}
	c.in.warn(message)
}

func (c site) needsDefault(v goja.Value) bool {
	return !defined(v) || c.opts.useDefaults == "empty" && (goja.IsNull(v) || kindOf(v) == kindString && v.String() == "")
}

// copyOf makes a new value of the same JSON.
func (in *instance) copyOf(v goja.Value) goja.Value {
	switch kindOf(v) {
	case kindArray:
		values := items(v)
		for i := range values {
			values[i] = in.copyOf(values[i])
		}
		return list(in.vm, values)
	case kindObject:
		o := in.vm.NewObject()
		for _, name := range keys(v) {
			_ = o.Set(name, in.copyOf(get(v, name)))
		}
		return o
	default:
		return v
	}
}
