// Copies, equality and order of values.

const { eq: same } = use('base/kind');
const { clone: copy, cloneDeep: copyDeep } = use('base/clone');
const equality = use('base/equal');
const matching = use('base/iteratee');
const { keys } = use('base/keys');
const { toNumber } = use('base/number');
const { anonymous } = use('base/call');

const asFunction = (customizer) => (typeof customizer === 'function' ? customizer : undefined);

function clone(value) { return copy({ symbols: true }, value); }
function cloneDeep(value) { return copyDeep(value); }
function cloneDeepWith(value, customizer) { return copy({ deep: true, symbols: true, customizer: asFunction(customizer) }, value); }
function cloneWith(value, customizer) { return copy({ symbols: true, customizer: asFunction(customizer) }, value); }
function eq(value, other) { return same(value, other); }
Object.defineProperty(eq, 'length', { value: 2, configurable: true });
function isEqual(value, other) { return equality.isEqual(value, other); }

function isEqualWith(value, other, customizer) {
  customizer = asFunction(customizer);
  const said = customizer ? customizer(value, other) : undefined;
  return said === undefined ? equality.equal({ customizer }, value, other) : !!said;
}

function isMatch(object, source) { return object === source || matching.isMatch(object, source, matching.matchData(source)); }

function isMatchWith(object, source, customizer) {
  return matching.isMatch(object, source, matching.matchData(source), asFunction(customizer));
}

function conforming(object, source, names) {
  if (object === null || object === undefined) return !names.length;
  object = Object(object);
  for (let i = names.length; i--;) {
    const key = names[i];
    const value = object[key];
    if ((value === undefined && !(key in object)) || !(0, source[key])(value)) return false;
  }
  return true;
}

function conformsTo(object, source) { return source === null || source === undefined || conforming(object, source, keys(source)); }

function conforms(source) {
  const rules = copyDeep(source);
  const names = keys(rules);
  return (object) => conforming(object, rules, names);
}

// Text is compared with text; anything else as numbers.
function relation(holds) {
  return anonymous((value, other) => {
    if (!(typeof value === 'string' && typeof other === 'string')) {
      value = toNumber(value);
      other = toNumber(other);
    }
    return holds(value, other);
  });
}

return {
  clone, cloneDeep, cloneDeepWith, cloneWith, conforms, conformsTo, eq, isEqual, isEqualWith, isMatch, isMatchWith,
  gt: relation((a, b) => a > b), gte: relation((a, b) => a >= b), lt: relation((a, b) => a < b), lte: relation((a, b) => a <= b),
};
