// Lists as sets: searching, flattening, and what the functions of sets have in common.

const { eq, isArguments } = use('base/kind');

const spreadable = Symbol.isConcatSpreadable;
const canFlatten = (value) => Array.isArray(value) || isArguments(value) || !!(value && value[spreadable]);

function flatten(array, depth, can, strict, result) {
  result = result || [];
  can = can || canFlatten;
  const length = array.length;
  for (let i = 0; i < length; i++) {
    const value = array[i];
    if (depth > 0 && can(value)) {
      if (depth > 1) flatten(value, depth - 1, can, strict, result);
      else push(result, value);
    } else if (!strict) result[result.length] = value;
  }
  return result;
}

function push(array, values) {
  const length = values.length;
  const offset = array.length;
  for (let i = 0; i < length; i++) array[offset + i] = values[i];
  return array;
}

function findIndex(array, fn, from, right) {
  const length = array.length;
  let i = from + (right ? 1 : -1);
  while (right ? i-- : ++i < length) if (fn(array[i], i, array)) return i;
  return -1;
}

function indexOf(array, value, from) {
  const length = array.length;
  if (value !== value) {
    for (let i = from; i < length; i++) if (array[i] !== array[i]) return i;
    return -1;
  }
  for (let i = from; i < length; i++) if (array[i] === value) return i;
  return -1;
}

const has = (array, value) => !!(array && array.length) && indexOf(array, value, 0) > -1;
const hasWith = (array, value, same) => !!array && Array.prototype.some.call(dense(array), (item) => same(value, item));
const dense = (array) => Array.from(array);
const LARGE = 200;

// finder answers whether a list has a value; a long one without a comparator is turned into a set first.
function finder(values, comparator) {
  if (comparator) {
    return (value) => {
      const length = values.length;
      for (let i = 0; i < length; i++) if (comparator(value, values[i])) return true;
      return false;
    };
  }
  if (values.length < LARGE) return (value) => indexOf(values, value, 0) > -1;
  const set = new Set(values);
  return (value) => set.has(value);
}

const positive = (value, comparator) => (comparator || value !== 0 ? value : 0); // -0 becomes 0

function difference(array, values, iteratee, comparator) {
  const result = [];
  const length = array.length;
  if (!length) return result;
  if (iteratee) values = values.map((value) => iteratee(value));
  if (comparator) return differenceWith(array, values, iteratee, comparator);
  const excluded = new Set(values);
  for (let i = 0; i < length; i++) {
    const value = array[i];
    if (!excluded.has(iteratee ? iteratee(value) : value)) result.push(positive(value));
  }
  return result;
}

function differenceWith(array, values, iteratee, comparator) {
  const result = [];
  const length = array.length;
  for (let i = 0; i < length; i++) {
    const value = array[i];
    const computed = iteratee ? iteratee(value) : value;
    let found = false;
    for (let j = 0; j < values.length && !found; j++) found = !!comparator(computed, values[j]);
    if (!found) result.push(value);
  }
  return result;
}

function uniq(array, iteratee, comparator) {
  const result = [];
  const length = array.length;
  const seen = comparator ? [] : new Set();
  for (let i = 0; i < length; i++) {
    const value = array[i];
    const computed = iteratee ? iteratee(value) : value;
    if (comparator) {
      if (seen.some((item) => comparator(computed, item))) continue;
      seen.push(computed);
    } else {
      if (seen.has(computed)) continue;
      seen.add(computed);
    }
    result.push(positive(value, comparator));
  }
  return result;
}

function intersection(arrays, iteratee, comparator) {
  const result = [];
  let shortest = arrays.length ? Infinity : 0;
  const lists = Array(arrays.length);
  for (let i = arrays.length; i--;) {
    lists[i] = i && iteratee ? Array.from(arrays[i], (value) => iteratee(value)) : arrays[i];
    shortest = Math.min(lists[i].length, shortest);
  }
  if (!shortest) return result;
  const first = lists[0];
  const others = lists.slice(1).reverse().map((list) => finder(list, comparator));
  const seen = comparator ? [] : new Set();
  const known = comparator ? finder(seen, comparator) : (value) => seen.has(value);
  for (let i = 0; i < first.length && result.length < shortest; i++) {
    const value = first[i];
    const computed = iteratee ? iteratee(value) : value;
    if (known(computed) || !others.every((holds) => holds(computed))) continue;
    if (comparator) seen.push(computed);
    else seen.add(computed);
    result.push(positive(value, comparator));
  }
  return result;
}

function xor(arrays, iteratee, comparator) {
  if (arrays.length < 2) return arrays.length ? uniq(arrays[0]) : [];
  const left = arrays.map((array, i) => {
    let rest = array;
    arrays.forEach((other, j) => {
      if (j !== i) rest = difference(rest, dense(other), iteratee, comparator);
    });
    return rest;
  });
  return uniq(flatten(left, 1), iteratee, comparator);
}

function slice(array, start, end) {
  let length = array.length;
  if (start < 0) start = -start > length ? 0 : length + start;
  end = end > length ? length : end;
  if (end < 0) end += length;
  length = start > end ? 0 : (end - start) >>> 0;
  start >>>= 0;
  const result = Array(length);
  for (let i = 0; i < length; i++) result[i] = array[start + i];
  return result;
}

return { flatten, push, findIndex, indexOf, has, hasWith, difference, uniq, intersection, xor, slice, eq, dense };
