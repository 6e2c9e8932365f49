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
