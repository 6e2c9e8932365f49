// What the streams share: queues with sizes, promises with their ends, and the texts of errors that Node gives.
function invalid(code, message, kind) {
  const err = new (kind || TypeError)(message);
  err.code = code;
  return err;
}
const badState = (message) => invalid('ERR_INVALID_STATE', 'Invalid state: ' + message);
const badThis = (name) => invalid('ERR_INVALID_THIS', 'Value of "this" must be of type ' + name);
const badArgument = (name, kind, v) => invalid('ERR_INVALID_ARG_TYPE', 'The "' + name + '" argument must be ' + kind + '.' + received(v));
const badProperty = (name, kind, v) => invalid('ERR_INVALID_ARG_TYPE', 'The "' + name + '" property must be ' + kind + '.' + received(v));
const illegal = () => invalid('ERR_ILLEGAL_CONSTRUCTOR', 'Illegal constructor');

function received(v) {
  if (v === undefined || v === null) return ' Received ' + v;
  if (typeof v === 'function') return ' Received function ' + v.name;
  if (typeof v === 'object') {
    return v.constructor && v.constructor.name ? ' Received an instance of ' + v.constructor.name : ' Received ' + host.inspect(v);
  }
  return ' Received type ' + typeof v + ' (' + host.inspect(v) + ')';
}

// deferred is a promise with its two ends; nobody is told when it is rejected and not looked at.
function deferred() {
  const d = {};
  d.promise = new Promise((resolve, reject) => { d.resolve = resolve; d.reject = reject; });
  return d;
}
function quiet(promise) {
  promise.then(undefined, () => {});
  return promise;
}
function rejected(reason) {
  const d = deferred();
  d.reject(reason);
  d.promise.then(undefined, () => {});
  return d;
}
function resolved() {
  const d = deferred();
  d.resolve();
  return d;
}

// promised calls fn so that what it throws comes by the promise that it gives.
function promised(fn, ...args) {
  try { return Promise.resolve(fn(...args)); } catch (e) { return Promise.reject(e); }
}

// A Queue holds chunks with their sizes.
class Queue {
  constructor() { this.items = []; this.total = 0; }
  put(value, size) {
    const n = Number(size);
    if (!(n >= 0) || n === Infinity) throw invalid('ERR_INVALID_ARG_VALUE', "The argument 'size' is invalid. Received " + host.inspect(size), RangeError);
    this.items.push({ value, size: n });
    this.total += n;
  }
  take() {
    const { value, size } = this.items.shift();
    this.total = Math.max(0, this.total - size);
    return value;
  }
  get first() { return this.items[0].value; }
  get length() { return this.items.length; }
  clear() { this.items = []; this.total = 0; }
}

function highWaterMark(strategy, fallback) {
  if (strategy === undefined || strategy === null || strategy.highWaterMark === undefined) return fallback;
  const n = Number(strategy.highWaterMark);
  if (Number.isNaN(n) || n < 0) {
    throw invalid('ERR_INVALID_ARG_VALUE', "The property 'strategy.highWaterMark' is invalid. Received " + host.inspect(strategy.highWaterMark), RangeError);
  }
  return n;
}
function sizeOf(strategy) {
  if (strategy === undefined || strategy === null || strategy.size === undefined) return () => 1;
  const { size } = strategy;
  if (typeof size !== 'function') throw badProperty('strategy.size', 'of type function', size);
  return (chunk) => size(chunk);
}
function dictionary(v, name) {
  if (v === undefined || v === null) return {};
  if (typeof v !== 'object' && typeof v !== 'function') throw badArgument(name, 'of type object', v);
  return v;
}
function method(source, name) {
  const fn = source[name];
  if (fn === undefined) return undefined;
  if (typeof fn !== 'function') throw new TypeError('Bind must be called on a function');
  return (...args) => Reflect.apply(fn, source, args);
}

// show makes the members of a class visible as those of web classes are, and names its objects.
function show(Class) {
  for (const name of Object.getOwnPropertyNames(Class.prototype)) {
    if (name !== 'constructor') Object.defineProperty(Class.prototype, name, { enumerable: true });
  }
  Object.defineProperty(Class.prototype, Symbol.toStringTag, { value: Class.name, configurable: true });
  return Class;
}

const marks = new WeakMap();
function strategyOf(self, name) {
  const s = marks.get(self);
  if (!s || s.name !== name) throw badThis(name);
  return s;
}
function strategyClass(name, measure) {
  const Class = { [name]: class {
    constructor(init) {
      if (init === undefined || init === null || typeof init !== 'object' && typeof init !== 'function') throw badArgument('init', 'of type object', init);
      if (init.highWaterMark === undefined) throw invalid('ERR_MISSING_OPTION', 'init.highWaterMark is required');
      marks.set(this, { name, mark: Number(init.highWaterMark) });
    }
    get highWaterMark() { return strategyOf(this, name).mark; }
    get size() { strategyOf(this, name); return measure; }
  } }[name];
  return show(Class);
}

if (Symbol.asyncIterator === undefined) Object.defineProperty(Symbol, 'asyncIterator', { value: Symbol('Symbol.asyncIterator') });

Object.assign(exports, {
  invalid, badState, badThis, badArgument, badProperty, illegal, received, deferred, quiet, rejected, resolved, promised, Queue, highWaterMark, sizeOf,
  dictionary, method, show,
  ByteLengthQueuingStrategy: strategyClass('ByteLengthQueuingStrategy', function size(chunk) { return chunk.byteLength; }),
  CountQueuingStrategy: strategyClass('CountQueuingStrategy', function size() { return 1; }),
});
