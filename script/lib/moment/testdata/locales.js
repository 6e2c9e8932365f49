// Snippets that try every locale.
(function () {
  'use strict';
  var out = [];
  var q = function (x) { return JSON.stringify(x); };
  var names = 'en nb nn da sv fi is en-gb en-au en-ca en-in de de-at de-ch fr fr-ca fr-ch es es-mx pt pt-br it nl nl-be pl cs sk hu ro bg el ru uk tr he ar hi ja zh-cn zh-tw ko'.split(' ');
  names.forEach(function (l) {
    var on = function (code) { out.push('moment.locale(' + q(l) + '); return ' + code); };
    var m;
    for (m = 0; m < 12; m++) {
      on('moment.utc([2024, ' + m + ', ' + (m * 2 + 1) + ', ' + m * 2 + ', ' + m * 5 + ']).format("dddd ddd dd D MMMM MMM; D. MMMM; [x] MMMM; -MMM-; Do [de] MMMM; wo Wo w W e E gggg A a h N NNNN y yo DDDo Qo Mo do; dddd")');
      on('["L", "LL", "LLL", "LLLL", "LT", "LTS", "l", "ll", "lll", "llll"].map(function (f) { return moment.utc([2024, ' + m + ', ' + (m + 1) + ', ' + (m * 2) + ', 5]).format(f) })');
      on('["LL", "D MMMM YYYY", "D MMM YYYY", "MMMM", "MMM", "LLLL", "llll", "L", "Do MMMM YYYY", "D. MMMM YYYY", "D-MMM-YYYY", "MMMM D"].map(function (f) { var t = moment.utc([2024, ' + m + ', 5, ' + m * 2 + ']).format(f); return [moment.utc(t, f).format("YYYY-MM-DD HH"), moment.utc(t, f, true).isValid(), moment.utc(t.toUpperCase(), f).isValid(), moment.utc(t.toLowerCase(), f, true).isValid()] })');
    }
    for (m = 0; m < 7; m++) {
      on('["dddd", "ddd", "dd", "dddd D MMMM YYYY", "[В] dddd", "[минулої] dddd"].map(function (f) { var t = moment.utc([2024, 0, ' + (7 + m) + ']).format(f); return [t, moment.utc(t, f).format("YYYY-MM-DD"), moment.utc(t, f, true).isValid(), moment.utc(t.toUpperCase(), f).isValid()] })');
      on('[moment.utc().day(' + m + ').weekday(), moment.utc([2024, 0, 1]).weekday(' + m + ').format("E"), moment.weekdays(true, ' + m + '), moment.weekdaysShort(' + m + '), moment.weekdaysMin(true)[' + m + '], moment.utc().day(moment.weekdays(' + m + ')).day()]');
    }
    for (m = 0; m < 24; m++) on('moment.utc([2024, 0, 1, ' + m + ', ' + (m * 7 % 60) + ']).format("h:mm A a H LT") + moment.utc(moment.utc([2024, 0, 1, ' + m + ', 30]).format("YYYY-MM-DD h:mm A"), "YYYY-MM-DD h:mm A").format("HH:mm") + moment.utc(moment.utc([2024, 0, 1, ' + m + ', 30]).format("LLL"), "LLL", true).format("HH:mm")');
    [1, 2, 3, 4, 5, 6, 7, 9, 10, 11, 12, 14, 15, 20, 21, 22, 25, 30, 33, 40, 44].forEach(function (n) {
      on('["s", "m", "h", "d", "M", "y", "w"].map(function (u) { var d = moment.duration(' + n + ', u); return [d.humanize(), d.humanize(true), moment.duration(-' + n + ', u).humanize(true), d.humanize(true, {ss: 0, s: 60, m: 60, h: 24, d: 7, w: 5, M: 12})] })');
    });
    [100, 101, 102, 105, 111, 112, 121, 122, 199, 200, 201, 202, 205, 1000, 1001, 1234].forEach(function (n) { on('[moment.duration(' + n + ', "y").humanize(), moment.duration(-' + n + ', "y").humanize(true), moment.localeData().relativeTime(' + n + ', true, "dd", false), moment.localeData().ordinal(' + n + ', "D")]'); });
    for (m = -8; m <= 8; m++) {
      on('[0, 1, 11, 12, 13, 23].map(function (h) { return moment.utc([2024, 5, 15 + ' + m + ', h, 5]).calendar(moment.utc([2024, 5, 15, 14])) })');
      on('moment.utc([2024, 5, 12 + ' + m + ', 1]).calendar(moment.utc([2024, 5, 12, 14]))');
    }
    for (m = 1; m <= 31; m++) on('["D", "DDD", "d", "w", "W", "M", "Q", undefined].map(function (t) { return moment.localeData().ordinal(' + m + ', t) }) + moment.utc(moment.utc([2024, 0, ' + m + ']).format("Do MMMM YYYY"), "Do MMMM YYYY", true).format("DD")');
    on('moment.localeData().months()'); on('moment.localeData().monthsShort()'); on('moment.localeData().weekdays(true)'); on('[moment.months(), moment.monthsShort("-MMM-"), moment.months("D MMMM"), moment.weekdays("[В] dddd")]');
    on('Object.keys(moment.localeData()._config)'); on('[moment.localeData().preparse("٢٠١٢ १२ 5, 6"), moment.localeData().postformat("2012, 5،")]');
    on('[moment.localeData().isPM("PM"), moment.localeData().isPM("a"), moment.localeData().isPM("μμ"), moment.localeData().isPM("du"), moment.localeData().meridiem(3, 5, true)]');
    on('[moment.localeData().monthsRegex(), moment.localeData().monthsRegex(true), moment.localeData().monthsShortRegex(true), moment.localeData().weekdaysRegex(true), moment.localeData().weekdaysShortRegex(true), moment.localeData().weekdaysMinRegex(false)]');
    on('[moment.localeData()._dayOfMonthOrdinalParse, moment.localeData()._dayOfMonthOrdinalParseLenient, moment.localeData()._meridiemParse, moment.localeData()._week]');
    on('[moment("2019-05-01").eraName(), moment("2019-04-30").eraNarrow(), moment("1868-01-01").eraAbbr(), moment("2000-01-01").eraYear(), moment("-000005-01-01").eraYear(), moment.utc("2024-06-15").format("NNNN N NNNNN y yo")]');
    on('moment.utc(moment.utc("2020-06-15").format("NNNN y MM DD"), "NNNN y MM DD").format("YYYY-MM-DD") + moment.utc(moment.utc("2019-06-15").format("N yo MM DD"), "N yo MM DD").format("YYYY-MM-DD")');
    on('moment.invalid().format() + moment.duration(NaN).humanize()');
  });
  out.push('moment.locales().length > 0', 'moment.locale("fr"); moment.locale("de"); return moment.utc(0).format("LLLL")');
  return out;
})()
