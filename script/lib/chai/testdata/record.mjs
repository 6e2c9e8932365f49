// Records what the real chai says, for TestSameAsChai.
//
// Run it where chai is installed, and commit what it writes:
//
//	npm i --prefix /tmp/chai chai@4.4.1
//	NODE_PATH=/tmp/chai/node_modules node testdata/record.mjs
//
// It runs each line of snippets.txt, and values of the table below with assertions
// of the other (one pair in four; all of them with ALL=1), as a function body that has chai, expect, assert and utils. To
// cases.json goes the snippet with the message it throws, "" when it passes, and the rest of the error: what was
// expected and got as JSON, and the names of its properties.
import { createRequire } from 'node:module'
import { readFileSync, writeFileSync } from 'node:fs'

const chai = createRequire('/')('chai')
let utils
chai.use((_, u) => { utils = u })

const values = [
  '1', '0', '-0', '-1.5', '1e21', 'NaN', 'Infinity', '-Infinity', "''", "'abc'", "'it\\'s\\n'",
  "'a string that is much longer than forty characters'", "'\\u{1F600}'.repeat(30)", 'true', 'false', 'null', 'undefined',
  'Symbol()', "Symbol('tag')", '[]', '[1, 2, 3]', "['a', {b: 1}]", 'Array.from({length: 50}, (_, i) => i)', '[[1, [2, [3]]]]',
  '[, 1]', '{}', '{a: 1}', "{a: 1, b: 'two', c: [3]}", "{'odd key': 1, \"it's\": 2, 3: 4}", '{a: {b: {c: {d: 1}}}}',
  "{alpha: 'a long value', beta: 'another long value', gamma: 1}", '{[Symbol("s")]: 1, z: 2}', '{get x() { return 7 }}',
  'Object.create(null)', 'Object.create({inherited: 1})', 'new (class Point { constructor() { this.x = 1 } })()',
  'new (class extends Array {})()', 'new Map()', "new Map([['a', 1]])", "new Map([['a', 1], ['b', {c: 2}]])", 'new Set()',
  'new Set([1])', "new Set([1, 'two', {three: 3}])", 'new WeakMap()', 'new WeakSet()', 'new Date(0)', 'new Date(NaN)', '/ab+c/gi',
  "new Error('boom')", "new TypeError('wrong type')", "Object.assign(new Error('e'), {code: 'E1'})", 'function named() {}',
  'function () {}', '() => 1', 'function aVeryLongFunctionNameThatIsLongerThanFortyCharacters() {}',
  'new Uint8Array([1, 2, 3])', 'new Float64Array(2)', 'new Uint8Array(40).fill(255)', 'new ArrayBuffer(8)', 'new Number(5)',
  "new String('boxed')", 'new Boolean(false)', '(function () { return arguments })(1, 2)', '(function () { return arguments })()',
  '{[Symbol.toStringTag]: "Tagged", a: 1}', "{inspect() { return 'custom' }}", '{toString() { return "s" }}',
  'Object.freeze({a: 1})', 'Object.seal([1])',
].map(v => `(${v})`)

const assertions = [
  'ok', 'true', 'false', 'null', 'undefined', 'NaN', 'exist', 'empty', 'arguments', 'extensible', 'sealed', 'frozen', 'finite',
  "a('string')", "an('object')", "an('array')", "a('function')", "an('error')", 'equal(1)', 'eql({a: 1})', 'eql([1, 2, 3])', "eql('abc')",
  'above(0)', 'least(new Date(0))', 'below(5)', 'most(1)', 'within(0, 2)', 'closeTo(1, 1)', 'lengthOf(3)', 'length.above(1)',
  'length.within(1, 2)', 'length.most(2)', 'length.least(2)', 'length.below(2)', "property('a')", "property('a', 1)", "own.property('a')",
  "nested.property('a.b')", "deep.property('a', {b: {c: {d: 1}}})", "ownPropertyDescriptor('a')", "include('a')", 'include({a: 1})',
  'deep.include({b: 1})', 'include(1)', "match(/a/)", "string('b')", "keys('a')", "keys(['a', 'b'])", "any.keys('a', 'z')",
  "contain.all.keys('a')", 'throw()', "respondTo('push')", "respondTo('call')", 'satisfy(v => !!v)', 'members([1, 2, 3])',
  'include.members([1])', 'ordered.members([1, 2, 3])', 'oneOf([1, "abc", null])', 'instanceof(Object)', 'instanceof(Error)', 'change(Object, "x")',
]

const snippets = readFileSync(new URL('snippets.txt', import.meta.url), 'utf8').split('\n').filter(l => l && !l.startsWith('#'))
for (const [i, a] of assertions.entries()) {
  for (const [k, v] of values.entries()) {
    if (!process.env.ALL && (i + k) % 4) continue
    snippets.push(`expect(${v}).to.${a}`, `expect(${v}).to.not.${a}`)
  }
}

// plain leaves out what differs by engine: stack traces, and boxed symbols.
const plain = (key, v) => key === 'stack' ? 'a stack' : Object.prototype.toString.call(v) === '[object Symbol]' ? {} : v

// json is a value as JSON, in words that both engines have.
const json = v => { try { return JSON.stringify(v, plain) ?? 'undefined' } catch { return 'no JSON' } }

const cases = []
for (const js of snippets) {
  chai.config.truncateThreshold = 40
  const c = { js, message: '' }
  try {
    new Function('chai', 'expect', 'assert', 'utils', js)(chai, chai.expect, chai.assert, utils)
  } catch (e) {
    c.message = e.message
    c.name = e.name
    if (e.showDiff) c.diff = true
    if (e.operator) c.operator = e.operator
    if (e.name === 'AssertionError') Object.assign(c, { actual: json(e.actual), expected: json(e.expected), keys: Object.keys(e).join() })
  }
  cases.push(c)
}
writeFileSync(new URL('cases.json', import.meta.url), '[\n' + cases.map(c => JSON.stringify(c)).join(',\n') + '\n]\n')
console.log(cases.length, 'cases')
