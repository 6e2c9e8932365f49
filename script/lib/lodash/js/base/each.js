// Going over collections. A callback that answers false ends it.

const { isArrayLike } = use('base/kind');
const { keys, keysIn } = use('base/keys');

function arrayEach(array, fn) {
  const length = array === null || array === undefined ? 0 : array.length;
  for (let i = 0; i < length; i++) if (fn(array[i], i, array) === false) break;
  return array;
}

function arrayEachRight(array, fn) {
  let i = array === null || array === undefined ? 0 : array.length;
  while (i--) if (fn(array[i], i, array) === false) break;
  return array;
}

function overKeys(object, fn, keysOf) {
  const from = Object(object);
  const names = keysOf(object);
  for (let i = 0; i < names.length; i++) if (fn(from[names[i]], names[i], from) === false) break;
  return object;
}

function overKeysRight(object, fn, keysOf) {
  const from = Object(object);
  const names = keysOf(object);
  for (let i = names.length; i--;) if (fn(from[names[i]], names[i], from) === false) break;
  return object;
}

const forOwn = (object, fn) => object && overKeys(object, fn, keys);
const forOwnRight = (object, fn) => object && overKeysRight(object, fn, keys);

function each(collection, fn) {
  if (collection === null || collection === undefined) return collection;
  if (!isArrayLike(collection)) return forOwn(collection, fn);
  const length = collection.length;
  const from = Object(collection);
  for (let i = 0; i < length; i++) if (fn(from[i], i, from) === false) break;
  return collection;
}

function eachRight(collection, fn) {
  if (collection === null || collection === undefined) return collection;
  if (!isArrayLike(collection)) return forOwnRight(collection, fn);
  let i = collection.length;
  const from = Object(collection);
  while (i--) if (fn(from[i], i, from) === false) break;
  return collection;
}

function arrayMap(array, fn) {
  const length = array === null || array === undefined ? 0 : array.length;
  const result = Array(length);
  for (let i = 0; i < length; i++) result[i] = fn(array[i], i, array);
  return result;
}

function map(collection, fn) {
  let i = -1;
  const result = isArrayLike(collection) ? Array(collection.length) : [];
  each(collection, (value, key, from) => {
    result[++i] = fn(value, key, from);
  });
  return result;
}

function arrayFilter(array, fn) {
  const length = array === null || array === undefined ? 0 : array.length;
  const result = [];
  for (let i = 0; i < length; i++) {
    const value = array[i];
    if (fn(value, i, array)) result.push(value);
  }
  return result;
}

const valuesOf = (object, names) => arrayMap(names, (key) => object[key]);

return {
  arrayEach, arrayEachRight, overKeys, overKeysRight, forOwn, forOwnRight, each, eachRight, arrayMap, map, arrayFilter, valuesOf, keysIn,
};
