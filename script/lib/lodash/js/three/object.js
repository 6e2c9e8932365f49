// Objects in lodash 3.

const { own, isObject, isObjectLike, isTypedArray, isLength } = use('base/kind');
const { variadic, anonymous } = use('base/call');
const base = use('three/base');
const { copyProperties } = use('three/equal');

const { nil, keys, keysIn, isArrayLike, isIterateeCall, isArguments, forOwn, over, tag } = base;

// assigner takes a customizer with its this at the end.
const assigner = (assign) => variadic((object, ...sources) => {
  let length = nil(object) ? 0 : sources.length;
  let customizer = length > 2 ? sources[length - 2] : undefined;
  const guard = length > 2 ? sources[2] : undefined;
  const self = length > 1 ? sources[length - 1] : undefined;
  if (typeof customizer === 'function') {
    customizer = base.bound(customizer, self, 5);
    length -= 2;
  } else {
    customizer = typeof self === 'function' ? self : undefined;
    length -= customizer ? 1 : 0;
  }
  if (guard && isIterateeCall(sources[0], sources[1], guard)) {
    customizer = length < 3 ? undefined : customizer;
    length = 1;
  }
  for (let i = 0; i < length; i++) if (sources[i]) assign(object, sources[i], customizer);
  return object;
});

const changes = (result, value) => (result === result ? result !== value : value === value);

function assignFrom(object, source, customizer) {
  if (!customizer) return copyProperties(source, keys(source), object);
  for (const key of keys(source)) {
    const value = object[key];
    const result = customizer(value, source[key], key, object, source);
    if (changes(result, value) || (value === undefined && !(key in object))) object[key] = result;
  }
  return object;
}

const assign = assigner(assignFrom);

function isPlainObject(value) {
  if (!(isObjectLike(value) && tag(value) === '[object Object]' && !isArguments(value))) return false;
  const make = value.constructor;
  if (!own(value, 'constructor') && typeof make === 'function' && !(make instanceof make)) return false;
  let name;
  over(value, (item, key) => {
    name = key;
  }, keysIn);
  return name === undefined || own(value, name);
}

function toPlainObject(value) { return copyProperties(value, keysIn(value)); }
const listed = (value) => isArrayLike(value) && (Array.isArray(value) || isTypedArray(value));

// Keys that reach a prototype are passed over: lodash 3.10.2 differs from 3.10.1 in this.
const forbidden = (key) => key === '__proto__' || key === 'constructor';

function mergeInto(object, source, customizer, met) {
  if (!isObject(object)) return object;
  const list = listed(source);
  const each = (key) => {
    if (forbidden(key)) return;
    const value = source[key];
    if (isObjectLike(value)) {
      mergeDeep(object, source, key, customizer, met || (met = []));
      return;
    }
    const old = object[key];
    let result = customizer ? customizer(old, value, key, object, source) : undefined;
    const common = result === undefined;
    if (common) result = value;
    if ((result !== undefined || (list && !(key in object))) && (common || changes(result, old))) object[key] = result;
  };
  if (list) for (let i = 0; i < source.length; i++) each(i);
  else keys(source).forEach(each);
  return object;
}

function mergeDeep(object, source, key, customizer, met) {
  const value = source[key];
  for (let i = met.length; i--;) {
    if (met[i][0] === value) {
      object[key] = met[i][1];
      return;
    }
  }
  const old = object[key];
  let result = customizer ? customizer(old, value, key, object, source) : undefined;
  let common = result === undefined;
  if (common) {
    result = value;
    if (listed(value)) result = Array.isArray(old) ? old : isArrayLike(old) ? base.copyArray(old) : [];
    else if (isPlainObject(value) || isArguments(value)) result = isArguments(old) ? toPlainObject(old) : isPlainObject(old) ? old : {};
    else common = false;
  }
  met.push([value, result]);
  if (common) object[key] = mergeInto(result, value, customizer, met);
  else if (changes(result, old)) object[key] = result;
}

const merge = assigner(mergeInto);
const defaulter = (assign_, customizer) => variadic((object, ...sources) => (nil(object) ? object
  : assign_(object, ...sources, customizer)));
const keep = (old, value) => (old === undefined ? value : old);
const keepDeep = (old, value) => (old === undefined ? value : merge(old, value, keepDeep));

function create(prototype, properties, guard) {
  const object = isObject(prototype) ? Object.create(prototype) : {};
  if (guard && isIterateeCall(prototype, properties, guard)) properties = undefined;
  return properties ? copyProperties(properties, keys(properties), object) : object;
}

const keyFinder = (right) => anonymous((object, predicate, thisArg) => {
  const holds = lib.callback(predicate, thisArg, 3);
  let found;
  forOwn(object, (value, key, from) => {
    if (!holds(value, key, from)) return true;
    found = key;
    return false;
  }, right);
  return found;
});

const looper = (keysOf, right) => anonymous((object, iteratee, thisArg) => over(object, base.bound(iteratee, thisArg, 3), keysOf, right));
function functions(object) { return keysIn(object).filter((key) => typeof object[key] === 'function'); }

