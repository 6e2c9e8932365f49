// Writing properties, and the functions that copy them from sources.

const { eq, own, isObject, isIndex, isIterateeCall } = use('base/kind');
const { toKey } = use('base/number');
const { castPath } = use('base/path');

function put(object, key, value) {
  if (key === '__proto__') {
    Object.defineProperty(object, key, { configurable: true, enumerable: true, value, writable: true });
  } else object[key] = value;
}

function assignValue(object, key, value) {
  if (!(own(object, key) && eq(object[key], value)) || (value === undefined && !(key in object))) put(object, key, value);
}

function copyObject(source, names, object, customizer) {
  const fresh = !object;
  object = object || {};
  for (let i = 0; i < names.length; i++) {
    const key = names[i];
    let value = customizer ? customizer(object[key], source[key], key, object, source) : undefined;
    if (value === undefined) value = source[key];
    if (fresh) put(object, key, value);
    else assignValue(object, key, value);
  }
  return object;
}

// assigner makes a function of an object and sources out of one for a single source. A custom one takes a customizer last.
function assigner(assign, custom) {
  return (object, ...sources) => {
    let length = sources.length;
    let customizer = length > 1 ? sources[length - 1] : undefined;
    const guard = length > 2 ? sources[2] : undefined;
    if (custom && typeof customizer === 'function') length--;
    else customizer = undefined;
    if (guard && isIterateeCall(sources[0], sources[1], guard)) {
      if (length < 3) customizer = undefined;
      length = 1;
    }
    object = Object(object);
    for (let i = 0; i < length; i++) if (sources[i]) assign(object, sources[i], i, customizer);
    return object;
  };
}

const forbidden = (key) => key === '__proto__' || key === 'constructor' || key === 'prototype';

function setAt(object, path, value, customizer) {
  if (!isObject(object)) return object;
  path = castPath(path, object);
  const last = path.length - 1;
  let nested = object;
  for (let i = 0; nested !== null && nested !== undefined && i <= last; i++) {
    const key = toKey(path[i]);
    if (forbidden(key)) return object;
    let fresh = value;
    if (i !== last) {
      const old = nested[key];
      fresh = customizer ? customizer(old, key, nested) : undefined;
      if (fresh === undefined) fresh = isObject(old) ? old : isIndex(path[i + 1]) ? [] : {};
    }
    assignValue(nested, key, fresh);
    nested = nested[key];
  }
  return object;
}

return { put, assignValue, copyObject, assigner, setAt };
