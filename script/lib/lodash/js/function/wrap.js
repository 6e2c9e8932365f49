// bind, partial, curry and what else makes a function with fixed arguments. A placeholder leaves a gap for later ones. What is
// done to a function that is wrapped already is done in the one wrapper where that comes to the same, as in lodash.

const { isObject, isIndex, isIterateeCall, own } = use('base/kind');
const { toInteger } = use('base/number');
const { needFunction, apply, anonymous, variadic } = use('base/call');
const { flatten } = use('base/list');

const GAP = '__lodash_placeholder__';
const order = ['ary', 'bind', 'bindKey', 'curry', 'curryRight', 'flip', 'partial', 'partialRight', 'rearg'];

// describe gives a wrapper the text of its function, with a line that says how it was wrapped.
function describe(wrapper, fn, flags) {
  Object.defineProperty(wrapper, 'name', { value: 'wrapper', configurable: true });
  if (lib.three) return wrapper; // which keeps the text of the engine
  const source = fn + '';
  const how = order.filter((name) => flags & ways[name]);
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

// The ways of wrapping. BOUND says that a curried function was bound before it was curried.
const BIND = 1, BINDKEY = 2, BOUND = 4, CURRY = 8, CURRYRIGHT = 16, PARTIAL = 32, PARTIALRIGHT = 64, ARY = 128, REARG = 256, FLIP = 512;
const ways = { ary: ARY, bind: BIND, bindKey: BINDKEY, curry: CURRY, curryRight: CURRYRIGHT, flip: FLIP, partial: PARTIAL, partialRight: PARTIALRIGHT, rearg: REARG };

// plans are how each wrapper was made. flow reads them too.
const plans = new WeakMap();

// lazy is the name under which a chain has a function of lodash that it can do with its neighbours.
function lazy(fn) {
  const { name } = fn;
  if (!(name in lib.LazyWrapper.prototype)) return undefined;
  const known = _[name];
  const plan = plans.get(known);
  return known === fn || (plan && plan.fn === fn) ? name : undefined;
}

// gaps finds the placeholders of a list and puts the mark of a gap there.
function gaps(list, placeholder) {
  const found = [];
  for (let i = 0; i < list.length; i++) {
    if (list[i] === placeholder || (!lib.three && list[i] === GAP)) {
      list[i] = GAP;
      found.push(i);
    }
  }
  return found;
}

// fillLeft puts arguments into the gaps of those given before, and the rest behind them. A curried function keeps gaps open.
function fillLeft(args, partials, holders, curried) {
  const result = partials.slice();
  let used = 0;
  for (const at of holders) {
    if (!curried || used < args.length) result[at] = args[used];
    used++;
  }
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

function reorder(args, places) {
  const old = args.slice();
  for (let i = Math.min(places.length, args.length); i--;) args[i] = isIndex(places[i], old.length) ? old[places[i]] : undefined;
}

// A call with new makes an object of the function that is wrapped.
const isNew = (self, wrapper) => isObject(self) && self !== lib.root && self instanceof wrapper;

function run(fn, self, args, made) {
  return made ? Reflect.construct(fn, args) : apply(fn, self, args);
}

// mixes says whether two ways of wrapping can be one.
function mixes(plan, old) {
  const ways = plan.how | old.how;
  if (ways < (lib.three ? ARY : ARY | BIND | BINDKEY)) return true;
  const fits = () => (plan.places || old.places).length <= old.n;
  return (old.how === ARY && (plan.how === CURRY || (plan.how === REARG && fits())))
    || (old.how === (ARY | REARG) && plan.how === CURRY && (lib.three || fits()));
}

function merge(plan, old) {
  if (!mixes(plan, old)) return;
  const bound = old.how & BIND;
  if (bound) plan.self = old.self;
  const how = plan.how | old.how | (bound && !(plan.how & BIND) ? BOUND : 0);
  for (const [args, holes, fill] of [['left', 'leftGaps', fillLeft], ['right', 'rightGaps', fillRight]]) {
    if (!old[args]) continue;
    const mine = plan[args];
    plan[args] = mine ? fill(mine, old[args], old[holes], false) : old[args].slice();
    plan[holes] = mine ? gaps(plan[args], GAP) : old[holes].slice();
  }
  plan.places = old.places || plan.places;
  if (old.how & ARY) plan.n = plan.n === undefined ? old.n : Math.min(plan.n, old.n);
  if (plan.arity === undefined) plan.arity = old.arity;
  plan.fn = old.fn;
  plan.how = how;
}

// curryOf makes the function of a plan that is nothing but curried. lodash 4 looks for gaps even where no more are waited for.
function curryOf(plan) {
  const { fn, arity } = plan;
  const wrapper = function (...args) {
    const holes = gaps(args, placeholderOf(wrapper));
    const given = args.length - holes.length;
    if (given < arity) return again({ ...plan, self: undefined }, wrapper, args, holes, arity - given);
    return run(fn, this, args, isNew(this, wrapper));
  };
  return wrapper;
}

// wrapperOf makes the function of a plan.
function wrapperOf(plan) {
  const { fn, how, arity, places, n } = plan;
  const curried = how & (CURRY | CURRYRIGHT);
  const wrapper = function (...given) {
    let args = given;
    let length = given.length;
    const placeholder = curried ? placeholderOf(wrapper) : undefined;
    if (curried && !lib.three) for (const value of given) if (value === placeholder) length--;
    const open = curried && !lib.three;
    if (plan.left) args = fillLeft(args, plan.left, plan.leftGaps, open);
    if (plan.right) args = fillRight(args, plan.right, plan.rightGaps, open);
    if (curried) {
      const holes = lib.three || length < arity ? gaps(args, placeholder) : [];
      if (lib.three) length -= holes.length;
      if (length < arity) return again(plan, wrapper, args, holes, arity - length);
    }
    const self = how & BIND ? plan.self : this;
    if (places) reorder(args, places);
    else if (how & FLIP) args.reverse();
    if (how & ARY && n < args.length) args.length = n;
    return run(how & BINDKEY ? self[fn] : fn, self, args, isNew(this, wrapper));
  };
  return wrapper;
}

// again makes the curried function that waits for the arguments that are still missing.
function again(plan, before, args, holes, arity) {
  const left = plan.how & CURRY;
  let how = (plan.how | (left ? PARTIAL : PARTIALRIGHT)) & ~(left ? PARTIALRIGHT : PARTIAL);
  if (!(how & BOUND)) how &= ~(BIND | BINDKEY);
  const next = { fn: plan.fn, how, self: plan.self, places: plan.places, n: plan.n, arity };
  Object.assign(next, left ? { left: args, leftGaps: holes } : { right: args, rightGaps: holes });
  const wrapper = wrapperOf(next);
  if (lazy(plan.fn)) plans.set(wrapper, next);
  wrapper.placeholder = before.placeholder;
  return describe(wrapper, plan.fn, how);
}

// whole makes a whole number that is not negative of a count that was given.
const whole = (n) => (n === undefined || lib.three ? n : Math.max(toInteger(n), 0));

// wrapped makes a wrapper: plan has fn, how, and what belongs to the way: self, args and holes, places, n, arity.
function wrapped(plan) {
  const byKey = plan.how & BINDKEY;
  if (!byKey) needFunction(plan.fn);
  const { args, holes } = plan;
  let length = args ? args.length : 0;
  if (!length) plan.how &= ~(PARTIAL | PARTIALRIGHT);
  else if (plan.how & PARTIALRIGHT) Object.assign(plan, { right: args, rightGaps: holes });
  else Object.assign(plan, { left: args, leftGaps: holes });
  plan.n = whole(plan.n);
  plan.arity = whole(plan.arity);
  if (length) length -= holes.length;
  const old = byKey ? undefined : plans.get(plan.fn);
  const { fn } = plan;
  if (old) merge(plan, old);
  const known = plan.arity;
  if (known === undefined || known === null) plan.arity = byKey ? 0 : (lib.three ? fn : plan.fn).length;
  else plan.arity = Math.max(known - length, 0) || 0;
  if (!plan.arity && !lib.three) plan.how &= ~(CURRY | CURRYRIGHT);
  const only = plan.how === CURRY || plan.how === CURRYRIGHT;
  const wrapper = only && !lib.three ? curryOf(plan) : wrapperOf(plan);
  plans.set(wrapper, plan);
  return describe(wrapper, plan.fn, plan.how);
}

const withGaps = (name, how) => variadic((fn, ...args) => wrapped({ fn, how, args, holes: gaps(args, placeholderOf(lib.member(name))) }));
const partial = withGaps('partial', PARTIAL);
const partialRight = withGaps('partialRight', PARTIALRIGHT);

const bind = variadic((fn, self, ...args) => wrapped({ fn, how: args.length ? BIND | PARTIAL : BIND, self, args, holes: gaps(args, placeholderOf(lib.member('bind'))) }));
const bindKey = variadic((self, fn, ...args) => wrapped({
  fn, how: BIND | BINDKEY | (args.length ? PARTIAL : 0), self, args, holes: gaps(args, placeholderOf(lib.member('bindKey'))),
}));

const currier = (name, how) => (fn, arity, guard) => {
  const wrapper = wrapped({ fn, how, arity: guard && (!lib.three || isIterateeCall(fn, arity, guard)) ? undefined : arity });
  wrapper.placeholder = lib.member(name).placeholder;
  return wrapper;
};
const curryLeft = currier('curry', CURRY);
const curryBack = currier('curryRight', CURRYRIGHT);
function curry(func, arity, guard) { return curryLeft(func, arity, guard); }
function curryRight(func, arity, guard) { return curryBack(func, arity, guard); }

function ary(func, n, guard) {
  if (guard && (!lib.three || isIterateeCall(func, n, guard))) n = undefined;
  if (func && (n === null || n === undefined)) n = func.length;
  else if (lib.three) n = Math.max(+n || 0, 0);
  return wrapped({ fn: func, how: ARY, n });
}

function unary(func) { return ary(func, 1); }
function flip(func) { return wrapped({ fn: func, how: FLIP }); }
const rearg = variadic((fn, ...indexes) => wrapped({ fn, how: REARG, places: flatten(indexes, 1) }));

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
functions.inside = { plans, lazy }; // for flow
return functions;
