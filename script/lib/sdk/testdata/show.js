(function (run) {
  function plain(key, v) {
    if (v === undefined) return '[undefined]';
    if (typeof v === 'function') return '[function ' + v.name + ']';
    if (typeof v === 'number' && !isFinite(v)) return '[' + v + ']';
    return v;
  }
  try {
    return JSON.stringify(run(), plain);
  } catch (e) {
    return 'throws ' + (e && e.name) + ': ' + (e && e.message);
  }
})
