package schema

import (
	"slices"
	"strconv"

	"github.com/dop251/goja"
)

func (c *tv4Check) object(data, schema goja.Value, pointer string) *finding {
	if kindOf(data) != kindObject {
		return nil
	}
	size := c.vm.ToValue(len(keys(data)))
	if low := get(schema, "minProperties"); defined(low) && size.ToFloat() < low.ToFloat() {
		if f := c.handle(c.create("OBJECT_PROPERTIES_MINIMUM", "/minProperties", data, schema, param{"propertyCount", size}, param{"minimum", low})); f != nil {
			return f
		}
	}
	if high := get(schema, "maxProperties"); defined(high) && size.ToFloat() > high.ToFloat() {
		if f := c.handle(c.create("OBJECT_PROPERTIES_MAXIMUM", "/maxProperties", data, schema, param{"propertyCount", size}, param{"maximum", high})); f != nil {
			return f
		}
	}
	for i, name := range items(get(schema, "required")) {
		if has(data, name.String()) {
			continue
		}
		if f := c.handle(c.create("OBJECT_REQUIRED", "/required/"+strconv.Itoa(i), data, schema, param{"key", name})); f != nil {
			return f
		}
	}
	for _, name := range keys(data) {
		if f := c.property(data, schema, name, pointer+"/"+escapePointer(name)); f != nil {
			return f
		}
	}
	return c.dependencies(data, schema, pointer)
}

// property checks one property by name, by each pattern that fits, and else by additionalProperties.
func (c *tv4Check) property(data, schema goja.Value, name, pointer string) *finding {
	v, found := get(data, name), false
	if own := get(get(schema, "properties"), name); defined(own) {
		found = true
		if f := c.all(v, own, []string{name}, []string{"properties", name}, pointer); f != nil {
			return f
		}
	}
	patterns := get(schema, "patternProperties")
	for _, source := range keys(patterns) {
		if !c.matches(c.pattern(source), c.vm.ToValue(name)) {
			continue
		}
		found = true
		if f := c.all(v, get(patterns, source), []string{name}, []string{"patternProperties", source}, pointer); f != nil {
			return f
		}
	}
	more := get(schema, "additionalProperties")
	c.track(pointer, found || defined(more))
	switch {
	case found || !defined(more) || isTrue(more):
		return nil
	case isFalse(more):
		f := c.create("OBJECT_ADDITIONAL_PROPERTIES", "/additionalProperties", data, schema, param{"key", c.vm.ToValue(name)})
		return c.handle(f.prefixed(&name, nil))
	}
	return c.all(v, more, []string{name}, []string{"additionalProperties"}, pointer)
}

// track notes for banUnknownProperties that a property is spoken for, or not.
func (c *tv4Check) track(pointer string, known bool) {
	switch {
	case !c.ban:
	case known:
		c.known[pointer] = true
		c.unknown.remove(pointer)
	case !c.known[pointer]:
		c.unknown.add(pointer)
	}
}

func (c *tv4Check) unknownProperties(data, schema goja.Value) *finding {
	for _, path := range c.unknown.order {
		f := c.create("UNKNOWN_PROPERTY", "", data, schema, param{"path", c.vm.ToValue(path)})
		f.dataPath = path
		if f = c.handle(f); f != nil {
			return f
		}
	}
	return nil
}

func (c *tv4Check) dependencies(data, schema goja.Value, pointer string) *finding {
	given := get(schema, "dependencies")
	for _, name := range keys(given) {
		if !has(data, name) {
			continue
		}
		dep := get(given, name)
		needs := []goja.Value{dep}
		switch kindOf(dep) {
		case kindArray:
			needs = items(dep)
		case kindString:
		default:
			if f := c.all(data, dep, nil, []string{"dependencies", name}, pointer); f != nil {
				return f
			}
			continue
		}
		for i, needed := range needs {
			if has(data, needed.String()) {
				continue
			}
			path := ""
			if kindOf(dep) == kindArray {
				path = "/" + strconv.Itoa(i)
			}
			f := c.create("OBJECT_DEPENDENCY_KEY", path, data, schema, param{"key", c.vm.ToValue(name)}, param{"missing", needed})
			if f = c.handle(f.under("dependencies", name)); f != nil {
				return f
			}
		}
	}
	return nil
}

func (c *tv4Check) combinations(data, schema goja.Value, pointer string) *finding {
	for i, one := range items(get(schema, "allOf")) {
		if f := c.all(data, one, nil, []string{"allOf", strconv.Itoa(i)}, pointer); f != nil {
			return f
		}
	}
	if defined(get(schema, "anyOf")) {
		if f := c.anyOf(data, schema, pointer); f != nil {
			return f
		}
	}
	if defined(get(schema, "oneOf")) {
		if f := c.oneOf(data, schema, pointer); f != nil {
			return f
		}
	}
	return c.not(data, schema, pointer)
}

// A tracked is what is known of properties outside of an alternative.
type tracked struct {
	known   map[string]bool
	unknown *names
}

