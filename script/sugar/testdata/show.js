function show(code) {
  function text(v, depth) {
    if (v === undefined) return 'undefined'
    if (v === null) return 'null'
    if (typeof v === 'number') return Object.is(v, -0) ? '-0' : String(v)
    if (typeof v === 'string') return JSON.stringify(v)
    if (typeof v === 'function') return 'function'
    if (typeof v !== 'object') return String(v)
    if (v instanceof Date) return 'Date ' + (isNaN(v) ? 'NaN' : [v.getFullYear(), v.getMonth() + 1, v.getDate(), v.getHours(), v.getMinutes(), v.getSeconds(), v.getMilliseconds()].join(' '))
    if (v instanceof RegExp) return String(v)
    if (v instanceof String || v instanceof Number || v instanceof Boolean) return 'boxed ' + text(v.valueOf())
    if (depth > 5) return '...'
    if (Array.isArray(v)) return '[' + Array.prototype.slice.call(v).map(function (x) { return text(x, depth + 1) }).join(', ') + ']'
    return '{' + Object.keys(v).map(function (k) { return k + ': ' + text(v[k], depth + 1) }).join(', ') + '}'
  }
  try { return text(eval(code), 0) } catch (e) { return 'throws ' + e.name }
}
