// Collections in lodash 3.

const { isLength, own, isString } = use('base/kind');
const order = use('base/order');
const { variadic, anonymous } = use('base/call');
const base = use('three/base');
const { matches } = use('three/equal');

const { nil, each, arrayEach, isArrayLike, isIterateeCall } = base;
const go = (collection, fn) => (Array.isArray(collection) ? arrayEach(collection, fn) : each(collection, fn));

const looper = (right) => anonymous((collection, iteratee, thisArg) => {
  const fn = base.bound(iteratee, thisArg, 3);
  if (typeof iteratee === 'function' && thisArg === undefined && Array.isArray(collection) && !right) return arrayEach(collection, fn);
  return each(collection, fn, right);
});

function map(collection, iteratee, thisArg) {
  const by = lib.callback(iteratee, thisArg, 3);
  if (!Array.isArray(collection)) return base.map(collection, by);
  const result = Array(collection.length);
  for (let i = 0; i < result.length; i++) result[i] = by(collection[i], i, collection);
  return result;
}

function choose(collection, predicate) {
  const result = [];
  go(collection, (value, key, from) => {
    if (predicate(value, key, from)) result.push(value);
  });
  return result;
}

function filter(collection, predicate, thisArg) { return choose(collection, lib.callback(predicate, thisArg, 3)); }

function reject(collection, predicate, thisArg) {
  const holds = lib.callback(predicate, thisArg, 3);
  return choose(collection, (value, key, from) => !holds(value, key, from));
}

function any(collection, predicate, thisArg, wanted) {
  if (thisArg && isIterateeCall(collection, predicate, thisArg)) predicate = undefined;
  if (typeof predicate !== 'function' || thisArg !== undefined) predicate = lib.callback(predicate, thisArg, 3);
  let found = false;
  go(collection, (value, key, from) => {
    found = !!predicate(value, key, from) === wanted;
    return !found;
  });
  return found;
}

function every(collection, predicate, thisArg) { return !any(collection, predicate, thisArg, false); }
function some(collection, predicate, thisArg) { return any(collection, predicate, thisArg, true); }

function search(collection, predicate, right) {
  let found;
  each(collection, (value, key, from) => {
    if (!predicate(value, key, from)) return true;
    found = value;
    return false;
  }, right);
  return found;
}

const finder = (right) => anonymous((collection, predicate, thisArg) => search(collection, lib.callback(predicate, thisArg, 3), right));
const find = finder(false);
function findWhere(collection, source) { return find(collection, matches(source)); }
function where(collection, source) { return filter(collection, matches(source)); }

const aggregator = (setter, start) => anonymous((collection, iteratee, thisArg) => {
  const result = start();
  const by = lib.callback(iteratee, thisArg, 3);
  go(collection, (value, key, from) => {
    setter(result, value, by(value, key, from));
  });
  return result;
});
const object = () => ({});

function includes(collection, target, fromIndex, guard) {
  let length = collection ? base.lengthOf(collection) : 0;
  if (!isLength(length)) {
    collection = base.values(collection);
    length = collection.length;
  }
  if (typeof fromIndex !== 'number' || (guard && isIterateeCall(target, fromIndex, guard))) fromIndex = 0;
  else fromIndex = fromIndex < 0 ? Math.max(length + fromIndex, 0) : fromIndex || 0;
  if (isString(collection)) return fromIndex <= length && collection.indexOf(target, fromIndex) > -1;
  return !!length && lib.member('indexOf')(collection, target, fromIndex) > -1;
}

const invoke = variadic((collection, path, ...args) => base.map(collection, (value) => {
  const fn = typeof path === 'function' ? path : base.isKey(path) && !nil(value) ? value[path] : undefined;
  return fn ? fn.apply(value, args) : base.invokeAt(value, path, args);
}));

function pluck(collection, path) { return map(collection, base.property(path)); }

const reducer = (right) => anonymous(function (collection, iteratee, accumulator, thisArg) {
  let initial = arguments.length < 3;
  const plain = typeof iteratee === 'function' && thisArg === undefined && Array.isArray(collection);
  const by = plain ? iteratee : lib.callback(iteratee, thisArg, 4);
  each(collection, (value, key, from) => {
    if (initial) {
      initial = false;
      accumulator = value;
    } else accumulator = by(accumulator, value, key, from);
  }, right);
  return accumulator;
});

