const {is, isThing, own} = core

const months = ['january', 'february', 'march', 'april', 'may', 'june', 'july', 'august', 'september', 'october', 'november', 'december']
const weekdays = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday']
const numerals = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten']
const fields = ['year', 'month', 'day', 'hour', 'minute', 'second', 'millisecond']
const part = {year: 'FullYear', month: 'Month', day: 'Date', hour: 'Hours', minute: 'Minutes', second: 'Seconds', millisecond: 'Milliseconds', weekday: 'Day'}
const lowest = {month: 0, day: 1, hour: 0, minute: 0, second: 0, millisecond: 0, year: 0}
const size = {week: 604800000, day: 86400000, hour: 3600000, minute: 60000, second: 1000, millisecond: 1}

// utc marks dates whose parts are read in UTC.
const inUTC = new WeakSet()
const get = (d, unit) => d[(inUTC.has(d) ? 'getUTC' : 'get') + part[unit]]()
const put = (d, unit, ...v) => d[(inUTC.has(d) ? 'setUTC' : 'set') + part[unit]](...v)

const singular = name => { name = String(name).toLowerCase().replace(/s$/, ''); return name === 'date' ? 'day' : name }

// only reads the known units of an object.
function only(given) {
  const out = {}
  for (const k of Object.keys(given)) {
    const unit = singular(k)
    if (part[unit] || unit === 'week') out[unit] = Number(given[k])
  }
  return out
}

// zero puts a unit and all below it to their lowest.
function zero(d, unit) {
  const from = fields.indexOf(unit)
  for (let i = Math.max(from, 0); i < fields.length; i++) {
    if (fields[i] === 'day') put(d, 'day', 1)
    else if (fields[i] === 'month') put(d, 'month', 0, Math.min(get(d, 'day'), 31))
    else put(d, fields[i], lowest[fields[i]])
  }
}

function set(d, given, reset) {
  if (typeof given === 'number') { d.setTime(given); return d }
  const to = only(given)
  if (reset) {
    const finest = Math.max(...fields.map((f, i) => (own(to, f) ? i : own(to, 'weekday') || own(to, 'week') ? 2 : -1)))
    if (finest >= 0 && finest < fields.length - 1) {
      if (finest < 2) put(d, 'day', 1)
      zero(d, fields[finest + 1])
    }
  }
  for (const f of fields) if (own(to, f)) put(d, f, to[f])
  if (own(to, 'week')) setISOWeek(d, to.week)
  if (own(to, 'weekday') && !own(to, 'day')) put(d, 'day', get(d, 'day') - get(d, 'weekday') + to.weekday)
  return d
}

// add moves a date. The 31st moved by months ends within the month it gets to.
function add(d, by, sign) {
  for (const unit of Object.keys(by)) {
    const n = by[unit] * sign
    switch (unit) {
      case 'year': put(d, 'year', get(d, 'year') + Math.trunc(n)); break
      case 'month': {
        const day = get(d, 'day'), want = get(d, 'month') + Math.trunc(n)
        put(d, 'month', want)
        if (get(d, 'day') !== day) put(d, 'day', 0)
        break
      }
      case 'week': put(d, 'day', get(d, 'day') + 7 * n); break
      case 'weekday': case 'day': put(d, 'day', get(d, 'day') + n); break
      default: d.setTime(d.getTime() + n * size[unit])
    }
  }
  return d
}

function advance(d, given, sign, reset) {
  if (typeof given === 'number') { d.setTime(d.getTime() + sign * given); return d }
  let by
  if (typeof given === 'string') {
    const m = given.trim().toLowerCase().match(/^(\S+) (\w+?)s?$/)
    by = m && (size[m[2]] || part[m[2]]) ? {[m[2]]: count(m[1])} : {}
  } else by = only(given)
  add(d, by, sign)
  if (reset) {
    const finest = Math.max(...fields.map((f, i) => (own(by, f) ? i : -1)))
    if (finest >= 0 && finest < fields.length - 1) zero(d, fields[finest + 1])
  }
  return d
}

const count = word => (/^\d+$/.test(word) ? Number(word) : /^an?$/.test(word) ? 1 : numerals.indexOf(word))

