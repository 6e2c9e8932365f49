package schema_test

import (
	"strings"
	"testing"

	"github.com/dop251/goja"
	"github.com/google/go-cmp/cmp"

	"posthaste/script/lib/native"
	"posthaste/script/lib/schema"
)

func value(tb testing.TB, vm *goja.Runtime, source string) goja.Value {
	tb.Helper()
	v, err := vm.RunString("(" + source + ")")
	if err != nil {
		tb.Fatal(err)
	}
	return v
}

func TestCheckSaysWhatDoesNotFit(t *testing.T) {
	tests := map[string]struct {
		schema, data, options string
		want                  []string
		err                   string
	}{
		"what fits has no problems": {`{type: 'object'}`, `{}`, `{allErrors: true}`, nil, ""},
		"all errors are listed": {
			`{type: 'object', properties: {a: {type: 'number'}}, required: ['b']}`, `{a: 'x'}`, `{allErrors: true, logger: false}`,
			[]string{"data should have required property 'b'", "data.a should be number"},
			"",
		},
		"the first error alone":        {`{items: {type: 'number'}}`, `['a', 'b']`, `undefined`, []string{"data[0] should be number"}, ""},
		"a schema that is no schema":   {`{type: 'strin'}`, `1`, `{}`, nil, "schema is invalid: data.type should be equal to one of the allowed values"},
		"a reference that leads away":  {`{$ref: '#/nowhere'}`, `1`, `{}`, nil, "can't resolve reference #/nowhere from id #"},
		"a format nobody knows":        {`{format: 'x'}`, `'a'`, `{}`, nil, `unknown format "x" is used in schema at path "#"`},
		"a draft that is not built in": {`{$schema: 'http://json-schema.org/draft-04/schema#'}`, `1`, `{}`, nil, `no schema with key or ref "http://json-schema.org/draft-04/schema#"`},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			vm := goja.New()
			got, err := schema.New(&native.Env{VM: vm}).Check(value(t, vm, test.schema), value(t, vm, test.data), value(t, vm, test.options))
			if diff := cmp.Diff(got, test.want); diff != "" {
				t.Errorf("problems (-got +want):\n%s", diff)
			}
			if test.err == "" != (err == nil) || err != nil && !strings.Contains(err.Error(), test.err) {
				t.Errorf("got error %v, want %q", err, test.err)
			}
		})
	}
}

