package schema_test

import (
	"math/rand/v2"
	"testing"

	"posthaste/internal/openapi/node"
	"posthaste/internal/openapi/reference"
	"posthaste/internal/openapi/schema"
)

// Every value that is made of a schema fits it, for each of many choices.
func TestExamplesFitTheirSchema(t *testing.T) {
	tests := map[string]string{
		"an object with all kinds":       `{"type":"object","required":["a","z"],"properties":{"a":{"type":"string","minLength":30},"b":{"type":"integer","minimum":100},"c":{"type":"array","items":{"type":"boolean"},"minItems":3},"d":{"type":"number","maximum":-1.5}}}`,
		"formats":                        `{"type":"object","properties":{"a":{"type":"string","format":"date-time"},"b":{"type":"string","format":"uuid"},"c":{"type":"string","format":"email"},"d":{"type":"string","format":"uri"},"e":{"type":"string","format":"ipv4"},"f":{"type":"string","format":"date"},"g":{"type":"string","format":"byte"}}}`,
		"patterns":                       `{"type":"object","properties":{"a":{"type":"string","pattern":"^[A-Z]{3}-\\d+$"},"b":{"type":"string","pattern":"^(foo|bar)?x+$"},"c":{"type":"string","pattern":"^[a-z0-9-]{8,50}$","minLength":20},"d":{"type":"string","pattern":"^\\+\\d{8,15}$"}}}`,
		"limits":                         `{"type":"object","properties":{"a":{"type":"integer","minimum":5,"exclusiveMinimum":true,"maximum":7},"b":{"type":"integer","multipleOf":7,"minimum":20},"c":{"type":"number","multipleOf":0.05},"d":{"type":"integer","maximum":-3},"e":{"type":"integer","minimum":0.5}}}`,
		"a list without repetitions":     `{"type":"array","uniqueItems":true,"minItems":3,"items":{"enum":["a","b","c"]}}`,
		"an enum":                        `{"enum":[3,"x",null]}`,
		"an example that does not fit":   `{"type":"integer","example":"seven"}`,
		"parts":                          `{"allOf":[{"type":"object","required":["a"],"properties":{"a":{"type":"string"}}},{"type":"object","required":["b"],"properties":{"b":{"type":"integer"}}}]}`,
		"alternatives":                   `{"oneOf":[{"type":"object","required":["a"],"additionalProperties":false,"properties":{"a":{"type":"string"}}},{"type":"string"}]}`,
		"a required field without more":  `{"type":"object","required":["x"]}`,
		"so many properties":             `{"type":"object","minProperties":2,"additionalProperties":{"type":"integer"}}`,
		"a schema in itself":             `{"type":"object","required":["name"],"properties":{"name":{"type":"string"},"parent":{"$ref":"#"},"children":{"type":"array","items":{"$ref":"#"}}}}`,
		"short":                          `{"type":"object","properties":{"description":{"type":"string","maxLength":3}}}`,
		"what may be null and is a list": `{"type":"array","nullable":true,"items":{"type":"string","nullable":true}}`,
	}
	for name, text := range tests {
		t.Run(name, func(t *testing.T) {
			f, err := node.ParseFile("s.json", []byte(text))
			if err != nil {
				t.Fatal(err)
			}
			set := &reference.Set{}
			set.Add("s.json", f)
			s, err := (&schema.Compiler{Set: set}).Compile(f.Root)
			if err != nil {
				t.Fatal(err)
			}
			for seed := range uint64(50) {
				e := schema.Example{}
				if seed > 0 {
					e.Rand = rand.New(rand.NewPCG(seed, 1))
				}
				for _, e.Minimal = range []bool{false, true} {
					v := e.Value(s)
					if got := s.Validate(v, schema.Options{Formats: true}); len(got.Failures) > 0 {
						t.Errorf("seed %d: %s: %v", seed, v.JSON(), got.Failures)
					}
				}
			}
		})
	}
}

