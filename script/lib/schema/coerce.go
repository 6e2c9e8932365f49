package schema

import (
	"math"
	"slices"
	"strconv"

	"github.com/dop251/goja"

	"posthaste/script/jsvalue"
	"posthaste/script/lib/schema/jsdata"
)

// coercible are the types that the option coerceTypes may turn data into. It never makes
// objects, and arrays only when it is "array".
func coercible(c site, types []string) []string {
	if c.opts.coerce == "" {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(types), func(name string) bool {
		return name == "object" || name == "array" && c.opts.coerce != "array"
	})
}

// coerce turns the value of a spot into one of types where ajv does, and writes it back into
// the data. to are the types to try, in order. It returns false when none is possible; then
// the value is as before.
func (in *instance) coerce(s *spot, types, to []string, o *options) bool {
	v := s.value
	// coerceTypes: "array" also unpacks an array of one element.
	if o.coerce == "array" && jsdata.KindOf(v) == jsdata.KindArray && jsdata.Length(v) == 1 {
		v = jsvalue.Field(v, "0")
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

// put writes a coerced value where it came from: into the object or array that contains it.
// The root of the data is in nothing, so validate(5) leaves the caller's variable as it is,
// as with ajv.
func (s *spot) put(v goja.Value) bool {
	s.value = v
	if s.holder != nil {
		_ = s.holder.Set(s.key, v)
	}
	return true
}

// turn makes a value of another type, or nil where that would lose something: "1" becomes 1,
// "1x" does not.
func (in *instance) turn(v goja.Value, to string) goja.Value {
	k := jsdata.KindOf(v)
	switch to {
	case "string":
		switch k {
		case jsdata.KindNumber, jsdata.KindBoolean:
			return in.vm.ToValue(v.String())
		case jsdata.KindNull:
			return in.vm.ToValue("")
		default:
		}
	case "number", "integer":
		n := v.ToNumber()
		switch {
		case k == jsdata.KindBoolean, k == jsdata.KindNull:
			return n
		case k != jsdata.KindString || v.String() == "" || math.IsNaN(n.ToFloat()):
		case to == "integer" && !jsdata.IsInteger(n.ToFloat()):
		default:
			return n
		}
	case "boolean":
		text := v.String()
		switch {
		case k == jsdata.KindString && text == "false", k == jsdata.KindNumber && v.ToFloat() == 0, k == jsdata.KindNull:
			return in.vm.ToValue(false)
		case k == jsdata.KindString && text == "true", k == jsdata.KindNumber && v.ToFloat() == 1:
			return in.vm.ToValue(true)
		}
	case "null":
		if k == jsdata.KindString && v.String() == "" || k == jsdata.KindNumber && v.ToFloat() == 0 || jsdata.IsFalse(v) {
			return goja.Null()
		}
	case "array":
		switch k {
		case jsdata.KindString, jsdata.KindNumber, jsdata.KindBoolean, jsdata.KindNull, jsdata.KindUndefined:
			return jsvalue.Array(in.vm, []goja.Value{v})
		default:
		}
	}
	return nil
}

// defaults makes the function that fills in the defaults of an object's properties or an
// array's elements. It is nil without defaults and inside of alternatives, where ajv fills in
// nothing. kind is the type of the group of keywords that is compiled.
func defaults(c site, kind string) func(s *spot) {
	if c.opts.useDefaults == "" || c.composite && c.opts.strictDefaults == "" {
		return nil
	}
	values := map[string]goja.Value{}
	var names []string
	switch kind {
	case "object":
		properties := jsvalue.Field(c.schema, "properties")
		for _, name := range jsdata.Keys(properties) {
			if v := jsvalue.Field(jsvalue.Field(properties, name), "default"); jsdata.Defined(v) {
				names, values[name] = append(names, name), v
			}
		}
	case "array":
		for i, schema := range jsdata.Items(jsvalue.Field(c.schema, "items")) {
			if v := jsvalue.Field(schema, "default"); jsdata.Defined(v) {
				name := strconv.Itoa(i)
				names, values[name] = append(names, name), v
			}
		}
	}
	if len(names) == 0 {
		return nil
	}
	if c.composite {
		ignoredDefault(c, "data"+access(names[0]))
		return nil
	}
	return func(s *spot) {
		o, ok := s.value.(*goja.Object)
		for _, name := range names {
			if !ok || !needsDefault(c, jsvalue.Field(o, name)) {
				continue
			}
			v := values[name]
			// Two objects must not share a default that one of them then changes.
			if c.opts.useDefaults != "shared" {
				v = c.in.copyOf(v)
			}
			_ = o.Set(name, v)
		}
	}
}

// ignoredDefault reports that a default has no effect: it throws, or warns when
// strictDefaults is "log".
func ignoredDefault(c site, of string) {
	message := "default is ignored for: " + of
	if c.opts.strictDefaults != "log" {
		c.in.fail(message)
	}
	c.in.warn(message)
}

// needsDefault says whether a default is to be filled in: the property is missing or
// undefined, or with useDefaults "empty" it is null or "".
func needsDefault(c site, v goja.Value) bool {
	return !jsdata.Defined(v) || c.opts.useDefaults == "empty" && (goja.IsNull(v) || jsdata.KindOf(v) == jsdata.KindString && v.String() == "")
}

// copyOf makes a new value of the same JSON. Values that are no arrays or objects are
// returned as they are.
func (in *instance) copyOf(v goja.Value) goja.Value {
	switch jsdata.KindOf(v) {
	case jsdata.KindArray:
		values := jsdata.Items(v)
		for i := range values {
			values[i] = in.copyOf(values[i])
		}
		return jsvalue.Array(in.vm, values)
	case jsdata.KindObject:
		o := in.vm.NewObject()
		for _, name := range jsdata.Keys(v) {
			_ = o.Set(name, in.copyOf(jsvalue.Field(v, name)))
		}
		return o
	default:
		return v
	}
}
