// Wrapped values: the chains that _(value) begins, and the lazy ones that arrays have.

const { isIndex, isObject, isFunction } = use('base/kind');
const { toInteger } = use('base/number');
const { keys } = use('base/keys');
const { flatten } = use('base/list');
const { apply, anonymous } = use('base/call');
const path = use('base/path');

const { LodashWrapper, LazyWrapper, proto, three } = lib;
const HEAD = three ? 'first' : 'head';
const TAIL = three ? 'rest' : 'tail';
const LARGE = three ? 200 : 0; // lodash 3 goes item by item through longer arrays only
const LARGEST = 4294967295;
const FILTER = 1;
const MAP = 2;
const WHILE = 3;

const member = (name) => lib.member(name);

function tap(value, interceptor, thisArg) {
  interceptor.call(thisArg, value);
  return value;
}

function thru(value, interceptor, thisArg) { return interceptor.call(thisArg, value); }
if (!three) for (const fn of [tap, thru]) Object.defineProperty(fn, 'length', { value: 2, configurable: true });

function chain(value) {
  const result = _(value);
  result.__chain__ = true;
  return result;
}

const action = (interceptor) => ({ func: thru, args: [interceptor], thisArg: undefined });

function valueOf(value, actions) {
  let result = value instanceof LazyWrapper ? value.value() : value;
  for (let i = 0; i < actions.length; i++) {
    const one = actions[i];
    result = apply(one.func, one.thisArg, [result, ...one.args]);
  }
  return result;
}

function copyOf(wrapper) {
  if (wrapper instanceof LazyWrapper) return wrapper.clone();
  const result = new LodashWrapper(wrapper.__wrapped__, wrapper.__chain__);
  result.__actions__ = wrapper.__actions__.slice();
  result.__index__ = wrapper.__index__;
  result.__values__ = wrapper.__values__;
  return result;
}

// view applies the drops and takes of a lazy chain to the bounds of its array.
function view(end, views) {
  let start = 0;
  for (const { size, type } of views) {
    if (type === 'drop') start += size;
    else if (type === 'dropRight') end -= size;
    else if (type === 'take') end = Math.min(end, start + size);
    else start = Math.max(start, end - size);
  }
  return [start, end];
}

const lazy = {
  clone() {
    const result = new LazyWrapper(this.__wrapped__);
    result.__actions__ = this.__actions__.slice();
    result.__dir__ = this.__dir__;
    result.__filtered__ = this.__filtered__;
    result.__iteratees__ = this.__iteratees__.slice();
    result.__takeCount__ = this.__takeCount__;
    result.__views__ = this.__views__.slice();
    return result;
  },
  reverse() {
    const result = this.__filtered__ ? new LazyWrapper(this) : this.clone();
    result.__dir__ = this.__filtered__ ? -1 : result.__dir__ * -1;
    if (this.__filtered__) result.__filtered__ = true;
    return result;
  },
  // Each item goes through all steps before the next one does, until enough are there.
  value() {
    const array = this.__wrapped__.value();
    const listed = Array.isArray(array);
    const right = this.__dir__ < 0;
    const total = listed ? array.length : 0;
    const [start, end] = view(total, this.__views__);
    let length = end - start;
    const wanted = Math.min(length, this.__takeCount__);
    if (!listed || total < LARGE || ((three || !right) && total === length && wanted === length)) {
      return valueOf(three && right && listed ? array.reverse() : array, this.__actions__);
    }
    const steps = this.__iteratees__;
    const result = [];
    let i = right ? end : start - 1;
    items: while (length-- && result.length < wanted) {
      i += this.__dir__;
      let value = array[i];
      for (const { iteratee, type } of steps) {
        const computed = iteratee(value);
        if (type === MAP) value = computed;
        else if (!computed) {
          if (type === FILTER) continue items;
          break items;
        }
      }
      result.push(value);
    }
    return result;
  },
};

const steps = {};

function addBound(name) {
  steps[name] = function (n) {
    n = n === undefined ? 1 : Math.max(toInteger(n), 0);
    const result = this.__filtered__ && name === 'drop' ? new LazyWrapper(this) : this.clone();
    if (result.__filtered__) result.__takeCount__ = Math.min(n, result.__takeCount__);
    else result.__views__.push({ size: Math.min(n, LARGEST), type: name + (result.__dir__ < 0 ? 'Right' : '') });
    return result;
  };
  steps[name + 'Right'] = function (n) { return this.reverse()[name](n).reverse(); };
}
addBound('drop');
addBound('take');

