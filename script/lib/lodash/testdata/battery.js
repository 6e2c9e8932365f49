// Every function of _ called with the values of the pool. each(name, arguments, label, answer) gets the answers.

const { values, firsts, seconds, thirds, thirdFirsts, thirdSeconds } = pool;
const random = new Set(['now', 'random', 'sample', 'sampleSize', 'shuffle', 'uniqueId', 'runInContext', 'noConflict', 'mixin', 'debounce',
  'throttle', 'defer', 'delay', 'times', 'isNative', 'callback', 'iteratee', 'template', 'chain', 'range', 'rangeRight', 'repeat', 'pad', 'padEnd', 'padStart',
  'padLeft', 'padRight', 'fill', 'constant']);
const zoned = /^(words|escapeRegExp)$/; // they take the name of the time zone apart
const probes = [[], ['a'], [{ a: 1, b: 2 }], [1, 2, 3], [['a', 'b']]];

// A function that is returned is tried itself.
function settle(result) {
  if (typeof result !== 'function' || typeof result.label === 'string') return result;
  return probes.map((args) => {
    try {
      const inner = result(...args);
      return typeof inner === 'function' && !inner.label ? [inner(4), inner(5, 6, 7)] : inner;
    } catch (e) {
      return 'throws ' + e.name;
    }
  });
}

function call(name, args) {
  log.length = 0;
  const made = args.map((arg) => values[arg]());
  const text = ask(() => settle(_[name](...made)), log);
  log.length = 0;
  // What was done to the first argument shows too.
  return text + (made.length && made[0] !== null && typeof made[0] === 'object' ? ' ; ' + ask(() => made[0], []) : '');
}

const names = Object.keys(_).filter((name) => typeof _[name] === 'function' && name !== '_' && !random.has(name));
for (const name of names) {
  if (only && !new RegExp('^(?:' + only + ')$').test(name)) continue;
  each(name, 'none', '', call(name, []));
  const endless = /^(flatten|flatMap|defaultsDeep|merge)/.test(name);
  for (const one of Object.keys(values)) if (!(endless && one === 'cycle') && !(zoned.test(name) && one === 'date')) each(name, 'one', one, call(name, [one]));
  for (const one of firsts) for (const two of seconds) each(name, 'two', one + ',' + two, call(name, [one, two]));
  for (const one of thirdFirsts) {
    for (const two of thirdSeconds) for (const three of thirds) each(name, 'three', [one, two, three].join(), call(name, [one, two, three]));
  }
}
