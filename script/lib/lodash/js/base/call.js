// Calls of the user's functions, and the errors for what is no function.

const FUNCTION_EXPECTED = 'Expected a function';

function needFunction(fn) {
  if (typeof fn !== 'function') throw new TypeError(FUNCTION_EXPECTED);
  return fn;
}

function apply(fn, self, args) {
  switch (args.length) {
    case 0: return fn.call(self);
    case 1: return fn.call(self, args[0]);
    case 2: return fn.call(self, args[0], args[1]);
    case 3: return fn.call(self, args[0], args[1], args[2]);
    default: return fn.apply(self, args);
  }
}

function anonymous(fn) {
  Object.defineProperty(fn, 'name', { value: '', configurable: true });
  return fn;
}

// variadic is for functions that take any number of arguments: they say that they take none.
function variadic(fn) {
  Object.defineProperty(fn, 'length', { value: 0, configurable: true });
  return anonymous(fn);
}

return { FUNCTION_EXPECTED, needFunction, apply, anonymous, variadic };
