// require('util'): what of Node's util works without a process. format and inspect
// are in Go.

const equal = require('#equal');
const custom = Symbol.for('nodejs.util.promisify.custom');
const tag = (v) => Object.prototype.toString.call(v).slice(8, -1);
const isObject = (v) => v !== null && typeof v === 'object';

function kind(name) {
  return (v) => isObject(v) && host.classOf(v) === name;
}

const types = {
  isAnyArrayBuffer: (v) => v instanceof ArrayBuffer,
  isArrayBuffer: (v) => v instanceof ArrayBuffer,
  isArrayBufferView: (v) => ArrayBuffer.isView(v),
  isArgumentsObject: kind('Arguments'),
  isAsyncFunction: (v) => typeof v === 'function' && tag(v) === 'AsyncFunction',
  isBoxedPrimitive: (v) => isObject(v) && /^(Number|String|Boolean|Symbol|BigInt)$/.test(tag(v)),
  isDataView: (v) => ArrayBuffer.isView(v) && tag(v) === 'DataView',
  isDate: kind('Date'),
  isGeneratorFunction: (v) => typeof v === 'function' && tag(v) === 'GeneratorFunction',
  isGeneratorObject: (v) => isObject(v) && tag(v) === 'Generator',
  isMap: kind('Map'),
  isNativeError: kind('Error'),
  isPromise: kind('Promise'),
  isProxy: (v) => host.isProxy(v),
  isRegExp: kind('RegExp'),
  isSet: kind('Set'),
  isTypedArray: (v) => ArrayBuffer.isView(v) && tag(v) !== 'DataView',
  isWeakMap: kind('WeakMap'),
  isWeakSet: kind('WeakSet'),
};
for (const name of ['Number', 'String', 'Boolean', 'Symbol', 'BigInt']) {
  types['is' + name + 'Object'] = (v) => isObject(v) && tag(v) === name;
}
for (const name of ['Int8', 'Uint8', 'Uint8Clamped', 'Int16', 'Uint16', 'Int32', 'Uint32', 'Float32', 'Float64', 'BigInt64', 'BigUint64']) {
  types['is' + name + 'Array'] = (v) => ArrayBuffer.isView(v) && v[Symbol.toStringTag] === name + 'Array';
}

// received describes a value as Node's argument errors do.
function received(v) {
  if (v === null || v === undefined) return String(v);
  if (typeof v === 'function') return 'function ' + v.name;
  if (typeof v === 'object') return v.constructor && v.constructor.name ? 'an instance of ' + v.constructor.name : host.inspect(v, { depth: -1 });
  return 'type ' + typeof v + ' (' + host.inspect(v).slice(0, 28) + ')';
}

function wrong(name, type, v) {
  const err = new TypeError('The "' + name + '" argument must be of type ' + type + '. Received ' + received(v));
  err.code = 'ERR_INVALID_ARG_TYPE';
  return err;
}

function inherits(ctor, base) {
  if (ctor === undefined || ctor === null) throw wrong('ctor', 'function', ctor);
  if (base === undefined || base === null) throw wrong('superCtor', 'function', base);
  Object.defineProperty(ctor, 'super_', { value: base, writable: true, configurable: true });
  Object.setPrototypeOf(ctor.prototype, base.prototype);
}

function promisify(original) {
  if (typeof original !== 'function') throw wrong('original', 'function', original);
  if (original[custom]) {
    if (typeof original[custom] !== 'function') throw wrong('util.promisify.custom', 'function', original[custom]);
    return Object.defineProperty(original[custom], custom, { value: original[custom], configurable: true });
  }
  function promised(...args) {
    return new Promise((resolve, reject) => {
      original.call(this, ...args, (err, value) => (err ? reject(err) : resolve(value)));
    });
  }
  Object.setPrototypeOf(promised, Object.getPrototypeOf(original));
  Object.defineProperty(promised, custom, { value: promised, configurable: true });
  return Object.defineProperties(promised, Object.getOwnPropertyDescriptors(original));
}
promisify.custom = custom;

function callbackify(original) {
  if (typeof original !== 'function') throw wrong('original', 'function', original);
  return function (...args) {
    const done = args.pop();
    if (typeof done !== 'function') throw wrong('last argument', 'function', done);
    original.apply(this, args).then(
      (value) => host.later(() => done.call(this, null, value)),
      (err) => host.later(() => done.call(this, err || new Error('Promise was rejected with a falsy value'))),
    );
  };
}

function deprecate(fn) {
  return function (...args) { return new.target ? Reflect.construct(fn, args, new.target) : fn.apply(this, args); };
}

host.inspect.custom = Symbol.for('nodejs.util.inspect.custom');
host.inspect.defaultOptions = { depth: 2, breakLength: 80, compact: 3, maxArrayLength: 100, maxStringLength: 10000, showHidden: false, sorted: false, colors: false };

Object.assign(exports, {
  format: host.format, inspect: host.inspect, inherits, promisify, callbackify, deprecate, types,
  formatWithOptions: (options, ...args) => host.formatWith(options, ...args),
  isDeepStrictEqual: (a, b) => equal.strict(a, b),
  debuglog: () => () => {},
  _extend: (target, source) => (isObject(source) ? Object.assign(target, source) : target),
  stripVTControlCharacters: (s) => String(s).replace(/\u001b\[[0-9;]*[A-Za-z]/g, ''),
  toUSVString: (s) => host.wellFormed(String(s)),
  isArray: Array.isArray,
  isBoolean: (v) => typeof v === 'boolean',
  isNull: (v) => v === null,
  isNullOrUndefined: (v) => v === null || v === undefined,
  isNumber: (v) => typeof v === 'number',
  isString: (v) => typeof v === 'string',
  isSymbol: (v) => typeof v === 'symbol',
  isUndefined: (v) => v === undefined,
  isRegExp: types.isRegExp,
  isObject,
  isDate: types.isDate,
  isError: (v) => types.isNativeError(v) || v instanceof Error,
  isFunction: (v) => typeof v === 'function',
  isPrimitive: (v) => v === null || (typeof v !== 'object' && typeof v !== 'function'),
  isBuffer: (v) => require('buffer').Buffer.isBuffer(v),
  log: () => {},
});
const lazy = (name, module, property) => Object.defineProperty(exports, name, { enumerable: true, configurable: true, get: () => require(module)[property] });
lazy('TextEncoder', '#web', 'TextEncoder');
lazy('TextDecoder', '#web', 'TextDecoder');
