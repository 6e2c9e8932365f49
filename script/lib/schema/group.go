package schema

import (
	"github.com/dop251/goja"

	"posthaste/script/lib/schema/jsdata"
)

// A group is keywords that apply to one type of data; those of the last, without kind, apply
// to all.
type group struct {
	kind  string
	rules []*rule
}

// A rule is one keyword and those that only work beside it, such as exclusiveMaximum.
type rule struct {
	keyword string
	with    []string
	build   func(c site, kind string) check // nil when the keyword asks for nothing
}

// used says whether a schema has a keyword of the group; other groups cost nothing.
func (g *group) used(schema goja.Value) bool {
	for _, r := range g.rules {
		if r.used(schema) {
			return true
		}
	}
	return false
}

// used says whether a schema has the keyword or one that works beside it.
func (r *rule) used(schema goja.Value) bool {
	if jsdata.Has(schema, r.keyword) {
		return true
	}
	for _, name := range r.with {
		if jsdata.Has(schema, name) {
			return true
		}
	}
	return false
}

// standardGroups lists the keywords in the order in which ajv reports them (ajv:
// compile/rules). The lists are new for each instance, since scripts add keywords.
func standardGroups() []*group {
	return []*group{
		{kind: "number", rules: []*rule{
			{keyword: "maximum", with: []string{"exclusiveMaximum"}, build: site.maximum},
			{keyword: "minimum", with: []string{"exclusiveMinimum"}, build: site.minimum},
			{keyword: "multipleOf", build: site.multipleOf},
			{keyword: "format", build: site.format},
		}},
		{kind: "string", rules: []*rule{
			{keyword: "maxLength", build: site.maxLength},
			{keyword: "minLength", build: site.minLength},
			{keyword: "pattern", build: site.pattern},
			{keyword: "format", build: site.format},
		}},
		{kind: "array", rules: []*rule{
			{keyword: "maxItems", build: site.maxItems},
			{keyword: "minItems", build: site.minItems},
			{keyword: "items", build: site.items},
			{keyword: "contains", build: site.contains},
			{keyword: "uniqueItems", build: site.uniqueItems},
		}},
		{kind: "object", rules: []*rule{
			{keyword: "maxProperties", build: site.maxProperties},
			{keyword: "minProperties", build: site.minProperties},
			{keyword: "required", build: site.required},
			{keyword: "dependencies", build: site.dependencies},
			{keyword: "propertyNames", build: site.propertyNames},
			{keyword: "properties", with: []string{"additionalProperties", "patternProperties"}, build: site.properties},
		}},
		{rules: []*rule{
			{keyword: "$ref", build: site.ref},
			{keyword: "const", build: site.constant},
			{keyword: "enum", build: site.enum},
			{keyword: "not", build: site.not},
			{keyword: "anyOf", build: site.anyOf},
			{keyword: "oneOf", build: site.oneOf},
			{keyword: "allOf", build: site.allOf},
			{keyword: "if", build: site.conditional},
		}},
	}
}

// otherKeywords are known but check nothing by themselves.
func otherKeywords() []string {
	return []string{
		"$schema", "$id", "id", "$data", "$async", "title", "description", "default", "definitions", "examples",
		"readOnly", "writeOnly", "contentMediaType", "contentEncoding", "additionalItems", "then", "else",
	}
}

// hasRules says whether a schema checks anything at all. With strictKeywords every keyword
// counts, because compiling reports unknown ones.
func (in *instance) hasRules(schema goja.Value, o *options) bool {
	switch jsdata.KindOf(schema) {
	case jsdata.KindBoolean:
		return !schema.ToBoolean()
	case jsdata.KindObject, jsdata.KindArray:
	default:
		return false
	}
	names := jsdata.Keys(schema)
	if o.strictKeywords != "" {
		return len(names) > 0
	}
	for _, name := range names {
		if in.rules[name] {
			return true
		}
	}
	return false
}