// Texts become dates by the first form that fits. A form is an expression and what makes a date of it; specific
// says how precise the text was, which is() compares by.
const clock = '(?:(?:\\s+at)?\\s+|t)?(?:(\\d{1,2}):(\\d{2})(?::(\\d{2})(?:[.,](\\d+))?)?\\s*([ap]m)?|(\\d{1,2})\\s*([ap]m)|t(\\d{2})(\\d{2})?(\\d{2})?)'
const zone = '\\s*(z|(?:gmt|utc)?(?:[+-]\\d{2}:?\\d{2})?)'
const monthName = '(' + months.map(m => m.slice(0, 3) + '(?:' + m.slice(3) + '|\\.)?').join('|') + '|sept)'
const dayName = '(?:(?:' + weekdays.map(w => w.slice(0, 3) + '(?:' + w.slice(3) + ')?').join('|') + '),?\\s+)?'
const unitName = '(year|month|week|day|hour|minute|second|millisecond)s?'
const number = '(\\d+|an?|' + numerals.slice(1).join('|') + ')'
const monthOf = name => months.findIndex(m => m.slice(0, 3) === name.slice(0, 3))
const dayOf = name => weekdays.findIndex(w => w.slice(0, 3) === name.slice(0, 3))

function year(text) {
  const n = Number(text)
  return text.length > 2 ? n : n + (n < 50 ? 2000 : 1900)
}

const today = () => { const d = new Date(); d.setHours(0, 0, 0, 0); return d }

function ymd(y, m, d, specific) { const out = new Date(2000, 0, 1); out.setFullYear(y, m, d); return {date: out, specific} }

const forms = [
  ['(\\d{4})[-/.](\\d{2})', m => ymd(+m[1], m[2] - 1, 1, 'month')],
  ['(\\d{4})[-/.]?(\\d{1,2})[-/.]?(\\d{1,2})', m => ymd(+m[1], m[2] - 1, +m[3], 'day')],
  ['([+-]?\\d{4})(\\d{2})(\\d{2})', m => ymd(+m[1], m[2] - 1, +m[3], 'day')],
  ['(\\d{4})[-/.](\\d{1,2})', m => ymd(+m[1], m[2] - 1, 1, 'month')],
  ['(\\d{4})', m => ymd(+m[1], 0, 1, 'year')],
  ['(\\d{1,2})[-/.](\\d{1,2})[-/.](\\d{4}|\\d{2})', m => ymd(year(m[3]), m[1] - 1, +m[2], 'day')],
  [dayName + monthName + '\\s+(\\d{1,2})(?:st|nd|rd|th)?,?\\s+(\\d{4})', m => ymd(+m[3], monthOf(m[1]), +m[2], 'day')],
  [dayName + '(\\d{1,2})(?:st|nd|rd|th)?[\\s-]+' + monthName + ',?[\\s-]+(\\d{4})', m => ymd(+m[3], monthOf(m[2]), +m[1], 'day')],
  [monthName + ',?\\s+(\\d{4})', m => ymd(+m[2], monthOf(m[1]), 1, 'month')],
  [monthName + '\\s+(\\d{1,2})(?:st|nd|rd|th)?', m => ymd(new Date().getFullYear(), monthOf(m[1]), +m[2], 'day')],
  ['(?:the\\s+)?(\\d{1,2})(?:st|nd|rd|th)?\\s+(?:of\\s+)?' + monthName, m => ymd(new Date().getFullYear(), monthOf(m[2]), +m[1], 'day')],
  [monthName, (m, now, prefer) => preferred(ymd(now.getFullYear(), monthOf(m[1]), 1, 'month'), now, prefer, 'year')],
  ['the\\s+(\\d{1,2})(?:st|nd|rd|th)', (m, now) => ymd(now.getFullYear(), now.getMonth(), +m[1], 'day')],
  ['(today|tomorrow|yesterday|the day after tomorrow|the day before yesterday)', m => ({date: add(today(), {day: {today: 0, tomorrow: 1, yesterday: -1, 'the day after tomorrow': 2, 'the day before yesterday': -2}[m[1]]}, 1), specific: 'day'})],
  ['(?:(this|next|last)\\s+)?(' + weekdays.map(w => w.slice(0, 3) + '(?:' + w.slice(3) + ')?').join('|') + ')', (m, now, prefer) => {
    const d = today(), shift = {next: 7, last: -7}[m[1]] || 0
    return preferred({date: add(d, {day: dayOf(m[2]) - d.getDay() + shift}, 1), specific: 'day', weekday: true}, now, prefer, 'week')
  }],
  ['()', () => ({date: today(), specific: 'day'})], // a time alone
]

