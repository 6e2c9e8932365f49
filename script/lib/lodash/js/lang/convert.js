// Conversions of values.

const { isArrayLike, isString, isMap, isSet, isArguments, MAX_SAFE } = use('base/kind');
const number = use('base/number');
const { keys, keysIn } = use('base/keys');
const { copyArray } = use('base/clone');
const merging = use('base/merge');
const { symbolsOf } = use('base/text');
const { stringToPath } = use('base/path');
const { arrayMap, valuesOf } = use('base/each');

function castArray(...args) {
  if (!args.length) return [];
  return Array.isArray(args[0]) ? args[0] : [args[0]];
}

function toArray(value) {
  if (!value) return [];
  if (isArrayLike(value)) return isString(value) ? symbolsOf(value) : copyArray(value);
  if (value[Symbol.iterator]) {
    const iterator = value[Symbol.iterator]();
    const result = [];
    for (let step = iterator.next(); !step.done; step = iterator.next()) result.push(step.value);
    return isMap(value) ? Array.from(value) : isSet(value) ? Array.from(value) : result;
  }
  return valuesOf(value, keys(value));
}

function toFinite(value) { return number.toFinite(value); }
function toInteger(value) { return number.toInteger(value); }
function toLength(value) { return number.toLength(value); }
function toNumber(value) { return number.toNumber(value); }
function toPlainObject(value) { return merging.toPlainObject(value); }
function toSafeInteger(value) { return value ? number.clampTo(number.toInteger(value), -MAX_SAFE, MAX_SAFE) : value === 0 ? value : 0; }
function toString(value) { return number.toString(value); }

function toPath(value) {
  if (Array.isArray(value)) return arrayMap(value, number.toKey);
  return use('base/kind').isSymbol(value) ? [value] : copyArray(stringToPath(number.toString(value)));
}

void isArguments;
void keysIn;
return { castArray, toArray, toFinite, toInteger, toLength, toNumber, toPath, toPlainObject, toSafeInteger, toString };
