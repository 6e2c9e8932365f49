package schema

import (
	"math"
	"strconv"
	"strings"

	"github.com/dop251/goja"
)

// A tv4Check is one validation by tv4. Its functions return the error that ends it; when errors are collected
// they return nil and add to errors.
type tv4Check struct {
	*tv4
	schemas   *schemaMap
	wanted    *names
	missing   []string
	collect   bool
	recursive bool // checkRecursive: a value is not checked twice by one schema
	ban       bool // banUnknownProperties
	errors    []*finding
	scanned   map[scanKey][]*finding
	running   int
	known     map[string]bool
	unknown   *names
	steps     int
}

type scanKey struct{ data, schema *goja.Object }

func (t *tv4) newCheck(call goja.FunctionCall, collect bool) (*tv4Check, goja.Value) {
	c := &tv4Check{
		tv4: t, schemas: newSchemaMap(t.schemas), wanted: newNames(), collect: collect,
		recursive: call.Argument(2).ToBoolean(), ban: call.Argument(3).ToBoolean(),
		scanned: map[scanKey][]*finding{}, known: map[string]bool{}, unknown: newNames(),
	}
	schema := call.Argument(1)
	if kindOf(schema) == kindString {
		o := t.vm.NewObject()
		_ = o.Set("$ref", schema)
		schema = o
	}
	t.addSchema(c.schemas, c.wanted, t.vm.ToValue(""), schema)
	return c, schema
}

func (c *tv4Check) create(name, path string, data, schema goja.Value, params ...param) *finding {
	f := &finding{code: c.shared.number[name], params: params, schemaPath: path}
	f.message = c.messageFor(f, data, schema)
	return f
}

// handle notes an error when they are collected, and otherwise gives it back.
func (c *tv4Check) handle(f *finding) *finding {
	if c.collect {
		if f != nil {
			c.errors = append(c.errors, f)
		}
		return nil
	}
	return f
}

// all checks a value by a schema. The steps say how both were reached.
func (c *tv4Check) all(data, schema goja.Value, dataSteps, schemaSteps []string, pointer string) *finding {
	c.steps++
	if c.running++; c.running > maxDepth {
		c.tooMuch()
	}
	defer func() { c.running-- }()
	c.env.Pause(c.steps)
	if c.steps > maxSteps {
		c.env.Throw("RangeError", "the schema asks for too many checks")
	}
	schema, circular := c.resolve(schema, newNames())
	if circular != nil {
		c.errors = append(c.errors, circular)
		return circular
	}
	if !schema.ToBoolean() {
		return nil
	}
	before := len(c.errors)
	key, seen := c.seen(data, schema)
	if seen {
		return nil
	}
	f := c.keywordsOf(data, schema, pointer)
	for i := len(dataSteps) - 1; i >= 0; i-- {
		c.prefix(before, f, &dataSteps[i], nil)
	}
	for i := len(schemaSteps) - 1; i >= 0; i-- {
		c.prefix(before, f, nil, &schemaSteps[i])
	}
	if c.recursive && key.data != nil {
		c.scanned[key] = append([]*finding{}, c.errors[min(before, len(c.errors)):]...)
	}
	return c.handle(f)
}

func (c *tv4Check) prefix(before int, f *finding, data, schema *string) {
	if f != nil {
		f.prefixed(data, schema)
	}
	for _, e := range c.errors[min(before, len(c.errors)):] {
		e.prefixed(data, schema)
	}
}

// seen says that a value was already checked by a schema, whose errors then count again.
func (c *tv4Check) seen(data, schema goja.Value) (key scanKey, seen bool) {
	if !c.recursive || !isThing(data) {
		return scanKey{}, false
	}
	s, _ := schema.(*goja.Object)
	key = scanKey{data.(*goja.Object), s}
	errs, seen := c.scanned[key]
	if seen {
		c.errors = append(c.errors, errs...)
		return key, true
	}
	c.scanned[key] = nil
	return key, false
}

func (c *tv4Check) keywordsOf(data, schema goja.Value, pointer string) *finding {
	for _, part := range []func(data, schema goja.Value, pointer string) *finding{
		c.basic, c.numeric, c.text, c.array, c.object, c.combinations, c.format, c.defined,
	} {
		if f := part(data, schema, pointer); f != nil {
			return f
		}
	}
	return nil
}