const relative = [
  ['now', () => ({date: new Date(), specific: 'millisecond'})],
  [number + ' ' + unitName + ' (ago|from now|later)', (m, now) => ({date: add(new Date(now), {[m[2]]: count(m[1])}, m[3] === 'ago' ? -1 : 1), specific: m[2]})],
  ['in ' + number + ' ' + unitName, (m, now) => ({date: add(new Date(now), {[m[2]]: count(m[1])}, 1), specific: m[2]})],
  [number + ' ' + unitName + ' (before|after|from) (today|tomorrow|yesterday|now)', (m, now) => {
    const from = m[4] === 'now' ? new Date(now) : add(today(), {day: {today: 0, tomorrow: 1, yesterday: -1}[m[4]]}, 1)
    return {date: add(from, {[m[2]]: count(m[1])}, m[3] === 'before' ? -1 : 1), specific: m[2]}
  }],
  ['(?:the )?(this|next|last) (year|month|week|day)', (m, now) => ({date: add(new Date(now), {[m[2]]: {this: 0, next: 1, last: -1}[m[1]]}, 1), specific: m[2]})],
  ['(?:the )?(beginning|start|first day|end|last day) of (?:(this|next|last) (year|month|week|day)|(\\d{4})|' + monthName + '(?:,? (\\d{4}))?)', (m, now) => {
    const d = new Date(now)
    let unit = m[3]
    if (m[3]) add(d, {[m[3]]: {this: 0, next: 1, last: -1}[m[2]]}, 1)
    else if (m[4]) { unit = 'year'; d.setFullYear(+m[4]) } else {
      // Sugar looks at the month's first day alone here.
      return ymd(m[6] ? +m[6] : d.getFullYear(), monthOf(m[5]), 1, 'day')
    }
    if (m[1] === 'first day' || m[1] === 'beginning' || m[1] === 'start') return {date: beginning(d, unit), specific: 'day'}
    return {date: m[1] === 'end' ? ending(d, unit) : zeroed(ending(d, unit)), specific: 'day'}
  }],
]

const zeroed = d => { d.setHours(0, 0, 0, 0); return d }

function preferred(found, now, prefer, unit) {
  if (prefer > 0 && found.date < now) add(found.date, {[unit]: 1}, 1)
  if (prefer < 0 && found.date > now) add(found.date, {[unit]: 1}, -1)
  return found
}

const compiled = new Map()
function fitting(source, text) {
  if (!compiled.has(source)) compiled.set(source, new RegExp('^' + source + '$', 'i'))
  return text.match(compiled.get(source))
}

function parse(text, prefer) {
  const given = text.trim().toLowerCase().replace(/\s+/g, ' ')
  const now = new Date()
  if (given === '' || given.length > 200) return {date: new Date(NaN)}
  const net = given.match(/^\/date\((-?\d+)(?:[+-]\d+)?\)\/$/)
  if (net) return {date: new Date(+net[1]), specific: 'millisecond'}
  for (const [source, make] of relative) {
    const m = fitting(source, given)
    if (m) return make(m, now, prefer)
  }
  for (const [source, make] of forms) {
    const plain = source !== '()' && fitting(source, given)
    if (plain) return make(plain, now, prefer)
    const m = fitting('(?:' + source + ')' + clock + '(?:' + zone + ')?', given)
    if (m) {
      const made = make(m, now, prefer)
      if (made) return withClock(made, m.slice(-11))
    }
  }
  return {date: new Date(NaN)}
}

// withClock puts the time of day, and the zone, into a date that was read.
function withClock(found, m) {
  const [h, min, sec, fraction, half, hour, halfOf, th, tmin, tsec, tz] = m
  let hours = Number(h || hour || th)
  const am = half || halfOf
  if (am) hours = hours % 12 + (am === 'pm' ? 12 : 0)
  const ms = fraction ? Math.round(Number('0.' + fraction) * 1000) : 0
  const d = found.date
  const specific = fraction ? 'millisecond' : sec || tsec ? 'second' : min || tmin ? 'minute' : 'hour'
  if (tz) {
    const offset = tz.match(/([+-])(\d{2}):?(\d{2})/)
    const shift = offset ? (offset[1] === '-' ? -1 : 1) * (offset[2] * 60 + +offset[3]) : 0
    return {date: new Date(Date.UTC(d.getFullYear(), d.getMonth(), d.getDate(), hours, Number(min || tmin || 0) - shift, Number(sec || tsec || 0), ms)), specific}
  }
  d.setHours(hours, Number(min || tmin || 0), Number(sec || tsec || 0), ms)
  return {date: d, specific}
}

