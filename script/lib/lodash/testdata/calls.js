// Runs the lines of a list of calls; each(line, answer) gets what came out.

const note = (...args) => {
  log.push(args.map((arg) => show(arg)).join());
  return args[args.length - 1];
};

// A clock that stands still until tick: timers run when their time has come, in order.
function clock() {
  let time = 1e6;
  let ids = 0;
  const timers = new Map();
  const setTimeout = (fn, wait) => {
    timers.set(++ids, { fn, at: time + Math.max(wait, 1) });
    return ids;
  };
  const clearTimeout = (id) => { timers.delete(id); };
  function tick(ms) {
    const end = time + ms;
    for (;;) {
      let next;
      for (const [id, timer] of timers) if (timer.at <= end && (!next || timer.at < next[1].at)) next = [id, timer];
      if (!next) break;
      timers.delete(next[0]);
      time = next[1].at;
      next[1].fn();
    }
    time = end;
  }
  const now = () => time;
  const Date = Object.assign(function () { return { getTime: now }; }, { now });
  return { now, tick, _: _.runInContext({ Date, setTimeout, clearTimeout }) };
}

const console = { log: (...args) => note(...args) };
for (const line of lines) {
  log.length = 0;
  each(line, ask(() => new Function('_', 'note', 'clock', 'console', line)(_, note, clock, console), log));
}
