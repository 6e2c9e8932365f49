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

// A check is one validation by tv4. Its functions return the error that ends it, or nil. When
// errors are collected (validateMultiple) they return nil and add to errors, so that the
// checks after an error still run.
type check struct {
	*validator
	schemas   *schemaMap             // those of the validator, and those found inside of the schema
	wanted    *names                 // documents that a $ref names and nobody added
	missing   []string               // the same for this validation only, in order
	collect   bool                   // go on after the first error
	recursive bool                   // checkRecursive: a value is not checked twice by one schema
	ban       bool                   // banUnknownProperties
	errors    []*finding             // only filled when collecting, or by a circular $ref
	scanned   map[scanKey][]*finding // errors of a value by a schema, when recursive
	running   int                    // depth of nested calls of all
	known     map[string]bool        // JSON pointers of properties that a schema names
	unknown   *names                 // and of those that none names so far
	steps     int                    // counts calls of all and comparisons, see jsdata.MaxSteps
}

// A scanKey is an object or array and the schema that it is checked by. Compared by identity:
// equal objects are checked each on its own.
type scanKey struct{ data, schema *goja.Object }

// newCheck begins one validation with the arguments of tv4.validate: (data, schema,
// checkRecursive, banUnknownProperties). A schema that is a text is a URL. Schemas that are
// found inside of the schema are known during this validation only. The second result is the
// schema to use.
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
	// "" is the URL of the schema itself, which "$ref": "#" and "#/definitions/…" refer to.
	t.addSchema(c.schemas, c.wanted, t.VM.ToValue(""), schema)
	return c, schema
}

// create makes an error by its name in codes. path is where the keyword stands in the schema,
// for example "/minimum". The message is made at once, because a script's reporter gets to
// see data and schema.
func (c *check) create(name, path string, data, schema goja.Value, params ...param) *finding {
	f := &finding{code: c.shared.number[name], params: params, schemaPath: path}
	f.message = c.messageFor(f, data, schema)
	return f
}

// handle keeps an error when they are collected, and otherwise returns it. Callers stop when
// the result is not nil.
func (c *check) handle(f *finding) *finding {
	if c.collect {
		if f != nil {
			c.errors = append(c.errors, f)
		}
		return nil
	}
	return f
}

