package schema_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"posthaste/internal/openapi/node"
	"posthaste/internal/openapi/reference"
	"posthaste/internal/openapi/schema"
)

// A describer writes schemas that a given value fits, with keywords of every kind.
type describer struct{ *rand.Rand }

type object = map[string]any

// value is a random value of JSON.
func (d describer) value(depth int) any {
	n := 6
	if depth > 2 {
		n = 4
	}
	switch d.IntN(n) {
	case 0:
		return strings.Repeat(string(rune('a'+d.IntN(26))), 1+d.IntN(6)) + []string{"", "-7", "B2", " c"}[d.IntN(4)]
	case 1:
		return float64(d.IntN(200) - 50)
	case 2:
		return d.IntN(2) == 0
	case 3:
		return float64(d.IntN(4000)-1000) / 4
	case 4:
		list := []any{}
		for range d.IntN(4) {
			list = append(list, d.value(depth+1))
		}
		return list
	}
	o := object{}
	for range d.IntN(5) {
		o[fmt.Sprintf("%c%d", 'p'+d.IntN(3), d.IntN(4))] = d.value(depth + 1)
	}
	return o
}

func (d describer) coin() bool { return d.IntN(2) == 0 }

// of is a schema that the value fits.
func (d describer) of(v any, depth int) any {
	s := object{}
	switch v := v.(type) {
	case string:
		d.ofText(s, v)
	case float64:
		d.ofNumber(s, v)
	case bool:
		s["type"] = "boolean"
	case []any:
		d.ofList(s, v, depth)
	case object:
		d.ofObject(s, v, depth)
	}
	if depth > 3 {
		return s
	}
	// What combines schemas, around what there is.
	switch d.IntN(12) {
	case 0:
		return object{"allOf": []any{s, d.of(v, depth+2)}}
	case 1:
		return object{"anyOf": []any{d.of(d.value(2), depth+2), s}}
	case 2:
		return object{"oneOf": []any{s, object{"type": "string", "const": "another"}}}
	case 3:
		return object{"not": object{"enum": []any{"text", "example p1", 1.0, nil}}, "allOf": []any{s}}
	case 4:
		return object{"if": object{"type": "object", "required": []any{"p0"}}, "then": object{"minProperties": 1}, "else": object{}, "allOf": []any{s}}
	case 5:
		return object{"enum": []any{v}}
	case 6:
		return object{"const": v}
	case 7:
		anchor := fmt.Sprintf("a%d", d.Uint64())
		s["$anchor"] = anchor
		return object{"allOf": []any{object{"$ref": "#" + anchor}}, "$defs": object{"s": s}}
	}
	return s
}

func (d describer) ofText(s object, v string) {
	s["type"] = "string"
	n := len(v)
	if d.coin() {
		s["minLength"] = d.IntN(n + 1)
	}
	if d.coin() {
		s["maxLength"] = n + d.IntN(10)
	}
	switch d.IntN(6) {
	case 0:
		s["pattern"] = `^[` + v[:1] + `]+`
	case 1:
		s["pattern"] = `^(?=.*` + v[:1] + `)[a-zA-Z0-9 -]+$`
	case 2:
		s["pattern"] = `^(?!zz9)\w`
	case 3:
		s["type"] = []any{"string", "null"}
	}
}

func (d describer) ofNumber(s object, v float64) {
	s["type"] = "number"
	if v == float64(int(v)) && d.coin() {
		s["type"] = "integer"
	}
	if d.coin() {
		s["minimum"] = v - float64(d.IntN(5))
	}
	if d.coin() {
		s["exclusiveMaximum"] = v + 0.5
	}
	switch d.IntN(4) {
	case 0:
		s["multipleOf"] = 0.25
	case 1:
		if v != 0 {
			s["multipleOf"] = max(v, -v)
		}
	}
}