function addStep(name, type) {
  steps[name] = function (iteratee, thisArg) {
    const result = this.clone();
    result.__iteratees__.push({ iteratee: three ? lib.callback(iteratee, thisArg, 1) : lib.iteratee(iteratee, 3), type });
    result.__filtered__ = result.__filtered__ || type !== MAP;
    return result;
  };
}
addStep('filter', FILTER);
addStep('map', MAP);
addStep('takeWhile', WHILE);

if (three) {
  steps.pluck = function (at) { return this.map(use('three/base').property(at)); };
  steps.where = function (source) { return this.filter(use('three/equal').matches(source)); };
} else {
  steps.find = function (predicate) { return this.filter(predicate).head(); };
  steps.findLast = function (predicate) { return this.reverse().find(predicate); };
  steps.invokeMap = function (at, ...args) {
    return typeof at === 'function' ? new LazyWrapper(this) : this.map((value) => path.invokeAt(value, at, args));
  };
}

Object.assign(steps, {
  [HEAD]() { return this.take(1).value()[0]; },
  last() { return this.takeRight(1).value()[0]; },
  initial() { return this.__filtered__ ? new LazyWrapper(this) : this.dropRight(1); },
  [TAIL]() { return this.__filtered__ ? new LazyWrapper(this) : this.drop(1); },
  compact() { return this.filter((value) => value); },
  reject(predicate, thisArg) {
    const holds = three ? lib.callback(predicate, thisArg, 1) : lib.iteratee(predicate);
    return this.filter(three ? (value) => !holds(value) : member('negate')(holds));
  },
  slice(start, end) {
    start = toInteger(start);
    let result = this;
    if (result.__filtered__ && (start > 0 || end < 0)) return new LazyWrapper(result);
    if (start < 0) result = result.takeRight(-start);
    else if (start) result = result.drop(start);
    if (end !== undefined) {
      end = toInteger(end);
      result = end < 0 ? result.dropRight(-end) : result.take(end - start);
    }
    return result;
  },
  takeRightWhile(predicate) { return this.reverse().takeWhile(predicate).reverse(); },
  toArray() { return this.take(LARGEST); },
});

const hide = (target, methods) => {
  for (const name of Object.keys(methods)) target[name] = methods[name];
};
hide(LazyWrapper.prototype, steps);
hide(LazyWrapper.prototype, lazy);

// addLazy makes the chain's method of a step: lazy on arrays as long as callbacks take one argument.
function addLazy(name) {
  const step = steps[name];
  const checks = /^(?:filter|find|map|reject)|While$/.test(name);
  const taker = name === HEAD || name === 'last';
  const plain = taker ? 'take' + (name === 'last' ? 'Right' : '') : name;
  const ends = taker || /^find/.test(name); // these give a value, not a chain
  proto[name] = function (...given) {
    let value = this.__wrapped__;
    const args = taker ? [1] : given;
    const all = this.__chain__;
    let isLazy = value instanceof LazyWrapper;
    let useLazy = isLazy || Array.isArray(value);
    const interceptor = (from) => {
      const result = apply(member(plain), _, [from, ...args]);
      return taker && all ? result[0] : result;
    };
    if (useLazy && checks && typeof args[0] === 'function' && args[0].length !== 1) isLazy = useLazy = false;
    const only = isLazy && !this.__actions__.length;
    const unwrapped = ends && !all;
    if (!ends && useLazy) {
      value = only ? value : new LazyWrapper(this);
      const result = apply(step, value, args);
      result.__actions__.push(action(interceptor));
      return new LodashWrapper(result, all);
    }
    if (unwrapped && only) return apply(step, this, args);
    const result = this.thru(interceptor);
    if (!unwrapped) return result;
    return taker ? result.value()[0] : result.value();
  };
}

// addMethod makes the method of a function; a chainable one goes on the list of what value() will do.
function addMethod(target, name, fn, chainable) {
  target.prototype[name] = function (...args) {
    const all = this.__chain__;
    const call = typeof fn === 'string' ? member(fn) : fn;
    if (!chainable && !all) return apply(call, target, [this.value(), ...args]);
    const result = target(this.__wrapped__);
    result.__actions__ = this.__actions__.slice();
    result.__actions__.push({ func: call, args, thisArg: target });
    result.__chain__ = all;
    return result;
  };
}

function mixin(object, source, options) {
  const functionsOf = (from, names) => names.filter((name) => isFunction(from[name]));
  const props = keys(source);
  let names = functionsOf(source, props);
  if ((options === null || options === undefined) && !(isObject(source) && (names.length || !props.length))) {
    options = source;
    source = object;
    object = this;
    names = functionsOf(source, keys(source));
  }
  const chainable = !(three && options === false) && (!(isObject(options) && 'chain' in options) || !!options.chain);
  const withPrototype = isFunction(object);
  for (const name of names) {
    const fn = source[name];
    object[name] = fn;
    if (withPrototype) addMethod(object, name, fn, chainable);
  }
  return object;
}

