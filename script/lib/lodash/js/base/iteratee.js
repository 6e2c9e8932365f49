// What may stand for a callback: a property's name or path, a pair, an object to match.

const { isObject, own } = use('base/kind');
const { keys } = use('base/keys');
const { toKey } = use('base/number');
const { isKey, getAt, get, hasIn } = use('base/path');
const { equal } = use('base/equal');
const { Stack } = use('base/cache');

function identity(value) { return value; }
const partly = { part: true, unordered: true };
const strict = (value) => value === value && !isObject(value);

// matchData lists what an object has to have: key, value, and whether === decides.
const matchData = (source) => keys(source).map((key) => {
  const value = source[key];
  return [key, value, strict(value)];
});

const oneKey = (key, value) => (object) => object !== null && object !== undefined && object[key] === value
  && (value !== undefined || key in Object(object));

function isMatch(object, source, data, customizer) {
  if (object === null || object === undefined) return !data.length;
  object = Object(object);
  for (let i = data.length; i--;) {
    const [key, value, plain] = data[i];
    if (!customizer && plain ? value !== object[key] : !(key in object)) return false;
  }
  for (const [key, value, plain] of data) {
    const found = object[key];
    if (!customizer && plain) {
      if (found === undefined && !(key in object)) return false;
      continue;
    }
    const stack = new Stack();
    const said = customizer ? customizer(found, value, key, object, source, stack) : undefined;
    const test = customizer ? { part: true, unordered: true, customizer } : partly;
    if (!(said === undefined ? equal(test, value, found, stack) : said)) return false;
  }
  return true;
}

function matches(source) {
  const data = matchData(source);
  if (data.length === 1 && data[0][2]) return oneKey(data[0][0], data[0][1]);
  return (object) => object === source || isMatch(object, source, data);
}

function matchesProperty(path, value) {
  if (isKey(path) && strict(value)) return oneKey(toKey(path), value);
  return (object) => {
    const found = get(object, path);
    return found === undefined && found === value ? hasIn(object, path) : equal(partly, value, found);
  };
}

function property(path) {
  if (!isKey(path)) return (object) => (object === null || object === undefined ? undefined : getAt(object, path));
  const key = toKey(path);
  return (object) => (object === null || object === undefined ? undefined : object[key]);
}

function iteratee(value) {
  if (typeof value === 'function') return value;
  if (value === null || value === undefined) return identity;
  if (typeof value !== 'object') return property(value);
  return Array.isArray(value) ? matchesProperty(value[0], value[1]) : matches(value);
}

return { identity, iteratee, matches, matchesProperty, property, isMatch, matchData, own };
