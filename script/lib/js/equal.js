// Deep equality as Node's assert defines it, strict and loose. Cycles are compared
// by the pairs already under comparison.

const tag = (v) => Object.prototype.toString.call(v);
const own = (o, k) => Object.prototype.hasOwnProperty.call(o, k);
const symbols = (o) => Object.getOwnPropertySymbols(o).filter((s) => Object.prototype.propertyIsEnumerable.call(o, s));
const isObject = (v) => v !== null && typeof v === 'object' || typeof v === 'function';

function equal(a, b, strict, seen) {
  if (a === b) return strict ? a !== 0 || Object.is(a, b) : true;
  if (!isObject(a) || !isObject(b)) {
    if (isObject(a) || isObject(b)) return false;
    // eslint-disable-next-line eqeqeq
    return strict ? Object.is(a, b) : a == b;
  }
  if (typeof a === 'function' || typeof b === 'function') return false;
  if (strict && Object.getPrototypeOf(a) !== Object.getPrototypeOf(b)) return false;
  if (tag(a) !== tag(b) || Array.isArray(a) !== Array.isArray(b)) return false;
  for (const [x, y] of seen) if (x === a && y === b) return true;
  seen.push([a, b]);
  const same = contents(a, b, strict, seen) && properties(a, b, strict, seen);
  seen.pop();
  return same;
}

function contents(a, b, strict, seen) {
  if (a instanceof Date) return a.getTime() === b.getTime() || (a.getTime() !== a.getTime() && b.getTime() !== b.getTime());
  if (a instanceof RegExp) return String(a) === String(b) && a.lastIndex === b.lastIndex;
  if (a instanceof Error) return a.message === b.message && a.name === b.name;
  if (a instanceof Number || a instanceof String || a instanceof Boolean || a instanceof Symbol || a instanceof BigInt) return Object.is(a.valueOf(), b.valueOf());
  if (ArrayBuffer.isView(a) || a instanceof ArrayBuffer) return host.sameBytes(a, b);
  if (Array.isArray(a)) return a.length === b.length;
  if (a instanceof Set) return a.size === b.size && sets(a, b, strict, seen);
  if (a instanceof Map) return a.size === b.size && maps(a, b, strict, seen);
  return true;
}

function properties(a, b, strict, seen) {
  if (ArrayBuffer.isView(a)) return true; // compared as bytes
  const keys = Object.keys(a);
  if (keys.length !== Object.keys(b).length) return false;
  for (const k of keys) if (!own(b, k)) return false;
  if (strict) {
    const marks = symbols(a);
    if (marks.length !== symbols(b).length) return false;
    for (const s of marks) if (!own(b, s) || !equal(a[s], b[s], strict, seen)) return false;
  }
  for (const k of keys) if (!equal(a[k], b[k], strict, seen)) return false;
  return true;
}

// sets and maps first match what is the same, then look for equal partners.
function sets(a, b, strict, seen) {
  const rest = [...b].filter((v) => !a.has(v));
  for (const v of a) {
    if (b.has(v)) continue;
    const i = rest.findIndex((w) => (strict && !isObject(v) ? false : equal(v, w, strict, seen)));
    if (i < 0) return false;
    rest.splice(i, 1);
  }
  return true;
}

function maps(a, b, strict, seen) {
  const rest = [...b].filter(([k]) => !a.has(k));
  for (const [k, v] of a) {
    if (b.has(k)) {
      if (!equal(v, b.get(k), strict, seen)) return false;
      continue;
    }
    const i = rest.findIndex(([j, w]) => equal(k, j, strict, seen) && equal(v, w, strict, seen));
    if (i < 0) return false;
    rest.splice(i, 1);
  }
  return true;
}

exports.strict = (a, b) => equal(a, b, true, []);
exports.loose = (a, b) => equal(a, b, false, []);
