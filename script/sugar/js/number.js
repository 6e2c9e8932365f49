const {round} = core

const units = [['year', 31557600000], ['month', 2629800000], ['week', 604800000], ['day', 86400000], ['hour', 3600000], ['minute', 60000], ['second', 1000], ['millisecond', 1]]

function pad(n, place, sign, base) {
  let s = Math.abs(n).toString(base || 10)
  const dot = s.search(/\./), size = dot < 0 ? s.length : dot
  if (place > 1 << 20) throw new RangeError('Invalid string length')
  if (size < place) s = '0'.repeat(place - size) + s
  return (sign || n < 0 ? (n < 0 ? '-' : '+') : '') + s
}

// grouped writes digits with a mark between thousands.
function grouped(n, place, thousands, decimal) {
  if (thousands === undefined) thousands = ','
  if (decimal === undefined) decimal = '.'
  let s
  if (place === undefined) s = String(n)
  else {
    const r = round(n, place || 0)
    s = r.toFixed(Math.min(Math.max(place, 0), 20))
  }
  const [whole, fraction] = s.split('.'), out = []
  for (let end = whole.length; end > 0; end -= 3) {
    const part = whole.slice(Math.max(end - 3, 0), end)
    if (part === '-') out[0] = '-' + out[0]
    else out.unshift(part)
  }
  return out.join(thousands) + (fraction ? decimal + fraction : '')
}

// shortened writes a number with a letter for its thousands. marks has '|' before that for units.
function shortened(n, places, marks, before, limit, binary) {
  const fixed = n.toFixed(20), dot = fixed.indexOf('.'), first = fixed.search(/[1-9]/)
  let significant = dot - first
  if (significant > 0) significant--
  let i = Math.max(Math.min(Math.floor(significant / 3), limit === false ? marks.length : limit), -before)
  let unit = marks.charAt(i + before - 1)
  if (significant < -9) {
    i = -3
    places = Math.abs(significant) - 9
    unit = marks.slice(0, 1)
  }
  return grouped(round(n / (binary ? Math.pow(2, 10 * i) : Math.pow(10, i * 3)), places || 0)) + unit.trim()
}

function counted(from, to, fn, step, down) {
  if (!(Math.abs(to - from) / Math.abs(step || 1) < 1e7)) throw new RangeError('Invalid array length')
  const out = []
  for (let i = from; down ? i >= to : i <= to; i += step || (down ? -1 : 1)) {
    out.push(i)
    if (fn) fn(i)
  }
  return out
}

function ordinal(n) {
  n = Math.abs(n)
  const last = n % 100
  if (last >= 11 && last <= 13) return 'th'
  return {1: 'st', 2: 'nd', 3: 'rd'}[n % 10] || 'th'
}

// largest is the largest unit that fits into a time, and how often; just short of one more counts as one more.
function largest(ms) {
  const often = size => Math.floor(round(Math.abs(ms) / size, 1))
  const [name, size] = units.find(([, size]) => often(size) >= 1) || units[7]
  return [name, often(size)]
}

function duration(ms) {
  const [name, count] = largest(ms)
  return count + ' ' + name + (count > 1 ? 's' : '')
}

const proto = {
  duration() { return duration(Number(this)) },
  log(base) { return Math.log(this) / (base ? Math.log(base) : 1) },
  abbr(places) { return shortened(Number(this), places, 'kmbt', 0, 4) },
  metric(places, limit) { return shortened(Number(this), places, 'nμm k' + 'MGTPE', 4, limit === undefined ? 1 : limit) },
  bytes(places, limit) { return shortened(Number(this), places, 'kMGTPE', 0, limit === undefined ? 4 : limit, true) + 'B' },
  isInteger() { return this % 1 === 0 },
  isOdd() { return !isNaN(this) && this % 2 !== 0 },
  isEven() { return this % 2 === 0 },
  isMultipleOf(n) { return this % n === 0 },
  format(place, thousands, decimal) { return grouped(Number(this), place, thousands, decimal) },
  hex(place) { return pad(Number(this), place || 1, false, 16) },
  upto(to, fn, step) { return counted(Number(this), to, fn, step) },
  downto(to, fn, step) { return counted(Number(this), to, fn, step && -step, true) },
  times(fn) { for (let i = 0; i < this; i++) fn.call(this, i); return Number(this) },
  chr() { return String.fromCharCode(this) },
  pad(place, sign, base) { return pad(Number(this), place, sign, base) },
  ordinalize() { return String(this) + ordinal(Number(this)) },
  toNumber() { return parseFloat(this, 10) },
}
for (const how of ['round', 'floor', 'ceil']) proto[how] = function (places) { return round(Number(this), places, how) }
for (const name of ['abs', 'pow', 'sin', 'asin', 'cos', 'acos', 'tan', 'atan', 'exp', 'sqrt']) {
  proto[name] = function (a, b) { return Math[name](this, a, b) }
}
for (const [unit, size] of units) {
  for (const name of [unit, unit + 's']) {
    proto[name] = function () { return Math.round(this * size) }
    proto[name + 'Before'] = proto[name + 'Ago'] = function (from) { return core.load('Date').shift(from, unit, -this) }
    proto[name + 'After'] = proto[name + 'FromNow'] = function (from) { return core.load('Date').shift(from, unit, Number(this)) }
  }
}

const statics = {
  random(a, b) {
    if (b === undefined) { b = a; a = 0 }
    const low = Math.min(a || 0, b === undefined ? 1 : b), high = Math.max(a || 0, b === undefined ? 1 : b)
    return Math.floor(Math.random() * (high - low + 1) + low)
  },
}

return {proto, statics, ordinal, largest, units}
