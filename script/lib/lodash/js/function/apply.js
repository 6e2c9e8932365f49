// Functions that change how another is called.

const { needFunction, apply, anonymous, variadic, FUNCTION_EXPECTED } = use('base/call');
const { toInteger } = use('base/number');
const { flatten } = use('base/list');
const { Cache3, MapCache } = use('base/cache');

function memoize(func, resolver) {
  const given = lib.three ? resolver : resolver !== null && resolver !== undefined;
  if (typeof func !== 'function' || (given && typeof resolver !== 'function')) {
    throw new TypeError(FUNCTION_EXPECTED);
  }
  const memoized = function (...args) {
    const key = resolver ? apply(resolver, this, args) : args[0];
    const cache = memoized.cache;
    if (cache.has(key)) return cache.get(key);
    const result = apply(func, this, args);
    memoized.cache = cache.set(key, result) || cache;
    return result;
  };
  memoized.cache = new (lib.member('memoize').Cache)();
  return memoized;
}
memoize.Cache = lib.three ? Cache3 : MapCache;

function negate(predicate) {
  needFunction(predicate);
  return function (...args) { return !apply(predicate, this, args); };
}

const callbacks = (functions) => (functions.length === 1 && Array.isArray(functions[0]) ? functions[0] : flatten(functions, 1))
  .map((fn) => lib.iteratee(fn));

const overArgs = variadic((func, ...transforms) => {
  transforms = callbacks(transforms);
  return anonymous(function (...args) {
    const length = Math.min(args.length, transforms.length);
    for (let i = 0; i < length; i++) args[i] = transforms[i].call(this, args[i]);
    return apply(func, this, args);
  });
});

// withRest calls a function with its arguments from start on as an array.
function withRest(func, start) {
  start = Math.max(start === undefined ? func.length - 1 : start, 0);
  return anonymous(function (...args) {
    const own = Array.from({ length: start }, (none, i) => args[i]);
    own.push(args.slice(start));
    return apply(func, this, own);
  });
}

function rest(func, start) {
  needFunction(func);
  return withRest(func, start === undefined ? start : toInteger(start));
}

function spread(func, start) {
  needFunction(func);
  start = start === null || start === undefined ? 0 : Math.max(toInteger(start), 0);
  return anonymous(function (...args) {
    const array = args[start];
    const own = args.slice(0, start);
    if (array) for (let i = 0; i < array.length; i++) own.push(array[i]);
    return apply(func, this, own);
  });
}

return { memoize, negate, overArgs, rest, spread };
