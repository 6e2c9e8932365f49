// Going over the properties of objects.

const { isFunction, isMap, isSet, isObject, isBuffer, isTypedArray } = use('base/kind');
const { keys, keysIn, allKeysIn } = use('base/keys');
const each = use('base/each');
const { put } = use('base/assign');
const { anonymous } = use('base/call');

const by3 = (iteratee) => lib.iteratee(iteratee, 3);

function forIn(object, iteratee) { return object === null || object === undefined ? object : each.overKeys(object, by3(iteratee), keysIn); }

function forInRight(object, iteratee) {
  return object === null || object === undefined ? object : each.overKeysRight(object, by3(iteratee), keysIn);
}

function forOwn(object, iteratee) { return object && each.forOwn(object, by3(iteratee)); }
function forOwnRight(object, iteratee) { return object && each.forOwnRight(object, by3(iteratee)); }

function keyWhere(object, predicate, go) {
  let found;
  go(object, (value, key, from) => {
    if (!predicate(value, key, from)) return true;
    found = key;
    return false;
  });
  return found;
}

function findKey(object, predicate) { return keyWhere(object, by3(predicate), each.forOwn); }
function findLastKey(object, predicate) { return keyWhere(object, by3(predicate), each.forOwnRight); }

function mapKeys(object, iteratee) {
  const result = {};
  iteratee = by3(iteratee);
  each.forOwn(object, (value, key, from) => {
    put(result, iteratee(value, key, from), value);
  });
  return result;
}

function mapValues(object, iteratee) {
  const result = {};
  iteratee = by3(iteratee);
  each.forOwn(object, (value, key, from) => {
    put(result, key, iteratee(value, key, from));
  });
  return result;
}

const functionNames = (object, names) => names.filter((key) => isFunction(object[key]));
function functions(object) { return object === null || object === undefined ? [] : functionNames(object, keys(object)); }
function functionsIn(object) { return object === null || object === undefined ? [] : functionNames(object, keysIn(object)); }
function keysOf(object) { return keys(object); }
function keysInOf(object) { return keysIn(object); }
Object.defineProperty(keysOf, 'name', { value: 'keys', configurable: true });
Object.defineProperty(keysInOf, 'name', { value: 'keysIn', configurable: true });
function values(object) { return object === null || object === undefined ? [] : each.valuesOf(object, keys(object)); }
function valuesIn(object) { return object === null || object === undefined ? [] : each.valuesOf(object, keysIn(object)); }

function pairs(names) {
  return anonymous((object) => {
    if (isMap(object)) return Array.from(object);
    if (isSet(object)) return Array.from(object, (value) => [value, value]);
    return each.arrayMap(names(object), (key) => [key, object[key]]);
  });
}

const toPairs = pairs(keys);
const toPairsIn = pairs(keysIn);

const textOf = Object.prototype.toString;
const asKey = (value) => (value !== null && value !== undefined && typeof value.toString !== 'function' ? textOf.call(value) : value);

const invert = anonymous((object, guard) => {
  const result = {};
  each.forOwn(object, (value, key) => {
    result[asKey(value)] = key;
  });
  return result;
});

const invertBy = anonymous((object, iteratee) => {
  const by = lib.iteratee(iteratee, 2);
  const result = {};
  each.forOwn(object, (value, key) => {
    const name = by(asKey(value));
    if (Object.prototype.hasOwnProperty.call(result, name)) result[name].push(key);
    else result[name] = [key];
  });
  return result;
});

function transform(object, iteratee, accumulator) {
  const array = Array.isArray(object);
  const listed = array || isBuffer(object) || isTypedArray(object);
  iteratee = lib.iteratee(iteratee, 4);
  if (accumulator === null || accumulator === undefined) {
    const make = object && object.constructor;
    if (listed) accumulator = array ? new make() : [];
    else if (isObject(object)) accumulator = isFunction(make) ? use('base/clone').emptyLike(object) : {};
    else accumulator = {};
  }
  const go = listed ? each.arrayEach : each.forOwn;
  go(object, (value, key, from) => iteratee(accumulator, value, key, from));
  return accumulator;
}

void allKeysIn;
return {
  entries: toPairs, entriesIn: toPairsIn, findKey, findLastKey, forIn, forInRight, forOwn, forOwnRight, functions, functionsIn, invert,
  invertBy, keys: keysOf, keysIn: keysInOf, mapKeys, mapValues, toPairs, toPairsIn, transform, values, valuesIn,
};