const methods = {
  at: anonymous(function (...paths) {
    paths = flatten(paths, 1);
    const { length } = paths;
    const start = length ? paths[0] : 0;
    let value = this.__wrapped__;
    const interceptor = (object) => paths.map((one) => path.get(object, one));
    if (length > 1 || this.__actions__.length || !(value instanceof LazyWrapper) || !isIndex(start)) return this.thru(interceptor);
    value = value.slice(start, +start + (length ? 1 : 0));
    value.__actions__.push(action(interceptor));
    return new LodashWrapper(value, this.__chain__).thru((array) => {
      if (length && !array.length) array.push(undefined);
      return array;
    });
  }),
  chain() { return chain(this); },
  commit() { return new LodashWrapper(this.value(), this.__chain__); },
  next() {
    if (this.__values__ === undefined) this.__values__ = member('toArray')(this.value());
    const done = this.__index__ >= this.__values__.length;
    return { done, value: done ? undefined : this.__values__[this.__index__++] };
  },
  plant(value) {
    let result;
    let last;
    for (let parent = this; parent instanceof lib.Base; parent = parent.__wrapped__) {
      const copy = copyOf(parent);
      copy.__index__ = 0;
      copy.__values__ = undefined;
      if (result) last.__wrapped__ = copy;
      else result = copy;
      last = copy;
    }
    last.__wrapped__ = value;
    return result;
  },
  reverse() {
    const value = this.__wrapped__;
    const reverse = member('reverse');
    if (!(value instanceof LazyWrapper)) return this.thru(reverse);
    const result = (this.__actions__.length ? new LazyWrapper(this) : value).reverse();
    result.__actions__.push(action(reverse));
    return new LodashWrapper(result, this.__chain__);
  },
  value() { return valueOf(this.__wrapped__, this.__actions__); },
};

// Array's own methods act on the array that is wrapped, in lodash 3 also on text; those that give an item end the chain.
function addArrayMethod(name) {
  const ofText = name === 'replace' || name === 'split';
  const fn = (ofText ? String : Array).prototype[name];
  const way = /^(?:push|sort|unshift)$/.test(name) ? 'tap' : 'thru';
  const ends = /^(?:join|pop|replace|shift)$/.test(name);
  const list = (value) => (ofText || Array.isArray(value) ? value : []);
  proto[name] = function (...args) {
    if (ends && !this.__chain__) return apply(fn, three ? this.value() : list(this.value()), args);
    return this[way]((value) => apply(fn, three ? value : list(value), args));
  };
}

function fillThree() {
  for (const name of ['join', 'pop', 'push', 'replace', 'shift', 'sort', 'splice', 'split', 'unshift']) addArrayMethod(name);
  const { commit, chain: chained, plant, value } = methods;
  hide(proto, { commit, chain: chained });
  proto.concat = function (...args) {
    return this.thru((value) => {
      const list = [];
      for (const one of args) if (Array.isArray(one) || use('three/base').isArguments(one)) list.push(...one); else list.push(one);
      return (Array.isArray(value) ? value : [Object(value)]).concat(list);
    });
  };
  proto.plant = plant;
  proto.reverse = function () {
    let from = this.__wrapped__;
    const turn = (value_) => (from instanceof LazyWrapper && from.__dir__ < 0 ? value_ : value_.reverse());
    if (!(from instanceof LazyWrapper)) return this.thru(turn);
    from = (this.__actions__.length ? new LazyWrapper(this) : from).reverse();
    from.__actions__.push(action(turn));
    return new LodashWrapper(from, this.__chain__);
  };
  proto.toString = function () { return this.value() + ''; };
  proto.value = value;
  proto.sample = function (n) {
    if (!this.__chain__ && (n === null || n === undefined)) return member('sample')(this.value());
    return this.thru((value_) => member('sample')(value_, n));
  };
  proto.run = proto.toJSON = proto.valueOf = proto.value;
  Object.assign(proto, { collect: proto.map, head: proto.first, select: proto.filter, tail: proto.rest });
}

function fill(chainable, plain) {
  for (const name of chainable) addMethod(_, name, name, true);
  for (const name of plain) addMethod(_, name, name, false);
  for (const name of Object.keys(steps)) addLazy(name);
  if (three) {
    fillThree();
    return;
  }
  for (const name of ['pop', 'push', 'shift', 'sort', 'splice', 'unshift']) addArrayMethod(name);
  hide(proto, methods);
  proto.toJSON = proto.valueOf = proto.value;
  proto.first = proto.head;
  proto[Symbol.iterator] = function () { return this; };
}

return { tap, thru, chain, mixin, fill, copyOf };
