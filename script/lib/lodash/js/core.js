// The function _ itself. Its members are made when they are first touched, from the files that host.place names.

const shared = new Map();

function use(name) {
  let module = shared.get(name);
  if (module === undefined) {
    module = host.load(name)(use, host);
    shared.set(name, module);
  }
  return module;
}

function wrapperClasses() {
  function Base() {}
  function LodashWrapper(value, chained) {
    this.__wrapped__ = value;
    this.__actions__ = [];
    this.__chain__ = !!chained;
    this.__index__ = 0;
    this.__values__ = undefined;
  }
  function LazyWrapper(value) {
    this.__wrapped__ = value;
    this.__actions__ = [];
    this.__dir__ = 1;
    this.__filtered__ = false;
    this.__iteratees__ = [];
    this.__takeCount__ = 4294967295;
    this.__views__ = [];
  }
  for (const type of [LodashWrapper, LazyWrapper]) {
    type.prototype = Object.create(Base.prototype);
    type.prototype.constructor = type;
  }
  return { Base, LodashWrapper, LazyWrapper };
}

const contextNames = ['Array', 'Buffer', 'DataView', 'Date', 'Error', 'Float32Array', 'Float64Array', 'Function', 'Int8Array', 'Int16Array',
  'Int32Array', 'Map', 'Math', 'Object', 'Promise', 'RegExp', 'Set', 'String', 'Symbol', 'TypeError', 'Uint8Array', 'Uint8ClampedArray',
  'Uint16Array', 'Uint32Array', 'WeakMap', '_', 'clearTimeout', 'isFinite', 'parseInt', 'setTimeout'];

// What another context has of its own is used; the rest is asked of the global object each time.
function environment(lib, root, context) {
  const differs = (name) => context !== root && context[name] !== undefined && context[name] !== root[name] && context[name];
  const date = differs('Date');
  const set = differs('setTimeout');
  const clear = differs('clearTimeout');
  const { random } = (context.Math || root.Math);
  lib.root = context;
  if (date && lib.three) lib.now = () => new date().getTime(); // it trusts the engine's now only
  else lib.now = date && date.now ? () => date.now() : () => root.Date.now();
  lib.later = set ? (fn, wait) => set.call(context, fn, wait) : (fn, wait) => (root.setTimeout || host.timers.setTimeout)(fn, wait);
  lib.never = clear ? (id) => clear.call(context, id) : (id) => (root.clearTimeout || host.timers.clearTimeout)(id);
  lib.random = () => random();
  lib.isFinite = differs('isFinite') || Number.isFinite;
}

function make(root, context) {
  const lib = wrapperClasses();
  lib.three = host.three;
  const { LodashWrapper, LazyWrapper } = lib;
  function lodash(value) {
    fill();
    if (value !== null && typeof value === 'object' && !Array.isArray(value) && !(value instanceof LazyWrapper)) {
      if (value instanceof LodashWrapper) return value;
      if (Object.prototype.hasOwnProperty.call(value, '__wrapped__')) return lib.use('seq/wrapper').copyOf(value);
    }
    return new LodashWrapper(value);
  }
  // A bound function has no prototype of its own, so that a getter can stand for one until it is asked for.
  const _ = lodash.bind();
  Object.defineProperty(_, 'name', { value: 'lodash', configurable: true });
  Object.defineProperty(_, 'length', { value: 1, configurable: true });
  lib.proto = lodash.prototype = lib.Base.prototype;
  lib.proto.constructor = _;
  let fill = () => {
    fill = () => {};
    Object.defineProperty(_, 'prototype', { value: lib.proto, writable: true, enumerable: false, configurable: true });
    lib.use('seq/wrapper').fill(host.chainable(), host.plain());
  };
  Object.defineProperty(_, 'prototype', { configurable: true, get() { fill(); return lib.proto; }, set(value) { fill(); _.prototype = value; } });
  lib.ids = 0;
  const modules = new Map();
  lib.use = (name) => {
    let module = modules.get(name);
    if (module === undefined) {
      module = host.load(name)(use, host, _, lib);
      modules.set(name, module);
    }
    return module;
  };
  function iteratee(func) {
    const { iteratee: base } = use('base/iteratee');
    return base(typeof func === 'function' || func === null || typeof func !== 'object' ? func : use('base/clone').cloneDeep(func));
  }
  // All contexts have the first one's.
  const runInContext = shared.get('runInContext') || function runInContext(other) {
    if (other === null || other === undefined) return make(root, root);
    const picked = {};
    for (const name of contextNames) if (name !== '_' && name !== 'Buffer') picked[name] = root[name];
    return make(root, lib.member('defaults')({}, other, picked));
  };
  // In lodash 3 the function has another name, and callbacks have a this.
  function callback(func, thisArg, guard) {
    const { isIterateeCall } = use('three/base');
    if (guard && isIterateeCall(func, thisArg, guard)) thisArg = undefined;
    return func !== null && typeof func === 'object' ? lib.member('matches')(func) : base3(func, thisArg);
  }
  function base3(func, self, count) {
    const { bound, identity, property } = use('three/base');
    if (typeof func === 'function') return self === undefined ? func : bound(func, self, count);
    if (func === null || func === undefined) return identity;
    if (typeof func === 'object') return use('three/equal').matches(func);
    return self === undefined ? property(func) : use('three/equal').matchesProperty(func, self);
  }
  lib.hasCallback = () => _.callback !== callback;
  lib.callback = (func, self, count) => ((_.callback || callback) === callback ? base3(func, self, count) : _.callback(func, self, count));
  const here = Object.assign(Object.create(null), { iteratee, runInContext });
  lib.member = (name) => here[name] || lib.use(host.place(name))[name];
  lib.iteratee = (value, arity) => {
    const own = _.iteratee || iteratee;
    return own === iteratee ? use('base/iteratee').iteratee(value) : own(value, arity);
  };
  environment(lib, root, context);
  settings(lib, _, root);
  host.members(_, lib.member);
  if (lib.three) {
    here.callback = _.callback = _.iteratee = callback;
    _.support = {};
  } else _.iteratee = iteratee;
  _.VERSION = host.version;
  if (!shared.has('runInContext')) _._ = _;
  shared.set('runInContext', runInContext);
  return _;
}

function settings(lib, _, root) {
  const had = Object.getOwnPropertyDescriptor(root, '_');
  lib.old = () => (had && had.get ? had.get.call(root) : had && had.value);
  lib.interpolate = /<%=([\s\S]+?)%>/g;
  _.templateSettings = {
    escape: /<%-([\s\S]+?)%>/g, evaluate: /<%([\s\S]+?)%>/g, interpolate: lib.interpolate, variable: '', imports: { _ },
  };
}

return make(host.root, host.root);
