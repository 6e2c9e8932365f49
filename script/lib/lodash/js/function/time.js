// Functions that are called later, less often, or a number of times.

const { isObject } = use('base/kind');
const { toInteger, toNumber } = use('base/number');
const { needFunction, apply, variadic } = use('base/call');

function after(n, func) {
  needFunction(func);
  n = toInteger(n);
  return function (...args) {
    if (--n < 1) return apply(func, this, args);
    return undefined;
  };
}

function before(n, func) {
  let result;
  needFunction(func);
  n = toInteger(n);
  return function (...args) {
    if (--n > 0) result = apply(func, this, args);
    if (n <= 1) func = undefined;
    return result;
  };
}

function once(func) { return before(2, func); }

const { later, never } = lib;

const defer = variadic((func, ...args) => {
  needFunction(func);
  return later(() => apply(func, undefined, args), 1);
});

const delay = variadic((func, wait, ...args) => {
  wait = toNumber(wait) || 0;
  needFunction(func);
  return later(() => apply(func, undefined, args), wait);
});

function debounce(func, wait, options) {
  needFunction(func);
  wait = toNumber(wait) || 0;
  let leading = false;
  let trailing = true;
  let longest;
  if (isObject(options)) {
    leading = !!options.leading;
    if ('maxWait' in options) longest = Math.max(toNumber(options.maxWait) || 0, wait);
    trailing = 'trailing' in options ? !!options.trailing : trailing;
  }
  let args;
  let self;
  let result;
  let timer;
  let called; // when the last call came
  let invoked = 0; // when the function last ran

  function invoke(time) {
    const [given, on] = [args, self];
    args = self = undefined;
    invoked = time;
    result = apply(func, on, given);
    return result;
  }

  function remaining(time) {
    const left = wait - (time - called);
    return longest === undefined ? left : Math.min(left, longest - (time - invoked));
  }

  function due(time) {
    const since = time - called;
    return called === undefined || since >= wait || since < 0 || (longest !== undefined && time - invoked >= longest);
  }

  function expire() {
    const time = lib.now();
    if (due(time)) return finish(time);
    timer = later(expire, remaining(time));
    return undefined;
  }

  function finish(time) {
    timer = undefined;
    if (trailing && args) return invoke(time);
    args = self = undefined;
    return result;
  }

  function debounced(...given) {
    const time = lib.now();
    const invoking = due(time);
    args = given;
    self = this;
    called = time;
    if (invoking) {
      if (timer === undefined) {
        invoked = time;
        timer = later(expire, wait);
        return leading ? invoke(time) : result;
      }
      if (longest !== undefined) {
        never(timer);
        timer = later(expire, wait);
        return invoke(called);
      }
    }
    if (timer === undefined) timer = later(expire, wait);
    return result;
  }
  debounced.cancel = function cancel() {
    if (timer !== undefined) never(timer);
    invoked = 0;
    args = called = self = timer = undefined;
  };
  debounced.flush = function flush() { return timer === undefined ? result : finish(lib.now()); };
  return debounced;
}

function throttle(func, wait, options) {
  needFunction(func);
  let leading = true;
  let trailing = true;
  if (isObject(options)) {
    leading = 'leading' in options ? !!options.leading : leading;
    trailing = 'trailing' in options ? !!options.trailing : trailing;
  }
  return debounce(func, wait, { leading, maxWait: wait, trailing });
}

return { after, before, debounce, defer, delay, once, throttle };
