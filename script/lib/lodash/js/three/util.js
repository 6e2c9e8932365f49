// Functions, numbers and utilities of lodash 3.

const { needFunction, variadic, anonymous, FUNCTION_EXPECTED } = use('base/call');
const base = use('three/base');
const { matches: matching, matchesProperty: matchingProperty, clone } = use('three/equal');

const { nil, isIterateeCall } = base;
const four = (file) => lib.use(file);

// after and before take their arguments in either order.
function turn(n, func) {
  if (typeof func === 'function') return [n, func];
  if (typeof n !== 'function') throw new TypeError(FUNCTION_EXPECTED);
  return [func, n];
}

function after(n, func) {
  [n, func] = turn(n, func);
  n = isFinite(n = +n) ? n : 0;
  return function (...args) { return --n < 1 ? func.apply(this, args) : undefined; };
}

function before(n, func) {
  [n, func] = turn(n, func);
  let result;
  return function (...args) {
    if (--n > 0) result = func.apply(this, args);
    if (n <= 1) func = undefined;
    return result;
  };
}

function once(func) { return before(2, func); }

function ary(func, n, guard) {
  if (guard && isIterateeCall(func, n, guard)) n = undefined;
  n = func && nil(n) ? func.length : Math.max(+n || 0, 0);
  return four('function/wrap').ary(func, n);
}

const currier = (name) => Object.assign(function curryFunc(func, arity, guard) {
  if (guard && isIterateeCall(func, arity, guard)) arity = undefined;
  return four('function/wrap')[name](func, nil(arity) ? undefined : Math.max(+arity || 0, 0));
}, { placeholder: _ });
const curry = currier('curry');
const curryRight = currier('curryRight');
for (const fn of [curry, curryRight]) Object.defineProperty(fn, 'length', { value: 3, configurable: true });

const bindAll = variadic((object, ...names) => {
  names = names.length ? base.flatten(names) : lib.member('functions')(object);
  for (const name of names) object[name] = lib.member('bind')(object[name], object);
  return object;
});

const modArgs = variadic((func, ...transforms) => {
  transforms = base.flatten(transforms);
  if (typeof func !== 'function' || !transforms.every((fn) => typeof fn === 'function')) throw new TypeError(FUNCTION_EXPECTED);
  return function (...args) {
    for (let i = Math.min(args.length, transforms.length); i--;) args[i] = transforms[i](args[i]);
    return func.apply(this, args);
  };
});

function restParam(func, start) {
  needFunction(func);
  start = Math.max(start === undefined ? func.length - 1 : +start || 0, 0);
  return function (...args) {
    const own = Array.from({ length: start }, (none, i) => args[i]);
    own.push(args.slice(start));
    return func.apply(this, own);
  };
}

function spread(func) {
  needFunction(func);
  return function (array) { return func.apply(this, array); };
}

const LARGE = 200; // items, from which on chains are lazy

const flowOf = (right) => variadic((...functions) => {
  if (right) functions.reverse();
  if (!functions.every((fn) => typeof fn === 'function')) throw new TypeError(FUNCTION_EXPECTED);
  const chain = functions.some((fn) => fn.name === 'wrapper') ? lib.use('util/flow').fuse(functions) : undefined;
  return function (...args) {
    if (chain && args.length === 1 && Array.isArray(args[0]) && args[0].length >= LARGE) return chain.plant(args[0]).value();
    let result = functions.length ? functions[0].apply(this, args) : args[0];
    for (let i = 1; i < functions.length; i++) result = functions[i].call(this, result);
    return result;
  };
});
const flow = flowOf(false);
const flowRight = flowOf(true);

function wrap(value, wrapper) { return lib.member('partial')(nil(wrapper) ? base.identity : wrapper, value); }
function add(augend, addend) { return (+augend || 0) + (+addend || 0); }

const rounder = (name) => anonymous((number, precision) => {
  precision = precision === undefined ? 0 : +precision || 0;
  if (!precision) return Math[name](number);
  precision = 10 ** precision;
  return Math[name](number * precision) / precision;
});

const listOf = (value) => (nil(value) ? [] : base.isArrayLike(value) ? base.toObject(value) : base.values(value));