func (d describer) ofList(s object, v []any, depth int) {
	s["type"] = "array"
	if d.coin() {
		s["minItems"] = d.IntN(len(v) + 1)
	}
	if d.coin() {
		s["maxItems"] = len(v) + d.IntN(3)
	}
	if len(v) == 0 {
		return
	}
	isUnique := true
	for i := range v {
		for j := range i {
			a, _ := json.Marshal(v[i])
			b, _ := json.Marshal(v[j])
			isUnique = isUnique && string(a) != string(b)
		}
	}
	s["uniqueItems"] = isUnique && d.coin()
	switch d.IntN(3) {
	case 0:
		var prefix []any
		for _, one := range v {
			prefix = append(prefix, d.of(one, depth+1))
		}
		s["prefixItems"] = prefix
		if d.coin() {
			s["items"] = false
		}
	case 1:
		s["contains"] = d.of(v[d.IntN(len(v))], depth+1)
	case 2:
		var any []any
		for _, one := range v {
			any = append(any, d.of(one, depth+1))
		}
		s["items"] = object{"anyOf": any}
	}
}

func (d describer) ofObject(s, v object, depth int) {
	s["type"] = "object"
	properties, patterns := object{}, object{}
	required := []any{}
	for name, one := range v {
		if d.IntN(5) == 0 {
			patterns["^"+name+"$"] = d.of(one, depth+1)
		} else {
			properties[name] = d.of(one, depth+1)
		}
		if d.coin() {
			required = append(required, name)
		}
	}
	s["properties"], s["required"] = properties, required
	if len(patterns) > 0 {
		s["patternProperties"] = patterns
	}
	switch d.IntN(6) {
	case 0:
		s["additionalProperties"] = false
	case 1:
		s["unevaluatedProperties"] = false
	case 2:
		s["propertyNames"] = object{"pattern": `^[p-r]\d$`}
	case 3:
		s["additionalProperties"] = object{"type": "integer"}
	}
	if d.coin() {
		s["minProperties"] = d.IntN(len(v) + 1)
	}
	if d.coin() {
		s["maxProperties"] = len(v) + d.IntN(2)
	}
	if len(v) > 1 && d.coin() {
		var names []any
		for name := range v {
			names = append(names, name)
		}
		s["dependentRequired"] = object{names[0].(string): names[1:]}
	}
}

// Of schemas that some value fits, each has one made for it. What is left over is known to be left over: Misfit says so.
func TestAValueIsFoundForWhatHasOne(t *testing.T) {
	missed := 0
	const schemas = 3000
	for seed := range uint64(schemas) {
		d := describer{rand.New(rand.NewPCG(seed, 7))}
		v := d.value(0)
		text, err := json.Marshal(d.of(v, 0))
		if err != nil {
			t.Fatal(err)
		}
		s := compiled(t, string(text))
		given, err := json.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		own, err := node.ParseJSON(string(given), nil)
		if err != nil {
			t.Fatal(err)
		}
		if len(s.Validate(own, schema.Options{}).Failures) > 0 {
			continue // two of the keywords contradict each other
		}
		e := schema.Example{}
		made := e.Value(s)
		failures := s.Validate(made, schema.Options{Formats: true}).Failures
		if (len(failures) > 0) != (e.Misfit(s, made) != "") {
			t.Errorf("seed %d: %s: Misfit says %q of %v", seed, text, e.Misfit(s, made), failures)
		}
		if len(failures) > 0 {
			missed++
			t.Logf("seed %d: %s\n  %s fits; made %s: %v", seed, text, given, made.JSON(), failures)
		}
	}
	if missed > schemas/500 {
		t.Errorf("no value was found for %d of %d schemas that have one", missed, schemas)
	}
}

// compiled is the schema of a text of draft 2020-12.
func compiled(t *testing.T, text string) *schema.Schema {
	t.Helper()
	f, err := node.ParseFile("s.json", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	set := &reference.Set{}
	set.Add("s.json", f)
	s, err := (&schema.Compiler{Set: set, Dialect: schema.Draft2020}).Compile(f.Root)
	if err != nil {
		t.Fatal(err)
	}
	return s
}
