// Each case is the body of a function of (lib), a fresh tv4; its result is compared as JSON.
'use strict'
const cases = {}
const show = "function show(e) { return e && {message: e.message, code: e.code, dataPath: e.dataPath, schemaPath: e.schemaPath, params: e.params, subErrors: e.subErrors && e.subErrors.map(show)} } "
// check adds a validation that stops at the first error and one that collects them.
function check(title, schema, data, more = '') {
  const args = `${JSON.stringify(data)}, ${JSON.stringify(schema)}${more}`
  cases[title] = show + `return [lib.validate(${args}), show(lib.error), lib.missing, lib.valid]`
  cases[title + ', multiple'] = show + `var r = lib.validateMultiple(${args}); return [r.valid, r.errors.map(show), r.missing]`
}
const code = (title, text) => { cases[title] = show + text }

for (const t of ['string', 'number', 'integer', 'boolean', 'null', 'array', 'object', ['string', 'null'], 'any']) {
  check('types: ' + t, {items: {type: t}}, ['a', 1, 1.5, true, null, [], {}])
}
check('enum', {properties: {a: {enum: [1, 'x', {y: [1]}]}, b: {enum: ['q']}}}, {a: {y: [1]}, b: {z: 1}})
check('numbers', {items: {minimum: 2, maximum: 5, multipleOf: 0.5}}, [1, 2, 5, 6, 2.3])
check('exclusive', {items: {minimum: 2, exclusiveMinimum: true, maximum: 5, exclusiveMaximum: true}}, [2, 3, 5])
check('divisible', {divisibleBy: 3}, 10)
check('strings', {items: {minLength: 2, maxLength: 3, pattern: '^a'}}, ['a', 'abcd', 'bc', 'a😀'])
check('pattern with flags', {items: {pattern: '/^A/i'}}, ['abc', 'xbc'])
check('arrays', {items: {minItems: 2, maxItems: 2, uniqueItems: true}}, [[1], [1, 1], [1, 2, 3], [{a: 1}, {a: 1}]])
check('many duplicates', {uniqueItems: true}, [1, 1, 2, 1])
check('tuple', {items: [{type: 'string'}, {type: 'number'}], additionalItems: false}, [1, 'a', true, 1])
check('tuple with rest', {items: [{type: 'string'}], additionalItems: {type: 'boolean'}}, ['a', true, 1])
check('objects', {minProperties: 2, maxProperties: 3, required: ['a', 'b', 'c'], properties: {a: {type: 'string'}}}, {a: 1})
check('too many properties', {maxProperties: 1}, {a: 1, b: 2})
check('additional', {properties: {a: {}}, patternProperties: {'^p/': {type: 'number'}}, additionalProperties: false}, {a: 1, 'p/1': 'x', 'b~c': 2})
check('additional with schema', {additionalProperties: {type: 'string'}}, {a: 1, b: 'x'})
check('dependencies', {dependencies: {a: ['b', 'c'], d: 'e', f: {required: ['g']}}}, {a: 1, d: 1, f: 1})
check('all of', {allOf: [{required: ['a']}, {required: ['b']}]}, {})
check('any of', {anyOf: [{type: 'string'}, {type: 'object', required: ['x', 'y']}, {properties: {z: {type: 'number'}, w: {type: 'null'}}}]}, {z: 'a', w: 1})
check('any of passes', {anyOf: [{type: 'string'}, {type: 'object'}]}, {})
check('one of none', {oneOf: [{type: 'string'}, {type: 'number', minimum: 5}]}, 1)
check('one of two', {oneOf: [{type: 'number'}, {minimum: 1}]}, 3)
check('not', {properties: {a: {not: {type: 'string'}}, b: {not: {type: 'number'}}}}, {a: 'x', b: 'x'})
check('nested alternatives', {properties: {a: {anyOf: [{oneOf: [{type: 'string'}]}, {items: {type: 'number'}}]}}}, {a: ['x']})
check('reference', {definitions: {n: {type: 'number'}}, properties: {a: {$ref: '#/definitions/n'}, b: {$ref: '#/definitions/zz'}, c: {$ref: 'http://x/y'}}}, {a: 'x', b: 1, c: 2})
check('reference to itself', {properties: {v: {type: 'number'}, next: {$ref: '#'}}}, {v: 1, next: {v: 'x'}})
check('circular reference', {properties: {a: {$ref: '#/properties/a'}}}, {a: 1})
check('reference by id', {id: 'http://x/root', properties: {a: {$ref: 'sub#/definitions/s'}, b: {$ref: '#foo'}}, definitions: {t: {id: '#foo', type: 'string'}}}, {a: 1, b: 1})
check('unknown properties', {properties: {a: {properties: {b: {}}}}, anyOf: [{properties: {c: {}}}, {properties: {d: {}}}]}, {a: {b: 1, x: 2}, c: 1, d: 1, e: 1}, ', false, true')
check('unknown properties in one of', {oneOf: [{required: ['a'], properties: {a: {}}}, {required: ['b'], properties: {b: {}}}]}, {a: 1, q: 1}, ', false, true')
check('no format', {format: 'email'}, 'x')
check('boolean schema', {properties: {a: false, b: true}}, {a: 1})
code('result', "var r = lib.validateResult(1, {type: 'string'}); return [r.valid, show(r.error), r.missing, String(r), String(lib.validateResult('x', {type: 'string'})), lib.error]")
code('multiple as text', "return String(lib.validateMultiple('x', {type: 'string'}))")
code('error is an error', "lib.validate(1, {type: 'string'}); return [lib.error instanceof Error, lib.error.name, String(lib.error)]")
code('added schema', "lib.addSchema('http://x/s', {type: 'string', definitions: {n: {type: 'number'}}}); return [lib.validate(1, 'http://x/s'), lib.validate(1, {$ref: 'http://x/s#/definitions/n'}), lib.getSchema('http://x/s#/definitions/n'), lib.getSchemaUris(), lib.getMissingUris(), lib.getSchemaMap(), lib.getSchema('zz') === undefined]")
code('added schema by id', "lib.addSchema({id: 'http://x/q#', $ref: 'other#/a'}); return [lib.getSchemaUris(), lib.getMissingUris(), lib.getMissingUris(/zzz/)]")
code('missing schema', "return [lib.validate(1, {$ref: 'http://none/x#/y'}), lib.missing]")
code('dropped schemas', "lib.addSchema('a', {}); lib.dropSchemas(); return lib.getSchemaUris()")
code('own format', "lib.addFormat('even', function (d, s) { return d % 2 ? 'odd: ' + d : null }); lib.addFormat({up: function (d) { return d === d.toUpperCase() ? null : {message: 'low', dataPath: '/x', schemaPath: '/y'} }}); return [lib.validate(3, {format: 'even'}), show(lib.error), lib.validate(2, {format: 'even'}), lib.validate('a', {format: 'up'}), show(lib.error)]")
code('own keyword', "lib.defineKeyword('even', function (d, v, s, p) { return (d % 2 === 0) === v ? null : 'parity at ' + p }); return [lib.validate({a: 3}, {properties: {a: {even: true}}}), show(lib.error)]")
code('own keyword with code', "lib.defineError('MY_CODE', 12345, 'mine: {what}'); lib.defineKeyword('k', function () { return {code: 'MY_CODE', message: {what: 'x'}} }); return [lib.validate(1, {k: 1}), show(lib.error), lib.errorCodes.MY_CODE]")
code('own keyword with message', "lib.defineKeyword('k', function () { return {message: 'm', dataPath: '/d'} }); return [lib.validate(1, {k: 1}), show(lib.error)]")
code('undefined error code', "lib.defineKeyword('k', function () { return {code: 'NOPE_X'} }); return lib.validate(1, {k: 1})")
code('bad code name', "return lib.defineError('x', 10001, 'y')")
code('bad code number', "return lib.defineError('X_Y', 5, 'y')")
code('code used', "return lib.defineError('INVALID_TYPE', 20000, 'y')")
code('error codes', "return Object.keys(lib.errorCodes).slice(0, 28).map(k => [k, lib.errorCodes[k]])")
code('own reporter', "lib.setErrorReporter(function (e, d, s) { return e.code === 0 ? 'bad ' + e.params.type + ' ' + JSON.stringify(s) : null }); return [lib.validate(1, {type: 'string'}), lib.error.message, lib.validate(1, {minimum: 3}), lib.error.message]")
code('language', "lib.addLanguage('no', {INVALID_TYPE: 'Feil type: {type}'}); var l = [lib.language(), lib.language('zz'), lib.language('no-NB')]; lib.validate(1, {type: 'string'}); var m = lib.error.message; lib.validate(1, {minimum: 3}); return [l, m, lib.error.message]")
code('fresh api', "lib.addSchema('a', {}); var f = lib.freshApi(); return [f.getSchemaUris(), f.validate(1, {type: 'string'}), lib.error, f.tv4 === undefined]")
code('reset', "lib.validate(1, {type: 'string'}); lib.reset(); return [lib.error, lib.valid, lib.missing]")
code('circular data', "var d = {a: 1}; d.self = d; return [lib.validate(d, {properties: {a: {type: 'number'}, self: {$ref: '#'}}}, true), show(lib.error), Object.keys(d)]")
code('circular data that is wrong', "var d = {a: 1}; d.self = d; var r = lib.validateMultiple(d, {properties: {a: {type: 'string'}, self: {$ref: '#'}}}, true); return [r.valid, r.errors.length > 0, r.errors[0].message]")
code('not a number', "return [lib.validate(NaN, {}), show(lib.error), lib.validate(Infinity, {type: 'number'})]")
code('no schema', "return lib.validate(1)")
code('urls', "return [lib.resolveUrl('http://a/b/c', '../d'), lib.resolveUrl('http://a/b/c', '#x'), lib.resolveUrl('', '#x'), lib.resolveUrl('http://a', 'b?c#d'), lib.resolveUrl('http://a/b/c?q', './d/./e'), lib.resolveUrl('http://a/b', '//h/p'), lib.resolveUrl('a/b', '/c'), lib.getDocumentUri('http://a#b')]")
code('normalized', "var s = {id: 'http://a/b', properties: {x: {$ref: '#/y'}, z: {id: 'q', $ref: 'r'}}}; lib.addSchema('http://a/b', s); return s")

code('normSchema', "var s = {id: 'http://x/a', properties: {b: {id: 'b', '$ref': 'c#/d'}, e: {'$ref': '#/f'}}}; lib.normSchema(s, 'http://base/'); return s")

module.exports = cases
