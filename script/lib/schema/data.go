package schema

import (
	"strconv"
	"strings"

	"github.com/dop251/goja"

	"posthaste/script/jsvalue"
	"posthaste/script/lib/schema/jsdata"
)

// dataID names the meta-schema of a reference to data, {"$data": pointer}. It is ajv's URL;
// nothing is fetched.
const dataID = "https://raw.githubusercontent.com/ajv-validator/ajv/master/lib/refs/data.json"

// dataKeywords are the keywords whose value may be such a reference (ajv: option $data).
func dataKeywords() []string {
	return []string{
		"multipleOf", "maximum", "exclusiveMaximum", "minimum", "exclusiveMinimum", "maxLength", "minLength", "pattern",
		"additionalItems", "maxItems", "minItems", "uniqueItems", "maxProperties", "minProperties", "required",
		"additionalProperties", "enum", "format", "const",
	}
}

// dataKind is the type that the data behind a reference must have for a keyword; "" is any.
func dataKind(keyword string) jsdata.Kind {
	switch keyword {
	case "pattern", "format":
		return jsdata.KindString
	case "required", "enum":
		return jsdata.KindArray
	case "uniqueItems":
		return jsdata.KindBoolean
	case "const":
		return ""
	}
	return jsdata.KindNumber
}

// dataPointer is the pointer of a reference to data. ok is false when a keyword's value is no
// such reference, or the option $data is off.
func dataPointer(c site, keyword string) (string, bool) {
	if !c.opts.data {
		return "", false
	}
	v := jsvalue.Field(c.schema, keyword)
	if jsdata.KindOf(v) != jsdata.KindObject || jsdata.KindOf(jsvalue.Field(v, "$data")) != jsdata.KindString {
		return "", false
	}
	return jsvalue.Field(v, "$data").String(), true
}

// withData makes the check of a rule whose keywords refer to data: for each value the rule is
// built again with what the references lead to. It is nil when no keyword of the rule refers
// to data.
func withData(c site, rule *rule, group string) check {
	pointers := map[string]string{}
	for _, keyword := range append([]string{rule.keyword}, rule.with...) {
		if pointer, ok := dataPointer(c, keyword); ok && supportsData(keyword) {
			checkPointer(c, pointer)
			pointers[keyword] = pointer
		}
	}
	if len(pointers) == 0 {
		return nil
	}
	return func(r *run, s *spot) bool {
		// A copy of the schema in which values replace the references.
		values := c.in.vm.NewObject()
		for _, name := range jsdata.Keys(c.schema) {
			_ = values.Set(name, jsvalue.Field(c.schema, name))
		}
		for keyword, pointer := range pointers {
			v := resolveData(r, s, pointer)
			switch want := dataKind(keyword); {
			case !jsdata.Defined(v) && keyword == "const":
				return c.fail(r, s, report{keyword: keyword, message: "should be equal to constant"})
			// A reference to nothing switches its keyword off.
			case !jsdata.Defined(v):
				_ = values.Delete(keyword)
				continue
			// A boolean exclusive bound is draft 4's form.
			case strings.HasPrefix(keyword, "exclusive") && jsdata.KindOf(v) == jsdata.KindBoolean:
			case want != "" && jsdata.KindOf(v) != want:
				return failData(c, r, s, keyword, v)
			}
			_ = values.Set(keyword, v)
		}
		built := c
		built.original, built.schema = c.schema, values
		if !rule.used(values) {
			return true
		}
		if name := jsvalue.Field(values, "format"); rule.keyword == "format" {
			if _, known := c.in.formats[name.String()]; !known {
				return name.String() == "" || c.opts.ignoreUnknownFormats || c.opts.knownFormats[name.String()] || failData(c, r, s, "format", name)
			}
		}
		checks := rule.build(built, group)
		return checks == nil || checks(r, s)
	}
}

// supportsData says whether a keyword is one of dataKeywords.
func supportsData(keyword string) bool {
	for _, name := range dataKeywords() {
		if name == keyword {
			return true
		}
	}
	return false
}

// failData reports data of the wrong type behind a reference, in the words of the keyword.
// ajv makes the message of the value all the same, hence "undefined" in some.
func failData(c site, r *run, s *spot, keyword string, v goja.Value) bool {
	vm, text := c.in.vm, v.String()
	p := report{keyword: keyword, params: []param{{"limit", v}}}
	switch keyword {
	case "exclusiveMaximum", "exclusiveMinimum":
		p.message, p.params, p.of = keyword+" should be boolean", nil, map[string]string{"exclusiveMaximum": "maximum", "exclusiveMinimum": "minimum"}[keyword]
		p.path = c.path + "/" + p.of
	case "maximum", "minimum":
		op := map[string]string{"maximum": "<=", "minimum": ">="}[keyword]
		p.message = "should be " + op + " " + text
		p.params = []param{{"comparison", vm.ToValue(op)}, {"limit", v}, {"exclusive", vm.ToValue(false)}}
	case "multipleOf":
		p.message, p.params = "should be multiple of "+text, []param{{"multipleOf", v}}
	case "pattern", "format":
		p.message, p.params = "should match "+keyword+` "`+text+`"`, []param{{keyword, v}}
	case "enum":
		p.message, p.params = "should be equal to one of the allowed values", []param{{"allowedValues", v}}
	case "required":
		p.message, p.params = "should have required property 'undefined'", []param{{"missingProperty", vm.ToValue("undefined")}}
	case "uniqueItems":
		p.message, p.params = "should NOT have duplicate items (items ## undefined and undefined are identical)", nil
	default:
		worse, unit := "be longer", "characters"
		if strings.HasPrefix(keyword, "min") {
			worse = "be shorter"
		}
		switch {
		case strings.HasSuffix(keyword, "Items"):
			unit = "items"
		case strings.HasSuffix(keyword, "Properties"):
			unit = "properties"
		}
		if unit != "characters" {
			worse = map[bool]string{true: "have fewer", false: "have more"}[strings.HasPrefix(keyword, "min")]
		}
		p.message = "should NOT " + worse + " than " + text + " " + unit
	}
	return c.fail(r, s, p)
}

