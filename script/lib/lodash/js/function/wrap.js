// bind, partial, curry and what else makes a function with fixed arguments. A placeholder leaves a gap for later ones.

const { isObject, isIndex, isIterateeCall, own } = use('base/kind');
const { toInteger } = use('base/number');
const { needFunction, apply, anonymous, variadic } = use('base/call');
const { flatten } = use('base/list');

const GAP = '__lodash_placeholder__';
const order = ['ary', 'bind', 'bindKey', 'curry', 'curryRight', 'flip', 'partial', 'partialRight', 'rearg'];

// describe gives a wrapper the text of its function, with a line that says how it was wrapped.
function describe(wrapper, fn, how) {
  Object.defineProperty(wrapper, 'name', { value: 'wrapper', configurable: true });
  if (lib.three) return wrapper; // which keeps the text of the engine
  const source = fn + '';
  const said = /\{\n\/\* \[wrapped with (.+)\] \*/.exec(source);
  const names = said ? said[1].split(/,? & /) : [];
  const all = order.filter((name) => how.includes(name) && !names.includes('_.' + name)).map((name) => '_.' + name);
  const details = names.concat(all).sort();
  const length = details.length;
  if (length) details[length - 1] = (length > 1 ? '& ' : '') + details[length - 1];
  const line = '{\n/* [wrapped with ' + details.join(length > 2 ? ', ' : ' ') + '] */\n';
  const text = source.replace(/\{(?:\n\/\* \[wrapped with .+\] \*\/)?\n?/, () => line);
  const value = () => text;
  Object.defineProperty(wrapper, 'toString', { configurable: true, enumerable: false, value, writable: true });
  return wrapper;
}

const placeholderOf = (fn) => (own(_, 'placeholder') && !lib.three ? _ : fn).placeholder;

// gaps finds the placeholders of a list and puts the mark of a gap there.
function gaps(list, placeholder) {
  const found = [];
  for (let i = 0; i < list.length; i++) {
    if (list[i] === placeholder || list[i] === GAP) {
      list[i] = GAP;
      found.push(i);
    }
  }
  return found;
}

function fillLeft(args, partials, holders, curried) {
  const result = partials.slice();
  let used = 0;
  for (const at of holders) if (!curried || used < args.length) result[at] = args[used++];
  while (used < args.length) result.push(args[used++]);
  return result;
}

function fillRight(args, partials, holders, curried) {
  const length = Math.max(args.length - holders.length, 0);
  const result = args.slice(0, length).concat(partials);
  let used = length;
  for (const at of holders) if (!curried || used < args.length) result[length + at] = args[used++];
  return result;
}

// stages remembers how a function of lodash was wrapped, for flow: what ary, rearg and curry made of it in this order, called
// with all but its last argument, is done in one go with its neighbours.
const stages = use('base/stages');

function staged(wrapper, from, after, to, more) {
  const stage = stages.get(from);
  if (stage && stage.at === after && (!more.places || more.places <= stage.n)) stages.set(wrapper, { ...stage, at: to, ...more });
}

// A call with new makes an object of the function that is wrapped.
const isNew = (self, wrapper) => isObject(self) && self !== lib.root && self instanceof wrapper;

function run(fn, self, args, made) {
  return made ? Reflect.construct(fn, args) : apply(fn, self, args);
}

function partialOf(fn, partials, holders, right, name) {
  const wrapper = function (...args) {
    return run(fn, this, (right ? fillRight : fillLeft)(args, partials, holders, false), isNew(this, wrapper));
  };
  wrapper.placeholder = placeholderOf(_[name]);
  return describe(wrapper, fn, [name]);
}

const partial = variadic((fn, ...partials) => partialOf(needFunction(fn), partials, gaps(partials, placeholderOf(lib.member('partial'))), false, 'partial'));
const partialRight = variadic((fn, ...partials) => partialOf(needFunction(fn), partials, gaps(partials, placeholderOf(lib.member('partialRight'))), true, 'partialRight'));

const bind = variadic((fn, self, ...partials) => {
  needFunction(fn);
  const holders = gaps(partials, placeholderOf(lib.member('bind')));
  const wrapper = function (...args) {
    return run(fn, self, partials.length ? fillLeft(args, partials, holders, false) : args, isNew(this, wrapper));
  };
  wrapper.placeholder = placeholderOf(lib.member('bind'));
  return describe(wrapper, fn, partials.length ? ['bind', 'partial'] : ['bind']);
});

const bindKey = variadic((object, key, ...partials) => {
  const holders = gaps(partials, placeholderOf(lib.member('bindKey')));
  const wrapper = function (...args) {
    return run(object[key], object, fillLeft(args, partials, holders, false), isNew(this, wrapper));
  };
  wrapper.placeholder = placeholderOf(lib.member('bindKey'));
  return describe(wrapper, key, partials.length ? ['bindKey', 'partial'] : ['bindKey']);
});

// again makes the curried function that waits for the arguments that are still missing.
function again(fn, partials, holders, need, right, placeholder, from) {
  const wrapper = function (...args) {
    const mark = placeholderOf(wrapper);
    const given = args.length - args.filter((value) => value === mark).length;
    const all = (right ? fillRight : fillLeft)(args, partials, holders, true);
    // A gap that nothing waits for any more is handed on as it is; lodash 3 looks for gaps first.
    const holes = given < need || lib.three ? gaps(all, mark) : [];
    if (given < need) return again(fn, all, holes, need - given, right, wrapper.placeholder);
    return run(fn, this, all, isNew(this, wrapper));
  };
  wrapper.placeholder = placeholder;
  if (from && need === 1 && !right && !holders.length) staged(wrapper, from, 'curry', 'partial', { partials });
  return describe(wrapper, fn, [right ? 'curryRight' : 'curry', right ? 'partialRight' : 'partial']);
}

function currier(name, right) {
  const make = (fn, arity, guard) => {
    needFunction(fn);
    arity = guard || arity === undefined ? fn.length : Math.max(toInteger(arity), 0);
    const wrapper = function (...args) {
      if (!arity) return run(fn, this, args, isNew(this, wrapper));
      const holders = gaps(args, placeholderOf(wrapper));
      const given = args.length - holders.length;
      if (given < arity) return again(fn, args, holders, arity - given, right, wrapper.placeholder, wrapper);
      return run(fn, this, args, isNew(this, wrapper));
    };
    wrapper.placeholder = lib.member(name).placeholder;
    if (!right) staged(wrapper, fn, 'rearg', 'curry', {});
    return describe(wrapper, fn, arity ? [name] : []);
  };
  return make;
}

const curryLeft = currier('curry', false);
const curryBack = currier('curryRight', true);
function curry(func, arity, guard) { return curryLeft(func, arity, guard); }
function curryRight(func, arity, guard) { return curryBack(func, arity, guard); }

function ary(func, n, guard) {
  if (guard) n = undefined;
  if (func && (n === null || n === undefined)) n = func.length;
  needFunction(func);
  n = n === undefined ? n : Math.max(toInteger(n), 0);
  const wrapper = function (...args) {
    if (n < args.length) args.length = n;
    return run(func, this, args, isNew(this, wrapper));
  };
  stages.set(wrapper, { fn: func, at: 'ary', n });
  return describe(wrapper, func, ['ary']);
}

function unary(func) { return ary(func, 1); }

function flip(func) {
  needFunction(func);
  const wrapper = function (...args) {
    return run(func, this, args.reverse(), isNew(this, wrapper));
  };
  return describe(wrapper, func, ['flip']);
}

const rearg = variadic((func, ...indexes) => {
  const places = flatten(indexes, 1);
  needFunction(func);
  const wrapper = function (...args) {
    const old = args.slice();
    for (let i = Math.min(places.length, args.length); i--;) args[i] = isIndex(places[i], old.length) ? old[places[i]] : undefined;
    return run(func, this, args, isNew(this, wrapper));
  };
  staged(wrapper, func, 'ary', 'rearg', { places: places.length });
  return describe(wrapper, func, ['rearg']);
});

function wrap(value, wrapper) {
  return lib.member('partial')(typeof wrapper === 'function' ? wrapper : (same) => same, value);
}

const bindAll = variadic((object, ...names) => {
  for (const name of flatten(names, 1)) {
    const key = use('base/number').toKey(name);
    use('base/assign').put(object, key, bind(object[key], object));
  }
  return object;
});

const functions = { ary, bind, bindAll, bindKey, curry, curryRight, flip, partial, partialRight, rearg, unary, wrap };
for (const name of ['bind', 'bindKey', 'curry', 'curryRight', 'partial', 'partialRight']) functions[name].placeholder = _;
void isIterateeCall;
return functions;