func tv4Type(v goja.Value) string {
	if k := kindOf(v); k != kindOther {
		return string(k)
	}
	return "symbol"
}

// basic checks type and enum; both say they stand at /type.
func (c *tv4Check) basic(data, schema goja.Value, _ string) *finding {
	if given := get(schema, "type"); defined(given) {
		types := []string{given.String()}
		if kindOf(given) == kindArray {
			types = texts(given)
		}
		is, found := tv4Type(data), false
		for _, t := range types {
			found = found || t == is || t == "integer" && is == "number" && math.Mod(data.ToFloat(), 1) == 0
		}
		if !found {
			return c.create("INVALID_TYPE", "", data, schema, param{"type", c.vm.ToValue(is)},
				param{"expected", c.vm.ToValue(strings.Join(types, "/"))}).under("type")
		}
	}
	if given := get(schema, "enum"); defined(given) {
		for _, v := range items(given) {
			if looselyEqual(data, v, 0) {
				return nil
			}
		}
		shown := c.env.Call(c.stringify, goja.Undefined(), "stringify", data)
		return c.create("ENUM_MISMATCH", "", data, schema, param{"value", shown}).under("type")
	}
	return nil
}

// looselyEqual is tv4's deep equality: undefined properties are as good as none, and NaN is not itself.
func looselyEqual(a, b goja.Value, depth int) bool {
	if a.StrictEquals(b) {
		return true
	}
	ka, kb := kindOf(a), kindOf(b)
	if depth > maxDepth || ka != kb || ka != kindArray && ka != kindObject {
		return false
	}
	if ka == kindArray && length(a) != length(b) {
		return false
	}
	for _, name := range append(keys(a), keys(b)...) {
		x, y := get(a, name), get(b, name)
		if !looselyEqual(x, y, depth+1) {
			return false
		}
	}
	return true
}

func (c *tv4Check) numeric(data, schema goja.Value, _ string) *finding {
	if kindOf(data) != kindNumber {
		return nil
	}
	n := data.ToFloat()
	multiple := get(schema, "multipleOf")
	if !multiple.ToBoolean() {
		multiple = get(schema, "divisibleBy")
	}
	if defined(multiple) {
		const near = 1.0 / (1 << 51)
		if rest := math.Mod(n/multiple.ToFloat(), 1); rest >= near && rest < 1-near {
			return c.create("NUMBER_MULTIPLE_OF", "", data, schema, param{"value", data}, param{"multipleOf", multiple})
		}
	}
	if low := get(schema, "minimum"); defined(low) {
		if n < low.ToFloat() {
			return c.create("NUMBER_MINIMUM", "/minimum", data, schema, param{"value", data}, param{"minimum", low})
		}
		if get(schema, "exclusiveMinimum").ToBoolean() && data.StrictEquals(low) {
			return c.create("NUMBER_MINIMUM_EXCLUSIVE", "/exclusiveMinimum", data, schema, param{"value", data}, param{"minimum", low})
		}
	}
	if high := get(schema, "maximum"); defined(high) {
		if n > high.ToFloat() {
			return c.create("NUMBER_MAXIMUM", "/maximum", data, schema, param{"value", data}, param{"maximum", high})
		}
		if get(schema, "exclusiveMaximum").ToBoolean() && data.StrictEquals(high) {
			return c.create("NUMBER_MAXIMUM_EXCLUSIVE", "/exclusiveMaximum", data, schema, param{"value", data}, param{"maximum", high})
		}
	}
	if math.IsNaN(n) || isInfinite(n) {
		return c.create("NUMBER_NOT_A_NUMBER", "/type", data, schema, param{"value", data})
	}
	return nil
}

