// Arithmetic, sums, and the largest and smallest.

const { isSymbol } = use('base/kind');
const { toInteger, toNumber, textOf, toString } = use('base/number');
const { identity } = use('base/iteratee');
const { anonymous } = use('base/call');

// Text joins: a sum of text and numbers is text.
function operation(calculate, otherwise) {
  return anonymous((value, other) => {
    if (value === undefined && other === undefined) return otherwise;
    if (value === undefined) return other;
    if (other === undefined) return value;
    if (typeof value === 'string' || typeof other === 'string') return calculate(textOf(value), textOf(other));
    return calculate(plain(value), plain(other));
  });
}

const plain = (value) => (typeof value === 'number' ? value : isSymbol(value) ? NaN : +value);

// Rounding moves the point in the text of the number, so that no error of the multiplication gets in.
function rounder(name) {
  const round = Math[name];
  return anonymous((number, precision) => {
    number = toNumber(number);
    precision = precision === null || precision === undefined ? 0 : Math.min(toInteger(precision), 292);
    if (!precision || !Number.isFinite(number)) return round(number);
    let parts = (toString(number) + 'e').split('e');
    const value = round(parts[0] + 'e' + (+parts[1] + precision));
    parts = (toString(value) + 'e').split('e');
    return +(parts[0] + 'e' + (+parts[1] - precision));
  });
}

function extreme(array, iteratee, better) {
  let found;
  let best;
  const length = array && array.length ? array.length : 0;
  for (let i = 0; i < length; i++) {
    const value = array[i];
    const computed = iteratee(value);
    if (computed !== null && computed !== undefined
      && (best === undefined ? computed === computed && !isSymbol(computed) : better(computed, best))) {
      best = computed;
      found = value;
    }
  }
  return found;
}

const greater = (a, b) => a > b;
const less = (a, b) => a < b;
const by = (iteratee) => lib.iteratee(iteratee, 2);

function max(array) { return extreme(array, identity, greater); }
function maxBy(array, iteratee) { return array && array.length ? extreme(array, by(iteratee), greater) : undefined; }
function min(array) { return extreme(array, identity, less); }
function minBy(array, iteratee) { return array && array.length ? extreme(array, by(iteratee), less) : undefined; }

function total(array, iteratee) {
  let result;
  const length = array.length;
  for (let i = 0; i < length; i++) {
    const value = iteratee(array[i]);
    if (value !== undefined) result = result === undefined ? value : result + value;
  }
  return result;
}

function average(array, iteratee) {
  const length = array === null || array === undefined ? 0 : array.length;
  return length ? total(array, iteratee) / length : NaN;
}

function mean(array) { return average(array, identity); }
function meanBy(array, iteratee) { return average(array, by(iteratee)); }
function sum(array) { return array && array.length ? total(array, identity) : 0; }
function sumBy(array, iteratee) { return array && array.length ? total(array, by(iteratee)) : 0; }

return {
  add: operation((a, b) => a + b, 0), ceil: rounder('ceil'), divide: operation((a, b) => a / b, 1), floor: rounder('floor'), max, maxBy,
  mean, meanBy, min, minBy, multiply: operation((a, b) => a * b, 1), round: rounder('round'), subtract: operation((a, b) => a - b, 0), sum,
  sumBy,
};
