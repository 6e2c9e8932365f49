const {slice, equal, match, pick, extremes, common, sum, is} = core
const entries = a => slice.call(a).map((value, i) => ({value, scope: a, args: [value, i, a]}))

// each calls fn for the elements from start on, around the end where loop is set, until it returns false.
function each(a, fn, start, loop) {
  if (typeof fn !== 'function') throw new TypeError('Callback is not callable')
  const n = a.length
  let from = start < 0 ? n + start : start || 0
  const count = loop ? n : n - from
  for (let i = 0; i < count; i++) {
    const at = (from + i) % n
    if (at in a && fn.call(a, a[at], at, a) === false) break
  }
  return a
}

function need(f, args) {
  if (!args) throw new TypeError('Callback is not callable')
  return f
}

function flatten(a, limit, level) {
  if (level > 500) throw new RangeError('Maximum call stack size exceeded')
  const out = []
  for (const el of a) {
    if (Array.isArray(el) && (limit === undefined || level < limit)) out.push(...flatten(el, limit, level + 1))
    else out.push(el)
  }
  return out
}

// unique keeps the first of equal elements. Primitives are looked up; what is compared deeply are objects.
function unique(a, map) {
  const seen = new Set(), objects = [], out = []
  a.forEach((el, i) => {
    const v = map === undefined ? el : pick(el, map, a, [el, i, a])
    if (v !== null && typeof v === 'object') {
      if (objects.some(o => equal(o, v))) return
      objects.push(v)
    } else {
      if (seen.has(v)) return
      seen.add(v)
    }
    out.push(el)
  })
  return out
}

const collation = s => s.normalize('NFD').replace(/[\u0300-\u036f]/g, '').toLowerCase()

// collate orders texts without regard to case and accents first.
function collate(a, b, depth) {
  if (Array.isArray(a) && Array.isArray(b) && depth < 50) {
    for (let i = 0; i < Math.min(a.length, b.length); i++) {
      const c = collate(a[i], b[i], depth + 1)
      if (c) return c
    }
    return a.length - b.length
  }
  if (typeof a === 'string' && typeof b === 'string') {
    const x = collation(a), y = collation(b)
    if (x !== y) return x < y ? -1 : 1
    return a.normalize('NFD').length - b.normalize('NFD').length
  }
  return a < b ? -1 : a > b ? 1 : 0
}

const among = (list, el) => list.some(x => equal(x, el))

