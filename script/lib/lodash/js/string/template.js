// template: text with code in it, made into a function.

const { own, eq, isIterateeCall } = use('base/kind');
const { keys, keysIn } = use('base/keys');
const { toString } = use('base/number');
const { copyObject } = use('base/assign');

const never = /($^)/;
const placeholder = /\$\{([^\\}]*(?:\\.[^\\}]*)*)\}/g; // as template literals have them
const lineEnds = { '\\': '\\', "'": "'", '\n': 'n', '\r': 'r', '\u2028': 'u2028', '\u2029': 'u2029' };
const literal = (text) => text.replace(/['\n\r\u2028\u2029\\]/g, (c) => '\\' + lineEnds[c]);
const notInNames = /[()=,{}[\]/\s]/;
const proto = Object.prototype;

// An option counts when it is set and is not what every object has.
const unset = (old, value, key, object) => (old === undefined || (eq(old, proto[key]) && !own(object, key)) ? value : old);

function options(given, settings) {
  const result = {};
  for (const source of [given, settings]) if (source) copyObject(source, (lib.three ? keys : keysIn)(source), result, unset);
  return result;
}

function settingsOf() {
  const { imports } = _.templateSettings;
  return (imports && imports._ && imports._.templateSettings) || _.templateSettings;
}

// parts collects the code of a template, and what it needs to have around it.
function parts(string, opt) {
  const interpolate = opt.interpolate || never;
  const found = { code: "__p += '", escaping: false, evaluating: false };
  const delimiters = RegExp([
    (opt.escape || never).source, interpolate.source,
    (interpolate === lib.interpolate ? placeholder : never).source,
    (opt.evaluate || never).source,
  ].join('|') + '|$', 'g');
  let at = 0;
  string.replace(delimiters, (match, escaped, value, literalValue, code, offset) => {
    value = value || literalValue;
    found.code += literal(string.slice(at, offset));
    if (escaped) {
      found.escaping = true;
      found.code += "' +\n__e(" + escaped + ") +\n'";
    }
    if (code) {
      found.evaluating = true;
      found.code += "';\n" + code + ";\n__p += '";
    }
    if (value) found.code += "' +\n((__t = (" + value + ")) == null ? '' : __t) +\n'";
    at = offset + match.length;
    return match;
  });
  found.code += "';\n";
  return found;
}

let count = -1;

function source(found, variable) {
  let { code } = found;
  if (!variable) code = 'with (obj) {\n' + code + '\n}\n';
  if (found.evaluating) {
    code = code.replace(/\b__p \+= '';/g, '').replace(/\b(__p \+=) '' \+/g, '$1').replace(/(__e\(.*?\)|\b__t\)) \+\n'';/g, '$1;');
  } else code = code.replace(/\b__p \+= '';/g, '');
  return 'function(' + (variable || 'obj') + ') {\n' + (variable ? '' : 'obj || (obj = {});\n') + "var __t, __p = ''"
    + (found.escaping ? ', __e = _.escape' : '')
    + (found.evaluating ? ", __j = Array.prototype.join;\nfunction print() { __p += __j.call(arguments, '') }\n" : ';\n')
    + code + 'return __p\n}';
}

function template(string, opt, guard) {
  if (lib.three) opt = guard && isIterateeCall(string, opt, guard) ? undefined : guard || opt;
  const settings = settingsOf();
  if (guard && isIterateeCall(string, opt, guard)) opt = undefined;
  string = toString(string);
  opt = options(opt, settings);
  const imports = options(opt.imports, settings.imports);
  const names = keys(imports);
  const values = names.map((name) => imports[name]);
  const found = parts(string, opt);
  const given = lib.three ? opt.sourceURL : (opt.sourceURL + '').replace(/\s/g, ' ');
  const url = own(opt, 'sourceURL') ? given : 'lodash.templateSources[' + (++count) + ']';
  const variable = own(opt, 'variable') && opt.variable;
  if (variable && !lib.three && notInNames.test(variable)) throw new Error('Invalid `variable` option passed into `_.template`');
  const text = source(found, variable);
  let result;
  try {
    result = Function(...names, '//# sourceURL=' + url + '\nreturn ' + text)(...values);
  } catch (e) {
    if (e !== null && typeof e === 'object') e.source = text;
    throw e;
  }
  result.source = text;
  return result;
}

return { template };
