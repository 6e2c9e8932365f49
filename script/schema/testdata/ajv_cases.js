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

module.exports = cases
