// Package tv4 is the validator of JSON Schema draft 4 that scripts know as tv4.
//
// Errors have tv4's codes, paths and texts, whose order scripts depend on; so checks run in its order.
package tv4

import (
	"math"
	"strconv"
	"strings"

	"github.com/dop251/goja"

	"posthaste/script/jsvalue"
	"posthaste/script/lib/schema/jsdata"
)

// A check is one validation by tv4. Its functions return the error that ends it; when errors are collected
// they return nil and add to errors.
type check struct {
	*validator
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

// newCheck begins one validation. Schemas that it finds inside of the schema are known during it only.
func (t *validator) newCheck(call goja.FunctionCall, collect bool) (*check, goja.Value) {
	c := &check{
		validator: t, schemas: newSchemaMap(t.schemas), wanted: newNames(), collect: collect,
		recursive: call.Argument(2).ToBoolean(), ban: call.Argument(3).ToBoolean(),
		scanned: map[scanKey][]*finding{}, known: map[string]bool{}, unknown: newNames(),
	}
	schema := call.Argument(1)
	if jsdata.KindOf(schema) == jsdata.KindString {
		o := t.VM.NewObject()
		_ = o.Set("$ref", schema)
		schema = o
	}
	t.addSchema(c.schemas, c.wanted, t.VM.ToValue(""), schema)
	return c, schema
}

func (c *check) create(name, path string, data, schema goja.Value, params ...param) *finding {
	f := &finding{code: c.shared.number[name], params: params, schemaPath: path}
	f.message = c.messageFor(f, data, schema)
	return f
}

// handle notes an error when they are collected, and otherwise gives it back.
func (c *check) handle(f *finding) *finding {
	if c.collect {
		if f != nil {
			c.errors = append(c.errors, f)
		}
		return nil
	}
	return f
}

// all checks a value by a schema. The steps say how both were reached.
func (c *check) all(data, schema goja.Value, dataSteps, schemaSteps []string, pointer string) *finding {
	c.steps++
	if c.running++; c.running > jsdata.MaxDepth {
		c.TooMuch()
	}
	defer func() { c.running-- }()
	c.Env.Pause(c.steps)
	if c.steps > jsdata.MaxSteps {
		c.Env.Throw("RangeError", "the schema asks for too many checks")
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

func (c *check) prefix(before int, f *finding, data, schema *string) {
	if f != nil {
		f.prefixed(data, schema)
	}
	for _, e := range c.errors[min(before, len(c.errors)):] {
		e.prefixed(data, schema)
	}
}

// seen says that a value was already checked by a schema, whose errors then count again.
func (c *check) seen(data, schema goja.Value) (key scanKey, seen bool) {
	if !c.recursive || !jsdata.IsThing(data) {
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

func (c *check) keywordsOf(data, schema goja.Value, pointer string) *finding {
	for _, part := range []func(data, schema goja.Value, pointer string) *finding{
		c.basic, c.numeric, c.text, c.array, c.object, c.combinations, c.format, c.defined,
	} {
		if f := part(data, schema, pointer); f != nil {
			return f
		}
	}
	return nil
}

func typeName(v goja.Value) string {
	if k := jsdata.KindOf(v); k != jsdata.KindOther {
		return string(k)
	}
	return "symbol"
}

// basic checks type and enum; both say they stand at /type.
func (c *check) basic(data, schema goja.Value, _ string) *finding {
	if given := jsvalue.Field(schema, "type"); jsdata.Defined(given) {
		types := []string{given.String()}
		if jsdata.KindOf(given) == jsdata.KindArray {
			types = jsdata.Texts(given)
		}
		is, found := typeName(data), false
		for _, t := range types {
			found = found || t == is || t == "integer" && is == "number" && math.Mod(data.ToFloat(), 1) == 0
		}
		if !found {
			return c.create("INVALID_TYPE", "", data, schema, param{"type", c.VM.ToValue(is)},
				param{"expected", c.VM.ToValue(strings.Join(types, "/"))}).under("type")
		}
	}
	if given := jsvalue.Field(schema, "enum"); jsdata.Defined(given) {
		for _, v := range jsdata.Items(given) {
			if looselyEqual(data, v, 0) {
				return nil
			}
		}
		shown := c.Env.Call(c.stringify, goja.Undefined(), "stringify", data)
		return c.create("ENUM_MISMATCH", "", data, schema, param{"value", shown}).under("type")
	}
	return nil
}

// looselyEqual is tv4's deep equality: undefined properties are as good as none, and NaN is not itself.
func looselyEqual(a, b goja.Value, depth int) bool {
	if a.StrictEquals(b) {
		return true
	}
	ka, kb := jsdata.KindOf(a), jsdata.KindOf(b)
	if depth > jsdata.MaxDepth || ka != kb || ka != jsdata.KindArray && ka != jsdata.KindObject {
		return false
	}
	if ka == jsdata.KindArray && jsdata.Length(a) != jsdata.Length(b) {
		return false
	}
	for _, name := range append(jsdata.Keys(a), jsdata.Keys(b)...) {
		x, y := jsvalue.Field(a, name), jsvalue.Field(b, name)
		if !looselyEqual(x, y, depth+1) {
			return false
		}
	}
	return true
}

// numeric allows for the rounding of floating point in multipleOf, as tv4 does.
func (c *check) numeric(data, schema goja.Value, _ string) *finding {
	if jsdata.KindOf(data) != jsdata.KindNumber {
		return nil
	}
	n := data.ToFloat()
	multiple := jsvalue.Field(schema, "multipleOf")
	if !multiple.ToBoolean() {
		multiple = jsvalue.Field(schema, "divisibleBy")
	}
	if jsdata.Defined(multiple) {
		const near = 1.0 / (1 << 51)
		if rest := math.Mod(n/multiple.ToFloat(), 1); rest >= near && rest < 1-near {
			return c.create("NUMBER_MULTIPLE_OF", "", data, schema, param{"value", data}, param{"multipleOf", multiple})
		}
	}
	if low := jsvalue.Field(schema, "minimum"); jsdata.Defined(low) {
		if n < low.ToFloat() {
			return c.create("NUMBER_MINIMUM", "/minimum", data, schema, param{"value", data}, param{"minimum", low})
		}
		if jsvalue.Field(schema, "exclusiveMinimum").ToBoolean() && data.StrictEquals(low) {
			return c.create("NUMBER_MINIMUM_EXCLUSIVE", "/exclusiveMinimum", data, schema, param{"value", data}, param{"minimum", low})
		}
	}
	if high := jsvalue.Field(schema, "maximum"); jsdata.Defined(high) {
		if n > high.ToFloat() {
			return c.create("NUMBER_MAXIMUM", "/maximum", data, schema, param{"value", data}, param{"maximum", high})
		}
		if jsvalue.Field(schema, "exclusiveMaximum").ToBoolean() && data.StrictEquals(high) {
			return c.create("NUMBER_MAXIMUM_EXCLUSIVE", "/exclusiveMaximum", data, schema, param{"value", data}, param{"maximum", high})
		}
	}
	if math.IsNaN(n) || math.IsInf(n, 0) {
		return c.create("NUMBER_NOT_A_NUMBER", "/type", data, schema, param{"value", data})
	}
	return nil
}

// text measures in UTF-16 units, as JavaScript's length does.
func (c *check) text(data, schema goja.Value, _ string) *finding {
	s, ok := data.(goja.String)
	if !ok {
		return nil
	}
	size := c.VM.ToValue(s.Length())
	if low := jsvalue.Field(schema, "minLength"); jsdata.Defined(low) && size.ToFloat() < low.ToFloat() {
		return c.create("STRING_LENGTH_SHORT", "/minLength", data, schema, param{"length", size}, param{"minimum", low})
	}
	if high := jsvalue.Field(schema, "maxLength"); jsdata.Defined(high) && size.ToFloat() > high.ToFloat() {
		return c.create("STRING_LENGTH_LONG", "/maxLength", data, schema, param{"length", size}, param{"maximum", high})
	}
	if given := jsvalue.Field(schema, "pattern"); jsdata.Defined(given) {
		if re := c.patternOf(given); re != nil && !c.Matches(re, data) {
			return c.create("STRING_PATTERN", "/pattern", data, schema, param{"pattern", given})
		}
	}
	return nil
}

// patternOf reads a pattern: a RegExp, a source, or a text like "/source/flags".
func (c *check) patternOf(given goja.Value) *goja.Object {
	if o, ok := given.(*goja.Object); ok && o.ClassName() == "RegExp" {
		return o
	}
	if jsdata.KindOf(given) != jsdata.KindString {
		return nil
	}
	source, flags := given.String(), ""
	if end := strings.LastIndex(source, "/"); end > 1 && source[0] == '/' && strings.Trim(source[end+1:], "img") == "" {
		source, flags = source[1:end], source[end+1:]
	}
	if flags != "" {
		return c.Pattern(source, flags)
	}
	return c.Pattern(source)
}

// array goes on after an error where all are collected, see handle.
func (c *check) array(data, schema goja.Value, pointer string) *finding {
	if jsdata.KindOf(data) != jsdata.KindArray {
		return nil
	}
	size := c.VM.ToValue(jsdata.Length(data))
	if low := jsvalue.Field(schema, "minItems"); jsdata.Defined(low) && size.ToFloat() < low.ToFloat() {
		if f := c.handle(c.create("ARRAY_LENGTH_SHORT", "/minItems", data, schema, param{"length", size}, param{"minimum", low})); f != nil {
			return f
		}
	}
	if high := jsvalue.Field(schema, "maxItems"); jsdata.Defined(high) && size.ToFloat() > high.ToFloat() {
		if f := c.handle(c.create("ARRAY_LENGTH_LONG", "/maxItems", data, schema, param{"length", size}, param{"maximum", high})); f != nil {
			return f
		}
	}
	if jsvalue.Field(schema, "uniqueItems").ToBoolean() {
		if f := c.unique(data, schema); f != nil {
			return f
		}
	}
	return c.elements(data, schema, pointer)
}

// unique reports every pair of equal elements. What can be equal is found by one pass first.
func (c *check) unique(data, schema goja.Value) *finding {
	values := jsdata.Items(data)
	same := map[string][]int{}
	at := make([]string, len(values))
	for i, v := range values {
		var b strings.Builder
		if !jsdata.Identity(&b, v, 0) {
			c.TooMuch()
		}
		at[i] = b.String()
		same[at[i]] = append(same[at[i]], i)
	}
	for i := range values {
		for _, j := range same[at[i]] {
			c.steps++
			if j <= i || c.steps > jsdata.MaxSteps || !looselyEqual(values[i], values[j], 0) {
				continue
			}
			f := c.create("ARRAY_UNIQUE", "/uniqueItems", data, schema,
				param{"match1", c.VM.ToValue(i)}, param{"match2", c.VM.ToValue(j)})
			if f = c.handle(f); f != nil {
				return f
			}
		}
	}
	return nil
}

func (c *check) elements(data, schema goja.Value, pointer string) *finding {
	given, more := jsvalue.Field(schema, "items"), jsvalue.Field(schema, "additionalItems")
	if !jsdata.Defined(given) {
		return nil
	}
	tuple, own := jsdata.KindOf(given) == jsdata.KindArray, jsdata.Items(given)
	for i, v := range jsdata.Items(data) {
		at := strconv.Itoa(i)
		var f *finding
		switch {
		case !tuple:
			f = c.all(v, given, []string{at}, []string{"items"}, pointer+"/"+at)
		case i < len(own):
			f = c.all(v, own[i], []string{at}, []string{"items", at}, pointer+"/"+at)
		case !jsdata.Defined(more) || jsdata.IsTrue(more):
		case jsdata.IsFalse(more):
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
