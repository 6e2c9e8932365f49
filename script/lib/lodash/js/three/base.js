// What the functions of lodash 3 share: its older ideas of keys, lengths, paths and callbacks. They bind a this for callbacks, and know
// no symbols, maps and sets.

const { own, isObject, isObjectLike, isLength } = use('base/kind');

const classOf = Object.prototype.toString;
const tag = (value) => classOf.call(value); // a tag that a value carries itself counts here
const MAX = 9007199254740991;
const nil = (value) => value === null || value === undefined;
const toObject = (value) => (isObject(value) ? value : Object(value));
const lengthOf = (value) => (nil(value) ? undefined : value.length);
const isArrayLike = (value) => !nil(value) && isLength(lengthOf(value));
const isIndex = (value, length) => {
  value = typeof value === 'number' || /^\d+$/.test(value) ? +value : -1;
  return value > -1 && value % 1 === 0 && value < (nil(length) ? MAX : length);
};
const isArguments = (value) => isObjectLike(value) && isArrayLike(value) && own(value, 'callee')
  && !Object.prototype.propertyIsEnumerable.call(value, 'callee');
const same = (value, other) => (value === value ? value === other : other !== other);
const text = (value) => (nil(value) ? '' : value + '');

function isIterateeCall(value, index, object) {
  if (!isObject(object)) return false;
  const type = typeof index;
  if (type === 'number' ? isArrayLike(object) && isIndex(index, object.length) : type === 'string' && index in object) {
    return same(value, object[index]);
  }
  return false;
}

function keysIn(object) {
  if (nil(object)) return [];
  object = toObject(object);
  let { length } = object;
  length = (length && isLength(length) && (Array.isArray(object) || isArguments(object)) && length) || 0;
  const make = object.constructor;
  const proto = typeof make === 'function' && make.prototype === object;
  const result = [];
  for (let i = 0; i < length; i++) result.push(i + '');
  for (const key in object) {
    if (!(length > 0 && isIndex(key, length)) && !(key === 'constructor' && (proto || !own(object, key)))) result.push(key);
  }
  return result;
}

function keys(object) {
  const make = nil(object) ? undefined : object.constructor;
  if ((typeof make === 'function' && make.prototype === object) || (typeof object !== 'function' && isArrayLike(object))) {
    const names = keysIn(object);
    const length = names.length && object.length;
    const listed = !!length && isLength(length) && (Array.isArray(object) || isArguments(object));
    return names.filter((key) => (listed && isIndex(key, length)) || own(object, key));
  }
  return isObject(object) ? Object.keys(object) : [];
}

function arrayEach(array, fn) {
  const { length } = array;
  for (let i = 0; i < length; i++) if (fn(array[i], i, array) === false) break;
  return array;
}

function over(object, fn, keysOf, right) {
  const from = toObject(object);
  const names = keysOf(object);
  if (right) names.reverse();
  for (const key of names) if (fn(from[key], key, from) === false) break;
  return object;
}

const forOwn = (object, fn, right) => over(object, fn, keys, right);

function each(collection, fn, right) {
  const length = collection ? lengthOf(collection) : 0;
  if (!isLength(length)) return forOwn(collection, fn, right);
  const from = toObject(collection);
  for (let i = right ? length - 1 : 0; right ? i >= 0 : i < length; i += right ? -1 : 1) if (fn(from[i], i, from) === false) break;
  return collection;
}

function map(collection, fn) {
  let i = -1;
  const result = isArrayLike(collection) ? Array(collection.length) : [];
  each(collection, (value, key, from) => {
    result[++i] = fn(value, key, from);
  });
  return result;
}

const { identity } = use('base/iteratee');

// bound gives a callback its this, and as many arguments as it is promised.
function bound(fn, self, count) {
  if (typeof fn !== 'function') return identity;
  if (self === undefined) return fn;
  switch (count) {
    case 1: return (value) => fn.call(self, value);
    case 3: return (value, index, collection) => fn.call(self, value, index, collection);
    case 4: return (result, value, index, collection) => fn.call(self, result, value, index, collection);
    case 5: return (value, other, key, object, source) => fn.call(self, value, other, key, object, source);
    default: return (...args) => fn.apply(self, args);
  }
}

const plainName = /^\w*$/;
const deepName = /\.|\[(?:[^[\]]*|(["'])(?:(?!\1)[^\n\\]|\\.)*?\1)\]/;

function isKey(value, object) {
  const type = typeof value;
  if ((type === 'string' && plainName.test(value)) || type === 'number') return true;
  if (Array.isArray(value)) return false;
  return !deepName.test(value) || (!nil(object) && value in toObject(object));
}

const toPath = (value) => (Array.isArray(value) ? value : use('base/path').stringToPath(text(value)).slice());

function getAt(object, path, whole) {
  if (nil(object)) return undefined;
  if (whole !== undefined && whole in toObject(object)) path = [whole];
  let i = 0;
  while (!nil(object) && i < path.length) object = object[path[i++]];
  return i && i === path.length ? object : undefined;
}

const last = (array) => (array.length ? array[array.length - 1] : undefined);
const parentOf = (object, path) => (path.length === 1 ? object : getAt(object, path.slice(0, -1)));

function invokeAt(object, path, args) {
  if (!nil(object) && !isKey(path, object)) {
    path = toPath(path);
    object = parentOf(object, path);
    path = last(path);
  }
  const fn = nil(object) ? object : object[path];
  return nil(fn) ? undefined : fn.apply(object, args);
}

function property(path) {
  if (isKey(path)) return (object) => (nil(object) ? undefined : object[path]);
  const whole = path + '';
  path = toPath(path);
  return (object) => getAt(object, path, whole);
}

function flatten(array, deep, strict, result) {
  result = result || [];
  for (let i = 0; i < array.length; i++) {
    const value = array[i];
    if (isObjectLike(value) && isArrayLike(value) && (strict || Array.isArray(value) || isArguments(value))) {
      if (deep) flatten(value, deep, strict, result);
      else for (let j = 0; j < value.length; j++) result.push(value[j]);
    } else if (!strict) result[result.length] = value;
  }
  return result;
}

function slice(array, start, end) {
  let { length } = array;
  start = nil(start) ? 0 : +start || 0;
  if (start < 0) start = -start > length ? 0 : length + start;
  end = end === undefined || end > length ? length : +end || 0;
  if (end < 0) end += length;
  length = start > end ? 0 : (end - start) >>> 0;
  start >>>= 0;
  const result = Array(length);
  for (let i = 0; i < length; i++) result[i] = array[start + i];
  return result;
}

const copyArray = (source) => Array.from({ length: source.length }, (none, i) => source[i]);
const values = (object) => keys(object).map((key) => object[key]);

return {
  nil, toObject, lengthOf, isArrayLike, isIndex, isArguments, same, text, isIterateeCall, keys, keysIn, arrayEach, over, forOwn, each, map,
  identity, bound, isKey, toPath, getAt, last, parentOf, invokeAt, property, flatten, slice, copyArray, values, tag,
};
