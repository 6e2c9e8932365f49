// Objects filled from others.

const { eq, own, isArrayLike, isIterateeCall, isPrototype } = use('base/kind');
const { keys, keysIn } = use('base/keys');
const { assigner, assignValue, copyObject } = use('base/assign');
const merging = use('base/merge');
const { anonymous } = use('base/call');

const objectProto = Object.prototype;

const assign = anonymous(assigner((object, source) => {
  if (isPrototype(source) || isArrayLike(source)) {
    copyObject(source, keys(source), object);
    return;
  }
  for (const key in source) if (own(source, key)) assignValue(object, key, source[key]);
}));

const assignIn = anonymous(assigner((object, source) => copyObject(source, keysIn(source), object)));
const assignInWith = anonymous(assigner((object, source, i, customizer) => copyObject(source, keysIn(source), object, customizer), true));
const assignWith = anonymous(assigner((object, source, i, customizer) => copyObject(source, keys(source), object, customizer), true));
const merge = anonymous(assigner((object, source) => merging.merge(object, source)));
const mergeWith = anonymous(assigner((object, source, i, customizer) => merging.merge(object, source, customizer), true));

const defaults = anonymous((object, ...sources) => {
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

const defaultsDeep = anonymous((...args) => {
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
