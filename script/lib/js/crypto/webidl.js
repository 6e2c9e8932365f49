// How Web Crypto reads its arguments: the conversions of Web IDL, with the texts of errors that Node gives.
const { DOMException } = require('#dom');

function typeError(code, message) {
  const err = new TypeError(message);
  err.code = code;
  return err;
}
const domError = (message, name) => new DOMException(message, name);

function fail(where, message, code) {
  return typeError(code || 'ERR_INVALID_ARG_TYPE', (where.prefix ? where.prefix + ': ' : '') + (where.context || 'Value') + ' ' + message);
}

const ordinal = (i) => ['1st', '2nd', '3rd'][i] || i + 1 + 'th';

// method converts the arguments of an interface's method; kinds are one converter each.
function convertAll(name, iface, given, kinds, least) {
  const prefix = "Failed to execute '" + name + "' on '" + iface + "'";
  if (given.length < least) {
    throw typeError('ERR_MISSING_ARGS', prefix + ': ' + least + ' argument' + (least === 1 ? '' : 's') +
      ' required, but only ' + given.length + ' present.');
  }
  return kinds.map((kind, i) => (i < given.length ? kind(given[i], { prefix, context: ordinal(i) + ' argument' }) : undefined));
}

const isObject = (v) => v !== null && (typeof v === 'object' || typeof v === 'function');

function text(v, where) {
  if (typeof v === 'symbol') throw fail(where, 'is a Symbol and cannot be converted to a string.');
  return String(v);
}

function isBuffer(v) { return host.isBuffer(v); }

function buffer(v, where) {
  if (!isBuffer(v)) throw fail(where, 'is not instance of ArrayBuffer, Buffer, TypedArray, or DataView.');
  return v;
}

function oneOf(kind, list) {
  return (v, where) => {
    const s = String(v);
    if (!list.includes(s)) throw fail(where, "value '" + s + "' is not a valid enum value of type " + kind + '.', 'ERR_INVALID_ARG_VALUE');
    return s;
  };
}

function sequence(item) {
  return (v, where) => {
    if (!isObject(v)) throw fail(where, 'can not be converted to sequence.');
    if (typeof v[Symbol.iterator] !== 'function') throw fail(where, 'can not be converted to sequence.');
    const list = [];
    for (const x of v) list.push(item(x, { prefix: where.prefix, context: where.context + ', index ' + list.length }));
    return list;
  };
}

// number converts to an unsigned integer of so many bits that must be in range.
function number(bits) {
  const top = Math.pow(2, bits) - 1;
  return (v, where) => {
    if (typeof v === 'bigint') throw fail(where, 'is a BigInt and cannot be converted to a number.');
    if (typeof v === 'symbol') throw fail(where, 'is a Symbol and cannot be converted to a number.');
    const n = Number(v);
    if (!Number.isFinite(n)) throw fail(where, 'is not a finite number.');
    const whole = Math.trunc(n);
    if (whole < 0 || whole > top) throw fail(where, 'is outside the expected range of 0 to ' + top + '.', 'ERR_OUT_OF_RANGE');
    return whole + 0;
  };
}

// dictionary reads members, each {key, kind, required, check}, in their order.
function dictionary(name, members) {
  return (v, where) => {
    if (v !== undefined && v !== null && !isObject(v)) throw fail(where, 'can not be converted to a dictionary');
    const out = {};
    for (const m of members) {
      const value = v === undefined || v === null ? undefined : v[m.key];
      if (value !== undefined) {
        out[m.key] = m.kind(value, { prefix: where.prefix, context: "'" + m.key + "' of '" + name + "' (" + where.context + ')' });
        if (m.check) m.check(out[m.key], v);
      } else if (m.required) {
        throw fail(where, "can not be converted to '" + name + "' because '" + m.key + "' is required in '" + name + "'.", 'ERR_MISSING_OPTION');
      }
    }
    return out;
  };
}

const algorithm = (v, where) => (isObject(v) ? v : text(v, where));
const bytes8 = (v, where) => {
  if (!host.isUint8Array(v)) throw fail(where, 'is not an Uint8Array object.');
  return v;
};

Object.assign(exports, {
  typeError, domError, fail, convertAll, isObject, isBuffer, text, buffer, oneOf, sequence, number, dictionary, algorithm, bytes8,
});
