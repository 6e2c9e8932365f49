// Each case is the body of a function of (lib); its result is compared as JSON.
'use strict'
const cases = {}
// check adds a validation with all errors and one that stops at the first.
function check(title, schema, data, options) {
  const run = o => `var a = new lib(${JSON.stringify(Object.assign({}, o, options))}); var d = ${JSON.stringify(data)}; return [a.validate(${JSON.stringify(schema)}, d), a.errors, d]`
  cases[title] = run({allErrors: true})
  cases[title + ', first only'] = run({})
}
const code = (title, text) => { cases[title] = text }

for (const t of ['string', 'number', 'integer', 'boolean', 'null', 'array', 'object', ['string', 'null'], ['array', 'object'], ['integer', 'string']]) {
  check('types: ' + t, {type: 'array', items: {type: t}}, ['a', 1, 1.5, 1.0, true, null, [], {}])
}
check('type after its group', {type: 'object', properties: {a: {type: 'string', minLength: 3, enum: ['x']}, b: {type: 'object', required: ['c'], properties: {c: {type: 'number'}}}}, required: ['z', 'a']}, {a: 1, b: []})
check('missing in properties', {type: 'object', properties: {a: {type: 'string'}, b: {type: 'number'}, c: {}}, required: ['a', 'b', 'c', 'd-e']}, {})
check('missing without properties', {required: ['a', 'b-c', "it's"]}, {})
check('nested path', {properties: {users: {items: {properties: {'first-name': {type: 'string'}, tags: {items: {enum: ['a', 'b']}}}, required: ['first-name']}}}}, {users: [{'first-name': 1, tags: ['a', 'x']}, {}]})
check('additional', {properties: {a: {}}, additionalProperties: false}, {a: 1, b: 2, 'c d': 3})
check('additional with schema', {properties: {a: {}}, patternProperties: {'^p': {type: 'number'}}, additionalProperties: {type: 'string'}}, {a: 1, p1: 'x', b: 2, c: 's', p2: 3})
check('more than eight properties', {properties: {a: {}, b: {}, c: {}, d: {}, e: {}, f: {}, g: {}, h: {}, i: {type: 'string'}}, additionalProperties: false}, {a: 1, i: 2, j: 3})
check('numbers', {items: {minimum: 2, maximum: 5, multipleOf: 0.5}}, [1, 2, 5, 6, 2.3, '1'])
check('exclusive numbers', {items: {exclusiveMinimum: 2, exclusiveMaximum: 5}}, [2, 3, 5])
check('both bounds', {items: {minimum: 1, exclusiveMinimum: 1, maximum: 9, exclusiveMaximum: 12}}, [1, 9, 10, 0])
check('floats of a multiple', {items: {multipleOf: 0.01}}, [0.07, 0.1, 19.99, 1e-7])
check('multiple with precision', {items: {multipleOf: 0.01}}, [0.07, 19.99, 0.005], {multipleOfPrecision: 5})
check('strings', {items: {minLength: 2, maxLength: 3, pattern: '^a'}}, ['a', 'abcd', 'bc', 'a😀b', 12])
check('arrays', {items: {minItems: 2, maxItems: 2, uniqueItems: true}}, [[1], [1, 1], [1, 2, 3], [{a: 1, b: 2}, {b: 2, a: 1}], [1, '1']])
check('unique in the middle', {uniqueItems: true}, [1, 2, {a: 1}, 2, {a: 1}, 1])
check('unique of scalars', {items: {type: 'string'}, uniqueItems: true}, ['a', 'b', 'a', 'b', 'a'])
check('unique of mixed scalars', {items: {type: ['string', 'number']}, uniqueItems: true}, ['1', 1, 2, '2', 2])
check('tuple', {items: [{type: 'string'}, {type: 'number'}], additionalItems: false}, [1, 'a', true])
check('tuple with rest', {items: [{type: 'string'}], additionalItems: {type: 'boolean'}}, ['a', true, 1, 'x'])
check('contains', {contains: {type: 'string', minLength: 3}}, [1, 'ab', 2])
check('contains in an empty array', {contains: {}}, [])
check('contains found', {contains: {const: 2}}, [1, 2])
check('object size', {items: {minProperties: 1, maxProperties: 2}}, [{}, {a: 1}, {a: 1, b: 2, c: 3}])
check('dependencies', {dependencies: {a: ['b', 'c'], d: ['e'], f: {required: ['g'], properties: {a: {type: 'string'}}}}}, {a: 1, d: 1, f: 1})
check('property names', {propertyNames: {pattern: '^[a-z]+$', maxLength: 3}}, {abc: 1, ABCD: 2, x1: 3})
check('enum and const', {properties: {a: {enum: [1, 'x', null, {y: [1]}]}, b: {const: {z: 1}}, c: {enum: [{y: [1]}]}}}, {a: 2, b: {z: 2}, c: {y: [1]}})
check('not', {properties: {a: {not: {type: 'string'}}, b: {not: {}}, c: {not: {type: 'number', minimum: 5}}}}, {a: 'x', b: 1, c: 3})
check('any of', {anyOf: [{type: 'string'}, {type: 'object', required: ['x', 'y'], properties: {z: {type: 'number'}}}, {minimum: 5}]}, {z: 'a'})
check('any of passes', {anyOf: [{type: 'string'}, {type: 'number'}]}, 1)
check('one of none', {oneOf: [{type: 'string'}, {type: 'number', minimum: 5}]}, 1)
check('one of two', {oneOf: [{type: 'number'}, {minimum: 1}, {maximum: 9}]}, 3)
check('one of one', {oneOf: [{type: 'number'}, {type: 'string'}]}, 3)
check('all of', {allOf: [{required: ['a']}, {required: ['b']}, {properties: {c: {type: 'string'}}}]}, {c: 1})
check('if then else', {items: {if: {properties: {k: {const: 1}}}, then: {required: ['a']}, else: {required: ['b']}}}, [{k: 1}, {k: 2}, {k: 1, a: 1}])
check('if then alone', {if: {type: 'number'}, then: {minimum: 5}}, 3)
check('boolean schemas', {properties: {a: false, b: true}, items: false}, {a: 1, b: 2})
check('false at the top', false, 1)
check('reference to a definition', {definitions: {n: {type: 'number', minimum: 3}}, properties: {a: {$ref: '#/definitions/n'}, b: {$ref: '#/definitions/n'}}}, {a: 'x', b: 1})
check('reference to itself', {type: 'object', required: ['v'], properties: {v: {type: 'number'}, next: {$ref: '#'}}, additionalProperties: false}, {v: 1, next: {v: 'x', next: {q: 1}}})
check('recursive definition', {definitions: {node: {type: 'object', properties: {name: {type: 'string'}, kids: {items: {$ref: '#/definitions/node'}}}, required: ['name']}}, $ref: '#/definitions/node'}, {name: 'a', kids: [{}, {name: 1, kids: [{name: 'z'}, {kids: 1}]}]})
check('recursion inside any of', {definitions: {t: {anyOf: [{type: 'string'}, {type: 'array', items: {$ref: '#/definitions/t'}}]}}, $ref: '#/definitions/t'}, ['a', ['b', 1]])
check('keywords beside a reference', {definitions: {n: {type: 'number'}}, properties: {a: {$ref: '#/definitions/n', minimum: 5}}}, {a: 1})
check('keywords beside a reference count', {definitions: {n: {type: 'number'}}, properties: {a: {$ref: '#/definitions/n', minimum: 5}}}, {a: 1}, {extendRefs: true})
check('reference by id', {$id: 'http://x.y/root.json', definitions: {a: {$id: '#foo', type: 'string'}, b: {$id: 'other.json', definitions: {c: {type: 'number'}}}}, properties: {p: {$ref: '#foo'}, q: {$ref: 'other.json#/definitions/c'}}}, {p: 1, q: 'x'})
check('escaped pointer', {definitions: {'a/b': {type: 'number'}, 'c%d': {type: 'string'}, 'e~f': {type: 'null'}}, properties: {'x/y': {$ref: '#/definitions/a~1b'}, 'p%q': {$ref: '#/definitions/c%25d'}, 'm~n': {$ref: '#/definitions/e~0f'}}}, {'x/y': 'a', 'p%q': 1, 'm~n': 1})
check('escapes in schemaPath', {properties: {'a/b': {type: 'string'}, 'c d': {type: 'string'}, 'é': {type: 'string'}, 'q~r%': {type: 'string'}}}, {'a/b': 1, 'c d': 1, 'é': 1, 'q~r%': 1})
check('json pointers', {properties: {'a/b': {items: {type: 'string'}}, c: {additionalProperties: {type: 'number'}}}, required: ['z']}, {'a/b': ['x', 1], c: {'d~e': 'x'}}, {jsonPointers: true})
check('path of the property', {properties: {a: {type: 'string'}}, required: ['a', 'b'], additionalProperties: false}, {'c-d': 1}, {errorDataPath: 'property'})
check('no messages', {type: 'string'}, 1, {messages: false})
check('verbose', {properties: {a: {type: 'string', minLength: 3}}, required: ['b']}, {a: 'x'}, {verbose: true})
check('defaults', {properties: {a: {default: 1}, b: {type: 'object', default: {x: [1]}, properties: {y: {default: 2}}}, c: {type: 'string', default: 5}}}, {b: {}}, {useDefaults: true})
check('defaults in a tuple', {items: [{default: 1}, {default: 'x'}]}, [5], {useDefaults: true})
check('defaults for empty', {properties: {a: {default: 1}, b: {default: 2}}}, {a: null, b: ''}, {useDefaults: 'empty'})
check('no defaults in alternatives', {anyOf: [{properties: {a: {default: 1}}}]}, {}, {useDefaults: true})
check('coercion', {properties: {s: {type: 'string'}, n: {type: 'number'}, i: {type: 'integer'}, b: {type: 'boolean'}, z: {type: 'null'}, m: {type: ['boolean', 'number']}}}, {s: 1, n: '1.5', i: '2.5', b: 'true', z: '', m: '3'}, {coerceTypes: true})
check('coercion that fails', {properties: {n: {type: 'number'}, b: {type: 'boolean'}, s: {type: 'string'}}}, {n: 'abc', b: 'yes', s: {}}, {coerceTypes: true})
check('coercion of arrays', {properties: {a: {type: 'array', items: {type: 'number'}}, s: {type: 'string'}}}, {a: '5', s: ['x']}, {coerceTypes: 'array'})
check('remove additional', {properties: {a: {}}, additionalProperties: false}, {a: 1, b: 2}, {removeAdditional: true})
check('remove all additional', {properties: {a: {properties: {x: {type: 'number'}}}}}, {a: {x: 1, y: 2}, b: 2}, {removeAdditional: 'all'})
check('remove failing', {properties: {a: {}}, additionalProperties: {type: 'string'}}, {a: 1, b: 2, c: 'x'}, {removeAdditional: 'failing'})
check('nullable', {properties: {a: {type: 'string', nullable: true}, b: {type: 'string', nullable: false}}}, {a: null, b: null}, {nullable: true})
check('unknown type of data', {properties: {a: {type: 'string', format: 'email'}}}, {a: 'nope'})
check('chai-postman', {type: 'object', properties: {a: {type: 'number'}, b: {type: 'array', items: {type: 'string'}}}, required: ['a', 'b', 'c']}, {a: 'x', b: [1]}, {allErrors: true, logger: false})

