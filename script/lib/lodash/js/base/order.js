// Sorting: the order of values, and lists sorted by several criteria.

const { isSymbol } = use('base/kind');
const { arrayMap, map } = use('base/each');
const { identity } = use('base/iteratee');
const { getAt } = use('base/path');

// Where a value stands: comparable ones first, then symbols, null, undefined and NaN.
function rank(value) {
  if (value === undefined) return 3;
  if (value === null) return 2;
  if (value !== value) return 4;
  return isSymbol(value) ? 1 : 0;
}

function compare(value, other) {
  if (value === other) return 0;
  const one = rank(value);
  const two = rank(other);
  if (one !== two) return one > two ? 1 : -1;
  if (one === 4) return 1;
  if (one) return 0;
  return value > other ? 1 : value < other ? -1 : 0;
}

function compareRows(a, b, down) {
  for (let i = 0; i < a.criteria.length; i++) {
    const said = compare(a.criteria[i], b.criteria[i]);
    if (said) return down[i] ? -said : said;
  }
  return a.index - b.index;
}

// Values of mixed kinds have no order of their own: what comes out depends on which are compared. Short lists are sorted in
// the steps of V8: the run at the start as it is, or turned around, then each further item put into its place.
function sortShort(rows, before) {
  const length = rows.length;
  let run = 1;
  if (length > 1) {
    const down = before(rows[1], rows[0]) < 0;
    for (run = 2; run < length && before(rows[run], rows[run - 1]) < 0 === down; run++);
    if (down) {
      const turned = rows.slice(0, run).reverse();
      for (let i = 0; i < run; i++) rows[i] = turned[i];
    }
  }
  for (let i = run; i < length; i++) {
    const row = rows[i];
    let left = 0;
    let right = i;
    while (left < right) {
      const middle = left + ((right - left) >> 1);
      if (before(row, rows[middle]) < 0) right = middle;
      else left = middle + 1;
    }
    rows.splice(left, 0, rows.splice(i, 1)[0]);
  }
  return rows;
}

const SHORT = 64;

function orderBy(collection, iteratees, orders, callback) {
  if (iteratees.length) {
    iteratees = arrayMap(iteratees, (by) => (Array.isArray(by) ? (value) => getAt(value, by.length === 1 ? by[0] : by) : by));
  } else iteratees = [identity];
  iteratees = arrayMap(iteratees, (by) => callback(by));
  const values = [];
  const rows = iteratees.map(() => []);
  map(collection, (value) => {
    values.push(value);
    for (let i = 0; i < iteratees.length; i++) rows[i].push(iteratees[i](value));
  });
  return sortRows(values, rows, rows.map((row, i) => i < orders.length && orders[i] == 'desc')); // eslint-disable-line eqeqeq
}

// sortRows sorts values by rows of criteria, each as long as the values; down says which of them go down.
function sortRows(values, rows, down) {
  const sorted = host.order(rows, down);
  if (sorted) return sorted.map((i) => values[i]);
  const before = (a, b) => compareRows(a, b, down);
  const all = values.map((value, index) => ({ value, index, criteria: rows.map((row) => row[index]) }));
  return (all.length < SHORT ? sortShort(all, before) : all.sort(before)).map((row) => row.value);
}

// place finds where a value goes into a sorted list; highest means behind its equals.
function place(array, value, iteratee, highest) {
  let low = 0;
  let high = array === null || array === undefined ? 0 : array.length;
  if (high === 0) return 0;
  value = iteratee(value);
  const kind = rank(value);
  const undef = value === undefined;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const computed = iteratee(array[middle]);
    const defined = computed !== undefined;
    const reflexive = computed === computed;
    let right;
    if (kind === 4) right = highest || reflexive;
    else if (undef) right = reflexive && (highest || defined);
    else if (kind === 2) right = reflexive && defined && (highest || computed !== null);
    else if (kind === 1) right = reflexive && defined && computed !== null && (highest || !isSymbol(computed));
    else if (computed === null || isSymbol(computed)) right = false;
    else right = highest ? computed <= value : computed < value;
    if (right) low = middle + 1;
    else high = middle;
  }
  return Math.min(high, 4294967294);
}

const HALF = 2147483647;

// Numbers and text need no callback. A bound that is no comparable value is left to place.
function placeSimple(array, value, highest) {
  let high = array === null || array === undefined ? 0 : array.length;
  if (typeof value !== 'number' || value !== value || !(high <= HALF)) return place(array, value, identity, highest);
  let low = 0;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const computed = array[middle];
    if (computed !== null && !isSymbol(computed) && (highest ? computed <= value : computed < value)) low = middle + 1;
    else high = middle;
  }
  return high;
}

return { compare, orderBy, sortRows, place, placeSimple };