// What is hard to make a value for has one all the same; each case is of draft 2020-12, and in both directions.
func TestHardSchemasHaveExamples(t *testing.T) {
	tests := map[string]string{
		"a pattern with lookaheads":            `{"type":"string","pattern":"^(?=.*[A-Z])(?=.*\\d)(?=.*[^\\w\\s]).{12,}$","maxLength":20}`,
		"a pattern with a reference":           `{"type":"string","pattern":"^(['\"])[a-z]+\\1$"}`,
		"two patterns together":                `{"allOf":[{"type":"string","pattern":"^[a-z]"},{"pattern":"\\d$"},{"minLength":5}]}`,
		"a format and a pattern":               `{"type":"string","format":"date","pattern":"^2026-"}`,
		"a format and lengths":                 `{"type":"object","properties":{"a":{"type":"string","format":"email","minLength":40},"b":{"type":"string","format":"uri","maxLength":8},"c":{"type":"string","format":"hostname","minLength":100},"d":{"type":"string","format":"byte","minLength":30}},"required":["a","b","c","d"]}`,
		"formats of all kinds":                 `{"type":"object","required":["a","b","c","d","e","f","g","h","i","j","k"],"properties":{"a":{"format":"time","type":"string"},"b":{"format":"duration","type":"string"},"c":{"format":"ipv6","type":"string"},"d":{"format":"json-pointer","type":"string"},"e":{"format":"regex","type":"string"},"f":{"format":"uri-reference","type":"string"},"g":{"format":"iri","type":"string"},"h":{"format":"idn-hostname","type":"string"},"i":{"format":"password","type":"string"},"j":{"format":"int32","type":"integer"},"k":{"format":"int64","type":"integer","minimum":5000000000}}}`,
		"a long text":                          `{"type":"string","minLength":5000}`,
		"not this word":                        `{"type":"string","not":{"const":"text"}}`,
		"not a text":                           `{"not":{"type":"string"}}`,
		"not these fields together":            `{"type":"object","properties":{"a":{"type":"string"},"b":{"type":"string"}},"not":{"required":["a","b"]}}`,
		"if, then":                             `{"type":"object","required":["country","postcode"],"properties":{"country":{"enum":["NO","US"]},"postcode":{"type":"string"}},"if":{"properties":{"country":{"const":"US"}}},"then":{"properties":{"postcode":{"pattern":"^\\d{5}$"}}},"else":{"properties":{"postcode":{"pattern":"^\\d{4}$"}}}}`,
		"only else":                            `{"type":"object","properties":{"a":{"type":"integer"}},"required":["a"],"if":{"properties":{"a":{"minimum":5}}},"else":{"required":["b"]}}`,
		"multiples of two numbers":             `{"type":"integer","multipleOf":6,"allOf":[{"multipleOf":4}],"minimum":13,"exclusiveMaximum":25}`,
		"a multiple of a fraction":             `{"type":"number","multipleOf":0.01,"exclusiveMinimum":0,"maximum":0.05}`,
		"a number in a narrow gap":             `{"type":"number","exclusiveMinimum":0.1,"exclusiveMaximum":0.2}`,
		"negative multiples":                   `{"type":"integer","multipleOf":5,"maximum":-1,"minimum":-9}`,
		"elements that differ":                 `{"type":"array","minItems":5,"uniqueItems":true,"items":{"type":"object","required":["id"],"properties":{"id":{"type":"integer"}}}}`,
		"short elements that differ":           `{"type":"array","minItems":8,"uniqueItems":true,"items":{"type":"string","maxLength":2}}`,
		"all of a few":                         `{"type":"array","minItems":2,"maxItems":2,"uniqueItems":true,"items":{"type":"boolean"}}`,
		"elements with an example that differ": `{"type":"array","minItems":3,"uniqueItems":true,"items":{"type":"string","examples":["same"]}}`,
		"contains":                             `{"type":"array","items":{"type":"integer"},"contains":{"minimum":100},"minContains":2,"minItems":4}`,
		"contains twice":                       `{"allOf":[{"type":"array","contains":{"const":"a"}},{"contains":{"const":"b"}}],"maxItems":2}`,
		"at most so many":                      `{"type":"array","items":{"type":"integer","minimum":1},"contains":{"const":7},"maxContains":1,"minItems":3}`,
		"a tuple":                              `{"type":"array","prefixItems":[{"type":"string"},{"type":"integer"}],"items":false,"minItems":2}`,
		"unevaluatedItems":                     `{"type":"array","prefixItems":[{"type":"string"}],"unevaluatedItems":{"type":"boolean"},"minItems":3}`,
		"names of fields":                      `{"type":"object","propertyNames":{"pattern":"^x-[a-z]+$"},"minProperties":3,"additionalProperties":{"type":"integer"}}`,
		"patterns of fields":                   `{"type":"object","patternProperties":{"^k\\d$":{"type":"integer"}},"additionalProperties":false,"minProperties":2}`,
		"few fields":                           `{"type":"object","properties":{"a":{},"b":{},"c":{}},"required":["c"],"maxProperties":2}`,
		"fields that ask for fields":           `{"type":"object","properties":{"a":{"type":"string"}},"required":["a"],"dependentRequired":{"a":["b"]},"dependentSchemas":{"b":{"properties":{"c":{"type":"integer"}},"required":["c"]}}}`,
		"unevaluatedProperties":                `{"allOf":[{"properties":{"a":{"type":"string"}}}],"properties":{"b":{"type":"integer"}},"required":["a","b"],"unevaluatedProperties":false}`,
		"one of two that overlap":              `{"oneOf":[{"type":"object","properties":{"a":{"type":"string"}}},{"type":"object","properties":{"b":{"type":"string"}}}]}`,
		"one of two by what must be there":     `{"type":"object","properties":{"a":{"type":"string"},"b":{"type":"string"}},"oneOf":[{"required":["a"]},{"required":["b"]}]}`,
		"any of two by what must be there":     `{"type":"object","properties":{"a":{"type":"string"},"b":{"type":"string"}},"anyOf":[{"required":["a"]},{"required":["b"]}]}`,
		"ranges that overlap":                  `{"oneOf":[{"type":"integer","minimum":0,"maximum":10},{"type":"integer","minimum":1,"maximum":5}]}`,
		"a discriminator":                      `{"$defs":{"Cat":{"type":"object","required":["kind","lives"],"properties":{"kind":{"type":"string"},"lives":{"type":"integer"}}},"Dog":{"type":"object","required":["kind"],"properties":{"kind":{"type":"string","enum":["woof"]}}}},"oneOf":[{"$ref":"#/$defs/Dog"},{"$ref":"#/$defs/Cat"}],"discriminator":{"propertyName":"kind","mapping":{"woof":"#/$defs/Dog","meow":"#/$defs/Cat"}}}`,
		"a tree":                               `{"type":"object","required":["value","left"],"properties":{"value":{"type":"integer"},"left":{"anyOf":[{"$ref":"#"},{"type":"null"}]}}}`,
		"a list of itself":                     `{"type":"array","items":{"$ref":"#"},"maxItems":3}`,
		"a constant":                           `{"type":"object","required":["a"],"properties":{"a":{"const":{"b":[1,null]}}}}`,
		"several types":                        `{"type":["null","integer"],"minimum":7}`,
		"null alone":                           `{"type":"null"}`,
		"no type":                              `{"minimum":5}`,
		"everything":                           `true`,
		"enum and more":                        `{"enum":["a","bb","ccc"],"minLength":2,"not":{"const":"bb"}}`,
		"enums together":                       `{"allOf":[{"enum":[1,2,3]},{"enum":[3,4]}]}`,
	}
	for name, text := range tests {
		t.Run(name, func(t *testing.T) {
			if text == "true" {
				text = `{"allOf":[true]}`
			}
			s := compiled(t, text)
			for seed := range uint64(30) {
				e := schema.Example{Request: seed%2 == 1}
				if seed > 1 {
					e.Rand = rand.New(rand.NewPCG(seed, 1))
				}
				for _, e.Minimal = range []bool{false, true} {
					v := e.Value(s)
					if got := s.Validate(v, schema.Options{Formats: true}); len(got.Failures) > 0 {
						t.Errorf("seed %d: %s: %v", seed, v.JSON(), got.Failures)
					}
				}
			}
		})
	}
}