// read makes a date of what Date.create takes.
function read(v, prefer, rest) {
  if (rest && rest.length && typeof v === 'number') return {date: new Date(v, ...rest), specific: 'millisecond'}
  if (is(v, 'Date')) return {date: copy(v), specific: 'millisecond'}
  if (v === undefined) return {date: new Date(), specific: 'millisecond'}
  if (v === null || typeof v === 'number') return {date: new Date(v), specific: 'millisecond'}
  if (isThing(v)) {
    const d = new Date()
    set(d, v, true)
    return {date: d, specific: fields.filter(f => own(only(v), f)).pop() || 'millisecond'}
  }
  return parse(String(v), prefer)
}

function copy(d) {
  const out = new Date(d.getTime())
  if (inUTC.has(d)) inUTC.add(out)
  return out
}

function beginning(d, unit) {
  if (unit === 'week') put(d, 'day', get(d, 'day') - get(d, 'weekday'))
  if (unit === 'year') put(d, 'month', 0, 1)
  if (unit === 'month') put(d, 'day', 1)
  put(d, 'hour', 0, 0, 0, 0)
  return d
}

function ending(d, unit) {
  if (unit === 'week') put(d, 'day', get(d, 'day') - get(d, 'weekday') + 6)
  if (unit === 'year') put(d, 'month', 11, 31)
  if (unit === 'month') put(d, 'month', get(d, 'month') + 1, 0)
  put(d, 'hour', 23, 59, 59, 999)
  return d
}

function isoWeek(d) {
  const t = new Date(Date.UTC(get(d, 'year'), get(d, 'month'), get(d, 'day')))
  t.setUTCDate(t.getUTCDate() + 4 - (t.getUTCDay() || 7))
  return Math.ceil(((t - Date.UTC(t.getUTCFullYear(), 0, 1)) / 864e5 + 1) / 7)
}

function setISOWeek(d, week) {
  const weekday = get(d, 'weekday')
  put(d, 'month', 0, 4)
  put(d, 'day', get(d, 'day') - (get(d, 'weekday') || 7) + 1 + (week - 1) * 7 + (weekday || 7) - 1)
  return d.getTime()
}

function offset(d, colon) {
  const minutes = inUTC.has(d) ? 0 : -d.getTimezoneOffset()
  if (colon && minutes === 0) return 'Z'
  const two = n => String(Math.floor(Math.abs(n))).padStart(2, '0')
  return (minutes < 0 ? '-' : '+') + two(minutes / 60) + (colon ? ':' : '') + two(minutes % 60)
}

const two = n => String(n).padStart(2, '0')
const cased = (word, token) => (token === token.toUpperCase() ? word.toUpperCase() : token[0] === token[0].toUpperCase() ? word[0].toUpperCase() + word.slice(1) : word)

// Tokens of a format by kind. Of each kind the first in a text is replaced, and no other.
const tokens = [
  ['f{1,4}|ms|milliseconds', (d, t) => { const v = get(d, 'millisecond'); return t[0] === 'f' ? String(v).padStart(t.length, '0') : String(v) }],
  ['ss?|seconds', (d, t) => (t === 'ss' ? two(get(d, 'second')) : get(d, 'second'))],
  ['mm?|minutes', (d, t) => (t === 'mm' ? two(get(d, 'minute')) : get(d, 'minute'))],
  ['hh?|hours|12hr', (d, t) => { const h = get(d, 'hour') % 12 || 12; return t === 'hh' ? two(h) : h }],
  ['HH?|24hr', (d, t) => (t === 'HH' ? two(get(d, 'hour')) : get(d, 'hour'))],
  ['dd?|date|day', (d, t) => (t === 'dd' ? two(get(d, 'day')) : get(d, 'day'))],
  ['dow|weekday', (d, t) => cased(t.toLowerCase() === 'dow' ? weekdays[get(d, 'weekday')].slice(0, 3) : weekdays[get(d, 'weekday')], t), 'i'],
  ['MM?', (d, t) => (t === 'MM' ? two(get(d, 'month') + 1) : get(d, 'month') + 1)],
  ['mon|month', (d, t) => cased(t.toLowerCase() === 'mon' ? months[get(d, 'month')].slice(0, 3) : months[get(d, 'month')], t), 'i'],
  ['yyyy|yy|year', (d, t) => (t === 'yy' ? String(get(d, 'year')).slice(-2) : get(d, 'year'))],
  ['t{1,2}', (d, t) => cased((get(d, 'hour') < 12 ? 'am' : 'pm').slice(0, t.length), t), 'i'],
  ['tz|timezone', d => offset(d)], ['iso(tz|timezone)', d => offset(d, true)],
  ['ord', d => get(d, 'day') + core.load('Number').ordinal(get(d, 'day'))],
]