// all checks a value by a schema. dataSteps and schemaSteps say how both were reached from
// their parents, pointer is the JSON pointer of the value from the root. A schema that is not
// known, or is not truthy, accepts everything.
func (c *check) all(data, schema goja.Value, dataSteps, schemaSteps []string, pointer string) *finding {
	// Both limits protect from schemas that refer to themselves without end, or that multiply
	// their alternatives. tv4 would not return.
	c.steps++
	if c.running++; c.running > jsdata.MaxDepth {
		c.TooMuch()
	}
	defer func() { c.running-- }()
	// Lets a run that is stopped leave a long validation.
	c.Env.Pause(c.steps)
	if c.steps > jsdata.MaxSteps {
		c.Env.Throw("RangeError", "the schema asks for too many checks")
	}
	schema, circular := c.resolve(schema, newNames())
	if circular != nil {
		// Added even when errors are not collected, as tv4 does.
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
	// Errors are made with paths relative to this value, and get their prefixes on the way
	// out. The steps of the data come first only for the order in which each path is
	// extended; the two paths do not mix.
	for i := len(dataSteps) - 1; i >= 0; i-- {
		c.prefix(before, f, &dataSteps[i], nil)
	}
	for i := len(schemaSteps) - 1; i >= 0; i-- {
		c.prefix(before, f, nil, &schemaSteps[i])
	}
	// Errors are copied, because the prefixes of the callers change them.
	if c.recursive && key.data != nil {
		c.scanned[key] = append([]*finding{}, c.errors[min(before, len(c.errors)):]...)
	}
	return c.handle(f)
}

// prefix extends the paths of f and of all errors that were collected since before.
func (c *check) prefix(before int, f *finding, data, schema *string) {
	if f != nil {
		f.prefixed(data, schema)
	}
	for _, e := range c.errors[min(before, len(c.errors)):] {
		e.prefixed(data, schema)
	}
}

// seen says that a value was already checked by a schema, with checkRecursive only; its
// errors then count again. A value that is being checked right now counts as checked without
// errors, which ends the recursion for data that contains itself.
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

// keywordsOf runs the groups of keywords in tv4's order, which decides what error comes
// first.
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

// typeName is the JSON type of a value. "symbol" is what typeof says of the rest that tv4 may
// meet.
func typeName(v goja.Value) string {
	if k := jsdata.KindOf(v); k != jsdata.KindOther {
		return string(k)
	}
	return "symbol"
}

// basic checks type and enum. The errors of both have the schema path /type: enum's too,
// which is a fault of tv4 that scripts may have recorded.
func (c *check) basic(data, schema goja.Value, _ string) *finding {
	if given := jsvalue.Field(schema, "type"); jsdata.Defined(given) {
		types := []string{given.String()}
		if jsdata.KindOf(given) == jsdata.KindArray {
			types = jsdata.Texts(given)
		}
		is, found := typeName(data), false
		for _, t := range types {
			// 1.0 is an integer for JavaScript, which has one kind of number. Infinity is
			// none: its rest is NaN.
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
		// The engine's own JSON.stringify, captured at the start, writes the value into the
		// message.
		shown := c.Env.Call(c.stringify, goja.Undefined(), "stringify", data)
		return c.create("ENUM_MISMATCH", "", data, schema, param{"value", shown}).under("type")
	}
	return nil
}

// looselyEqual is tv4's deep equality: a property that is undefined equals one that is
// missing, and NaN is not equal to itself. Values that are nested deeper than the limit are
// unequal.
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
	// Both sides, so that a property that only b has is found.
	for _, name := range append(jsdata.Keys(a), jsdata.Keys(b)...) {
		x, y := jsvalue.Field(a, name), jsvalue.Field(b, name)
		if !looselyEqual(x, y, depth+1) {
			return false
		}
	}
	return true
}

// numeric allows for the rounding of floating point in multipleOf, as tv4 does: 0.3 is a
// multiple of 0.1.
func (c *check) numeric(data, schema goja.Value, _ string) *finding {
	if jsdata.KindOf(data) != jsdata.KindNumber {
		return nil
	}
	n := data.ToFloat()
	multiple := jsvalue.Field(schema, "multipleOf")
	if !multiple.ToBoolean() {
		// The name in draft 3.
		multiple = jsvalue.Field(schema, "divisibleBy")
	}
	if jsdata.Defined(multiple) {
		const near = 1.0 / (1 << 51) // 2⁻⁵¹, two units in the last place of a number near 1
		if rest := math.Mod(n/multiple.ToFloat(), 1); rest >= near && rest < 1-near {
			return c.create("NUMBER_MULTIPLE_OF", "", data, schema, param{"value", data}, param{"multipleOf", multiple})
		}
	}
	if low := jsvalue.Field(schema, "minimum"); jsdata.Defined(low) {
		if n < low.ToFloat() {
			return c.create("NUMBER_MINIMUM", "/minimum", data, schema, param{"value", data}, param{"minimum", low})
		}
		// exclusiveMinimum is a boolean beside minimum in draft 4.
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
	// Not JSON, but data comes from scripts. The order is tv4's: after the bounds.
	if math.IsNaN(n) || math.IsInf(n, 0) {
		return c.create("NUMBER_NOT_A_NUMBER", "/type", data, schema, param{"value", data})
	}
	return nil
}

// text checks strings. Lengths are in UTF-16 units, as JavaScript's length is, so an emoji
// counts two; draft 4 asks for characters.
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
		// A pattern that is neither text nor RegExp is ignored.
		if re := c.patternOf(given); re != nil && !c.Matches(re, data) {
			return c.create("STRING_PATTERN", "/pattern", data, schema, param{"pattern", given})
		}
	}
	return nil
}

// patternOf reads a pattern: a RegExp, a source, or a text like "/source/flags" with the
// flags i, m and g. It returns nil for everything else. A source that is no regular
// expression throws the engine's SyntaxError, as in tv4.
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

// array checks minItems, maxItems, uniqueItems and the elements. It goes on after an error
// when errors are collected, see handle.
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

// unique reports every pair of equal elements, in order. Candidates are found by one pass
// that writes each value as a text: comparing all pairs would take n² deep comparisons for
// the usual case that all differ.
func (c *check) unique(data, schema goja.Value) *finding {
	values := jsdata.Items(data)
	same := map[string][]int{}
	at := make([]string, len(values))
	for i, v := range values {
		var b strings.Builder
		// Values that are nested too deep have no text.
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

// elements checks each element by the schema in items, or by its own schema when items is an
// array (a tuple); elements beyond the tuple by additionalItems.
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
		// Accepted.
		case !jsdata.Defined(more) || jsdata.IsTrue(more):
		case jsdata.IsFalse(more):
			f = c.create("ARRAY_ADDITIONAL_ITEMS", "/additionalItems", data, schema)
			// The error is about the element, not about the array.
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
