// Arrays as sets.

const { isArrayLikeObject, eq } = use('base/kind');
const list = use('base/list');
const { variadic } = use('base/call');
const { lastOf } = use('base/path');

const listsOf = (arrays) => list.flatten(arrays, 1, isArrayLikeObject, true);
const by = (iteratee) => lib.iteratee(iteratee, 2);
const asFunction = (comparator) => (typeof comparator === 'function' ? comparator : undefined);

const difference = variadic((array, ...values) => (isArrayLikeObject(array) ? list.difference(array, listsOf(values)) : []));

const differenceBy = variadic((array, ...values) => {
  let iteratee = lastOf(values);
  if (isArrayLikeObject(iteratee)) iteratee = undefined;
  return isArrayLikeObject(array) ? list.difference(array, listsOf(values), by(iteratee)) : [];
});

const differenceWith = variadic((array, ...values) => {
  let comparator = lastOf(values);
  if (isArrayLikeObject(comparator)) comparator = undefined;
  return isArrayLikeObject(array) ? list.difference(array, listsOf(values), undefined, comparator) : [];
});

const orEmpty = (arrays) => arrays.map((array) => (isArrayLikeObject(array) ? array : []));
const whole = (arrays, mapped) => mapped.length && mapped[0] === arrays[0];

const intersection = variadic((...arrays) => {
  const mapped = orEmpty(arrays);
  return whole(arrays, mapped) ? list.intersection(mapped) : [];
});

const intersectionBy = variadic((...arrays) => {
  let iteratee = lastOf(arrays);
  const mapped = orEmpty(arrays);
  if (iteratee === lastOf(mapped)) iteratee = undefined;
  else mapped.pop();
  return whole(arrays, mapped) ? list.intersection(mapped, by(iteratee)) : [];
});

const intersectionWith = variadic((...arrays) => {
  const comparator = asFunction(lastOf(arrays));
  const mapped = orEmpty(arrays);
  if (comparator) mapped.pop();
  return whole(arrays, mapped) ? list.intersection(mapped, undefined, comparator) : [];
});

const union = variadic((...arrays) => list.uniq(listsOf(arrays)));

const unionBy = variadic((...arrays) => {
  let iteratee = lastOf(arrays);
  if (isArrayLikeObject(iteratee)) iteratee = undefined;
  return list.uniq(listsOf(arrays), by(iteratee));
});

const unionWith = variadic((...arrays) => list.uniq(listsOf(arrays), undefined, asFunction(lastOf(arrays))));

const onlyLists = (arrays) => arrays.filter(isArrayLikeObject);
const xor = variadic((...arrays) => list.xor(onlyLists(arrays)));

const xorBy = variadic((...arrays) => {
  let iteratee = lastOf(arrays);
  if (isArrayLikeObject(iteratee)) iteratee = undefined;
  return list.xor(onlyLists(arrays), by(iteratee));
});

const xorWith = variadic((...arrays) => list.xor(onlyLists(arrays), undefined, asFunction(lastOf(arrays))));

const without = variadic((array, ...values) => (isArrayLikeObject(array) ? list.difference(array, values) : []));

function uniq(array) { return array && array.length ? list.uniq(array) : []; }
function uniqBy(array, iteratee) { return array && array.length ? list.uniq(array, by(iteratee)) : []; }
function uniqWith(array, comparator) { return array && array.length ? list.uniq(array, undefined, asFunction(comparator)) : []; }

function sortedUniqOf(array, iteratee) {
  const result = [];
  let seen;
  for (let i = 0; i < array.length; i++) {
    const value = array[i];
    const computed = iteratee ? iteratee(value) : value;
    if (!i || !eq(computed, seen)) {
      seen = computed;
      result.push(value === 0 ? 0 : value);
    }
  }
  return result;
}

function sortedUniq(array) { return array && array.length ? sortedUniqOf(array) : []; }
function sortedUniqBy(array, iteratee) { return array && array.length ? sortedUniqOf(array, by(iteratee)) : []; }

return {
  difference, differenceBy, differenceWith, intersection, intersectionBy, intersectionWith, sortedUniq, sortedUniqBy, union, unionBy,
  unionWith, uniq, uniqBy, uniqWith, without, xor, xorBy, xorWith,
};