const named = {
  short: '{Month} {d}, {yyyy}', long: '{Month} {d}, {yyyy} {h}:{mm}{tt}', full: '{Weekday} {Month} {d}, {yyyy} {h}:{mm}:{ss}{tt}',
  RFC1123: '{Dow}, {dd} {Mon} {yyyy} {HH}:{mm}:{ss} {tz}', RFC1036: '{Weekday}, {dd}-{Mon}-{yy} {HH}:{mm}:{ss} {tz}',
  ISO8601_DATE: '{yyyy}-{MM}-{dd}', ISO8601_DATETIME: '{yyyy}-{MM}-{dd}T{HH}:{mm}:{ss}.{fff}{isotz}',
}

function format(d, f) {
  if (isNaN(d)) return 'Invalid Date'
  if (typeof f === 'function') f = f(...amounts(d - new Date())) || 'long'
  if (f === 'relative') return words(d - new Date())
  f = f === undefined || f === '' ? named.long : own(named, f) ? named[f] : String(f)
  for (const [source, make, flags] of tokens) f = f.replace(new RegExp('\\{(' + source + ')\\}', flags || ''), (m, t) => make(d, t))
  return f
}

// amounts says how far away a time is: number, index of the unit, milliseconds.
function amounts(ms) {
  const {largest, units} = core.load('Number'), [name, n] = largest(ms)
  return [n, 7 - units.findIndex(u => u[0] === name), ms]
}

function words(ms) {
  const [n, unit] = amounts(ms)
  const name = core.load('Number').units[7 - unit][0]
  return n + ' ' + name + (n === 1 ? '' : 's') + (ms > 0 ? ' from now' : ' ago')
}

// between counts whole units from one date to another; months and years by the calendar.
function between(from, to, unit) {
  if (unit !== 'year' && unit !== 'month') return Math.trunc((to - from) / size[unit])
  const sign = to < from ? -1 : 1, [a, b] = sign < 0 ? [to, from] : [from, to]
  let n = (get(b, 'year') - get(a, 'year')) * (unit === 'year' ? 1 : 12) + (unit === 'month' ? get(b, 'month') - get(a, 'month') : 0)
  if (add(copy(a), {[unit]: n}, 1) > b) n--
  return n * sign
}

const spans = {year: 'year', month: 'month', week: 'week', day: 'day', hour: 'hour', minute: 'minute', second: 'second', millisecond: 'millisecond'}

// within says that a date lies in the span of time that a text means.
function within(d, v, margin) {
  if (typeof v === 'string') {
    const name = v.trim().toLowerCase()
    if (name === 'past') return d < new Date()
    if (name === 'future') return d > new Date()
    if (name === 'weekday') return get(d, 'weekday') > 0 && get(d, 'weekday') < 6
    if (name === 'weekend') return get(d, 'weekday') % 6 === 0
    const month = months.findIndex(m => m === name || m.slice(0, 3) === name), day = weekdays.findIndex(w => w === name || w.slice(0, 3) === name)
    if (month >= 0) return get(d, 'month') === month
    if (day >= 0) return get(d, 'weekday') === day
  }
  const found = read(v), start = found.date
  if (isNaN(start)) return false
  let low = start.getTime(), high = low
  const unit = spans[found.specific]
  if (unit && unit !== 'millisecond') {
    const from = copy(start)
    if (['year', 'month', 'week', 'day'].includes(unit)) beginning(from, unit)
    else { const at = fields.indexOf(unit); zero(from, fields[at + 1]) }
    low = from.getTime()
    high = add(copy(from), {[unit]: 1}, 1) - 1
  }
  return d.getTime() >= low - (margin || 0) && d.getTime() <= high + (margin || 0)
}

