// merge: sources written into an object, level by level.

const {
  isObject, isFunction, isBuffer, isTypedArray, isArrayLikeObject, isPlainObject, isArguments, eq,
} = use('base/kind');
const { keysIn } = use('base/keys');
const { overKeys } = use('base/each');
const { put, copyObject } = use('base/assign');
const { copyArray, cloneBuffer, cloneView, emptyLike } = use('base/clone');
const { Stack } = use('base/cache');

const toPlainObject = (value) => copyObject(value, keysIn(value));

function putMerged(object, key, value) {
  if ((value !== undefined && !eq(object[key], value)) || (value === undefined && !(key in object))) put(object, key, value);
}

// Keys that reach a prototype are not read.
function safeGet(object, key) {
  if (key === '__proto__' || (key === 'constructor' && typeof object[key] === 'function')) return undefined;
  return object[key];
}

function merge(object, source, customizer, stack) {
  if (object === source) return;
  overKeys(source, (value, key) => {
    stack = stack || new Stack();
    if (isObject(value)) {
      mergeDeep(object, source, key, customizer, stack);
      return;
    }
    const given = customizer ? customizer(safeGet(object, key), value, key + '', object, source, stack) : undefined;
    putMerged(object, key, given === undefined ? value : given);
  }, keysIn);
}

// base gives the value that a source's object is merged into, and whether it is to be filled.
function base(old, value) {
  const list = Array.isArray(value);
  const buffer = !list && isBuffer(value);
  const typed = !list && !buffer && isTypedArray(value);
  if (list || buffer || typed) {
    if (Array.isArray(old)) return [old, true];
    if (isArrayLikeObject(old)) return [copyArray(old), true];
    if (buffer) return [cloneBuffer(value, true), false];
    return typed ? [cloneView(value, true), false] : [[], true];
  }
  if (!isPlainObject(value) && !isArguments(value)) return [value, false];
  if (isArguments(old)) return [toPlainObject(old), true];
  return [!isObject(old) || isFunction(old) ? emptyLike(value) : old, true];
}

function mergeDeep(object, source, key, customizer, stack) {
  const old = safeGet(object, key);
  const value = safeGet(source, key);
  const met = stack.get(value);
  if (met) {
    putMerged(object, key, met);
    return;
  }
  let result = customizer ? customizer(old, value, key + '', object, source, stack) : undefined;
  if (result === undefined) {
    let fill;
    [result, fill] = base(old, value);
    if (fill) {
      stack.set(value, result);
      merge(result, value, customizer, stack);
      stack.delete(value);
    }
  }
  putMerged(object, key, result);
}

function mergeDefaults(old, value, key, object, source, stack) {
  if (isObject(old) && isObject(value)) {
    stack.set(value, old);
    merge(old, value, mergeDefaults, stack);
    stack.delete(value);
  }
  return old;
}

return { merge, mergeDefaults, toPlainObject };
