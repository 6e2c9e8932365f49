// Values that every function is called with. Each entry makes its value anew: functions may change what they get.
// Callbacks write down what they were called with.

function Foo() {
  this.a = 1;
}
Foo.prototype.b = 2;

const spy = (label, arity, answer) => () => {
  const fn = [
    () => function () { return note(arguments); }, () => function (x) { return note(arguments, x); },
    () => function (x, y) { return note(arguments, x, y); },
  ][arity]();
  function note(args) {
    log.push(label + '(' + Array.from(args, (arg) => show(arg)).join() + ')');
    if (log.length > 60) throw new RangeError('too many calls');
    return answer.apply(undefined, args);
  }
  fn.label = label;
  return fn;
};

const symbol = Symbol('s');

const values = {
  undefined: () => undefined,
  null: () => null,
  true: () => true,
  false: () => false,
  zero: () => 0,
  minusZero: () => -0,
  one: () => 1,
  two: () => 2,
  minusTwo: () => -2,
  fraction: () => 1.7,
  NaN: () => NaN,
  infinite: () => Infinity,
  minusInfinite: () => -Infinity,
  big: () => 4294967297,
  noText: () => '',
  a: () => 'a',
  length: () => 'length',
  path: () => 'a.b[0].c',
  digits: () => '12',
  hex: () => '0x1f',
  binary: () => '0b101',
  badHex: () => '-0x1',
  spaced: () => '  some text here ',
  camel: () => 'fooBar-baz_QUX 12th',
  html: () => '<p class="x">Tom & \'Jerry\'</p>',
  entities: () => '&lt;a&gt; &amp;amp; &#39;',
  accents: () => 'déjà vu Ærøskøbing straße',
  emoji: () => 'a👍🏽b👨‍👩‍👧c🇳🇴é',
  empty: () => [],
  numbers: () => [1, 2, 3],
  unsorted: () => [3, 1, 2, 3, 1],
  sparse: () => [1, , 3],
  odd: () => [NaN, -0, 0, null, undefined, '', false, NaN],
  texts: () => ['b', 'a', 'C', '10', '9'],
  nested: () => [1, [2, [3, [4]], 5], [[]]],
  pairs: () => [['a', 1], ['b', 2]],
  objects: () => [{ a: 1, b: 'x' }, { a: 2, b: 'y' }, { a: 1, b: 'z' }],
  nothing: () => ({}),
  object: () => ({ a: 1, b: 2, c: 'a' }),
  deep: () => ({ a: { b: [{ c: 3 }] }, d: [1, { e: null }] }),
  dotted: () => ({ 'a.b[0].c': 'dotted', a: { b: 1 } }),
  arrayLike: () => ({ 0: 'x', 1: 'y', length: 2 }),
  class: () => new Foo(),
  bare: () => Object.assign(Object.create(null), { z: 1, a: 2 }),
  heir: () => Object.create({ inherited: 1 }, { own: { value: 2, enumerable: true, writable: true, configurable: true } }),
  getter: () => ({ get a() { log.push('get a'); return 1; }, b: 2 }),
  frozen: () => Object.freeze({ a: 1 }),
  proto: () => JSON.parse('{"__proto__":{"x":1},"constructor":5,"toString":null}'),
  symbols: () => ({ [symbol]: 1, b: 2 }),
  tagged: () => ({ [Symbol.toStringTag]: 'Odd', a: 1 }),
  cycle: () => { const o = { a: [1] }; o.me = o; o.a.push(o.a); return o; },
  valued: () => ({ valueOf() { log.push('valueOf'); return 2; }, toString() { log.push('toString'); return 'text'; } }),
  symbol: () => symbol,
  boxedSymbol: () => Object(symbol),
  boxedText: () => new String('abc'),
  boxedNumber: () => new Number(-0),
  boxedBoolean: () => new Boolean(false),
  date: () => new Date(86400000),
  badDate: () => new Date(NaN),
  regexp: () => /b+/gi,
  error: () => new RangeError('no'),
  map: () => new Map([['a', 1], [{ k: 1 }, [2]]]),
  set: () => new Set([1, 'a', { x: 1 }]),
  weakMap: () => new WeakMap(),
  arguments: () => (function () { return arguments; })(1, 2, 3),
  typed: () => new Uint8Array([3, 1, 2]),
  floats: () => new Float64Array([1.5, -0]),
  bytes: () => new ArrayBuffer(3),
  view: () => new DataView(new ArrayBuffer(4), 1, 2),
  identity: spy('f1', 1, (x) => x),
  two2: spy('f2', 2, (x, y) => (typeof x === 'number' && typeof y === 'number' ? x + y : y)),
  truthy: spy('yes', 0, () => true),
  falsy: spy('no', 0, () => false),
  thrower: () => function () { throw new RangeError('thrown'); },
  matcher: () => ({ a: 1 }),
  matchPair: () => ['a', 1],
};

// First arguments for the calls with two and three: fewer, since they multiply.
const firsts = ['null', 'camel', 'numbers', 'odd', 'objects', 'deep', 'class', 'two2'];
const seconds = ['one', 'noText', 'a', 'path', 'object', 'two2', 'matchPair'];
const thirds = ['one', 'two2'];
const thirdFirsts = ['numbers', 'deep'];
const thirdSeconds = ['one', 'path'];

return { values, firsts, seconds, thirds, thirdFirsts, thirdSeconds };