const proto = {
  set(...a) { return isThing(a[0]) || a.length < 2 ? set(this, a[0], a[1]) : set(this, {year: a[0], month: a[1], day: a[2]}) },
  setWeekday(n) { return put(this, 'day', get(this, 'day') + n - get(this, 'weekday')) },
  setISOWeek(n) { return setISOWeek(this, n) }, getISOWeek() { return isoWeek(this) },
  getUTCOffset(iso) { return offset(this, iso) },
  utc(on) { if (on === false) inUTC.delete(this); else inUTC.add(this); return this },
  isUTC() { return inUTC.has(this) || this.getTimezoneOffset() === 0 },
  advance(by, reset) { return advance(this, by, 1, reset) }, rewind(by, reset) { return advance(this, by, -1, reset) },
  isValid() { return !isNaN(this) },
  isAfter(d, margin) { return this.getTime() > read(d).date.getTime() - (margin || 0) },
  isBefore(d, margin) { return this.getTime() < read(d).date.getTime() + (margin || 0) },
  isBetween(a, b, margin) {
    const t = this.getTime(), x = read(a).date.getTime(), y = read(b).date.getTime(), m = margin || 0
    return Math.min(x, y) - m < t && Math.max(x, y) + m > t
  },
  isLeapYear() { const y = get(this, 'year'); return y % 4 === 0 && y % 100 !== 0 || y % 400 === 0 },
  daysInMonth() { return new Date(Date.UTC(get(this, 'year'), get(this, 'month') + 1, 0)).getUTCDate() },
  format(f) { return format(this, f) },
  relative(f) { if (typeof f === 'function') return format(this, (...a) => f(...a)); return words(this - new Date()) },
  is(d, margin) { return within(this, d, margin) },
  reset(unit) {
    const u = singular(unit || 'hours')
    if (u === 'week') { setISOWeek(this, 1); put(this, 'day', get(this, 'day') - (get(this, 'weekday') || 7) + 1); put(this, 'hour', 0, 0, 0, 0) } else zero(this, u)
    return this
  },
  clone() { return copy(this) },
  iso() { return this.toISOString() },
  getWeekday() { return this.getDay() }, getUTCWeekday() { return this.getUTCDay() },
  short() { return format(this, 'short') }, long() { return format(this, 'long') }, full() { return format(this, 'full') },
}
const capital = s => s[0].toUpperCase() + s.slice(1)
for (const unit of ['year', 'month', 'week', 'day', 'hour', 'minute', 'second', 'millisecond']) {
  const since = function (d) { return between(read(d).date, this, unit) }, until = function (d) { return between(this, read(d).date, unit) }
  proto[unit + 'sSince'] = proto[unit + 'sFromNow'] = since
  proto[unit + 'sUntil'] = proto[unit + 'sAgo'] = until
  proto['add' + capital(unit) + 's'] = function (n, reset) { return advance(this, {[unit]: n}, 1, reset) }
  if (['year', 'month', 'week', 'day'].includes(unit)) {
    proto['beginningOf' + capital(unit)] = function () { return beginning(this, unit) }
    proto['endOf' + capital(unit)] = function () { return ending(this, unit) }
  }
  if (!['year', 'month', 'week'].includes(unit)) continue
  for (const [name, shift] of [['Last', -1], ['This', 0], ['Next', 1]]) {
    proto['is' + name + capital(unit)] = function () {
      const from = add(beginning(new Date(), unit), {[unit]: shift}, 1)
      return this >= from && this < add(copy(from), {[unit]: 1}, 1)
    }
  }
}
for (const name of ['today', 'yesterday', 'tomorrow', 'weekday', 'weekend', 'future', 'past'].concat(weekdays, months)) {
  proto['is' + capital(name)] = function () { return within(this, name) }
}

const statics = {
  create(v, ...rest) { return read(v, 0, typeof v === 'number' ? rest : []).date },
  past(v) { return read(v, -1).date }, future(v) { return read(v, 1).date },
}

return {proto, statics, shift: (from, unit, n) => add(read(from).date, {[unit]: n}, 1)}
