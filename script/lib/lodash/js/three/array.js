// Arrays in lodash 3.

const { isObjectLike } = use('base/kind');
const order = use('base/order');
const { variadic, anonymous } = use('base/call');
const base = use('three/base');

const { nil, isArrayLike, isIterateeCall, slice, same } = base;
const size = (array) => (array ? array.length : 0);
const listed = (value) => isObjectLike(value) && isArrayLike(value);

function chunk(array, n, guard) {
  n = (guard ? isIterateeCall(array, n, guard) : nil(n)) ? 1 : Math.max(Math.floor(n) || 1, 1);
  const result = Array(Math.ceil(size(array) / n));
  for (let i = 0, at = 0; at < size(array); i++) result[i] = slice(array, at, at += n);
  return result;
}

function compact(array) {
  const result = [];
  for (let i = 0; i < size(array); i++) if (array[i]) result.push(array[i]);
  return result;
}

const count = (array, n, guard) => ((guard ? isIterateeCall(array, n, guard) : nil(n)) ? 1 : n);

function drop(array, n, guard) {
  if (!size(array)) return [];
  n = count(array, n, guard);
  return slice(array, n < 0 ? 0 : n);
}

function dropRight(array, n, guard) {
  const length = size(array);
  if (!length) return [];
  n = length - (+count(array, n, guard) || 0);
  return slice(array, 0, n < 0 ? 0 : n);
}

function take(array, n, guard) {
  if (!size(array)) return [];
  n = count(array, n, guard);
  return slice(array, 0, n < 0 ? 0 : n);
}

function takeRight(array, n, guard) {
  const length = size(array);
  if (!length) return [];
  n = length - (+count(array, n, guard) || 0);
  return slice(array, n < 0 ? 0 : n);
}

function whileTrue(array, predicate, dropping, right) {
  const { length } = array;
  let i = right ? length : -1;
  while ((right ? i-- : ++i < length) && predicate(array[i], i, array));
  return dropping ? slice(array, right ? 0 : i, right ? i + 1 : length) : slice(array, right ? i + 1 : 0, right ? length : i);
}

const whiles = (array, predicate, self, dropping, right) => (size(array)
  ? whileTrue(array, lib.callback(predicate, self, 3), dropping, right) : []);
function dropWhile(array, predicate, thisArg) { return whiles(array, predicate, thisArg, true, false); }
function dropRightWhile(array, predicate, thisArg) { return whiles(array, predicate, thisArg, true, true); }
function takeWhile(array, predicate, thisArg) { return whiles(array, predicate, thisArg, false, false); }
function takeRightWhile(array, predicate, thisArg) { return whiles(array, predicate, thisArg, false, true); }

function fill(array, value, start, end) {
  const length = size(array);
  if (!length) return [];
  if (start && typeof start !== 'number' && isIterateeCall(array, value, start)) {
    start = 0;
    end = length;
  }
  start = nil(start) ? 0 : +start || 0;
  if (start < 0) start = -start > length ? 0 : length + start;
  end = end === undefined || end > length ? length : +end || 0;
  if (end < 0) end += length;
  const stop = start > end ? 0 : end >>> 0;
  for (start >>>= 0; start < stop; start++) array[start] = value;
  return array;
}

function whereIs(array, fn, right) {
  const { length } = array;
  let i = right ? length : -1;
  while (right ? i-- : ++i < length) if (fn(array[i], i, array)) return i;
  return -1;
}

const indexFinder = (right) => anonymous((array, predicate, thisArg) => (size(array)
  ? whereIs(array, lib.callback(predicate, thisArg, 3), right) : -1));

function first(array) { return array ? array[0] : undefined; }
function last(array) { return size(array) ? array[array.length - 1] : undefined; }
function initial(array) { return dropRight(array, 1); }
function rest(array) { return drop(array, 1); }