// fork gives an alternative its own knowledge of properties.
func (c *tv4Check) fork() tracked {
	old := tracked{c.known, c.unknown}
	c.known, c.unknown = map[string]bool{}, newNames()
	return old
}

// merge adds to old what an alternative that fitted knew.
func (c *tv4Check) merge(old tracked) {
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

func (c *tv4Check) anyOf(data, schema goja.Value, pointer string) *finding {
	var errs []*finding
	start, fits := len(c.errors), false
	outer := tracked{c.known, c.unknown}
	defer func() { c.known, c.unknown = outer.known, outer.unknown }()
	for i, one := range items(get(schema, "anyOf")) {
		c.fork()
		before, at := len(c.errors), strconv.Itoa(i)
		f := c.all(data, one, nil, []string{"anyOf", at}, pointer)
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

// noneOf is the error of alternatives of which none fits, with theirs.
func (c *tv4Check) noneOf(name, path string, errs []*finding, start int, data, schema goja.Value) *finding {
	errs = append(errs, slices.Clone(c.errors[start:])...)
	c.errors = c.errors[:start]
	f := &finding{code: c.shared.number[name], schemaPath: path, sub: errs, hasSub: true}
	f.message = c.messageFor(f, data, schema)
	return f
}

func (c *tv4Check) oneOf(data, schema goja.Value, pointer string) *finding {
	var errs []*finding
	start, valid := len(c.errors), -1
	outer := tracked{c.known, c.unknown}
	defer func() { c.known, c.unknown = outer.known, outer.unknown }()
	for i, one := range items(get(schema, "oneOf")) {
		c.fork()
		before := len(c.errors)
		f := c.all(data, one, nil, []string{"oneOf", strconv.Itoa(i)}, pointer)
		switch {
		case f != nil:
			errs = append(errs, f)
		case len(c.errors) != before:
		case valid >= 0:
			c.errors = c.errors[:start]
			return c.create("ONE_OF_MULTIPLE", "/oneOf", data, schema,
				param{"index1", c.vm.ToValue(valid)}, param{"index2", c.vm.ToValue(i)})
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

func (c *tv4Check) not(data, schema goja.Value, pointer string) *finding {
	not := get(schema, "not")
	if !defined(not) {
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

// format asks a script's own test of a format; others are not checked.
func (c *tv4Check) format(data, schema goja.Value, _ string) *finding {
	name := get(schema, "format")
	if kindOf(name) != kindString || c.formats[name.String()] == nil {
		return nil
	}
	said := c.env.Call(c.formats[name.String()], goja.Null(), "format", data, schema)
	switch {
	case kindOf(said) == kindString || kindOf(said) == kindNumber:
		return c.create("FORMAT_CUSTOM", "/format", data, schema, param{"message", said})
	case isThing(said):
		message := c.orMark(get(said, "message"))
		f := c.create("FORMAT_CUSTOM", "/format", data, schema, param{"message", message})
		if path := get(said, "schemaPath"); path.ToBoolean() {
			f.schemaPath = path.String()
		}
		f.dataPath = textOr(get(said, "dataPath"))
		return f
	}
	return nil
}

// orMark stands in for a message that was not given.
func (c *tv4Check) orMark(v goja.Value) goja.Value {
	if v.ToBoolean() {
		return v
	}
	return c.vm.ToValue("?")
}

// defined asks the script's own keywords.
func (c *tv4Check) defined(data, schema goja.Value, pointer string) *finding {
	for _, key := range c.keywords {
		value := get(schema, key)
		if !defined(value) {
			continue
		}
		for _, test := range c.keyword[key] {
			said := c.env.Call(test, goja.Undefined(), key, data, value, schema, c.vm.ToValue(pointer))
			name := c.vm.ToValue(key)
			switch {
			case kindOf(said) == kindString || kindOf(said) == kindNumber:
				return c.create("KEYWORD_CUSTOM", "", data, schema, param{"key", name}, param{"message", said}).under(key)
			case isThing(said):
				return c.keywordError(key, said, data, schema)
			}
		}
	}
	return nil
}

// keywordError makes the error that a keyword's function described.
func (c *tv4Check) keywordError(key string, said, data, schema goja.Value) *finding {
	f := &finding{code: c.shared.number["KEYWORD_CUSTOM"], dataPath: textOr(get(said, "dataPath"))}
	switch code := get(said, "code"); kindOf(code) {
	case kindNumber:
		f.code = int(code.ToInteger())
	case kindString:
		number, ok := c.shared.number[code.String()]
		if !ok {
			c.fail("Undefined error code (use defineError): " + code.String())
		}
		f.code = number
	default:
	}
	if message := get(said, "message"); isThing(message) {
		f.given = message
	} else {
		f.params = []param{{"key", c.vm.ToValue(key)}, {"message", c.orMark(message)}}
	}
	f.schemaPath = "/" + escapePointer(key)
	if path := get(said, "schemaPath"); path.ToBoolean() {
		f.schemaPath = path.String()
	}
	f.message = c.messageFor(f, data, schema)
	return f
}
