const {own, is, isThing, equal, match, pick, extremes, common, sum} = core

const entries = o => Object.keys(o).map(key => ({key, value: o[key], scope: o, args: [key, o[key], o]}))

// found shows entries as an object, or the key of one.
const found = (r, all) => (all ? Object.fromEntries(r.map(e => [e.key, e.value])) : r && r.key)

const matches = (e, f) => match(e.value, f, e.scope, typeof f === 'function' ? [e.key, e.value, e.scope] : [])

function copy(v, deep, depth) {
  if (depth > 500) throw new RangeError('Maximum call stack size exceeded')
  if (is(v, 'Date')) return new Date(v.getTime())
  if (is(v, 'RegExp')) return new RegExp(v.source, v.flags)
  if (!isThing(v) || !is(v, 'Object') && !Array.isArray(v)) return v
  const out = Array.isArray(v) ? [] : Object.create(Object.getPrototypeOf(v))
  for (const k of Object.keys(v)) set(out, k, deep ? copy(v[k], true, depth + 1) : v[k])
  return out
}

// set keeps "__proto__" a name like any other.
function set(o, k, v) {
  if (k === '__proto__') Object.defineProperty(o, k, {value: v, enumerable: true, writable: true, configurable: true})
  else o[k] = v
}

function merge(target, source, deep, resolve, depth) {
  if (depth > 500) throw new RangeError('Maximum call stack size exceeded')
  if (!isThing(target) || !isThing(source)) return target
  for (const k of Object.keys(source)) {
    let v = source[k]
    const there = own(target, k)
    if (there && target[k] !== undefined && typeof resolve === 'function') v = resolve.call(source, k, target[k], v)
    else if (there && target[k] !== undefined && resolve === false) continue
    else if (deep && isThing(v)) {
      if (is(v, 'Date') || is(v, 'RegExp')) v = copy(v)
      else if (is(v, 'Object') || Array.isArray(v)) v = merge(there && isThing(target[k]) ? target[k] : Array.isArray(v) ? [] : {}, v, deep, resolve, depth + 1)
    }
    set(target, k, v)
  }
  return target
}

// chosen filters by names, expressions, lists of names, or the names of an object.
function chosen(o, given, keep) {
  const out = o instanceof Extended ? new Extended() : {}
  const fits = k => given.flat().some(g => (is(g, 'RegExp') ? g.test(k) : isThing(g) ? own(g, k) : String(g) === k))
  for (const k of Object.keys(o)) if (fits(k) === keep) set(out, k, o[k])
  return out
}

function toQuery(v, key) {
  const enc = s => encodeURIComponent(s).replace(/%20/g, '+')
  const write = (v, path, depth) => {
    if (depth > 100) throw new RangeError('Maximum call stack size exceeded')
    if (is(v, 'Object') || Array.isArray(v)) return Object.keys(v).map(k => write(v[k], path ? path + '[' + k + ']' : k, depth + 1)).join('&')
    if (!path) return ''
    return enc(path) + '=' + (v || v === 0 || v === false ? enc(is(v, 'Date') ? v.getTime() : v) : '')
  }
  return write(v, key, 0)
}

function fromQuery(text, booleans) {
  const out = new Extended()
  for (const part of String(text === undefined || text === null ? '' : text).split('?').pop().split('&')) {
    const at = part.indexOf('=')
    if (at < 0) continue
    const decode = s => decodeURIComponent(s.replace(/\+/g, ' '))
    let v = decode(part.slice(at + 1))
    const n = Number(v)
    if (v !== '' && !isNaN(n) && !/[^\d.-]/.test(v)) v = n
    else if (booleans && (v === 'true' || v === 'false')) v = v === 'true'
    put(out, decode(part.slice(0, at)), v)
  }
  return out
}

