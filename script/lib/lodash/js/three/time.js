// debounce and throttle of lodash 3: a timer for the end of the calls, and one for the longest wait.

const { isObject } = use('base/kind');
const { needFunction } = use('base/call');

const { later, never } = lib;

function debounce(func, wait, options) {
  needFunction(func);
  wait = wait < 0 ? 0 : +wait || 0;
  let leading = false;
  let trailing = true;
  let longest = false;
  if (options === true) {
    leading = true;
    trailing = false;
  } else if (isObject(options)) {
    leading = !!options.leading;
    longest = 'maxWait' in options && Math.max(+options.maxWait || 0, wait);
    trailing = 'trailing' in options ? !!options.trailing : trailing;
  }
  let args;
  let self;
  let result;
  let stamp;
  let timer;
  let longTimer;
  let trails; // says that a call waits for the end
  let called = 0;

  function stop(id) {
    if (id) never(id);
    timer = longTimer = trails = undefined;
  }

  function run() {
    result = func.apply(self, args);
    if (!timer && !longTimer) args = self = undefined;
  }

  function complete(runs, id) {
    stop(id);
    if (!runs) return;
    called = lib.now();
    run();
  }

  function atEnd() {
    const left = wait - (lib.now() - stamp);
    if (left <= 0 || left > wait) complete(trails, longTimer);
    else timer = later(atEnd, left);
  }

  const atLongest = () => complete(trailing, timer);

  // dueNow says that the longest wait is over, and starts its timer otherwise.
  function dueNow() {
    if (!longTimer && !leading) called = stamp;
    const left = longest - (stamp - called);
    if (left > 0 && left <= longest) {
      if (!longTimer) longTimer = later(atLongest, left);
      return false;
    }
    if (longTimer) never(longTimer);
    longTimer = undefined;
    called = stamp;
    return true;
  }

  function debounced(...given) {
    args = given;
    self = this;
    stamp = lib.now();
    trails = trailing && (timer || !leading);
    const leads = longest === false && leading && !timer;
    const due = longest !== false && dueNow();
    if (due) result = func.apply(self, args);
    if (due && timer) {
      never(timer);
      timer = undefined;
    } else if (!timer && wait !== longest) timer = later(atEnd, wait);
    if (leads) result = func.apply(self, args);
    if ((due || leads) && !timer && !longTimer) args = self = undefined;
    return result;
  }
  debounced.cancel = function cancel() {
    if (timer) never(timer);
    stop(longTimer);
    called = 0;
  };
  return debounced;
}

function throttle(func, wait, options) {
  needFunction(func);
  let leading = true;
  let trailing = true;
  if (options === false) leading = false;
  else if (isObject(options)) {
    leading = 'leading' in options ? !!options.leading : leading;
    trailing = 'trailing' in options ? !!options.trailing : trailing;
  }
  return debounce(func, wait, { leading, maxWait: +wait, trailing });
}

return { debounce, throttle };
