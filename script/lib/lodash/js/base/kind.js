// What a value is: the class the engine gives it, and the families that functions tell apart.

const objectProto = Object.prototype;
const hasOwn = objectProto.hasOwnProperty;
const own = (object, key) => hasOwn.call(object, key);
const classOf = objectProto.toString;
const tagSymbol = Symbol.toStringTag;
const MAX_LENGTH = 4294967295;
const MAX_SAFE = 9007199254740991;

const isObject = (value) => value !== null && (typeof value === 'object' || typeof value === 'function');
const isObjectLike = (value) => value !== null && typeof value === 'object';

// A tag that the value carries itself is taken away for the question: only the built-in class counts.
function tag(value) {
  if (value === undefined) return '[object Undefined]';
  if (value === null) return '[object Null]';
  if (Array.isArray(value)) return '[object Array]';
  if (!isObject(value) || !(tagSymbol in value)) return classOf.call(value);
  const mine = own(value, tagSymbol);
  const before = value[tagSymbol];
  let hidden = false;
  try {
    value[tagSymbol] = undefined;
    hidden = true;
  } catch (e) { /* frozen or without a setter */ }
  const found = classOf.call(value);
  if (hidden) {
    if (mine) value[tagSymbol] = before;
    else delete value[tagSymbol];
  }
  return found;
}

const isFunction = (value) => typeof value === 'function';
const isSymbol = (value) => typeof value === 'symbol' || (isObjectLike(value) && tag(value) === '[object Symbol]');
const isArguments = (value) => isObjectLike(value) && !Array.isArray(value) && tag(value) === '[object Arguments]';
const isLength = (value) => typeof value === 'number' && value > -1 && value % 1 === 0 && value <= MAX_SAFE;
const isArrayLike = (value) => value !== null && value !== undefined && typeof value !== 'function' && isLength(value.length);
const isArrayLikeObject = (value) => isObjectLike(value) && isArrayLike(value);
const isView = ArrayBuffer.isView;
const isTypedArray = (value) => isView(value) && tag(value) !== '[object DataView]';
// Buffer is loaded when it is first asked for, so it is asked for what can be one only.
const isBuffer = (value) => value instanceof Uint8Array && !!host.buffer() && host.buffer().isBuffer(value);
const isMap = (value) => isObjectLike(value) && tag(value) === '[object Map]';
const isSet = (value) => isObjectLike(value) && tag(value) === '[object Set]';
const isString = (value) => typeof value === 'string'
  || (isObjectLike(value) && !Array.isArray(value) && tag(value) === '[object String]');

function isPrototype(value) {
  const make = value && value.constructor;
  return value === ((typeof make === 'function' && make.prototype) || objectProto);
}

const makeText = Function.prototype.toString;
const objectText = makeText.call(Object);

function isPlainObject(value) {
  if (!isObjectLike(value) || tag(value) !== '[object Object]') return false;
  const proto = Object.getPrototypeOf(value);
  if (proto === null) return true;
  const make = own(proto, 'constructor') && proto.constructor;
  return typeof make === 'function' && make instanceof make && makeText.call(make) === objectText;
}

const indexText = /^(?:0|[1-9]\d*)$/;

function isIndex(value, length) {
  const type = typeof value;
  if (length === undefined || length === null) length = MAX_SAFE;
  return !!length && (type === 'number' || (type !== 'symbol' && indexText.test(value)))
    && value > -1 && value % 1 === 0 && value < length;
}

const eq = (value, other) => value === other || (value !== value && other !== other);

// Says that a function was given to an iterating one, whose value, index and collection these are.
function isIterateeCall(value, index, object) {
  if (!isObject(object)) return false;
  const type = typeof index;
  if (type === 'number' ? isArrayLike(object) && isIndex(index, object.length) : type === 'string' && index in object) {
    return eq(object[index], value);
  }
  return false;
}

return {
  own, tag, isObject, isObjectLike, isFunction, isSymbol, isArguments, isLength, isArrayLike, isArrayLikeObject, isView,
  isTypedArray, isBuffer, isMap, isSet, isString, isPrototype, isPlainObject, isIndex, eq, isIterateeCall, MAX_LENGTH, MAX_SAFE,
};
