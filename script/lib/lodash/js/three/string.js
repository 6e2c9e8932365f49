// Text in lodash 3: unit by unit, and with the words of Latin letters only.

const { isObject, tag } = use('base/kind');
const { anonymous } = use('base/call');
const plain = use('base/text');
const base = use('three/base');

const { nil, text, isIterateeCall } = base;
const word = /[A-Z\xc0-\xd6\xd8-\xde]+(?=[A-Z\xc0-\xd6\xd8-\xde][a-z\xdf-\xf6\xf8-\xff]+)|[A-Z\xc0-\xd6\xd8-\xde]?[a-z\xdf-\xf6\xf8-\xff]+|[A-Z\xc0-\xd6\xd8-\xde]+|[0-9]+/g;

function words(string, pattern, guard) {
  if (guard && isIterateeCall(string, pattern, guard)) pattern = undefined;
  return text(string).match(pattern || word) || [];
}

function deburr(string) {
  string = text(string);
  return string && string.replace(/[\xc0-\xd6\xd8-\xf6\xf8-\xff]/g, (letter) => host.deburr(letter)).replace(/[\u0300-\u036f\ufe20-\ufe23]/g, '');
}

const joined = (write, between) => anonymous((string) => words(deburr(string)).map(write).join(between));
const upper = (string) => string.charAt(0).toUpperCase() + string.slice(1);
const lower = (string) => string.toLowerCase();
function capitalize(string) { return upper(text(string)); }

function endsWith(string, target, position) {
  string = text(string);
  target += '';
  const { length } = string;
  position = position === undefined ? length : Math.min(position < 0 ? 0 : +position || 0, length);
  position -= target.length;
  return position >= 0 && string.indexOf(target, position) === position;
}

function startsWith(string, target, position) {
  string = text(string);
  position = nil(position) ? 0 : Math.min(position < 0 ? 0 : +position || 0, string.length);
  return string.lastIndexOf(target, position) === position;
}

function escape(string) { return plain.escape(text(string)).replace(/`/g, '&#96;'); }
function unescape(string) { return plain.unescape(text(string).replace(/&#96;/g, '`')); }

const lineEnds = { '\n': 'n', '\r': 'r', '\u2028': 'u2028', '\u2029': 'u2029' };
const special = /^[:!,]|[\\^$.*+?()[\]{}|/]|(^[0-9a-fA-Fnrtuvx])|([\n\r\u2028\u2029])/g;

function escapeRegExp(string) {
  string = text(string);
  if (!string) return '(?:)';
  return string.replace(special, (c, leading, end) => {
    if (leading) return '\\x' + leading.charCodeAt(0).toString(16);
    return '\\' + (end ? lineEnds[end] : c);
  });
}

function repeat(string, n) {
  string = text(string);
  n = +n;
  return n < 1 || !string || !isFinite(n) ? '' : plain.repeat(string, n);
}

function padding(string, length, chars) {
  length = +length;
  if (string.length >= length || !isFinite(length)) return '';
  length -= string.length;
  chars = nil(chars) ? ' ' : chars + '';
  return repeat(chars, Math.ceil(length / chars.length)).slice(0, length);
}

function pad(string, length, chars) {
  string = text(string);
  length = +length;
  if (string.length >= length || !isFinite(length)) return string;
  const half = (length - string.length) / 2;
  chars = padding('', Math.ceil(half), chars);
  return chars.slice(0, Math.floor(half)) + string + chars;
}

const padder = (right) => anonymous((string, length, chars) => {
  string = text(string);
  return (right ? string : '') + padding(string, length, chars) + (right ? '' : string);
});

const space = '[\\t-\\r \\xa0\\u1680\\u180e\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000\\ufeff]+';
const edge = { both: RegExp('^' + space + '|' + space + '$', 'g'), left: RegExp('^' + space), right: RegExp(space + '$') };

function trimmed(string, chars, guard, side) {
  const value = string;
  string = text(string);
  if (!string) return string;
  if (guard ? isIterateeCall(value, chars, guard) : nil(chars)) return string.replace(edge[side], '');
  chars += '';
  let start = 0;
  let end = string.length;
  if (side !== 'right') while (start < end && chars.includes(string[start])) start++;
  if (side !== 'left') while (end > start && chars.includes(string[end - 1])) end--;
  return string.slice(start, end);
}

function trim(string, chars, guard) { return trimmed(string, chars, guard, 'both'); }
function trimLeft(string, chars, guard) { return trimmed(string, chars, guard, 'left'); }
function trimRight(string, chars, guard) { return trimmed(string, chars, guard, 'right'); }

function trunc(string, options, guard) {
  if (guard && isIterateeCall(string, options, guard)) options = undefined;
  let length = 30;
  let omission = '...';
  let separator;
  if (isObject(options)) {
    separator = 'separator' in options ? options.separator : separator;
    length = 'length' in options ? +options.length || 0 : length;
    omission = 'omission' in options ? text(options.omission) : omission;
  } else if (!nil(options)) length = +options || 0;
  string = text(string);
  if (length >= string.length) return string;
  const end = length - omission.length;
  if (end < 1) return omission;
  const result = string.slice(0, end);
  if (nil(separator)) return result + omission;
  if (isObject(separator) && tag(separator) === '[object RegExp]') {
    if (!string.slice(end).search(separator)) return result + omission;
    if (!separator.global) separator = new RegExp(separator.source, (/\w*$/.exec(separator) || '') + 'g');
    separator.lastIndex = 0;
    let at = end;
    for (let match; (match = separator.exec(result)) && match[0] !== '';) at = match.index;
    return result.slice(0, at) + omission;
  }
  if (string.indexOf(separator, end) !== end) {
    const at = result.lastIndexOf(separator);
    if (at > -1) return result.slice(0, at) + omission;
  }
  return result + omission;
}

function parseIntOf(string, radix, guard) {
  if (guard ? isIterateeCall(string, radix, guard) : nil(radix)) radix = 0;
  else if (radix) radix = +radix;
  string = trim(string);
  const number = lib.root.parseInt(string, radix || (/^0[xX]/.test(string) ? 16 : 10));
  return number === 0 && string[0] === '-' ? -0 : number; // the engine forgets the sign
}
Object.defineProperty(parseIntOf, 'name', { value: 'parseInt', configurable: true });

return {
  camelCase: joined((one, i) => (i ? upper(one.toLowerCase()) : one.toLowerCase()), ''), capitalize, deburr, endsWith, escape, escapeRegExp,
  kebabCase: joined(lower, '-'), pad, padLeft: padder(false), padRight: padder(true), parseInt: parseIntOf, repeat,
  snakeCase: joined(lower, '_'), startCase: joined(upper, ' '), startsWith, trim, trimLeft, trimRight, trunc, unescape, words,
};
