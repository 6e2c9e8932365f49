// Writes the facts about moment's locales that script/lib/moment/facts embeds, by asking the real package:
//
//   npm install --no-save --prefix DIR moment@2.29.4
//   node tools/moment/locales.mjs DIR > script/lib/moment/facts/locales.txt
//
// Each line is a name and a configuration as JSON. What is a function there is asked for all inputs that matter, and
// stands here as a table: {"$ordinal": …} and so on, see ask below. "-" lists the names that moment knows besides.
import { createRequire } from 'node:module';
import { readdirSync } from 'node:fs';
import { resolve } from 'node:path';

const require = createRequire(resolve(process.argv[2], 'x.js'));
const moment = require('moment');
const names = ('nb nn da sv fi is en-gb en-au en-ca en-in de de-at de-ch fr fr-ca fr-ch es es-mx pt pt-br it nl nl-be pl cs sk hu ' +
  'ro bg el ru uk tr he ar hi ja zh-cn zh-tw ko').split(' ');

// The parts of a locale that differ from one case of its grammar to another, with a format that asks for each case.
const cases = {
  'pl months': [['D MMMM', 'D MMMM']],
  'el months': [['^(?:(?!MMMM)[^])*?D[^]*?MMMM', 'D MMMM']],
  'es monthsShort': [['-MMM-', '-MMM-']], 'es-mx monthsShort': [['-MMM-', '-MMM-']],
  'nl monthsShort': [['-MMM-', '-MMM-']], 'nl-be monthsShort': [['-MMM-', '-MMM-']],
  'uk weekdays': [['\\[[ВвУу]\\] ?dddd', '[В] dddd'], ['(?:минулої|наступної)? ?\\] ?dddd', '[минулої] dddd']],
};
const digit = (i) => i.toString(36);

// table packs answers: the distinct ones, and a digit in base 36 for each.
function table(list) {
  const t = [...new Set(list)];
  if (t.length > 36) throw new Error('too many answers: ' + t.slice(0, 9));
  return { t, i: t.length === 1 ? '' : list.map((x) => digit(t.indexOf(x))).join('') };
}
const shown = (n, text) => typeof text === 'number' ? '#' : String(text).replace(String(n), '%d'); // "#" is the number itself
function numbers(what, ask) {
  for (let n = 200; n < 1300; n++) {
    if (shown(n, ask(n)) !== shown(100 + (n % 100), ask(100 + (n % 100)))) throw new Error(what + ' has no period of 100 at ' + n);
  }
  return table(Array.from({ length: 200 }, (_, n) => shown(n, ask(n))));
}

const at = (day, hour) => moment([2024, 0, 7 + day, hour]);
const words = (lc) => {
  const list = new Set();
  for (let minute = 0; minute < 1440; minute += 10) for (const low of [true, false]) list.add(lc.meridiem((minute / 60) | 0, minute % 60, low));
  return [...list];
};

