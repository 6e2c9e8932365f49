// Ranges of numbers, and random ones.

const { toFinite, toInteger, toNumber, clampTo } = use('base/number');
const { isIterateeCall } = use('base/kind');
const { anonymous } = use('base/call');

function clamp(number, lower, upper) {
  if (upper === undefined) {
    upper = lower;
    lower = undefined;
  }
  if (upper !== undefined) {
    upper = toNumber(upper);
    upper = upper === upper ? upper : 0;
  }
  if (lower !== undefined) {
    lower = toNumber(lower);
    lower = lower === lower ? lower : 0;
  }
  return clampTo(toNumber(number), lower, upper);
}

function inRange(number, start, end) {
  start = toFinite(start);
  if (end === undefined) {
    end = start;
    start = 0;
  } else end = toFinite(end);
  number = toNumber(number);
  return number >= Math.min(start, end) && number < Math.max(start, end);
}

function random(lower, upper, floating) {
  if (floating && typeof floating !== 'boolean' && isIterateeCall(lower, upper, floating)) upper = floating = undefined;
  if (floating === undefined) {
    if (typeof upper === 'boolean') {
      floating = upper;
      upper = undefined;
    } else if (typeof lower === 'boolean') {
      floating = lower;
      lower = undefined;
    }
  }
  if (lower === undefined && upper === undefined) {
    lower = 0;
    upper = 1;
  } else {
    lower = toFinite(lower);
    if (upper === undefined) {
      upper = lower;
      lower = 0;
    } else upper = toFinite(upper);
  }
  if (lower > upper) [lower, upper] = [upper, lower];
  if (!floating && lower % 1 === 0 && upper % 1 === 0) return lower + Math.floor(lib.random() * (upper - lower + 1));
  const chance = lib.random();
  return Math.min(lower + chance * (upper - lower + parseFloat('1e-' + ((chance + '').length - 1))), upper);
}

function ranger(right) {
  return anonymous((start, end, step) => {
    if (step && typeof step !== 'number' && isIterateeCall(start, end, step)) end = step = undefined;
    start = toFinite(start);
    if (end === undefined) {
      end = start;
      start = 0;
    } else end = toFinite(end);
    step = step === undefined ? (start < end ? 1 : -1) : toFinite(step);
    const length = Math.max(Math.ceil((end - start) / (step || 1)), 0);
    const result = Array(length);
    for (let i = 0; i < length; i++) {
      result[right ? length - 1 - i : i] = start;
      start += step;
    }
    return result;
  });
}

function toNumberText(string, radix, guard) {
  if (guard || radix === null || radix === undefined) radix = 0;
  else if (radix) radix = +radix;
  const text = use('base/number').toString(string).replace(/^\s+/, '');
  const number = lib.root.parseInt(text, radix || 0);
  return number === 0 && text[0] === '-' ? -0 : number; // the engine forgets the sign
}
Object.defineProperty(toNumberText, 'name', { value: 'parseInt', configurable: true });

void toInteger;
return { clamp, inRange, parseInt: toNumberText, random, range: ranger(false), rangeRight: ranger(true) };