const formats = {
  'date': ['2020-02-29', '2021-02-29', '2020-13-01', '2020-1-1', '2020-12-39'], 'time': ['12:34:56', '12:34:56Z', '25:00:00', '12:34:56.7+01:00', '23:59:60z'],
  'date-time': ['2020-01-01T12:34:56Z', '2020-01-01 12:34:56+0100', '2020-01-01T12:34:56', '2020-01-01t12:34:56.123z', '2020-02-30T00:00:00Z'],
  'uri': ['http://a.b/c?d#e', 'urn:x', 'a', '//x', 'http://a b', 'mailto:a@b'], 'uri-reference': ['a/b', '#x', '/p?q', 'a b', '\\', 'http://x'],
  'email': ['a@b', 'a@b.c', 'a', 'a@', '@b', 'a b@c', 'a.b+c@d-e.f'], 'hostname': ['a.b', '-a', 'a-', 'a_b', 'x'.repeat(64), 'localhost'],
  'ipv4': ['1.2.3.4', '256.1.1.1', '1.2.3', '01.2.3.4', '001.2.3.4'], 'ipv6': ['::1', '1::', 'fe80::1%eth0', '1:2:3:4:5:6:7:8', ':::', '::ffff:1.2.3.4', '1.2.3.4'],
  'regex': ['^a$', '(', 'a\\Z'], 'uuid': ['123e4567-e89b-12d3-a456-426614174000', 'urn:uuid:123e4567-e89b-12d3-a456-426614174000', '123'],
  'json-pointer': ['', '/a/b~0', 'a', '/~2'], 'relative-json-pointer': ['0', '1/a', '01', '0#'], 'json-pointer-uri-fragment': ['#/a', '/a', '#'],
  'uri-template': ['http://x/{a}', '{', 'a{b,c*}'], 'url': ['http://a.bc', 'http://localhost', 'ftp://x.yz/p', 'http://10.0.0.1', 'http://8.8.8.8'],
}
for (const mode of ['fast', 'full']) {
  for (const [name, values] of Object.entries(formats)) {
    code(`format ${name}, ${mode}`, `var v = new lib({format: '${mode}'}).compile({format: '${name}'}); return ${JSON.stringify(values)}.map(x => v(x))`)
  }
}
code('format off', "return new lib({format: false}).validate({format: 'email'}, 'x')")
code('unknown format', "return new lib().validate({properties: {a: {format: 'nope'}}}, {})")
code('unknown format ignored', "return new lib({unknownFormats: 'ignore', logger: false}).validate({format: 'nope'}, 'x')")
code('unknown format listed', "return new lib({unknownFormats: ['nope']}).validate({format: 'nope'}, 'x')")
code('own formats', "var a = new lib({allErrors: true, formats: {two: /^..$/}}); a.addFormat('even', {type: 'number', validate: x => x % 2 === 0}).addFormat('up', s => s === s.toUpperCase()).addFormat('src', '^q'); return [a.validate({items: {anyOf: [{type: 'string', format: 'two'}, {type: 'number', format: 'even'}]}}, ['ab', 'abc', 2, 3]), a.errors, a.validate({format: 'up'}, 'a'), a.validate({format: 'src'}, 'qq')]")
code('compiled function', "var a = new lib(), v = a.compile({type: 'string'}); return [v(1), v.errors, v('x'), v.errors, v.schema, typeof v, a.compile({type: 'string'}) === v, a.errors]")
code('errors text', "var a = new lib({allErrors: true}); a.validate({properties: {a: {type: 'string'}}, required: ['b']}, {a: 1}); return [a.errorsText(), a.errorsText(a.errors, {separator: '; ', dataVar: 'body'}), new lib().errorsText()]")
code('schema by key', "var a = new lib(); a.addSchema({type: 'number'}, 'n').addSchema({$id: 'http://x/s', definitions: {d: {type: 'string'}}, type: 'object'}); return [a.validate('n', 'x'), a.validate('http://x/s', {}), a.getSchema('http://x/s#/definitions/d')(1), a.getSchema('none'), typeof a.getSchema('n'), a.validate('http://x/s#/definitions/d', 5), a.errors]")
code('references across schemas', "var a = new lib({allErrors: true}); a.addSchema([{$id: 'http://x/a', definitions: {s: {type: 'string'}}}, {$id: 'http://x/b', properties: {v: {$ref: 'a#/definitions/s'}, w: {$ref: 'http://x/a#/definitions/s'}}}]); return [a.validate('http://x/b', {v: 1, w: 2}), a.errors]")
code('no such key', "return new lib().validate('zzz', 1)")
code('missing reference', "return new lib().validate({properties: {a: {$ref: '#/definitions/zz'}}}, {})")
code('missing reference of a schema with id', "try { new lib().compile({$id: 'http://a/b', $ref: 'c.json#/d'}) } catch (e) { return [e.message, e.missingRef, e.missingSchema, e instanceof lib.MissingRefError, e instanceof Error] }")
code('missing reference ignored', "return new lib({missingRefs: 'ignore', logger: false}).validate({$ref: 'http://none/'}, {})")
code('invalid schema: type', "return new lib().validate({type: 'strin'}, {})")
code('invalid schema: all errors', "return new lib({allErrors: true}).validate({type: 5, properties: {a: {minimum: 'x', pattern: '('}}, required: 'a'}, {})")
code('invalid schema: draft 4 required', "return new lib().compile({properties: {a: {type: 'string', required: true}}})")
code('invalid schema: draft 4 exclusive', "return new lib().compile({maximum: 5, exclusiveMaximum: true})")
code('draft 4 exclusive unchecked', "var a = new lib({validateSchema: false, allErrors: true}); return [a.validate({items: {maximum: 5, exclusiveMaximum: true, minimum: 1, exclusiveMinimum: false}}, [5, 4, 1, 0]), a.errors]")
code('draft 4 by $schema', "return new lib().validate({$schema: 'http://json-schema.org/draft-04/schema#', type: 'string'}, 1)")
code('draft 7 by $schema', "return new lib().validate({$schema: 'http://json-schema.org/draft-07/schema#', type: 'string'}, 1)")
code('no draft by $schema', "return new lib().validate({$schema: 'http://json-schema.org/schema#', type: 'string'}, 1)")
code('no schema at all', "return new lib().validate(undefined, 1)")
code('schema that is a number', "return new lib().compile(5)")
code('validate a schema', "var a = new lib(); return [a.validateSchema({type: 'x'}), a.errors.length, a.validateSchema({type: 'null'})]")
code('the same id twice', "var a = new lib(); a.addSchema({$id: 'q', type: 'string'}); return a.addSchema({$id: 'q', type: 'number'})")
code('the same schema twice', "var a = new lib(), s = {$id: 'q', type: 'string'}; return [a.validate(s, 1), a.validate(s, 'x'), a.validate({type: 'string', $id: 'q'}, 'x')]")
code('remove a schema', "var a = new lib(); a.addSchema({type: 'string'}, 'k'); a.removeSchema('k'); return typeof a.getSchema('k')")
code('own keyword', "var a = new lib({allErrors: true}); a.addKeyword('even', {type: 'number', validate: (s, d) => s === (d % 2 === 0)}); return [a.validate({items: {even: true}}, [1, 2, 'x', 3]), a.errors, a.getKeyword('even') !== true, a.getKeyword('type'), a.getKeyword('zz')]")
code('own keyword with errors', "var a = new lib(); function v(s, d) { v.errors = [{keyword: 'k', message: 'is bad', params: {p: 1}}]; return false } a.addKeyword('k', {validate: v, errors: true}); return [a.validate({properties: {a: {k: 1}}}, {a: 2}), a.errors]")
code('own keyword compiled', "var a = new lib(); a.addKeyword('range', {type: 'number', compile: s => x => x >= s[0] && x <= s[1], metaSchema: {type: 'array', items: {type: 'number'}}}); return [a.validate({range: [1, 3]}, 2), a.validate({range: [1, 3]}, 4), a.errors]")
code('own keyword with a bad value', "var a = new lib(); a.addKeyword('range', {compile: s => () => true, metaSchema: {type: 'array'}}); return a.compile({range: 5})")
code('own keyword as macro', "var a = new lib({allErrors: true}); a.addKeyword('range', {type: 'number', macro: s => ({minimum: s[0], maximum: s[1]})}); return [a.validate({range: [1, 3]}, 4), a.errors]")
code('own keyword twice', "var a = new lib(); a.addKeyword('k', {validate: () => true}); return a.addKeyword('k', {validate: () => true})")
code('keyword that exists', "return new lib().addKeyword('type', {})")
code('keyword with a bad name', "return new lib().addKeyword('1k', {validate: () => true})")
code('strict keywords', "return new lib({strictKeywords: true}).compile({foo: 1})")
code('unknown keywords', "return new lib().validate({foo: 1}, 2)")
code('without new', "return lib({allErrors: true}).validate({type: 'string'}, 'x')")
code('asynchronous schema', "return typeof new lib().compile({$async: true, type: 'string'})('x').then")
code('schemas in options', "return new lib({schemas: {k: {type: 'string'}}}).validate('k', 1)")
code('not a number', "var a = new lib(); return [a.validate({type: 'number'}, NaN), a.validate({type: 'integer'}, NaN), a.validate({type: 'number', minimum: 1}, NaN), a.errors, a.validate({type: 'integer'}, Infinity), new lib({strictNumbers: true}).validate({type: 'number'}, Infinity)]")
code('undefined data', "var a = new lib({allErrors: true}); return [a.validate({type: 'object', required: ['a']}, undefined), a.errors, a.validate({required: ['a']}, undefined)]")
code('undefined properties', "var a = new lib({allErrors: true}); return [a.validate({properties: {a: {type: 'string'}}, required: ['a']}, {a: undefined}), a.errors]")
code('inherited properties', "var a = new lib(); return [a.validate({required: ['a']}, Object.create({a: 1})), a.validate({required: ['toString']}, {}), new lib({ownProperties: true}).validate({required: ['toString']}, {})]")
code('dates and functions', "var a = new lib(); return [a.validate({type: 'object'}, new Date(0)), a.validate({type: 'object'}, function () {}), a.validate({type: 'string'}, Symbol.iterator)]")
code('data path given', "var v = new lib().compile({type: 'string'}); v(1, '.body'); return v.errors")