const proto = {
  findAll(f, start, loop) {
    const out = []
    if (this.length && arguments.length) each(this, (el, i, a) => { if (match(el, f, a, [el, i, a])) out.push(el) }, start, loop)
    return out
  },
  count(f) { return f === undefined ? this.length : proto.findAll.call(this, f).length },
  removeAt(start, end) {
    if (start === undefined) return this
    this.splice(start, end === undefined ? 1 : end - start + 1)
    return this
  },
  include(el, index) { return proto.add.call(slice.call(this), el, index) },
  exclude(...f) { return proto.remove.apply(slice.call(this), f) },
  clone() { return slice.call(this) },
  unique(map) { return unique(slice.call(this), map) },
  flatten(limit) { return flatten(this, limit, 0) },
  union(...lists) { return unique(slice.call(this).concat(flatten(lists, 1, 0))) },
  intersect(...lists) { const other = flatten(lists, 1, 0); return unique(slice.call(this).filter(el => among(other, el))) },
  subtract(...lists) { const other = flatten(lists, 1, 0); return slice.call(this).filter(el => !among(other, el)) },
  first(n) {
    if (n === undefined) return this[0]
    return slice.call(this, 0, n < 0 ? 0 : n)
  },
  last(n) {
    if (n === undefined) return this[this.length - 1]
    return slice.call(this, this.length - n < 0 ? 0 : this.length - n)
  },
  from(i) { return slice.call(this, i) },
  to(i) { return slice.call(this, 0, i === undefined ? this.length : i) },
  min(map, all) { const r = extremes(entries(this), map, false, all); return all ? r.map(e => e.value) : r && r.value },
  max(map, all) { const r = extremes(entries(this), map, true, all); return all ? r.map(e => e.value) : r && r.value },
  least(map, all) { const r = common(entries(this), map, true, all); return all ? r.map(e => e.value) : r && r.value },
  most(map, all) { const r = common(entries(this), map, false, all); return all ? r.map(e => e.value) : r && r.value },
  sum(map) { return sum(entries(this), map) },
  average(map) { return this.length ? sum(entries(this), map) / this.length : 0 },
  inGroups(n, padding) {
    const size = Math.ceil(this.length / n), out = []
    for (let i = 0; i < n; i++) out.push(proto.first.call(this.slice(i * size), size))
    return padding === undefined ? out : out.map(g => g.concat(Array(size - g.length).fill(padding)))
  },
  inGroupsOf(n, padding) {
    if (n === 0 || !this.length) return this
    const size = n === undefined ? 1 : n, out = []
    if (!(size > 0)) return out
    for (let i = 0; i < this.length; i += size) {
      const g = slice.call(this, i, i + size)
      while (g.length < size) g.push(padding === undefined ? null : padding)
      out.push(g)
    }
    return out
  },
  isEmpty() { return proto.compact.call(this).length === 0 },
  sortBy(map, desc) {
    const keyed = entries(this).map(e => ({key: pick(e.value, map === null ? undefined : map, this, e.args), value: e.value}))
    return keyed.sort((a, b) => collate(a.key, b.key, 0) * (desc ? -1 : 1)).map(e => e.value)
  },
  randomize() {
    const a = slice.call(this)
    for (let i = a.length; i > 1; i--) {
      const j = Math.floor(Math.random() * i), x = a[i - 1]
      a[i - 1] = a[j]
      a[j] = x
    }
    return a
  },
  zip(...lists) { return slice.call(this).map((el, i) => [el].concat(lists.map(l => (i in l ? l[i] : null)))) },
  sample(n) { const a = proto.randomize.call(this); return n === undefined ? a[0] : slice.call(a, 0, n) },
  each(fn, start, loop) { return each(this, fn, start, loop) },
  add(el, index) {
    if (isNaN(Number(index)) || index === null) index = this.length
    this.splice(index, 0, ...(Array.isArray(el) ? el : [el]))
    return this
  },
  remove(...f) {
    for (const one of f) {
      for (let i = 0; i < this.length;) {
        if (match(this[i], one, this, [this[i], i, this])) this.splice(i, 1)
        else i++
      }
    }
    return this
  },
  compact(all) {
    const out = []
    for (const el of this) {
      if (Array.isArray(el)) out.push(proto.compact.call(el))
      else if (all ? el : el !== undefined && el !== null && el === el) out.push(el)
    }
    return out
  },
  groupBy(map, fn) {
    const out = {}
    slice.call(this).forEach((el, i) => {
      const k = String(pick(el, map, this, [el, i, this]))
      if (!core.own(out, k)) Object.defineProperty(out, k, {value: [], enumerable: true, writable: true, configurable: true})
      out[k].push(el)
    })
    if (fn) Object.keys(out).forEach(k => fn(k, out[k]))
    return out
  },
  none(f) { return !need(proto.any, arguments.length).call(this, f) },
  all(f) { need(f, arguments.length); return slice.call(this).every((el, i) => match(el, f, this, [el, i, this])) },
  any(f) { need(f, arguments.length); return slice.call(this).some((el, i) => match(el, f, this, [el, i, this])) },
}
proto.insert = proto.add

const statics = {
  create(...values) {
    return values.reduce((out, v) => {
      if (v !== null && typeof v === 'object' && !is(v, 'Object') && 'length' in v || is(v, 'Arguments')) return out.concat(slice.call(v))
      return out.concat([v])
    }, [])
  },
}

return {proto, statics}
