// Calls of the user's functions, and the errors for what is no function.

const FUNCTION_EXPECTED = 'Expected a function';

function needFunction(fn) {
  if (typeof fn !== 'function') throw new TypeError(FUNCTION_EXPECTED);
  return fn;
}

// The engine's own apply: a function may have one of its own.
const applyTo = Reflect.apply;
const apply = (fn, self, args) => applyTo(fn, self, args);

function anonymous(fn) {
  Object.defineProperty(fn, 'name', { value: '', configurable: true });
  return fn;
}

return { FUNCTION_EXPECTED, needFunction, apply, anonymous };
