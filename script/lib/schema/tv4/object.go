package tv4

import (
	"slices"
	"strconv"

	"github.com/dop251/goja"

	"posthaste/script/jsvalue"
	"posthaste/script/lib/schema/jsdata"
)

// object checks the number of properties, required, each property, and dependencies, in this
// order.
func (c *check) object(data, schema goja.Value, pointer string) *finding {
	if jsdata.KindOf(data) != jsdata.KindObject {
		return nil
	}
	size := c.VM.ToValue(len(jsdata.Keys(data)))
	if low := jsvalue.Field(schema, "minProperties"); jsdata.Defined(low) && size.ToFloat() < low.ToFloat() {
		if f := c.handle(c.create("OBJECT_PROPERTIES_MINIMUM", "/minProperties", data, schema, param{"propertyCount", size}, param{"minimum", low})); f != nil {
			return f
		}
	}
	if high := jsvalue.Field(schema, "maxProperties"); jsdata.Defined(high) && size.ToFloat() > high.ToFloat() {
		if f := c.handle(c.create("OBJECT_PROPERTIES_MAXIMUM", "/maxProperties", data, schema, param{"propertyCount", size}, param{"maximum", high})); f != nil {
			return f
		}
	}
	for i, name := range jsdata.Items(jsvalue.Field(schema, "required")) {
		if jsdata.Has(data, name.String()) {
			continue
		}
		if f := c.handle(c.create("OBJECT_REQUIRED", "/required/"+strconv.Itoa(i), data, schema, param{"key", name})); f != nil {
			return f
		}
	}
	for _, name := range jsdata.Keys(data) {
		if f := c.property(data, schema, name, pointer+"/"+jsdata.EscapePointer(name)); f != nil {
			return f
		}
	}
	return c.dependencies(data, schema, pointer)
}

// property checks one property by its name, by each pattern that fits, and otherwise by
// additionalProperties. name is the property, pointer its JSON pointer from the root.
func (c *check) property(data, schema goja.Value, name, pointer string) *finding {
	v, found := jsvalue.Field(data, name), false
	if own := jsvalue.Field(jsvalue.Field(schema, "properties"), name); jsdata.Defined(own) {
		found = true
		if f := c.all(v, own, []string{name}, []string{"properties", name}, pointer); f != nil {
			return f
		}
	}
	patterns := jsvalue.Field(schema, "patternProperties")
	// As many as fit, so one property can be checked several times.
	for _, source := range jsdata.Keys(patterns) {
		if !c.Matches(c.Pattern(source), c.VM.ToValue(name)) {
			continue
		}
		found = true
		if f := c.all(v, jsvalue.Field(patterns, source), []string{name}, []string{"patternProperties", source}, pointer); f != nil {
			return f
		}
	}
	more := jsvalue.Field(schema, "additionalProperties")
	c.track(pointer, found || jsdata.Defined(more))
	switch {
	case found || !jsdata.Defined(more) || jsdata.IsTrue(more):
		return nil
	case jsdata.IsFalse(more):
		// The data path names the property, not the object.
		f := c.create("OBJECT_ADDITIONAL_PROPERTIES", "/additionalProperties", data, schema, param{"key", c.VM.ToValue(name)})
		return c.handle(f.prefixed(&name, nil))
	}
	return c.all(v, more, []string{name}, []string{"additionalProperties"}, pointer)
}

// track notes for banUnknownProperties that a schema names a property, or that this one does
// not. Once named it stays known: another schema of an allOf may not name it.
func (c *check) track(pointer string, known bool) {
	switch {
	case !c.ban:
	case known:
		c.known[pointer] = true
		c.unknown.remove(pointer)
	case !c.known[pointer]:
		c.unknown.add(pointer)
	}
}

// unknownProperties reports what no schema named, in the order it came. It is called once at
// the end, and only when the caller bans such properties.
func (c *check) unknownProperties(data, schema goja.Value) *finding {
	for _, path := range c.unknown.order {
		f := c.create("UNKNOWN_PROPERTY", "", data, schema, param{"path", c.VM.ToValue(path)})
		f.dataPath = path
		if f = c.handle(f); f != nil {
			return f
		}
	}
	return nil
}

