// Groups, orders and samples of collections.

const { own, isIterateeCall } = use('base/kind');
const { toInteger, clampTo } = use('base/number');
const { keys } = use('base/keys');
const { each, arrayEach, valuesOf } = use('base/each');
const { put } = use('base/assign');
const { anonymous, variadic } = use('base/call');
const { orderBy: sortRows } = use('base/order');
const { flatten } = use('base/list');
const { copyArray } = use('base/clone');

function aggregator(setter, start) {
  return anonymous((collection, iteratee) => {
    const by = lib.iteratee(iteratee, 2);
    const result = start();
    const add = (value) => {
      setter(result, value, by(value));
    };
    if (Array.isArray(collection)) arrayEach(collection, add);
    else each(collection, add);
    return result;
  });
}

const object = () => ({});

const groupBy = aggregator((result, value, key) => {
  if (own(result, key)) result[key].push(value);
  else put(result, key, [value]);
}, object);

const countBy = aggregator((result, value, key) => {
  if (own(result, key)) ++result[key];
  else put(result, key, 1);
}, object);

const keyBy = aggregator((result, value, key) => put(result, key, value), object);
const partition = aggregator((result, value, key) => result[key ? 0 : 1].push(value), () => [[], []]);

const callback = (by) => lib.iteratee(by);

function orderBy(collection, iteratees, orders, guard) {
  if (collection === null || collection === undefined) return [];
  if (!Array.isArray(iteratees)) iteratees = iteratees === null || iteratees === undefined ? [] : [iteratees];
  if (guard) orders = undefined;
  if (!Array.isArray(orders)) orders = orders === null || orders === undefined ? [] : [orders];
  return sortRows(collection, iteratees, orders, callback);
}

const sortBy = variadic((collection, ...iteratees) => {
  if (collection === null || collection === undefined) return [];
  const length = iteratees.length;
  if (length > 1 && isIterateeCall(collection, iteratees[0], iteratees[1])) iteratees = [];
  else if (length > 2 && isIterateeCall(iteratees[0], iteratees[1], iteratees[2])) iteratees = [iteratees[0]];
  return sortRows(collection, flatten(iteratees, 1), [], callback);
});

const between = (low, high) => low + Math.floor(lib.random() * (high - low + 1));

// mix puts n random items of an array to its front, and keeps only these.
function mix(array, n) {
  const length = array.length;
  n = n === undefined ? length : n;
  for (let i = 0; i < n; i++) {
    const j = between(i, length - 1);
    const value = array[j];
    array[j] = array[i];
    array[i] = value;
  }
  array.length = n;
  return array;
}

const values = (collection) => (collection === null || collection === undefined ? [] : valuesOf(collection, keys(collection)));
const copyOf = (collection) => (Array.isArray(collection) ? copyArray(collection) : values(collection));

function sample(collection) {
  const array = Array.isArray(collection) ? collection : values(collection);
  return array.length ? array[between(0, array.length - 1)] : undefined;
}

function sampleSize(collection, n, guard) {
  n = (guard ? isIterateeCall(collection, n, guard) : n === undefined) ? 1 : toInteger(n);
  const array = copyOf(collection);
  return mix(array, clampTo(n, 0, array.length));
}

function shuffle(collection) { return mix(copyOf(collection)); }

return { countBy, groupBy, keyBy, orderBy, partition, sample, sampleSize, shuffle, sortBy };
