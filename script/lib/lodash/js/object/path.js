// Properties found along paths.

const { isPlainObject } = use('base/kind');
const { toKey } = use('base/number');
const path = use('base/path');
const { setAt, copyObject } = use('base/assign');
const { allKeysIn } = use('base/keys');
const { clone } = use('base/clone');
const { flatten } = use('base/list');
const { apply, variadic } = use('base/call');

function get(object, path_, defaultValue) { return path.get(object, path_, defaultValue); }
function has(object, path_) { return path.has(object, path_); }
function hasIn(object, path_) { return path.hasIn(object, path_); }
function set(object, path_, value) { return object === null || object === undefined ? object : setAt(object, path_, value); }
const asFunction = (customizer) => (typeof customizer === 'function' ? customizer : undefined);

function setWith(object, path_, value, customizer) {
  return object === null || object === undefined ? object : setAt(object, path_, value, asFunction(customizer));
}

function unset(object, path_) { return object === null || object === undefined ? true : path.unsetAt(object, path_); }
const updated = (object, at, updater, customizer) => setAt(object, at, updater(path.getAt(object, at)), customizer);
const castUpdater = (updater) => (typeof updater === 'function' ? updater : (value) => value);

function update(object, path_, updater) {
  return object === null || object === undefined ? object : updated(object, path_, castUpdater(updater));
}

function updateWith(object, path_, updater, customizer) {
  return object === null || object === undefined ? object : updated(object, path_, castUpdater(updater), asFunction(customizer));
}

const at = variadic((object, ...paths) => flatten(paths, 1).map((one) => path.get(object, one)));
const invoke = variadic((object, at_, ...args) => path.invokeAt(object, at_, args));

function pickWhere(object, paths, predicate) {
  const result = {};
  for (const one of paths) {
    const value = path.getAt(object, one);
    if (predicate(value, one)) setAt(result, path.castPath(one, object), value);
  }
  return result;
}

const pick = variadic((object, ...paths) => (object === null || object === undefined ? {}
  : pickWhere(object, flatten(paths, 1), (value, one) => path.hasIn(object, one))));

function pickBy(object, predicate) {
  if (object === null || object === undefined) return {};
  const names = allKeysIn(object).map((key) => [key]);
  predicate = lib.iteratee(predicate);
  return pickWhere(object, names, (value, one) => predicate(value, one[0]));
}

function omitBy(object, predicate) {
  const holds = lib.iteratee(predicate);
  return pickBy(object, (value, key) => !holds(value, key));
}

const omit = variadic((object, ...paths) => {
  let result = {};
  if (object === null || object === undefined) return result;
  let deep = false;
  paths = flatten(paths, 1).map((one) => {
    one = path.castPath(one, object);
    deep = deep || one.length > 1;
    return one;
  });
  copyObject(object, allKeysIn(object), result);
  // Only plain objects are copied on the way: the others stay shared.
  if (deep) result = clone({ deep: true, flat: true, symbols: true, customizer: (value) => (isPlainObject(value) ? undefined : value) }, result);
  for (let i = paths.length; i--;) path.unsetAt(result, paths[i]);
  return result;
});

function result(object, at_, defaultValue) {
  const keys = path.castPath(at_, object);
  if (!keys.length) {
    object = undefined;
    return typeof defaultValue === 'function' ? defaultValue.call(object) : defaultValue;
  }
  for (const one of keys) {
    let value = object === null || object === undefined ? undefined : object[toKey(one)];
    if (value === undefined) {
      value = defaultValue;
      if (typeof value === 'function') return value.call(object);
      return value;
    }
    object = typeof value === 'function' ? value.call(object) : value;
  }
  return object;
}

void apply;
return { at, get, has, hasIn, invoke, omit, omitBy, pick, pickBy, result, set, setWith, unset, update, updateWith };