func (c *tv4Check) text(data, schema goja.Value, _ string) *finding {
	s, ok := data.(goja.String)
	if !ok {
		return nil
	}
	size := c.vm.ToValue(s.Length())
	if low := get(schema, "minLength"); defined(low) && size.ToFloat() < low.ToFloat() {
		return c.create("STRING_LENGTH_SHORT", "/minLength", data, schema, param{"length", size}, param{"minimum", low})
	}
	if high := get(schema, "maxLength"); defined(high) && size.ToFloat() > high.ToFloat() {
		return c.create("STRING_LENGTH_LONG", "/maxLength", data, schema, param{"length", size}, param{"maximum", high})
	}
	if given := get(schema, "pattern"); defined(given) {
		if re := c.patternOf(given); re != nil && !c.matches(re, data) {
			return c.create("STRING_PATTERN", "/pattern", data, schema, param{"pattern", given})
		}
	}
	return nil
}

// patternOf reads a pattern: a RegExp, a source, or a text like "/source/flags".
func (c *tv4Check) patternOf(given goja.Value) *goja.Object {
	if o, ok := given.(*goja.Object); ok && o.ClassName() == "RegExp" {
		return o
	}
	if kindOf(given) != kindString {
		return nil
	}
	source, flags := given.String(), ""
	if end := strings.LastIndex(source, "/"); end > 1 && source[0] == '/' && strings.Trim(source[end+1:], "img") == "" {
		source, flags = source[1:end], source[end+1:]
	}
	if flags != "" {
		return c.pattern(source, flags)
	}
	return c.pattern(source)
}

func (c *tv4Check) array(data, schema goja.Value, pointer string) *finding {
	if kindOf(data) != kindArray {
		return nil
	}
	size := c.vm.ToValue(length(data))
	if low := get(schema, "minItems"); defined(low) && size.ToFloat() < low.ToFloat() {
		if f := c.handle(c.create("ARRAY_LENGTH_SHORT", "/minItems", data, schema, param{"length", size}, param{"minimum", low})); f != nil {
			return f
		}
	}
	if high := get(schema, "maxItems"); defined(high) && size.ToFloat() > high.ToFloat() {
		if f := c.handle(c.create("ARRAY_LENGTH_LONG", "/maxItems", data, schema, param{"length", size}, param{"maximum", high})); f != nil {
			return f
		}
	}
	if get(schema, "uniqueItems").ToBoolean() {
		if f := c.unique(data, schema); f != nil {
			return f
		}
	}
	return c.elements(data, schema, pointer)
}

// unique reports every pair of equal elements. What can be equal is found by one pass first.
func (c *tv4Check) unique(data, schema goja.Value) *finding {
	values := items(data)
	same := map[string][]int{}
	at := make([]string, len(values))
	for i, v := range values {
		var b strings.Builder
		if !identity(&b, v, 0) {
			c.tooMuch()
		}
		at[i] = b.String()
		same[at[i]] = append(same[at[i]], i)
	}
	for i := range values {
		for _, j := range same[at[i]] {
			c.steps++
			if j <= i || c.steps > maxSteps || !looselyEqual(values[i], values[j], 0) {
				continue
			}
			f := c.create("ARRAY_UNIQUE", "/uniqueItems", data, schema,
				param{"match1", c.vm.ToValue(i)}, param{"match2", c.vm.ToValue(j)})
			if f = c.handle(f); f != nil {
				return f
			}
		}
	}
	return nil
}

func (c *tv4Check) elements(data, schema goja.Value, pointer string) *finding {
	given, more := get(schema, "items"), get(schema, "additionalItems")
	if !defined(given) {
		return nil
	}
	tuple, own := kindOf(given) == kindArray, items(given)
	for i, v := range items(data) {
		at := strconv.Itoa(i)
		var f *finding
		switch {
		case !tuple:
			f = c.all(v, given, []string{at}, []string{"items"}, pointer+"/"+at)
		case i < len(own):
			f = c.all(v, own[i], []string{at}, []string{"items", at}, pointer+"/"+at)
		case !defined(more) || isTrue(more):
		case isFalse(more):
			f = c.create("ARRAY_ADDITIONAL_ITEMS", "/additionalItems", data, schema)
			f.dataPath = "/" + at
			f = c.handle(f)
		default:
			f = c.all(v, more, []string{at}, []string{"additionalItems"}, pointer+"/"+at)
		}
		if f != nil {
			return f
		}
	}
	return nil
}