func TestFactsOfDraft7(t *testing.T) {
	tests := map[string]struct{ schema, valid, invalid string }{
		"an integer may be written with a point":      {`{type: 'integer'}`, `[1, 1.0, -0, 1e3]`, `[1.5, '1', null]`},
		"types in a list are alternatives":            {`{type: ['array', 'null']}`, `[[], null]`, `[{}, 0]`},
		"limits leave other types alone":              {`{minimum: 5, maxLength: 1, minItems: 1, minProperties: 1}`, `[5, 'a', [1], {a: 1}, null, true]`, `[4, 'ab', [], {}]`},
		"length counts characters and not units":      {`{minLength: 2}`, `['ab', '😀😀']`, `['a', '😀']`},
		"patterns are not anchored":                   {`{pattern: 'b+'}`, `['abc', 'b']`, `['a', '']`},
		"properties may be missing":                   {`{properties: {a: {type: 'number'}}}`, `[{}, {a: 1}, []]`, `[{a: 'x'}]`},
		"a required null is there":                    {`{required: ['a']}`, `[{a: null}, 1]`, `[{}]`},
		"patterns and names both count":               {`{properties: {ab: {minimum: 3}}, patternProperties: {a: {maximum: 5}}}`, `[{ab: 4, ac: 1}]`, `[{ab: 2}, {ab: 6}, {xa: 6}]`},
		"additional knows of siblings alone":          {`{allOf: [{properties: {a: {}}}], additionalProperties: false}`, `[{}]`, `[{a: 1}]`},
		"a tuple may be shorter":                      {`{items: [{type: 'string'}, {type: 'number'}], additionalItems: false}`, `[[], ['a'], ['a', 1]]`, `[[1], ['a', 1, 2]]`},
		"additionalItems without a tuple is nothing":  {`{items: {type: 'number'}, additionalItems: false}`, `[[1, 2]]`, `[['a']]`},
		"contains needs one":                          {`{contains: {minimum: 5}}`, `[[1, 5], 'x']`, `[[], [1]]`},
		"unique looks into objects":                   {`{uniqueItems: true}`, `[[1, '1', true], [{a: 1}, {a: 2}], [[1], [2]]]`, `[[1, 1.0], [{a: 1, b: 2}, {b: 2, a: 1}], [[1], [1]]]`},
		"false and zero differ":                       {`{enum: [0, 'a', null]}`, `[0, 'a', null]`, `[false, '', undefined]`},
		"constants are compared deeply":               {`{const: {a: [1, {b: null}]}}`, `[{a: [1, {b: null}]}]`, `[{a: [1, {}]}, {a: [1]}]`},
		"names are checked":                           {`{propertyNames: {maxLength: 2}}`, `[{}, {ab: 1}]`, `[{abc: 1}]`},
		"dependencies by list and by schema":          {`{dependencies: {a: ['b'], c: {required: ['d']}}}`, `[{}, {b: 1}, {a: 1, b: 1}, {c: 1, d: 1}]`, `[{a: 1}, {c: 1}]`},
		"exactly one":                                 {`{oneOf: [{type: 'integer'}, {minimum: 2}]}`, `[1, 2.5, 'x']`, `[3, 1.5]`},
		"at least one":                                {`{anyOf: [{type: 'integer'}, {minimum: 2}]}`, `[1, 2.5, 3]`, `[1.5]`},
		"not of not":                                  {`{not: {not: {type: 'string'}}}`, `['a']`, `[1]`},
		"then counts when if fits":                    {`{if: {exclusiveMaximum: 0}, then: {minimum: -10}, else: {multipleOf: 2}}`, `[-1, 4, 'x']`, `[-100, 3]`},
		"then without if is nothing":                  {`{then: {const: 0}, else: {const: 1}}`, `[5]`, `[]`},
		"a reference's siblings are ignored":          {`{definitions: {s: {type: 'string'}}, properties: {a: {$ref: '#/definitions/s', maxLength: 1}}}`, `[{a: 'abc'}]`, `[{a: 1}]`},
		"references to each other":                    {`{definitions: {a: {items: {$ref: '#/definitions/b'}}, b: {type: 'array', items: {$ref: '#/definitions/a'}}}, $ref: '#/definitions/a'}`, `[[[]], [[[[]]]]]`, `[[1], [[[1]]]]`},
		"a property named $ref":                       {`{properties: {$ref: {type: 'string'}}}`, `[{$ref: 'x'}]`, `[{$ref: 1}]`},
		"schemas may be true and false":               {`{properties: {a: true, b: false}}`, `[{a: 1}]`, `[{b: 1}]`},
		"multiples of a fraction":                     {`{multipleOf: 0.0001}`, `[0.0075]`, `[0.00751]`},
		"large numbers":                               {`{type: 'integer', maximum: 1e20}`, `[1e19]`, `[1e21]`},
		"names that objects inherit are not required": {`{properties: {constructor: {type: 'number'}}, additionalProperties: false}`, `[{constructor: 1}]`, `[{toString: 1}]`},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			vm := goja.New()
			for want, list := range map[string]string{"true": test.valid, "false": test.invalid} {
				lib := schema.New(&native.Env{VM: vm})
				if err := vm.Set("Ajv", lib.Ajv()); err != nil {
					t.Fatal(err)
				}
				v := value(t, vm, `(function () { var v = new Ajv({logger: false}).compile(`+test.schema+`); return `+list+`.filter(x => v(x) !== `+want+`).map(x => JSON.stringify(x)).join() })()`)
				if v.String() != "" {
					t.Errorf("%s: want %s for %s", test.schema, want, v)
				}
			}
		})
	}
}