// References to data, {"$data": pointer}: every keyword that may have one, over data that fits, does not, is of
// the wrong type, and is not there.
const dataValues = {
  maximum: [5, 2, '3', true, null, 0], minimum: [5, 2, '3', 0], exclusiveMaximum: [3, 4, 'x', true, false], exclusiveMinimum: [3, 2, 'x', true],
  multipleOf: [1, 2, 0.5, 'x'], maxLength: [5, 1, 'x'], minLength: [1, 9, 'x'], pattern: ['^a', '^b', 5, ''], format: ['email', 'date', 'nope', 5, ''],
  maxItems: [5, 1, 'x'], minItems: [1, 9, {}], uniqueItems: [true, false, 'x', 1], maxProperties: [5, 1, 'x'], minProperties: [1, 5, []],
  required: [['a'], ['zz', 'yy'], 'a', []], enum: [[3, 'abc'], ['q'], 'x', []], const: [3, 'abc', null, { a: 1 }],
}
for (const [keyword, values] of Object.entries(dataValues)) {
  const schema = { properties: { v: { [keyword]: { $data: '1/k' } } } }
  const data = [...values, undefined].flatMap(k => [3, 'abc', [1, 1], { a: 1, b: 2 }].map(v => k === undefined ? { v } : { k, v }))
  code('data: ' + keyword, `var a = new lib({$data: true, allErrors: true, verbose: true}), f = a.compile(${JSON.stringify(schema)}); return ${JSON.stringify(data)}.map(d => [f(d), f.errors])`)
  code('data, first only: ' + keyword, `var a = new lib({$data: true}), f = a.compile(${JSON.stringify(schema)}); return ${JSON.stringify(data)}.map(d => [f(d), f.errors])`)
}
const at = (pointer, data) => code('data at ' + pointer, `var a = new lib({$data: true}), f = a.compile({properties: {list: {items: {properties: {x: {properties: {v: {const: {$data: ${JSON.stringify(pointer)}}}}}}}}}}); return [f(${JSON.stringify(data)}), f.errors]`)
const tree = { root: 1, list: [{ y: 1, x: { v: 1, w: 1 } }, { y: 2, x: { v: 2, w: 2, 'a/b': 3 } }], zero: 0, 'a/b': { 'm~n': 1 } }
for (const pointer of ['1/w', '2/y', '3/0/y', '4/root', '/root', '/list/0/y', '/zero/deeper', '0', '0#', '1#', '2#', '1', '/a~1b/m~0n', '/none', '1/none/more', '2/x/w']) at(pointer, tree)
code('data in both bounds', "var f = new lib({$data: true, allErrors: true}).compile({properties: {v: {minimum: {$data: '1/low'}, maximum: {$data: '1/high'}, exclusiveMaximum: {$data: '1/edge'}}}}); return [{v: 5, low: 1, high: 9}, {v: 0, low: 1, high: 9}, {v: 10, low: 1, high: 9}, {v: 9, edge: 9, high: 9}, {v: 8, edge: 9, high: 7}].map(d => [f(d), f.errors])")
code('data without the option', "return new lib().compile({maximum: {$data: '/a'}})")
code('data that is no pointer', "return new lib({$data: true, validateSchema: false}).compile({maximum: {$data: 'a/b'}})")
code('data where none may be', "return new lib({$data: true}).compile({type: {$data: '/a'}})")
code('data: own keyword', "var a = new lib({$data: true}); a.addKeyword('even', {type: 'number', $data: true, metaSchema: {type: 'boolean'}, validate: (s, d) => s === (d % 2 === 0)}); var f = a.compile({properties: {v: {even: {$data: '1/e'}}}}); return [{v: 2, e: true}, {v: 3, e: true}, {v: 3, e: false}, {v: 2}, {v: 2, e: 'x'}].map(d => [f(d), f.errors])")
code('data meta-schema', "var m = lib.$dataMetaSchema({properties: {maximum: {type: 'number'}, type: {}}, definitions: {d: {properties: {enum: {type: 'array'}}}}}, ['/properties', '/definitions/d/properties']); return m")
code('data meta-schema is the instance\'s', "var a = new lib({$data: true}); return [a.validateSchema({maximum: {$data: '/x'}}), a.validateSchema({maximum: {$data: 5}}), a.validateSchema({maximum: {}})]")

