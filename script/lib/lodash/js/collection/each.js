// Going over collections, and questions about their items.

const { isArrayLike, isIterateeCall, isString, isMap, isSet, isIndex } = use('base/kind');
const { toInteger } = use('base/number');
const { keys } = use('base/keys');
const each = use('base/each');
const list = use('base/list');
const { apply, anonymous, variadic } = use('base/call');
const { invokeAt } = use('base/path');

function forEach(collection, iteratee) {
  iteratee = lib.iteratee(iteratee, 3);
  return Array.isArray(collection) ? each.arrayEach(collection, iteratee) : each.each(collection, iteratee);
}

function forEachRight(collection, iteratee) {
  iteratee = lib.iteratee(iteratee, 3);
  return Array.isArray(collection) ? each.arrayEachRight(collection, iteratee) : each.eachRight(collection, iteratee);
}

function map(collection, iteratee) {
  iteratee = lib.iteratee(iteratee, 3);
  return Array.isArray(collection) ? each.arrayMap(collection, iteratee) : each.map(collection, iteratee);
}

function flatMap(collection, iteratee) { return list.flatten(map(collection, iteratee), 1); }
function flatMapDeep(collection, iteratee) { return list.flatten(map(collection, iteratee), Infinity); }

function flatMapDepth(collection, iteratee, depth) {
  return list.flatten(map(collection, iteratee), depth === undefined ? 1 : toInteger(depth));
}

function choose(collection, predicate) {
  if (Array.isArray(collection)) return each.arrayFilter(collection, predicate);
  const result = [];
  each.each(collection, (value, key, from) => {
    if (predicate(value, key, from)) result.push(value);
  });
  return result;
}

function filter(collection, predicate) { return choose(collection, lib.iteratee(predicate, 3)); }

function reject(collection, predicate) {
  const holds = lib.iteratee(predicate, 3);
  return choose(collection, (value, key, from) => !holds(value, key, from));
}

// any goes on until the predicate gives what is looked for.
function any(collection, predicate, wanted) {
  let found = false;
  const ask = (value, key, from) => {
    found = !!predicate(value, key, from) === wanted;
    return !found;
  };
  if (Array.isArray(collection)) each.arrayEach(collection, ask);
  else each.each(collection, ask);
  return found;
}

function every(collection, predicate, guard) {
  if (guard && isIterateeCall(collection, predicate, guard)) predicate = undefined;
  return !any(collection, lib.iteratee(predicate, 3), false);
}

function some(collection, predicate, guard) {
  if (guard && isIterateeCall(collection, predicate, guard)) predicate = undefined;
  return any(collection, lib.iteratee(predicate, 3), true);
}

function finder(findIndex) {
  return anonymous((collection, predicate, fromIndex) => {
    const from = Object(collection);
    if (isArrayLike(collection)) {
      const at = inArray(findIndex)(collection, predicate, fromIndex);
      return at > -1 ? from[at] : undefined;
    }
    const holds = lib.iteratee(predicate, 3);
    const names = keys(collection);
    const at = inArray(findIndex)(names, (key) => holds(from[key], key, from), fromIndex);
    return at > -1 ? from[names[at]] : undefined;
  });
}

const inArray = (name) => lib.use('array/find')[name];
const find = finder('findIndex');
const findLast = finder('findLastIndex');

function includes(collection, value, fromIndex, guard) {
  collection = isArrayLike(collection) ? collection : each.valuesOf(collection, keys(collection));
  fromIndex = fromIndex && !guard ? toInteger(fromIndex) : 0;
  const length = collection.length;
  if (fromIndex < 0) fromIndex = Math.max(length + fromIndex, 0);
  if (isString(collection)) return fromIndex <= length && collection.indexOf(value, fromIndex) > -1;
  return !!length && list.indexOf(collection, value, fromIndex) > -1;
}

const invokeMap = variadic((collection, path, ...args) => each.map(collection, (value) => (
  typeof path === 'function' ? apply(path, value, args) : invokeAt(value, path, args))));

function fold(collection, iteratee, accumulator, initial, list, go) {
  iteratee = lib.iteratee(iteratee, 4);
  if (list && initial && collection.length) {
    const right = go === each.eachRight;
    let i = right ? collection.length : -1;
    accumulator = collection[right ? --i : ++i];
    while (right ? i-- : ++i < collection.length) accumulator = iteratee(accumulator, collection[i], i, collection);
    return accumulator;
  }
  go(collection, (value, key, from) => {
    if (initial) {
      initial = false;
      accumulator = value;
    } else accumulator = iteratee(accumulator, value, key, from);
  });
  return accumulator;
}

function reduce(collection, iteratee, accumulator) {
  return fold(collection, iteratee, accumulator, arguments.length < 3, Array.isArray(collection), each.each);
}

function reduceRight(collection, iteratee, accumulator) {
  return fold(collection, iteratee, accumulator, arguments.length < 3, Array.isArray(collection), each.eachRight);
}

function size(collection) {
  if (collection === null || collection === undefined) return 0;
  if (isArrayLike(collection)) return isString(collection) ? use('base/text').symbolsOf(collection).length : collection.length;
  return isMap(collection) || isSet(collection) ? collection.size : keys(collection).length;
}

return {
  every, filter, find, findLast, flatMap, flatMapDeep, flatMapDepth, forEach, forEachRight, includes, invokeMap, map, reduce, reduceRight,
  reject, size, some, each: forEach, eachRight: forEachRight, isIndex,
};
