// require('assert'): Node's assert. Messages follow the assert package 2.0.0 for one
// line values; the line-by-line difference of long values is not drawn, both are
// printed instead.

const { inspect } = require('util');
const equal = require('#equal');

const words = {
  '==': '==', '!=': '!=', deepEqual: 'loosely deep-equal to:', strictEqual: 'Expected values to be strictly equal:',
  deepStrictEqual: 'Expected values to be strictly deep-equal:', notStrictEqual: 'Expected "actual" to be strictly unequal to:',
  notDeepStrictEqual: 'Expected "actual" not to be strictly deep-equal to:',
};
const show = (v) => inspect(v, { compact: false, depth: 1000, maxArrayLength: Infinity, sorted: true, breakLength: Infinity });

class AssertionError extends Error {
  constructor(options) {
    if (typeof options !== 'object' || options === null) {
      throw new TypeError('The "options" argument must be of type Object. Received ' + (options === null ? 'null' : 'type ' + typeof options));
    }
    const { message, operator, actual, expected } = options;
    super(message !== undefined && message !== null ? String(message) : describe(actual, expected, operator));
    Object.defineProperty(this, 'name', { value: 'AssertionError', writable: true, configurable: true });
    this.generatedMessage = message === undefined || message === null;
    this.code = 'ERR_ASSERTION';
    this.actual = actual;
    this.expected = expected;
    this.operator = operator;
  }
  toString() { return this.name + ' [' + this.code + ']: ' + this.message; }
}

// describe writes the message for a failed comparison.
function describe(actual, expected, operator) {
  const a = show(actual);
  const b = show(expected);
  switch (operator) {
    case 'strictEqual':
    case 'deepStrictEqual': return difference(a, b, words[operator], operator);
    case 'notStrictEqual':
    case 'notDeepStrictEqual':
      return a.includes('\n') ? words[operator] + '\n\n' + a + '\n' : words[operator] + (a.length > 5 ? '\n\n' : ' ') + a;
    case 'deepEqual':
    case 'notDeepEqual': {
      const text = operator === 'deepEqual' ? 'Expected values to be loosely deep-equal:' : 'Expected "actual" not to be loosely deep-equal to:';
      return operator === 'deepEqual' ? text + '\n\n' + a + '\n\nshould loosely deep-equal\n\n' + b : text + '\n\n' + b;
    }
    default: return inline(actual) + ' ' + operator + ' ' + inline(expected);
  }
}

const inline = (v) => inspect(v);

function difference(a, b, head, operator) {
  const short = !a.includes('\n') && !b.includes('\n');
  if (short && a !== b && a.length + b.length <= 12) return head + '\n\n' + a + ' !== ' + b + '\n';
  if (a === b) {
    return 'Values ' + (operator === 'strictEqual' ? 'have same structure but are not reference-equal' : 'have same structure but are not reference-equal') + ':\n\n' + a + '\n';
  }
  const left = a.split('\n');
  const right = b.split('\n');
  const lines = [];
  let from = 0;
  while (from < left.length && from < right.length && left[from] === right[from]) from++;
  let tail = 0;
  while (tail < left.length - from && tail < right.length - from && left[left.length - 1 - tail] === right[right.length - 1 - tail]) tail++;
  for (let i = 0; i < from; i++) lines.push('  ' + left[i]);
  for (let i = from; i < left.length - tail; i++) lines.push('+ ' + left[i]);
  for (let i = from; i < right.length - tail; i++) lines.push('- ' + right[i]);
  for (let i = left.length - tail; i < left.length; i++) lines.push('  ' + left[i]);
  return head + '\n+ actual - expected\n\n' + lines.join('\n');
}

function fail(actual, expected, message, operator) {
  if (message instanceof Error) throw message;
  throw new AssertionError({ actual, expected, message, operator });
}

function ok(...args) {
  const [value, message] = args;
  if (value) return;
  if (message instanceof Error) throw message;
  let text = message;
  if (args.length === 0) text = 'No value argument passed to `assert.ok()`';
  else if (message === undefined || message === null) text = inspect(value) + ' == true';
  const err = new AssertionError({ actual: value, expected: true, message: text, operator: '==' });
  err.generatedMessage = message === undefined;
  throw err;
}

const assert = (...args) => ok(...args);
const need = (n, args) => {
  if (args.length >= n) return;
  const err = new TypeError('The "actual" and "expected" arguments must be specified');
  err.code = 'ERR_MISSING_ARGS';
  throw err;
};
// eslint-disable-next-line eqeqeq
const loosely = (a, b) => a == b;
const compare = (operator, holds) => (...args) => {
  need(2, args);
  const [actual, expected, message] = args;
  if (!holds(actual, expected)) fail(actual, expected, message, operator);
};

