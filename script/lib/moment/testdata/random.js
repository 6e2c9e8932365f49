// Snippets made by a generator of numbers that always begins in the same place: formats, inputs and chains that nobody thought of.
(function () {
  'use strict';
  var out = [], seed = 20240615;
  function below(n) {
    seed = (seed + 0x6d2b79f5) | 0;
    var t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return Math.floor(((t ^ (t >>> 14)) >>> 0) / 4294967296 * n);
  }
  function one(list) { return list[below(list.length)]; }
  function some(list, n, glue) { var r = []; while (n-- > 0) r.push(one(list)); return r.join(glue); }
  var q = JSON.stringify;
  var tokens = 'M Mo MM MMM MMMM Q Do D DD DDD DDDD d do dd ddd dddd e E w ww W WW YY YYYY YYYYY YYYYYY Y y gg gggg GG GGGG A a H HH h hh k kk m mm s ss S SS SSS SSSSS Z ZZ X x L LL LLL LLLL LT LTS l ll N NN NNNN hmm Hmm Hmmss [at] [T] \\M'.split(' ');
  var marks = [' ', '-', '/', '.', ':', '', ', ', ' [of] ', 'T', '_'];
  var locales = ['en', 'en', 'en', 'nb', 'de', 'fr', 'ru', 'pl', 'ar', 'ja', 'zh-cn', 'es', 'hu', 'el', 'hi', 'tr', 'fi'];
  function when() {
    var t = below(3) === 0 ? below(4e9) * 1000 - 2e12 : 1.5e12 + below(4e9) * 100;
    return one(['moment.utc(' + t + ')', 'moment(' + t + ')', 'moment(' + t + ').utcOffset(' + (below(27 * 4) - 48) * 15 + ')', 'moment.utc([' + [1900 + below(200), below(12), 1 + below(28), below(24), below(60), below(60), below(1000)] + '])']);
  }
  function format() {
    var f = '', n = 1 + below(5);
    while (n-- > 0) f += one(tokens) + (n ? one(marks) : '');
    return f;
  }
  function broken(s) { return 's.slice(0, ' + below(12) + ') + ' + q(one(['', '', 'x', '0', ' ', '99', '-', 'PM'])) + ' + s.slice(' + below(12) + ')'; }
  var i;
  for (i = 0; i < 1500; i++) {
    out.push('moment.locale(' + q(one(locales)) + '); var f = ' + q(format()) + ', m = ' + when() + ', s = m.format(f); return [s, moment.utc(s, f), moment.utc(s, f, true).isValid(), moment.parseZone(s, f).format()]');
    out.push('moment.locale(' + q(one(locales)) + '); var f = ' + q(format()) + ', s = ' + when() + '.format(f); s = ' + broken() + '; var p = moment.utc(s, f' + one(['', ', true']) + '); return [s, p, p.parsingFlags()]');
  }
  for (i = 0; i < 800; i++) {
    var s = some(['2024', '-02', '-30', '02', '29', 'T', ' ', '10', ':30', ':59', '.5', ',123', 'Z', '+02', '+02:30', '-0800', 'W06', '-W53', '-5', '060', '+002024', '24:00', '366'], 1 + below(6), '');
    out.push('[moment(' + q(s) + ', moment.ISO_8601), moment.utc(' + q(s) + ', moment.ISO_8601).parsingFlags(), moment.parseZone(' + q(s) + ', moment.ISO_8601).format()]');
  }
  for (i = 0; i < 400; i++) {
    s = some(['Mon, ', 'Fri, ', '', '01 ', '29 ', '5 '], 2, '') + one(['Feb ', 'Jan ', 'Sept ', 'dec ']) + one(['24 ', '2024 ', '99 ', '124 ']) + some(['10:20', '24:00', ':30', ' '], 2, '') + one([' GMT', ' +0200', ' EST', ' Z', ' A', ' -1234', '']);
    out.push('[moment.utc(' + q(s) + ', moment.RFC_2822), moment.utc(' + q(s) + ', moment.RFC_2822).parsingFlags()]');
  }
  var units = ['years', 'quarters', 'months', 'weeks', 'days', 'hours', 'minutes', 'seconds', 'ms', 'isoWeek', 'date'];
  for (i = 0; i < 1500; i++) {
    var chain = when(), n = 1 + below(4);
    while (n-- > 0) chain += one(['.add(' + (below(200) - 100) / one([1, 1, 4]) + ', ' + q(one(units.slice(0, 9))) + ')', '.startOf(' + q(one(units)) + ')', '.endOf(' + q(one(units)) + ')', '.' + one(['year', 'month', 'date', 'day', 'isoWeekday', 'dayOfYear', 'week', 'isoWeek', 'hour', 'minute']) + '(' + (below(70) - 10) + ')', '.utc()', '.local()', '.utcOffset(' + (below(56) - 28) * 30 + ')', '.utc(true)', '.local(true)', '.quarter(' + below(6) + ')', '.weekYear(' + (2000 + below(40)) + ')', '.isoWeekYear(' + (2000 + below(40)) + ')']);
    out.push(chain);
    var u = q(one(units)), other = when();
    out.push('var a = ' + chain + ', b = ' + other + '; return [a.diff(b, ' + u + '), a.diff(b, ' + u + ', true), a.isBefore(b, ' + u + '), a.isSame(b, ' + u + '), a.isSameOrAfter(b, ' + u + '), a.from(b), b.to(a, true), a.calendar(b), moment.duration({from: a, to: b}), a.isDST(), a.weeksInYear(), a.daysInMonth(), a.isoWeek(), a.weekday()]');
  }
  for (i = 0; i < 800; i++) {
    s = one(['', '-', '+', '']) + 'P' + some(['1Y', '14M', '3W', '40D', '-2D', '1.5D', '0,5D', ''], 1 + below(3), '') + one(['', 'T']) + some(['30H', '90M', '5.25S', '-7S', ''], below(3), '');
    var parts = '{' + some(['years: 1', 'months: -14', 'weeks: 2', 'days: 40.5', 'hours: -30', 'minutes: 90', 'seconds: "61"', 'ms: 1500', 'Q: 3'], 1 + below(4), ', ') + '}';
    var d = one(['moment.duration(' + q(s) + ')', 'moment.duration(' + parts + ')', 'moment.duration(' + (below(1e9) - 5e8) + ', ' + q(one(['ms', 's', 'm'])) + ')', 'moment.duration(' + parts + ').subtract(' + q(s) + ')', 'moment.duration(' + (below(2000) - 1000) / 8 + ', ' + q(one(['d', 'M', 'h', 'w'])) + ').add(' + parts + ')']);
    out.push('moment.locale(' + q(one(locales)) + '); var d = ' + d + '; return [d, d.toISOString(), d.humanize(), d.humanize(true), d.as("d"), d.as("M"), d.as("h"), d.as("y"), d.abs().valueOf(), d.weeks(), moment.duration(d.toISOString())]');
  }
  return out;
})()
