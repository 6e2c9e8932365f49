const timers = new WeakMap()

function later(f, ms, run) {
  if (!core.host.setTimeout) throw new Error('setTimeout is not available')
  const id = core.host.setTimeout(run, ms)
  timers.set(f, (timers.get(f) || []).concat([id]))
  return id
}

const proto = {
  delay(ms, ...args) { later(this, ms, () => this.apply(this, args)); return this },
  cancel() {
    for (const id of timers.get(this) || []) core.host.clearTimeout(id)
    timers.delete(this)
    return this
  },
  debounce(ms) {
    const f = this
    function debounced(...args) { proto.cancel.call(debounced); later(debounced, ms, () => f.apply(this, args)) }
    return debounced
  },
  throttle(ms) { return proto.lazy.call(this, ms, true, 1) },
  lazy(ms, immediate, limit) {
    const f = this, queue = []
    let locked = false, last
    function lazy(...args) {
      if (queue.length < (limit || Infinity) - (locked && immediate ? 1 : 0)) queue.push(() => (last = f.apply(this, args)))
      if (!locked) { locked = true; immediate ? run() : later(lazy, ms || 1, run) }
      return last
    }
    function run() {
      const next = queue.shift()
      if (next) next()
      if (queue.length || immediate && next) later(lazy, ms || 1, run)
      else locked = false
    }
    return lazy
  },
  after(n) {
    const f = this, calls = []
    return function (...args) {
      calls.push(args)
      if (calls.length === n || n === 0) {
        const r = f.call(this, calls.slice())
        calls.length = 0
        return r
      }
    }
  },
  once() {
    const f = this
    let called = false, value
    return function (...args) {
      if (!called) { called = true; value = f.apply(this, args) }
      return value
    }
  },
  fill(...given) {
    const f = this
    return function (...args) {
      const all = given.map(g => (g === undefined ? args.shift() : g))
      return f.apply(this, all.concat(args))
    }
  },
}

return {proto, statics: {}}
