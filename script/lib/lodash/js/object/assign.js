// Objects filled from others.

const { eq, own, isArrayLike, isIterateeCall, isPrototype } = use('base/kind');
const { keys, keysIn } = use('base/keys');
const { assigner, assignValue, copyObject } = use('base/assign');
const merging = use('base/merge');
const { variadic } = use('base/call');

const objectProto = Object.prototype;

const assign = variadic(assigner((object, source) => {
  if (isPrototype(source) || isArrayLike(source)) {
    copyObject(source, keys(source), object);
    return;
  }
  for (const key in source) if (own(source, key)) assignValue(object, key, source[key]);
}));

const assignIn = variadic(assigner((object, source) => copyObject(source, keysIn(source), object)));
const assignInWith = variadic(assigner((object, source, i, customizer) => copyObject(source, keysIn(source), object, customizer), true));
const assignWith = variadic(assigner((object, source, i, customizer) => copyObject(source, keys(source), object, customizer), true));
const merge = variadic(assigner((object, source) => merging.merge(object, source)));
const mergeWith = variadic(assigner((object, source, i, customizer) => merging.merge(object, source, customizer), true));

const defaults = variadic((object, ...sources) => {
  object = Object(object);
  let length = sources.length;
  const guard = length > 2 ? sources[2] : undefined;
  if (guard && isIterateeCall(sources[0], sources[1], guard)) length = 1;
  for (let i = 0; i < length; i++) {
    const source = sources[i];
    for (const key of keysIn(source)) {
      const value = object[key];
      if (value === undefined || (eq(value, objectProto[key]) && !own(object, key))) object[key] = source[key];
    }
  }
  return object;
});

const defaultsDeep = variadic((...args) => {
  args.push(undefined, merging.mergeDefaults);
  return mergeWith(...args);
});

function create(prototype, properties) {
  const object = Object.create(Object(prototype) === prototype ? prototype : objectProto);
  return properties === null || properties === undefined ? object : copyObject(properties, keys(properties), object);
}

return {
  assign, assignIn, assignInWith, assignWith, create, defaults, defaultsDeep, merge, mergeWith, extend: assignIn, extendWith: assignInWith,
};