// compileAsync: what is missing is loaded.
const load = (title, body, more = '') => code('compileAsync: ' + title, `var log = [], schemas = {'http://x/a': {$id: 'http://x/a', type: 'object', properties: {b: {$ref: 'b'}, c: {$ref: 'http://y/c#/definitions/d'}}}, 'http://x/b': {type: 'string'}, 'http://y/c': {$id: 'http://y/c', definitions: {d: {$ref: 'http://x/b'}}}, 'http://x/self': {$id: 'http://x/self', properties: {next: {$ref: '#'}}}, 'http://x/none': {type: 'object'}, 'http://x/meta': {$id: 'http://x/meta', type: 'object', required: ['title']}, 'http://x/bad': {type: 'wrong'}}
  var a = new lib({${more}loadSchema: u => { log.push(u); return schemas[u] ? Promise.resolve(schemas[u]) : Promise.reject(new Error('no ' + u)) }}); ${body}`)
load('one', "return a.compileAsync({$ref: 'http://x/b'}).then(f => [f('x'), f(1), f.errors, log])")
load('several, one after the other', "return a.compileAsync({$ref: 'http://x/a'}).then(f => [f({b: 'x', c: 'y'}), f({b: 1}), f({c: 1}), f.errors.map(e => [e.keyword, e.dataPath, e.message]), log])")
load('nothing missing', "return a.compileAsync({type: 'string'}).then(f => [f('x'), log])")
load('once for two', "return Promise.all([a.compileAsync({$ref: 'http://x/b'}), a.compileAsync({properties: {q: {$ref: 'http://x/b'}}})]).then(fs => [fs[0](1), fs[1]({q: 1}), log])")
load('kept for later', "return a.compileAsync({$ref: 'http://x/b'}).then(() => [a.validate({$ref: 'http://x/b'}, 5), typeof a.getSchema('http://x/b'), log])")
load('refers to itself', "return a.compileAsync({$ref: 'http://x/self'}).then(f => [f({next: {next: {}}}), log])")
load('not to be loaded', "return a.compileAsync({$ref: 'http://x/zzz'}).then(() => 'compiled', e => [e.message, log])")
load('loaded without what is meant', "return a.compileAsync({$ref: 'http://x/none#/definitions/q'}).then(() => 'compiled', e => [e.message, log])")
load('a meta-schema', "return a.compileAsync({$schema: 'http://x/meta', title: 't', type: 'string'}).then(f => [f('x'), f(1), log])")
load('a meta-schema that does not fit', "return a.compileAsync({$schema: 'http://x/meta', type: 'string'}).then(() => 'compiled', e => [e.message, log])")
load('an invalid one', "return a.compileAsync({$ref: 'http://x/bad'}).then(() => 'compiled', e => [e.message, log])")
load('an invalid schema', "return a.compileAsync({type: 'wrong'}).then(() => 'compiled', e => [e.message, log])")
load('a callback', "return new Promise(done => a.compileAsync({$ref: 'http://x/b'}, (e, f) => done([e, f(1), log])))")
load('a callback and meta', "return new Promise(done => a.compileAsync({$ref: 'http://x/zzz'}, false, (e, f) => done([e.message, typeof f])))")
code('compileAsync: without loadSchema', "return new lib().compileAsync({type: 'string'})")
code('compileAsync: a loader that throws', "return new lib({loadSchema: () => { throw new Error('thrown') }}).compileAsync({$ref: 'http://q/'}).then(() => 1, e => e.message)")
code('compileAsync: $async', "return new lib({loadSchema: u => Promise.resolve({$async: true, type: 'string'})}).compileAsync({$async: true, $ref: 'http://q/'}).then(f => f('x')).then(v => v)")