// dependencies checks what must be there beside a property: names (one text or an array), or
// a schema that the whole object must fit.
func (c *check) dependencies(data, schema goja.Value, pointer string) *finding {
	given := jsvalue.Field(schema, "dependencies")
	for _, name := range jsdata.Keys(given) {
		if !jsdata.Has(data, name) {
			continue
		}
		dep := jsvalue.Field(given, name)
		needs := []goja.Value{dep}
		switch jsdata.KindOf(dep) {
		case jsdata.KindArray:
			needs = jsdata.Items(dep)
		case jsdata.KindString:
		default:
			if f := c.all(data, dep, nil, []string{"dependencies", name}, pointer); f != nil {
				return f
			}
			continue
		}
		for i, needed := range needs {
			if jsdata.Has(data, needed.String()) {
				continue
			}
			// tv4 numbers the names of an array only.
			path := ""
			if jsdata.KindOf(dep) == jsdata.KindArray {
				path = "/" + strconv.Itoa(i)
			}
			f := c.create("OBJECT_DEPENDENCY_KEY", path, data, schema, param{"key", c.VM.ToValue(name)}, param{"missing", needed})
			if f = c.handle(f.under("dependencies", name)); f != nil {
				return f
			}
		}
	}
	return nil
}

// combinations checks allOf, anyOf, oneOf and not.
func (c *check) combinations(data, schema goja.Value, pointer string) *finding {
	for i, one := range jsdata.Items(jsvalue.Field(schema, "allOf")) {
		if f := c.all(data, one, nil, []string{"allOf", strconv.Itoa(i)}, pointer); f != nil {
			return f
		}
	}
	if jsdata.Defined(jsvalue.Field(schema, "anyOf")) {
		if f := c.anyOf(data, schema, pointer); f != nil {
			return f
		}
	}
	if jsdata.Defined(jsvalue.Field(schema, "oneOf")) {
		if f := c.oneOf(data, schema, pointer); f != nil {
			return f
		}
	}
	return c.not(data, schema, pointer)
}

// A tracked is what is known of properties outside of an alternative. An alternative that
// does not fit must not make properties known.
type tracked struct {
	known   map[string]bool
	unknown *names
}

// fork gives an alternative its own knowledge of properties and returns the outer one.
func (c *check) fork() tracked {
	old := tracked{c.known, c.unknown}
	c.known, c.unknown = map[string]bool{}, newNames()
	return old
}

// merge adds to old what an alternative that fitted knew.
func (c *check) merge(old tracked) {
	for path := range c.known {
		old.known[path] = true
		old.unknown.remove(path)
	}
	for _, path := range c.unknown.order {
		if !old.known[path] {
			old.unknown.add(path)
		}
	}
}

// anyOf accepts a value that fits one alternative. With banned properties all alternatives
// are looked at, because each may name more properties.
func (c *check) anyOf(data, schema goja.Value, pointer string) *finding {
	var errs []*finding
	start, fits := len(c.errors), false
	outer := tracked{c.known, c.unknown}
	defer func() { c.known, c.unknown = outer.known, outer.unknown }()
	for i, one := range jsdata.Items(jsvalue.Field(schema, "anyOf")) {
		c.fork()
		before, at := len(c.errors), strconv.Itoa(i)
		f := c.all(data, one, nil, []string{"anyOf", at}, pointer)
		// With collected errors f is nil; then the number of errors tells.
		if f == nil && len(c.errors) == before {
			c.errors, fits = c.errors[:start], true
			c.merge(outer)
			if c.ban {
				continue // the others may know of more properties
			}
			return nil
		}
		if f != nil {
			errs = append(errs, f.under("anyOf", at))
		}
	}
	if fits {
		return nil
	}
	return c.noneOf("ANY_OF_MISSING", "/anyOf", errs, start, data, schema)
}

// noneOf is the error when no alternative fits, with the errors of each as sub-errors. Errors
// that were collected since start move into it.
func (c *check) noneOf(name, path string, errs []*finding, start int, data, schema goja.Value) *finding {
	errs = append(errs, slices.Clone(c.errors[start:])...)
	c.errors = c.errors[:start]
	f := &finding{code: c.shared.number[name], schemaPath: path, sub: errs, hasSub: true}
	f.message = c.messageFor(f, data, schema)
	return f
}

// oneOf accepts a value that fits exactly one alternative, and stops at the second that fits.
// Errors of the alternatives that did not fit are dropped.
func (c *check) oneOf(data, schema goja.Value, pointer string) *finding {
	var errs []*finding
	start, valid := len(c.errors), -1
	outer := tracked{c.known, c.unknown}
	defer func() { c.known, c.unknown = outer.known, outer.unknown }()
	for i, one := range jsdata.Items(jsvalue.Field(schema, "oneOf")) {
		c.fork()
		before := len(c.errors)
		f := c.all(data, one, nil, []string{"oneOf", strconv.Itoa(i)}, pointer)
		switch {
		case f != nil:
			errs = append(errs, f)
		// Errors were collected: it does not fit. They stay until the end, as sub-errors.
		case len(c.errors) != before:
		case valid >= 0:
			c.errors = c.errors[:start]
			return c.create("ONE_OF_MULTIPLE", "/oneOf", data, schema,
				param{"index1", c.VM.ToValue(valid)}, param{"index2", c.VM.ToValue(i)})
		default:
			valid = i
			c.merge(outer)
		}
	}
	if valid < 0 {
		return c.noneOf("ONE_OF_MISSING", "/oneOf", errs, start, data, schema)
	}
	c.errors = c.errors[:start]
	return nil
}

