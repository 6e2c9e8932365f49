// Deep equality, whole or of a part: what isEqual, isMatch and the shorthands of iteratees share.

const { isObjectLike, isBuffer, isTypedArray, isArguments, tag, own, eq } = use('base/kind');
const { keys, allKeys } = use('base/keys');
const { Stack } = use('base/cache');

const OBJECT = '[object Object]';
const ARRAY = '[object Array]';

// A test is what one comparison is about: part (other may have more), unordered, and the customizer.
function equal(test, value, other, stack) {
  if (value === other) return true;
  if (value === null || value === undefined || other === null || other === undefined || (!isObjectLike(value) && !isObjectLike(other))) {
    return value !== value && other !== other;
  }
  return equalDeep(test, value, other, stack);
}

function kindOf(value) {
  if (Array.isArray(value)) return ARRAY;
  const kind = tag(value);
  return kind === '[object Arguments]' ? OBJECT : kind;
}

function equalDeep(test, value, other, stack) {
  const kind = kindOf(value);
  const otherKind = kindOf(other);
  const same = kind === otherKind;
  let list = kind === ARRAY;
  let object = kind === OBJECT;
  if (same && isBuffer(value)) {
    if (!isBuffer(other)) return false;
    list = true;
    object = false;
  }
  if (same && !object) {
    stack = stack || new Stack();
    return list || isTypedArray(value) ? equalLists(test, value, other, stack) : equalKinds(test, kind, value, other, stack);
  }
  if (!test.part) {
    const wrapped = object && own(value, '__wrapped__');
    const otherWrapped = otherKind === OBJECT && own(other, '__wrapped__');
    if (wrapped || otherWrapped) {
      return equal(test, wrapped ? value.value() : value, otherWrapped ? other.value() : other, stack || new Stack());
    }
  }
  return same && equalObjects(test, value, other, stack || new Stack());
}

const asks = (test, value, other, key, object, from, stack) => (test.part
  ? test.customizer(other, value, key, from, object, stack)
  : test.customizer(value, other, key, object, from, stack));

// The end of a cycle: each of the two has been met already, and they must have been met together.
function metBefore(stack, value, other) {
  const one = stack.get(value);
  const two = stack.get(other);
  return one && two ? [one === other && two === value] : undefined;
}

function equalLists(test, array, other, stack) {
  const length = array.length;
  if (length !== other.length && !(test.part && other.length > length)) return false;
  const met = metBefore(stack, array, other);
  if (met) return met[0];
  const seen = test.unordered ? new Set() : undefined;
  stack.set(array, other);
  stack.set(other, array);
  let result = true;
  for (let i = 0; i < length && result; i++) {
    const value = array[i];
    const from = other[i];
    const said = test.customizer ? asks(test, value, from, i, array, other, stack) : undefined;
    if (said !== undefined) result = !!said;
    else if (seen) result = findsItem(test, value, other, seen, stack);
    else result = value === from || equal(test, value, from, stack);
  }
  stack.delete(array);
  stack.delete(other);
  return result;
}

function findsItem(test, value, other, seen, stack) {
  const length = other.length;
  for (let i = 0; i < length; i++) {
    if (!seen.has(i) && (value === other[i] || equal(test, value, other[i], stack))) {
      seen.add(i);
      return true;
    }
  }
  return false;
}

function equalKinds(test, kind, value, other, stack) {
  switch (kind) {
    case '[object DataView]':
      if (value.byteLength !== other.byteLength || value.byteOffset !== other.byteOffset) return false;
      return equalBytes(value.buffer, other.buffer);
    case '[object ArrayBuffer]': return equalBytes(value, other);
    case '[object Boolean]': case '[object Date]': case '[object Number]': return eq(+value, +other);
    case '[object Error]': return value.name == other.name && value.message == other.message; // eslint-disable-line eqeqeq
    case '[object RegExp]': case '[object String]': return value == (other + ''); // eslint-disable-line eqeqeq
    case '[object Map]': return equalEntries(test, value, other, (map) => Array.from(map), stack);
    case '[object Set]': return equalEntries(test, value, other, (set) => Array.from(set), stack);
    case '[object Symbol]': return Symbol.prototype.valueOf.call(value) === Symbol.prototype.valueOf.call(other);
    default: return false;
  }
}

// The customizer is not asked about bytes.
const equalBytes = (value, other) => value.byteLength === other.byteLength && equal({}, new Uint8Array(value), new Uint8Array(other));

function equalEntries(test, value, other, list, stack) {
  if (value.size !== other.size && !test.part) return false;
  const met = stack.get(value);
  if (met) return met === other;
  stack.set(value, other);
  const result = equalLists({ part: test.part, unordered: true, customizer: test.customizer }, list(value), list(other), stack);
  stack.delete(value);
  return result;
}

function equalObjects(test, object, other, stack) {
  const names = allKeys(object);
  if (names.length !== allKeys(other).length && !test.part) return false;
  for (let i = names.length; i--;) if (!(test.part ? names[i] in other : own(other, names[i]))) return false;
  const met = metBefore(stack, object, other);
  if (met) return met[0];
  stack.set(object, other);
  stack.set(other, object);
  let result = true;
  let free = test.part; // of the question whether the constructors are the same
  for (let i = 0; i < names.length; i++) {
    const key = names[i];
    const value = object[key];
    const from = other[key];
    const said = test.customizer ? asks(test, value, from, key, object, other, stack) : undefined;
    if (!(said === undefined ? value === from || equal(test, value, from, stack) : said)) {
      result = false;
      break;
    }
    free = free || key === 'constructor';
  }
  if (result && !free) result = sameConstructor(object, other);
  stack.delete(object);
  stack.delete(other);
  return result;
}

function sameConstructor(object, other) {
  const one = object.constructor;
  const two = other.constructor;
  return one === two || !('constructor' in object && 'constructor' in other)
    || (typeof one === 'function' && one instanceof one && typeof two === 'function' && two instanceof two);
}

const whole = {};

// host.equal compares plain data in Go; it gives undefined where there is anything else.
function isEqual(value, other) {
  if (isObjectLike(value) && isObjectLike(other)) {
    const said = host.equal(value, other);
    if (said !== undefined) return said;
  }
  return equal(whole, value, other);
}

return { equal, isEqual, keys, isArguments };
