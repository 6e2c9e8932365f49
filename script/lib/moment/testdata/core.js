// Snippets about parsing, getting, setting, counting and showing in English. The value is a list of them.
(function () {
  'use strict';
  var out = [];
  var q = function (x) { return JSON.stringify(x); };
  function each(lists, fn, given) {
    given = given || [];
    if (lists.length === given.length) { out.push(fn.apply(null, given)); return; }
    lists[given.length].forEach(function (x) { each(lists, fn, given.concat([x])); });
  }
  var dates = ['2024-01-31T10:20:30.456Z', '2024-02-29T23:59:59.999', '2023-12-31', '2024-03-10T02:30:00', '2024-11-03T01:30:00', '2011-12-29T23:00:00',
    '2011-12-30T12:00:00', '2024-03-31T02:30', '2024-10-27T02:30', '1999-01-01T00:00:00+05:30', '0099-05-06', '+012345-06-07', '-000044-03-15', '2020-02-30', '2008-W39-3', '2021-060',
    '1969-12-31T23:59:59.500Z', '1883-11-18T12:00:00', '2009-10-03T23:30', '2012-04-01T03:30', '2038-01-19T03:14:08Z'];
  var iso = ['2013-02-08', '2013-02', '2013', '20130208', '201302', '+0020130208', '-0020130208', '+002013-02-08', '2013-W06-5', '2013-W06', '2013W065', '2013W06', '2013-039', '2013039',
    '2013-02-08T09', '2013-02-08 09', '2013-02-08 09:30', '2013-02-08 09:30:26', '2013-02-08 09:30:26.123', '2013-02-08 09:30:26,123', '2013-02-08T09:30:26.1234567', '2013-02-08 24:00:00.000',
    '2013-02-08T24:00', '2013-02-08T24:01', '20130208T080910', '20130208T080910.123', '20130208T080910,123', '20130208T0809', '20130208T08', '20130208 080910Z', '2013-02-08 09+07:00', '2013-02-08 09-0100',
    '2013-02-08 09Z', '2013-02-08 09:30:26.123+07:00', '2013-02-08T09:30:26.123 Z', '2013-02-08T09:30+07', '2013W065T09', '2013-W06-5T09:30', '2013-039T09', '2013-02T09', '2013-W06T09', '+002013-W06-5',
    '-002013-W06', '+002013-039', '+002013-02', '+002013W065', '+002013W06', '+002013039', '2013-13-01', '2013-02-29', '2013-00-10', '2013-10-00', '2013-W54-1', '2013-W53-1', '2013-W01-8', '2013-366', '2012-366',
    '2013-000', '2013-02-08T25:00', '2013-02-08T10:60', '2013-02-08T10:10:60', '  2013-02-08', '2013-02-08 ', '2013-2-8', '13-02-08', '02/08/2013', 'Feb 8 2013', 'foo', '', ' ', '2013-02-08T', '2013-02-08T9:00',
    '/Date(1198908717056-0700)/', '/Date(1198908717056)/', 'Date(-1)', '/date(5)/', '2013-02-08T09:30:26.123+0700', '2013-02-08T09:30:26.123+07:0', '20130208T09:30', '2013-02-08T0930', '0000-01-01', '9999-12-31',
    '+275760-09-13', '+275760-09-13T00:00:00Z', '+275760-09-14', '-271821-04-20T00:00:00Z', '2013-02-08T23:59:59.9999'];
  var rfc = ['Tue, 01 Nov 2016 01:23:45 UT', 'Sun, 12 Apr 2015 05:06:07 GMT', 'Tue, 01 Nov 2016 01:23:45 +0000', 'Tue, 01 Nov 16 04:23:45 Z', '01 Nov 2016 05:23:45 z', '(Init Comment) Tue,\n 1 Nov              2016 (Split\n Comment)  07:23:45 +0000 (GMT)',
    'Mon, 02 Jan 2017 06:00:00 -0800', 'Mon, 02 Jan 2017 06:00:00 +0800', 'Mon, 02 Jan 2017 06:00:00 +0330', 'Mon, 02 Jan 2017 06:00:00 -0330', 'Mon, 02 Jan 2017 06:00:00 EST', 'Mon, 02 Jan 2017 06:00:00 PDT', 'Mon, 02 Jan 2017 06:00 PST',
    'Tue, 02 Jan 2017 06:00:00 +0000', '2 Jan 49 06:00 GMT', '2 Jan 50 06:00 GMT', '2 Jan 100 06:00 GMT', '32 Jan 2017 06:00 GMT', '2 jan 2017 06:00 GMT', '02 Jan 2017 6:00 GMT', 'Mon 02 Jan 2017 06:00:00 MDT', '02 Jan 2017 25:00 GMT'];
  var makers = ['moment', 'moment.utc', 'moment.parseZone'];
  each([makers, iso.concat(rfc)], function (f, s) { return f + '(' + q(s) + ')'; });
  each([iso], function (s) { return 'moment.utc(' + q(s) + ', moment.ISO_8601).parsingFlags()'; });
  each([iso], function (s) { return 'moment.utc(' + q(s) + ', moment.ISO_8601, true)'; });
  each([iso], function (s) { return 'moment.utc(' + q(s) + ').creationData().format'; });
  each([rfc], function (s) { return '[moment(' + q(s) + ', moment.RFC_2822), moment.utc(' + q(s) + ', moment.RFC_2822, true), moment.parseZone(' + q(s) + ').format()]'; });
  var odd = ['undefined', 'null', '0', '1', '-1', 'NaN', 'Infinity', '8.64e15', '8.64e15+1', '1318781876406', '1.5', '-1.5', 'true', 'false', '{}', '[]', '[2010]', '[2010, 1]', '[2010, 1, 14, 15, 25, 50, 125]', '[2010, 12]', '[2010, 0, 32]',
    '[2010, 0, 1, 24]', '[2010, 0, 1, 24, 1]', '[2010, 0, 1, 25]', '["2010", "5", "7"]', '[2010, undefined, 5]', '[null, 3]', '[50, 1, 1]', '[2010, 1.7]', '["x"]', '[2024, 2, 10, 2, 30]', '[2024, 10, 3, 1, 30]', '{year: 2010, month: 3, day: 5}',
    '{y: 2010, M: 3, d: 5, h: 15, m: 10, s: 3, ms: 123}', '{years: "2010", months: "3", date: "5", hours: "15"}', '{year: 2010, day: 5, date: 6}', '{hour: 5}', '{minute: 5, ms: 0}', '{month: 13}', '{foo: 1}', '{year: 2010, month: null}', '{year: 2010, month: ""}',
    'new Date(1318781876406)', 'new Date(NaN)', 'new Number(5)', 'new String("2013-02-08")', 'moment.utc([2020])', 'moment.invalid()', 'Symbol.iterator', 'function () {}', '/x/', 'new Map()', '"2013"', '"20130"', '"2013-02-08 09:30:26.123 foo"', 'moment.utc(0).locale("nb")'];
  each([makers, odd], function (f, v) { return f + '(' + v + ')'; });
  each([odd], function (v) { return '[moment.isMoment(' + v + '), moment.isDate(' + v + '), moment(' + v + ').isValid(), moment(' + v + ').invalidAt(), moment(' + v + ').parsingFlags()]'; });
  each([odd], function (v) { return 'moment.unix(' + v + ')'; });
  var formats = [['2010-10-20', 'YYYY-MM-DD'], ['12-25-1995', 'MM-DD-YYYY'], ['12/25/1995', 'MM-DD-YYYY'], ['2010-13-01', 'YYYY-MM-DD'], ['Dec 25 1995 10:15', 'MMM DD YYYY HH:mm'], ['December 25 1995', 'MMMM DD YYYY'], ['dec 25', 'MMM D'],
    ['10:15 pm', 'hh:mm a'], ['12:00 AM', 'h:mm A'], ['12 pm', 'h A'], ['13 pm', 'h A'], ['0 am', 'h a'], ['1pm', 'ha'], ['5 p.m.', 'h a'], ['1st', 'Do'], ['22nd of May', 'Do [of] MMM'], ['5', 'Do'], ['3rd', 'Do'],
    ['Sat 15', 'ddd D'], ['Sunday', 'dddd'], ['Su', 'dd'], ['Mon 15 06 2024', 'ddd DD MM YYYY'], ['Sat 15 06 2024', 'ddd DD MM YYYY'], ['Xyz 15', 'ddd D'], ['5', 'd'], ['5', 'e'], ['5', 'E'], ['9', 'd'], ['0', 'E'], ['8', 'E'],
    ['2024 25', 'gggg ww'], ['2024 25 3', 'GGGG WW E'], ['24 25 3', 'GG W E'], ['24 25 Wed', 'gg w ddd'], ['2024 54', 'GGGG WW'], ['2024 0', 'gggg w'], ['99', 'gg'], ['2024 W25 7', 'GGGG [W]WW E'], ['2024 25 7', 'gggg ww e'],
    ['366 2024', 'DDD YYYY'], ['366 2023', 'DDD YYYY'], ['060 2024', 'DDDD YYYY'], ['0', 'DDD'], ['3', 'Q'], ['2024 3', 'YYYY Q'], ['5', 'Q'], ['1318781876', 'X'], ['1318781876.406', 'X'], ['1318781876406', 'x'], ['-5', 'x'], ['.5', 'X'],
    ['123', 'S'], ['123', 'SS'], ['123', 'SSS'], ['1234567', 'SSSSSSS'], ['10.123456', 's.SSSSSS'], ['05:06.7', 'mm:ss.S'], ['830', 'Hmm'], ['1830', 'Hmm'], ['83015', 'Hmmss'], ['830 PM', 'hmm A'], ['123456', 'hmmss'], ['24', 'k'], ['24:30', 'kk:mm'], ['0', 'k'],
    ['10', 'YY'], ['68', 'YY'], ['69', 'YY'], ['5', 'YYYY'], ['12', 'YYYY'], ['123', 'YYYY'], ['12345', 'YYYYY'], ['-12345', 'YYYYY'], ['+123456', 'YYYYYY'], ['-5', 'Y'], ['123456', 'Y'], ['2024', 'Y'], ['5', 'y'], ['2024 AD', 'y N'], ['44 BC', 'y N'], ['5 Anno Domini', 'y NNNN'], ['1 XX', 'y N'], ['3 bc', 'y NNNNN'], ['12', 'yo'],
    ['2024-06-15T10:00:00+02:00', 'YYYY-MM-DDTHH:mm:ssZ'], ['2024-06-15 10:00 -0530', 'YYYY-MM-DD HH:mm ZZ'], ['10 Z', 'H Z'], ['10 +5', 'H Z'], ['10 +05', 'H Z'], ['10+05:30', 'HHZ'], ['10 foo', 'H Z'],
    ['06/15/2024', 'L'], ['6/5/2024', 'l'], ['June 15, 2024', 'LL'], ['June 15, 2024 3:04 PM', 'LLL'], ['Saturday, June 15, 2024 3:04 PM', 'LLLL'], ['3:04 PM', 'LT'], ['3:04:05 PM', 'LTS'], ['Jun 5, 2024', 'll'], ['Sat, Jun 15, 2024 3:04 PM', 'llll'],
    ['foo', 'YYYY'], ['', 'YYYY'], ['2024', ''], ['2024 [x]', 'YYYY [[x]'], ['YYYY 2024', '[YYYY] YYYY'], ['2024x06', 'YYYY\\xMM'], ['2024 M', 'YYYY \\M'], ['a.b 5', 'a.b D'], ['2024-06-15 foo', 'YYYY-MM-DD'], ['foo 2024-06-15', 'YYYY-MM-DD'], ['2024 06', 'YYYY-MM-DD'], ['20240615', 'YYYYMMDD'], ['150624', 'DDMMYY'],
    ['2024-06-15', 'YYYY-MM-DD HH:mm'], ['15', 'DD'], ['31 02 2024', 'DD MM YYYY'], ['May', 'MMMM'], ['may 5', 'MMMM D'], ['Septem 5', 'MMM D'], ['Foo 5', 'MMM D'], ['Mayor', 'MMM'], ['12:60', 'HH:mm'], ['25:00', 'HH:mm'], ['24:00', 'HH:mm'], ['24:00:01', 'HH:mm:ss'], ['23:59:60', 'HH:mm:ss'],
    ['Wednesday 2024', 'dddd YYYY'], ['2024 Wed 20', 'gggg ddd ww'], ['a', 'a'], ['pm', 'a'], ['10 pm', 'H a'], ['22 pm', 'H a'], ['2024/06/15', 'YYYY/M/D'], ['2024-6-5', 'YYYY-M-D'], ['5 thousand 2024', 'D [thousand] YYYY'], ['1 2 3', 'Mo Qo do'], ['3 z', 'H z'], ['12 25', 'MM DD'], ['  2024', 'YYYY'], ['2024年6月15日', 'YYYY年M月D日']];
  each([formats, ['', ', true'], ['moment', 'moment.utc']], function (f, strict, make) { return make + '(' + q(f[0]) + ', ' + q(f[1]) + strict + ')'; });
  each([formats, ['', ', true']], function (f, strict) { return 'moment(' + q(f[0]) + ', ' + q(f[1]) + strict + ').parsingFlags()'; });
  each([formats], function (f) { return 'moment.parseZone(' + q(f[0]) + ', ' + q(f[1]) + ').format()'; });
  var lists = [['12/30/1995', ['MM-DD-YYYY', 'DD-MM-YYYY']], ['30/12/1995', ['MM-DD-YYYY', 'DD-MM-YYYY']], ['05-06-2012', ['MM-DD-YYYY', 'DD-MM-YYYY']], ['1995', ['YYYY-MM', 'YYYY']], ['foo', ['YYYY', 'MM']], ['2012', []], ['10:15', ['HH:mm:ss', 'HH:mm']], ['2012-01-05', ['YYYY', 'YYYY-MM', 'YYYY-MM-DD']], ['14', ['MM', 'DD']],
    ['Thu Jan 05', ['ddd MMM DD', 'MMM DD ddd']], ['11/7/22', ['YYYY-MM-DD', 'M/D/YY', 'D/M/YY']], ['x', ['x', 'X']], ['10 pm', ['h a', 'H']]];
  each([lists, ['', ', true']], function (f, strict) { return 'moment(' + q(f[0]) + ', ' + q(f[1]) + strict + ')'; });
  each([lists, ['', ', true']], function (f, strict) { return '[moment(' + q(f[0]) + ', ' + q(f[1]) + strict + ').creationData().format, moment(' + q(f[0]) + ', ' + q(f[1]) + strict + ').parsingFlags()]'; });
  out.push('moment("2013-02-08", [moment.ISO_8601, "YYYY"]).format()', 'moment("02/08/2013", [moment.ISO_8601, "MM/DD/YYYY"], true).format()', 'moment("2013-02-08", ["MM", moment.ISO_8601], true).creationData().format', 'moment("x", [moment.RFC_2822]).isValid()',
    'moment(5, "YYYY").format()', 'moment(20240615, "YYYYMMDD").format()', 'moment([2010], "YYYY")', 'moment(new Date(0), "YYYY")', 'moment(moment.utc(0), "YYYY")', 'moment("2010-01-01", "YYYY-MM-DD", "nb").locale()', 'moment("2010-01-01", "YYYY-MM-DD", "nb", true)', 'moment("2010-01-01", true)', 'moment("1 Jan 2010", true)', 'moment("2010", null)', 'moment("2010", undefined, true)', 'moment(null, "YYYY")', 'moment(undefined, "YYYY")', 'moment("", "YYYY")', 'moment(NaN, "YYYY")', 'moment("2010", 5)', 'moment("x y", {})');

  // Getting and showing.
  var getters = ['year', 'month', 'date', 'day', 'days', 'weekday', 'isoWeekday', 'dayOfYear', 'week', 'weeks', 'isoWeek', 'isoWeeks', 'quarter', 'quarters', 'weekYear', 'isoWeekYear', 'weeksInYear', 'weeksInWeekYear', 'isoWeeksInYear', 'isoWeeksInISOWeekYear', 'hour', 'hours', 'minute', 'minutes', 'second', 'seconds', 'millisecond', 'milliseconds',
    'daysInMonth', 'isLeapYear', 'isDST', 'isLocal', 'isUTC', 'isUtc', 'isUtcOffset', 'utcOffset', 'zoneAbbr', 'zoneName', 'unix', 'valueOf', 'toDate', 'toArray', 'toObject', 'toISOString', 'toJSON', 'toString', 'inspect', 'format', 'eraName', 'eraNarrow', 'eraAbbr', 'eraYear', 'isValid', 'invalidAt', 'creationData', 'parsingFlags', 'locale', 'localeData', 'hasAlignedHourOffset', 'clone', 'utc', 'local', 'parseZone', 'isDSTShifted', 'zone', 'fromNow', 'toNow', 'calendar'];
  var shown = ['moment("2024-03-10T02:30:00")', 'moment("2024-11-03T01:30:00")', 'moment("2011-12-30T12:00")', 'moment.utc("2024-02-29T23:59:59.999")', 'moment.parseZone("1999-01-01T00:00:00+05:30")', 'moment.utc("0099-05-06")', 'moment.utc("-000044-03-15")', 'moment.utc("+012345-06-07T08:09:10.111")', 'moment.invalid()', 'moment("2020-02-30")', 'moment.utc("2021-01-03")', 'moment("2009-10-03T23:30").locale("nb")', 'moment.utc(0).utcOffset(-570)', 'moment(1700000000000).utcOffset(3)'];
  each([shown, getters], function (m, g) { return m + '.' + g + '()'; });
  var tokens = 'M Mo MM MMM MMMM Q Qo D Do DD DDD DDDo DDDD d do dd ddd dddd e E w wo ww W Wo WW YY YYYY YYYYY YYYYYY Y YYY y yo yy yyy yyyy N NN NNN NNNN NNNNN gg gggg ggggg g GG GGGG GGGGG G A a H HH h hh k kk m mm s ss S SS SSS SSSS SSSSS SSSSSS SSSSSSS SSSSSSSS SSSSSSSSS SSSSSSSSSS z zz Z ZZ X x L LL LLL LLLL LT LTS l ll lll llll hmm hmmss Hmm Hmmss'.split(' ');
  each([shown, tokens], function (m, t) { return m + '.format(' + q(t) + ')'; });
  var texts = ['[today] dddd', '[[x]]', '[a[b]c]', '\\YYYY', '\\[YYYY]', '[YYYY', 'YYYY]', '[]', '[ ]', 'YYYY\nMM', 'w|W|', 'dddd, MMMM Do YYYY, h:mm:ss a', "ddd, hA", '\\L', '[L]', 'LLLLL', 'llllL', 'LTSL', 'DDDDo', 'MMMMM', 'ddddd', 'QQ', 'yyyyy', 'NNNNNN', 'AaEe', 'é ü 日本', '\\\\MM', 'hmmssHmm', 'zzz', 'ZZZ', 'xX', '[at] \\[at\\]', 'YYYY-MM-DD[T]HH:mm:ss.SSSZ', 'kk:mm', '\\'];
  each([shown.slice(2, 5), texts], function (m, t) { return m + '.format(' + q(t) + ')'; });
  out.push('moment.utc(0).format(null)', 'moment.utc(0).format("")', 'moment.utc(0).format(5)', 'moment.utc(0).format(undefined)', 'moment(0).toISOString(true)', 'moment.parseZone("2020-01-01T00:00:00+02:00").toISOString(true)', 'moment.utc("-000044-03-15").toISOString(true)', 'moment.invalid().toISOString(true)', 'moment.invalid().format("YYYY")', 'JSON.stringify({a: moment.utc(0), b: moment.invalid()})', 'moment.utc(0) + ""', '+moment.utc(5)', 'moment.utc(0) < moment.utc(1)', 'moment.utc(5) - moment.utc(2)', 'String(moment.invalid())', 'moment(0).utc().inspect()', 'moment.utc(0)[Symbol.for("nodejs.util.inspect.custom")]()');

  // Setting.
  var setters = ['year', 'month', 'date', 'day', 'weekday', 'isoWeekday', 'dayOfYear', 'week', 'isoWeek', 'quarter', 'weekYear', 'isoWeekYear', 'hour', 'minute', 'second', 'millisecond', 'utcOffset'];
  var values = ['0', '1', '2', '5', '12', '13', '31', '53', '60', '-1', '-20', '2023', '2020', '"3"', '"x"', 'null', 'NaN', '1.7', '366', '"+05:30"'];
  var bases = ['moment("2024-02-29T10:20:30.456")', 'moment.utc("2024-01-31T23:59:59.999Z")', 'moment.parseZone("2024-12-30T02:30:00-03:30")', 'moment("2024-03-09T02:30:00")', 'moment.invalid()'];
  each([bases, setters, values], function (m, s, v) { return m + '.' + s + '(' + v + ')'; });
  each([bases.slice(0, 2), ['"year", 2020', '"M", 5', '{year: 2020, month: 1, date: 30}', '{date: 31, month: 3, hour: 5, minute: 6, second: 7, ms: 8}', '{d: 3, w: 10}', '{foo: 1}', '"foo", 1', '{hours: 1}', '"day", "Monday"', '"month", "March"', '{years: 2023, D: 31, M: 1}', '"days", 5', '{}', 'null']], function (m, a) { return m + '.set(' + a + ')'; });
  each([bases.slice(0, 2), ['"year"', '"M"', '"D"', '"d"', '"e"', '"E"', '"w"', '"W"', '"gg"', '"GG"', '"Q"', '"DDD"', '"h"', '"m"', '"s"', '"ms"', '"Years"', '"MS"', '"foo"', 'undefined', '5']], function (m, a) { return '[' + m + '.get(' + a + '), moment.normalizeUnits(' + a + ')]'; });
  each([bases.slice(0, 3), ['"March"', '"mar"', '"Monday"', '"Mo"', '"foo"', '"7"', '""']], function (m, a) { return '[' + m + '.month(' + a + '), ' + m + '.day(' + a + '), ' + m + '.isoWeekday(' + a + ')]'; });
  var units = ['year', 'quarter', 'month', 'week', 'isoWeek', 'day', 'date', 'hour', 'minute', 'second', 'millisecond', 'M', 'm', 'ms', 'Weeks', 'foo'];
  each([dates, ['startOf', 'endOf'], units], function (d, f, u) { return 'moment(' + q(d) + ').' + f + '(' + q(u) + ')'; });
  each([dates.slice(0, 10), ['startOf', 'endOf'], units], function (d, f, u) { return 'moment.parseZone(' + q(d) + ').' + f + '(' + q(u) + ')'; });
  var amounts = ['1', '-1', '13', '0.5', '1.6', '25', '-400', '0', '"2"'];
  each([dates, amounts, ['year', 'quarter', 'months', 'weeks', 'days', 'hours', 'm', 's', 'ms']], function (d, n, u) { return 'moment(' + q(d) + ').add(' + n + ', ' + q(u) + ')'; });
  each([dates.slice(0, 8), ['1', '"1"', '{months: 1, days: 3}', '{M: -1, h: 0.5}', '"PT5M"', '"P1M"', '"10:30"', 'null', 'undefined', '{}', 'moment.duration(3, "months")', 'moment.duration({d: 1, ms: 5})', 'NaN', '"x"', '5, "foo"', '"days", 5', '"5", "days"', '5, null', '"P1Y2M3DT4H5M6S"', 'Infinity, "days"']], function (d, a) { return 'moment.utc(' + q(d) + ').subtract(' + a + ')'; });

  // Comparing.
  var pairs = [['2024-01-31', '2024-02-29'], ['2024-02-29', '2023-02-28'], ['2024-03-10T01:59:00', '2024-03-10T03:01:00'], ['2024-11-02T12:00', '2024-11-03T12:00'], ['2011-12-29', '2011-12-31'], ['2024-06-15', '2024-06-15T00:00:00.001'], ['2020-01-01', '2030-12-31'], ['2024-05-31', '2024-06-30'], ['2024-08-31', '2024-02-29'], ['x', '2020-01-01'], ['2024-03-30', '2024-03-31T12:00'], ['2012-12-31', '2013-01-01']];
  each([pairs, units, ['', ', true'], ['moment', 'moment.utc']], function (p, u, f, make) { return make + '(' + q(p[0]) + ').diff(' + make + '(' + q(p[1]) + '), ' + q(u) + f + ')'; });
  each([pairs, units], function (p, u) { return ['isBefore', 'isAfter', 'isSame', 'isSameOrBefore', 'isSameOrAfter'].map(function (f) { return 'moment(' + q(p[0]) + ').' + f + '(' + q(p[1]) + ', ' + q(u) + ')'; }).join(' + "," + '); });
  each([pairs], function (p) { return '[moment(' + q(p[0]) + ').from(' + q(p[1]) + '), moment(' + q(p[0]) + ').to(' + q(p[1]) + ', true), moment.min(moment(' + q(p[0]) + '), moment(' + q(p[1]) + ')), moment.max([moment(' + q(p[0]) + '), moment(' + q(p[1]) + ')])]'; });
  each([['"()"', '"[)"', '"(]"', '"[]"', 'undefined', '"x"', 'null'], ['"day"', '"month"', 'null', '"year"'], ['"2024-06-15"', '"2024-06-16"', '"2024-06-30"', '"2024-07-01"']], function (i, u, d) { return 'moment(' + d + ').isBetween("2024-06-15", "2024-06-30", ' + u + ', ' + i + ')'; });
  out.push('moment().isBefore()', 'moment().isSame(null)', 'moment.min()', 'moment.max([])', 'moment.min([moment.invalid(), moment.utc(0)])', 'moment.max(moment.utc(0), "x")', 'moment.min(5)', 'moment("2024-01-01").min("2023-01-01")', 'moment("2024-01-01").max("2023-01-01")', 'moment.utc(0).diff()', 'moment.utc(0).diff(5)', 'moment.utc(0).diff("x")', 'moment.utc(0).isBetween()', 'moment.parseZone("2024-01-01T00:00:00+10:00").isSame("2024-01-01", "day")', 'moment.parseZone("2024-01-31T23:00:00-08:00").diff(moment.parseZone("2023-11-30T23:00:00+08:00"), "months", true)', 'moment.utc("2024-05-01").diff(moment("2024-01-01"), "months")');
  var offsets = [0, 1, 30, 44, 45, 89, 90, 100, 2640, 2700, 5399, 5400, 70000, 79199, 79200, 100000, 129600, 2160000, 2246399, 2246400, 3888000, 27561600, 27648000, 31536000, 47304000, 60000000, 3e9, 86400 * 7, 86400 * 26];
  each([offsets, [1, -1]], function (s, sign) { return '[moment.utc(0).from(moment.utc(' + s * sign * 1000 + ')), moment(' + (1718454896789 + s * sign * 1000) + ').fromNow(), moment(' + (1718454896789 + s * sign * 1000) + ').toNow(true), moment.duration(' + s * sign + ', "s").humanize(true), moment.duration(' + s * sign + ', "s").humanize({d: 7, w: 4}), moment.duration(' + s * sign + ', "s").humanize(true, {ss: 3, s: 40, m: 40, h: 20, d: 25, w: 3, M: 10})]'; });
  var days = [-400, -8, -7, -6.5, -6, -5, -2, -1.5, -1, -0.5, 0, 0.4, 0.5, 1, 1.4, 2, 3, 5, 6, 6.4, 7, 8, 400];
  each([days, ['', 'moment.utc("2024-06-15T02:00:00Z")', '"2024-06-10"', 'null', '{sameDay: "[x]", nextDay: function (now) { return "[" + now.format("HH") + "]"; }, lastWeek: "", sameElse: "YYYY"}', 'null, {sameElse: "[else]"}', 'new Date(0)', '{}']], function (d, a) { return 'moment(' + (1718454896789 + d * 864e5) + ').calendar(' + a + ')'; });
  return out;
})()
