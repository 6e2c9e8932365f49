// Values in lodash 3: questions, copies and comparisons.

const kind = use('base/kind');
const base = use('three/base');
const { equal, isMatch: matchAll, matchData, clone: copy } = use('three/equal');

const { isObjectLike } = kind;
const { nil, tag } = base;

function clone(value, isDeep, customizer, thisArg) {
  if (isDeep && typeof isDeep !== 'boolean' && base.isIterateeCall(value, isDeep, customizer)) isDeep = false;
  else if (typeof isDeep === 'function') {
    thisArg = customizer;
    customizer = isDeep;
    isDeep = false;
  }
  return copy(value, isDeep, typeof customizer === 'function' ? base.bound(customizer, thisArg, 3) : undefined);
}

function cloneDeep(value, customizer, thisArg) {
  if (typeof customizer === 'function') return copy(value, true, base.bound(customizer, thisArg, 3));
  return (kind.isObject(value) && host.clone(value)) || copy(value, true);
}

function isEqual(value, other, customizer, thisArg) {
  customizer = typeof customizer === 'function' ? base.bound(customizer, thisArg, 3) : undefined;
  const said = customizer ? customizer(value, other) : undefined;
  if (said !== undefined) return !!said;
  const plain = customizer || !isObjectLike(value) || !isObjectLike(other) ? undefined : host.equal(value, other);
  return plain === undefined ? equal(value, other, customizer) : plain;
}

function isMatch(object, source, customizer, thisArg) {
  return matchAll(object, matchData(source), typeof customizer === 'function' ? base.bound(customizer, thisArg, 3) : undefined);
}

function gt(value, other) { return value > other; }
function gte(value, other) { return value >= other; }
function lt(value, other) { return value < other; }
function lte(value, other) { return value <= other; }
function isArguments(value) { return base.isArguments(value); }
function isBoolean(value) { return value === true || value === false || (isObjectLike(value) && tag(value) === '[object Boolean]'); }
function isDate(value) { return isObjectLike(value) && tag(value) === '[object Date]'; }

function isEmpty(value) {
  if (nil(value)) return true;
  if (base.isArrayLike(value) && (Array.isArray(value) || kind.isString(value) || base.isArguments(value)
    || (isObjectLike(value) && typeof value.splice === 'function'))) return !value.length;
  return !base.keys(value).length;
}

function isElement(value) { return !!value && value.nodeType === 1 && isObjectLike(value) && !lib.member('isPlainObject')(value); }
function isError(value) { return isObjectLike(value) && typeof value.message === 'string' && tag(value) === '[object Error]'; }
function isFinite(value) { return typeof value === 'number' && lib.isFinite(value); }
function isFunction(value) { return typeof value === 'function' && tag(value) === '[object Function]'; }
function isNumber(value) { return typeof value === 'number' || (isObjectLike(value) && tag(value) === '[object Number]'); }
function isNaN(value) { return isNumber(value) && value != +value; } // eslint-disable-line eqeqeq
function isNull(value) { return value === null; }
function isObject(value) { return kind.isObject(value); }
function isRegExp(value) { return kind.isObject(value) && tag(value) === '[object RegExp]'; }
function isString(value) { return kind.isString(value); }
const views = /^\[object (?:Float(?:32|64)|(?:Int|Uint)(?:8|16|32)|Uint8Clamped)Array\]$/;
function isTypedArray(value) { return isObjectLike(value) && kind.isLength(value.length) && views.test(tag(value)); }
function isUndefined(value) { return value === undefined; }

const { isNative } = lib.use('lang/is'); // as in lodash 4

return {
  clone, cloneDeep, eq: isEqual, gt, gte, isArguments, isArray: Array.isArray, isBoolean, isDate, isElement, isEmpty, isEqual, isError,
  isFinite, isFunction, isMatch, isNaN, isNative, isNull, isNumber, isObject, isRegExp, isString, isTypedArray, isUndefined, lt, lte,
};
