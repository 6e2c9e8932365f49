// Copies of values, one level or all.

const { isObject, isBuffer, isPrototype, isMap, isSet, tag, own } = use('base/kind');
const { keys, keysIn, symbols, symbolsIn, allKeys, allKeysIn } = use('base/keys');
const { assignValue, copyObject } = use('base/assign');
const { Stack } = use('base/cache');

const classes = (names) => new Set(names.split(' ').map((name) => '[object ' + name + ']'));
const views = classes('Float32Array Float64Array Int8Array Int16Array Int32Array Uint8Array Uint8ClampedArray Uint16Array Uint32Array');
const boxes = classes('Boolean Date');
const texts = classes('Number String');
const bare = classes('Map Set');
const functions = classes('Function GeneratorFunction');
const OBJECT = '[object Object]';
const ARGUMENTS = '[object Arguments]';

const copyArray = (source) => {
  const length = source.length;
  const result = Array(length);
  for (let i = 0; i < length; i++) result[i] = source[i];
  return result;
};

function cloneBytes(buffer) {
  const result = new buffer.constructor(buffer.byteLength);
  new Uint8Array(result).set(new Uint8Array(buffer));
  return result;
}

function cloneView(view, deep) {
  const buffer = deep ? cloneBytes(view.buffer) : view.buffer;
  return new view.constructor(buffer, view.byteOffset, tag(view) === '[object DataView]' ? view.byteLength : view.length);
}

const cloneBuffer = (buffer, deep) => (deep ? buffer.slice() : host.buffer().from(buffer)); // deep shares its bytes, as lodash's does

function emptyLike(object) {
  if (typeof object.constructor !== 'function' || isPrototype(object)) return {};
  return Object.create(Object.getPrototypeOf(object));
}

// The result of exec has more than its items.
function emptyArray(array) {
  const result = new array.constructor(array.length);
  if (array.length && typeof array[0] === 'string' && own(array, 'index')) {
    result.index = array.index;
    result.input = array.input;
  }
  return result;
}

// start makes the empty copy of what has a class of its own; undefined where there is no copy of such things.
function start(value, kind, deep) {
  if (boxes.has(kind)) return new value.constructor(+value);
  if (texts.has(kind)) return new value.constructor(value);
  if (bare.has(kind)) return new value.constructor();
  if (views.has(kind) || kind === '[object DataView]') return cloneView(value, deep);
  if (kind === '[object ArrayBuffer]') return cloneBytes(value);
  if (kind === '[object Symbol]') return Object(Symbol.prototype.valueOf.call(value));
  if (kind !== '[object RegExp]') return undefined;
  const result = new value.constructor(value.source, /\w*$/.exec(value));
  result.lastIndex = value.lastIndex;
  return result;
}

// A walk is what one call of clone is about: deep, with inherited keys (flat), with symbols, and the customizer.
function clone(walk, value, key, object, stack) {
  const { deep, flat, customizer } = walk;
  if (customizer) {
    const given = object ? customizer(value, key, object, stack) : customizer(value);
    if (given !== undefined) return given;
  }
  if (!isObject(value)) return value;
  const list = Array.isArray(value);
  let result;
  if (list) {
    if (!deep) return Object.assign(emptyArray(value), copyArray(value));
    result = emptyArray(value);
  } else {
    const kind = tag(value);
    const fn = functions.has(kind);
    if (isBuffer(value)) return cloneBuffer(value, deep);
    if (kind === OBJECT || kind === ARGUMENTS || (fn && !object)) {
      result = flat || fn ? {} : emptyLike(value);
      if (!deep) return shallow(value, result, flat);
    } else {
      result = start(value, kind, deep);
      if (result === undefined) return object ? value : {};
    }
  }
  stack = stack || new Stack();
  const before = stack.get(value);
  if (before) return before;
  stack.set(value, result);
  fill(walk, value, result, list, stack);
  return result;
}

function shallow(value, result, flat) {
  if (flat) {
    copyObject(value, keysIn(value), result);
    return copyObject(value, symbolsIn(value), result);
  }
  copyObject(value, keys(value), result);
  return copyObject(value, symbols(value), result);
}

function fill(walk, value, result, list, stack) {
  if (isSet(value)) value.forEach((item) => result.add(clone(walk, item, item, value, stack)));
  else if (isMap(value)) value.forEach((item, key) => result.set(key, clone(walk, item, key, value, stack)));
  if (list) {
    const length = value.length;
    for (let i = 0; i < length; i++) assignValue(result, i, clone(walk, value[i], i, value, stack));
    return;
  }
  const keysOf = walk.symbols ? (walk.flat ? allKeysIn : allKeys) : (walk.flat ? keysIn : keys);
  for (const key of keysOf(value)) assignValue(result, key, clone(walk, value[key], key, value, stack));
}

// host.clone copies plain data in Go; it gives undefined for what has anything else in it.
function cloneDeep(value) {
  return (isObject(value) && host.clone(value)) || clone({ deep: true, flat: false, symbols: true }, value);
}

return { clone, cloneDeep, copyArray, cloneBuffer, cloneView, emptyLike };
