// Functions that change the array they are given, and those that join arrays.

const { isIndex, isArrayLikeObject } = use('base/kind');
const { toInteger } = use('base/number');
const list = use('base/list');
const { arrayMap } = use('base/each');
const { variadic } = use('base/call');
const { compare } = use('base/order');
const { unsetAt, castPath, getAt } = use('base/path');
const { copyArray } = use('base/clone');

const size = (array) => (array === null || array === undefined ? 0 : array.length);
const cut = (array, at) => Array.prototype.splice.call(array, at, 1);

function pullFrom(array, values, iteratee, comparator) {
  if (array === values) values = copyArray(values);
  const seen = iteratee ? arrayMap(array, (value) => iteratee(value)) : array;
  for (let i = 0; i < values.length; i++) {
    const computed = iteratee ? iteratee(values[i]) : values[i];
    let at = 0;
    while ((at = find(seen, computed, at, comparator)) > -1) {
      if (seen !== array) cut(seen, at);
      cut(array, at);
    }
  }
  return array;
}

function find(array, value, from, comparator) {
  if (!comparator) return list.indexOf(array, value, from);
  for (let i = from; i < array.length; i++) if (comparator(array[i], value)) return i;
  return -1;
}

const full = (array) => array && array.length;

function pullAll(array, values) { return full(array) && full(values) ? pullFrom(array, values) : array; }

function pullAllBy(array, values, iteratee) {
  return full(array) && full(values) ? pullFrom(array, values, lib.iteratee(iteratee, 2)) : array;
}

function pullAllWith(array, values, comparator) {
  return full(array) && full(values) ? pullFrom(array, values, undefined, comparator) : array;
}

const pull = variadic((array, ...values) => pullAll(array, values));

// Indexes go from the end, so that those before keep their places.
function removeAt(array, indexes) {
  let before;
  for (let i = indexes.length; i--;) {
    const index = indexes[i];
    if (i === indexes.length - 1 || index !== before) {
      before = index;
      if (isIndex(index)) cut(array, index);
      else unsetAt(array, index);
    }
  }
  return array;
}

const pullAt = variadic((array, ...indexes) => {
  indexes = list.flatten(indexes, 1);
  const length = size(array);
  const result = indexes.map((index) => (array === null || array === undefined ? undefined : getAt(array, castPath(index, array))));
  if (array) {
    removeAt(array, arrayMap(indexes, (index) => (isIndex(index, length) ? +index : index)).sort(compare));
  }
  return result;
});

function remove(array, predicate) {
  const result = [];
  if (!full(array)) return result;
  const indexes = [];
  predicate = lib.iteratee(predicate, 3);
  for (let i = 0; i < array.length; i++) {
    const value = array[i];
    if (predicate(value, i, array)) {
      result.push(value);
      indexes.push(i);
    }
  }
  removeAt(array, indexes);
  return result;
}

function reverse(array) { return array === null || array === undefined ? array : Array.prototype.reverse.call(array); }

function concat(...args) {
  if (!args.length) return [];
  const array = args[0];
  return list.push(Array.isArray(array) ? copyArray(array) : [array], list.flatten(args.slice(1), 1));
}
Object.defineProperty(concat, 'length', { value: 0, configurable: true });

function join(array, separator) { return array === null || array === undefined ? '' : Array.prototype.join.call(array, separator); }
function flatten(array) { return size(array) ? list.flatten(array, 1) : []; }
function flattenDeep(array) { return size(array) ? list.flatten(array, Infinity) : []; }

function flattenDepth(array, depth) {
  return size(array) ? list.flatten(array, depth === undefined ? 1 : toInteger(depth)) : [];
}

return {
  concat, flatten, flattenDeep, flattenDepth, join, pull, pullAll, pullAllBy, pullAllWith, pullAt, remove, reverse, isArrayLikeObject,
};