// put follows brackets in a name: a[b][]=c.
function put(o, name, v) {
  const m = name.match(/^(.+?)((?:\[[^\]]*\])+)$/)
  if (!m) return set(o, name, v)
  const steps = [m[1]].concat(m[2].slice(1, -1).split(']['))
  let at = o
  steps.forEach((k, i) => {
    if (k === '') k = at.length
    if (i === steps.length - 1) return set(at, k, v)
    if (!own(at, k)) set(at, k, steps[i + 1] === '' || /^\d+$/.test(steps[i + 1]) ? [] : {})
    at = at[k]
  })
}

function Extended(from) {
  if (isThing(from)) for (const k of Object.keys(from)) set(this, k, from[k])
}

const size = o => (o === undefined || o === null ? Object.keys(o).length : Object.keys(Object(o)).length)

const methods = {
  map(o, f) {
    const out = {}
    for (const e of entries(o)) set(out, e.key, typeof f === 'function' ? f.call(o, e.key, e.value, o) : pick(e.value, f, o))
    return out
  },
  reduce(o, f, ...start) { return Object.keys(o).map(k => o[k]).reduce(f, ...start) },
  each(o, f) {
    for (const k of Object.keys(o)) if (f && f.call(o, k, o[k], o) === false) break
    return o
  },
  size, isEmpty: o => size(o) === 0,
  any(o, f) { return arguments.length > 1 && entries(o).some(e => matches(e, f)) },
  all(o, f) { return entries(o).every(e => matches(e, f)) },
  none(o, f) { return !methods.any(o, f) },
  count(o, f) { return arguments.length > 1 ? entries(o).filter(e => matches(e, f)).length : 0 },
  find(o, f) { const e = entries(o).find(e => matches(e, f)); return e && e.key },
  findAll(o, f) { return found(entries(o).filter(e => matches(e, f)), true) },
  sum: (o, f) => sum(entries(o), f), average: (o, f) => { const e = entries(o); return e.length ? sum(e, f) / e.length : 0 },
  min: (o, f, all) => found(extremes(entries(o), f, false, all), all), max: (o, f, all) => found(extremes(entries(o), f, true, all), all),
  least: (o, f, all) => found(common(entries(o), f, true, all), all), most: (o, f, all) => found(common(entries(o), f, false, all), all),
  watch(o, name, fn) {
    let v = o[name]
    return own(Object.getOwnPropertyDescriptor(o, name) || {configurable: true}, 'configurable') && !!Object.defineProperty(o, name, {
      enumerable: true, configurable: true, get: () => v, set(to) { v = fn.call(o, name, v, to) },
    })
  },
  isObject: o => isThing(o) && is(o, 'Object') && (Object.getPrototypeOf(o) === Object.prototype || Object.getPrototypeOf(o) === null || o instanceof Extended),
  isNaN: o => typeof o === 'number' && o !== o,
  equal: (a, b) => equal(a, b),
  extended: o => new Extended(o),
  merge: (o, from, deep, resolve) => merge(o, from, deep, resolve, 0),
  clone: (o, deep) => copy(o, deep, 0),
  fromQueryString: fromQuery, toQueryString: toQuery,
  tap(o, f) { if (typeof f === 'function') f.call(o, o); else o[f](); return o },
  has: (o, k) => own(o, k),
  select: (o, ...given) => chosen(o, given, true), reject: (o, ...given) => chosen(o, given, false),
}
for (const name of ['Array', 'Boolean', 'Date', 'Function', 'Number', 'String', 'RegExp']) {
  methods['is' + name] = o => is(o, name) || name === 'Function' && typeof o === 'function'
}

Extended.prototype = Object.create(Object.prototype)
const define = (name, f) => Object.defineProperty(Extended.prototype, name, {value: f, writable: true, configurable: true})
define('constructor', Object)
for (const name of Object.keys(methods)) {
  if (name === 'extended' || name === 'fromQueryString') continue
  define(name, function (...args) {
    const r = methods[name](this, ...args)
    return ['map', 'findAll'].includes(name) ? new Extended(r) : r
  })
}
define('keys', function (f) { const k = Object.keys(this); if (f) k.forEach(x => f(x, this[x])); return k })
define('values', function (f) { const v = Object.keys(this).map(k => this[k]); if (f) v.forEach(x => f(x)); return v })

return {proto: {}, statics: methods}
