// Arrays of pairs and groups.

const { isArrayLikeObject } = use('base/kind');
const { apply, variadic } = use('base/call');
const { put, assignValue, setAt } = use('base/assign');

function unzip(array) {
  if (!(array && array.length)) return [];
  let length = 0;
  const lists = Array.prototype.filter.call(array, (group) => {
    if (!isArrayLikeObject(group)) return false;
    length = Math.max(group.length, length);
    return true;
  });
  return Array.from({ length }, (none, i) => lists.map((group) => group[i]));
}

function unzipWith(array, iteratee) {
  if (!(array && array.length)) return [];
  const groups = unzip(array);
  return iteratee === null || iteratee === undefined ? groups : groups.map((group) => apply(iteratee, undefined, group));
}

const zip = variadic((...arrays) => unzip(arrays));

const zipWith = variadic((...arrays) => {
  let iteratee = arrays.length > 1 ? arrays[arrays.length - 1] : undefined;
  if (typeof iteratee === 'function') arrays.pop();
  else iteratee = undefined;
  return unzipWith(arrays, iteratee);
});

function object(keys, values, assign) {
  const result = {};
  for (let i = 0; i < keys.length; i++) assign(result, keys[i], i < values.length ? values[i] : undefined);
  return result;
}

function zipObject(keys, values) { return object(keys || [], values || [], assignValue); }
function zipObjectDeep(keys, values) { return object(keys || [], values || [], setAt); }

function fromPairs(pairs) {
  const result = {};
  const length = pairs === null || pairs === undefined ? 0 : pairs.length;
  for (let i = 0; i < length; i++) result[pairs[i][0]] = pairs[i][1];
  return result;
}

return { fromPairs, unzip, unzipWith, zip, zipObject, zipObjectDeep, zipWith, put };
