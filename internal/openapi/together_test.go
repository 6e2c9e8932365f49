package openapi_test

import (
	"strings"
	"testing"

	"posthaste/internal/openapi"
	"posthaste/internal/openapi/node"
	"posthaste/internal/openapi/schema"
)

const closedFile = `openapi: 3.0.3
info: {title: T, version: "1"}
paths: {}
components:
  schemas:
    Base: {type: object, additionalProperties: false, properties: {id: {type: string}}}
    Item: {allOf: [{$ref: '#/components/schemas/Base'}, {properties: {name: {type: string}}, required: [name]}]}
    Either:
      properties: {kind: {type: string}}
      oneOf:
        - {additionalProperties: false, properties: {a: {type: string}}, required: [a]}
        - {additionalProperties: false, properties: {b: {type: string}}, required: [b]}
    Chosen:
      properties: {kind: {type: string}}
      oneOf:
        - {additionalProperties: false, properties: {a: {type: string}}, required: [a]}
        - {additionalProperties: false, properties: {kind: {}, b: {type: string}}, required: [b]}
    Typo: {type: object, additionalProperties: false, required: [extra], properties: {name: {type: string}}}
`

// additionalProperties: false does not forbid what the same object lists or requires elsewhere, and forbids everything else: fields
// that nothing lists, fields of another alternative, and those of other parts where the schema stands alone.
func TestClosedPartsAllowWhatOtherPartsList(t *testing.T) {
	t.Parallel()
	file := closedFile
	for _, name := range []string{"Base", "Item", "Either", "Chosen", "Typo"} {
		file = strings.Replace(file, "paths: {", "paths: {/"+name+": {get: {responses: {'200': {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/"+name+"'}}}}}}}, ", 1)
	}
	d, err := openapi.Load("a.yaml", openapi.Options{Read: func(string) ([]byte, error) { return []byte(file), nil }})
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		name, of, value string
		fails           string // pointer of the one failure, "" for none
	}{
		{"a field of the other part", "Item", `{"id": "1", "name": "n"}`, ""},
		{"a field that no part lists", "Item", `{"id": "1", "name": "n", "surplus": 1}`, "/surplus"},
		{"a field of the other part that is wrong", "Item", `{"name": 5}`, "/name"},
		{"the part alone", "Base", `{"id": "1", "name": "n"}`, "/name"},
		{"a field beside alternatives", "Either", `{"kind": "k", "a": "x"}`, ""},
		{"a field that nothing lists beside alternatives", "Either", `{"a": "x", "surplus": 1}`, "body"},
		{"fields of two alternatives", "Either", `{"a": "x", "b": "y"}`, "body"},
		{"a field that one alternative forbids and another knows", "Chosen", `{"kind": "k", "a": "x"}`, "body"},
		{"a field that is required and not listed", "Typo", `{"extra": 1}`, ""},
		{"a field that is required, not listed and missing", "Typo", `{"name": "n"}`, "/extra"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var s *schema.Schema
			for _, o := range d.Operations {
				if o.Path == "/"+tt.of {
					s = o.Responses[0].Content[0].Schema
				}
			}
			v, err := node.ParseJSON(tt.value, nil)
			if err != nil {
				t.Fatal(err)
			}
			failures := s.Validate(v, schema.Options{Response: true}).Failures
			switch {
			case tt.fails == "" && len(failures) > 0:
				t.Errorf("%s: %+v", tt.value, failures)
			case tt.fails == "body" && len(failures) == 0:
				t.Errorf("%s fits", tt.value)
			case tt.fails != "" && tt.fails != "body" && (len(failures) != 1 || failures[0].Pointer != tt.fails):
				t.Errorf("%s: %+v, want a failure at %s alone", tt.value, failures, tt.fails)
			}
		})
	}
	var told []string
	for _, p := range d.Problems {
		told = append(told, p.String())
	}
	text := strings.Join(told, "\n")
	for _, want := range []string{`a.yaml:6:26: additionalProperties: false forbids "name"`, `forbids "kind"`, `forbids "extra"`} {
		if !strings.Contains(text, want) {
			t.Errorf("the problems lack %q:\n%s", want, text)
		}
	}
	if strings.Count(text, `"kind"`) != 2 {
		t.Errorf("the alternatives of Chosen are what the file says; the problems are\n%s", text)
	}
}
