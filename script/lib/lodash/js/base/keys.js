// The keys of objects, in the order in which functions go over them.

const { own, isArguments, isArrayLike, isBuffer, isIndex, isObject, isPrototype, isTypedArray } = use('base/kind');
const enumerable = Object.prototype.propertyIsEnumerable;

// Keys of what has a length: every index, holes too, then the rest.
function indexed(value, inherited) {
  const buffer = isBuffer(value);
  const typed = !buffer && isTypedArray(value);
  const list = Array.isArray(value) || buffer || typed || isArguments(value);
  const length = value.length;
  const keys = [];
  if (list) for (let i = 0; i < length; i++) keys.push(String(i));
  for (const key in Object(value)) {
    if (!inherited && !own(value, key)) continue;
    if (list && (key === 'length' || isIndex(key, length))) continue;
    if (buffer && (key === 'offset' || key === 'parent')) continue;
    if (typed && (key === 'buffer' || key === 'byteLength' || key === 'byteOffset')) continue;
    keys.push(key);
  }
  return keys;
}

function keys(object) {
  if (isArrayLike(object)) return indexed(object, false);
  if (object === null || object === undefined) return [];
  const list = Object.keys(object);
  return isPrototype(object) ? list.filter((key) => key !== 'constructor') : list;
}

function keysIn(object) {
  if (isArrayLike(object)) return indexed(object, true);
  const list = [];
  if (!isObject(object)) {
    if (object !== null && object !== undefined) for (const key in Object(object)) list.push(key);
    return list;
  }
  const proto = isPrototype(object);
  for (const key in object) {
    if (!(key === 'constructor' && (proto || !own(object, key)))) list.push(key);
  }
  return list;
}

function symbols(object) {
  if (object === null || object === undefined) return [];
  object = Object(object);
  return Object.getOwnPropertySymbols(object).filter((symbol) => enumerable.call(object, symbol));
}

function symbolsIn(object) {
  const list = [];
  while (object) {
    list.push(...symbols(object));
    object = Object.getPrototypeOf(Object(object));
  }
  return list;
}

const withSymbols = (list, more) => (more.length ? list.concat(more) : list);
const allKeys = (object) => (Array.isArray(object) ? keys(object) : withSymbols(keys(object), symbols(object)));
const allKeysIn = (object) => (Array.isArray(object) ? keysIn(object) : withSymbols(keysIn(object), symbolsIn(object)));

return { keys, keysIn, symbols, symbolsIn, allKeys, allKeysIn };