const extremum = (better, worst) => anonymous((collection, iteratee, thisArg) => {
  if (thisArg && isIterateeCall(collection, iteratee, thisArg)) iteratee = undefined;
  iteratee = lib.callback(iteratee, thisArg, 3);
  let best = worst;
  let found = worst;
  if (iteratee.length === 1) {
    const list = Array.isArray(collection) ? collection : listOf(collection);
    for (let i = 0; i < list.length; i++) {
      const current = +iteratee(list[i]);
      if (better(current, best)) {
        best = current;
        found = list[i];
      }
    }
    if (!(list.length && found === worst)) return found;
    collection = list;
  }
  base.each(collection, (value, key, from) => {
    const current = +iteratee(value, key, from);
    if (better(current, best) || (current === worst && current === found)) {
      best = current;
      found = value;
    }
  });
  return found;
});

function sum(collection, iteratee, thisArg) {
  if (thisArg && isIterateeCall(collection, iteratee, thisArg)) iteratee = undefined;
  iteratee = lib.callback(iteratee, thisArg, 3);
  let total = 0;
  if (iteratee.length === 1) {
    const list = Array.isArray(collection) ? collection : listOf(collection);
    for (let i = list.length; i--;) total += +iteratee(list[i]) || 0;
    return total;
  }
  base.each(collection, (value, key, from) => {
    total += +iteratee(value, key, from) || 0;
  });
  return total;
}

function inRange(value, start, end) {
  start = +start || 0;
  if (end === undefined) {
    end = start;
    start = 0;
  } else end = +end || 0;
  return value >= Math.min(start, end) && value < Math.max(start, end);
}

function random(min, max, floating) {
  if (floating && isIterateeCall(min, max, floating)) max = floating = undefined;
  const noMin = nil(min);
  let noMax = nil(max);
  if (nil(floating)) {
    if (noMax && typeof min === 'boolean') {
      floating = min;
      min = 1;
    } else if (typeof max === 'boolean') {
      floating = max;
      noMax = true;
    }
  }
  if (noMin && noMax) {
    max = 1;
    noMax = false;
  }
  min = +min || 0;
  if (noMax) {
    max = min;
    min = 0;
  } else max = +max || 0;
  if (!floating && min % 1 === 0 && max % 1 === 0) return min + Math.floor(lib.random() * (max - min + 1));
  const chance = lib.random();
  return Math.min(min + chance * (max - min + parseFloat('1e-' + ((chance + '').length - 1))), max);
}

function range(start, end, step) {
  if (step && isIterateeCall(start, end, step)) end = step = undefined;
  start = +start || 0;
  step = nil(step) ? 1 : +step || 0;
  if (nil(end)) {
    end = start;
    start = 0;
  } else end = +end || 0;
  const result = Array(Math.max(Math.ceil((end - start) / (step || 1)), 0));
  for (let i = 0; i < result.length; i++, start += step) result[i] = start;
  return result;
}

function times(n, iteratee, thisArg) {
  n = Math.floor(n);
  if (n < 1 || !isFinite(n)) return [];
  const by = base.bound(iteratee, thisArg, 1);
  const result = [];
  for (let i = 0; i < n; i++) result.push(by(i));
  return result;
}

const attempt = variadic((func, ...args) => {
  try {
    return func.apply(undefined, args);
  } catch (e) {
    return lib.member('isError')(e) ? e : new Error(e);
  }
});

function uniqueId(prefix) { return base.text(prefix) + ++lib.ids; }
function matches(source) { return matching(clone(source, true)); }
function matchesProperty(path, srcValue) { return matchingProperty(path, clone(srcValue, true)); }
const method = variadic((path, ...args) => (object) => base.invokeAt(object, path, args));
const methodOf = variadic((object, ...args) => (path) => base.invokeAt(object, path, args));
function property(path) { return base.property(path); }
function propertyOf(object) { return (path) => base.getAt(object, base.toPath(path), path + ''); }

function negate(predicate) {
  needFunction(predicate);
  return function (...args) { return !predicate.apply(this, args); };
}

return {
  add, after, ary, attempt, backflow: flowRight, before, bindAll, ceil: rounder('ceil'), compose: flowRight, curry, curryRight,
  floor: rounder('floor'), flow, flowRight, inRange, matches, matchesProperty, max: extremum((a, b) => a > b, -Infinity), method, methodOf,
  min: extremum((a, b) => a < b, Infinity), modArgs, negate, once, property, propertyOf, random, range, restParam, round: rounder('round'),
  spread, sum, times, uniqueId, wrap,
};
