// Left out is what the engine does otherwise than the language on its own arrays, as opposed to what looks like one:
// holes, splicing what is not extensible, constructors of their own, comparisons that throw halfway through a sort.
//
// program(text, seed) parses text, does thirty things to what came of it, chosen by seed, and returns all that it saw.
// Two engines that return the same for the same arguments cannot be told apart by it.
function program(text, seed) {
  'use strict';
  let state = seed >>> 0;
  const random = n => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0, Math.floor(state / 65536) % n);
  const log = [], names = new Map();
  const mark = Symbol('mark');
  const root = JSON.parse(text);
  const nodes = [root];

  function show(x, depth) {
    if (typeof x === 'string') return JSON.stringify(x);
    if (Object.is(x, -0)) return '-0';
    if (x === null || typeof x !== 'object') return typeof x === 'symbol' ? x.toString() : typeof x === 'function' ? 'function' : String(x);
    if (names.has(x)) return '#' + names.get(x);
    names.set(x, names.size);
    const proto = Object.getPrototypeOf(x);
    const head = (Array.isArray(x) ? 'A' : 'O') + Object.prototype.toString.call(x) + typeof x +
      (proto === Array.prototype ? 'a' : proto === Object.prototype ? 'o' : proto === null ? 'n' : '?') + (Object.isExtensible(x) ? '' : '!');
    if (depth > 12) return head;
    const parts = [];
    for (const key of Reflect.ownKeys(x)) {
      const d = Object.getOwnPropertyDescriptor(x, key);
      const flags = (d.writable ? 'w' : '') + (d.enumerable ? 'e' : '') + (d.configurable ? 'c' : '');
      parts.push((typeof key === 'symbol' ? key.toString() : JSON.stringify(key)) + flags + (d.get || d.set ? 'accessor' : show(d.value, depth + 1)));
    }
    return head + '{' + parts.join() + '}';
  }

  const keys = ['a', 'b', 'length', '0', '1', '2', '10', '-1', '01', '1e1', '__proto__', 'toString', 'ø', '\ud800', '\ufffd', '', 'none', mark];
  const pickKey = o => {
    if (random(3) === 0) return keys[random(keys.length)];
    if (Array.isArray(o)) return String(random(8));
    return keys[random(keys.length)];
  };
  const values = [1, 'text', null, undefined, true, [], {}, -0, [1, 2, 3], {a: 1}];
  const value = () => random(4) === 0 ? nodes[random(nodes.length)] : Array.isArray(values[random(values.length)]) ? [7, 8] : values[random(values.length - 4)];
  const list = o => { if (!Array.isArray(o)) throw new Error('no list'); return o; };
  const kind = x => typeof x + Array.isArray(x);
  const full = o => { for (let i = 0; i < list(o).length; i++) if (!(i in o)) throw new Error('holes'); return o; };
  const ours = x => x !== null && typeof x === 'object' && ![Object, Array, String, Number, Boolean].some(c => c.prototype === x); // what is changed stays in this run
  const note = x => { if (ours(x)) nodes.push(x); return x; };

  const acts = [
    o => note(o[pickKey(o)]), o => note(o[pickKey(o)]), o => note(o[random(4)]), o => note(o[random(40)]), o => o.length, o => note(o.a), o => note(o.b),
    o => pickKey(o) in o, o => Object.prototype.hasOwnProperty.call(o, pickKey(o)), o => Object.hasOwn(o, pickKey(o)),
    o => delete o[pickKey(o)], o => Reflect.deleteProperty(o, pickKey(o)),
    o => { o[pickKey(o)] = value(); }, o => { o[pickKey(o)] = value(); }, o => { o[random(50)] = value(); },
    o => Reflect.set(o, pickKey(o), value()), o => Reflect.set(o, pickKey(o), value(), {}), o => Reflect.get(o, pickKey(o), 5),
    o => Object.defineProperty(o, pickKey(o), {get() { return 'got ' + Array.isArray(this); }, set(v) { nodes.push([v]); }, enumerable: true, configurable: true}),
    o => Object.defineProperty(o, pickKey(o), {value: value()}), o => Reflect.defineProperty(o, pickKey(o), {value: 1, writable: false}),
    o => Object.getOwnPropertyDescriptor(o, pickKey(o)),
    o => Object.keys(o), o => Object.values(o), o => Object.entries(o), o => Object.getOwnPropertyNames(o), o => Reflect.ownKeys(o),
    o => Object.getOwnPropertySymbols(o), o => { const r = []; for (const k in o) r.push(k); return r; }, o => { const r = []; for (const v of o) r.push(v); return r; },
    o => { for (const v of o) { note(v); break; } }, o => { for (const k in o) { delete o[k]; break; } },
    o => random(3) ? 0 : Object.freeze(o), o => random(3) ? 0 : Object.seal(o), o => random(3) ? 0 : Object.preventExtensions(o),
    o => [Object.isFrozen(o), Object.isSealed(o), Object.isExtensible(o)],
    o => JSON.stringify(o), o => JSON.stringify(o, null, 2), o => JSON.stringify(o, ['a', 'b', '0']), o => JSON.stringify({in: [o]}, (k, v) => typeof v === 'number' ? v + 1 : v),
    o => ({...o}), o => [...o], o => Math.max(...o), o => Object.assign({}, o), o => Object.assign(o, {a: 1, z: 2}), o => Object.assign([], o),
    o => list(o).map(x => note(x)), o => list(o).filter((x, i) => i % 2), o => { const r = []; list(o).forEach((x, i) => r.push(i, x)); return r; },
    o => note(list(o).find(x => typeof x === 'object')), o => list(o).findIndex(x => x === null), o => list(o).indexOf(nodes[random(nodes.length)]),
    o => list(o).lastIndexOf(null), o => list(o).includes(1), o => note(full(o).slice(1, 4)), o => { const at = random(4), n = random(3); return Object.isExtensible(o) && note(full(o).splice(at, n, 'new', {n: 1})); },
    o => list(o).push(value(), 2), o => note(list(o).pop()), o => note(list(o).shift()), o => list(o).unshift(value()), o => list(o).reverse(),
    o => list(o).every(x => typeof x !== 'object') && o.sort(), o => list(o).sort((a, b) => kind(a) < kind(b) ? -1 : kind(a) > kind(b) ? 1 : 0), o => note(list(o).concat(o, [1])), o => [0].concat(o),
    o => list(o).flat(), o => list(o).flatMap(x => [x, 1]), o => list(o).join('-'), o => list(o).reduce((n, x) => n + typeof x, ''), o => list(o).reduceRight((n, x) => n + typeof x, ''),
    o => [...list(o).keys()], o => [...list(o).entries()], o => note(list(o).at(-1)), o => list(o).fill(value(), 1, 2), o => list(o).copyWithin(0, 1),
    o => list(o).some(x => x === 1), o => list(o).every(x => typeof x === 'string'), o => { list(o).length = random(6); }, o => { o.length = random(100); }, o => { if (!Object.isFrozen(o)) o.length = -1; },
    o => list(o).every(x => typeof x !== 'object') && o.toSorted(), o => full(o).toReversed(), o => full(o).with(0, 'w'), o => full(o).toSpliced(0, 1), o => list(o).findLast(x => x),
    o => String(o), o => o + '', o => `${o.toString}`.length, o => list(o).every(x => typeof x !== 'object') && o.toLocaleString(), o => o.valueOf() === o, o => o == o, o => o === root,
    o => { const k = pickKey(o); return o[k] === o[k]; }, o => Object.is(o.a, o.a), o => o[0] === o[0],
    o => { const c = Object.create(o); return [c.a, c[0], c.length, 'a' in c, Object.keys(c)]; }, o => { const c = Object.create(o); c.a = 1; c[0] = 2; return [c, o.a]; },
    o => random(4) ? 0 : Object.setPrototypeOf(o, null), o => random(4) ? 0 : Object.setPrototypeOf(o, {inherited: 1, get a() { return 'up'; }, set a(v) { log.push('set', this === root); }}), o => o.inherited,
    o => random(4) ? 0 : Object.setPrototypeOf(o, nodes[random(nodes.length)]),
    o => o.__proto__ === Object.prototype, o => { if (!random(4)) o.__proto__ = value(); }, o => [o instanceof Object, o instanceof Array],
    o => Object.prototype.propertyIsEnumerable.call(o, pickKey(o)), o => Array.isArray(o), o => o.constructor === Array, o => o.constructor === Object,
    o => { const {a, ...rest} = o; return [a, rest]; }, o => { const [x, , y, ...rest] = o; return [x, y, rest]; },
    o => { o[mark] = 1; return Object.keys(o).length; }, o => Array.from(o, x => x), o => Array.from({length: 2, ...o}), o => Object.fromEntries(Object.entries(o)),
    o => String.fromCharCode.apply(null, [...o]), o => new Map([[o, 1]]).get(o), o => new Set([o, o]).size, o => new WeakMap([[o, 1]]).has(o), o => new Map(Object.entries(o)).size,
    o => { const p = new Proxy(o, {}); return [Array.isArray(p), Object.keys(p), p.a, JSON.stringify(p)]; },
    o => { const p = new Proxy(o, {get: (t, k, r) => Reflect.get(t, k, r)}); return [p.a, p[1], p.length]; },
    o => JSON.stringify(new Proxy({}, {get: () => 1, ownKeys: () => Reflect.ownKeys(o)})), o => Array.prototype.slice.call(o, 0, 2), o => Array.prototype.map.call(o, x => x),
    o => Array.prototype.push.call(o, 1), o => { o.a++; }, o => { o.a ??= 5; }, o => { o[0] ||= 5; }, o => o?.a?.b?.[0], o => typeof o, o => o.hasOwnProperty('a'),
    o => { 'use strict'; Object.freeze(o); o.a = 2; }, o => { (function () { this.q = 1; }).call(o); }, o => new Array(o).length, o => new (class { constructor() { return o; } })() === o,
    o => { const a = o.a; o.a = a; return o.a === a; }, o => { const t = o[0]; o[0] = o[1]; o[1] = t; }, o => Object.entries(o).map(([k, v]) => k + typeof v),
    o => isNaN(o), o => [o] + '', o => o > 1, o => Object(o) === o, o => new Date(o).getTime(), o => Symbol.iterator in o, o => o[Symbol.iterator] === Array.prototype[Symbol.iterator],
  ];
  for (let i = 0; i < 30; i++) {
    const o = nodes[random(nodes.length)], n = random(acts.length);
    try {
      const r = acts[n](o);
      log.push(n + ':' + (random(4) === 0 ? show(r, 9) : typeof r === 'object' ? 'object' : String(r)));
    } catch (e) {
      // Which property of a frozen object is told, and in which words, depends on how the engine came to it; what cannot
      // be called or converted is told with its address, and by Fault in other words.
      log.push(n + ' throws ' + (/^$|^Cannot (add|define|assign|delete)|not extensible|Cyclic|Could not convert|ot a function|^length is not writable/.test(e.message) ? e.name : e));
    }
    if (random(5) === 0) names.clear();
  }
  names.clear();
  log.push(nodes.map(x => show(x, 0)).join(';'));
  return log.join('\n');
}