// What has no value ends soon, and is said.
func TestContradictionsAreSaid(t *testing.T) {
	for name, text := range map[string]string{
		"a type and an enum":          `{"type":"string","enum":[1]}`,
		"two types":                   `{"allOf":[{"type":"string"},{"type":"integer"}]}`,
		"limits":                      `{"type":"integer","minimum":5,"maximum":4}`,
		"a pattern":                   `{"type":"string","pattern":"^(?=a)b"}`,
		"a list without end":          `{"type":"array","minItems":1,"items":{"$ref":"#"}}`,
		"an object without end":       `{"type":"object","required":["a"],"properties":{"a":{"$ref":"#"}}}`,
		"more than a type has":        `{"type":"array","minItems":3,"uniqueItems":true,"items":{"type":"boolean"}}`,
		"not everything":              `{"not":{}}`,
		"a field that may not be":     `{"type":"object","required":["a"],"properties":{"a":false}}`,
		"too long":                    `{"type":"string","minLength":100000000}`,
		"too many":                    `{"type":"array","minItems":100000000}`,
		"deep, and wrong at its end":  `{"$defs":{"a":{"type":"object","required":["x","y"],"properties":{"x":{"$ref":"#/$defs/b"},"y":{"$ref":"#/$defs/b"}}},"b":{"type":"object","required":["x","y"],"properties":{"x":{"$ref":"#/$defs/c"},"y":{"$ref":"#/$defs/c"}}},"c":{"type":"object","required":["x","y"],"properties":{"x":{"$ref":"#/$defs/d"},"y":{"$ref":"#/$defs/d"}}},"d":{"type":"string","minLength":2,"maxLength":1}},"$ref":"#/$defs/a"}`,
		"alternatives that are wrong": `{"anyOf":[{"type":"string","maxLength":-1,"minLength":1,"pattern":"^$"},{"type":"integer","multipleOf":10,"minimum":1,"maximum":9}]}`,
	} {
		t.Run(name, func(t *testing.T) {
			s := compiled(t, text)
			e := schema.Example{}
			v := e.Value(s)
			if e.Misfit(s, v) == "" {
				t.Errorf("%.200s fits", v.JSON())
			}
		})
	}
}
