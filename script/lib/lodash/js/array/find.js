// Places of values in arrays.

const { eq } = use('base/kind');
const { toInteger } = use('base/number');
const list = use('base/list');
const order = use('base/order');

const size = (array) => (array === null || array === undefined ? 0 : array.length);
const fromStart = (from, length) => (from < 0 ? Math.max(length + from, 0) : from);

function findIndex(array, predicate, fromIndex) {
  const length = size(array);
  if (!length) return -1;
  const from = fromIndex === null || fromIndex === undefined ? 0 : toInteger(fromIndex);
  return list.findIndex(array, lib.iteratee(predicate, 3), fromStart(from, length));
}

function findLastIndex(array, predicate, fromIndex) {
  const length = size(array);
  if (!length) return -1;
  let from = length - 1;
  if (fromIndex !== undefined) {
    from = toInteger(fromIndex);
    from = fromIndex < 0 ? Math.max(length + from, 0) : Math.min(from, length - 1);
  }
  return list.findIndex(array, lib.iteratee(predicate, 3), from, true);
}

function indexOf(array, value, fromIndex) {
  const length = size(array);
  if (!length) return -1;
  const from = fromIndex === null || fromIndex === undefined ? 0 : toInteger(fromIndex);
  return list.indexOf(array, value, fromStart(from, length));
}

function lastIndexOf(array, value, fromIndex) {
  const length = size(array);
  if (!length) return -1;
  let i = length;
  if (fromIndex !== undefined) {
    i = toInteger(fromIndex);
    i = i < 0 ? Math.max(length + i, 0) : Math.min(i, length - 1);
  }
  if (value !== value) return list.findIndex(array, (item) => item !== item, i, true);
  for (i++; i--;) if (array[i] === value) return i;
  return -1;
}

function sortedIndex(array, value) { return order.placeSimple(array, value); }

function sortedIndexBy(array, value, iteratee) { return order.place(array, value, lib.iteratee(iteratee, 2)); }

function sortedIndexOf(array, value) {
  const length = size(array);
  if (length) {
    const i = order.placeSimple(array, value);
    if (i < length && eq(array[i], value)) return i;
  }
  return -1;
}

function sortedLastIndex(array, value) { return order.placeSimple(array, value, true); }

function sortedLastIndexBy(array, value, iteratee) { return order.place(array, value, lib.iteratee(iteratee, 2), true); }

function sortedLastIndexOf(array, value) {
  if (size(array)) {
    const i = order.placeSimple(array, value, true) - 1;
    if (eq(array[i], value)) return i;
  }
  return -1;
}

return {
  findIndex, findLastIndex, indexOf, lastIndexOf, sortedIndex, sortedIndexBy, sortedIndexOf, sortedLastIndex, sortedLastIndexBy,
  sortedLastIndexOf,
};
