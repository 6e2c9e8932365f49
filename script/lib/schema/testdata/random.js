// Records what the real libraries answer to schemas and data made up at random, as testdata/random_*.json:
//   NODE_PATH=.../node_modules node random.js [seed] [count]
// The small ones are kept; run it with another seed and a larger count to look for differences.
'use strict'
const fs = require('fs'), path = require('path'), Ajv = require('ajv'), tv4 = require('tv4')

let seed = Number(process.argv[2] || 1)
const random = () => {
  seed = seed + 0x6D2B79F5 | 0
  let t = Math.imul(seed ^ seed >>> 15, 1 | seed)
  t = t + Math.imul(t ^ t >>> 7, 61 | t) ^ t
  return ((t ^ t >>> 14) >>> 0) / 4294967296
}
const below = n => Math.floor(random() * n), one = list => list[below(list.length)], often = p => random() < p
const names = ['a', 'b', 'c-d', 'e'], types = ['string', 'number', 'integer', 'boolean', 'null', 'array', 'object']

const object = depth => Object.fromEntries(names.filter(() => often(.6)).map(n => [n, value(depth + 1)]))
function value(depth) {
  return one([() => below(10), () => one([1.5, -3]), () => one(['', 'x', 'abc', '2020-01-01']), () => true, () => null, () => false,
    ...(depth > 2 ? [] : [() => Array.from({length: below(4)}, () => value(depth + 1)), () => object(depth), () => object(depth)])])()
}

const distinct = list => list.filter((x, i) => list.findIndex(y => JSON.stringify(y) === JSON.stringify(x)) === i)

function schema(depth) {
  if (often(.05)) return often(.5)
  if (depth > 3) return often(.5) ? {} : {type: one(types)}
  const s = {}, sub = () => schema(depth + 1)
  const keywords = [
    () => { s.type = often(.8) ? one(types) : distinct([one(types), one(types.slice(0, 3))]) },
    () => { s.minimum = below(6) }, () => { s.exclusiveMaximum = below(6) }, () => { s.multipleOf = one([2, 3, .5]) },
    () => { s.minLength = below(4) }, () => { s.maxLength = below(4) }, () => { s.pattern = one(['^a', 'x$', '\\d']) }, () => { s.format = one(['date', 'email', 'uri']) },
    () => { s.items = often(.7) ? sub() : [sub(), sub()] }, () => { s.additionalItems = often(.5) ? false : sub() }, () => { s.contains = sub() },
    () => { s.uniqueItems = true }, () => { s.maxItems = below(3) }, () => { s.minItems = below(3) },
    () => { s.properties = Object.fromEntries(names.filter(() => often(.5)).map(n => [n, sub()])) }, () => { s.required = names.filter(() => often(.5)) },
    () => { s.additionalProperties = often(.5) ? false : sub() }, () => { s.patternProperties = {'^[ab]': sub()} },
    () => { s.minProperties = below(4) }, () => { s.maxProperties = below(4) }, () => { s.propertyNames = one([{maxLength: 1}, {pattern: '^[a-c]'}]) },
    () => { s.dependencies = {a: often(.5) ? ['b', 'e'] : sub()} }, () => { s.enum = distinct([value(2), value(2), value(2)]) }, () => { s.const = value(2) },
    () => { s.not = sub() }, () => { s.anyOf = [sub(), sub()] }, () => { s.oneOf = [sub(), sub(), sub()] }, () => { s.allOf = [sub(), sub()] },
    () => { Object.assign(s, {if: sub(), then: sub()}, often(.5) ? {else: sub()} : {}) }, () => { s.default = value(2) },
    () => { if (depth > 0) s.$ref = one(['#', '#/definitions/p', '#/definitions/q']) },
  ]
  for (let n = 1 + below(4); n > 0; n--) one(keywords)()
  if (s.properties && often(.5)) s.type = 'object'
  return s
}

const options = [{}, {allErrors: true}, {allErrors: true}, {useDefaults: true, allErrors: true}, {coerceTypes: true}, {coerceTypes: 'array', allErrors: true}, {removeAdditional: true, allErrors: true}]
const definitions = {p: {type: 'number'}, q: {type: 'object', properties: {a: {$ref: '#/definitions/p'}, b: {$ref: '#/definitions/q'}}, required: ['a']}}
const show = 'function show(e) { return e && [e.message, e.code, e.dataPath, e.schemaPath, e.params, e.subErrors && e.subErrors.map(show)] }'

function answer(code, lib) {
  try { return JSON.stringify(new Function('lib', code)(lib)) } catch (e) { return 'throws ' + e.message }
}

const kept = {ajv: [], tv4: []}
for (let i = 0; kept.tv4.length < Number(process.argv[3] || 150); i++) {
  const s = schema(0), d = JSON.stringify(value(0))
  if (typeof s !== 'object') continue
  if (JSON.stringify(s).includes('$ref')) s.definitions = definitions
  const text = JSON.stringify(s), o = JSON.stringify(Object.assign({logger: false}, one(options)))
  if (text.length > 300 && !process.argv[3]) continue
  const add = (name, lib, code) => kept[name].push({title: 'random ' + i, code, want: answer(code, lib)})
  add('ajv', Ajv, `var a = new lib(${o}), d = ${d}; return [a.validate(${text}, d), a.errors, d]`)
  add('tv4', tv4.freshApi(), `${show} lib = lib.freshApi(); var d = ${d}, s = ${text}; lib.validate(d, s); var r = lib.validateMultiple(d, s); return [show(lib.error), r.valid, r.errors.map(show)]`)
}
for (const name of Object.keys(kept)) fs.writeFileSync(path.join(__dirname, `random_${name}.json`), JSON.stringify(kept[name], null, 1) + '\n')