function flatten(array, isDeep, guard) {
  if (guard && isIterateeCall(array, isDeep, guard)) isDeep = false;
  return size(array) ? base.flatten(array, isDeep) : [];
}

function flattenDeep(array) { return size(array) ? base.flatten(array, true) : []; }

function place(array, value, from) {
  for (let i = from; i < array.length; i++) if (same(value, array[i])) return i;
  return -1;
}

function indexOf(array, value, fromIndex) {
  const length = size(array);
  if (!length) return -1;
  if (typeof fromIndex === 'number') fromIndex = fromIndex < 0 ? Math.max(length + fromIndex, 0) : fromIndex;
  else if (fromIndex) {
    const at = order.placeSimple(array, value);
    return at < length && same(value, array[at]) ? at : -1;
  }
  return place(array, value, fromIndex || 0);
}

function lastIndexOf(array, value, fromIndex) {
  const length = size(array);
  if (!length) return -1;
  let at = length;
  if (typeof fromIndex === 'number') at = (fromIndex < 0 ? Math.max(length + fromIndex, 0) : Math.min(fromIndex || 0, length - 1)) + 1;
  else if (fromIndex) {
    at = order.placeSimple(array, value, true) - 1;
    return same(value, array[at]) ? at : -1;
  }
  while (at--) if (same(value, array[at])) return at;
  return -1;
}

function without_(array, values) {
  const known = new Set(base.copyArray(values));
  const result = [];
  for (let i = 0; i < size(array); i++) if (!known.has(array[i])) result.push(array[i]);
  return result;
}

function named(name, fn) {
  return Object.defineProperty(variadic(fn), 'name', { value: name, configurable: true });
}

const difference = variadic((array, ...values) => (listed(array) ? without_(array, base.flatten(values, false, true)) : []));
const without = variadic((array, ...values) => (isArrayLike(array) ? without_(array, values) : []));

function unique(array, iteratee) {
  const result = [];
  const seen = new Set();
  for (let i = 0; i < array.length; i++) {
    const computed = iteratee ? iteratee(array[i], i, array) : array[i];
    if (seen.has(computed)) continue;
    seen.add(computed);
    result.push(array[i]);
  }
  return result;
}

const union = variadic((...arrays) => unique(base.flatten(arrays, false, true)));

function uniq(array, isSorted, iteratee, thisArg) {
  if (!size(array)) return [];
  if (!nil(isSorted) && typeof isSorted !== 'boolean') {
    thisArg = iteratee;
    iteratee = isIterateeCall(array, isSorted, thisArg) ? undefined : isSorted;
    isSorted = false;
  }
  const by = nil(iteratee) && !lib.hasCallback() ? undefined : lib.callback(iteratee, thisArg, 3);
  if (!isSorted) return unique(array, by);
  const result = [];
  let seen;
  for (let i = 0; i < array.length; i++) {
    const computed = by ? by(array[i], i, array) : array[i];
    if (!i || seen !== computed) {
      seen = computed;
      result.push(array[i]);
    }
  }
  return result;
}

const intersection = variadic((...arrays) => {
  const lists = arrays.map((array) => (isArrayLike(array) ? array : []));
  const sets = lists.slice(1).map((list) => new Set(base.copyArray(list)));
  return lists.length ? unique(base.copyArray(lists[0]).filter((value) => sets.every((set) => set.has(value)))) : [];
});

const xor = named('xor', (...arrays) => {
  let result;
  for (const array of arrays) if (isArrayLike(array)) result = result ? without_(result, array).concat(without_(array, result)) : array;
  return result ? unique(result) : [];
});

function zipObject(props, values) {
  const result = {};
  const length = size(props);
  if (length && !values && !Array.isArray(props[0])) values = [];
  for (let i = 0; i < length; i++) {
    const key = props[i];
    if (values) result[key] = values[i];
    else if (key) result[key[0]] = key[1];
  }
  return result;
}

