// The text of a value, the same in every engine: what the tests compare. Returns { show, ask }.

const lodashTexts = /^(Expected a function|Invalid `variable` option|Unsupported core-js use|Invalid string length)/;
// Engines name the time zone in their own ways.
const zone = /\(?coordinated[-_ ]?universal[-_ ]?time\)?|\(utc\)|utc/gi;
const classOf = (value) => Object.prototype.toString.call(value).slice(8, -1);

function number(value) {
  return Object.is(value, -0) ? '-0' : String(value);
}

function failure(e) {
  if (e === null || typeof e !== 'object') return 'throws ' + show(e);
  return 'throws ' + e.name + (lodashTexts.test(e.message) ? ': ' + e.message : '');
}

function key(name) {
  return typeof name === 'symbol' ? '[' + String(name) + ']' : /^\w+$/.test(name) ? name : JSON.stringify(name);
}

// Properties of an object, own and enumerable; a getter is read.
function properties(value, seen, skip) {
  return Reflect.ownKeys(value).filter((name) => !skip(name) && Object.prototype.propertyIsEnumerable.call(value, name))
    .map((name) => key(name) + ':' + show(value[name], seen));
}

function named(value) {
  const proto = Object.getPrototypeOf(value);
  if (proto === null) return 'null ';
  const make = Object.prototype.hasOwnProperty.call(proto, 'constructor') ? proto.constructor : undefined;
  if (make === Object) return '';
  if (typeof make === 'function') return (make.name || 'anonymous') + (proto === value ? '?' : '') + ' ';
  return 'inherits(' + Object.keys(proto).join() + ') ';
}

function list(value, seen) {
  const items = [];
  for (let i = 0; i < value.length && i < 1000; i++) items.push(i in value ? show(value[i], seen) : '-');
  const rest = properties(value, seen, (name) => typeof name === 'string' && /^(\d+|length)$/.test(name)).sort();
  return '[' + items.concat(rest).join(',') + ']' + (value.constructor === Array ? '' : '!');
}

function show(value, seen) {
  seen = seen || [];
  switch (typeof value) {
    case 'undefined': return 'undefined';
    case 'number': return number(value);
    case 'string': return JSON.stringify(value.replace(zone, 'zone'));
    case 'bigint': return value + 'n';
    case 'symbol': return String(value);
    case 'boolean': return String(value);
    case 'function': return 'function ' + (typeof value.label === 'string' ? value.label : '');
  }
  if (value === null) return 'null';
  if (seen.includes(value)) return '<' + (seen.length - seen.indexOf(value)) + '>';
  if (seen.length > 12) return '...';
  seen = seen.concat([value]);
  if (Array.isArray(value)) return list(value, seen);
  const kind = classOf(value);
  switch (kind) {
    case 'Date': return 'Date(' + number(+value) + ')';
    case 'RegExp': return String(value) + '@' + value.lastIndex;
    case 'Error': return value.name + '(' + (lodashTexts.test(value.message) || !/TypeError|SyntaxError/.test(value.name) ? value.message : '') + ')';
    case 'Map': return 'Map{' + Array.from(value).map(([k, v]) => show(k, seen) + '=>' + show(v, seen)).join() + '}';
    case 'Set': return 'Set{' + Array.from(value).map((v) => show(v, seen)).join() + '}';
    case 'ArrayBuffer': return 'ArrayBuffer(' + Array.from(new Uint8Array(value)).join() + ')';
    case 'DataView': return 'DataView(' + value.byteOffset + ',' + value.byteLength + ')';
    case 'Symbol': return 'Object(' + String(Symbol.prototype.valueOf.call(value)) + ')';
    case 'String': case 'Number': case 'Boolean': return 'new ' + kind + '(' + show(value.valueOf()) + ')';
    case 'WeakMap': case 'WeakSet': case 'Promise': return kind;
  }
  if (ArrayBuffer.isView(value)) return kind + '(' + Array.from(value, show).join() + ')';
  if ('__wrapped__' in value) return 'wrapped(' + value.__chain__ + ',' + show(value.value(), seen) + ')';
  return (kind === 'Object' ? named(value) : kind + ' ') + '{' + properties(value, seen, () => false).join() + '}';
}

// ask runs code and gives its answer and what it logged, as text.
function ask(code, logged) {
  let answer;
  try {
    answer = show(code());
  } catch (e) {
    try {
      answer = failure(e);
    } catch (other) {
      answer = 'throws what cannot be shown';
    }
  }
  return logged.length ? answer + ' | ' + logged.join(' | ') : answer;
}

return { show, ask };
