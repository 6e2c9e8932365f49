// Text in words, and the ways to write them together.

const { toString } = use('base/number');
const text = use('base/text');
const { anonymous } = use('base/call');

function deburr(string) {
  string = toString(string);
  return string && host.deburr(string);
}

const odd = /[a-z][A-Z]|[A-Z]{2}[a-z]|[0-9][a-zA-Z]|[a-zA-Z][0-9]|[^a-zA-Z0-9 ]/;

function split(string) {
  if (odd.test(string)) return host.words(string);
  return string.split(' ').filter((word) => word !== '');
}

function words(string, pattern, guard) {
  string = toString(string);
  return guard || pattern === undefined ? split(string) : string.match(pattern) || [];
}

function joined(write, between) {
  return anonymous((string) => split(deburr(string).replace(/['\u2019]/g, '')).map(write).join(between));
}

const lower = (word) => word.toLowerCase();

function capitalize(string) { return text.upperFirst(toString(string).toLowerCase()); }
const lowerFirst = anonymous((string) => text.lowerFirst(toString(string)));
const upperFirst = anonymous((string) => text.upperFirst(toString(string)));
function toLower(value) { return toString(value).toLowerCase(); }
function toUpper(value) { return toString(value).toUpperCase(); }

return {
  camelCase: joined((word, i) => (i ? capitalize(word.toLowerCase()) : word.toLowerCase()), ''), capitalize, deburr,
  kebabCase: joined(lower, '-'), lowerCase: joined(lower, ' '), lowerFirst, snakeCase: joined(lower, '_'),
  startCase: joined((word) => text.upperFirst(word), ' '), toLower, toUpper, upperCase: joined((word) => word.toUpperCase(), ' '),
  upperFirst, words,
};