const ask = {
  ordinal(lc) {
    const by = {}, tables = [];
    for (const token of ['', 'D', 'DDD', 'M', 'Q', 'd', 'w', 'W', 'y']) {
      const t = numbers('ordinal', (n) => lc.ordinal(n, token || undefined));
      let i = tables.findIndex((x) => JSON.stringify(x) === JSON.stringify(t));
      if (i < 0) i = tables.push(t) - 1;
      by[token] = i;
    }
    return { $ordinal: { by, tables, below: shown(-1, lc.ordinal(-1, 'D')) } };
  },
  relative(lc, key, fn) {
    const tables = [];
    for (const without of [false, true]) for (const future of [false, true]) tables.push(numbers(key, (n) => fn(n, without, key, future)));
    const same = tables.every((t) => JSON.stringify(t) === JSON.stringify(tables[0]));
    return { $relative: same ? [tables[0]] : tables };
  },
  // Whether the moment is in the same week as now, its weekday from Sunday, its hour.
  calendar(call) {
    const list = [];
    for (const same of [true, false]) for (let day = 0; day < 7; day++) for (let hour = 0; hour < 24; hour++) {
      const m = at(day, hour);
      list.push(call(m, same ? m.clone() : m.clone().add(21, 'days')));
    }
    return table(list);
  },
  meridiem(lc) {
    const runs = [];
    for (let minute = 0; minute < 1440; minute++) {
      const [low, high] = [true, false].map((l) => lc.meridiem((minute / 60) | 0, minute % 60, l));
      const last = runs[runs.length - 1];
      if (!last || last[1] !== low || last[2] !== high) runs.push([minute, low, high]);
    }
    return { $meridiem: runs };
  },
  isPM(lc, name) {
    if (name === 'el') return { $isPM: { at: 0, letter: 'μ' } };
    if (name === 'hu') return { $isPM: { at: 1, letter: 'u' } };
    const listed = [...new Set([...words(lc), ...lc._meridiemParse.source.replace(/[()^$]/g, '').split('|')])];
    return { $isPM: { words: listed.filter((w) => lc.isPM(w)) } };
  },
  meridiemHour(lc) {
    const of = (w) => Array.from({ length: 25 }, (_, h) => lc.meridiemHour(h, w) ?? null);
    const listed = [...new Set([...words(lc), ...lc._meridiemParse.source.replace(/[()^$]/g, '').split('|')])];
    return { $meridiemHour: { words: Object.fromEntries(listed.map((w) => [w, of(w)])), other: of('?'), unset: listed.filter((w) => Number.isNaN(lc.meridiemHour(undefined, w))) } }; // without an hour these give NaN
  },
  names(lc, name, method) {
    const n = method.startsWith('month') ? 12 : 7;
    const of = (format) => Array.from({ length: n }, (_, i) => lc[method](n === 12 ? moment([2024, i, 1]) : at(i, 12), format));
    const out = { by: n === 12 ? 'month' : 'day', alone: lc[method](), when: cases[name + ' ' + method].map(([re, format]) => [re, of(format)]), other: of('') };
    if (n === 7) out.sorted = lc[method](true);
    return { $names: out };
  },
  letters(fn) {
    const map = {};
    for (let c = 0x20; c < 0x3000; c++) {
      const from = String.fromCharCode(c), to = fn(from);
      if (to !== from) map[from] = to;
    }
    return { $letters: map };
  },
};

function fact(lc, name, key, v, path = '') {
  if (v instanceof RegExp) return { $re: [v.source, v.flags] };
  if (v === Infinity || v === -Infinity) return { $number: String(v) };
  if (Array.isArray(v)) return v.map((x) => fact(lc, name, '', x, path));
  if (v && typeof v === 'object') return Object.fromEntries(Object.entries(v).map(([k, x]) => [k, fact(lc, name, k, x, key ? path + key + '.' : path)]));
  if (typeof v !== 'function') return v;
  if (path === 'relativeTime.') return ask.relative(lc, key, v);
  if (path === 'calendar.' || path === 'calendarEl.') return { $calendar: ask.calendar((m, now) => v.call(m, now)) };
  switch (key) {
    case 'calendar': return { $calendars: Object.fromEntries(Object.keys(lc._calendarEl).map((k) => [k, ask.calendar((m, now) => lc.calendar(k, m, now))])) };
    case 'months': case 'monthsShort': case 'weekdays': return ask.names(lc, name, key);
    case 'preparse': case 'postformat': return ask.letters(v);
    case 'eraYearOrdinalParse': return { $eraYear: '元' };
  }
  if (!ask[key]) throw new Error(name + ': ' + path + key + ' is a function');
  return ask[key](lc, name);
}

const line = (name, lc, config) => console.log(name + ' ' + JSON.stringify(fact(lc, name, '', config)));
const base = { ...moment.localeData('en')._config };
const en = {};
for (const key of ['eras', 'dayOfMonthOrdinalParse', 'ordinal', 'abbr']) { en[key] = base[key]; delete base[key]; }
base.ordinal = '%d';
base.dayOfMonthOrdinalParse = /\d{1,2}/;
const order = ['calendar', 'longDateFormat', 'invalidDate', 'ordinal', 'dayOfMonthOrdinalParse', 'relativeTime', 'months', 'monthsShort', 'week',
  'weekdays', 'weekdaysMin', 'weekdaysShort', 'meridiemParse'];
for (const key of ['LT', 'LTS', 'L', 'LL', 'LLL', 'LLLL'].map((k) => k.toLowerCase())) delete base.longDateFormat[key];
line('base', moment.localeData('en'), Object.fromEntries(order.map((k) => [k, base[k]])));
line('en', moment.localeData('en'), en);
for (const name of names) {
  require('moment/locale/' + name);
  line(name, moment.localeData(name), moment.localeData(name)._config);
}
const all = readdirSync(resolve(process.argv[2], 'node_modules/moment/locale')).map((f) => f.replace(/\.js$/, ''));
console.log('- ' + JSON.stringify(all.filter((n) => !names.includes(n))));