// not accepts a value that does not fit the schema. Errors of that schema are dropped, and
// properties that it names do not count as known.
func (c *check) not(data, schema goja.Value, pointer string) *finding {
	not := jsvalue.Field(schema, "not")
	if !jsdata.Defined(not) {
		return nil
	}
	before, old := len(c.errors), c.fork()
	f := c.all(data, not, nil, nil, pointer)
	failed := f != nil || len(c.errors) > before
	c.errors = c.errors[:before]
	c.known, c.unknown = old.known, old.unknown
	if failed {
		return nil
	}
	return c.create("NOT_PASSED", "/not", data, schema)
}

// format asks a script's own test of a format. Formats without a test are not checked: tv4
// knows none by itself, so {"format": "email"} accepts everything. The test returns nothing
// when it is satisfied, a message, or an object with a message and paths.
func (c *check) format(data, schema goja.Value, _ string) *finding {
	name := jsvalue.Field(schema, "format")
	if jsdata.KindOf(name) != jsdata.KindString || c.formats[name.String()] == nil {
		return nil
	}
	said := c.Env.Call(c.formats[name.String()], goja.Null(), "format", data, schema)
	switch {
	case jsdata.KindOf(said) == jsdata.KindString || jsdata.KindOf(said) == jsdata.KindNumber:
		return c.create("FORMAT_CUSTOM", "/format", data, schema, param{"message", said})
	case jsdata.IsThing(said):
		message := c.orMark(jsvalue.Field(said, "message"))
		f := c.create("FORMAT_CUSTOM", "/format", data, schema, param{"message", message})
		if path := jsvalue.Field(said, "schemaPath"); path.ToBoolean() {
			f.schemaPath = path.String()
		}
		f.dataPath = jsdata.TextOr(jsvalue.Field(said, "dataPath"))
		return f
	}
	return nil
}

// orMark stands in for a message that was not given, as in tv4.
func (c *check) orMark(v goja.Value) goja.Value {
	if v.ToBoolean() {
		return v
	}
	return c.VM.ToValue("?")
}

// defined asks the script's own keywords (defineKeyword) that the schema has, in the order of
// their definition. A test returns nothing, a message, or an object that describes the error.
func (c *check) defined(data, schema goja.Value, pointer string) *finding {
	for _, key := range c.keywords {
		value := jsvalue.Field(schema, key)
		if !jsdata.Defined(value) {
			continue
		}
		for _, test := range c.keyword[key] {
			said := c.Env.Call(test, goja.Undefined(), key, data, value, schema, c.VM.ToValue(pointer))
			name := c.VM.ToValue(key)
			switch {
			case jsdata.KindOf(said) == jsdata.KindString || jsdata.KindOf(said) == jsdata.KindNumber:
				return c.create("KEYWORD_CUSTOM", "", data, schema, param{"key", name}, param{"message", said}).under(key)
			case jsdata.IsThing(said):
				return c.keywordError(key, said, data, schema)
			}
		}
	}
	return nil
}

// keywordError makes the error that a keyword's function described as {code, message,
// dataPath, schemaPath}. The code is a number or a name; an unknown name throws. An object as
// message replaces the parameters.
func (c *check) keywordError(key string, said, data, schema goja.Value) *finding {
	f := &finding{code: c.shared.number["KEYWORD_CUSTOM"], dataPath: jsdata.TextOr(jsvalue.Field(said, "dataPath"))}
	switch code := jsvalue.Field(said, "code"); jsdata.KindOf(code) {
	case jsdata.KindNumber:
		f.code = int(code.ToInteger())
	case jsdata.KindString:
		number, ok := c.shared.number[code.String()]
		if !ok {
			c.Fail("Undefined error code (use defineError): " + code.String())
		}
		f.code = number
	default:
	}
	if message := jsvalue.Field(said, "message"); jsdata.IsThing(message) {
		f.given = message
	} else {
		f.params = []param{{"key", c.VM.ToValue(key)}, {"message", c.orMark(message)}}
	}
	f.schemaPath = "/" + jsdata.EscapePointer(key)
	if path := jsvalue.Field(said, "schemaPath"); path.ToBoolean() {
		f.schemaPath = path.String()
	}
	f.message = c.messageFor(f, data, schema)
	return f
}
