// Conversion to numbers and to the text that keys are made of.

const { isObject, isSymbol, MAX_LENGTH } = use('base/kind');
const HUGEST = 1.7976931348623157e+308;
const binary = /^0b[01]+$/i;
const octal = /^0o[0-7]+$/i;

function toNumber(value) {
  if (typeof value === 'number') return value;
  if (isSymbol(value)) return NaN;
  if (isObject(value)) {
    const plain = typeof value.valueOf === 'function' ? value.valueOf() : value;
    value = isObject(plain) ? plain + '' : plain;
  }
  if (typeof value !== 'string') return value === 0 ? value : +value;
  value = value.trim();
  if (binary.test(value)) return parseInt(value.slice(2), 2);
  return octal.test(value) ? parseInt(value.slice(2), 8) : +value;
}

function toFinite(value) {
  if (!value) return value === 0 ? value : 0;
  value = toNumber(value);
  if (value === Infinity || value === -Infinity) return value < 0 ? -HUGEST : HUGEST;
  return value === value ? value : 0;
}

function toInteger(value) {
  if (typeof value === 'number' && value % 1 === 0) return value;
  const number = toFinite(value);
  const rest = number % 1;
  if (number !== number) return 0;
  return rest ? number - rest : number;
}

function clampTo(number, low, high) {
  if (number === number) {
    if (high !== undefined) number = number <= high ? number : high;
    if (low !== undefined) number = number >= low ? number : low;
  }
  return number;
}

const toLength = (value) => (value ? clampTo(toInteger(value), 0, MAX_LENGTH) : 0);
const symbolText = Symbol.prototype.toString;

function textOf(value) {
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return Array.from(value, textOf) + '';
  if (isSymbol(value)) return symbolText.call(value);
  const text = value + '';
  return text === '0' && 1 / value === -Infinity ? '-0' : text;
}

const toString = (value) => (value === null || value === undefined ? '' : textOf(value));

function toKey(value) {
  if (typeof value === 'string' || isSymbol(value)) return value;
  const text = value + '';
  return text === '0' && 1 / value === -Infinity ? '-0' : text;
}

return { toNumber, toFinite, toInteger, toLength, clampTo, textOf, toString, toKey };