const pull = named('pull', (array, ...values) => {
  if (!size(array)) return array;
  for (const value of values) for (let at = 0; (at = place(array, value, at)) > -1;) Array.prototype.splice.call(array, at, 1);
  return array;
});

function at_(collection, props) {
  const list = !nil(collection) && isArrayLike(collection);
  return props.map((key) => {
    if (list) return base.isIndex(key, collection.length) ? collection[key] : undefined;
    return nil(collection) ? undefined : collection[key];
  });
}

const at = variadic((collection, ...props) => at_(collection, base.flatten(props)));

function removeAt(array, indexes) {
  let before;
  for (let i = array ? indexes.length : 0; i--;) {
    const index = indexes[i];
    if (index != before && base.isIndex(index)) { // eslint-disable-line eqeqeq
      before = index;
      Array.prototype.splice.call(array, index, 1);
    }
  }
  return array;
}

const pullAt = variadic((array, ...indexes) => {
  indexes = base.flatten(indexes);
  const result = at_(array, indexes);
  removeAt(array, indexes.sort(order.compare));
  return result;
});

function remove(array, predicate, thisArg) {
  const result = [];
  if (!size(array)) return result;
  const indexes = [];
  predicate = lib.callback(predicate, thisArg, 3);
  for (let i = 0; i < array.length; i++) {
    if (predicate(array[i], i, array)) {
      result.push(array[i]);
      indexes.push(i);
    }
  }
  removeAt(array, indexes);
  return result;
}

function sliceOf(array, start, end) {
  const length = size(array);
  if (!length) return [];
  if (end && typeof end !== 'number' && isIterateeCall(array, start, end)) return slice(array, 0, length);
  return slice(array, start, end);
}
Object.defineProperty(sliceOf, 'name', { value: 'slice', configurable: true });

const sortedPlace = (highest) => anonymous((array, value, iteratee, thisArg) => (nil(iteratee) && !lib.hasCallback()
  ? order.placeSimple(array || [], value, highest) : order.place(array || [], value, lib.callback(iteratee, thisArg, 1), highest)));

function unzip(array) {
  if (!size(array)) return [];
  let length = 0;
  const lists = Array.prototype.filter.call(array, (group) => {
    if (!isArrayLike(group)) return false;
    length = Math.max(group.length, length);
    return true;
  });
  return Array.from({ length }, (none, i) => lists.map((group) => group[i]));
}

function unzipWith(array, iteratee, thisArg) {
  if (!size(array)) return [];
  const groups = unzip(array);
  if (nil(iteratee)) return groups;
  const by = base.bound(iteratee, thisArg, 4);
  return groups.map((group) => (group.length ? group.reduce((result, value, i) => by(result, value, i, group)) : undefined));
}

const zip = variadic((...arrays) => unzip(arrays));

const zipWith = variadic((...arrays) => {
  let { length } = arrays;
  let iteratee = length > 2 ? arrays[length - 2] : undefined;
  let self = length > 1 ? arrays[length - 1] : undefined;
  if (length > 2 && typeof iteratee === 'function') length -= 2;
  else {
    iteratee = length > 1 && typeof self === 'function' ? self : undefined;
    if (iteratee) length--;
    self = undefined;
  }
  return unzipWith(arrays.slice(0, length), iteratee, self);
});

return {
  at, chunk, compact, difference, drop, dropRight, dropRightWhile, dropWhile, fill, findIndex: indexFinder(false),
  findLastIndex: indexFinder(true), first, flatten, flattenDeep, head: first, indexOf, initial, intersection, last, lastIndexOf,
  object: zipObject, pull, pullAt, remove, rest, slice: sliceOf, sortedIndex: sortedPlace(false), sortedLastIndex: sortedPlace(true),
  tail: rest, take, takeRight, takeRightWhile, takeWhile, union, uniq, unique: uniq, unzip, unzipWith, without, xor, zip, zipObject, zipWith,
};