const listOf = (value) => {
  if (nil(value)) return [];
  return isArrayLike(value) ? base.toObject(value) : base.values(value);
};
const between = (low, high) => low + Math.floor(lib.random() * (high - low + 1));

function sample(collection, n, guard) {
  if (guard ? isIterateeCall(collection, n, guard) : nil(n)) {
    const list = listOf(collection);
    return list.length > 0 ? list[between(0, list.length - 1)] : undefined;
  }
  const result = lib.member('toArray')(collection);
  n = Math.min(n < 0 ? 0 : +n || 0, result.length);
  for (let i = 0; i < n; i++) {
    const j = between(i, result.length - 1);
    const value = result[j];
    result[j] = result[i];
    result[i] = value;
  }
  result.length = n;
  return result;
}

function shuffle(collection) { return sample(collection, Infinity); }

function size(collection) {
  const length = collection ? base.lengthOf(collection) : 0;
  return isLength(length) ? length : base.keys(collection).length;
}

function sorted(collection, iteratees, orders) {
  const values = [];
  const rows = iteratees.map(() => []);
  base.map(collection, (value, key, from) => {
    values.push(value);
    iteratees.forEach((by, i) => rows[i].push(by(value, key, from)));
  });
  if (values.length > 1 && rows.some((row) => row.some((value) => typeof value === 'symbol'))) {
    throw new TypeError('Cannot convert a Symbol value to a number');
  }
  return order.sortRows(values, rows, rows.map((row, i) => i < orders.length && !(orders[i] === 'asc' || orders[i] === true)));
}

function sortBy(collection, iteratee, thisArg) {
  if (nil(collection)) return [];
  if (thisArg && isIterateeCall(collection, iteratee, thisArg)) iteratee = undefined;
  return sorted(collection, [lib.callback(iteratee, thisArg, 3)], []);
}

const one = (by) => { const fn = lib.callback(by); return (value) => fn(value); };

const sortByAll = variadic((collection, ...iteratees) => {
  if (nil(collection)) return [];
  if (iteratees[2] && isIterateeCall(iteratees[0], iteratees[1], iteratees[2])) iteratees.length = 1;
  return sorted(collection, base.flatten(iteratees).map(one), []);
});

function sortByOrder(collection, iteratees, orders, guard) {
  if (nil(collection)) return [];
  if (guard && isIterateeCall(iteratees, orders, guard)) orders = undefined;
  if (!Array.isArray(iteratees)) iteratees = nil(iteratees) ? [] : [iteratees];
  if (!Array.isArray(orders)) orders = nil(orders) ? [] : [orders];
  return sorted(collection, iteratees.map(one), orders);
}

function toArray(value) {
  const length = value ? base.lengthOf(value) : 0;
  if (!isLength(length)) return base.values(value);
  return length ? base.copyArray(value) : [];
}

const forEach = looper(false);
const forEachRight = looper(true);
const reduce = reducer(false);
const reduceRight = reducer(true);
return {
  all: every, any: some, collect: map, contains: includes, detect: find, each: forEach, eachRight: forEachRight, every, filter, find,
  findLast: finder(true), findWhere, foldl: reduce, foldr: reduceRight, forEach, forEachRight, include: includes, includes, inject: reduce,
  invoke, map, pluck, reduce, reduceRight, reject, sample, select: filter, shuffle, size, some, sortBy, sortByAll, sortByOrder, toArray, where,
  groupBy: aggregator((result, value, key) => {
    if (own(result, key)) result[key].push(value);
    else result[key] = [value];
  }, object),
  countBy: aggregator((result, value, key) => {
    if (own(result, key)) ++result[key];
    else result[key] = 1;
  }, object),
  indexBy: aggregator((result, value, key) => { result[key] = value; }, object),
  partition: aggregator((result, value, key) => { result[key ? 0 : 1].push(value); }, () => [[], []]),
};