func TestHostileSchemasEndInErrors(t *testing.T) {
	tests := map[string]struct{ code, want string }{
		"data that contains itself":        {`var d = {}; d.d = d; new Ajv().validate({properties: {d: {$ref: '#'}}}, d)`, "RangeError: Maximum call stack size exceeded"},
		"a schema that contains itself":    {`var s = {}; s.properties = {a: s}; new Ajv().compile(s)`, "RangeError: Maximum call stack size exceeded"},
		"a reference to its own reference": {`new Ajv().compile({$ref: '#/definitions/a', definitions: {a: {$ref: '#/definitions/b'}, b: {$ref: '#/definitions/a'}}})`, "RangeError: Maximum call stack size exceeded"},
		"a schema that doubles at each level": {`var s = {type: 'number'}, d = {}; for (var i = 0; i < 40; i++) d['d' + i] = {allOf: [{$ref: '#/definitions/d' + (i + 1)}, {$ref: '#/definitions/d' + (i + 1)}]};
			d.d40 = s; new Ajv().validate({definitions: d, $ref: '#/definitions/d0'}, 1)`, "RangeError: the schema asks for too many checks"},
		"deep nesting":                   {`var s = {}; for (var i = 0; i < 5000; i++) s = {not: s}; new Ajv({validateSchema: false}).compile(s)`, "RangeError: Maximum call stack size exceeded"},
		"a pattern that is no pattern":   {`new Ajv({validateSchema: false}).compile({pattern: '('})`, "SyntaxError"},
		"a validate that throws":         {`var a = new Ajv(); a.addKeyword('k', {validate() { throw new TypeError('mine') }}); a.validate({k: 1}, 1)`, "TypeError: mine"},
		"a getter that throws":           {`new Ajv().validate({properties: {a: {type: 'string'}}}, {get a() { throw new Error('got') }})`, "Error: got"},
		"a method on something else":     {`Ajv.prototype.validate.call({}, {}, 1)`, "TypeError: this is not an Ajv instance"},
		"an inline keyword":              {`new Ajv().addKeyword('k', {inline: () => ''})`, "inline keywords are not supported here"},
		"tv4: data that contains itself": {`var d = {}; d.d = d; tv4.validate(d, {properties: {d: {$ref: '#'}}})`, "RangeError: Maximum call stack size exceeded"},
		"tv4: a circular schema":         {`var s = {}; s.properties = {a: s}; tv4.validate({}, s)`, "RangeError: Maximum call stack size exceeded"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			vm := goja.New()
			lib := schema.New(&native.Env{VM: vm})
			for name, v := range map[string]goja.Value{"Ajv": lib.Ajv(), "tv4": lib.TV4()} {
				if err := vm.Set(name, v); err != nil {
					t.Fatal(err)
				}
			}
			_, err := vm.RunString(test.code)
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("got error %v, want %q", err, test.want)
			}
			if v, err := vm.RunString(`new Ajv().validate({type: 'number'}, 1)`); err != nil || !v.ToBoolean() {
				t.Errorf("afterwards: got %v, %v", v, err)
			}
		})
	}
}

func FuzzSchemas(f *testing.F) {
	for _, s := range []string{
		`{"type":["object",1],"required":"a"}`, `{"$ref":"#/a","a":{"$ref":"b#"}}`, `{"items":[true,{"const":[]}],"additionalItems":{}}`,
		`{"dependencies":{"a":5},"properties":null,"enum":1,"allOf":{"0":1}}`, `{"$id":"#x","definitions":{"a":{"$id":"http://%zz"}}}`,
	} {
		f.Add(s, `{"a":[1,"x",null,{"b":true}]}`)
	}
	f.Fuzz(func(t *testing.T, source, data string) {
		vm := goja.New()
		lib := schema.New(&native.Env{VM: vm})
		for name, v := range map[string]any{"Ajv": lib.Ajv(), "tv4": lib.TV4(), "source": source, "data": data} {
			if err := vm.Set(name, v); err != nil {
				t.Fatal(err)
			}
		}
		v, err := vm.RunString(`(function () {
			var said = []
			try { var s = JSON.parse(source), d = JSON.parse(data) } catch (e) { return '' }
			for (var run of [() => new Ajv({allErrors: true}).validate(s, d), () => new Ajv({validateSchema: false, useDefaults: true, coerceTypes: true}).validate(s, d), () => tv4.validateMultiple(d, s)])
				try { run() } catch (e) { said.push(e.message) }
			return said.join()
		})()`)
		if err != nil || strings.Contains(v.String(), "internal error") {
			t.Errorf("%s with %s: %v %v", source, data, v, err)
		}
	})
}

func BenchmarkNew(b *testing.B) {
	vm := goja.New()
	for b.Loop() {
		schema.New(&native.Env{VM: vm}).Ajv()
	}
}

func BenchmarkTV4(b *testing.B) {
	vm := goja.New()
	for b.Loop() {
		schema.New(&native.Env{VM: vm}).TV4()
	}
}

func BenchmarkCheck(b *testing.B) {
	vm := goja.New()
	lib := schema.New(&native.Env{VM: vm})
	s := value(b, vm, `{type: 'object', properties: {id: {type: 'integer'}, name: {type: 'string', minLength: 1}, tags: {type: 'array', items: {type: 'string'}}}, required: ['id', 'name']}`)
	data, options := value(b, vm, `{id: 1, name: 'x', tags: ['a', 'b']}`), value(b, vm, `{allErrors: true}`)
	for b.Loop() {
		if problems, err := lib.Check(s, data, options); err != nil || problems != nil {
			b.Fatal(problems, err)
		}
	}
}
