// Lines for calls.js that a generator of numbers makes, always the same ones: chains, currying, data, timers, templates and texts that
// nobody thought of. Body of a function of the version, which gives a list.

const out = [];
const three = version === 3;
let seed = 20261130;
function below(n) {
  seed = (seed + 0x6d2b79f5) | 0;
  let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return Math.floor(((t ^ (t >>> 14)) >>> 0) / 4294967296 * n);
}
const one = (list) => list[below(list.length)];
const some = (list, n, glue = '') => Array.from({ length: n }, () => one(list)).join(glue);
const q = JSON.stringify;

// Chains: which callbacks run, how often and in which order.
const steps = [() => `.map((n) => note('m', n + ${below(3)}))`, () => `.filter((n) => note('f', n) % ${2 + below(2)})`, () => `.reject((n) => note('r', n) > ${below(9)})`,
  () => `.take(${below(4)})`, () => `.takeRight(${below(4)})`, () => `.drop(${below(4)})`, () => `.dropRight(${below(4)})`, () => `.takeWhile((n) => note('tw', n) < ${below(9)})`,
  () => `.dropWhile((n) => note('dw', n) < ${below(9)})`, () => `.takeRightWhile((n) => note('trw', n) > ${below(9)})`, () => `.slice(${below(5) - 2}, ${below(7) - 1})`, () => '.reverse()', () => '.compact()',
  () => '.initial()', () => (three ? '.rest()' : '.tail()'), () => '.uniq()', () => '.concat([7, 0])', () => '.tap((a) => { note(a.length) })', () => '.thru((a) => a.slice(1))', () => '.sortBy((n) => -n)', () => '.push(5)',
  () => ".map('length')", () => '.toArray()', () => '.chunk(2).flatten()', () => '.plant([3, 1, 2, 0])'];
