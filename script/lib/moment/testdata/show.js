// How answers are shown, by Node for the recording and by the engine for the replay: a function of moment and a list of
// snippets that gives one line for each. With fresh, a function, each snippet gets a moment that no other has changed.
(function (moment, snippets, fresh) {
  'use strict';
  var warned = [];
  var host = (0, eval)('this'), before = host.console;
  var quiet = host.console = { warn: function (text) { warned.push(String(text).split('\nError')[0].replace(/(GMT[+-]\d+) \([^)]*\)/g, '$1')); }, log: function () {}, error: function () {} };
  function show(v, depth) {
    if (depth > 4) return '…';
    if (typeof v === 'string') return JSON.stringify(v);
    if (typeof v === 'number') return Object.is(v, -0) ? '-0' : String(v);
    if (typeof v === 'function') return '[function]';
    if (v === null || typeof v !== 'object') return String(v);
    if (v instanceof Date) return 'Date<' + v.getTime() + '>';
    if (v instanceof RegExp) return String(v);
    if (v instanceof Error) return v.name + ': ' + v.message;
    if (moment.isMoment(v)) {
      return 'M<' + [v.valueOf(), v.isValid(), v._isUTC, v._offset, v.utcOffset(), v.locale && v.locale(), Object.keys(v).join(' ')].join('|') + '>';
    }
    if (moment.isDuration(v)) return 'D<' + [v._milliseconds, v._days, v._months, v.isValid(), v.locale(), JSON.stringify(v._data)].join('|') + '>';
    if (Array.isArray(v)) return '[' + Array.from(v, function (x) { return show(x, depth + 1); }).join(', ') + ']';
    if (v._abbr) return 'L<' + v._abbr + '>';
    return '{' + Object.keys(v).map(function (k) { return k + ': ' + show(v[k], depth + 1); }).join(', ') + '}';
  }
  // A snippet that is no expression is the body of a function, with a return of its own.
  function compile(code) {
    try {
      return new Function('moment', 'console', 'return (' + code + '\n)');
    } catch (e) {
      return new Function('moment', 'console', code);
    }
  }
  var answers = snippets.map(function (code) {
    warned = [];
    if (fresh) moment = fresh();
    moment.locale('en');
    moment.now = function () { return 1718454896789; }; // Saturday 2024-06-15T12:34:56.789Z
    var text;
    try {
      text = show(compile(code)(moment, quiet), 0);
    } catch (e) {
      text = 'throws ' + e.name + ': ' + e.message;
    }
    return text + (warned.length ? ' WARNS ' + JSON.stringify(warned) : '');
  });
  host.console = before;
  return answers;
})