// checkPointer throws for a text that is neither a JSON pointer (RFC 6901) nor a relative one
// ("1/a", "0#").
func checkPointer(c site, pointer string) {
	if strings.HasPrefix(pointer, "/") {
		return
	}
	digits := len(pointer) - len(strings.TrimLeft(pointer, "0123456789"))
	rest := pointer[digits:]
	if digits == 0 && pointer != "" || rest != "" && rest != "#" && rest[0] != '/' {
		c.in.fail("Invalid JSON-pointer: " + pointer)
	}
}

// resolveData finds what a pointer leads to from a place in the data. As in ajv, a value on
// the way that is false, zero or empty is what it leads to.
func resolveData(r *run, s *spot, pointer string) goja.Value {
	if pointer == "" {
		return r.root
	}
	if strings.HasPrefix(pointer, "/") {
		return walkData(r.root, pointer)
	}
	// Digits say how many levels to go up; property names are not a level of their own.
	digits := len(pointer) - len(strings.TrimLeft(pointer, "0123456789"))
	up, _ := strconv.Atoi(pointer[:digits])
	at := s
	for ; up > 0 && at != nil; up-- {
		for at != nil && at.step == sameAs {
			at = at.parent
		}
		if at != nil {
			at = at.parent
		}
	}
	switch {
	case at == nil:
		return goja.Undefined()
	// "0#" is the name or index of the place itself.
	case pointer[digits:] == "#":
		if i, err := strconv.Atoi(at.key); err == nil && at.step == byIndex {
			return r.in.vm.ToValue(i)
		}
		return r.in.vm.ToValue(at.key)
	}
	return walkData(at.value, pointer[digits:])
}

// walkData follows a JSON pointer; what is missing on the way ends it.
func walkData(v goja.Value, pointer string) goja.Value {
	for _, part := range strings.Split(pointer, "/")[min(1, strings.Count(pointer, "/")):] {
		if part == "" {
			continue
		}
		if v == nil || !v.ToBoolean() {
			return v
		}
		v = jsvalue.Field(v, jsdata.UnescapePointer(part))
	}
	if v == nil {
		return goja.Undefined()
	}
	return v
}

// dataMeta is Ajv.$dataMetaSchema: a copy of a meta-schema in which the keywords that may
// refer to data allow it. at are the places of properties in it.
func (l *Library) dataMeta(schema goja.Value, at []string) *goja.Object {
	copied := l.copyJSON(schema)
	for _, pointer := range at {
		var of goja.Value = copied
		for _, part := range strings.Split(pointer, "/") {
			if part != "" {
				of = jsvalue.Field(of, part)
			}
		}
		within, ok := of.(*goja.Object)
		if !ok {
			continue
		}
		for _, keyword := range dataKeywords() {
			if had := jsvalue.Field(within, keyword); had.ToBoolean() {
				_ = within.Set(keyword, l.orData(had))
			}
		}
	}
	return copied
}

// orData is a schema that also accepts a reference to data.
func (l *Library) orData(schema goja.Value) *goja.Object {
	ref, either := l.vm.NewObject(), l.vm.NewObject()
	_ = ref.Set("$ref", dataID+"#")
	_ = either.Set("anyOf", l.vm.NewArray(schema, ref))
	return either
}

// copyJSON copies a value through its JSON.
func (l *Library) copyJSON(v goja.Value) *goja.Object {
	json := l.vm.Get("JSON").ToObject(l.vm)
	text := l.env.Call(json.Get("stringify"), json, "stringify", v)
	return l.env.Call(json.Get("parse"), json, "parse", text).ToObject(l.vm)
}

// addDataSchema adds the meta-schema of references to data, which dataMeta refers to.
func (in *instance) addDataSchema() {
	const text = `{"$schema": "http://json-schema.org/draft-07/schema#", "$id": "` + dataID + `#",
		"description": "Meta-schema for $data reference (JSON Schema extension proposal)", "type": "object", "required": ["$data"],
		"properties": {"$data": {"type": "string", "anyOf": [{"format": "relative-json-pointer"}, {"format": "json-pointer"}]}},
		"additionalProperties": false}`
	json := in.vm.Get("JSON").ToObject(in.vm)
	in.addSchema(in.env.Call(json.Get("parse"), json, "parse", in.vm.ToValue(text)), dataID, true, true)
}
