// Equality, matching and copies as lodash 3 has them.

const { own, isObject, isObjectLike, isTypedArray } = use('base/kind');
const base = use('three/base');

const { nil, keys, same, tag } = base;
const OBJECT = '[object Object]';
const ARRAY = '[object Array]';
const kindOf = (value) => {
  if (Array.isArray(value)) return ARRAY;
  const kind = tag(value);
  return kind === '[object Arguments]' ? OBJECT : kind;
};

function equal(value, other, customizer, loose, met) {
  if (value === other) return true;
  if (nil(value) || nil(other) || (!isObject(value) && !isObjectLike(other))) return value !== value && other !== other;
  return equalDeep(value, other, customizer, loose, met || []);
}

function equalDeep(object, other, customizer, loose, met) {
  const kind = kindOf(object);
  const list = kind === ARRAY || isTypedArray(object);
  const sameKind = kind === kindOf(other);
  if (sameKind && !list && kind !== OBJECT) return equalKinds(object, other, kind);
  if (!loose) {
    const wrapped = kind === OBJECT && own(object, '__wrapped__');
    const otherWrapped = kindOf(other) === OBJECT && own(other, '__wrapped__');
    if (wrapped || otherWrapped) return equal(wrapped ? object.value() : object, otherWrapped ? other.value() : other, customizer, loose, met);
  }
  if (!sameKind) return false;
  for (let i = met.length; i--;) if (met[i][0] === object) return met[i][1] === other;
  met.push([object, other]);
  const result = (list ? equalLists : equalObjects)(object, other, customizer, loose, met);
  met.pop();
  return result;
}

const said = (customizer, loose, value, other, key) => {
  if (!customizer) return undefined;
  return loose ? customizer(other, value, key) : customizer(value, other, key);
};

function equalLists(array, other, customizer, loose, met) {
  const { length } = array;
  if (length !== other.length && !(loose && other.length > length)) return false;
  for (let i = 0; i < length; i++) {
    const value = array[i];
    const answer = said(customizer, loose, value, loose ? other[i] : other[i], i);
    if (answer !== undefined) {
      if (answer) continue;
      return false;
    }
    if (loose) {
      let found = false;
      for (let j = 0; j < other.length && !found; j++) found = value === other[j] || equal(value, other[j], customizer, loose, met);
      if (!found) return false;
    } else if (!(value === other[i] || equal(value, other[i], customizer, loose, met))) return false;
  }
  return true;
}

/* eslint-disable eqeqeq */
function equalKinds(object, other, kind) {
  switch (kind) {
    case '[object Boolean]': case '[object Date]': return +object == +other;
    case '[object Error]': return object.name == other.name && object.message == other.message;
    case '[object Number]': return object != +object ? other != +other : object == +other;
    case '[object RegExp]': case '[object String]': return object == (other + '');
    default: return false;
  }
}

function equalObjects(object, other, customizer, loose, met) {
  const names = keys(object);
  if (names.length !== keys(other).length && !loose) return false;
  for (let i = names.length; i--;) if (!(loose ? names[i] in other : own(other, names[i]))) return false;
  let free = loose;
  for (const key of names) {
    const value = object[key];
    const from = other[key];
    const answer = said(customizer, loose, value, from, key);
    if (!(answer || (answer === undefined && equal(value, from, customizer, loose, met)))) return false;
    free = free || key == 'constructor';
  }
  if (free) return true;
  const one = object.constructor;
  const two = other.constructor;
  return !(one != two && 'constructor' in object && 'constructor' in other
    && !(typeof one === 'function' && one instanceof one && typeof two === 'function' && two instanceof two));
}
/* eslint-enable eqeqeq */

const strict = (value) => value === value && !isObject(value);
const matchData = (source) => keys(source).map((key) => {
  const value = source[key];
  return [key, value, strict(value)];
});

