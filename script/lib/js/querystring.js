// require('querystring'): query strings with Node's rules for separators, repeated
// names and broken escapes.

const plain = (v) => {
  switch (typeof v) {
    case 'string': return v;
    case 'boolean': return v ? 'true' : 'false';
    case 'number': return isFinite(v) ? String(v) : '';
    default: return '';
  }
};

function stringify(object, sep, eq, options) {
  sep = sep || '&';
  eq = eq || '=';
  if (object === null) object = undefined;
  const encode = (v) => encodeURIComponent(plain(v));
  if (typeof object === 'object') {
    return Object.keys(object).map((key) => {
      const name = encode(key) + eq;
      const v = object[key];
      return Array.isArray(v) ? v.map((x) => name + encode(x)).join(sep) : name + encode(v);
    }).filter(Boolean).join(sep);
  }
  return '';
}

function unescape(text) {
  try {
    return decodeURIComponent(text);
  } catch (e) {
    return host.decode(text);
  }
}

function parse(text, sep, eq, options) {
  sep = sep || '&';
  eq = eq || '=';
  const object = {};
  if (typeof text !== 'string' || text.length === 0) return object;
  const most = options && typeof options.maxKeys === 'number' ? options.maxKeys : 1000;
  let pairs = text.split(sep);
  if (most > 0) pairs = pairs.slice(0, most);
  for (const pair of pairs) {
    const p = pair.replace(/\+/g, '%20');
    const i = p.indexOf(eq);
    const key = unescape(i >= 0 ? p.slice(0, i) : p);
    const value = i >= 0 ? unescape(p.slice(i + eq.length)) : '';
    if (!Object.prototype.hasOwnProperty.call(object, key)) object[key] = value;
    else if (Array.isArray(object[key])) object[key].push(value);
    else object[key] = [object[key], value];
  }
  return object;
}

Object.assign(exports, { decode: parse, parse, encode: stringify, stringify, escape: encodeURIComponent, unescape });