function get(object, path, defaultValue) {
  const found = nil(object) ? undefined : base.getAt(object, base.toPath(path), path + '');
  return found === undefined ? defaultValue : found;
}

function has(object, path) {
  if (nil(object)) return false;
  let found = own(object, path);
  if (!found && !base.isKey(path)) {
    path = base.toPath(path);
    object = base.parentOf(object, path);
    if (nil(object)) return false;
    path = base.last(path);
    found = own(object, path);
  }
  return found || (isLength(object.length) && base.isIndex(path, object.length) && (Array.isArray(object) || isArguments(object)));
}

function invert(object, multiValue, guard) {
  if (guard && isIterateeCall(object, multiValue, guard)) multiValue = undefined;
  const result = {};
  for (const key of keys(object)) {
    const value = object[key];
    if (!multiValue) result[value] = key;
    else if (own(result, value)) result[value].push(key);
    else result[value] = [key];
  }
  return result;
}

const mapper = (ofKeys) => anonymous((object, iteratee, thisArg) => {
  const result = {};
  const by = lib.callback(iteratee, thisArg, 3);
  forOwn(object, (value, key, from) => {
    const mapped = by(value, key, from);
    if (ofKeys) result[mapped] = value;
    else result[key] = mapped;
  });
  return result;
});

function pickKeys(object, names) {
  object = base.toObject(object);
  const result = {};
  for (const key of names) if (key in object) result[key] = object[key];
  return result;
}

function pickWhere(object, predicate) {
  const result = {};
  over(object, (value, key, from) => {
    if (predicate(value, key, from)) result[key] = value;
  }, keysIn);
  return result;
}

const pick = variadic((object, ...props) => {
  if (nil(object)) return {};
  return typeof props[0] === 'function' ? pickWhere(object, base.bound(props[0], props[1], 3)) : pickKeys(object, base.flatten(props));
});

const omit = variadic((object, ...props) => {
  if (nil(object)) return {};
  if (typeof props[0] === 'function') {
    const holds = base.bound(props[0], props[1], 3);
    return pickWhere(object, (value, key, from) => !holds(value, key, from));
  }
  const names = new Set(base.flatten(props).map(String));
  return pickKeys(object, keysIn(object).filter((key) => !names.has(key)));
});

function pairs(object) {
  object = base.toObject(object);
  return keys(object).map((key) => [key, object[key]]);
}

function result(object, path, defaultValue) {
  let found = nil(object) ? undefined : object[path];
  if (found === undefined) {
    if (!nil(object) && !base.isKey(path, object)) {
      path = base.toPath(path);
      object = base.parentOf(object, path);
      found = nil(object) ? undefined : object[base.last(path)];
    }
    found = found === undefined ? defaultValue : found;
  }
  return typeof found === 'function' ? found.call(object) : found;
}

function set(object, path, value) {
  if (nil(object)) return object;
  const whole = path + '';
  path = !nil(object[whole]) || base.isKey(path, object) ? [whole] : base.toPath(path);
  let nested = object;
  for (let i = 0; !nil(nested) && i < path.length; i++) {
    const key = path[i];
    if (forbidden(key)) continue;
    if (isObject(nested)) {
      if (i === path.length - 1) nested[key] = value;
      else if (nil(nested[key])) nested[key] = base.isIndex(path[i + 1]) ? [] : {};
    }
    nested = nested[key];
  }
  return object;
}

function transform(object, iteratee, accumulator, thisArg) {
  const list = Array.isArray(object) || isTypedArray(object);
  iteratee = lib.callback(iteratee, thisArg, 4);
  if (nil(accumulator)) {
    const make = isObject(object) ? object.constructor : undefined;
    if (list) accumulator = Array.isArray(object) ? new make() : [];
    else accumulator = isObject(object) && typeof make === 'function' && isObject(make.prototype) ? Object.create(make.prototype) : {};
  }
  (list ? base.arrayEach : forOwn)(object, (value, key, from) => iteratee(accumulator, value, key, from));
  return accumulator;
}

const keysOf = anonymous((object) => keys(object));
function keysInOf(object) { return keysIn(object); }
Object.defineProperty(keysInOf, 'name', { value: 'keysIn', configurable: true });
function values(object) { return base.values(object); }
function valuesIn(object) { return keysIn(object).map((key) => object[key]); }

return {
  assign, extend: assign, create, defaults: defaulter(assign, keep), defaultsDeep: defaulter(merge, keepDeep), findKey: keyFinder(false),
  findLastKey: keyFinder(true), forIn: looper(keysIn, false), forInRight: looper(keysIn, true), forOwn: looper(keys, false),
  forOwnRight: looper(keys, true), functions, get, has, invert, isPlainObject, keys: keysOf, keysIn: keysInOf, mapKeys: mapper(true),
  mapValues: mapper(false), merge, methods: functions, omit, pairs, pick, result, set, toPlainObject, transform, values, valuesIn, assignFrom,
};
