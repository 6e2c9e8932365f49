// Functions made out of functions and values.

const { isObject, isIterateeCall } = use('base/kind');
const { toInteger } = use('base/number');
const { keys } = use('base/keys');
const { apply, anonymous, variadic, needFunction } = use('base/call');
const { flatten } = use('base/list');
const path = use('base/path');
const shorthand = use('base/iteratee');
const { cloneDeep } = use('base/clone');
const { identity } = shorthand;

const attempt = variadic((func, ...args) => {
  try {
    return apply(func, undefined, args);
  } catch (e) {
    return lib.member('isError')(e) ? e : new Error(e);
  }
});

function cond(pairs) {
  const cases = use('base/each').arrayMap(pairs && pairs.length ? pairs : [], (pair) => {
    needFunction(pair[1]);
    return [lib.iteratee(pair[0]), pair[1]];
  });
  return anonymous(function (...args) {
    for (const pair of cases) if (apply(pair[0], this, args)) return apply(pair[1], this, args);
    return undefined;
  });
}

function constant(value) { return () => value; }
function defaultTo(value, defaultValue) { return value === null || value === undefined || value !== value ? defaultValue : value; }

// PLANNED is what ary, rearg and curry in this order, called with some arguments, make of a function: see function/wrap.
const PLANNED = 128 | 256 | 8 | 32;

// fuse makes a chain of functions one after the other, which ends early like any other.
function fuse(functions) {
  const { plans, lazy } = lib.use('function/wrap').inside;
  let chain = _.chain([]);
  for (const fn of functions) {
    const plan = fn.name === 'wrapper' ? plans.get(fn) : undefined;
    const planned = plan && plan.how === PLANNED && !plan.leftGaps.length && plan.arity === 1;
    const name = planned ? lazy(plan.fn) : fn.length === 1 ? lazy(fn) : undefined;
    chain = name ? chain[name](...(planned ? plan.left : [])) : chain.thru(fn);
  }
  return chain;
}

function flowOf(right) {
  return variadic((...functions) => {
    functions = flatten(functions, 1);
    if (right) functions.reverse();
    for (let i = functions.length; i--;) needFunction(functions[i]);
    const chain = functions.some((fn) => fn.name === 'wrapper') ? fuse(functions) : undefined;
    return function (...args) {
      if (chain && args.length === 1 && Array.isArray(args[0])) return chain.plant(args[0]).value();
      let result = functions.length ? apply(functions[0], this, args) : args[0];
      for (let i = 1; i < functions.length; i++) result = functions[i].call(this, result);
      return result;
    };
  });
}

function iteratee(func) { return shorthand.iteratee(typeof func === 'function' ? func : cloneDeep(func)); }
function matches(source) { return shorthand.matches(cloneDeep(source)); }
function matchesProperty(path_, srcValue) { return shorthand.matchesProperty(path_, cloneDeep(srcValue)); }
const method = variadic((at, ...args) => (object) => path.invokeAt(object, at, args));
const methodOf = variadic((object, ...args) => (at) => path.invokeAt(object, at, args));
function property(path_) { return shorthand.property(path_); }
function propertyOf(object) { return (at) => (object === null || object === undefined ? undefined : path.getAt(object, at)); }

function nthArg(n) {
  n = toInteger(n);
  return variadic((...args) => {
    if (!args.length) return undefined;
    const at = n < 0 ? n + args.length : n;
    return use('base/kind').isIndex(at, args.length) ? args[at] : undefined;
  });
}

// overOf makes a function that asks several: all of them, or until one settles it.
function overOf(settle) {
  return variadic((...iteratees) => {
    const list = flatten(iteratees, 1).map((one) => lib.iteratee(one));
    return anonymous(function (...args) { return settle(list, (fn) => apply(fn, this, args)); });
  });
}

function times(n, iteratee_) {
  n = toInteger(n);
  if (n < 1 || n > 9007199254740991) return [];
  const length = Math.min(n, 4294967295);
  const fn = typeof iteratee_ === 'function' ? iteratee_ : identity;
  const by = lib.iteratee(fn === identity && iteratee_ !== undefined ? identity : fn);
  const result = Array(length);
  for (let i = 0; i < length; i++) result[i] = by(i);
  for (let i = length; i < n; i++) by(i);
  return result;
}

function noop() {}
function stubArray() { return []; }
function stubFalse() { return false; }
function stubObject() { return {}; }
function stubString() { return ''; }
function stubTrue() { return true; }
const now = () => lib.now();
if (!lib.three) anonymous(now);

function uniqueId(prefix) {
  const id = ++lib.ids;
  return use('base/number').toString(prefix) + id;
}

function noConflict() {
  if (lib.root._ === _) lib.root._ = lib.old;
  return _;
}

void isObject;
void isIterateeCall;
void keys;
return {
  attempt, cond, constant, defaultTo, fuse, flow: flowOf(false), flowRight: flowOf(true), identity, iteratee, matches, matchesProperty, method,
  methodOf, noConflict, noop, now, nthArg, over: overOf((list, ask) => list.map(ask)), overEvery: overOf((list, ask) => list.every(ask)),
  overSome: overOf((list, ask) => list.some(ask)), property, propertyOf, stubArray, stubFalse, stubObject, stubString, stubTrue, times,
  uniqueId,
};