Object.assign(assert, {
  ok, AssertionError,
  equal: compare('==', loosely),
  notEqual: compare('!=', (a, b) => !loosely(a, b)),
  strictEqual: compare('strictEqual', (a, b) => Object.is(a, b)),
  notStrictEqual: compare('notStrictEqual', (a, b) => !Object.is(a, b)),
  deepEqual: compare('deepEqual', equal.loose),
  notDeepEqual: compare('notDeepEqual', (a, b) => !equal.loose(a, b)),
  deepStrictEqual: compare('deepStrictEqual', equal.strict),
  notDeepStrictEqual: compare('notDeepStrictEqual', (a, b) => !equal.strict(a, b)),
  fail(actual, expected, message, operator) {
    const n = arguments.length;
    if (n === 0) message = 'Failed';
    else if (n === 1) { message = actual; actual = undefined; }
    if (message instanceof Error) throw message;
    const err = new AssertionError({ actual, expected, operator: operator === undefined ? (n === 2 ? '!=' : 'fail') : operator, message });
    if (n === 0) err.generatedMessage = true;
    throw err;
  },
  ifError(err) {
    if (err === null || err === undefined) return;
    const text = typeof err === 'object' && typeof err.message === 'string' ? err.message || err.constructor.name : inspect(err);
    throw new AssertionError({ actual: err, expected: null, operator: 'ifError', message: 'ifError got unwanted exception: ' + text });
  },
  match: (text, pattern, message) => like(text, pattern, message, true),
  doesNotMatch: (text, pattern, message) => like(text, pattern, message, false),
});

function like(text, pattern, message, wanted) {
  if (!(pattern instanceof RegExp)) throw new TypeError('The "regexp" argument must be an instance of RegExp. Received ' + inspect(pattern));
  if (typeof text === 'string' && pattern.test(text) === wanted) return;
  if (message instanceof Error) throw message;
  let note = message;
  if (note === undefined) {
    note = typeof text !== 'string' ? 'The "string" argument must be of type string. Received type ' + typeof text + ' (' + inspect(text) + ')'
      : (wanted ? 'The input did not match the regular expression ' : 'The input was expected to not match the regular expression ') + inspect(pattern) + '. Input:\n\n' + inspect(text) + '\n';
  }
  throw new AssertionError({ actual: text, expected: pattern, message: note, operator: wanted ? 'match' : 'doesNotMatch' });
}

// expected says whether what was thrown is what the test wanted: a class, a pattern,
// a checking function or an object of properties.
function expected(thrown, want, message) {
  if (typeof want === 'function') {
    if (want.prototype !== undefined && thrown instanceof want) return;
    if (Error.isPrototypeOf(want)) throw thrown;
    if (want.call({}, thrown) === true) return;
    throw thrown;
  }
  if (want instanceof RegExp) {
    if (want.test(String(thrown))) return;
    throw thrown;
  }
  const keys = Object.keys(want);
  if (want instanceof Error) keys.push('name', 'message');
  for (const key of keys) {
    const pattern = want[key] instanceof RegExp && typeof thrown[key] === 'string';
    if (pattern ? want[key].test(thrown[key]) : key in thrown && equal.strict(thrown[key], want[key])) continue;
    fail(thrown, want, message, 'throws');
  }
}

const none = {};
function caught(fn) {
  if (typeof fn !== 'function') throw new TypeError('The "fn" argument must be of type Function. Received type ' + typeof fn);
  try { fn(); } catch (e) { return e; }
  return none;
}

function verdict(kind, thrown, want, message) {
  if (typeof want === 'string') { message = want; want = undefined; }
  if (thrown === none) {
    const name = want && want.name ? ' (' + want.name + ')' : '';
    const note = message ? ': ' + message : '.';
    throw new AssertionError({ actual: undefined, expected: want, operator: kind, message: 'Missing expected ' + (kind === 'rejects' ? 'rejection' : 'exception') + name + note });
  }
  if (want) expected(thrown, want, message);
}

function unwanted(kind, thrown, want, message) {
  if (thrown === none) return;
  if (typeof want === 'string') { message = want; want = undefined; }
  const hit = !want || (typeof want === 'function' ? thrown instanceof want : want.test(String(thrown)));
  if (!hit) throw thrown;
  throw new AssertionError({ actual: thrown, expected: want, operator: kind, message: 'Got unwanted ' + (kind === 'doesNotReject' ? 'rejection' : 'exception') + (message ? ': ' + message : '.') + '\nActual message: "' + (thrown && thrown.message) + '"' });
}

async function settled(promise) {
  const p = typeof promise === 'function' ? promise() : promise;
  if (!p || typeof p.then !== 'function') throw new TypeError('The "promiseFn" argument must be of type function or an instance of Promise.');
  try { await p; } catch (e) { return e; }
  return none;
}

Object.assign(assert, {
  throws: (fn, want, message) => verdict('throws', caught(fn), want, message),
  doesNotThrow: (fn, want, message) => unwanted('doesNotThrow', caught(fn), want, message),
  rejects: async (promise, want, message) => verdict('rejects', await settled(promise), want, message),
  doesNotReject: async (promise, want, message) => unwanted('doesNotReject', await settled(promise), want, message),
});
assert.strict = Object.assign((...args) => ok(...args), assert, {
  equal: assert.strictEqual, deepEqual: assert.deepStrictEqual, notEqual: assert.notStrictEqual, notDeepEqual: assert.notDeepStrictEqual,
});
assert.strict.strict = assert.strict;
return assert;
