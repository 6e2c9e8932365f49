// What the other files share. They are the bodies of functions of (core); each returns the methods of one
// class by name: {proto, statics}.
const slice = Array.prototype.slice, hasOwn = Object.prototype.hasOwnProperty, classOf = Object.prototype.toString
const is = (v, name) => classOf.call(v) === '[object ' + name + ']'
const isThing = v => v !== null && typeof v === 'object'
const own = (o, k) => hasOwn.call(o, k)

// equal is deep equality by class and content; depth ends what contains itself.
function equal(a, b, depth) {
  if (a === b) return true
  depth = depth || 0
  if (typeof a === 'number' && typeof b === 'number') return a !== a && b !== b
  if (!isThing(a) || !isThing(b) || classOf.call(a) !== classOf.call(b)) return false
  if (is(a, 'Date') || is(a, 'Number')) return +a === +b
  if (is(a, 'RegExp') || is(a, 'String') || is(a, 'Boolean')) return String(a) === String(b)
  if (depth > 500) throw new RangeError('Maximum call stack size exceeded')
  const keys = Object.keys(a)
  return keys.length === Object.keys(b).length && keys.every(k => own(b, k) && equal(a[k], b[k], depth + 1))
}

// match decides whether an element is what was asked for: by function, expression, content, or equality.
function match(el, wanted, scope, args) {
  if (wanted === undefined) return true
  if (typeof wanted === 'function') return !!wanted.apply(scope, args)
  if (is(wanted, 'RegExp')) return wanted.test(el)
  if (isThing(wanted) && is(wanted, 'Object')) return isThing(el) && Object.keys(wanted).every(k => match(el[k], wanted[k], scope, [el[k], el]))
  return equal(el, wanted)
}

// pick transforms an element: by function, or by the name of a property or method.
function pick(el, map, scope, args) {
  if (map === undefined) return el
  if (typeof map === 'function') return map.apply(scope, args || [])
  return typeof el[map] === 'function' ? el[map].call(el) : el[map]
}

// extremes finds what has the smallest, or largest, transformed value.
function extremes(entries, map, larger, all) {
  let found = [], best
  for (const e of entries) {
    const v = pick(e.value, map, e.scope, e.args)
    if (found.length && v === best) found.push(e)
    else if (!found.length || (larger ? v > best : v < best)) { found = [e]; best = v }
  }
  return all ? found : found[0]
}

// common finds what has the rarest, or commonest, transformed value.
function common(entries, map, rarest, all) {
  const groups = new Map()
  for (const e of entries) {
    const k = String(pick(e.value, map, e.scope, e.args))
    groups.set(k, (groups.get(k) || []).concat([e]))
  }
  const found = extremes([...groups.values()].map(g => ({value: g})), g => g, false, true) && [...groups.entries()]
    .sort(([a], [b]) => (isNaN(a) || isNaN(b) ? 0 : a - b)).map(([, g]) => g)
  let best = []
  for (const g of found) {
    if (!best.length || (rarest ? g.length < best[0].length : g.length > best[0].length)) best = [g]
    else if (g.length === best[0].length) best.push(g)
  }
  return all ? best.flat() : best[0] && best[0][0]
}

function sum(entries, map) {
  if (!entries.length) return 0
  return entries.map(e => (map === undefined ? e.value : pick(e.value, map, e.scope, e.args))).reduce((a, b) => a + b)
}

function round(n, places, how) {
  const scale = Math.pow(10, Math.abs(places || 0))
  return (places || 0) < 0 ? Math[how || 'round'](n / scale) * scale : Math[how || 'round'](n * scale) / scale
}

return {slice, own, is, isThing, equal, match, pick, extremes, common, sum, round}