const ends = ['.value()', '.value()', '.value()', '.head()', '.last()', '.first()', '.find((n) => note("find", n) > 2)', '.findLast((n) => note("fl", n) < 4)', '.size()', '.join()', '.some((n) => note("s", n) > 3)', '.sum()', '.reduce((a, b) => note(a, b) && a + b)', '.includes(3)', '.indexOf(2)', '.toJSON()'];
for (let i = 0; i < 500; i++) {
  const from = one(['[3, 1, 0, 2, 5, 4]', '[1, 2, 3]', '[]', '_.range(9)', '_.range(220)', '{ a: 1, b: 2, c: 3 }', 'null', "'abc'", '[[1], [2, 3]]']);
  const begin = one(['_(', '_(', '_(', '_.chain(']);
  out.push(begin + from + ')' + Array.from({ length: 1 + below(5) }, () => one(steps)()).join('') + one(begin === '_(' ? ends : ['.value()', '.head().value()', '.last().value()', '.find((n) => note(n) > 2).value()']));
}
// Functions wrapped in each other, with gaps.
for (let i = 0; i < 300; i++) {
  const arity = 2 + below(3);
  let fn = `(...a) => a`;
  for (let n = 1 + below(2); n--;) {
    fn = one([`_.curry(${fn}, ${arity})`, `_.curry(${fn}, ${arity})`, `_.curryRight(${fn}, ${arity})`, `_.partial(${fn}, ${some(['_', '"p"', '"q"'], 1 + below(3), ', ')})`, `_.partialRight(${fn}, ${some(['_', '"r"'], 1 + below(3), ', ')})`,
      `_.bind(${fn}, {}, ${some(['_', '"b"'], 1 + below(2), ', ')})`, `_.rearg(${fn}, ${some(['0', '1', '2', '[2, 0]'], 1 + below(3), ', ')})`, `_.ary(${fn}, ${1 + below(3)})`, ...(three ? [] : [`_.flip(${fn})`, `_.unary(${fn})`, `_.overArgs(${fn}, (x) => [x])`])]);
  }
  const calls = Array.from({ length: 1 + below(3) }, () => `[${some(['_', '1', '2', '3'], 1 + below(3), ', ')}]`).join(', ');
  out.push(`((f, lists) => { for (const list of lists) if (typeof f === 'function') f = f(...list); return typeof f === 'function' ? 'waits' : _.map(f, (x) => x === _ ? '_' : x) })(${fn}, [${calls}])`);
}
// Data: copies, equality, merging, matching.
const leaf = () => one(['1', '0', '-0', 'NaN', '"a"', '""', 'null', 'undefined', 'true', 'new Date(5)', '/x/g', 'Object(1)', 'Object("a")', 'Object(false)', '() => 1', 'new Map([[1, { a: 1 }]])', 'new Set([1, [2]])', 'new Uint8Array([1, 2])', 'new Float64Array([0.5])', 'Symbol.iterator', '[1, , 3]', '(function () { return arguments })(1, 2)', 'new Error("e")', 'Object.create({ up: 1 })', 'Object.create(null)', 'JSON.parse(\'{"__proto__": {"x": 1}, "constructor": {"prototype": {"y": 1}}}\')', 'new (class K { constructor() { this.k = [1] } })()', 'new ArrayBuffer(2)', 'Object.freeze({ a: 1 })', '10n']);
function data(depth) {
  if (depth === 0 || below(5) === 0) return leaf();
  if (below(3) === 0) return '[' + Array.from({ length: below(4) }, () => data(depth - 1)).join(', ') + ']';
  return '({ ' + Array.from({ length: below(4) }, () => one(['a', 'b', 'c', '0', 'length', '"x.y"']) + ': ' + data(depth - 1)).join(', ') + ' })';
}
// Left out: the text of a Date in a key, which names the zone in the engine's words, and what lodash 3 does not know.
const untold = three ? /Symbol|Map\(|Set\(|10n|invert.*Date/ : /invert.*Date/;
for (let i = 0; i < 700; i++) {
  const a = data(3), b = below(3) ? data(3) : a, c = data(2);
  const line = one([`_.cloneDeep(${a})`, `((x) => [_.isEqual(x, _.cloneDeep(x)), _.cloneDeep(x)])(${a})`, `_.isEqual(${a}, ${b})`, `_.merge(${a}, ${b}, ${c})`, `_.merge({}, ${a}, ${b})`, `_.defaultsDeep(${a}, ${b})`, `_.defaults(${a}, ${b})`, `_.isMatch(${a}, ${c})`,
    `_.assign({}, ${a}, ${c})`, `_.clone(${a})`, three ? `_.merge({}, ${a}, (x, y) => note(x, y) && undefined)` : `_.mergeWith({}, ${a}, (x, y, k) => { note(x, y, k) })`, three ? `_.cloneDeep(${a}, (x) => { note(x) })` : `_.cloneDeepWith(${a}, (x, k) => { note(k, x) })`,
    three ? `_.isEqual(${a}, ${b}, (x, y) => { note(x, y) })` : `_.isEqualWith(${a}, ${b}, (x, y, k) => { note(k, x, y) })`, `_.toPlainObject(${a})`, `[_.isEmpty(${a}), _.size(${a}), _.keys(${a}), _.values(${a})]`, `_.transform(${a}, (r, v, k) => { note(k, v) })`, `_.mapValues(${a}, (v, k) => note(k) && v)`, `_.invert(${a})`, `_.isPlainObject(${a})`,
    `_.find([${a}, ${c}], ${c})`, `_.some([${a}, ${b}], ${b})`, `_.omit(${a}, 'a', ['b'])`, `_.pick(${a}, 'a', 'x.y')`, ...(three ? [] : [`_.flattenDeep([${a}, ${c}])`, `_.uniqWith([${a}, ${b}, ${c}], _.isEqual)`, `_.differenceWith([${a}, ${c}], [${b}], _.isEqual)`, `_.toPairs(${a})`, `_.castArray(${a})`, `_.invertBy(${a})`, `_.toString(${a})`, `_.conformsTo(${a}, { a: (n) => note(n) })`])]);
  if (!untold.test(line)) out.push(line);
}
// Paths.
const path = () => some(['a', 'b', '[0]', '.c', '.', '["x.y"]', "['']", '[1]', '.0', '[-1]', '[a', ']', ' ', '\\\\'], 1 + below(4));
for (let i = 0; i < 250; i++) {
  const o = one(['({ a: [{ c: 1 }, { b: 2 }], b: { c: [1, 2] }, "a[0]": 5, "x.y": 6 })', '({ a: { b: null, c: "text" } })', '[{ a: 1 }, [2, [3]]]', 'null', '"abc"']);
  const p = q(path());
  out.push(one([`_.get(${o}, ${p}, "other")`, `_.set(${o}, ${p}, 1)`, `_.has(${o}, ${p})`, `_.result(${o}, ${p}, () => note("d"))`, `_.property(${p})(${o})`, `_.map([${o}, {}], ${p})`, `_.matchesProperty(${p}, 1)(${o})`, `_.omit(${o}, ${p})`, `_.pick(${o}, ${p})`,
    ...(three ? [] : [`_.unset(${o}, ${p})`, `((o) => [_.unset(o, ${p}), o])(${o})`, `_.update(${o}, ${p}, (v) => note(v))`, `_.setWith(${o}, ${p}, 1, Object)`, `_.at(${o}, ${p}, "a")`, `_.toPath(${p})`, `_.hasIn(${o}, ${p})`, `_.invoke(${o}, ${p} + ".toString")`])]));
}
// Timers, by the false clock.
for (let i = 0; i < 250; i++) {
  const wait = one([0, 5, 10, 30]);
  const options = one(['', '', `, { leading: ${one(['true', 'false'])}, trailing: ${one(['true', 'false'])} }`, `, { maxWait: ${one([5, 20, 40])} }`, `, { leading: true, maxWait: ${one([0, 10, 50])} }`, ', true', ', null']);
  let body = '';
  for (let n = 3 + below(8); n--;) body += one([`note(f(${below(9)}));`, `f(${below(9)});`, `c.tick(${below(25)});`, `c.tick(${below(60)});`, 'f.cancel();', ...(three ? [] : ['note(f.flush());', 'note(typeof f.pending);'])]);
  out.push(`((c) => { const f = c._.${one(['debounce', 'debounce', 'throttle'])}((x) => note('ran', c.now() - 1e6, x) , ${wait}${options}); ${body} c.tick(200); return f(0) })(clock())`);
}
// Templates.
for (let i = 0; i < 250; i++) {
  const parts = some(['<%= a %>', '<%- b %>', '<% if (a) { %>', '<% } %>', '${ a }', '${b}', '\\n', "'", '\\\\', 'x', '{{ a }}', '<%', '%>', '<%= obj.a %>', '<% print(a, b) %>', '\\u2028', '<%- a %>{', '$', '<%= %>', '<% var a = 5 %>', '<%=b\\n%>', '[[ a ]]'], 1 + below(5));
  const settings = one(['', '', '{ variable: "data" }', '{ interpolate: /{{([\\s\\S]+?)}}/g }', '{ escape: /\\[\\[([\\s\\S]+?)\\]\\]/g }', '{ evaluate: /<%([^=-][\\s\\S]*?)%>/g }', '{ imports: { a: "imported", b: () => 1 } }', '{ interpolate: /\\$\\{([^}]+)\\}/g, variable: "o" }', '{ sourceURL: "x.js" }', '{ variable: "" }', '{ interpolate: null }']);
  out.push(`_.template("${parts.replace(/"/g, '\\"')}"${settings && ', ' + (three && below(2) ? 'null, ' : '') + settings})(${one(['{ a: 1, b: "<b>&" }', '{ a: null, b: [1, 2] }', '', '{ a: "x", b: undefined, obj: 3 }'])})`);
}
// Texts.
const letters = ['a', 'B', 'XML', 'http', '1', '23', ' ', '-', '_', '.', 'é', 'Æ', 'ß', "'s", '’ll', '👍', '👨‍👩‍👦', '🇳🇴', '中', '\\u0301', '&', '<', '\\t', '×', '1st', '2ND', 'ǅ', 'İ', '\\ud83d', '...'];
for (let i = 0; i < 400; i++) {
  const s = '"' + some(letters, 1 + below(8)) + '"';
  const line = one([...['camelCase', 'kebabCase', 'snakeCase', 'startCase', 'words', 'deburr', 'capitalize', 'escape', 'unescape', 'trim', 'escapeRegExp', 'size', 'toArray', 'parseInt'].map((f) => `_.${f}(${s})`), `_.pad(${s}, ${below(14)}, ${one(['"-"', '"ab"', '"👍"', '""'])})`, `_.repeat(${s}, ${below(4)})`, `_.startsWith(${s}, "a", ${below(3)})`, `_.endsWith(${s}, "a", ${below(5)})`,
    ...(three ? [`_.trunc(${s}, ${below(9)})`, `_.padLeft(${s}, 9, "-")`] : [`_.truncate(${s}, { length: ${below(9)}, separator: ${one(['" "', '/-|_/', '"."'])} })`, `_.split(${s}, "")`, `_.lowerCase(${s})`, `_.upperCase(${s})`, `_.upperFirst(${s})`, `_.padStart(${s}, 9, "👍x")`, `_.trim(${s}, "a👍 1")`, `_.trimEnd(${s}, ".-s")`, `_.words(${s}, /[a-z]+/gi)`, `_.toPath(${s})`])]);
  // The engine alone, without the sandbox, loses half a pair when it changes case.
  if (!/(capitalize|upperFirst)\("(\\ud83d|[\ud800-\udfff])/.test(line) && !/capitalize.*ud83d/.test(line)) out.push(line);
}
// Orders, numbers and sets.
const items = () => '[' + some(['1', '2', '3', '"a"', '"b"', 'null', 'undefined', 'NaN', '-0', '0', 'true', '{ a: 1, b: 2 }', '{ a: 2, b: 1 }', '{ a: 1, b: 1 }', '[1]', '2.5', '"10"', '"9"'], below(9), ', ') + ']';
for (let i = 0; i < 500; i++) {
  const a = items(), b = items();
  const number = one(['4.006', '-2.5', '"3.7"', 'NaN', '1e21', '-0', 'null', '0.1 + 0.2', '5e-324', '1234.5678', '"0b11"', 'Infinity', 'true']);
  out.push(one([`_.sortBy(${a}, (n) => note(n) && n)`, `_.sortBy(${a}, 'a')`, `_.uniq(${a})`, `_.intersection(${a}, ${b})`, `_.union(${a}, ${b})`, `_.difference(${a}, ${b})`, `_.xor(${a}, ${b})`, `_.groupBy(${a}, (n) => note(typeof n))`, `_.countBy(${a})`, `_.partition(${a}, (n, ...r) => note(r.length) && n)`, `_.max(${a})`, `_.min(${a})`, `_.sum(${a})`,
    `_.sortedIndex([1, 2, 4], ${number})`, `_.round(${number}, ${below(5) - 2})`, `_.ceil(${number}, ${below(5) - 2})`, `_.floor(${number}, 1)`, `_.inRange(${number}, ${below(5) - 2}, 4)`, `_.range(${number === 'Infinity' || number === '1e21' ? 3 : number}, ${below(6)}, ${one(['1', '2', '-1', '0.5'])})`, `_.zip(${a}, ${b})`, `_.chunk(${a}, ${number})`, `_.indexOf(${a}, ${number})`, `_.lastIndexOf(${a}, ${number}, ${below(5) - 2})`, `_.includes(${a}, ${number})`, `_.flatten(${a})`, `_.compact(${a})`, `_.without(${a}, 1, NaN)`, `_.pull(${a}, 1, NaN)`, `_.fill(${a}, 7, ${below(5) - 2}, ${below(5) - 1})`, `_.zipObject(${a}, ${b})`, `_.take(${a}, ${number})`, `_.dropRight(${a}, ${number})`, `_.every(${a}, 'a')`, `_.reduceRight(${a}, (x, y, i) => note(i) && x)`, `_.where && _.where(${a}, { a: 1 })`, `_.map(${a}, 'b')`, `_.findIndex(${a}, { a: 1 })`, `_.findLastIndex(${a}, ['a', 1])`,
    ...(three ? [`_.sortByOrder(${a}, ['a', 'b'], [${one(['true', 'false', '"desc"'])}])`, `_.max(${a}, 'a')`, `_.uniq(${a}, 'a')`, `_.pluck(${a}, 'a')`] : [`_.orderBy(${a}, ['a', 'b'], ['${one(['asc', 'desc'])}', 'desc'])`, `_.orderBy(${a}, null, 'desc')`, `_.maxBy(${a}, 'a')`, `_.meanBy(${a}, 'a')`, `_.uniqBy(${a}, 'a')`, `_.sortedUniq(${a})`, `_.toInteger(${number})`, `_.toLength(${number})`, `_.toNumber(${number})`, `_.toFinite(${number})`, `_.clamp(${number}, -1, 3)`, `_.nth(${a}, ${number})`, `_.concat(${a}, ${b}, 1)`, `_.unionBy(${a}, ${b}, 'a')`, `_.intersectionBy(${a}, ${b}, 'a')`, `_.xorBy(${a}, ${b}, 'a')`, `_.pullAt(${a}, 0, -1, [2])`, `_.sortedLastIndexBy([{ a: 1 }, { a: 3 }], { a: ${number} }, 'a')`, `_.unzip([${a}, ${b}])`, `_.join(${a}, '-')`, `_.keyBy(${a}, 'a')`, `_.gt(${number}, 2)`, `_.add(${number}, ${number})`, `_.divide(${number}, 3)`])]));
}
// Mixed, since the original gives up remembering how functions are wrapped when hundreds are made within 16 ms.
return out.map((line, i) => out[i * 1009 % out.length]).map((line) => 'return ' + line);