function isMatch(object, data, customizer) {
  if (nil(object)) return !data.length;
  object = base.toObject(object);
  for (let i = data.length; i--;) {
    const [key, value, plain] = data[i];
    if (!customizer && plain ? value !== object[key] : !(key in object)) return false;
  }
  for (const [key, value, plain] of data) {
    const found = object[key];
    if (!customizer && plain) {
      if (found === undefined && !(key in object)) return false;
    } else {
      const answer = customizer ? customizer(found, value, key) : undefined;
      if (!(answer === undefined ? equal(value, found, customizer, true) : answer)) return false;
    }
  }
  return true;
}

function matches(source) {
  const data = matchData(source);
  if (data.length !== 1 || !data[0][2]) return (object) => isMatch(object, data);
  const [[key, value]] = data;
  return (object) => !nil(object) && object[key] === value && (value !== undefined || key in base.toObject(object));
}

function matchesProperty(path, value) {
  const plain = base.isKey(path) && strict(value);
  const list = Array.isArray(path);
  const whole = path + '';
  path = base.toPath(path);
  return (object) => {
    if (nil(object)) return false;
    let key = whole;
    object = base.toObject(object);
    if ((list || !plain) && !(key in object)) {
      object = base.parentOf(object, path);
      if (nil(object)) return false;
      key = base.last(path);
      object = base.toObject(object);
    }
    return object[key] === value ? value !== undefined || key in object : equal(value, object[key], undefined, true);
  };
}

const classes = (names) => new Set(names.split(' ').map((name) => '[object ' + name + ']'));
const views = classes('Float32Array Float64Array Int8Array Int16Array Int32Array Uint8Array Uint8ClampedArray Uint16Array Uint32Array');
const bytes = (buffer) => buffer.slice(0);

function start(value, kind, deep) {
  const Make = value.constructor;
  if (kind === '[object ArrayBuffer]') return bytes(value);
  if (kind === '[object Boolean]' || kind === '[object Date]') return new Make(+value);
  if (kind === '[object Number]' || kind === '[object String]') return new Make(value);
  if (views.has(kind)) return new Make(deep ? bytes(value.buffer) : value.buffer, value.byteOffset, value.length);
  if (kind !== '[object RegExp]') return undefined;
  const result = new Make(value.source, /\w*$/.exec(value));
  result.lastIndex = value.lastIndex;
  return result;
}

const empty = (object) => {
  const make = object.constructor;
  return new (typeof make === 'function' && make instanceof make ? make : Object)();
};

function copyProperties(source, names, object) {
  object = object || {};
  for (const key of names) object[key] = source[key];
  return object;
}

function clone(value, deep, customizer, key, object, met) {
  if (customizer) {
    const given = object ? customizer(value, key, object) : customizer(value);
    if (given !== undefined) return given;
  }
  if (!isObject(value)) return value;
  const list = Array.isArray(value);
  let result;
  if (list) {
    result = new value.constructor(value.length);
    if (value.length && typeof value[0] === 'string' && own(value, 'index')) Object.assign(result, { index: value.index, input: value.input });
    if (!deep) {
      for (let i = 0; i < value.length; i++) result[i] = value[i];
      return result;
    }
  } else {
    const kind = tag(value);
    const fn = kind === '[object Function]';
    if (kind === OBJECT || kind === '[object Arguments]' || (fn && !object)) {
      result = empty(fn ? {} : value);
      if (!deep) return copyProperties(value, keys(value), result);
    } else {
      result = start(value, kind, deep);
      if (result === undefined) return object ? value : {};
      return result;
    }
  }
  return fill(result);

  function fill(copy) {
    met = met || [];
    for (const [one, two] of met) if (one === value) return two;
    met.push([value, copy]);
    const go = list ? base.arrayEach : base.forOwn;
    go(value, (item, name) => {
      copy[name] = clone(item, deep, customizer, name, value, met);
    });
    return copy;
  }
}

return { equal, isMatch, matchData, matches, matchesProperty, clone, copyProperties, same };
