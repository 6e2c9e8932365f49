// Parts of arrays.

const { isIterateeCall, isIndex } = use('base/kind');
const { toInteger, toLength } = use('base/number');
const list = use('base/list');

const size = (array) => (array === null || array === undefined ? 0 : array.length);

function chunk(array, n, guard) {
  n = (guard ? isIterateeCall(array, n, guard) : n === undefined) ? 1 : Math.max(toInteger(n), 0);
  const length = size(array);
  if (!length || n < 1) return [];
  const result = Array(Math.ceil(length / n));
  for (let i = 0, at = 0; at < length; i++) result[i] = list.slice(array, at, at += n);
  return result;
}

function compact(array) {
  const result = [];
  const length = size(array);
  for (let i = 0; i < length; i++) {
    const value = array[i];
    if (value) result.push(value);
  }
  return result;
}

const count = (n, guard) => (guard || n === undefined ? 1 : toInteger(n));

function drop(array, n, guard) {
  const length = size(array);
  if (!length) return [];
  n = count(n, guard);
  return list.slice(array, n < 0 ? 0 : n, length);
}

function dropRight(array, n, guard) {
  const length = size(array);
  if (!length) return [];
  n = length - count(n, guard);
  return list.slice(array, 0, n < 0 ? 0 : n);
}

function take(array, n, guard) {
  if (!(array && array.length)) return [];
  n = count(n, guard);
  return list.slice(array, 0, n < 0 ? 0 : n);
}

function takeRight(array, n, guard) {
  const length = size(array);
  if (!length) return [];
  n = length - count(n, guard);
  return list.slice(array, n < 0 ? 0 : n, length);
}

// whileTrue drops or takes the items at one end for which a predicate holds.
function whileTrue(array, predicate, dropping, right) {
  const length = array.length;
  let i = right ? length : -1;
  while ((right ? i-- : ++i < length) && predicate(array[i], i, array));
  return dropping
    ? list.slice(array, right ? 0 : i, right ? i + 1 : length)
    : list.slice(array, right ? i + 1 : 0, right ? length : i);
}

function dropWhile(array, predicate) {
  return array && array.length ? whileTrue(array, lib.iteratee(predicate, 3), true, false) : [];
}

function dropRightWhile(array, predicate) {
  return array && array.length ? whileTrue(array, lib.iteratee(predicate, 3), true, true) : [];
}

function takeWhile(array, predicate) {
  return array && array.length ? whileTrue(array, lib.iteratee(predicate, 3), false, false) : [];
}

function takeRightWhile(array, predicate) {
  return array && array.length ? whileTrue(array, lib.iteratee(predicate, 3), false, true) : [];
}

function fill(array, value, start, end) {
  const length = size(array);
  if (!length) return [];
  if (start && typeof start !== 'number' && isIterateeCall(array, value, start)) {
    start = 0;
    end = length;
  }
  start = toInteger(start);
  if (start < 0) start = -start > length ? 0 : length + start;
  end = end === undefined || end > length ? length : toInteger(end);
  if (end < 0) end += length;
  end = start > end ? 0 : toLength(end);
  while (start < end) array[start++] = value;
  return array;
}

function slice(array, start, end) {
  const length = size(array);
  if (!length) return [];
  if (end && typeof end !== 'number' && isIterateeCall(array, start, end)) {
    start = 0;
    end = length;
  } else {
    start = start === null || start === undefined ? 0 : toInteger(start);
    end = end === undefined ? length : toInteger(end);
  }
  return list.slice(array, start, end);
}

function head(array) { return array && array.length ? array[0] : undefined; }

function last(array) {
  const length = size(array);
  return length ? array[length - 1] : undefined;
}

function initial(array) { return size(array) ? list.slice(array, 0, -1) : []; }

function tail(array) {
  const length = size(array);
  return length ? list.slice(array, 1, length) : [];
}

function nth(array, n) {
  if (!(array && array.length)) return undefined;
  n = toInteger(n);
  if (n < 0) n += array.length;
  return isIndex(n, array.length) ? array[n] : undefined;
}

return {
  chunk, compact, drop, dropRight, dropRightWhile, dropWhile, fill, head, initial, last, nth, slice, tail, take, takeRight,
  takeRightWhile, takeWhile, first: head,
};