// The rest of the surface: options and methods.
code('validateKeyword', "var a = new lib(); return [a.validateKeyword({validate: () => true}), a.validateKeyword({type: 'nope'}), a.validateKeyword.errors.length > 0, a.validateKeyword({type: ['string', 'number'], compile: () => true}), a.validateKeyword({schema: false}), a.validateKeyword({errors: 'full', macro: x => x})]")
code('addKeyword with a bad definition', "return new lib().addKeyword('k', {type: 'nope', validate: () => true})")
code('option unicode', "return [new lib().validate({maxLength: 1}, '\\u{1F600}'), new lib({unicode: false}).validate({maxLength: 1}, '\\u{1F600}')]")
code('option schemaId', "var a = new lib({schemaId: 'id', logger: false}); a.addSchema({id: 'q', type: 'string'}); var b = new lib({schemaId: 'auto', logger: false}); b.addSchema({id: 'q', type: 'string'}); b.addSchema({$id: 'r', type: 'string'}); return [a.validate('q', 1), b.validate('q', 1), b.validate('r', 1)]")
code('option strictDefaults', "return new lib({strictDefaults: true, useDefaults: true}).compile({default: 5})")
code('option strictDefaults, below anyOf', "return new lib({strictDefaults: true, useDefaults: true}).compile({anyOf: [{properties: {a: {default: 1}}}]})")
code('option strictDefaults, log', "var said = []; new lib({strictDefaults: 'log', useDefaults: true, logger: {log() {}, warn: m => said.push(m), error() {}}}).compile({default: 5}); return said")
code('option addUsedSchema', "var a = new lib({addUsedSchema: false}); return [a.validate({$id: 'q', type: 'string'}, 1), typeof a.getSchema('q'), a.validate({$id: 'q', type: 'number'}, 1)]")
code('option inlineRefs', "return [true, false, 1].map(inlineRefs => { var a = new lib({inlineRefs, allErrors: true}); var ok = a.validate({definitions: {d: {type: 'string', minLength: 2}}, properties: {x: {$ref: '#/definitions/d'}}}, {x: 'a'}); return [ok, a.errors] })")
code('option passContext', "var a = new lib({passContext: true}), seen; a.addKeyword('k', {validate() { seen = this; return true }}); var ctx = {mine: 1}; a.compile({k: true}).call(ctx, 1); return [seen === ctx, seen.mine]")
code('option passContext off', "var a = new lib(), seen; a.addKeyword('k', {validate() { seen = this; return true }}); a.compile({k: true}).call({mine: 1}, 1); return seen === a")
code('option loopRequired', "return [1, 20].map(loopRequired => { var a = new lib({loopRequired, allErrors: true}); return [a.validate({required: ['a', 'b']}, {a: 1}), a.errors] })")
code('option async and transpile', "return new lib({async: true, transpile: false}).validate({type: 'string'}, 1)")
code('option cache', "var kept = {}, a = new lib({cache: {put: (k, v) => { kept[k] = v }, get: k => kept[k], del: k => { delete kept[k] }, clear: () => { kept = {} }}}); return [a.validate({type: 'string'}, 1), a.validate({type: 'string'}, 'x')]")
code('option serialize', "var a = new lib({serialize: false}), s = {type: 'string'}; return [a.compile(s) === a.compile(s), a.compile({type: 'string'}) === a.compile(s), new lib().compile({type: 'string'}) === undefined]")
code('option sourceCode', "return typeof new lib({sourceCode: false}).compile({type: 'string'}).source")
code('option removeAdditional', "return [true, 'all', 'failing'].map(removeAdditional => { var a = new lib({removeAdditional}), d = {a: 1, b: 'x', c: 2}; return [a.validate({additionalProperties: removeAdditional === 'failing' ? {type: 'string'} : false, properties: {a: {}}}, d), d] })")
code('errors class', "var e = new lib.ValidationError([{m: 1}]); return [e.message, e.errors, e.ajv, e.validation, e instanceof Error, e instanceof lib.ValidationError]")
code('asynchronous keyword', "var a = new lib(); a.addKeyword('later', {async: true, validate: (s, d) => Promise.resolve(d === s)}); var f = a.compile({$async: true, properties: {v: {later: 5}}}); return Promise.all([f({v: 5}), f({v: 6}).catch(e => [e.message, e.errors])])")

code('addMetaSchema', "var a = new lib(); a.addMetaSchema({$id: 'http://m/', type: 'object', required: ['title']}); return [a.validateSchema({$schema: 'http://m/', title: 'x'}), a.validateSchema({$schema: 'http://m/'}), a.errorsText(), typeof a.getSchema('http://m/')]")
code('removeKeyword', "var a = new lib(); a.addKeyword('k', {validate: () => false}); var before = a.validate({k: 1}, 1); a.removeKeyword('k'); return [before, a.validate({k: 2}, 1), a.getKeyword('k'), a.removeKeyword('none') === a]")
code('removeKeyword, of the standard', "var a = new lib(); a.removeKeyword('minimum'); return a.validate({minimum: 5}, 1)")

module.exports = cases
