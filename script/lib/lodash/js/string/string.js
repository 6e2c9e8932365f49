// Padding, trimming, cutting and escaping of text.

const { isIterateeCall, isObject } = use('base/kind');
const { toString, toInteger, clampTo, textOf } = use('base/number');
const text = use('base/text');

const isRegExp = (value) => isObject(value) && use('base/kind').tag(value) === '[object RegExp]';

function endsWith(string, target, position) {
  string = toString(string);
  target = textOf(target);
  position = position === undefined ? string.length : clampTo(toInteger(position), 0, string.length);
  const start = position - target.length;
  return start >= 0 && string.slice(start, position) === target;
}

function startsWith(string, target, position) {
  string = toString(string);
  position = position === null || position === undefined ? 0 : clampTo(toInteger(position), 0, string.length);
  target = textOf(target);
  return string.slice(position, position + target.length) === target;
}

function escape(string) { return text.escape(toString(string)); }
function unescape(string) { return text.unescape(toString(string)); }
function escapeRegExp(string) { return toString(string).replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'); }

function padding(length, chars) {
  chars = chars === undefined ? ' ' : textOf(chars);
  if (chars.length < 2) return chars ? text.repeat(chars, length) : chars;
  const result = text.repeat(chars, Math.ceil(length / text.sizeOf(chars)));
  return text.hasUnicode(chars) ? text.symbolsOf(result).slice(0, length).join('') : result.slice(0, length);
}

function missing(string, length) {
  length = toInteger(length);
  const size = length ? text.sizeOf(string) : 0;
  return length && size < length ? length - size : 0;
}

function pad(string, length, chars) {
  string = toString(string);
  const short = missing(string, length);
  if (!short) return string;
  return padding(Math.floor(short / 2), chars) + string + padding(Math.ceil(short / 2), chars);
}

function padEnd(string, length, chars) {
  string = toString(string);
  const short = missing(string, length);
  return short ? string + padding(short, chars) : string;
}

function padStart(string, length, chars) {
  string = toString(string);
  const short = missing(string, length);
  return short ? padding(short, chars) + string : string;
}

function repeat(string, n, guard) {
  n = (guard ? isIterateeCall(string, n, guard) : n === undefined) ? 1 : toInteger(n);
  return text.repeat(toString(string), n);
}

function replace(...args) {
  const string = toString(args[0]);
  return args.length < 3 ? string : string.replace(args[1], args[2]);
}

function split(string, separator, limit) {
  if (limit && typeof limit !== 'number' && isIterateeCall(string, separator, limit)) separator = limit = undefined;
  limit = limit === undefined ? 4294967295 : limit >>> 0;
  if (!limit) return [];
  string = toString(string);
  if (string && (typeof separator === 'string' || (separator !== null && separator !== undefined && !isRegExp(separator)))) {
    separator = textOf(separator);
    if (!separator && text.hasUnicode(string)) return text.symbolsOf(string).slice(0, limit);
  }
  return string.split(separator, limit);
}

const edges = { both: /^\s+|\s+$/g, start: /^\s+/, end: /\s+$/ };

function trimmed(string, chars, guard, edge) {
  string = toString(string);
  if (string && (guard || chars === undefined)) return string.replace(edges[edge], '');
  if (!string || !(chars = textOf(chars))) return string;
  const symbols = text.symbolsOf(string);
  const cut = new Set(text.symbolsOf(chars));
  let start = 0;
  let end = symbols.length;
  if (edge !== 'end') while (start < end && cut.has(symbols[start])) start++;
  if (edge !== 'start') while (end > start && cut.has(symbols[end - 1])) end--;
  return symbols.slice(start, end).join('');
}

function trim(string, chars, guard) { return trimmed(string, chars, guard, 'both'); }
function trimEnd(string, chars, guard) { return trimmed(string, chars, guard, 'end'); }
function trimStart(string, chars, guard) { return trimmed(string, chars, guard, 'start'); }

// lastPlace is where the last match of a separator begins, undefined where there is none.
function lastPlace(separator, cut) {
  let match;
  let at;
  if (!separator.global) separator = new RegExp(separator.source, toString(/\w*$/.exec(separator)) + 'g');
  separator.lastIndex = 0;
  while ((match = separator.exec(cut))) {
    at = match.index;
    if (match[0] === '') separator.lastIndex++;
  }
  return at;
}

function truncate(string, options) {
  let length = 30;
  let omission = '...';
  let separator;
  if (isObject(options)) {
    separator = 'separator' in options ? options.separator : separator;
    length = 'length' in options ? toInteger(options.length) : length;
    omission = 'omission' in options ? textOf(options.omission) : omission;
  }
  string = toString(string);
  const symbols = text.hasUnicode(string) ? text.symbolsOf(string) : undefined;
  if (length >= (symbols ? symbols.length : string.length)) return string;
  let end = length - text.sizeOf(omission);
  if (end < 1) return omission;
  let result = symbols ? symbols.slice(0, end).join('') : string.slice(0, end);
  if (separator === undefined) return result + omission;
  if (symbols) end += result.length - end;
  if (isRegExp(separator)) {
    if (string.slice(end).search(separator) !== 0) { // a match there means that no word is cut
      const at = lastPlace(separator, result);
      result = result.slice(0, at === undefined ? end : at);
    }
  } else if (string.indexOf(textOf(separator), end) !== end) {
    const at = result.lastIndexOf(separator);
    if (at > -1) result = result.slice(0, at);
  }
  return result + omission;
}

const functions = {
  endsWith, escape, escapeRegExp, pad, padEnd, padStart, repeat, replace, split, startsWith, trim, trimEnd, trimStart, truncate, unescape,
};
Object.defineProperty(replace, 'length', { value: 0, configurable: true });
return functions;
