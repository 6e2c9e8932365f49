// Property paths: their text form, and reading along them.

const { isSymbol, isIndex, isLength, isArguments, own } = use('base/kind');
const { toKey, toString } = use('base/number');

const wordOnly = /^\w*$/;
const number = /^-?\d+(?:\.\d+)?$/;
const MEMORY = 500;
let known = new Map();

// quotedEnd finds the end of the quoted text that begins at a position, -1 where it is not followed by a bracket.
function quotedEnd(text, at) {
  const quote = text[at];
  for (let i = at + 1; i < text.length; i++) {
    if (text[i] === '\\') {
      if (++i >= text.length || text[i] === '\n' || text[i] === '\r' || text[i] === '\u2028' || text[i] === '\u2029') return -1;
    } else if (text[i] === '\n' && host.three) return -1;
    else if (text[i] === quote) return text[i + 1] === ']' ? i : -1;
  }
  return -1;
}

const unescape = (text) => text.replace(/\\(\\)?/g, '$1');
const separates = (text, at) => text[at] === '.' || (text[at] === '[' && text[at + 1] === ']');

function split(text) {
  const keys = [];
  if (text[0] === '.' && !host.three) keys.push('');
  let at = 0;
  while (at < text.length) {
    const c = text[at];
    if (c !== '.' && c !== '[' && c !== ']') {
      let end = at + 1;
      while (end < text.length && text[end] !== '.' && text[end] !== '[' && text[end] !== ']') end++;
      keys.push(text.slice(at, end));
      at = end;
      continue;
    }
    if (c === '[') {
      const next = text[at + 1];
      if (next === '"' || next === "'") {
        const end = quotedEnd(text, at + 1);
        if (end > 0) {
          keys.push(unescape(text.slice(at + 2, end)));
          at = end + 2;
          continue;
        }
      } else {
        const end = text.indexOf(']', at);
        if (end > 0 && number.test(text.slice(at + 1, end))) {
          keys.push(text.slice(at + 1, end));
          at = end + 1;
          continue;
        }
      }
    }
    if (!host.three && separates(text, at)) { // two in a row have an empty name between them; lodash 3 knows empty names in quotes alone
      const after = at + (c === '.' ? 1 : 2);
      if (after === text.length || separates(text, after)) keys.push('');
    }
    at++;
  }
  return keys;
}

function stringToPath(text) {
  let keys = known.get(text);
  if (keys === undefined) {
    if (known.size === MEMORY) known = new Map();
    keys = split(text);
    known.set(text, keys);
  }
  return keys;
}

function isDeep(text) {
  if (text.includes('.')) return true;
  for (let at = text.indexOf('['); at >= 0; at = text.indexOf('[', at + 1)) {
    const close = text.indexOf(']', at);
    if (close < 0) return false;
    const open = text.indexOf('[', at + 1);
    if (open < 0 || open > close) return true;
    if ((text[at + 1] === '"' || text[at + 1] === "'") && quotedEnd(text, at + 1) > 0) return true;
  }
  return false;
}

function isKey(value, object) {
  if (Array.isArray(value)) return false;
  const type = typeof value;
  if (type === 'number' || type === 'symbol' || type === 'boolean' || value === null || value === undefined || isSymbol(value)) return true;
  return wordOnly.test(value) || !isDeep(value + '') || (object !== null && object !== undefined && value in Object(object));
}

function castPath(value, object) {
  if (Array.isArray(value)) return value;
  return isKey(value, object) ? [value] : stringToPath(toString(value));
}

function getAt(object, path) {
  path = castPath(path, object);
  let i = 0;
  const length = path.length;
  while (object !== null && object !== undefined && i < length) object = object[toKey(path[i++])];
  return i && i === length ? object : undefined;
}

// parentOf reads up to the last key of a path.
const parentOf = (object, path) => (path.length < 2 ? object : getAt(object, path.slice(0, -1)));

function hasPath(object, path, hasKey) {
  path = castPath(path, object);
  let i = 0;
  let found = false;
  let key;
  for (; i < path.length; i++) {
    key = toKey(path[i]);
    found = object !== null && object !== undefined && hasKey(object, key);
    if (!found) break;
    object = object[key];
  }
  if (found || ++i !== path.length) return found;
  const length = object === null || object === undefined ? 0 : object.length;
  return !!length && isLength(length) && isIndex(key, length) && (Array.isArray(object) || isArguments(object));
}

const has = (object, path) => object !== null && object !== undefined && hasPath(object, path, own);
const hasIn = (object, path) => object !== null && object !== undefined && hasPath(object, path, (of, key) => key in Object(of));

function get(object, path, otherwise) {
  const found = object === null || object === undefined ? undefined : getAt(object, path);
  return found === undefined ? otherwise : found;
}

const lastOf = (array) => (array.length ? array[array.length - 1] : undefined);

function invokeAt(object, path, args) {
  path = castPath(path, object);
  object = parentOf(object, path);
  const fn = object === null || object === undefined ? object : object[toKey(lastOf(path))];
  return fn === null || fn === undefined ? undefined : use('base/call').apply(fn, object, args);
}

function unsetAt(object, path) {
  path = castPath(path, object);
  object = parentOf(object, path);
  return object === null || object === undefined || delete object[toKey(lastOf(path))];
}

return { stringToPath, isKey, castPath, getAt, get, has, hasIn, parentOf, lastOf, invokeAt, unsetAt };
