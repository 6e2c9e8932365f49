// Questions about what a value is.

const kind = use('base/kind');
const { keys } = use('base/keys');
const { toInteger } = use('base/number');
const { anonymous } = use('base/call');

const { isObjectLike, tag, own } = kind;
const having = (name) => anonymous((value) => isObjectLike(value) && tag(value) === '[object ' + name + ']');

function isArguments(value) { return kind.isArguments(value); }
Object.defineProperty(isArguments, 'name', { value: 'baseIsArguments', configurable: true });
function isArrayLike(value) { return kind.isArrayLike(value); }
function isArrayLikeObject(value) { return kind.isArrayLikeObject(value); }
function isBoolean(value) { return value === true || value === false || (isObjectLike(value) && tag(value) === '[object Boolean]'); }
function isBuffer(value) { return kind.isBuffer(value); }
function isElement(value) { return isObjectLike(value) && value.nodeType === 1 && !kind.isPlainObject(value); }

function isEmpty(value) {
  if (value === null || value === undefined) return true;
  const listed = Array.isArray(value) || typeof value === 'string' || typeof value.splice === 'function' || kind.isBuffer(value)
    || kind.isTypedArray(value) || kind.isArguments(value);
  if (listed && kind.isArrayLike(value)) return !value.length;
  if (kind.isMap(value) || kind.isSet(value)) return !value.size;
  if (kind.isPrototype(value)) return !keys(value).length;
  for (const key in Object(value)) if (own(value, key)) return false;
  return true;
}

function isError(value) {
  if (!isObjectLike(value)) return false;
  const name = tag(value);
  return name === '[object Error]' || name === '[object DOMException]'
    || (typeof value.message === 'string' && typeof value.name === 'string' && !kind.isPlainObject(value));
}

function isFinite(value) { return typeof value === 'number' && lib.isFinite(value); }
function isFunction(value) { return kind.isFunction(value); }
function isInteger(value) { return typeof value === 'number' && value === toInteger(value); }
function isLength(value) { return kind.isLength(value); }
function isNumber(value) { return typeof value === 'number' || (isObjectLike(value) && tag(value) === '[object Number]'); }
function isNaN(value) { return isNumber(value) && value != +value; } // eslint-disable-line eqeqeq, no-self-compare
function isNil(value) { return value === null || value === undefined; }
function isNull(value) { return value === null; }
function isObject(value) { return kind.isObject(value); }
function isPlainObject(value) { return kind.isPlainObject(value); }
function isSafeInteger(value) { return isInteger(value) && value >= -kind.MAX_SAFE && value <= kind.MAX_SAFE; }
function isString(value) { return kind.isString(value); }
function isSymbol(value) { return kind.isSymbol(value); }
function isUndefined(value) { return value === undefined; }
function isWeakMap(value) { return isObjectLike(value) && tag(value) === '[object WeakMap]'; }
function isWeakSet(value) { return isObjectLike(value) && classOf.call(value) === '[object WeakSet]'; }
const classOf = Object.prototype.toString;

const native = /^function [^(]*\([^)]*\) \{\s*\[native code\]\s*\}$/;
const textOf = Function.prototype.toString;

// The function _ is a bound one, whose text is that of the engine's own.
function isNative(value) {
  // core-js replaces built-in functions, which makes the question pointless.
  if (!lib.three && lib.root['__core-js_shared__'] && typeof value === 'function') {
    throw new Error('Unsupported core-js use. Try https://npms.io/search?q=ponyfill.');
  }
  return typeof value === 'function' && value !== _ && native.test(textOf.call(value)) && !/^bound /.test(value.name);
}

const result = {
  isArguments, isArrayBuffer: having('ArrayBuffer'), isArrayLike, isArrayLikeObject, isBoolean, isBuffer, isDate: having('Date'),
  isElement, isEmpty, isError, isFinite, isFunction, isInteger, isLength, isMap: having('Map'), isNaN, isNative, isNil, isNull, isNumber,
  isObject, isPlainObject, isRegExp: having('RegExp'), isSafeInteger, isSet: having('Set'), isString, isSymbol,
  isTypedArray: anonymous((value) => kind.isTypedArray(value)), isUndefined, isWeakMap, isWeakSet, isArray: Array.isArray,
};
result.isObjectLike = function isObjectLike(value) { return kind.isObjectLike(value); };
return result;
